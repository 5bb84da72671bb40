import type { PolicyTemplate } from './template.ts'

export const securityPolicyViolations: PolicyTemplate = {
  id: 'security_policy_violations',
  name: 'Security policy violations',
  summary: 'Protection is switched off, hardening is weakened, or unwanted software is installed.',
  aliases: ['general_security_policy_violations'],
  prerequisites: [{ id: 'devices' }, { id: 'security_alerts', optional: true }],
  healthChecks: ['devices_enrolled', 'security_alerts_connector', 'trigger_repeats', 'user_cap'],
  indicators: [
    'critical_protection_disabled', 'protective_feature_disabled', 'hardening_disabled', 'setting_weakened', 'persistence_changed', 'telemetry_tampered', 'agent_killed', 'agent_stopped', 'telemetry_gap', 'clock_changed',
    'remote_access_application_installed', 'anonymity_application_installed', 'tunnel_application_installed', 'wiper_application_installed', 'hacking_application_installed', 'transfer_application_installed',
    'vpn_application_installed', 'network_tool_installed', 'screen_or_machine_application_installed', 'application_installed', 'application_removed', 'command_history_deleted', 'download_from_unallowed_domain',
    'security_alert_defence_evasion', 'security_alert_unwanted_software', 'security_alert_other',
  ],
  triggers: [
    { indicator: 'critical_protection_disabled' }, { indicator: 'protective_feature_disabled' }, { indicator: 'hardening_disabled' }, { indicator: 'persistence_changed' }, { indicator: 'telemetry_tampered' },
    { indicator: 'agent_killed' }, { indicator: 'remote_access_application_installed' }, { indicator: 'anonymity_application_installed' }, { indicator: 'tunnel_application_installed' },
    { indicator: 'wiper_application_installed' }, { indicator: 'hacking_application_installed' }, { indicator: 'vpn_application_installed' }, { indicator: 'network_tool_installed' },
    { indicator: 'security_alert_defence_evasion' }, { indicator: 'security_alert_unwanted_software' },
  ],
  events: ['security_alert'],
  sequences: ['protection_off_then_unwanted_application'],
  boostersOff: ['sensitive_content', 'priority_content', 'unallowed_domain', 'first_removable_media'],
  cumulative: false,
  sensitivity: 1,
  userCap: 1000,
  activationWindowDays: 30,
  lookbackDays: 90,
}
