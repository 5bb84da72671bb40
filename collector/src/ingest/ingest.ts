// From the stream to the store: check, decode, one transaction, acknowledge, tell the device its watermark.
//
// The order is the promise: commit, then the JetStream ack, then the watermark. A message that cannot be taken goes
// to quarantine in a committed transaction before it leaves the stream. When a transaction fails the messages are
// tried one by one, so that one bad message cannot hold up the others; what fails alone goes to quarantine after
// TRIES_BEFORE_QUARANTINE deliveries.
//
// A delivery is worked off in groups: while the store's thread writes one, the next is decoded here.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { deviceOfSubject, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import type { Bus, BusMessage } from '../bus/contract.ts'
import { isCounted } from '../domain/risk/count.ts'
import { SCORED_DAYS } from '../domain/risk/evaluate.ts'
import { decodeActivity, decodeBatch, Refusal, type UnattributedActivity, type WireActor, type WireGap } from '../domain/wire/decode.ts'
import type { IngestOutcome, IngestRun, InsightCounter, InsightMerge, Store, StoredActivity, StoreWriter } from '../store/store.ts'
import type { Activity } from '../domain/risk/activity.ts'
import type { Drills } from '../fleet/drills.ts'
import { createAttribution } from './attribution.ts'
import type { Pace } from './pace.ts'

const TRIES_BEFORE_QUARANTINE = 5
const RETRY_DELAY_MS = 1000
const DEVICES_KNOWN = 200_000
const DAY_MS = 86_400_000
/** Bytes of messages in one transaction: about 2,000 activities, where a commit is a small part of the work and the lock is held for some 20 ms. */
const GROUP_BYTES = 512 * 1024

export interface IngestLog {
  warn(object: object, message: string): void
  error(object: object, message: string): void
}

/** One transaction of ingest, for whoever watches. */
export interface IngestTransaction {
  readonly startedAtMs: number
  readonly seconds: number
  readonly messages: number
  readonly activities: number
  /** False: it was rolled back. */
  readonly ok: boolean
}

export interface IngestDeps {
  readonly onCommitted?: (transaction: IngestTransaction) => void
  readonly store: Store
  readonly bus: Bus
  readonly count: InsightCounter
  readonly merge: InsightMerge
  readonly now: () => number
  readonly log: IngestLog
  /** Absent where no device speaks: then no mark of a drill is believed. */
  readonly drills?: Pick<Drills, 'admit' | 'arrived'>
  /** Devices that were put out, and of which nothing more is taken: what is still in the stream goes into quarantine. */
  readonly isPutOut?: (deviceId: string) => boolean
  /** A person asked for an exception: in the transaction that stores it. */
  readonly onRequest?: (tx: StoreWriter, activity: Activity, atMs: number) => Promise<unknown>
  /** Absent: devices may send as they like. */
  readonly pace?: Pace
  readonly returnSpreadSecs?: () => number
  /** Users have new activity; called after the commit. */
  readonly onUsers: (users: readonly string[]) => void
}

export interface IngestCounters {
  messages: number
  stored: number
  duplicates: number
  quarantined: number
  failedTransactions: number
}

export interface Ingest {
  run(signal: AbortSignal): Promise<void>
  /**
   * Takes a quarantined message as if it came now.
   *
   * @param alongside what commits with it, such as the audit entry
   * @throws Refusal when it still cannot be taken
   */
  replayQuarantined(subject: string, data: Uint8Array, alongside?: (tx: StoreWriter, outcome: IngestOutcome) => Promise<void>): Promise<IngestOutcome>
  readonly counters: Readonly<IngestCounters>
}

interface DecodedActivity {
  readonly activity: UnattributedActivity
  readonly body: Uint8Array
  readonly seq: number
}

interface Decoded {
  readonly deviceId: string
  readonly epoch: string
  readonly firstSeq: number
  readonly activities: readonly DecodedActivity[]
  readonly gaps: readonly WireGap[]
  /** Activities of the batch that cannot be taken; their numbers count as received. */
  readonly refused: readonly { readonly seq: number; readonly reason: string; readonly body: Uint8Array }[]
}

const sameActor = (a: WireActor, b: WireActor): boolean => a.accountId === b.accountId && a.account === b.account && a.domain === b.domain

/**
 * What is kept of an activity until its group is written. One that no indicator counts has been read, so that what is
 * wrong with it is refused, but its facts stay in its bytes: holding them for every activity of a group costs the
 * garbage collector more than decoding does.
 */
function keep(activity: UnattributedActivity, before: UnattributedActivity | undefined): UnattributedActivity {
  if (activity.drill !== undefined || activity.kind === 'exception_requested' || isCounted(activity)) return activity
  const { id, deviceId, kind, occurredAtMs, observedAtMs, sensor, recovered, actor } = activity
  return { id, deviceId, kind, occurredAtMs, observedAtMs, sensor: before?.sensor === sensor ? before.sensor : sensor, recovered, actor: before !== undefined && sameActor(before.actor, actor) ? before.actor : actor }
}

/**
 * A clock that was moved must not hide what happens under it: a time that evaluation would never look at counts as the
 * time of arrival. The bytes of the activity, and what a page shows of it, keep what the device said.
 */
function countOnArrival(activity: UnattributedActivity, receivedAtMs: number): void {
  const { occurredAtMs } = activity
  if (occurredAtMs > receivedAtMs - SCORED_DAYS * DAY_MS && occurredAtMs < receivedAtMs + DAY_MS) return
  const counted: { occurredAtMs: number } = activity
  counted.occurredAtMs = receivedAtMs
}

/** Decodes a whole message. @throws Refusal when not even the batch can be read */
export function decodeMessage(deviceId: string, data: Uint8Array): Decoded {
  const batch = decodeBatch(data)
  const prefix = `${deviceId}.${batch.epoch}.`
  const activities: DecodedActivity[] = []
  const refused: { seq: number; reason: string; body: Uint8Array }[] = []
  for (const [index, body] of batch.bodies.entries()) {
    const seq = batch.firstSeq + index
    try {
      activities.push({ activity: keep(decodeActivity(body, `${prefix}${seq}`, deviceId), activities.at(-1)?.activity), body, seq })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ seq, reason: error.reason, body })
    }
  }
  return { deviceId, epoch: batch.epoch, firstSeq: batch.firstSeq, activities, gaps: batch.gaps, refused }
}

const isAway = (error: unknown): boolean => error instanceof CodedError && (error.code === 'STORE_UNREACHABLE' || error.code === 'STORE_BUSY')

export function createIngest({ store, bus, count, merge, now, log, drills, isPutOut, onRequest, onUsers, onCommitted, pace, returnSpreadSecs = () => 0 }: IngestDeps): Ingest {
  const counters: IngestCounters = { messages: 0, stored: 0, duplicates: 0, quarantined: 0, failedTransactions: 0 }
  const attribution = createAttribution()
  /** Devices that are in the store; none is ever taken out. */
  const known = new LRUCache<string, true>({ max: DEVICES_KNOWN })

  const assertKnown = async (deviceId: string): Promise<void> => {
    if (known.has(deviceId)) return
    if ((await store.device(deviceId)) === undefined) throw new Refusal('DEVICE_UNKNOWN')
    known.set(deviceId, true)
  }

  const toRuns = async (tx: StoreWriter, decoded: Decoded, receivedAtMs: number): Promise<readonly IngestRun[]> => {
    for (const { activity } of decoded.activities) {
      countOnArrival(activity, receivedAtMs)
      // A mark that is not believed is as good as none.
      if (activity.drill !== undefined && (await drills?.admit(tx, activity.deviceId, activity.drill)) !== true) delete (activity as { drill?: string }).drill
      const attributed = attribution.attribute(tx, activity, receivedAtMs)
      const owned = attributed instanceof Promise ? await attributed : attributed
      if (owned.kind === 'exception_requested' && owned.drill === undefined) await onRequest?.(tx, owned, receivedAtMs)
    }
    // A refused activity splits the run: its number is explained by a gap, its bytes are in quarantine.
    const runs: IngestRun[] = []
    let open: (StoredActivity & { readonly seq: number })[] = []
    const close = () => {
      const [first] = open
      if (first !== undefined) runs.push({ deviceId: decoded.deviceId, epoch: decoded.epoch, firstSeq: first.seq, activities: open, gaps: [], receivedAtMs })
      open = []
    }
    for (const row of decoded.activities) {
      if (open.length > 0 && row.seq !== (open[0]?.seq ?? 0) + open.length) close()
      // Each of them has its user since the loop above.
      open.push(row as DecodedActivity & StoredActivity)
    }
    close()
    const gaps = [...decoded.gaps, ...decoded.refused.map((row) => ({ epoch: decoded.epoch, firstSeq: row.seq, lastSeq: row.seq, reason: 'quarantined', atMs: receivedAtMs }))]
    if (gaps.length > 0 || runs.length === 0) runs.push({ deviceId: decoded.deviceId, epoch: decoded.epoch, firstSeq: 0, activities: [], gaps, receivedAtMs })
    return runs
  }

  const commit = async (decoded: readonly Decoded[], alongside?: (tx: StoreWriter, outcome: IngestOutcome) => Promise<void>): Promise<IngestOutcome> => {
    const receivedAtMs = now()
    const begun = performance.now()
    const tell = (ok: boolean): void => onCommitted?.({ startedAtMs: receivedAtMs, seconds: (performance.now() - begun) / 1000, messages: decoded.length, activities: decoded.reduce((sum, { activities }) => sum + activities.length, 0), ok })
    try {
      const committed = await store.write(async (tx) => {
        const runs: IngestRun[] = []
        for (const message of decoded) {
          runs.push(...(await toRuns(tx, message, receivedAtMs)))
          for (const row of message.refused) await tx.quarantine({ atMs: receivedAtMs, subject: `activity.${message.deviceId}.${message.epoch}.${row.seq}`, reason: row.reason, detail: 'one activity of a batch', bytes: row.body })
        }
        const outcome = await tx.ingest(runs, count, merge)
        await alongside?.(tx, outcome)
        return outcome
      }, alongside === undefined ? { devices: [...new Set(decoded.map(({ deviceId }) => deviceId))] } : undefined)
      counters.quarantined += decoded.reduce((sum, message) => sum + message.refused.length, 0)
      tell(true)
      return committed
    } catch (error) {
      attribution.forget()
      tell(false)
      throw error
    }
  }

  const quarantine = async (message: BusMessage, reason: string, detail: string): Promise<void> => {
    await store.write((tx) => tx.quarantine({ atMs: now(), subject: message.subject, reason, detail, bytes: message.data }))
    counters.quarantined += 1
    log.warn({ deviceId: message.deviceId, reason, bytes: message.data.length }, 'message put into quarantine')
    message.term()
  }

  const announce = (outcome: IngestOutcome, committed: readonly Decoded[]): void => {
    counters.stored += outcome.stored
    counters.duplicates += outcome.duplicates
    // It is committed: whatever fails from here on must not look like a failed transaction. A device asks again by sync.
    try {
      const told = { ...(pace === undefined ? {} : { credit: pace.credit(false) }), returnSpreadSecs: returnSpreadSecs() }
      for (const { deviceId, epoch, committedSeq } of outcome.watermarks) bus.publishDown(deviceId, wire.Down.encode({ watermark: { epoch, committedSeq, ...told } }).finish())
      const acts = committed.flatMap(({ deviceId, epoch, activities }) => activities.flatMap(({ activity: { drill }, seq }) => (drill === undefined ? [] : [{ deviceId, drillId: drill, epoch, seq }])))
      if (acts.length > 0) drills?.arrived(acts)
      if (outcome.users.length > 0) onUsers(outcome.users)
    } catch (error) {
      log.warn({ err: error }, 'a commit could not be announced')
    }
  }

  /** Undefined when the message is settled already: in quarantine, or given back. */
  const read = async (message: BusMessage): Promise<Decoded | undefined> => {
    try {
      const decoded = decodeMessage(message.deviceId, message.data)
      await assertKnown(message.deviceId)
      if (isPutOut?.(message.deviceId) === true) throw new Refusal('DEVICE_REVOKED')
      return decoded
    } catch (error) {
      try {
        // Anything but a refusal or the store's own failure is a mistake of ours in reading: it must not hold up the stream either.
        if (error instanceof Refusal) await quarantine(message, error.reason, error.reason === 'DEVICE_UNKNOWN' ? 'the device is not in the store' : error.reason === 'DEVICE_REVOKED' ? 'it came from a device that was revoked meanwhile' : 'the batch cannot be read')
        else if (message.redeliveries + 1 >= TRIES_BEFORE_QUARANTINE) await quarantine(message, 'INTERNAL', error instanceof Error ? error.name : 'unknown')
        else throw error
      } catch (problem) {
        log.error({ err: problem, deviceId: message.deviceId }, 'a message cannot be read now')
        message.nak(RETRY_DELAY_MS * 2 ** Math.min(message.redeliveries, TRIES_BEFORE_QUARANTINE))
      }
      return undefined
    }
  }

  const settle = async (group: readonly { readonly message: BusMessage; readonly decoded: Decoded }[]): Promise<void> => {
    try {
      const outcome = await commit(group.map((row) => row.decoded))
      for (const { message } of group) message.ack()
      announce(outcome, group.map((row) => row.decoded))
      return
    } catch (error) {
      counters.failedTransactions += 1
      // Nothing is wrong with the messages: they wait in the stream until the database is back.
      if (isAway(error)) {
        log.error({ err: error, messages: group.length }, 'the database is away; the messages are taken again later')
        for (const { message } of group) message.nak(RETRY_DELAY_MS * 2 ** Math.min(message.redeliveries, TRIES_BEFORE_QUARANTINE))
        return
      }
      log.error({ err: error, messages: group.length }, 'an ingest transaction failed; trying its messages one by one')
    }
    for (const { message, decoded } of group) {
      try {
        const outcome = await commit([decoded])
        message.ack()
        announce(outcome, [decoded])
      } catch (error) {
        log.error({ err: error, deviceId: message.deviceId }, 'a message cannot be stored')
        if (message.redeliveries + 1 >= TRIES_BEFORE_QUARANTINE && !isAway(error)) await quarantine(message, 'STORE_FAILED', error instanceof Error ? error.name : 'unknown').catch(() => message.nak(RETRY_DELAY_MS))
        else message.nak(RETRY_DELAY_MS * 2 ** Math.min(message.redeliveries, TRIES_BEFORE_QUARANTINE))
      }
    }
  }

  const handle = async (messages: readonly BusMessage[]): Promise<void> => {
    counters.messages += messages.length
    pace?.took(messages.length, messages.at(-1)?.waiting ?? 0)
    let settling: Promise<void> | undefined
    let group: { readonly message: BusMessage; readonly decoded: Decoded }[] = []
    let bytes = 0
    const hand = async (): Promise<void> => {
      await settling
      settling = settle(group)
      // Awaited above or below; until then it must not count as unhandled.
      settling.catch(() => {})
      group = []
      bytes = 0
    }
    try {
      for (const message of messages) {
        const decoded = await read(message)
        if (decoded !== undefined) group.push({ message, decoded })
        bytes += message.data.length
        if (bytes >= GROUP_BYTES) await hand()
        // The group before it may have an answer of the store to go on with.
        else if (settling !== undefined) await nextTurn()
      }
      if (group.length > 0) await hand()
    } finally {
      await settling
    }
  }

  return {
    counters,
    run: (signal) => bus.consumeActivity(handle, signal),
    async replayQuarantined(subject, data, alongside) {
      const one = /^activity\.([A-Za-z0-9_-]+)\.([0-9a-f]{32})\.(\d+)$/.exec(subject)
      const [, device, epoch, seqText] = one ?? []
      if (device !== undefined && epoch !== undefined && seqText !== undefined) {
        const seq = Number(seqText)
        await assertKnown(device)
        const single: Decoded = { deviceId: device, epoch, firstSeq: seq, gaps: [], refused: [], activities: [{ activity: decodeActivity(data, `${device}.${epoch}.${seq}`, device), body: data, seq }] }
        const outcome = await commit([single], alongside)
        announce(outcome, [single])
        return outcome
      }
      const deviceId = deviceOfSubject(subject)
      if (deviceId === undefined) throw new Refusal('DECODE_FAILED')
      const decoded = decodeMessage(deviceId, data)
      await assertKnown(deviceId)
      const outcome = await commit([decoded], alongside)
      announce(outcome, [decoded])
      return outcome
    },
  }
}
