// The order in which a backlog leaves: a model of the spool's marks, and whole uplinks over a real broker with crashes between.
import { ACTIVITY_STREAM } from '@holdfast/proto'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Mark } from '../spool/contract.ts'
import type { Spool } from '../spool/spool.ts'
import { createFirstRuns, FIRST_FROM, MAX_FIRST_RUNS } from './first.ts'
import { setStage, type Stage, until } from './testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const markedOf = (marks: readonly Mark[]) => (beyond: number): readonly Mark[] => marks.filter(({ seq }) => seq > beyond)

describe('what goes first', () => {
  it('is nothing of a small backlog', () => {
    const first = createFirstRuns()
    expect(first.take(1, FIRST_FROM, markedOf([{ seq: 5, rank: 3 }]))).toBeUndefined()
    expect(first.take(1, FIRST_FROM + 1, markedOf([{ seq: 5, rank: 3 }]))).toEqual({ first: 5, last: 5 })
  })

  it('is the highest rank, then the oldest, and neighbours go together', () => {
    const first = createFirstRuns()
    const marked = markedOf([{ seq: 10, rank: 1 }, { seq: 2000, rank: 2 }, { seq: 2010, rank: 2 }, { seq: 3000, rank: 3 }, { seq: 4000, rank: 2 }])
    const runs: unknown[] = []
    for (let run = first.take(1, 5000, marked); run !== undefined; run = first.take(1, 5000, marked)) {
      runs.push(run)
      first.sent(run)
    }
    expect(runs).toEqual([{ first: 3000, last: 3000 }, { first: 2000, last: 2010 }, { first: 4000, last: 4000 }, { first: 10, last: 10 }])
    expect([first.openFrom(1), first.openFrom(10), first.openFrom(2000), first.openFrom(4001)]).toEqual([{ from: 1, count: 9 }, { from: 11, count: 1989 }, { from: 2011, count: 989 }, { from: 4001, count: Infinity }])
  })

  it('is bounded, whatever is marked, and goes on when the watermark has closed holes', () => {
    const first = createFirstRuns()
    const marked = markedOf(Array.from({ length: 2000 }, (_, index) => ({ seq: 1 + index * 40, rank: 1 })))
    let taken = 0
    for (let run = first.take(1, 100_000, marked); run !== undefined; run = first.take(1, 100_000, marked)) {
      first.sent(run)
      taken += 1
    }
    expect(taken).toBe(MAX_FIRST_RUNS)
    first.committed(40 * 10)
    expect(first.take(401, 100_000, marked)).toEqual({ first: 1 + MAX_FIRST_RUNS * 40, last: 1 + MAX_FIRST_RUNS * 40 })
  })

  it('never leaves a number out and never sends one twice, for any marks', () => {
    const lastSeq = 4000
    fc.assert(fc.property(fc.uniqueArray(fc.record({ seq: fc.integer({ min: 1, max: lastSeq }), rank: fc.integer({ min: 1, max: 3 }) }), { selector: ({ seq }) => seq, maxLength: 300 }), fc.array(fc.nat({ max: 600 }), { maxLength: 40 }), (unsorted, parts) => {
      const marks = unsorted.toSorted((a, b) => a.seq - b.seq)
      const first = createFirstRuns()
      const sent: number[] = []
      const order: number[] = []
      for (let run = first.take(1, lastSeq, markedOf(marks)); run !== undefined; run = first.take(1, lastSeq, markedOf(marks))) {
        order.push(Math.max(...marks.filter(({ seq }) => seq === run?.first).map(({ rank }) => rank)))
        for (let { first: seq } = run; seq <= run.last; seq += 1) sent.push(seq)
        first.sent(run)
      }
      expect(order).toEqual(order.toSorted((a, b) => b - a))
      expect(marks.filter(({ seq }) => !sent.includes(seq))).toEqual([])
      for (let next = 1, part = 0; next <= lastSeq; part += 1) {
        const { from, count } = first.openFrom(next)
        const length = Math.min(count, 1 + (parts[part % Math.max(1, parts.length)] ?? 499), lastSeq - from + 1)
        for (let seq = from; seq < from + length; seq += 1) sent.push(seq)
        next = from + length
        if (length <= 0) break
      }
      expect(sent.toSorted((a, b) => a - b)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1))
    }), { numRuns: 60 })
  })
})

describe('over a broker', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await setStage()
  })
  afterEach(() => stage.close())

  const body = (seq: number): Buffer => Buffer.from(`activity ${seq}`)
  /** @param ranks seq -> rank */
  const fill = (spool: Spool, count: number, ranks: ReadonlyMap<number, number>): Promise<number[]> => Promise.all(Array.from({ length: count }, (_, index) => spool.append(body(index + 1), ranks.get(index + 1))))
  const drained = (spool: Spool) => () => spool.figures().ackedSeq === spool.figures().lastSeq

  it('the riskiest of a backlog arrives before all else, under its own number, and nothing arrives twice', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    await fill(spool, 6000, new Map([[2500, 1], [4000, 3], [5200, 2], [5900, 3]]))
    stage.uplink(spool)
    await until('the spool to drain', drained(spool))
    expect(collector.batches.slice(0, 4).map(({ firstSeq, activities }) => [firstSeq, activities.length])).toEqual([[4000, 1], [5900, 1], [5200, 1], [2500, 1]])
    expect([collector.stored.size, collector.duplicates]).toEqual([6000, 0])
    expect(collector.batches.slice(4).map(({ firstSeq }) => firstSeq)).toEqual(collector.batches.slice(4).map(({ firstSeq }) => firstSeq).toSorted((a, b) => a - b))
    // Heartbeats say it as long as there are holes.
    await until('the last heartbeat', () => collector.heartbeats.length > 1)
    expect(spool.marked(0)).toEqual([])
  })

  it('marks survive the end of the agent, and what had gone first is recognised when it comes again', async () => {
    const ranks = new Map([[3000, 3], [3500, 2]])
    let spool = await stage.spool()
    await fill(spool, 4000, ranks)
    const collector = await stage.collector({ ingesting: false })
    const before = stage.uplink(spool)
    await until('batches on the way', () => before.status().published > 1000)
    await before.stop()
    await spool.close()
    spool = await stage.spool()
    expect(spool.marked(0)).toEqual([{ seq: 3000, rank: 3 }, { seq: 3500, rank: 2 }])
    collector.ingesting = true
    stage.uplink(spool)
    await until('the spool to drain', drained(spool))
    expect([...collector.stored.keys()].map((name) => Number(name.split(' ')[1])).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 4000 }, (_, index) => index + 1))
    for (const [name, bytes] of collector.stored) expect(Buffer.compare(Buffer.from(bytes), body(Number(name.split(' ')[1])))).toBe(0)
  })

  it('a broker that loses what went first gets it again', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ ingesting: false })
    await fill(spool, 3000, new Map([[2900, 3]]))
    const uplink = stage.uplink(spool)
    await until('everything on the way', () => uplink.status().published >= 3000)
    await (await collector.connection.jetstreamManager()).streams.purge(ACTIVITY_STREAM)
    collector.ingesting = true
    await until('the spool to drain', drained(spool))
    expect(collector.stored.size).toBe(3000)
  })

  it('new risky activities overtake a drain that is on its way', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ ingesting: false })
    await fill(spool, 200_000, new Map())
    stage.uplink(spool)
    const manager = await collector.connection.jetstreamManager()
    await until('the uplink to be as far ahead as it may', async () => (await manager.streams.info(ACTIVITY_STREAM)).state.messages >= 256)
    const seq = await spool.append(body(200_001), 3)
    collector.ingesting = true
    await until('the risky one', () => collector.stored.has(`${spool.epoch} ${seq}`))
    expect(collector.stored.size).toBeLessThan(200_000)
  })
})
