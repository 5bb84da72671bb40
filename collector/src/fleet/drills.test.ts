import { toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DeviceDrill, type DrillReport, drillState } from '../domain/drills/drill.ts'
import { DRILL_LIMITS } from '../domain/drills/names.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { dayOf } from '../domain/risk/insight.ts'
import { createIngest, type Ingest } from '../ingest/ingest.ts'
import { buildDevice, buildPolicy, encodeBatch, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { createFakeBus, type FakeBus } from '../testing/fake-bus.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { defaultDetection } from '../domain/exclusions/compile-detection.ts'
import { createDrills, drillIdentity, type Drills } from './drills.ts'
import { readHeartbeat } from './heartbeat.ts'

const ID = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const NAME = `holdfast-drill-${ID.slice(0, 16)}`

let temporary: TemporaryStore
let bus: FakeBus
let drills: Drills
let ingest: Ingest
let ended: DeviceDrill[]
let told: string[]
let nowMs: number

/** A copy to a stick as alice, with the mark of a drill or without. */
const copy = (seq: number, { path = `/media/${NAME}/${NAME}-${String(seq).padStart(2, '0')}.txt`, drill = ID }: { readonly path?: string; readonly drill?: string } = {}): Uint8Array =>
  wire.Activity.encode({ occurredAt: toWireTimestamp(MONDAY_MS + seq), observedAt: toWireTimestamp(MONDAY_MS + seq), sensor: 'files', drill, actor: { account: 'alice', accountId: '1000', attribution: wire.Attribution.ATTRIBUTION_PROCESS }, fileCopied: { destination: { path, sizeBytes: 100, location: wire.LocationKind.LOCATION_KIND_REMOVABLE } } }).finish()
const send = async (bodies: readonly Uint8Array[], firstSeq = 1): Promise<void> => {
  bus.publish('d_1', encodeBatch(firstSeq, bodies))
  await bus.deliver()
  await drills.settled()
}
const news = (): readonly wire.DrillArrival.$Properties[] => bus.down.flatMap(({ data }) => wire.Down.decode(data).drill?.arrivals ?? [])
const insightsOf = async (account: string) => {
  const user = await temporary.store.userByIdentity({ kind: 'account', value: account })
  return user === undefined ? [] : temporary.store.insights(user.id, dayOf(MONDAY_MS), dayOf(MONDAY_MS))
}

beforeEach(async () => {
  temporary = await openTemporaryStore()
  nowMs = MONDAY_MS + 60_000
  ended = []
  told = []
  await temporary.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b'.repeat(64) }))
    await tx.savePolicy({ ...buildPolicy(), status: 'on' })
  })
  bus = createFakeBus()
  drills = createDrills({ store: temporary.store, bus, detection: () => defaultDetection, now: () => nowMs, log: { error: (object, message) => void told.push(`${message} ${JSON.stringify(object)}`) }, onEnded: async (_tx, drill) => void ended.push(drill) })
  ingest = createIngest({ store: temporary.store, bus, count: countInsights, merge: mergeInsights, now: () => nowMs, log: { warn: () => {}, error: () => {} }, drills, onUsers: (users) => void told.push(...users) })
  await ingest.run(new AbortController().signal)
})
afterEach(() => temporary.remove())

describe('acts of a fire drill', () => {
  it('are stored, count for nobody, and are kept apart from whoever was signed in', async () => {
    await send(Array.from({ length: 12 }, (_, index) => copy(index)))
    const { items } = await temporary.store.activities({ limit: 50 })
    const subject = await temporary.store.userByIdentity(drillIdentity('d_1'))
    expect(items).toHaveLength(12)
    expect(new Set(items.map(({ userId }) => userId))).toEqual(new Set([subject?.id]))
    expect(subject?.kind).toBe('system')
    expect(await temporary.store.insights(subject?.id ?? '', 0, 99_999)).toEqual([])
    expect(await insightsOf('alice')).toEqual([])
    expect([await temporary.store.markedUsers(10), told]).toEqual([[], []])
  })

  it('are answered: stored, then scored by the policies that are on, with the alert that it would have been', async () => {
    await send(Array.from({ length: 12 }, (_, index) => copy(index)))
    const heard = news()
    expect(heard.slice(0, 12).map(({ epoch, seq, scored }) => [epoch, seq, scored])).toEqual(Array.from({ length: 12 }, (_, index) => [EPOCH, index + 1, false]))
    const scored = heard.slice(12)
    expect(scored).toHaveLength(12)
    for (const { indicators, policy, score } of scored) {
      expect(indicators).toContain('copy_to_removable_media')
      expect([policy, (score ?? 0) >= 20]).toEqual(['Leaks', true])
    }
    expect((await temporary.store.alerts({ limit: 10, sort: 'score', descending: true })).items).toEqual([])
  })

  it('are scored and no alert where they are few', async () => {
    await send([copy(1)])
    expect(news().at(-1)).toMatchObject({ scored: true, indicators: expect.arrayContaining(['copy_to_removable_media']) as unknown, policy: '' })
  })

  it('are stored only where no policy that is on counts them', async () => {
    await temporary.store.write((tx) => tx.savePolicy({ ...buildPolicy(), status: 'paused' }))
    await send([copy(1)])
    expect(news().at(-1)).toMatchObject({ scored: true, indicators: [], policy: '' })
  })
})

describe('a mark that hides', () => {
  it.each([
    ['a file that no drill has named', { path: '/media/stick/salaries.xlsx' }],
    ['a name of another drill', { path: `/media/stick/holdfast-drill-${'0'.repeat(16)}-00.txt` }],
    ['a folder of a drill and a file of one’s own', { path: `/media/${NAME}/salaries.xlsx` }],
    ['an id that is none', { drill: 'drill' }],
  ])('is not believed for %s: the person is scored', async (_, over) => {
    await send([copy(1, over)])
    expect((await insightsOf('alice')).map(({ indicator, events }) => [indicator, events])).toContainEqual(['copy_to_removable_media', 1])
    expect(news()).toEqual([])
    expect(await temporary.store.lastDrill('d_1')).toBeUndefined()
  })

  it('is not believed for what no drill does', async () => {
    const body = wire.Activity.encode({ occurredAt: toWireTimestamp(MONDAY_MS), observedAt: toWireTimestamp(MONDAY_MS), sensor: 'files', drill: ID, actor: { account: 'alice', accountId: '1000' }, fileReadByTransferTool: { file: { path: `/home/alice/${NAME}-00.txt`, sizeBytes: 1 }, tool: 'curl', destination: 'evil.example' } }).finish()
    await send([body])
    expect((await insightsOf('alice')).map(({ indicator }) => indicator)).toContain('file_read_by_transfer_tool')
  })

  it('is believed so many times a drill; what is beyond counts', async () => {
    await send(Array.from({ length: DRILL_LIMITS.activities + 3 }, (_, index) => copy(index)))
    expect((await insightsOf('alice')).find(({ indicator }) => indicator === 'copy_to_removable_media')?.events).toBe(3)
  })

  it('is believed for so many drills a day; another one counts', async () => {
    for (let drill = 0; drill <= DRILL_LIMITS.drillsADay; drill += 1) {
      const id = drill.toString(16).padStart(16, '0').repeat(2)
      await send([copy(drill, { drill: id, path: `/media/stick/holdfast-drill-${id.slice(0, 16)}-00.txt` })], drill + 1)
    }
    expect((await insightsOf('alice')).find(({ indicator }) => indicator === 'copy_to_removable_media')?.events).toBe(1)
    nowMs += 86_400_001
    const id = 'f'.repeat(32)
    await send([copy(99, { drill: id, path: `/media/stick/holdfast-drill-${id.slice(0, 16)}-00.txt` })], 99)
    expect((await temporary.store.lastDrill('d_1'))?.id).toBe(id)
  })
})

describe('the report of a drill', () => {
  const report: DrillReport = { id: ID, startedAtMs: MONDAY_MS, endedAtMs: MONDAY_MS + 5000, outcome: 'passed', signals: [{ kind: 'file_copied', act: 'Twelve copies.', outcome: 'alerted', reason: '', fix: '', durableMs: 10, storedMs: 20, scoredMs: 30, alertedMs: 40 }] }

  it('is kept with what arrived and told once, however many heartbeats repeat it', async () => {
    await send(Array.from({ length: 12 }, (_, index) => copy(index)))
    for (let beat = 0; beat < 3; beat += 1) await drills.reported('d_1', report)
    const drill = await temporary.store.lastDrill('d_1')
    expect(drill?.report).toEqual(report)
    expect(drill?.arrivals).toHaveLength(12)
    expect([drillState(drill), ended.length]).toEqual(['passed', 1])
    // Also after a restart of the collector.
    const later = createDrills({ store: temporary.store, bus, detection: () => defaultDetection, now: () => nowMs, log: { error: () => {} }, onEnded: async (_tx, one) => void ended.push(one) })
    await later.reported('d_1', report)
    expect(ended).toHaveLength(1)
  })

  it('has not passed when the device says so and nothing of it is here', async () => {
    await drills.reported('d_1', report)
    expect(drillState(await temporary.store.lastDrill('d_1'))).toBe('failed')
  })

  it('of an earlier time that comes again is no news', async () => {
    await drills.reported('d_1', report)
    await drills.reported('d_1', { ...report, id: 'b'.repeat(32), startedAtMs: MONDAY_MS - 9000, endedAtMs: MONDAY_MS - 5000 })
    expect((await temporary.store.lastDrill('d_1'))?.id).toBe(ID)
  })

  it('makes the list of devices searchable by it', async () => {
    const ids = async (drill: readonly ('never' | 'failed' | 'passed')[]) => (await temporary.store.devices({ limit: 10, drill })).items.map(({ id }) => id)
    expect(await ids(['never'])).toEqual(['d_1', 'd_2'])
    await drills.reported('d_1', { ...report, outcome: 'failed' })
    expect([await ids(['never']), await ids(['failed']), await ids(['passed'])]).toEqual([['d_2'], ['d_1'], []])
    expect((await temporary.store.lastDrills(['d_1', 'd_2'])).get('d_1')?.id).toBe(ID)
  })
})

describe('a drill in a heartbeat', () => {
  const beat = (lastDrill: wire.DrillReport.$Properties) => readHeartbeat(wire.Heartbeat.encode({ sentAt: toWireTimestamp(MONDAY_MS), lastDrill }).finish(), MONDAY_MS)
  const good: wire.DrillReport.$Properties = { id: ID, startedAt: toWireTimestamp(MONDAY_MS), endedAt: toWireTimestamp(MONDAY_MS + 5000), outcome: 'passed', signals: [{ kind: 'file_copied', act: 'Copies\u0007.', outcome: 'scored', durableMs: 0, storedMs: 20 }] }

  it('is read as it was measured, and a time that was not is absent', () => {
    expect(beat(good)?.drill).toEqual({ id: ID, startedAtMs: MONDAY_MS, endedAtMs: MONDAY_MS + 5000, outcome: 'passed', signals: [{ kind: 'file_copied', act: 'Copies .', outcome: 'scored', reason: '', fix: '', durableMs: 0, storedMs: 20 }] })
  })

  it.each([
    ['an id that is none', { id: 'x' }], ['an outcome that is none', { outcome: 'great' }], ['an end before its start', { endedAt: toWireTimestamp(MONDAY_MS - 1) }], ['a kind that is none', { signals: [{ kind: 'file_teleported', outcome: 'scored' }] }],
    ['more signals than there are', { signals: Array.from({ length: 33 }, () => ({ kind: 'file_copied', outcome: 'scored' })) }],
  ])('with %s is left out, and the heartbeat holds', (_, over) => {
    const heard = beat({ ...good, ...over })
    expect(heard?.sentAtMs).toBe(MONDAY_MS)
    expect(heard?.drill).toBeUndefined()
  })
})
