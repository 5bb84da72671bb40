import type { PolicyTemplate } from './template.ts'

export const securityPolicyViolationsByDepartingUsers: PolicyTemplate = {
  id: 'security_policy_violations_by_departing_users',
  name: 'Security policy violations by departing users',
  summary: 'Protection is switched off or unwanted software is installed around the time at which a user leaves.',
  aliases: ['security_violations_by_departing_users', 'security_policy_violations_by_departing_employees'],
  prerequisites: [{ id: 'devices' }, { id: 'hr_events', optional: true }, { id: 'security_alerts', optional: true }],
  healthChecks: ['devices_enrolled', 'hr_connector', 'hr_upload_recent', 'security_alerts_connector', 'trigger_repeats', 'user_cap'],
  indicators: [
    'protective_feature_disabled', 'hardening_disabled', 'persistence_changed', 'telemetry_tampered', 'agent_killed', 'agent_stopped', 'telemetry_gap', 'clock_changed',
    'unwanted_application_installed', 'application_installed', 'application_removed',
    'security_alert_defence_evasion', 'security_alert_unwanted_software', 'security_alert_other',
  ],
  triggers: [],
  events: ['hr_resignation', 'hr_last_working_day', 'account_deleted'],
  sequences: ['protection_off_then_unwanted_application'],
  boostersOff: ['priority_user', 'sensitive_content', 'priority_content', 'unallowed_domain', 'first_removable_media'],
  cumulative: false,
  sensitivity: 1,
  userCap: 15_000,
  activationWindowDays: 30,
  lookbackDays: 90,
}
