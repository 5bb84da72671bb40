// The activity stream and its consumer, declared here and held to the declaration.
//
// What a device has published stays until ingest has acknowledged it: no age, no count, nothing old given up for
// something new; a full stream refuses, and agents keep their spools. An acknowledged message leaves the stream
// (work queue), otherwise a full stream would stay full.
import { ACTIVITY_STREAM, ACTIVITY_SUBJECTS, INGEST_CONSUMER } from '@holdfast/proto'
import { AckPolicy, type ConsumerConfig, type ConsumerInfo, DeliverPolicy, DiscardPolicy, type JetStreamManager, NatsError, RetentionPolicy, StorageType, type StreamConfig, type StreamInfo } from 'nats'
import { CodedError } from '../errors.ts'

const SECOND_NS = 1_000_000_000
/** A batch and its framing; JetStream counts headers too. */
const MAX_MESSAGE_BYTES = 1024 * 1024
const STREAM_NOT_FOUND = 10_059
const CONSUMER_NOT_FOUND = 10_014

export interface StreamDeclaration {
  readonly maxBytes: number
  /** 1 on a single server. */
  readonly replicas: number
}

export const streamConfig = ({ maxBytes, replicas }: StreamDeclaration): Partial<StreamConfig> & { readonly name: string } => ({
  name: ACTIVITY_STREAM, subjects: [ACTIVITY_SUBJECTS], storage: StorageType.File, retention: RetentionPolicy.Workqueue, discard: DiscardPolicy.New, deny_delete: true, deny_purge: true,
  max_bytes: maxBytes, max_msgs: -1, max_msgs_per_subject: -1, max_age: 0, max_msg_size: MAX_MESSAGE_BYTES, duplicate_window: 120 * SECOND_NS, num_replicas: replicas, allow_direct: false,
})

/** What a collector that was killed had taken comes to the next one after this. A group is stored within a second or two, and what comes twice is recognised. */
const ACK_WAIT_SECS = 10

const MAX_ACK_PENDING = 20_000

const consumerConfig: Partial<ConsumerConfig> & { readonly durable_name: string } = {
  durable_name: INGEST_CONSUMER, ack_policy: AckPolicy.Explicit, ack_wait: ACK_WAIT_SECS * SECOND_NS, deliver_policy: DeliverPolicy.All, max_deliver: -1, max_ack_pending: MAX_ACK_PENDING, max_waiting: 512,
}

const isMissing = (error: unknown, code: number): boolean => error instanceof NatsError && error.api_error?.err_code === code

/** What of a present stream could lose activities; empty when nothing. */
export function dangersOf(config: StreamConfig): readonly string[] {
  const found: string[] = []
  if (config.storage !== StorageType.File) found.push('it is kept in memory')
  if (config.retention !== RetentionPolicy.Workqueue) found.push(`its retention is ${config.retention}`)
  if (config.discard !== DiscardPolicy.New) found.push('it gives up old messages for new ones')
  if (config.max_age > 0) found.push('messages expire')
  if (config.max_msgs > 0 || config.max_msgs_per_subject > 0) found.push('it is limited in messages')
  if (!config.deny_delete || !config.deny_purge) found.push('messages can be deleted or purged')
  if (config.mirror !== undefined || (config.sources?.length ?? 0) > 0 || config.sealed) found.push('it takes its messages from elsewhere')
  if (!config.subjects.includes(ACTIVITY_SUBJECTS)) found.push('it does not take the activities of every device')
  return found
}

async function ensureStream(manager: JetStreamManager, declaration: StreamDeclaration): Promise<{ readonly info: StreamInfo; readonly created: boolean }> {
  const wanted = streamConfig(declaration)
  let info: StreamInfo
  try {
    info = await manager.streams.info(ACTIVITY_STREAM)
  } catch (error) {
    if (!isMissing(error, STREAM_NOT_FOUND)) throw error
    return { info: await manager.streams.add(wanted), created: true }
  }
  if (dangersOf(info.config).length > 0 || info.config.max_bytes !== declaration.maxBytes) {
    const present = dangersOf(info.config).join(', ')
    try {
      // Replicas stay as the cluster's operator set them.
      info = await manager.streams.update(ACTIVITY_STREAM, { ...wanted, num_replicas: info.config.num_replicas })
    } catch (cause) {
      // A limit that cannot be changed now is no danger; the next check tries again.
      if (present === '' && cause instanceof NatsError) return { info, created: false }
      throw new CodedError('BUS_STREAM_UNSAFE', { stream: ACTIVITY_STREAM, problem: present }, { cause })
    }
    const left = dangersOf(info.config)
    if (left.length > 0) throw new CodedError('BUS_STREAM_UNSAFE', { stream: ACTIVITY_STREAM, problem: left.join(', ') })
  }
  return { info, created: false }
}

async function ensureConsumer(manager: JetStreamManager): Promise<{ readonly info: ConsumerInfo; readonly created: boolean }> {
  try {
    const info = await manager.consumers.info(ACTIVITY_STREAM, INGEST_CONSUMER)
    const { config } = info
    const differs = config.ack_policy !== consumerConfig.ack_policy || config.max_deliver !== -1 || config.ack_wait !== consumerConfig.ack_wait || config.filter_subject !== undefined || (config.filter_subjects?.length ?? 0) > 0 || config.deliver_subject !== undefined
    if (!differs) return { info, created: false }
    // Nothing is lost: what it had not acknowledged is still in the stream.
    await manager.consumers.delete(ACTIVITY_STREAM, INGEST_CONSUMER)
  } catch (error) {
    if (!isMissing(error, CONSUMER_NOT_FOUND)) throw error
  }
  return { info: await manager.consumers.add(ACTIVITY_STREAM, consumerConfig), created: true }
}

export interface StreamState {
  readonly streamMessages: number
  readonly streamBytes: number
  /** Not delivered yet, or delivered and not acknowledged. */
  readonly pending: number
  /** Something had to be made. */
  readonly created: boolean
  /** Deliveries of the consumer so far, and whether more could be made now. */
  readonly delivered: number
  readonly hasMore: boolean
}

/** Makes the consumer anew. Nothing is lost: what it had not acknowledged is still in the stream, and comes again. */
export async function remakeConsumer(manager: JetStreamManager): Promise<void> {
  try {
    await manager.consumers.delete(ACTIVITY_STREAM, INGEST_CONSUMER)
  } catch (error) {
    if (!isMissing(error, CONSUMER_NOT_FOUND)) throw error
  }
  await manager.consumers.add(ACTIVITY_STREAM, consumerConfig)
}

/**
 * Makes what is missing, corrects what can be corrected.
 * @throws BUS_STREAM_UNSAFE when a present stream could lose activities and cannot be corrected
 */
export async function ensureDeclared(manager: JetStreamManager, declaration: StreamDeclaration): Promise<StreamState> {
  const stream = await ensureStream(manager, declaration)
  const consumer = await ensureConsumer(manager)
  return {
    streamMessages: stream.info.state.messages, streamBytes: stream.info.state.bytes, pending: consumer.info.num_pending + consumer.info.num_ack_pending, created: stream.created || consumer.created,
    delivered: consumer.info.delivered.consumer_seq, hasMore: consumer.info.num_pending > 0 && consumer.info.num_ack_pending < MAX_ACK_PENDING,
  }
}
