// Takes a batch to a receiver and finds the records that it will never take: a receiver that refuses a batch as a whole
// gets its halves, and theirs, until the one record that is wrong stands alone. Order is kept all the way.
import { ExportFailure, type Problem } from './problem.ts'
import type { OutgoingRecord, Sender } from './senders/sender.ts'

export interface Refusal {
  readonly seq: number
  readonly problem: Problem
}

export interface Settled {
  /** From the start of the batch: taken, or refused for good. */
  readonly settled: number
  readonly refused: readonly Refusal[]
  /** Why the rest is not settled. */
  readonly problem?: Problem
}

/** Never throws what a receiver did; bugs pass. */
export async function settle(sender: Sender, records: readonly OutgoingRecord[], signal?: AbortSignal): Promise<Settled> {
  const [first] = records
  if (first === undefined) return { settled: 0, refused: [] }
  try {
    const result = await sender.send(records, signal)
    if (result.kind === 'delivered') return { settled: records.length, refused: result.refused }
    if (records.length === 1) return { settled: 1, refused: [{ seq: first.seq, problem: result.problem }] }
  } catch (error) {
    if (signal?.aborted === true) return { settled: 0, refused: [], problem: { kind: 'reset', detail: 'the collector stopped' } }
    if (!(error instanceof ExportFailure)) throw error
    return { settled: 0, refused: [], problem: error.problem }
  }
  const half = Math.ceil(records.length / 2)
  const left = await settle(sender, records.slice(0, half), signal)
  if (left.problem !== undefined) return left
  const right = await settle(sender, records.slice(half), signal)
  return { ...right, settled: left.settled + right.settled, refused: [...left.refused, ...right.refused] }
}
