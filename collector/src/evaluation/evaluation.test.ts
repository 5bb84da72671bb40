import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Alert } from '../domain/cases/alert.ts'
import { decide } from '../domain/cases/alert-transitions.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { headline } from '../domain/risk/evaluate.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { Store } from '../store/store.ts'
import { buildActivity, buildDevice, buildPolicy, buildRun, buildTrigger, buildUser, DAY_MS, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { createEvaluation, type Evaluation, type EvaluationDeps } from './evaluation.ts'

describe('evaluation', () => {
  let temporary: TemporaryStore
  let store: Store
  let told: { alert: Alert; change: string }[]
  let nowMs: number
  let failures: number

  const create = (over: Partial<EvaluationDeps> = {}): Evaluation =>
    createEvaluation({ store, now: () => nowMs, onAlert: (alert, change) => void told.push({ alert, change }), log: { error: () => void (failures += 1) }, ...over })
  const ingest = (first: number, count: number, userId = 'u_1') => store.write((tx) => tx.ingest([buildRun(first, count, { userId })], countInsights, mergeInsights))

  const dismiss = (alert: Alert | undefined): Alert => {
    const outcome = alert === undefined ? undefined : decide(alert, { to: 'dismissed' }, nowMs)
    if (outcome?.kind !== 'changed') throw new Error('the transition was refused')
    return outcome.alert
  }

  beforeEach(async () => {
    temporary = await openTemporaryStore()
    ;({ store } = temporary)
    told = []
    nowMs = MONDAY_MS + 3_600_000
    failures = 0
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-2', displayName: 'bob', identities: [{ kind: 'account', value: 'bob' }] }))
      await tx.savePolicy(buildPolicy())
    })
  })
  afterEach(() => temporary.remove())

  test('a marked user who crosses a line gets an alert, a history and an announcement, once', async () => {
    await ingest(1, 12)
    const evaluation = create()
    expect(await evaluation.drain()).toBe(1)
    expect(await evaluation.drain()).toBe(0)
    const [alert] = (await store.alertsOfUser('u_1'))
    expect(alert).toMatchObject({ policyId: 'p_1', userId: 'u_1', severity: 'low', createdAtMs: nowMs })
    expect(told.map(({ change }) => change)).toEqual(['created'])
    expect((await store.alertHistory(alert?.id ?? '')).map((row) => row.what)).toEqual(['created'])
    expect(await store.markedUsers(5)).toEqual([])
  })
  test('protection that is not on again after an hour is told then, without any news and over a restart', async () => {
    const off = buildActivity({ id: `d_1.${EPOCH}.1`, kind: 'security_feature_changed', occurredAtMs: nowMs, feature: { id: 'firewall.ufw', from: 'enabled', to: 'disabled' } })
    const { file: _file, ...activity } = off
    await store.write(async (tx) => {
      await tx.savePolicy(buildPolicy({ template: 'security_policy_violations' }))
      await tx.ingest([buildRun(1, 1, { activities: [{ activity, body: new Uint8Array(1) }] })], countInsights, mergeInsights)
    })
    const evaluation = create()
    await evaluation.drain()
    nowMs += 59 * 60_000
    await evaluation.drain()
    expect([told.length, evaluation.counters.evaluated]).toEqual([0, 1])
    nowMs += 60_000
    // By another process, which remembers nothing of the first.
    const restarted = create()
    await restarted.drain()
    await restarted.drain()
    expect(told).toMatchObject([{ change: 'created', alert: { score: 20 } }])
    expect(restarted.counters.evaluated).toBe(1)
    expect(await store.markedUsers(5, Number.MAX_SAFE_INTEGER)).toEqual([])
  })
  test('a burst costs one evaluation of each user', async () => {
    for (let turn = 0; turn < 10; turn += 1) await ingest(turn * 10 + 1, 10)
    const evaluation = create()
    await evaluation.drain()
    expect(evaluation.counters).toEqual({ evaluated: 1, failed: 0 })
  })
  test('activity that arrives while a user is being evaluated is seen by the next round', async () => {
    await ingest(1, 12)
    let arrived = false
    const racing: Store = {
      ...store,
      async write(work) {
        // After the past was read and before the mark is taken away.
        if (!arrived) {
          arrived = true
          await ingest(13, 30)
        }
        return store.write(work)
      },
    }
    await create({ store: racing }).drain()
    const [alert] = await store.alertsOfUser('u_1')
    expect(alert?.parts[0]?.reason).toContain('42 files')
    expect(told.map(({ change }) => change)).toEqual(['created', 'updated'])
    expect(await store.markedUsers(5)).toEqual([])
  })
  test('a decision that is made while a user is being evaluated is not overwritten', async () => {
    await ingest(1, 12)
    await create().drain()
    await ingest(13, 1)
    let decided = false
    const racing: Store = {
      ...store,
      async write(work) {
        if (!decided) {
          decided = true
          await store.write(async (tx) => {
            const [alert] = await tx.alertsOfUser('u_1')
            await tx.saveAlert(dismiss(alert))
          })
        }
        return store.write(work)
      },
    }
    await create({ store: racing }).drain()
    expect((await store.alertsOfUser('u_1')).map((alert) => alert.status)).toEqual(['dismissed'])
  })
  test('an alert that is dismissed and reopened says reopened once in its history', async () => {
    await ingest(1, 12)
    await create().drain()
    const [alert] = await store.alertsOfUser('u_1')
    const dismissed = dismiss(alert)
    await store.write((tx) => tx.saveAlert(dismissed))
    nowMs += DAY_MS
    const tomorrow = (first: number, count: number) => store.write((tx) => {
      const run = buildRun(first, count)
      return tx.ingest([{ ...run, activities: run.activities.map((row) => ({ ...row, activity: { ...row.activity, occurredAtMs: row.activity.occurredAtMs + DAY_MS } })) }], countInsights, mergeInsights)
    })
    await tomorrow(13, 25)
    await create().drain()
    await tomorrow(38, 25)
    await create().drain()
    expect((await store.alertHistory(dismissed.id)).map((row) => row.what)).toEqual(['created', 'reopened', 'updated'])
  })
  test('an open alert whose activities no longer count shows the sum as it stands, says why once, and comes back over the line with what is new', async () => {
    await ingest(1, 35)
    await create().drain()
    const [before] = await store.alertsOfUser('u_1')
    const today = dayOf(MONDAY_MS)
    const insights = await store.insights('u_1', today, today)
    const indicators = insights.map(({ indicator }) => indicator)
    const keep = (events: number) => store.write((tx) => tx.replaceInsights('u_1', today, indicators, events === 0 ? [] : insights.map((insight) => ({ ...insight, events, files: insight.files.slice(0, events), samples: insight.samples.slice(0, events) }))))
    await keep(0)
    await create().drain()
    await create().drain()
    const [none] = await store.alertsOfUser('u_1')
    expect(none).toMatchObject({ id: before?.id, status: 'needs_review', score: 0, severity: 'low', parts: [], belowLine: true, revision: (before?.revision ?? 0) + 1 })
    expect(headline(none ?? { parts: [] })).toBe('Nothing of it counts any more.')
    const history = await store.alertHistory(before?.id ?? '')
    expect(history.map(({ what, from, to }) => [what, from, to])).toEqual([['created', undefined, String(before?.score)], ['score_fell', String(before?.score), '0']])
    expect(history[1]?.note).toMatch(/^Below the alert line of the policy: activities were dismissed or excluded.* 35 files/)
    await keep(35)
    await create().drain()
    const [again] = await store.alertsOfUser('u_1')
    expect(again).toMatchObject({ id: before?.id, score: before?.score })
    expect(again?.belowLine).toBeUndefined()
    expect((await store.alertHistory(before?.id ?? '')).map(({ what }) => what)).toEqual(['created', 'score_fell', 'updated'])
  })
  test('an open alert under thresholds that were raised shows what is left of it, and names the version of the policy', async () => {
    await ingest(1, 12)
    await create().drain()
    const [before] = await store.alertsOfUser('u_1')
    const policy = await store.policy('p_1')
    const raised = buildPolicy({ indicators: { copy_to_removable_media: { enabled: true, mode: 'custom', thresholds: { low: 100, medium: 200, high: 400 } } } })
    await store.write(async (tx) => {
      await tx.savePolicy({ ...raised, version: (policy?.version ?? 1) + 1 })
      await tx.markAllUsers()
    })
    await create().drain()
    const [after] = await store.alertsOfUser('u_1')
    expect(after).toMatchObject({ id: before?.id, belowLine: true, policyVersion: (policy?.version ?? 1) + 1 })
    expect(after?.score).toBeLessThan(before?.score ?? 0)
    expect(after?.parts.reduce((sum, part) => sum + part.points, 0)).toBe(after?.score)
    expect((await store.alertHistory(before?.id ?? ''))[1]).toMatchObject({ what: 'score_fell', note: expect.stringContaining('the policy was changed (version 1 -> 2)') })
  })
  test('an open alert from before what an evaluation looks at stays as it was', async () => {
    await ingest(1, 35)
    await create().drain()
    const [before] = await store.alertsOfUser('u_1')
    nowMs = MONDAY_MS + 200 * DAY_MS
    await store.write((tx) => tx.markAllUsers())
    await create().drain()
    expect(await store.alertsOfUser('u_1')).toEqual([before])
  })
  test('a laptop that was away for a week is scored on the days on which it happened', async () => {
    nowMs = MONDAY_MS + 8 * DAY_MS
    await ingest(1, 12)
    await create().drain()
    expect((await store.alertsOfUser('u_1'))[0]?.trigger.atMs).toBe(MONDAY_MS + 1000)
  })
  test('a triggering event that arrives brings what happened before it to light, and one that lies ahead does when its day comes near', async () => {
    await store.write((tx) => tx.savePolicy(buildPolicy({ template: 'data_theft_by_departing_users' })))
    await ingest(1, 35)
    await ingest(100, 35, 'u_2')
    const evaluation = create()
    await evaluation.drain()
    expect(told).toEqual([])
    await store.write((tx) => tx.saveTriggers([buildTrigger(), buildTrigger({ id: 't_2', userId: 'u_2', kind: 'hr_last_working_day', atMs: MONDAY_MS + 50 * DAY_MS })]))
    await evaluation.drain()
    expect(told.map(({ alert }) => [alert.userId, alert.trigger.kind])).toEqual([['u_1', 'hr_resignation']])
    for (const [day, alerts] of [[19, 1], [21, 2], [22, 2]] as const) {
      nowMs = MONDAY_MS + day * DAY_MS
      await evaluation.drain()
      expect([day, told.length]).toEqual([day, alerts])
    }
    expect(told[1]?.alert).toMatchObject({ userId: 'u_2', trigger: { kind: 'hr_last_working_day' } })
  })
  test('a member of a priority group is in the scope of policies for it', async () => {
    await store.write(async (tx) => {
      await tx.savePolicy(buildPolicy({ template: 'data_leaks_by_priority_users', scope: { priorityGroups: ['key people'] } }))
      await tx.savePriorityGroup({ id: 'g_1', name: 'Key people', description: '', members: ['u_2'], viewers: ['Admin'] })
    })
    await ingest(1, 12)
    await ingest(100, 12, 'u_2')
    await create().drain()
    expect(told.map(({ alert }) => alert.userId)).toEqual(['u_2'])
  })
  test('who cannot be evaluated keeps the mark, is tried again later, and holds nobody up', async () => {
    await ingest(1, 12)
    await ingest(20, 12, 'u_2')
    // A policy of a template that is gone makes scoring fail for whoever it concerns.
    const broken = { ...buildPolicy({ name: 'Broken' }, 'p_2'), scope: { users: ['alice'] }, get indicators(): never { throw new Error('broken') } }
    const poisoned: Store = { ...store, policies: async () => [buildPolicy(), broken] }
    const evaluation = create({ store: poisoned })
    await evaluation.drain()
    expect(evaluation.counters).toEqual({ evaluated: 1, failed: 1 })
    expect((await store.markedUsers(5)).map((mark) => mark.userId)).toEqual(['u_1'])
    expect((await store.alertsOfUser('u_2')).length).toBe(1)
    nowMs += 10_000
    await create().drain()
    expect((await store.alertsOfUser('u_1')).length).toBe(1)
  })
  test('whose alerts the database refuses is held, and the others of the round get theirs', async () => {
    await ingest(1, 12)
    await ingest(13, 12, 'u_2')
    const refusing: Store = Object.assign(Object.create(store) as Store, {
      write: <T>(work: Parameters<Store['write']>[0], ...scope: readonly unknown[]): Promise<T> =>
        (store.write as (...args: readonly unknown[]) => Promise<T>)((tx: object) => work(new Proxy(tx, {
          get: (target, name, receiver): unknown => name !== 'saveAlerts' ? Reflect.get(target, name, receiver) : async (alerts: readonly Alert[]) => {
            if (alerts.some(({ userId }) => userId === 'u_1')) throw new Error('a row that is refused')
            await (Reflect.get(target, name, receiver) as (alerts: readonly Alert[]) => Promise<void>).call(target, alerts)
          },
        }) as Parameters<typeof work>[0]), ...scope),
    })
    const evaluation = create({ store: refusing })
    expect(await evaluation.drain()).toBe(2)
    expect([(await store.alertsOfUser('u_1')).length, (await store.alertsOfUser('u_2')).length]).toEqual([0, 1])
    expect([failures, (await store.markedUsers(5)).map(({ userId }) => userId)]).toEqual([1, ['u_1']])
  })
  test('the loop evaluates when it is woken and ends when it is told to, without a listener left behind', async () => {
    const ending = new AbortController()
    const listeners = (): number => getEventListeners(ending.signal, 'abort').length
    const seen: (() => void)[] = []
    const evaluation = create({ onAlert: () => seen.shift()?.() })
    const running = evaluation.run(ending.signal)
    for (const [first, userId] of [[1, 'u_1'], [100, 'u_2'], [200, 'u_1']] as const) {
      const announced = new Promise<void>((resolve) => void seen.push(resolve))
      await ingest(first, 15, userId)
      evaluation.wake()
      await announced
      expect(listeners()).toBeLessThanOrEqual(2)
    }
    ending.abort()
    await running
    expect(listeners()).toBe(0)
    expect(await store.activityCount()).toBe(45)
  })
  test('an alert names activities that are there', async () => {
    await ingest(1, 12)
    await create().drain()
    const evidence = (await store.alertsOfUser('u_1'))[0]?.parts[0]?.evidence ?? []
    expect(evidence.length).toBe(12)
    expect((await store.activitiesByIds(evidence)).length).toBe(12)
    expect(evidence[0]).toBe(`d_1.${EPOCH}.1`)
  })
})
