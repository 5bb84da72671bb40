import type { PolicyTemplate } from './template.ts'

export const securityPolicyViolationsByRiskyUsers: PolicyTemplate = {
  id: 'security_policy_violations_by_risky_users',
  name: 'Security policy violations by risky users',
  summary: 'Protection is switched off or unwanted software is installed after a poor review, an improvement plan or a change of level.',
  aliases: ['security_violations_by_risky_users', 'security_policy_violations_by_disgruntled_users', 'security_violations_by_disgruntled_users', 'security_policy_violations_by_disgruntled_employees'],
  prerequisites: [{ id: 'devices' }, { id: 'hr_events' }, { id: 'security_alerts', optional: true }],
  healthChecks: ['devices_enrolled', 'hr_connector', 'hr_upload_recent', 'security_alerts_connector', 'trigger_repeats', 'user_cap'],
  indicators: [
    'protective_feature_disabled', 'hardening_disabled', 'persistence_changed', 'telemetry_tampered', 'agent_killed', 'agent_stopped', 'telemetry_gap', 'clock_changed',
    'unwanted_application_installed', 'application_installed', 'application_removed',
    'security_alert_defence_evasion', 'security_alert_unwanted_software', 'security_alert_other',
  ],
  triggers: [],
  events: ['hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change'],
  sequences: ['protection_off_then_unwanted_application'],
  boostersOff: ['priority_user', 'sensitive_content', 'priority_content', 'unallowed_domain', 'first_removable_media'],
  cumulative: false,
  sensitivity: 1,
  userCap: 7_500,
  activationWindowDays: 30,
  lookbackDays: 90,
}
