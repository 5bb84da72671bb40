import { describe, expect, test } from 'vitest'
import { buildEvents, buildInsight, buildPolicy, buildSubject, buildTrigger, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import type { StoredTrigger, TriggerKind } from '../people/triggering-event.ts'
import { templateById, templates } from '../policies/templates.ts'
import { evaluateUser, scorePolicy } from './evaluate.ts'
import { dayOf, type Insight } from './insight.ts'
import type { Population } from './population.ts'

const today = dayOf(MONDAY_MS)
const files = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => index.toString(16).padStart(8, '0'))
const copies = (events: number, day = today): Insight => buildInsight({ events, files: files(events), day, firstAtMs: day * DAY_MS, lastAtMs: day * DAY_MS + 1000 })
const leavers = buildPolicy({ template: 'data_theft_by_departing_users' })
const score = (insights: readonly Insight[], triggers: readonly StoredTrigger[], policy = leavers, nowMs = MONDAY_MS + 12 * 3_600_000) => scorePolicy(policy, insights, { subject: buildSubject(), triggers, nowMs })

describe('an event brings a user into scope', () => {
  test('and what happened in the look-back before it is scored when it arrives late', () => {
    const past = copies(35, today - 60)
    expect(score([past], [])).toBeUndefined()
    expect(score([past], [buildTrigger()])).toMatchObject({ score: 72, trigger: { kind: 'hr_resignation', triggerId: 't_1', atMs: MONDAY_MS } })
    expect(score([copies(35, today - 91)], [buildTrigger()])).toBeUndefined()
  })
  test('for the days of the window after it, and no longer', () => {
    const long = MONDAY_MS + 60 * DAY_MS
    expect(score([copies(35, today + 30)], [buildTrigger()], leavers, long)?.score).toBe(72)
    expect(score([copies(35, today + 31)], [buildTrigger()], leavers, long)).toBeUndefined()
  })
  test('and another one inside the window extends it, while the first names it', () => {
    const triggers = [buildTrigger(), buildTrigger({ id: 't_2', kind: 'account_deleted', atMs: MONDAY_MS + 20 * DAY_MS })]
    expect(score([copies(35, today + 45)], triggers, leavers, MONDAY_MS + 60 * DAY_MS)).toMatchObject({ score: 72, trigger: { triggerId: 't_1' } })
  })
  test('by itself scores nothing', () => {
    expect(score([], [buildTrigger()])).toBeUndefined()
    expect(score([copies(9)], [buildTrigger()])?.score).toBeLessThan(20)
  })
  test('when it lies ahead only once it is as near as the window is long', () => {
    const lastDay = (days: number) => [buildTrigger({ kind: 'hr_last_working_day', atMs: MONDAY_MS + days * DAY_MS })]
    expect(score([copies(35)], lastDay(30))?.score).toBe(72)
    expect(score([copies(35)], lastDay(31))).toBeUndefined()
    expect(score([copies(35)], lastDay(31), leavers, MONDAY_MS + 2 * DAY_MS)?.score).toBe(72)
  })
  test('only when its kind is one of the policy', () => {
    for (const template of templates) {
      const policy = buildPolicy({ template: template.id, triggers: [], cumulative: false })
      const indicator = template.id === 'patient_data_misuse' || !template.id.startsWith('security') ? copies(35) : buildEvents('protective_feature_disabled', 4)
      for (const kind of ['hr_resignation', 'hr_poor_review', 'security_alert', 'custom_indicator', 'patient_defence_evasion'] as const satisfies readonly TriggerKind[]) {
        expect([template.id, kind, score([indicator], [buildTrigger({ kind })], policy) !== undefined]).toEqual([template.id, kind, template.events.includes(kind)])
      }
    }
  })
  test('that a document does not name is none', () => {
    const policy = buildPolicy({ template: 'data_theft_by_departing_users', triggerEvents: ['account_deleted'] })
    expect(score([copies(35)], [buildTrigger()], policy)).toBeUndefined()
    expect(score([copies(35)], [buildTrigger({ kind: 'account_deleted' })], policy)?.score).toBe(72)
  })
})

describe('scoring by hand', () => {
  const byHand = (over: Partial<StoredTrigger> = {}) => buildTrigger({ kind: 'manual', reason: 'A tip.', policyId: 'p_1', untilMs: MONDAY_MS + 5 * DAY_MS, ...over })
  test('counts under its own policy and no other', () => {
    expect(score([copies(35)], [byHand()])?.trigger).toMatchObject({ kind: 'manual', reason: 'A tip.' })
    expect(score([copies(35)], [byHand({ policyId: 'p_2' })])).toBeUndefined()
  })
  test('brings in whom the scope does not name, and nobody who is excluded', () => {
    const evaluate = (scope: Parameters<typeof buildPolicy>[0]) => evaluateUser({ subject: buildSubject({ names: ['alice'] }), policies: [buildPolicy({ template: 'data_theft_by_departing_users', ...scope })], insights: [copies(35)], alerts: [], triggers: [byHand()], nowMs: MONDAY_MS + 3_600_000 * 12 }).alerts.length
    expect(evaluate({ scope: { users: ['bob'] } })).toBe(1)
    expect(evaluate({ scope: { users: ['bob'], exclude: { users: ['alice'] } } })).toBe(0)
  })
  test('lasts as long as the longer of the two windows', () => {
    const short = buildPolicy({ template: 'data_theft_by_departing_users', activationWindowDays: 5 })
    const late = MONDAY_MS + 40 * DAY_MS
    expect(score([copies(35, today + 20)], [byHand({ untilMs: MONDAY_MS + 20 * DAY_MS })], short, late)?.score).toBe(72)
    expect(score([copies(35, today + 5)], [byHand({ untilMs: MONDAY_MS + DAY_MS })], short, late)?.score).toBe(72)
    expect(score([copies(35, today + 6)], [byHand({ untilMs: MONDAY_MS + DAY_MS })], short, late)).toBeUndefined()
  })
})

describe('a badge after the last working day', () => {
  const policy = buildPolicy({ template: 'data_theft_by_departing_users' })
  const badge = (day: number) => buildEvents('physical_access_after_departure', 2, { day, firstAtMs: day * DAY_MS, lastAtMs: day * DAY_MS })
  const left = [buildTrigger({ kind: 'hr_last_working_day', atMs: MONDAY_MS - 5 * DAY_MS })]
  test('counts, and one up to that day does not', () => {
    expect(score([badge(today)], left, policy)?.score).toBe(45)
    expect(score([badge(today - 5)], left, policy)).toBeUndefined()
    expect(score([badge(today)], [buildTrigger()], policy)).toBeUndefined()
  })
  test('is not made usual by the doors of the months at work, nor by those of colleagues', () => {
    const work = Array.from({ length: 80 }, (_, index) => buildEvents('physical_access_after_departure', 6, { day: today - 6 - index, firstAtMs: (today - 6 - index) * DAY_MS, lastAtMs: (today - 6 - index) * DAY_MS }))
    const everybody = { median: 6, upper: 12, userWeeks: 500 }
    const context = { triggers: left, nowMs: MONDAY_MS + 12 * 3_600_000, observedFromDay: today - 200, subject: buildSubject(), population: { ofPeers: () => everybody, ofOrganisation: () => everybody } as unknown as Population }
    const scored = scorePolicy(policy, [...work, badge(today)], context)
    expect(scored?.parts.map(({ indicator, day }) => [indicator, day])).toEqual([['physical_access_after_departure', today]])
    expect(scored?.parts.filter(({ code }) => code.startsWith('usual_for_'))).toEqual([])
    expect(scored?.score).toBe(45)
  })
  test('triggers on a day after it only', () => {
    const triggering = buildPolicy({ template: 'data_leaks', triggers: [{ indicator: 'physical_access_after_departure', threshold: 1 }], triggerEvents: [], triggerSequences: [], indicators: { physical_access_after_departure: { enabled: true }, copy_to_removable_media: { enabled: true } } })
    expect(score([badge(today - 6), copies(35)], left, triggering)).toBeUndefined()
    expect(score([badge(today), copies(35)], left, triggering)?.trigger).toMatchObject({ kind: 'indicator_threshold', indicator: 'physical_access_after_departure' })
  })
})

test('every template says what triggers it and may be named by its aliases', () => {
  for (const template of templates) {
    expect([template.id, template.triggers.length + template.events.length > 0]).toEqual([template.id, true])
    for (const alias of template.aliases) expect(templateById(alias.toUpperCase().replaceAll('_', '-'))?.id).toBe(template.id)
  }
  expect(templateById('data leaks by disgruntled users')?.id).toBe('data_leaks_by_risky_users')
  expect(new Set(templates.flatMap((template) => [template.id, ...template.aliases])).size).toBe(templates.reduce((sum, template) => sum + 1 + template.aliases.length, 0))
})
