/**
 * Every NATS subject, stream and consumer name, in one place.
 *
 * The device id in a subject is the only identity of a sender: the broker has checked it against the device's credentials.
 */

/** What may stand as one token of a subject: device ids and group names. */
const TOKEN = /^[A-Za-z0-9_-]{1,64}$/

function token(value: string): string {
  if (!TOKEN.test(value)) throw new RangeError('not a subject token')
  return value
}

export const isSubjectToken = (value: string): boolean => TOKEN.test(value)

export const ACTIVITY_STREAM = 'HF_ACTIVITY'
export const INGEST_CONSUMER = 'hf-ingest'

export const ACTIVITY_SUBJECTS = 'hf.v1.activity.*'
export const HEARTBEAT_SUBJECTS = 'hf.v1.heartbeat.*'
export const SYNC_SUBJECTS = 'hf.v1.sync.*'
export const EVIDENCE_SUBJECTS = 'hf.v1.evidence.*'
export const ANSWER_SUBJECTS = 'hf.v1.answer.*'
export const PACKAGE_SUBJECTS = 'hf.v1.package.*'

export const activitySubject = (deviceId: string): string => `hf.v1.activity.${token(deviceId)}`
export const heartbeatSubject = (deviceId: string): string => `hf.v1.heartbeat.${token(deviceId)}`
export const syncSubject = (deviceId: string): string => `hf.v1.sync.${token(deviceId)}`
/** One device's copies of files, by request and reply. */
export const evidenceSubject = (deviceId: string): string => `hf.v1.evidence.${token(deviceId)}`
/** What one device answers to orders. */
export const answerSubject = (deviceId: string): string => `hf.v1.answer.${token(deviceId)}`
/** One device's requests for pieces of a release, by request and reply. */
export const packageSubject = (deviceId: string): string => `hf.v1.package.${token(deviceId)}`
/** Collector to one device: watermarks, policies, retry-after, a renewed credential. */
export const downSubject = (deviceId: string): string => `hf.v1.down.${token(deviceId)}`
/** Collector to every device of a group: a new signed policy. */
export const policySubject = (group: string): string => `hf.v1.policy.${token(group)}`
/** Inbox prefix of one device, so that no device can read another's replies. */
export const inboxPrefix = (deviceId: string): string => `hf.v1.inbox.${token(deviceId)}`

/**
 * Device id of a subject such as `hf.v1.activity.<device>`.
 *
 * @returns undefined when the subject has another shape.
 */
export function deviceOfSubject(subject: string): string | undefined {
  const parts = subject.split('.')
  const device = parts[3]
  return parts.length === 4 && parts[0] === 'hf' && parts[1] === 'v1' && device !== undefined && TOKEN.test(device) ? device : undefined
}

/** Largest batch that an agent publishes, in bytes and activities. */
export const MAX_BATCH_BYTES = 512 * 1024
export const MAX_BATCH_ACTIVITIES = 500
/** Largest encoded Activity. */
export const MAX_ACTIVITY_BYTES = 64 * 1024
/** Largest signed policy. */
export const MAX_POLICY_BYTES = 256 * 1024
/** Most of a sealed copy in one message. */
export const MAX_EVIDENCE_CHUNK_BYTES = 256 * 1024
/** Most of a release in one message. */
export const MAX_PACKAGE_PIECE_BYTES = 256 * 1024
/** Largest answer to an order, and most of it in one message. */
export const MAX_ANSWER_BYTES = 512 * 1024
export const MAX_ANSWER_CHUNK_BYTES = 128 * 1024
/** What the signature of an order is over, before its bytes; no policy begins like this. */
export const ORDER_CONTEXT = 'holdfast-order-v1\0'
/** The same of a root of trust. */
export const ROOT_CONTEXT = 'holdfast-root-v1\0'
/** Most roots that travel with a policy, and the largest of them. */
export const MAX_ROOTS = 64
export const MAX_ROOT_BYTES = 16 * 1024
/** Most skips in one message. */
export const MAX_EVIDENCE_SKIPS = 500
