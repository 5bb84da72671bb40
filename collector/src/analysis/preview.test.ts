// Previews over a real store, against what an evaluation of the same store does.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { Policy } from '../domain/policies/policy.ts'
import { templates } from '../domain/policies/templates.ts'
import { mergeInsights } from '../domain/risk/count.ts'
import { dayOf, type Insight } from '../domain/risk/insight.ts'
import { createEvaluation } from '../evaluation/evaluation.ts'
import { createPopulationCache } from '../evaluation/population-cache.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildDevice, buildInsight, buildPolicy, buildRun, buildTrigger, buildUser, DAY_MS, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { createPreviews, MOST_PREVIEW_DAYS, type PreviewProgress } from './preview.ts'

const today = dayOf(MONDAY_MS)
const nowMs = MONDAY_MS + 3_600_000
const files = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => index.toString(16).padStart(8, '0'))
const on = (userId: string, day: number, indicator: string, events: number): Insight =>
  buildInsight({ userId, day, indicator, events, files: files(events), firstAtMs: day * DAY_MS + 1000, lastAtMs: day * DAY_MS + 2000, samples: [{ id: 'd_1.e.1', atMs: day * DAY_MS + 1000 }] })

describe('a preview over the store', () => {
  let temporary: TemporaryStore
  let store: Store
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    ;({ store } = temporary)
    await store.write((tx) => tx.saveDevice(buildDevice()))
  })
  afterEach(() => temporary.remove())

  const people = (count: number) => store.write(async (tx) => {
    await tx.saveUsers(Array.from({ length: count }, (_, index) => buildUser({ id: `u_${index}`, pseudonym: `ANON-${index}`, displayName: `user${index}`, identities: [{ kind: 'account', value: `user${index}` }], department: index % 2 === 0 ? 'sales' : 'law' })))
  })
  let seq = 1
  const put = (insights: readonly Insight[]) => store.write((tx) => tx.ingest([...new Set(insights.map((insight) => insight.userId))].map((userId) => buildRun(seq++, 1, { userId })), () => insights, mergeInsights))
  const previews = () => createPreviews({ store, population: createPopulationCache(store), now: () => nowMs })
  const evaluate = () => createEvaluation({ store, now: () => nowMs, onAlert() {}, log: { error: (object) => { throw (object as { err: unknown }).err } } }).drain()

  test('of a saved policy makes the alerts that an evaluation makes', async () => {
    const userIds = Array.from({ length: 9 }, (_, index) => `u_${index}`)
    const insight = fc.record({ userId: fc.constantFrom(...userIds), day: fc.integer({ min: today - 170, max: today }), indicator: fc.constantFrom('copy_to_removable_media', 'browser_upload', 'file_downloaded', 'file_deleted', 'protective_feature_disabled'), events: fc.integer({ min: 1, max: 60 }) })
    const trigger = fc.record({ userId: fc.constantFrom(...userIds), day: fc.integer({ min: today - 120, max: today + 20 }), kind: fc.constantFrom('hr_resignation', 'hr_poor_review', 'manual', 'account_deleted') })
    let rounds = 0
    await fc.assert(fc.asyncProperty(fc.array(insight, { minLength: 20, maxLength: 120 }), fc.array(trigger, { maxLength: 6 }), fc.constantFrom(...templates.map(({ id }) => id)), fc.constantFrom('fewer', 'default', 'more'), async (insights, triggers, template, alertVolume) => {
      // A store of its own for each case.
      await temporary.remove()
      temporary = await openTemporaryStore()
      ;({ store } = temporary)
      rounds += 1
      await store.write((tx) => tx.saveDevice(buildDevice()))
      await people(9)
      const policy: Policy = buildPolicy({ template, alertVolume })
      const unique = [...new Map(insights.map((one) => [`${one.userId} ${one.day} ${one.indicator}`, one])).values()]
      await put(unique.map((one) => on(one.userId, one.day, one.indicator, one.events)))
      await store.write(async (tx) => {
        await tx.savePolicy(policy)
        await tx.saveTriggers(triggers.map((one, index): StoredTrigger => buildTrigger({ id: `t_${index}`, userId: one.userId, kind: one.kind as StoredTrigger['kind'], atMs: one.day * DAY_MS, ...(one.kind === 'manual' ? { untilMs: (one.day + 14) * DAY_MS } : {}) })))
        await tx.markAllUsers()
      })
      const run = await previews().run({ policy, saved: policy, days: MOST_PREVIEW_DAYS })
      await evaluate()
      const made = (await Promise.all(userIds.map((id) => store.alertsOfUser(id)))).flat()
      expect(run.users).toBe(9)
      expect(run.alerts).toEqual({ low: 0, medium: 0, high: 0, ...Object.fromEntries([...Map.groupBy(made, (alert) => alert.severity)].map(([severity, alerts]) => [severity, alerts.length])) })
      expect(run.examples.map((example) => `${example.pseudonym} ${example.score}`).toSorted()).toEqual(made.map((alert) => `ANON-${alert.userId.slice(2)} ${alert.score}`).toSorted())
      expect(run.alertsPerDay.reduce((sum, day) => sum + day.low + day.medium + day.high, 0)).toBe(made.length)
    }), { numRuns: 25 })
    expect(rounds).toBeGreaterThanOrEqual(25)
  }, 60_000)

  test('counts the last days alone, and knows what is usual from those before', async () => {
    await people(2)
    const habit = Array.from({ length: 60 }, (_, index) => on('u_0', today - 31 - index, 'copy_to_removable_media', 40))
    await put([...habit, on('u_0', today - 2, 'copy_to_removable_media', 40), on('u_1', today - 40, 'copy_to_removable_media', 40)])
    const policy = buildPolicy()
    expect((await previews().run({ policy, days: 30 })).alerts).toEqual({ low: 0, medium: 0, high: 0 })
    const whole = await previews().run({ policy, days: 120 })
    expect(whole.alerts.low + whole.alerts.medium + whole.alerts.high).toBeGreaterThan(0)
  })
  test('names the day on which the alert would have been made', async () => {
    await people(1)
    await put([on('u_0', today - 9, 'copy_to_removable_media', 3), on('u_0', today - 5, 'copy_to_removable_media', 35), on('u_0', today - 1, 'copy_to_removable_media', 36)])
    expect((await previews().run({ policy: buildPolicy(), days: 30 })).alertsPerDay).toEqual([{ day: today - 5, low: 0, medium: 0, high: 1 }])
  })
  test('says which confirmed alerts would be missed: those of its own kind, and no others', async () => {
    await people(3)
    await put([on('u_0', today - 3, 'copy_to_removable_media', 40), on('u_1', today - 3, 'copy_to_removable_media', 12)])
    await store.write(async (tx) => {
      await tx.savePolicy(buildPolicy())
      await tx.savePolicy(buildPolicy({ name: 'Patients', template: 'patient_data_misuse' }, 'p_2'))
      for (const [index, policyId] of ['p_1', 'p_1', 'p_2'].entries()) await tx.saveAlert(buildAlert({ id: `al_${index}`, userId: `u_${index}`, policyId, status: 'confirmed', score: 30 + index, lastActivityAtMs: MONDAY_MS - 3 * DAY_MS }))
    })
    const strict = buildPolicy({ name: 'Strict', alertVolume: 'fewer' }, 'draft')
    expect((await previews().run({ policy: strict, days: 30 })).confirmed).toMatchObject({ looked: 2, missed: 1, examples: [{ alertId: 'al_1', pseudonym: 'ANON-1', score: 31 }] })
  })
  test('tells its progress up to the end, everybody once', async () => {
    await people(1203)
    const told: PreviewProgress[] = []
    const run = await previews().run({ policy: buildPolicy(), days: 30, onProgress: (progress) => told.push(progress) })
    expect(run).toMatchObject({ users: 1203, inScope: 1203 })
    expect(told.at(-1)).toEqual({ done: 1203, total: 1203, alerts: 0 })
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b))
  })
  test('ends when nobody waits for it any more, and the next one runs', async () => {
    await people(1203)
    const left = new AbortController()
    const service = previews()
    const first = service.run({ policy: buildPolicy(), days: 30, signal: left.signal, onProgress: () => left.abort() })
    const second = service.run({ policy: buildPolicy(), days: 30 })
    await expect(first).rejects.toThrow(/abort/i)
    expect((await second).users).toBe(1203)
  })
  test('of a draft with other priority content says that the past does not know it', async () => {
    await people(1)
    const run = await previews().run({ policy: buildPolicy({ priorityContent: { extensions: ['dwg'] }, scoreOnlyPriorityContent: true }), days: 30 })
    expect(run.limits).toEqual(['Priority content is counted as activity arrives: past activity was not held against this list, so nothing of the past scores.'])
  })
})
