import { describe, expect, test } from 'vitest'
import { buildPolicy, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { HEALTH_CODES, healthTable, type HealthCode, type PolicyFacts, policyHealth } from './health.ts'
import type { PolicyInput } from './policy-document.ts'

/** An installation in which nothing is wrong. */
const facts = (document: Partial<PolicyInput> = {}, over: Partial<PolicyFacts> = {}): PolicyFacts => {
  const policy = buildPolicy(document)
  return {
    policy, nowMs: MONDAY_MS + 30 * DAY_MS, people: 1000, assigned: 1000, inScope: 20, repeating: 1, alerts: { all: 4, needsReview: 2 }, indicatorsWithData: new Set(Object.keys(policy.indicators)), triggerKindsSeen: new Set(['hr_resignation', 'hr_poor_review']),
    connectors: { hr: { state: 'working' }, ehr: { state: 'working' }, securityAlerts: { state: 'working' }, customIndicators: { state: 'working' }, directory: { state: 'working' } }, devices: { enrolled: 900, reporting: 880, seeLess: 0 },
    priorityGroups: [], priorityMembers: 5, variants: new Set(), profiles: 1000, ...over,
  }
}
const codes = (given: PolicyFacts): readonly string[] => policyHealth(given).messages.map((message) => message.code)
const leavers = { template: 'data_theft_by_departing_users' }

describe('a healthy policy', () => {
  test.each(['data_leaks', 'data_theft_by_departing_users', 'data_leaks_by_risky_users', 'security_policy_violations', 'patient_data_misuse', 'data_leaks_by_priority_users'])('of the template %s has nothing to say', (template) => {
    expect(policyHealth(facts({ template }))).toEqual({ status: 'healthy', messages: [] })
  })
})

/** The facts that bring each message, and it alone. */
const cases: Readonly<Record<HealthCode, PolicyFacts>> = {
  no_users: facts({}, { assigned: 0, inScope: 0, repeating: 0 }),
  priority_group_none: facts({ template: 'data_leaks_by_priority_users' }, { priorityMembers: 0 }),
  priority_group_missing: facts({ scope: { priorityGroups: ['Board'] } }, { priorityGroups: [{ name: 'Board' }] }),
  priority_group_empty: facts({ scope: { priorityGroups: ['Board'] } }, { priorityGroups: [{ name: 'Board', members: 0 }] }),
  no_devices: facts({}, { devices: { enrolled: 0, reporting: 0, seeLess: 0 } }),
  devices_silent: facts({}, { devices: { enrolled: 9, reporting: 0, seeLess: 0 } }),
  devices_see_less: facts({}, { devices: { enrolled: 9, reporting: 9, seeLess: 1 } }),
  hr_not_configured: facts({ ...leavers, triggerEvents: ['hr_resignation'] }, { connectors: { ...facts().connectors, hr: { state: 'never' } } }),
  hr_only_deletions: facts(leavers, { connectors: { ...facts().connectors, hr: { state: 'never' } } }),
  hr_failing: facts(leavers, { connectors: { ...facts().connectors, hr: { state: 'failing' } } }),
  hr_upload_old: facts(leavers, { connectors: { ...facts().connectors, hr: { state: 'stale' } } }),
  employee_profiles_missing: facts({ template: 'patient_data_misuse' }, { profiles: 0 }),
  patient_connector_missing: facts({ template: 'patient_data_misuse' }, { connectors: { ...facts().connectors, ehr: { state: 'never' } } }),
  patient_connector_failing: facts({ template: 'patient_data_misuse' }, { connectors: { ...facts().connectors, ehr: { state: 'stale' } } }),
  security_alerts_missing: facts({ template: 'security_policy_violations' }, { connectors: { ...facts().connectors, securityAlerts: { state: 'never' } } }),
  security_alerts_failing: facts({ template: 'security_policy_violations' }, { connectors: { ...facts().connectors, securityAlerts: { state: 'failing' } } }),
  no_indicators: facts({ indicators: Object.fromEntries(Object.keys(facts().policy.indicators).map((id) => [id, false])), triggers: [] }),
  variants_missing: facts({ indicators: { 'copy_to_removable_media#gone': true } }),
  indicators_without_data: facts({}, { indicatorsWithData: new Set(['copy_to_removable_media']) }),
  no_data: facts({}, { indicatorsWithData: new Set() }),
  no_trigger: facts({ triggers: [], triggerEvents: [] }),
  trigger_never_seen: facts(leavers, { triggerKindsSeen: new Set() }),
  trigger_repeats: facts({}, { inScope: 100, repeating: 16 }),
  trigger_unscored: facts({ indicators: { file_printed: false }, triggers: [{ indicator: 'file_printed', threshold: 3 }, { indicator: 'copy_to_removable_media', threshold: 3 }] }),
  no_scores: facts({}, { inScope: 0, repeating: 0 }),
  no_alerts: facts({}, { alerts: { all: 0, needsReview: 0 } }),
  near_cap: facts({}, { people: 20_000, assigned: 20_000, inScope: 13_500, repeating: 0 }),
  queue_long: facts({}, { alerts: { all: 80, needsReview: 60 } }),
  paused: facts({ status: 'paused' }),
}

describe('every message', () => {
  test.each(HEALTH_CODES)('%s comes with its facts, and says how to fix it', (code) => {
    const found = policyHealth(cases[code]).messages.find((message) => message.code === code)
    expect(codes(cases[code])).toContain(code)
    expect(found?.text.length).toBeGreaterThan(10)
    expect(found?.fix).toMatch(/\w.*[.:]/)
    expect(found?.text).not.toMatch(/undefined|NaN/)
  })
  test('a warning makes the status, whatever else is said, and comes first', () => {
    const health = policyHealth({ ...cases.no_devices, alerts: { all: 0, needsReview: 0 } })
    expect([health.status, health.messages[0]?.level, health.messages.at(-1)?.level]).toEqual(['warnings', 'warning', 'recommendation'])
    expect(policyHealth(cases.no_alerts).status).toBe('recommendations')
  })
})

describe('limits', () => {
  test('the trigger repeats from more than 15 of 100 users on, of at least ten', () => {
    expect(codes(facts({}, { inScope: 100, repeating: 15 }))).toEqual([])
    expect(codes(facts({}, { inScope: 9, repeating: 9 }))).toEqual([])
  })
  test('a policy that was changed this week has not had its chance yet', () => {
    expect(codes(facts({}, { nowMs: MONDAY_MS + 6 * DAY_MS, inScope: 0, repeating: 0, indicatorsWithData: new Set() }))).toEqual([])
    expect(codes(facts({}, { nowMs: MONDAY_MS + 7 * DAY_MS, inScope: 0, repeating: 0 }))).toEqual(['no_scores'])
  })
  test('a variant that is not defined is named whether it scores or only triggers, and custom indicators as well', () => {
    const message = (document: Partial<PolicyInput>, over: Partial<PolicyFacts> = {}) => policyHealth(facts(document, over)).messages.find(({ code }) => code === 'variants_missing')
    expect(message({ triggers: [{ indicator: 'copy_to_removable_media#finance', threshold: 3 }] })).toMatchObject({ level: 'warning', text: expect.stringContaining('copy_to_removable_media#finance'), fix: expect.stringContaining('detection settings') })
    expect(message({ indicators: { 'copy_to_removable_media#finance': true } }, { variants: new Set(['copy_to_removable_media#finance']) })).toBeUndefined()
    expect(message({ indicators: { 'custom_detection#dlp': true } }, { indicatorsWithData: new Set() })?.fix).toContain('custom-indicators')
    expect(message({ indicators: { 'custom_detection#dlp': true } }, { variants: new Set(['custom_detection#dlp']) })).toBeUndefined()
    expect(message({ indicators: { 'custom_detection#dlp': true } }, { indicatorsWithData: new Set(['custom_detection#dlp']) })).toBeUndefined()
    expect(message({ indicators: { 'copy_to_removable_media#finance': false } })).toBeUndefined()
  })
  test('each row of the table has a case here', () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(healthTable).toSorted())
  })
})
