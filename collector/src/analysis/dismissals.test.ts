import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultDetection } from '../domain/exclusions/compile-detection.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { IngestRun, Store } from '../store/store.ts'
import { buildDevice, buildRun, buildUser, DAY_MS, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { dismissActivities, restoreActivity } from './dismissals.ts'

const today = dayOf(MONDAY_MS)
const recount = { count: countInsights, merge: mergeInsights, detection: defaultDetection }
const id = (seq: number): string => `d_1.${EPOCH}.${seq}`

describe('an activity that is found benign', () => {
  let temporary: TemporaryStore
  let store: Store
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    ;({ store } = temporary)
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-2', displayName: 'bob', identities: [{ kind: 'account', value: 'bob' }] }))
    })
  })
  afterEach(() => temporary.remove())
  const ingest = (...runs: readonly IngestRun[]) => store.write((tx) => tx.ingest(runs, countInsights, mergeInsights))
  const dismiss = (activityIds: readonly string[], userId = 'u_1') => store.write((tx) => dismissActivities(tx, recount, { userId, activityIds, reason: 'a backup', by: 'ada', atMs: MONDAY_MS }))
  const restore = (activityId: string) => store.write((tx) => restoreActivity(tx, recount, 'u_1', activityId))
  const insights = () => store.insights('u_1', today - 1, today + 1)

  test('counts no more, and what stays is as if it had never been', async () => {
    await ingest(buildRun(1, 12))
    const rows = await dismiss([id(3), id(4)])
    expect(rows.map((row) => row.activityId)).toEqual([id(3), id(4)])
    const left = (await store.activities({ userId: 'u_1', limit: 500 })).items.filter((activity) => activity.id !== id(3) && activity.id !== id(4))
    expect((await insights()).toSorted((a, b) => (a.indicator < b.indicator ? -1 : 1))).toEqual([...countInsights(left)].toSorted((a, b) => (a.indicator < b.indicator ? -1 : 1)))
    expect((await store.activities({ userId: 'u_1', limit: 500 })).items.length).toBe(12)
    expect((await store.markedUsers(5)).map((mark) => mark.userId)).toContain('u_1')
  })
  test('counts again when it is taken back, exactly as before', async () => {
    await ingest(buildRun(1, 12))
    const before = await insights()
    await dismiss([id(3), id(4)])
    await dismiss([id(4), id(5)])
    for (const seq of [4, 3, 5]) await restore(id(seq))
    expect(await insights()).toEqual(before)
    expect(await store.dismissedActivities('u_1', 0, Number.MAX_SAFE_INTEGER)).toEqual([])
  })
  test('is dismissed once, however often it is said', async () => {
    await ingest(buildRun(1, 5))
    await dismiss([id(1)])
    expect(await dismiss([id(1)])).toEqual([])
    expect((await insights()).find((insight) => insight.indicator === 'copy_to_removable_media')?.events).toBe(4)
  })
  test('leaves other days and other users alone, and no counter at all where it was the only one', async () => {
    await ingest(buildRun(1, 1), buildRun(50, 3, { userId: 'u_2' }))
    const others = await store.insights('u_2', today, today)
    await dismiss([id(1)])
    expect(await insights()).toEqual([])
    expect(await store.insights('u_2', today, today)).toEqual(others)
  })
  test('of somebody else, or that is not there, is refused and nothing changes', async () => {
    await ingest(buildRun(1, 2), buildRun(50, 3, { userId: 'u_2' }))
    const before = await insights()
    await expect(dismiss([id(1), id(50)])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(dismiss(['d_1.none.1'])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(restore(id(1))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await insights()).toEqual(before)
  })
  test('of a day that is not stored whole any more is refused, since the rest could not be counted', async () => {
    await ingest(buildRun(1, 3))
    // Counters of activities that retention has removed since.
    await store.write((tx) => tx.ingest([buildRun(4, 1)], () => countInsights(buildRun(100, 5).activities.map((row) => row.activity)), mergeInsights))
    await expect(dismiss([id(1)])).rejects.toMatchObject({ code: 'ACTIVITIES_INCOMPLETE' })
    expect(await store.dismissedActivities('u_1', 0, Number.MAX_SAFE_INTEGER)).toEqual([])
  })
  test('stays dismissed when more of the day arrives', async () => {
    await ingest(buildRun(1, 5))
    await dismiss([id(1)])
    await ingest(buildRun(6, 2))
    expect((await insights()).find((insight) => insight.indicator === 'copy_to_removable_media')?.events).toBe(6)
    await dismiss([id(2)])
    expect((await insights()).find((insight) => insight.indicator === 'copy_to_removable_media')?.events).toBe(5)
    expect((await store.dismissedActivities('u_1', MONDAY_MS - DAY_MS, MONDAY_MS + DAY_MS)).map((row) => row.activityId)).toEqual([id(1), id(2)])
  })
})
