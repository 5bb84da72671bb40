// What of a backlog goes first: pure bookkeeping of one epoch.
//
// The spool marks risky activities with a rank. While more waits than FIRST_FROM, runs around the marks are published above the
// watermark, the highest rank first and the oldest of a rank first; then everything else in order, which leaves out what has
// gone ahead. Numbers stay what they are, so the collector keeps ranges, and its watermark moves when the holes have closed.
//
// Marks that lie close together go as one run with what is between them: a batch, and a range in the collector's ledger, for
// each of them would cost more than it brings. The number of runs ahead is bounded for the same reason.
//
// Nothing is remembered over a rewind: what went ahead goes out again and is recognised.
import { MAX_BATCH_ACTIVITIES } from '@holdfast/proto'
import type { Mark } from '../spool/contract.ts'

/** A smaller backlog is with the collector in less time than it takes to sort it. */
export const FIRST_FROM = 2 * MAX_BATCH_ACTIVITIES
/** Runs beyond the watermark; each is a range in the collector's ledger until the hole before it has closed. */
export const MAX_FIRST_RUNS = 512
/** Unmarked activities between two marks that go with them. */
const CLOSE = 16

export interface Run {
  readonly first: number
  readonly last: number
}

export interface FirstRuns {
  /**
   * The run to publish ahead of `next`; undefined when there is none, or the backlog is small.
   * @param marked marks beyond a number, rising
   */
  take(next: number, lastSeq: number, marked: (beyond: number) => readonly Mark[]): Run | undefined
  sent(run: Run): void
  /** Nothing of the run is there any more. */
  skip(run: Run): void
  /** First number from `seq` on that has not gone ahead, and how many follow it that have not either. */
  openFrom(seq: number): { readonly from: number; readonly count: number }
  committed(seq: number): void
  clear(): void
  /** Runs that went ahead and are above the watermark. */
  readonly runs: number
}

export function createFirstRuns(): FirstRuns {
  let waiting: Mark[] = []
  let at = 0
  let seen = 0
  /** Rising, disjoint. */
  let ahead: Run[] = []

  const touches = (from: number, to: number): boolean => ahead.some((run) => run.first <= to && run.last >= from)

  const look = (marked: (beyond: number) => readonly Mark[]): void => {
    const fresh = marked(seen)
    const last = fresh.at(-1)
    if (last === undefined) return
    seen = last.seq
    waiting = [...waiting.slice(at), ...fresh].toSorted((a, b) => b.rank - a.rank || a.seq - b.seq)
    at = 0
  }

  return {
    get runs() { return ahead.length },
    take(next, lastSeq, marked) {
      if (lastSeq - next < FIRST_FROM || ahead.length >= MAX_FIRST_RUNS) return undefined
      look(marked)
      for (; at < waiting.length; at += 1) {
        const mark = waiting[at]
        if (mark === undefined || mark.seq < next || touches(mark.seq, mark.seq)) continue
        let last = mark.seq
        for (let more = at + 1; more < waiting.length; more += 1) {
          const other = waiting[more]
          if (other === undefined || other.rank !== mark.rank || other.seq - last > CLOSE || other.seq - mark.seq >= MAX_BATCH_ACTIVITIES || touches(last, other.seq)) break
          last = other.seq
        }
        return { first: mark.seq, last }
      }
      return undefined
    },
    sent(run) {
      let { first, last } = run
      const others: Run[] = []
      for (const other of ahead) {
        if (other.last + 1 < first || other.first > last + 1) others.push(other)
        else {
          first = Math.min(first, other.first)
          last = Math.max(last, other.last)
        }
      }
      ahead = [...others, { first, last }].toSorted((a, b) => a.first - b.first)
    },
    skip: (run) => {
      waiting = waiting.slice(at).filter(({ seq }) => seq < run.first || seq > run.last)
      at = 0
    },
    openFrom(seq) {
      let from = seq
      for (const run of ahead) {
        if (run.last < from) continue
        if (run.first > from) return { from, count: run.first - from }
        from = run.last + 1
      }
      return { from, count: Infinity }
    },
    committed(seq) {
      if (ahead.length > 0) ahead = ahead.filter((run) => run.last > seq)
    },
    clear() {
      waiting = []
      at = 0
      seen = 0
      ahead = []
    },
  }
}
