// One batch as it goes over the wire, and its message id.
import { createHash, createHmac } from 'node:crypto'
import { MAX_BATCH_ACTIVITIES, MAX_BATCH_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import type { SpooledGap, SpooledRun } from '../spool/contract.ts'

/** Gap records of one batch; the rest rides in the next. */
export const MAX_BATCH_GAPS = 200
/** Largest encoded gap record: two numbers, a reason, a time and an epoch, with their tags. */
const GAP_BYTES = 128
/** Tag and length of an activity, and those of the batch's own fields. */
const ACTIVITY_FRAME_BYTES = 5
const BATCH_FRAME_BYTES = 64

/** What to ask the spool for, so that a batch with these gaps stays within MAX_BATCH_BYTES, framing included. */
export const limitsWith = (gaps: number): { readonly maxActivities: number; readonly maxBytes: number } => ({
  maxActivities: MAX_BATCH_ACTIVITIES,
  maxBytes: MAX_BATCH_BYTES - BATCH_FRAME_BYTES - MAX_BATCH_ACTIVITIES * ACTIVITY_FRAME_BYTES - gaps * GAP_BYTES,
})

/** Encodes a run and gap records. @param epoch of the batch: the run's, or the current one when there is no run */
export function encodeBatch(epoch: string, run: SpooledRun | undefined, gaps: readonly SpooledGap[]): Uint8Array {
  return wire.ActivityBatch.encode({
    epoch, firstSeq: run?.firstSeq ?? 0, activities: [...(run?.activities ?? [])],
    gaps: gaps.map((gap) => ({ firstSeq: gap.firstSeq, lastSeq: gap.lastSeq, reason: gap.reason, at: toWireTimestamp(gap.atMs), ...(gap.epoch === epoch ? {} : { epoch: gap.epoch }) })),
  }).finish()
}

/**
 * Makes `Nats-Msg-Id` values: of the batch, and of the round in which it goes out, because a batch that was lost behind the
 * broker would otherwise be dropped as a duplicate until the broker has forgotten it. JetStream compares them stream-wide and not per sender, so an id that another device could
 * guess would let it have this device's batches dropped as duplicates: they are keyed by the device's own seed.
 */
export function messageIds(seed: string): (epoch: string, firstSeq: number, count: number, payload: Uint8Array, round: number) => string {
  const key = createHmac('sha256', seed).update('holdfast nats-msg-id 1').digest()
  return (epoch, firstSeq, count, payload, round) =>
    createHmac('sha256', key).update(`${epoch} ${firstSeq} ${count} ${round} `).update(createHash('sha256').update(payload).digest()).digest('base64url')
}
