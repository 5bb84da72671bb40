import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildAlert, buildEvents, buildInsight, buildPolicy, buildSubject, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import type { Alert } from '../cases/alert.ts'
import { decide } from '../cases/alert-transitions.ts'
import { templates } from '../policies/templates.ts'
import { ALERT_LINE, alertId, alertLine, amountOf, type EvaluationInput, evaluateUser, headline, insightScore, NEAR_USUAL_MORE, scorePolicy } from './evaluate.ts'
import { indicators, INDICATOR_IDS } from './indicators.ts'
import { dayOf, type Insight } from './insight.ts'
import { severityOf } from './score.ts'
import { sequencePattern } from './sequence-patterns.ts'

const today = dayOf(MONDAY_MS)
const evaluate = (over: Partial<EvaluationInput> = {}): readonly Alert[] => evaluateUser({ subject: buildSubject(), policies: [buildPolicy()], insights: [buildInsight()], alerts: [], nowMs: MONDAY_MS + 7_200_000, ...over }).alerts
const only = (alerts: readonly Alert[]): Alert => {
  expect(alerts.length).toBe(1)
  return alerts[0] as Alert
}
const files = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => index.toString(16).padStart(8, '0'))
const copies = (events: number, over: Partial<Insight> = {}): Insight => buildInsight({ events, files: files(Math.min(events, 64)), ...over })

const anyInsight = fc.record({ indicator: fc.constantFrom(...INDICATOR_IDS), day: fc.integer({ min: today - 130, max: today + 40 }), events: fc.integer({ min: 1, max: 3000 }), bytes: fc.nat(20 * 1024 ** 3), sensitiveEvents: fc.nat(3), offset: fc.nat(DAY_MS - 1) })
  .map(({ day, offset, ...row }) => buildInsight({ ...row, day, files: [], firstAtMs: day * DAY_MS + Math.floor(offset / 2), lastAtMs: day * DAY_MS + offset }))

describe('a score explains itself', () => {
  test('whatever happened, the points add up, the score lies between 0 and 100, and no point is a fraction', () => {
    fc.assert(fc.property(fc.array(anyInsight, { minLength: 1, maxLength: 60 }), fc.constantFrom(...templates.map((template) => template.id)), fc.constantFrom('fewer', 'default', 'more'), (insights, template, alertVolume) => {
      const unique = [...new Map(insights.map((insight) => [`${insight.day} ${insight.indicator}`, insight])).values()]
      const policy = buildPolicy({ template, alertVolume })
      for (const alert of evaluate({ policies: [policy], insights: unique })) {
        expect(alert.parts.reduce((sum, part) => sum + part.points, 0)).toBe(alert.score)
        expect(alert.score).toBeGreaterThanOrEqual(ALERT_LINE[alertVolume])
        expect(alert.score).toBeLessThanOrEqual(100)
        expect(alert.parts.every((part) => Number.isInteger(part.points) && part.reason !== '')).toBe(true)
        expect(alert.severity).toBe(severityOf(alert.score))
        expect(alert.firstActivityAtMs).toBeLessThanOrEqual(alert.lastActivityAtMs)
        expect(headline(alert)).not.toBe('')
      }
    }), { numRuns: 400 })
  })
  test('a cap is a part of its own', () => {
    const insights = [copies(900, { sensitiveEvents: 3 }), buildEvents('encrypted_archive_created', 99), buildEvents('protective_feature_disabled', 99), buildEvents('file_deleted', 9999, { lastAtMs: MONDAY_MS + 7_000_000 }), buildEvents('file_printed', 999)]
    const alert = only(evaluate({ insights }))
    expect(alert.score).toBe(100)
    expect(alert.parts.at(-1)).toMatchObject({ code: 'cap', reason: 'A score ends at 100.' })
    expect(alert.parts.at(-1)?.points).toBeLessThan(0)
  })
  test.each([[1, 'low'], [33, 'low'], [34, 'medium'], [66, 'medium'], [67, 'high'], [100, 'high']])('%i is %s', (score, severity) => {
    expect(severityOf(score)).toBe(severity)
  })
  test('an insight scores what the curve says at and between the thresholds', () => {
    const score = (amount: number) => insightScore(amount, { low: 10, medium: 20, high: 30 })
    expect([0, 5, 9, 10, 15, 20, 25, 30, 60, 90, 9000].map(score)).toEqual([0, 10, 18, 20, 33, 45, 58, 70, 80, 90, 90])
  })
  test('an insight never scores less for more, whatever the thresholds are', () => {
    fc.assert(fc.property(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(500)), fc.nat(3000), ([low, more, yetMore], amount) => {
      const thresholds = { low, medium: low + more, high: low + more + yetMore }
      const [a, b] = [insightScore(amount, thresholds), insightScore(amount + 1, thresholds)]
      expect(b).toBeGreaterThanOrEqual(a)
      expect(a).toBeGreaterThanOrEqual(0)
      expect(b).toBeLessThanOrEqual(90)
    }), { numRuns: 1000 })
  })
  test('more activity never takes an alert away or lowers its score', () => {
    fc.assert(fc.property(fc.array(anyInsight, { minLength: 1, maxLength: 25 }), anyInsight, (insights, extra) => {
      const unique = [...new Map(insights.map((insight) => [`${insight.day} ${insight.indicator}`, insight])).values()]
      fc.pre(!unique.some((insight) => insight.day === extra.day && insight.indicator === extra.indicator))
      const before = scorePolicy(buildPolicy(), unique)?.score ?? 0
      expect(scorePolicy(buildPolicy(), [...unique, extra])?.score ?? 0).toBeGreaterThanOrEqual(before)
    }), { numRuns: 300 })
  })
  test('the order of insights changes nothing', () => {
    const insights = [copies(40), buildEvents('archive_created', 6), buildEvents('file_printed', 30, { day: today + 1, firstAtMs: MONDAY_MS + DAY_MS, lastAtMs: MONDAY_MS + DAY_MS })]
    expect(evaluate({ insights: insights.toReversed() })).toEqual(evaluate({ insights }))
  })
})

describe('what brings a user into scope', () => {
  test('below the low threshold of every trigger there is nothing', () => {
    expect(evaluate({ insights: [copies(9)] })).toEqual([])
    expect(only(evaluate({ insights: [copies(10)] })).score).toBe(20)
  })
  test('an indicator that is no trigger does not start an alert by itself', () => {
    expect(evaluate({ insights: [buildEvents('file_deleted', 5000)] })).toEqual([])
  })
  test('what happened in the look-back counts once something triggers, and what lies before it does not', () => {
    const packed = (daysBefore: number) => buildEvents('encrypted_archive_created', 20, { day: today - daysBefore, firstAtMs: MONDAY_MS - daysBefore * DAY_MS, lastAtMs: MONDAY_MS - daysBefore * DAY_MS })
    const codes = (daysBefore: number) => only(evaluate({ insights: [copies(10), packed(daysBefore)] })).parts.map((part) => part.indicator)
    expect(codes(90)).toEqual(['encrypted_archive_created', 'copy_to_removable_media'])
    expect(codes(91)).toEqual(['copy_to_removable_media'])
  })
  test('thresholds of a policy replace those of the indicator, for the score and for the trigger', () => {
    const policy = buildPolicy({ indicators: { copy_to_removable_media: { thresholds: { low: 2, medium: 4, high: 8 } } } })
    const alert = only(evaluate({ policies: [policy], insights: [copies(4)] }))
    expect(alert.score).toBe(45)
    expect(alert.parts[0]?.reason).toContain('low 2 files, medium 4 files, high 8 files')
  })
  test('an indicator that is switched off neither triggers nor scores', () => {
    expect(evaluate({ policies: [buildPolicy({ indicators: { copy_to_removable_media: false } })], insights: [copies(500)] })).toEqual([])
  })
  test('chosen triggers replace those of the template', () => {
    const policy = buildPolicy({ triggers: [{ indicator: 'file_deleted', threshold: 5 }] })
    expect(evaluate({ policies: [policy], insights: [copies(500)] })).toEqual([])
    expect(only(evaluate({ policies: [policy], insights: [copies(500), buildEvents('file_deleted', 5)] })).trigger.indicator).toBe('file_deleted')
  })
  test('a late activity is scored on its own day', () => {
    const weekAgo = { day: today - 7, firstAtMs: MONDAY_MS - 7 * DAY_MS, lastAtMs: MONDAY_MS - 7 * DAY_MS + 1000 }
    const alert = only(evaluate({ insights: [copies(12, weekAgo)] }))
    expect(alert.parts[0]).toMatchObject({ day: today - 7 })
    expect(alert.trigger.atMs).toBe(weekAgo.firstAtMs)
    expect(alert.createdAtMs).toBe(MONDAY_MS + 7_200_000)
  })
  test('the alert volume moves the line', () => {
    const at = (alertVolume: 'fewer' | 'default' | 'more') => evaluate({ policies: [buildPolicy({ alertVolume })], insights: [copies(12)] }).length
    expect([at('fewer'), at('default'), at('more')]).toEqual([0, 1, 1])
  })
  test('the line is higher for what is near usual', () => {
    const part = (code: string) => ({ code, points: 20, reason: 'Something.', evidence: [] })
    const line = (code: string) => alertLine(buildPolicy(), { parts: [part('insight'), part(code)] })
    expect([line('breadth'), line('usual_for_user'), line('usual_for_peers')]).toEqual([ALERT_LINE.default, ALERT_LINE.default + NEAR_USUAL_MORE, ALERT_LINE.default + NEAR_USUAL_MORE])
    const usual = Array.from({ length: 30 }, (_, index) => copies(8, { day: today - 30 + index, firstAtMs: MONDAY_MS - (30 - index) * DAY_MS, lastAtMs: MONDAY_MS - (30 - index) * DAY_MS }))
    const alerts = (amount: number) => evaluate({ policies: [buildPolicy({ cumulative: false })], insights: [...usual, copies(amount)], observedFromDay: today - 60 }).map((alert) => alert.score)
    expect(scorePolicy(buildPolicy({ cumulative: false }), [...usual, copies(32)], { observedFromDay: today - 60 })?.score).toBe(27)
    expect([alerts(32), alerts(38)]).toEqual([[], [41]])
  })
})

describe('who is watched', () => {
  const alerts = (scope: NonNullable<Parameters<typeof buildPolicy>[0]>['scope'], subject = buildSubject({ groups: ['Finance'], department: 'Legal', country: 'DE' })) => evaluate({ subject, policies: [buildPolicy(scope === undefined ? {} : { scope })] }).length
  test('everybody, unless a document says otherwise', () => expect(alerts(undefined)).toBe(1))
  test('names in any letter case', () => {
    expect(alerts({ users: ['ALICE'] })).toBe(1)
    expect(alerts({ users: ['bob'] })).toBe(0)
  })
  test('groups alone mean their members and nobody else', () => {
    expect(alerts({ groups: ['finance'] })).toBe(1)
    expect(alerts({ groups: ['sales'] })).toBe(0)
  })
  test.each([{ users: ['Alice@example.com'] }, { groups: ['finance'] }, { departments: ['legal'] }, { countries: ['de'] }])('an exclusion by %j wins over everything', (exclude) => {
    expect(alerts({ users: ['alice'], exclude })).toBe(0)
  })
  test('a policy that is paused scores nobody', () => {
    expect(evaluate({ policies: [buildPolicy({ status: 'paused' })] })).toEqual([])
  })
})

describe('one alert for each user and policy', () => {
  const first = () => only(evaluate())
  const after = (alert: Alert, hours: number, extra: readonly Insight[] = []) => evaluate({ alerts: [alert], insights: [buildInsight(), ...extra], nowMs: MONDAY_MS + hours * 3_600_000 })
  const closed = (to: 'dismissed' | 'resolved') => {
    const outcome = decide(first(), { to }, MONDAY_MS + 10 * 3_600_000)
    return outcome.kind === 'changed' ? outcome.alert : expect.fail('the transition was refused')
  }
  const nextDay = copies(35, { day: today + 1, firstAtMs: MONDAY_MS + DAY_MS, lastAtMs: MONDAY_MS + DAY_MS + 1000 })

  test('scoring the same again changes nothing', () => {
    expect(after(first(), 3)).toEqual([])
  })
  test('its id follows from policy and user, and from nothing else', () => {
    expect(first().id).toBe(alertId('p_1', 'u_1', 0))
    expect(only(evaluate({ nowMs: MONDAY_MS + 999_999_999, insights: [copies(400)] })).id).toBe(first().id)
    expect(first().id).toMatch(/^al_[A-Za-z0-9]{26}$/)
    expect(new Set(['p_1', 'p_2'].flatMap((policy) => ['u_1', 'u_2'].flatMap((user) => [0, 1].map((ordinal) => alertId(policy, user, ordinal))))).size).toBe(8)
  })
  test('new evidence joins the open alert and may raise its severity', () => {
    const grown = only(after(first(), 30, [nextDay]))
    expect(grown).toMatchObject({ id: first().id, severity: 'high', revision: 2, status: 'needs_review', newData: false, createdAtMs: first().createdAtMs })
    expect(grown.lastActivityAtMs).toBe(nextDay.lastAtMs)
  })
  test('a decision stays as long as nothing new happens', () => {
    expect(after(closed('dismissed'), 20)).toEqual([])
    expect(after(closed('resolved'), 20)).toEqual([])
  })
  test('new evidence after a dismissal opens the same alert again as new data', () => {
    const again = only(after(closed('dismissed'), 30, [nextDay]))
    expect(again).toMatchObject({ id: first().id, status: 'needs_review', newData: true, revision: 3 })
    expect(again.decidedAtMs).toBeUndefined()
    expect(again.dismissReason).toBeUndefined()
  })
  test('new evidence after a resolution makes a new alert', () => {
    const again = only(after(closed('resolved'), 30, [nextDay]))
    expect(again.id).toBe(alertId('p_1', 'u_1', 1))
    expect(again).toMatchObject({ status: 'needs_review', newData: true, revision: 1 })
  })
  test('a little more on the day of the decision does not bring it back', () => {
    const sameDay = copies(13, { lastAtMs: MONDAY_MS + 11 * 3_600_000 })
    expect(evaluate({ alerts: [closed('dismissed')], insights: [sameDay], nowMs: MONDAY_MS + 12 * 3_600_000 })).toEqual([])
  })
  test('evidence that happened before the decision and arrived after it brings it back', () => {
    const late = copies(40, { day: today - 3, firstAtMs: MONDAY_MS - 3 * DAY_MS, lastAtMs: MONDAY_MS - 3 * DAY_MS + 1000 })
    for (const to of ['dismissed', 'resolved'] as const) {
      const again = only(after(closed(to), 20, [late]))
      expect(again).toMatchObject({ status: 'needs_review', newData: true })
      expect(again.parts[0]).toMatchObject({ day: today - 3 })
      // Once it is open again, scoring again changes nothing.
      const known = to === 'dismissed' ? [again] : [closed(to), again]
      expect(evaluate({ alerts: known, insights: [buildInsight(), late], nowMs: MONDAY_MS + 21 * 3_600_000 })).toEqual([])
    }
  })
  test('a change of the policy alone does not bring a decided alert back', () => {
    const stricter = { ...buildPolicy({ indicators: { copy_to_removable_media: { thresholds: { low: 1, medium: 2, high: 3 } } } }), version: 2 }
    expect(evaluate({ alerts: [closed('dismissed')], policies: [stricter], nowMs: MONDAY_MS + 20 * 3_600_000 })).toEqual([])
  })
  test('two policies have an alert each', () => {
    expect(evaluate({ policies: [buildPolicy(), buildPolicy({ name: 'Other' }, 'p_2')] }).map((alert) => alert.policyId)).toEqual(['p_1', 'p_2'])
  })
})

describe('sequences', () => {
  const off = (atMs: number) => buildEvents('protective_feature_disabled', 1, { day: dayOf(atMs), firstAtMs: atMs, lastAtMs: atMs })
  const leave = (atMs: number) => copies(10, { day: dayOf(atMs), firstAtMs: atMs, lastAtMs: atMs })
  const found = (insights: readonly Insight[]) => only(evaluate({ insights })).parts.some((part) => part.code === 'sequence.protection_off_then_exfiltration')
  test('steps in order within the window are found', () => expect(found([off(MONDAY_MS), leave(MONDAY_MS + 3_600_000)])).toBe(true))
  test('steps in the other order are none', () => expect(found([leave(MONDAY_MS), off(MONDAY_MS + 3_600_000)])).toBe(false))
  test('steps too far apart are none', () => expect(found([off(MONDAY_MS), leave(MONDAY_MS + 25 * 3_600_000)])).toBe(false))
})

describe('the tables', () => {
  test('every indicator rises, has a sentence and a source, and measures something', () => {
    for (const id of INDICATOR_IDS) {
      const { thresholds, summary, source, kinds } = indicators[id]
      expect(thresholds.low <= thresholds.medium && thresholds.medium <= thresholds.high && thresholds.low >= 1).toBe(true)
      expect([summary, source].every((text) => text.length > 5) && kinds.length > 0).toBe(true)
      expect(Number.isFinite(amountOf(buildInsight({ indicator: id })))).toBe(true)
    }
  })
  test('what a template triggers on and chains is among its indicators', () => {
    for (const template of templates) {
      const used = [...template.triggers.map((trigger) => trigger.indicator), ...template.sequences.flatMap((sequence) => sequencePattern(sequence)?.steps.flat() ?? [])]
      expect(used.filter((id) => !template.indicators.includes(id))).toEqual([])
    }
  })
})

describe('headlines', () => {
  test('say the strongest signal, the sequence and how many more', () => {
    const alert = buildAlert({ parts: [
      { code: 'insight', points: 70, reason: 'Copied to removable media: 31 files on 2026-03-02 (a day: low 10 files).', indicator: 'copy_to_removable_media', evidence: [] }, { code: 'breadth', points: 3, reason: 'Also printed.', evidence: [] },
      { code: 'sequence.x', points: 10, reason: 'Files left, then were deleted (within 24 hours).', evidence: [] }, { code: 'cap', points: -3, reason: 'A score ends at 100.', evidence: [] },
    ] })
    expect(headline(alert)).toBe('Copied to removable media: 31 files on 2026-03-02; files left, then were deleted; and 1 more')
  })
})
