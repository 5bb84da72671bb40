import { MAX_BATCH_BYTES, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { dayOf } from '../domain/risk/insight.ts'
import { Refusal } from '../domain/wire/decode.ts'
import type { Store } from '../store/store.ts'
import { buildDevice, encodeActivity, encodeBatch, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { createFakeBus, type FakeBus } from '../testing/fake-bus.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { createIngest, type Ingest } from './ingest.ts'

const copy = (seq: number, account = 'alice'): Uint8Array => encodeActivity({ account, occurredAtMs: MONDAY_MS + seq * 1000, detail: { destination: { path: `/media/stick/${account}-${seq}`, sizeBytes: 1, location: 2 } } })
const batch = (first: number, count: number, account = 'alice'): Uint8Array => encodeBatch(first, Array.from({ length: count }, (_, index) => copy(first + index, account)))
const NO_BATCH = new TextEncoder().encode('not a batch')

describe('from the stream to the store', () => {
  let temporary: TemporaryStore
  let store: Store
  let bus: FakeBus
  let ingest: Ingest
  let told: string[]
  /** How many of the next transactions of the store fail, and how. */
  let failing: { times: number; when: 'before' | 'commit' }

  const putOut = new Set<string>()
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    failing = { times: 0, when: 'before' }
    const real = temporary.store
    store = {
      ...real,
      async write(work) {
        if (failing.times > 0) {
          failing.times -= 1
          if (failing.when === 'before') throw new Error('SQLITE_FULL')
          return real.write(async (tx) => {
            await work(tx)
            throw new Error('the commit failed')
          })
        }
        const value = await real.write(work)
        bus.events.push('commit')
        return value
      },
    }
    await real.write(async (tx) => {
      for (const [index, id] of ['d_1', 'd_2', 'd_3'].entries()) await tx.saveDevice(buildDevice({ id, hardwareId: String(index).repeat(64) }))
    })
    bus = createFakeBus()
    told = []
    ingest = createIngest({ store, bus, count: countInsights, merge: mergeInsights, now: () => MONDAY_MS, log: { warn: () => {}, error: () => {} }, isPutOut: (deviceId) => putOut.has(deviceId), onUsers: (users) => void told.push(...users) })
    await ingest.run(new AbortController().signal)
  })
  afterEach(() => temporary.remove())

  const stored = async () => (await store.activities({ limit: 500 })).items.map((activity) => activity.id).toSorted()
  const quarantined = async () => (await store.quarantined({ limit: 50 })).items
  const watermarks = () => bus.down.map(({ deviceId, data }) => {
    const { watermark } = wire.Down.decode(data)
    return `${deviceId} ${watermark?.committedSeq}`
  })

  describe('the order is the promise', () => {
    test('commit, then the acks, then the watermarks', async () => {
      bus.publish('d_1', batch(1, 3))
      bus.publish('d_2', batch(1, 2))
      await bus.deliver()
      expect(bus.events).toEqual(['commit', 'ack d_1', 'ack d_2', 'down d_1', 'down d_2'])
      expect(watermarks()).toEqual(['d_1 3', 'd_2 2'])
      expect(told.length).toBe(1)
    })
    test('a commit that fails acknowledges nothing and tells nobody', async () => {
      failing = { times: 100, when: 'commit' }
      bus.publish('d_1', batch(1, 3))
      await bus.deliver()
      expect(bus.events).toEqual(['nak d_1'])
      expect([await stored(), told]).toEqual([[], []])
      failing.times = 0
      await bus.deliver()
      expect(bus.acked).toEqual(['d_1'])
      expect((await stored()).length).toBe(3)
      expect(told.length).toBe(1)
    })
    test('a transaction that fails once is tried again, message by message, in the same delivery', async () => {
      failing = { times: 1, when: 'commit' }
      bus.publish('d_1', batch(1, 3))
      bus.publish('d_2', batch(1, 2))
      await bus.deliver()
      expect(bus.events).toEqual(['commit', 'ack d_1', 'down d_1', 'commit', 'ack d_2', 'down d_2'])
      expect(ingest.counters).toMatchObject({ messages: 2, stored: 5, duplicates: 0, failedTransactions: 1 })
    })
    test('users that were made in a transaction that failed are made again', async () => {
      failing = { times: 1, when: 'commit' }
      bus.publish('d_1', batch(1, 1, 'carol'))
      await bus.deliver()
      const [activity] = (await store.activities({ limit: 1 })).items
      expect((await store.user(activity?.userId ?? ''))?.displayName).toBe('carol')
    })
    test('a watermark that cannot be sent is no failed commit', async () => {
      bus.onDown = () => {
        throw new Error('not connected')
      }
      bus.publish('d_1', batch(1, 3))
      await bus.deliver()
      expect(bus.events).toEqual(['commit', 'ack d_1'])
      expect(ingest.counters).toMatchObject({ stored: 3, failedTransactions: 0 })
    })
  })

  describe('a message that is delivered again', () => {
    test('is stored once, and its watermark is told again', async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        bus.publish('d_1', batch(1, 4))
        await bus.deliver()
      }
      expect((await stored()).length).toBe(4)
      expect(watermarks()).toEqual(['d_1 4', 'd_1 4', 'd_1 4'])
      expect(ingest.counters).toMatchObject({ stored: 4, duplicates: 8 })
      const [user] = (await store.users({ limit: 5 })).items
      expect((await store.insights(user?.id ?? '', 0, dayOf(MONDAY_MS)))[0]?.events).toBe(4)
    })
    test('many messages of many devices in one delivery, of any size, all arrive', async () => {
      const wide = Array.from({ length: 60 }, (_, index) => encodeActivity({ occurredAtMs: MONDAY_MS + index, detail: { destination: { path: `/m/${'x'.repeat(7000)}${index}`, location: 2 } } }))
      for (const device of ['d_1', 'd_2', 'd_3']) for (const first of [1, 61, 121]) bus.publish(device, encodeBatch(first, wide))
      await bus.deliver()
      expect(await store.activityCount()).toBe(540)
      expect(await Promise.all(['d_1', 'd_2', 'd_3'].map((device) => store.watermark(device, EPOCH)))).toEqual([180, 180, 180])
      expect(bus.acked.length).toBe(9)
    })
  })

  describe('a message that cannot be read', () => {
    test('goes to quarantine with its bytes and reason, and the others go on', async () => {
      bus.publish('d_1', batch(1, 2))
      bus.publish('d_2', NO_BATCH)
      bus.publish('d_3', new Uint8Array(MAX_BATCH_BYTES * 2))
      bus.publish('d_1', batch(3, 2))
      await bus.deliver()
      expect(bus.terminated).toEqual(['d_2', 'd_3'])
      expect((await stored()).length).toBe(4)
      expect((await quarantined()).map((row) => [row.subject, row.reason])).toEqual([['hf.v1.activity.d_3', 'TOO_LARGE'], ['hf.v1.activity.d_2', 'DECODE_FAILED']])
      expect((await quarantined())[1]?.bytes).toEqual(Buffer.from(NO_BATCH))
    })
    test('leaves the stream only when it is in quarantine', async () => {
      failing = { times: 1, when: 'commit' }
      bus.publish('d_2', NO_BATCH)
      bus.publish('d_1', batch(1, 2))
      await bus.deliver()
      expect(bus.events).toContain('nak d_2')
      expect(bus.acked).toEqual(['d_1'])
      await bus.deliver()
      expect(bus.terminated).toEqual(['d_2'])
      expect((await quarantined()).length).toBe(1)
    })
    test('of a device that is not known is kept and not dropped', async () => {
      bus.publish('d_ghost', batch(1, 2))
      bus.publish('d_1', batch(1, 1))
      await bus.deliver()
      expect(bus.terminated).toEqual(['d_ghost'])
      const [row] = await quarantined()
      expect(row?.reason).toBe('DEVICE_UNKNOWN')
      expect((await store.users({ limit: 5 })).items.length).toBe(1)
      await expect(ingest.replayQuarantined(row?.subject ?? '', row?.bytes ?? NO_BATCH)).rejects.toThrow(Refusal)
      await store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_ghost', hardwareId: 'f'.repeat(64) })))
      expect(await ingest.replayQuarantined(row?.subject ?? '', row?.bytes ?? NO_BATCH)).toMatchObject({ stored: 2 })
    })
    test('of a device that was put out is kept, the others’ are stored, and it can be taken after all', async () => {
      putOut.add('d_2')
      bus.publish('d_2', batch(1, 2))
      bus.publish('d_1', batch(1, 1))
      await bus.deliver()
      const [row] = await quarantined()
      expect([bus.terminated, row?.reason, (await stored()).length, await store.watermark('d_2', EPOCH)]).toEqual([['d_2'], 'DEVICE_REVOKED', 1, 0])
      expect((await store.device('d_2'))?.rejected).toBe(1)
      expect(await ingest.replayQuarantined(row?.subject ?? '', row?.bytes ?? NO_BATCH)).toMatchObject({ stored: 2 })
      putOut.delete('d_2')
    })
    test('one bad activity of a batch is set aside, its number is explained, and the others are stored', async () => {
      bus.publish('d_1', encodeBatch(1, [copy(1), NO_BATCH, copy(3), new Uint8Array(), copy(5)]))
      await bus.deliver()
      expect(await stored()).toEqual([1, 3, 5].map((seq) => `d_1.${EPOCH}.${seq}`))
      expect(await store.watermark('d_1', EPOCH)).toBe(5)
      expect((await store.ledger('d_1')).filter((row) => row.kind === 'gap').map((row) => [row.firstSeq, row.reason])).toEqual([[2, 'quarantined'], [4, 'quarantined']])
      expect((await quarantined()).map((row) => [row.subject, row.reason])).toEqual([[`activity.d_1.${EPOCH}.4`, 'ACTIVITY_TOO_LARGE'], [`activity.d_1.${EPOCH}.2`, 'DECODE_FAILED']])
      expect(ingest.counters.quarantined).toBe(2)
    })
    test('a batch with nothing but bad activities still moves the watermark', async () => {
      bus.publish('d_1', encodeBatch(1, [NO_BATCH, NO_BATCH]))
      await bus.deliver()
      expect(watermarks()).toEqual(['d_1 2'])
    })
  })

  describe('a message that the store cannot take', () => {
    /** Fails on whatever mentions mallory, as a mistake of ours in counting would. */
    const poisoned = () => createIngest({
      store, bus, merge: mergeInsights, now: () => MONDAY_MS, log: { warn: () => {}, error: () => {} }, onUsers: () => {},
      count: (activities) => {
        if (activities.some((activity) => activity.account === 'mallory')) throw new Error('poison')
        return countInsights(activities)
      },
    })
    test('is tried five times while the others go on, and then goes to quarantine', async () => {
      await poisoned().run(new AbortController().signal)
      bus.publish('d_1', batch(1, 2))
      bus.publish('d_2', batch(1, 2, 'mallory'))
      bus.publish('d_3', batch(1, 2))
      await bus.deliver()
      expect([...bus.acked].toSorted()).toEqual(['d_1', 'd_3'])
      expect(bus.stream.map((held) => held.deviceId)).toEqual(['d_2'])
      await bus.deliver(3)
      expect(bus.terminated).toEqual([])
      await bus.deliver()
      expect(bus.terminated).toEqual(['d_2'])
      expect((await quarantined()).map((row) => [row.subject, row.reason])).toEqual([['hf.v1.activity.d_2', 'STORE_FAILED']])
      expect((await stored()).length).toBe(4)
    })
    test('can be replayed after a fix, and gives exactly one row for each activity however often', async () => {
      await poisoned().run(new AbortController().signal)
      bus.publish('d_2', batch(1, 2, 'mallory'))
      await bus.deliver(5)
      const [row] = await quarantined()
      const replay = () => ingest.replayQuarantined(row?.subject ?? '', row?.bytes ?? NO_BATCH)
      expect(await replay()).toMatchObject({ stored: 2, duplicates: 0 })
      expect(await replay()).toMatchObject({ stored: 0, duplicates: 2 })
      expect(await stored()).toEqual([`d_2.${EPOCH}.1`, `d_2.${EPOCH}.2`])
      // The device sends it again as well, because it was never told.
      await ingest.run(new AbortController().signal)
      bus.publish('d_2', batch(1, 2, 'mallory'))
      await bus.deliver()
      expect((await stored()).length).toBe(2)
    })
    test('while its quarantine cannot be written either it stays in the stream', async () => {
      failing = { times: 1000, when: 'before' }
      bus.publish('d_1', batch(1, 2))
      await bus.deliver(8)
      expect(bus.terminated).toEqual([])
      failing.times = 0
      await bus.deliver()
      expect(bus.acked).toEqual(['d_1'])
      expect((await stored()).length).toBe(2)
    })
  })

  describe('replay of one activity', () => {
    test('takes its own number, ends the gap, and commits with what is written alongside', async () => {
      bus.publish('d_1', encodeBatch(1, [copy(1), NO_BATCH]))
      await bus.deliver()
      const subject = `activity.d_1.${EPOCH}.2`
      await expect(ingest.replayQuarantined(subject, NO_BATCH)).rejects.toThrow(Refusal)
      await expect(ingest.replayQuarantined(subject, copy(2), async () => { throw new Error('no audit entry') })).rejects.toThrow('no audit entry')
      expect((await stored()).length).toBe(1)
      expect(await ingest.replayQuarantined(subject, copy(2), async (tx, { stored: count }) => tx.saveSetting('replayed', String(count)))).toMatchObject({ stored: 1 })
      expect(await store.setting('replayed')).toBe('1')
      expect((await store.ledger('d_1')).map((row) => [row.firstSeq, row.lastSeq, row.kind])).toEqual([[1, 2, 'received']])
    })
    test.each(['', 'hf.v1.activity', 'activity.d_1.xyz.1', 'd_1.x.2'])('a subject like %j is refused', async (subject) => {
      await expect(ingest.replayQuarantined(subject, batch(1, 1))).rejects.toThrow(Refusal)
    })
  })

  describe('a clock that was moved', () => {
    test.each([['two years ahead', 730], ['two days ahead', 2], ['two years back', -730], ['to 1970', -20_500]])('%s does not hide what happens under it', async (_, days) => {
      const at = Math.max(0, MONDAY_MS + days * 86_400_000)
      bus.publish('d_1', encodeBatch(1, [encodeActivity({ occurredAtMs: at })]))
      await bus.deliver()
      const [user] = (await store.users({ limit: 1 })).items
      expect((await store.insights(user?.id ?? '', 0, 99_999)).map((insight) => insight.day)).toEqual([dayOf(MONDAY_MS), dayOf(MONDAY_MS)])
      expect((await store.activities({ limit: 1 })).items[0]?.occurredAtMs).toBe(at)
    })
    test('a week late and an hour ahead are scored when they happened', async () => {
      for (const [index, hours] of [-7 * 24, 1].entries()) bus.publish('d_1', encodeBatch(index + 1, [encodeActivity({ occurredAtMs: MONDAY_MS + hours * 3_600_000 })]))
      await bus.deliver()
      const [user] = (await store.users({ limit: 1 })).items
      expect(new Set((await store.insights(user?.id ?? '', 0, 99_999)).map((insight) => insight.day))).toEqual(new Set([dayOf(MONDAY_MS) - 7, dayOf(MONDAY_MS)]))
    })
  })

  describe('who did it', () => {
    test('the same account on two devices is one user, root of each device another, and nobody is made up', async () => {
      const root = encodeActivity({ account: 'root', detail: {} })
      const asRoot = wire.Activity.encode({ occurredAt: wire.Activity.decode(root).occurredAt ?? null, fileCopied: {}, actor: { account: 'root', accountId: '0' } }).finish()
      for (const device of ['d_1', 'd_2']) bus.publish(device, encodeBatch(1, [copy(1), asRoot]))
      await bus.deliver()
      expect((await store.users({ limit: 10 })).items.map((user) => [user.displayName, user.kind])).toEqual([['alice', 'person'], ['root', 'system'], ['root', 'system']])
    })
    test('a pseudonym says nothing of the name', async () => {
      bus.publish('d_1', batch(1, 1))
      await bus.deliver()
      expect((await store.users({ limit: 10 })).items[0]?.pseudonym).toMatch(/^ANON-[0-9A-Z]{7}$/)
    })
  })
})
