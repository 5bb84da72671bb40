import type { PolicyTemplate } from './template.ts'

export const securityPolicyViolationsByPriorityUsers: PolicyTemplate = {
  id: 'security_policy_violations_by_priority_users',
  name: 'Security policy violations by priority users',
  summary: 'Protection is switched off or unwanted software is installed by members of priority groups.',
  aliases: ['security_violations_by_priority_users', 'security_policy_violations_by_priority_user_groups'],
  prerequisites: [{ id: 'devices' }, { id: 'priority_group' }, { id: 'security_alerts', optional: true }],
  healthChecks: ['devices_enrolled', 'priority_group_filled', 'security_alerts_connector', 'trigger_repeats', 'user_cap'],
  indicators: [
    'protective_feature_disabled', 'hardening_disabled', 'persistence_changed', 'telemetry_tampered', 'agent_killed', 'agent_stopped', 'telemetry_gap', 'clock_changed',
    'unwanted_application_installed', 'application_installed', 'application_removed',
    'security_alert_defence_evasion', 'security_alert_unwanted_software', 'security_alert_other',
  ],
  triggers: [
    { indicator: 'protective_feature_disabled' }, { indicator: 'hardening_disabled' }, { indicator: 'persistence_changed' }, { indicator: 'telemetry_tampered' }, { indicator: 'agent_killed' },
    { indicator: 'unwanted_application_installed' }, { indicator: 'security_alert_defence_evasion' }, { indicator: 'security_alert_unwanted_software' },
  ],
  events: ['security_alert'],
  sequences: ['protection_off_then_unwanted_application'],
  boostersOff: ['priority_user', 'sensitive_content', 'priority_content', 'unallowed_domain', 'first_removable_media'],
  cumulative: false,
  sensitivity: 0.5,
  userCap: 1000,
  activationWindowDays: 30,
  lookbackDays: 90,
}
