// What a kind of target does: it takes records to their receiver, in order, and says what became of them.
import type { ConnectChoice } from '../connect.ts'
import type { Finding } from '../finding.ts'
import type { Problem } from '../problem.ts'

export interface OutgoingRecord {
  readonly seq: number
  readonly finding: Finding
}

/**
 * `delivered`: every record is with the receiver, except those in `refused`, which it will never take.
 * `refused`: the receiver took none and says that what was sent is wrong, without a word about which record.
 * A thrown ExportFailure: none counts, and all are sent again later.
 */
export type SendResult =
  | { readonly kind: 'delivered'; readonly refused: readonly { readonly seq: number; readonly problem: Problem }[] }
  | { readonly kind: 'refused'; readonly problem: Problem }

export const DELIVERED: SendResult = { kind: 'delivered', refused: [] }

export interface Sender {
  /** @param records at least one @throws ExportFailure */
  send(records: readonly OutgoingRecord[], signal?: AbortSignal): Promise<SendResult>
  close(): void
}

export interface SenderOptions extends ConnectChoice {
  /** From the first byte to the end of the answer. */
  readonly wholeMs: number
}

export const DEFAULT_OPTIONS = { connectMs: 10_000, wholeMs: 30_000 } as const
