// What the uplink knows of its own publishing, across connections: pure bookkeeping, no clock and no network.
import type { SpooledGap, SpooledRun } from '../spool/contract.ts'
import { createFirstRuns, type FirstRuns } from './first.ts'

interface Ahead {
  readonly epoch: string
  readonly lastSeq: number
  readonly bytes: number
}

export interface Progress {
  readonly epoch: string
  /** Highest number that the collector said is committed; 0 before it spoke. */
  readonly watermark: number
  /** Number to publish next. */
  readonly next: number
  /** Run of an earlier epoch that was published last; undefined starts again. */
  readonly earlier: { readonly epoch: string; readonly seq: number } | undefined
  /** Batches that went out and are not covered by a watermark. */
  readonly aheadBatches: number
  readonly aheadBytes: number
  /** What no watermark covers yet: these batches, and runs that went first. */
  readonly uncovered: number
  /** Batches that may be beyond the watermark, as the collector said last on this connection. */
  readonly credit: number
  readonly first: Pick<FirstRuns, 'take' | 'openFrom' | 'runs'>
  readonly published: number
  readonly resent: number
  /** Gap records that did not go out since the last rewind. */
  unsent(gaps: readonly SpooledGap[]): readonly SpooledGap[]
  sent(run: SpooledRun | undefined, gaps: readonly SpooledGap[], bytes: number): void
  /** A run of the current epoch went out before what is below it. */
  sentFirst(run: SpooledRun): void
  /** A run that should go first is not there any more. */
  skipFirst(run: { readonly first: number; readonly last: number }): void
  /** Leaves out what went first. */
  skipTo(seq: number): void
  /** @returns whether the collector knows more than before */
  committed(epoch: string, seq: number): boolean
  /** @param batches undefined: as many as the device likes */
  grant(batches: number | undefined): void
  /** Everything above the watermark goes out again; the broker drops what it still knows. */
  rewind(): void
  /** The same, when the collector has shown that it does not come: the broker shall not take it for duplicates. */
  resend(): void
  /** How often that was; part of the message ids. */
  readonly round: number
  /** Another connection: watermarks are heard afresh, since the collector may have been restored from a backup. */
  reconnected(): void
  /** Another epoch is the current one. */
  renewed(epoch: string): void
}

const nameOf = (gap: SpooledGap): string => `${gap.epoch} ${gap.firstSeq} ${gap.lastSeq}`

export function createProgress(firstEpoch: string, ackedSeq: number): Progress {
  let epoch = firstEpoch
  let watermark = 0
  let next = ackedSeq + 1
  let earlier: Progress['earlier']
  let ahead: Ahead[] = []
  let aheadBytes = 0
  let sentGaps = new Map<string, SpooledGap>()
  const highest = new Map<string, number>()
  let published = 0
  let resent = 0
  let round = 0
  let credit = Infinity
  const first = createFirstRuns()

  const setAhead = (left: Ahead[]): void => {
    ahead = left
    aheadBytes = left.reduce((sum, batch) => sum + batch.bytes, 0)
  }
  const rewind = (): void => {
    next = watermark + 1
    earlier = undefined
    first.clear()
    setAhead([])
    sentGaps = new Map()
  }
  const count = (run: SpooledRun): void => {
    const last = run.firstSeq + run.activities.length - 1
    const before = highest.get(run.epoch) ?? 0
    const fresh = Math.max(0, last - Math.max(before, run.firstSeq - 1))
    published += fresh
    resent += run.activities.length - fresh
    highest.set(run.epoch, Math.max(before, last))
  }

  return {
    get epoch() { return epoch },
    get watermark() { return watermark },
    get next() { return next },
    get earlier() { return earlier },
    get aheadBatches() { return ahead.length },
    get aheadBytes() { return aheadBytes },
    get credit() { return credit },
    get uncovered() { return ahead.length + first.runs },
    first,
    get published() { return published },
    get resent() { return resent },
    get round() { return round },
    unsent(gaps) {
      // What was trimmed meanwhile needs no memory.
      const here = new Set(gaps.map(nameOf))
      for (const name of sentGaps.keys()) if (!here.has(name)) sentGaps.delete(name)
      return gaps.filter((gap) => !sentGaps.has(nameOf(gap)))
    },
    sent(run, gaps, bytes) {
      for (const gap of gaps) sentGaps.set(nameOf(gap), gap)
      const batches: Ahead[] = gaps.map((gap) => ({ epoch: gap.epoch, lastSeq: gap.lastSeq, bytes: 0 }))
      if (run !== undefined) {
        const lastSeq = run.firstSeq + run.activities.length - 1
        count(run)
        batches.push({ epoch: run.epoch, lastSeq, bytes })
        if (run.epoch === epoch) next = lastSeq + 1
        else earlier = { epoch: run.epoch, seq: lastSeq }
      }
      setAhead([...ahead, ...batches])
    },
    sentFirst(run) {
      published += run.activities.length
      first.sent({ first: run.firstSeq, last: run.firstSeq + run.activities.length - 1 })
    },
    skipFirst: (run) => first.skip(run),
    skipTo(seq) {
      next = Math.max(next, seq)
    },
    committed(of, seq) {
      if (of === epoch) first.committed(seq)
      const left = ahead.filter((batch) => batch.epoch !== of || batch.lastSeq > seq)
      const advanced = left.length < ahead.length || (of === epoch && seq > watermark)
      setAhead(left)
      if (of === epoch && seq > watermark) {
        watermark = seq
        next = Math.max(next, seq + 1)
      }
      return advanced
    },
    grant(batches) {
      credit = batches ?? Infinity
    },
    rewind,
    resend() {
      round += 1
      rewind()
    },
    reconnected() {
      watermark = 0
      credit = Infinity
    },
    renewed(other) {
      epoch = other
      watermark = 0
      rewind()
    },
  }
}
