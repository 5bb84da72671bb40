// The loss ledger with what is neither received nor explained put in between.
import type { Device, LedgerRange } from './device.ts'

export interface LedgerRow {
  readonly epoch: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly kind: 'received' | 'gap' | 'awaited' | 'unexplained'
  readonly reason?: string
}

/** Numbers of this epoch above `ackedSeq` are on the device: it says that it sends its riskiest first. */
export interface Awaited {
  readonly epoch: string
  readonly ackedSeq: number
}
/** A device that says nothing any more has not said that it still holds them. */
const AWAITED_FOR_MS = 15 * 60_000

export function awaitedOf({ report }: Device, nowMs: number): Awaited | undefined {
  return report?.spool.outOfOrder === true && nowMs - report.receivedAtMs < AWAITED_FOR_MS ? { epoch: report.spool.epoch, ackedSeq: report.spool.ackedSeq } : undefined
}

/** The ledger of a device with what is neither received nor explained put in between. */
export function withUnexplained(ranges: readonly LedgerRange[], awaited?: Awaited): readonly LedgerRow[] {
  const out: LedgerRow[] = []
  const reached = new Map<string, number>()
  for (const range of ranges) {
    const before = reached.get(range.epoch) ?? 0
    if (range.firstSeq > before + 1) out.push({ epoch: range.epoch, firstSeq: before + 1, lastSeq: range.firstSeq - 1, kind: range.epoch === awaited?.epoch && before + 1 > awaited.ackedSeq ? 'awaited' : 'unexplained' })
    out.push({ epoch: range.epoch, firstSeq: range.firstSeq, lastSeq: range.lastSeq, kind: range.kind, ...(range.reason === undefined ? {} : { reason: range.reason }) })
    reached.set(range.epoch, Math.max(before, range.lastSeq))
  }
  return out
}

export const unexplainedCount = (ledger: readonly LedgerRow[]): number => ledger.filter((row) => row.kind === 'unexplained').reduce((sum, row) => sum + row.lastSeq - row.firstSeq + 1, 0)
