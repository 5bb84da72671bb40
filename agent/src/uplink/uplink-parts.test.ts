import * as fc from 'fast-check'
import { MAX_ACTIVITY_BYTES, MAX_BATCH_ACTIVITIES, MAX_BATCH_BYTES, wire } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import type { SpoolContract, SpooledGap } from '../spool/contract.ts'
import { BACKOFF_CAP_MS, backoffMs, retryAfterMs } from './backoff.ts'
import { encodeBatch, limitsWith, MAX_BATCH_GAPS, messageIds } from './batch.ts'
import { createBell } from './bell.ts'
import { problemOf, uplinkProblems } from './problem.ts'
import { createProgress } from './progress.ts'
import { uplinkTimings } from './session.ts'
import { createSyncKeeper } from './sync-keeper.ts'

const epoch = 'a'.repeat(32)

describe('back-off', () => {
  it('lies evenly between nothing and the doubled base, never above the cap', () => {
    expect([0, 1, 2, 8, 9, 40].map((failures) => backoffMs(failures, 1))).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000])
    const result = fc.check(fc.property(fc.nat({ max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ms = backoffMs(failures, random)
      return ms >= 0 && ms <= BACKOFF_CAP_MS && Number.isSafeInteger(ms)
    }))
    expect(result.failed).toBe(false)
    expect(backoffMs(5, 0)).toBe(0)
  })

  it('spreads a return over the span that the collector asks for, from the first try on, and for ten minutes at most', () => {
    expect([0, 5].map((failures) => backoffMs(failures, 1, { spreadMs: 500_000 }))).toEqual([500_000, 500_000])
    expect(backoffMs(0, 0.5, { spreadMs: 500_000 })).toBe(250_000)
    expect(backoffMs(9, 1, { spreadMs: 25_000 })).toBe(300_000)
    expect(backoffMs(0, 1, { spreadMs: 86_400_000 })).toBe(600_000)
  })

  it('treats the time that the collector names as a floor, within an hour', () => {
    expect(retryAfterMs(30, 0)).toBe(30_000)
    expect(retryAfterMs(30, 1)).toBe(36_000)
    expect(retryAfterMs(1e9, 0)).toBe(3_600_000)
    expect(retryAfterMs(0, 0)).toBe(1000)
  })
})

describe('message ids', () => {
  const payload = Uint8Array.of(1, 2, 3)
  it('are the same for the same batch and differ in everything else', () => {
    const ids = messageIds('SUAONE')
    const same = ids(epoch, 1, 2, payload, 0)
    expect(ids(epoch, 1, 2, payload, 0)).toBe(same)
    expect(new Set([same, ids(epoch, 2, 2, payload, 0), ids(epoch, 1, 3, payload, 0), ids('b'.repeat(32), 1, 2, payload, 0), ids(epoch, 1, 2, Uint8Array.of(1, 2, 4), 0), ids(epoch, 1, 2, payload, 1), messageIds('SUATWO')(epoch, 1, 2, payload, 0)]).size).toBe(7)
  })

  it('cannot be made without the seed of the device', () => {
    expect(messageIds('SUAONE')(epoch, 1, 1, payload, 0)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })
})

describe('a batch', () => {
  it('stays within its limit with the most gap records and the largest numbers', () => {
    const gap: SpooledGap = { firstSeq: 2 ** 40 - 2, lastSeq: 2 ** 40 - 1, reason: 'record_too_large', atMs: 1_700_000_000_999, epoch: 'b'.repeat(32) }
    const { maxActivities, maxBytes } = limitsWith(MAX_BATCH_GAPS)
    const whole = Math.floor(maxBytes / MAX_ACTIVITY_BYTES)
    const activities = [...Array.from({ length: whole }, () => new Uint8Array(MAX_ACTIVITY_BYTES)), ...Array.from({ length: maxActivities - whole }, () => new Uint8Array(Math.floor((maxBytes - whole * MAX_ACTIVITY_BYTES) / (maxActivities - whole))))]
    expect(activities).toHaveLength(MAX_BATCH_ACTIVITIES)
    expect(encodeBatch(epoch, { epoch, firstSeq: 2 ** 40 - 600, activities }, Array.from({ length: MAX_BATCH_GAPS }, () => gap)).length).toBeLessThanOrEqual(MAX_BATCH_BYTES)
  })

  it('names the epoch of a gap record only when it is another one', () => {
    const gaps: SpooledGap[] = [{ firstSeq: 1, lastSeq: 2, reason: 'spool_full', atMs: 1500, epoch }, { firstSeq: 3, lastSeq: 4, reason: 'epoch_abandoned', atMs: 1500, epoch: 'b'.repeat(32) }]
    const batch = wire.ActivityBatch.decode(encodeBatch(epoch, undefined, gaps))
    expect(batch).toMatchObject({ epoch, firstSeq: 0, activities: [] })
    expect(batch.gaps.map((gap) => gap.epoch)).toEqual(['', 'b'.repeat(32)])
    expect(batch.gaps[0]?.at).toMatchObject({ seconds: 1, nanos: 500_000_000 })
  })
})

describe('progress', () => {
  const run = (firstSeq: number, count: number, of = epoch) => ({ epoch: of, firstSeq, activities: Array.from({ length: count }, () => Uint8Array.of(1)) })

  it('counts what goes out again apart, and begins above the watermark after a rewind', () => {
    const progress = createProgress(epoch, 10)
    expect(progress.next).toBe(11)
    progress.sent(run(11, 5), [], 100)
    progress.sent(run(16, 5), [], 100)
    expect(progress.committed(epoch, 15)).toBe(true)
    expect(progress).toMatchObject({ next: 21, aheadBatches: 1, aheadBytes: 100, published: 10, resent: 0 })
    progress.rewind()
    expect(progress).toMatchObject({ next: 16, aheadBatches: 0 })
    progress.sent(run(16, 7), [], 100)
    expect(progress).toMatchObject({ published: 12, resent: 5 })
    expect(progress.committed(epoch, 15)).toBe(false)
  })

  it('skips what the collector has, even when it was never sent by this process', () => {
    const progress = createProgress(epoch, 0)
    expect(progress.committed(epoch, 50)).toBe(true)
    expect(progress.next).toBe(51)
  })

  it('sends each gap record once between two rewinds, and again when it has grown', () => {
    const progress = createProgress(epoch, 0)
    const gap: SpooledGap = { firstSeq: 1, lastSeq: 2, reason: 'spool_full', atMs: 1, epoch }
    expect(progress.unsent([gap])).toEqual([gap])
    progress.sent(undefined, [gap], 10)
    expect(progress.unsent([gap])).toEqual([])
    expect(progress.unsent([{ ...gap, lastSeq: 3 }])).toHaveLength(1)
    progress.sent(undefined, [gap], 10)
    progress.rewind()
    expect(progress.unsent([gap])).toEqual([gap])
  })
})

describe('a bell', () => {
  it('does not lose a ring between looking and waiting', async () => {
    const bell = createBell()
    const heard = bell.rings
    bell.ring()
    await bell.after(heard)
    let woken = false
    const waiting = bell.after(bell.rings).then(() => (woken = true))
    expect(woken).toBe(false)
    bell.ring()
    await waiting
    expect(woken).toBe(true)
  })
})

describe('problems', () => {
  it('have a bounded set of codes, whatever the driver throws', () => {
    const failures = [undefined, 'text', new Error('x'), Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }), Object.assign(new Error('User Authentication Revoked'), { code: 'NATS_PROTOCOL_ERR' }), Object.assign(new Error('x'), { code: 'SOMETHING', chainedError: Object.assign(new Error('y'), { code: 'ENOTFOUND' }) })]
    expect(failures.map(problemOf)).toEqual(['CONNECTION_LOST', 'UNKNOWN', 'UNKNOWN', 'UNREACHABLE', 'TLS_UNTRUSTED', 'NOT_AUTHORISED', 'HOST_UNKNOWN'])
    expect(failures.map(problemOf).every((code) => uplinkProblems.includes(code))).toBe(true)
  })
})

describe('credit', () => {
  const keeper = () => {
    const progress = createProgress(epoch, 0)
    const asked: number[] = []
    const spool = { trim: async () => {} } as unknown as SpoolContract
    const sync = createSyncKeeper({ spool, progress, timings: { ...uplinkTimings, syncMs: -1, syncCapMs: -1 }, random: () => 0, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }, ask: () => void asked.push(1), wake: () => {} })
    return { progress, sync, asked }
  }
  it('is without limit until the collector says one, and again on another connection', () => {
    const { progress, sync } = keeper()
    expect(progress.credit).toBe(Infinity)
    sync.onWatermark(epoch, 0, 4)
    expect(progress.credit).toBe(4)
    progress.reconnected()
    expect(progress.credit).toBe(Infinity)
  })
  it('of nothing makes the device ask again, though nothing of it is on the way', () => {
    const { sync, asked } = keeper()
    sync.onWatermark(epoch, 0, 0)
    sync.tick()
    expect(asked).toHaveLength(1)
  })
  it('of a collector that does not say one leaves everything as it was', () => {
    const { progress, sync, asked } = keeper()
    sync.onWatermark(epoch, 0)
    sync.tick()
    expect([progress.credit, asked.length]).toEqual([Infinity, 0])
  })
})
