import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildEvents, buildInsight, buildPolicy, buildSubject, buildTrigger, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { templates } from '../policies/templates.ts'
import { usualBefore } from './baseline.ts'
import { BOOSTER_IDS, boosters, COMPARISON_POINTS } from './booster-table.ts'
import { CUMULATIVE_INDICATORS, cumulativeOf, NEW_HABIT_POINTS } from './cumulative.ts'
import type { ScoringContext } from './evaluation-input.ts'
import { evaluateUser, scorePolicy } from './evaluate.ts'
import { createHistory } from './history.ts'
import { INDICATOR_IDS } from './indicators.ts'
import { dayOf, type Insight } from './insight.ts'
import { bucketOf, bucketTop, cellsOfWeek, createPopulation, type PopulationCell, weekOf, WEEKLY_EXFILTRATION } from './population.ts'
import { USUAL_POINTS } from './signals.ts'

const today = dayOf(MONDAY_MS)
const hex = (value: number): string => (Math.imul(value + 1, 0x9e37_79b1) >>> 0).toString(16).padStart(8, '0')
const on = (indicator: string, amount: number, day: number, over: Partial<Insight> = {}): Insight =>
  buildInsight({ indicator, events: amount, files: amount > 60 ? [] : Array.from({ length: amount }, (_, index) => hex(day * 1000 + index)).toSorted(), day, firstAtMs: day * DAY_MS + 36_000_000, lastAtMs: day * DAY_MS + 36_060_000, hours: [[10, amount]], ...over })
const copies = (amount: number, day = today, over: Partial<Insight> = {}): Insight => on('copy_to_removable_media', amount, day, over)
/** Every second day before today, oldest first. */
const habit = (amount: number, days = 30, indicator = 'copy_to_removable_media'): readonly Insight[] => Array.from({ length: days }, (_, index) => on(indicator, amount, today - 2 * (days - index)))
const leavers = buildPolicy({ template: 'data_theft_by_departing_users' })
const context = (over: Partial<ScoringContext> = {}): ScoringContext => ({ subject: buildSubject({ department: 'Sales' }), triggers: [buildTrigger()], observedFromDay: today - 60, nowMs: MONDAY_MS + 12 * 3_600_000, ...over })
const scored = (insights: readonly Insight[], over: Partial<ScoringContext> = {}, policy = leavers) => scorePolicy(policy, insights, context(over))
const codes = (insights: readonly Insight[], over: Partial<ScoringContext> = {}, policy = leavers) => scored(insights, over, policy)?.parts.map((part) => part.code) ?? []

describe('what is usual for a user', () => {
  test('is no alert when the user leaves, however much it is', () => {
    const insights = [...habit(35), copies(35)]
    expect(scored(insights)).toMatchObject({ score: 12 })
    expect(codes(insights)).toEqual(['insight', 'usual_for_user'])
    expect(evaluateUser({ ...context(), policies: [leavers], insights, alerts: [], nowMs: MONDAY_MS + 12 * 3_600_000, subject: buildSubject() }).alerts).toEqual([])
  })
  test('takes nothing from a day that is far above it, and that day is told', () => {
    expect(codes([...habit(4), copies(60)])).toEqual(['insight', 'booster.above_own_usual'])
    expect(scored([...habit(4), copies(60)])?.parts[1]?.reason).toContain('Usual for the user are 4 files a day')
  })
  test('takes part of a day that is a little above it, and less of one that is more above it', () => {
    const points = [20, 45, 55, 65, 80].map((amount) => scored([...habit(20), copies(amount)])?.score ?? 0)
    expect(points).toEqual(points.toSorted((a, b) => a - b))
    expect(points[0]).toBe(12)
    expect(points[2]).toBeLessThan(scored([copies(55)], { observedFromDay: today })?.score ?? 0)
  })
  test('is judged without the day itself and without what came after it', () => {
    const before = [...habit(4), copies(60)]
    const after = Array.from({ length: 10 }, (_, index) => copies(60, today + 1 + index))
    expect(scored([...before, ...after], { nowMs: MONDAY_MS + 20 * DAY_MS })?.parts[0]).toMatchObject({ day: today, points: scored(before)?.parts[0]?.points })
  })
  test('is not moved by one wild day in fifteen', () => {
    const wild = habit(4).map((insight, index) => (index % 15 === 5 ? copies(400, insight.day) : insight))
    expect(usualBefore(wild.map((insight) => insight.day), wild.map((insight) => insight.events), today - 80, today).at(-1)).toMatchObject({ kind: 'usual', median: 4, upper: 8 })
  })
  test('is not known in the first days, and excuses them once weeks have come', () => {
    const first = [copies(35, today - 3), copies(35, today - 2), copies(35)]
    expect(codes(first, { observedFromDay: today - 3 })).not.toContain('usual_for_user')
    const later = Array.from({ length: 12 }, (_, index) => copies(35, today + 1 + index))
    expect(codes([...first, ...later], { observedFromDay: today - 3, nowMs: MONDAY_MS + 13 * DAY_MS })).toContain('usual_for_user')
  })
  test('is not judged at all where nobody says since when the user was observed', () => {
    expect(codes([...habit(35), copies(35)], { observedFromDay: undefined as never })).toEqual(['insight'])
  })
  test('takes most of a day like one that the user had weeks ago, and nothing of one like yesterday’s', () => {
    const worked = habit(3, 30, 'file_downloaded')
    const off = (day: number): Insight => buildEvents('protective_feature_disabled', 1, { day, firstAtMs: day * DAY_MS, lastAtMs: day * DAY_MS })
    const policy = buildPolicy({ template: 'security_policy_violations' })
    const last = (days: number) => scored([...worked, off(today - days), off(today)].filter((insight) => insight.day === today || insight.day < today - 1 || days === 1), { nowMs: MONDAY_MS + 12 * 3_600_000 }, { ...policy, lookbackDays: 0, activationWindowDays: 1, triggers: [], triggerEvents: ['hr_resignation'] })
    expect(last(30)?.parts.map((part) => part.code)).toEqual(['insight', 'usual_for_user'])
    expect(last(1)?.parts.map((part) => part.code)).toEqual(['insight'])
  })
  test('takes half of a day like one of a week before, such as the second of a weekly backup', () => {
    const worked = habit(3, 30, 'file_downloaded')
    const weekly = [copies(40, today - 7), copies(40)]
    const [part, taken] = scored([...worked, ...weekly].filter((insight) => insight.day !== today - 7 || insight.indicator !== 'file_downloaded'), {}, { ...leavers, lookbackDays: 0, activationWindowDays: 1 })?.parts ?? []
    expect(taken).toMatchObject({ code: 'usual_for_user', points: -Math.floor(((part?.points ?? 0) - USUAL_POINTS) / 2), reason: 'Seen of the user more than 5 days before: up to 40 files.' })
  })
  test('alone may be the threshold', () => {
    const policy = buildPolicy({ template: 'data_theft_by_departing_users', indicators: { copy_to_removable_media: { mode: 'above_usual' } } })
    const at = (amount: number) => scored([...habit(4), copies(amount)], {}, policy)?.score ?? 0
    expect([at(6), at(8), at(16), at(24)]).toEqual([15, 20, 45, 80])
    expect(scored([copies(500)], { observedFromDay: today - 2 }, policy)).toBeUndefined()
  })
})

/** Cells of twelve people of a department who do this on one day of each of the eight weeks before. */
const population = (amount: number, indicator = 'copy_to_removable_media', people = 12, group = 'Sales') =>
  createPopulation(Array.from({ length: 8 }, (_, index): PopulationCell => ({ week: weekOf(today) - 1 - index, group, indicator, bucket: bucketOf(amount), users: people })))

describe('what is usual among others', () => {
  test('takes the points of a day whose user is new to it, and of nobody’s when too few do it', () => {
    expect(codes([copies(20)], { observedFromDay: today, population: population(25) })).toEqual(['insight', 'usual_for_peers'])
    expect(codes([copies(20)], { observedFromDay: today, population: population(25, 'copy_to_removable_media', 5) })).toEqual(['insight'])
    expect(codes([copies(20)], { observedFromDay: today, population: population(25, 'file_printed') })).toEqual(['insight'])
  })
  test('is told when a day is far above it: of the peers, or of everybody where there are too few of them', () => {
    expect(codes([copies(90)], { observedFromDay: today, population: population(5) })).toEqual(['insight', 'booster.above_peers'])
    expect(codes([copies(90)], { observedFromDay: today, population: population(5, 'copy_to_removable_media', 12, 'Legal') })).toEqual(['insight', 'booster.above_organisation'])
  })
  test('never hides what is far above the user’s own', () => {
    expect(scored([...habit(2), copies(40)], { population: population(100) })?.parts[0]?.points).toBe(scored([...habit(2), copies(40)])?.parts[0]?.points)
    expect(codes([...habit(2), copies(40)], { population: population(100) })).not.toContain('usual_for_peers')
  })
  test('is not what a few do, however many they are in a large group', () => {
    const cells = Array.from({ length: 8 }, (_, index): readonly PopulationCell[] => [
      { week: weekOf(today) - 1 - index, group: 'Sales', indicator: 'protective_feature_disabled', bucket: bucketOf(2), users: 9 }, { week: weekOf(today) - 1 - index, group: 'Sales', indicator: 'file_printed', bucket: bucketOf(4), users: 91 },
    ]).flat()
    expect(createPopulation(cells).ofOrganisation('protective_feature_disabled', today, today)).toBeUndefined()
    expect(createPopulation(cells).ofPeers('Sales', 'file_printed', today, today)).toMatchObject({ userWeeks: 8 * 91 })
    expect(createPopulation(cells.map((cell) => (cell.users === 9 ? { ...cell, users: 10 } : cell))).ofOrganisation('protective_feature_disabled', today, today)).toMatchObject({ userWeeks: 80 })
  })
  test('looks at nothing of the judged day’s week or of a week that is not over', () => {
    const own = createPopulation([{ week: weekOf(today), group: 'Sales', indicator: 'copy_to_removable_media', bucket: 9, users: 500 }, { week: weekOf(today) + 1, group: 'Sales', indicator: 'copy_to_removable_media', bucket: 9, users: 500 }])
    expect(own.ofPeers('Sales', 'copy_to_removable_media', today, today + 7)).toBeUndefined()
    expect(own.ofPeers('sales', 'copy_to_removable_media', today, today + 14)).toMatchObject({ userWeeks: 500 })
  })
  test('counts each person once a week, by the busiest day', () => {
    const user = { group: 'Sales', insights: [3, 9, 5].map((amount) => ({ indicator: 'copy_to_removable_media', amount })) }
    const cells = cellsOfWeek(10, [user, user], CUMULATIVE_INDICATORS)
    expect(cells.find((cell) => cell.indicator === 'copy_to_removable_media')).toEqual({ week: 10, group: 'sales', indicator: 'copy_to_removable_media', bucket: bucketOf(9), users: 2 })
    expect(cells.find((cell) => cell.indicator === WEEKLY_EXFILTRATION)).toMatchObject({ bucket: bucketOf(17), users: 2 })
  })
  test('buckets rise with amounts and end above them', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 0, max: 1000 }), (amount, more) => {
      expect(bucketOf(amount + more)).toBeGreaterThanOrEqual(bucketOf(amount))
      expect(bucketTop(bucketOf(amount))).toBeGreaterThanOrEqual(amount * 0.999)
      expect(bucketTop(bucketOf(amount))).toBeLessThanOrEqual(amount * 1.2)
    }))
  })
})

describe('boosters', () => {
  const given = (id: string, insights: readonly Insight[], over: Partial<ScoringContext> = {}, policy = leavers) => codes(insights, over, policy).includes(`booster.${id}`)
  const night = (amount: number): Insight => copies(amount, today, { hours: [[2, amount]] })
  test('for what left a minute or more after a warning, of this day or the week before', () => {
    const dayMs = today * 86_400_000
    const warned = (day: number, over: Partial<Insight> = {}): Insight => buildEvents('person_warned', 1, { day, firstAtMs: day * 86_400_000 + 1000, lastAtMs: day * 86_400_000 + 1000, ...over })
    const later = copies(20, today, { firstAtMs: dayMs, lastAtMs: dayMs + 61_000 })
    expect(given('after_warning', [...habit(2), warned(today), later])).toBe(true)
    expect(given('after_warning', [...habit(2), warned(today - 7), copies(20)])).toBe(true)
    // In the same go, longer ago, or about something that did not leave.
    expect(given('after_warning', [...habit(2), warned(today), copies(20, today, { firstAtMs: dayMs, lastAtMs: dayMs + 30_000 })])).toBe(false)
    expect(given('after_warning', [...habit(2), warned(today - 8), later])).toBe(false)
    expect(given('after_warning', [...habit(2), later])).toBe(false)
  })
  test('for hours in which the user is hardly ever active, from ten days on', () => {
    expect(given('off_hours', [...habit(2), night(20)])).toBe(true)
    expect(given('off_hours', [...habit(2), copies(20, today, { hours: [[11, 20]] })])).toBe(false)
    expect(given('off_hours', [...habit(2, 9), night(20)])).toBe(false)
  })
  test('for no hour that lies near a usual one, and for no single event', () => {
    const at = (hour: number) => given('off_hours', [...habit(2), copies(20, today, { hours: [[hour, 20]] })])
    expect([7, 8, 12, 13].map(at)).toEqual([true, false, false, true])
    expect(given('off_hours', [...habit(2, 30, 'file_printed'), on('encrypted_archive_created', 2, today, { hours: [[2, 2]] })])).toBe(false)
    expect(given('off_hours', [...habit(2, 30, 'file_printed'), on('encrypted_archive_created', 3, today, { hours: [[2, 3]] })])).toBe(true)
  })
  test('that compare say one fact together, nothing of a small day, and nothing of what stays inside', () => {
    const compared = (indicator: string, amount: number) => scored([...habit(2, 30, indicator), on(indicator, amount, today)], { population: population(2, indicator) })?.parts.filter((part) => part.code.startsWith('booster.above_')).map((part) => part.points)
    expect(compared('copy_to_removable_media', 40)).toEqual([boosters.above_own_usual.points, COMPARISON_POINTS - boosters.above_own_usual.points])
    expect(compared('copy_to_removable_media', 8)).toEqual([])
    expect(compared('copy_to_network_share', 120)).toEqual([])
  })
  test('for sensitive content are whole where any of it left the organisation', () => {
    const points = (insights: readonly Insight[]) => scored(insights)?.parts.find((part) => part.code === 'booster.sensitive_content')?.points
    const share = on('copy_to_network_share', 120, today, { sensitiveEvents: 3 })
    expect(points([share])).toBe(boosters.sensitive_content.points / 2)
    expect(points([share, copies(12, today, { sensitiveEvents: 1 })])).toBe(boosters.sensitive_content.points)
  })
  test('for the first use of removable media ever, once', () => {
    const worked = habit(3, 20, 'file_downloaded')
    expect(given('first_removable_media', [...worked, copies(12)])).toBe(true)
    expect(given('first_removable_media', [...worked, copies(12)], { firstMediaDay: today - 300 })).toBe(false)
    expect(given('first_removable_media', [...worked, buildEvents('removable_media_mounted', 1, { day: today - 30 }), copies(12)])).toBe(false)
    expect(given('above_own_usual', [...worked, copies(40)])).toBe(false)
  })
  test('for priority content of the policy, unallowed domains and sensitive content', () => {
    expect(given('priority_content', [copies(12, today, { priorityEvents: 3, priorityBy: [{ policyId: 'p_1', events: 3, bytes: 30 }] })])).toBe(true)
    expect(given('priority_content', [copies(12, today, { priorityEvents: 3, priorityBy: [{ policyId: 'p_2', events: 3, bytes: 30 }] })])).toBe(false)
    expect(given('unallowed_domain', [copies(12, today, { unallowedEvents: 1 })])).toBe(true)
    expect(given('sensitive_content', [copies(12, today, { sensitiveEvents: 1 })])).toBe(true)
  })
  test('for a stressor of the last ninety days, unless it is what brought the user into scope', () => {
    const review = (days: number) => ({ triggers: [buildTrigger(), buildTrigger({ id: 't_2', kind: 'hr_poor_review', atMs: MONDAY_MS - days * DAY_MS })] })
    expect(given('recent_stressor', [copies(12)], review(80))).toBe(true)
    expect(given('recent_stressor', [copies(12)], review(91))).toBe(false)
    expect(given('recent_stressor', [copies(12)], { triggers: [buildTrigger({ kind: 'hr_poor_review' })] }, buildPolicy({ template: 'data_leaks_by_risky_users' }))).toBe(false)
  })
  test('for an earlier confirmed alert, and not for a later one', () => {
    expect(given('earlier_violation', [copies(12)], { confirmedAtMs: [MONDAY_MS - 100 * DAY_MS] })).toBe(true)
    expect(given('earlier_violation', [copies(12)], { confirmedAtMs: [MONDAY_MS + DAY_MS] })).toBe(false)
  })
  test('for a priority user or one of high impact once', () => {
    const subject = buildSubject({ priorityGroups: ['g_1'], privileged: true, reports: 50 })
    expect(codes([copies(12)], { subject }).filter((code) => code === 'booster.priority_user').length).toBe(1)
    for (const one of [{ privileged: true }, { reports: 10 }]) expect(given('priority_user', [copies(12)], { subject: buildSubject(one) })).toBe(true)
    expect(given('priority_user', [copies(12)], { subject: buildSubject({ reports: 9 }) })).toBe(false)
  })
  test('that are switched off are not given', () => {
    const none = buildPolicy({ template: 'data_theft_by_departing_users', boosters: Object.fromEntries(BOOSTER_IDS.map((id) => [id, false])) })
    expect(codes([...habit(2), night(200)], { population: population(2), subject: buildSubject({ privileged: true }) }, none).filter((code) => code.startsWith('booster.'))).toEqual([])
  })
  test('of circumstance add nothing to what is usual, and of behaviour half to what is small', () => {
    const subject = buildSubject({ privileged: true })
    expect(scored([...habit(35), copies(35, today, { sensitiveEvents: 9 })], { subject })?.score).toBe(12)
    expect(scored([...habit(2, 30, 'file_downloaded'), copies(5, today)], { subject })).toMatchObject({ score: 10 + boosters.first_removable_media.points / 2 })
  })
})

describe('cumulative exfiltration', () => {
  const drip = (amount: number, days: number) => Array.from({ length: days }, (_, index) => copies(amount, today - days + 1 + index))
  const leaks = buildPolicy()
  test('finds a slow drip below every threshold, by the user’s own month before', () => {
    const found = scored(drip(8, 28), { triggers: [] }, leaks)
    expect(found).toMatchObject({ trigger: { kind: 'cumulative_exfiltration' } })
    expect(found?.parts.find((part) => part.code === 'cumulative.own')?.reason).toMatch(/^Copied to removable media: 2\d\d files left in the 30 days/)
  })
  test('finds a new channel beside much ordinary work in an old one, on five days at the least', () => {
    const work = Array.from({ length: 80 }, (_, index) => on('file_printed', 15, today - 79 + index))
    const all = { triggers: [], observedFromDay: today - 79 }
    expect(scored([...work, ...drip(8, 12)], all, leaks)?.trigger.kind).toBe('cumulative_exfiltration')
    expect(scored([...work, ...drip(9, 4)], all, leaks)).toBeUndefined()
  })
  test('is nothing for a user who always did so, alone or among others who do', () => {
    expect(scored(drip(8, 80), { triggers: [], observedFromDay: today - 79 }, leaks)).toBeUndefined()
    expect(codes(drip(8, 28), { observedFromDay: today - 30, population: population(60, WEEKLY_EXFILTRATION) })).not.toContain('cumulative.peers')
  })
  test('is nothing of a user who does it daily and does twice as much of it for a month', () => {
    const work = Array.from({ length: 150 }, (_, index) => on('file_deleted', 1, today - 149 + index))
    const after = (every: number) => scored([...work, ...Array.from({ length: 120 }, (_, index) => copies(4, today - 149 + index)).filter((insight) => insight.day % every === 0), ...drip(8, 30)], { triggers: [], observedFromDay: today - 149 }, leaks)
    expect(after(1)).toBeUndefined()
    expect(after(4)).toBeDefined()
  })
  test('makes up for the time that the user was away in the month before, and for no other', () => {
    const work = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => on('file_deleted', 1, today - 60 + from + index))
    const month = (present: readonly Insight[]) => codes([...present, ...Array.from({ length: 12 }, (_, index) => copies(6, today - 59 + index)), ...drip(6, 28), ...work(30, 60)], { triggers: [], observedFromDay: today - 60 }, leaks)
    expect(month(work(1, 13))).not.toContain('cumulative.own')
    expect(month(work(1, 30))).toContain('cumulative.own')
  })
  test('is told with points of its own where one channel became a habit, and the parts add up', () => {
    const work = Array.from({ length: 90 }, (_, index) => on('file_deleted', 1, today - 89 + index))
    const begun = (days: number, before: readonly Insight[] = []) => scored([...work, ...before, ...drip(8, days)], { triggers: [], observedFromDay: today - 89 }, leaks)
    const found = begun(20)
    expect(found?.parts.find((part) => part.code === 'new_habit')).toMatchObject({ points: NEW_HABIT_POINTS, reason: 'A new habit: Copied to removable media on 20 days of the 30, and on 0 of any month before.' })
    expect(found?.parts.reduce((sum, { points }) => sum + points, 0)).toBe(found?.score)
    const codesOf = (one: typeof found) => one?.parts.map(({ code }) => code) ?? []
    expect(codesOf(begun(9))).not.toContain('new_habit')
    expect(codesOf(begun(20, [40, 44, 48].map((ago) => copies(2, today - ago))))).not.toContain('new_habit')
  })
  test('tells half of a user who is known, and a quarter of one who has gone on like this for months', () => {
    const told = (days: number, known: number) => {
      const insights = [...Array.from({ length: known - days }, (_, index) => on('file_deleted', 1, today - known + 1 + index)), ...drip(7, days)]
      const since = { observedFromDay: today - known + 1, nowMs: MONDAY_MS }
      return cumulativeOf(leaks, [copies(7)], createHistory(insights, since), context({ ...since, population: population(6, WEEKLY_EXFILTRATION) }))
    }
    expect([told(28, 28), told(45, 60), told(95, 95)].map((found) => [found?.against, found?.points])).toEqual([['peers', 44], ['peers', 23], ['peers', 12]])
  })
  test('is told among peers who do far less', () => {
    expect(codes(drip(8, 28), { observedFromDay: today - 30, population: population(6, WEEKLY_EXFILTRATION) })).toContain('cumulative.peers')
  })
  test('counts only indicators that are on, and is off where the policy says so', () => {
    expect(scored(drip(8, 28), { triggers: [] }, buildPolicy({ cumulative: false }))).toBeUndefined()
    expect(scored(drip(8, 28), { triggers: [] }, buildPolicy({ indicators: { copy_to_removable_media: false } }))).toBeUndefined()
  })
})

describe('only priority content', () => {
  test('scores nothing else, and triggers by nothing else', () => {
    const policy = buildPolicy({ priorityContent: { extensions: ['dwg'] }, scoreOnlyPriorityContent: true })
    expect(scorePolicy(policy, [copies(50)])).toBeUndefined()
    expect(scorePolicy(policy, [copies(50, today, { priorityEvents: 20, priorityBy: [{ policyId: 'p_1', events: 20, bytes: 5 }] })])?.parts[0]).toMatchObject({ code: 'insight', points: 45 })
  })
})

test('whatever is known of a user, the points add up, the score lies between 0 and 100, and the order of insights changes nothing', () => {
  const anyInsight = fc.record({ indicator: fc.constantFrom(...INDICATOR_IDS), day: fc.integer({ min: today - 140, max: today }), events: fc.integer({ min: 1, max: 300 }), sensitiveEvents: fc.nat(2), unallowedEvents: fc.nat(1), hour: fc.nat(23) })
    .map(({ hour, events, day, ...row }) => on(row.indicator, events, day, { ...row, hours: [[hour, events]], bytes: events * 5_000_000 }))
  fc.assert(fc.property(fc.array(anyInsight, { minLength: 1, maxLength: 80 }), fc.constantFrom(...templates.map((template) => template.id)), fc.boolean(), fc.nat(200), fc.nat(), (list, template, known, usual, seed) => {
    const unique = [...new Map(list.map((insight) => [`${insight.day} ${insight.indicator}`, insight])).values()]
    const shuffled = unique.map((insight, index) => ({ insight, key: Math.imul(index + 1, seed | 1) >>> 0 })).toSorted((a, b) => a.key - b.key).map(({ insight }) => insight)
    const over: Partial<ScoringContext> = { triggers: [buildTrigger(), buildTrigger({ id: 't_2', kind: 'hr_poor_review' }), buildTrigger({ id: 't_3', kind: 'patient_defence_evasion' })], ...(known ? { population: population(usual + 1), confirmedAtMs: [0] } : {}) }
    const policy = buildPolicy({ template })
    const found = scored(unique, over, policy)
    expect(scored(shuffled, over, policy)).toEqual(found)
    if (found === undefined) return
    expect(found.parts.reduce((sum, part) => sum + part.points, 0)).toBe(found.score)
    expect(found.score).toBeGreaterThanOrEqual(0)
    expect(found.score).toBeLessThanOrEqual(100)
    expect(found.parts.every((part) => Number.isInteger(part.points) && part.reason !== '' && !part.reason.includes('undefined') && !part.reason.includes('NaN'))).toBe(true)
    expect(found.firstActivityAtMs).toBeLessThanOrEqual(found.lastActivityAtMs)
  }), { numRuns: 300 })
})
