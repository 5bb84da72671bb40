import type { PolicyTemplate } from './template.ts'

export const securityPolicyViolations: PolicyTemplate = {
  id: 'security_policy_violations',
  name: 'Security policy violations',
  summary: 'Protection is switched off, hardening is weakened, or unwanted software is installed.',
  indicators: ['protective_feature_disabled', 'hardening_disabled', 'persistence_changed', 'unwanted_application_installed', 'application_installed', 'telemetry_tampered'],
  triggers: [{ indicator: 'protective_feature_disabled' }, { indicator: 'hardening_disabled' }, { indicator: 'persistence_changed' }, { indicator: 'unwanted_application_installed' }, { indicator: 'telemetry_tampered' }],
  sequences: [
    { id: 'protection_off_then_unwanted_application', label: 'Protection was switched off, then unwanted software was installed', steps: [['protective_feature_disabled'], ['unwanted_application_installed']], withinHours: 24, points: 20 },
  ],
  activationWindowDays: 30,
  lookbackDays: 90,
}
