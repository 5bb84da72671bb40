// Pulls messages in groups, as the collector's bus does: what waits is taken at once, so that groups grow under load.
import { ACTIVITY_STREAM, ACTIVITY_SUBJECTS, INGEST_CONSUMER } from '@holdfast/proto'
import { AckPolicy, DiscardPolicy, type JsMsg, nanos, type NatsConnection, StorageType } from 'nats'

const GROUP = 64
const PREFETCH_BYTES = 8 * 1024 * 1024
const ACK_WAIT_MS = 60_000
const ACK_PENDING = 2000

/** Makes stream and consumer anew, empty. */
export async function declareStream(connection: NatsConnection): Promise<void> {
  const manager = await connection.jetstreamManager()
  await manager.streams.delete(ACTIVITY_STREAM).catch(() => {})
  await manager.streams.add({ name: ACTIVITY_STREAM, subjects: [ACTIVITY_SUBJECTS], storage: StorageType.File, discard: DiscardPolicy.New })
  await manager.consumers.add(ACTIVITY_STREAM, { durable_name: INGEST_CONSUMER, ack_policy: AckPolicy.Explicit, ack_wait: nanos(ACK_WAIT_MS), max_ack_pending: ACK_PENDING })
}

export async function consumeGroups(connection: NatsConnection, handle: (messages: readonly JsMsg[]) => Promise<void>, signal: AbortSignal): Promise<void> {
  const consumer = await connection.jetstream().consumers.get(ACTIVITY_STREAM, INGEST_CONSUMER)
  const waiting: JsMsg[] = []
  let wake: (() => void) | undefined
  signal.addEventListener('abort', () => wake?.(), { once: true })
  const messages = await consumer.consume({
    max_bytes: PREFETCH_BYTES, expires: 30_000,
    callback: (message) => {
      waiting.push(message)
      wake?.()
    },
  })
  while (!signal.aborted) {
    if (waiting.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      wake = undefined
    } else await handle(waiting.splice(0, GROUP))
  }
  messages.stop()
}
