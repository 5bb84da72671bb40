// Orders of the collector to this device: to tell a person of a decision, to answer a question, to take another version of the
// agent. Nothing else is taken.
//
//   1. Nothing of the body is parsed before its signature holds, over a context of its own: a policy is no order.
//   2. It names this organisation and this device, and has not expired.
//   3. An order that comes again is answered again from memory, not done again; what was forgotten is done again, which harms
//      nobody: an order changes what a person is told and which exceptions hold, and a version is kept on the disk with the
//      order that it came by. What may run is not for an order to say: that is signed by another key (upgrade/upgrader.ts).
//   4. One at a time, MAX_WAITING of them; what is above comes again.
//   5. An answer is cut into chunks and is never larger than MAX_ANSWER_BYTES.
import { fromWireTimestamp, MAX_ANSWER_BYTES, MAX_ANSWER_CHUNK_BYTES, ORDER_CONTEXT, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import type { Identity } from '../identity/contract.ts'
import { checkSignature } from '../policy/verify.ts'

const MAX_ORDER_BYTES = 16 * 1024
const MAX_WAITING = 16
const REMEMBERED = 16
const REMEMBERED_BYTES = 2 * MAX_ANSWER_BYTES
/** Clocks of devices are off by minutes. */
const CLOCK_LEEWAY_MS = 300_000
/** Longer than any order is given for; what claims more is none of ours. */
const MAX_LIFE_MS = 31 * 86_400_000

export interface OrderResult {
  readonly outcome: string
  readonly data?: Uint8Array
}

export interface OrdersDeps {
  readonly identity: Pick<Identity, 'deviceId' | 'organisation' | 'policyKeys'>
  readonly now: () => number
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void }
  readonly onException: (decision: wire.ExceptionDecision.$Properties) => Promise<string>
  readonly onQuestion: (question: wire.Question.$Properties) => Promise<OrderResult>
  /** Absent: no other version is taken. */
  readonly onUpgrade?: (id: string, upgrade: wire.UpgradeOrder.$Properties) => Promise<string>
  /** Absent: no other key is made. `later` answers the order once more. */
  readonly onReKey?: (id: string, later: (result: OrderResult) => void) => Promise<OrderResult>
}

export type Answer = (answer: Uint8Array) => void

export interface Orders {
  /** An encoded wire.SignedOrder, not verified. `answer` is called for each chunk. */
  heard(signed: Uint8Array, answer: Answer): void
  /** Resolves when what was begun has ended. */
  settled(): Promise<void>
}

/**
 * Checks, in this order: size, outer form, signature, body's form, target, times.
 *
 * @throws ORDER_REFUSED, POLICY_UNSIGNED, POLICY_WRONG_KEY
 */
export function verifyOrder(bytes: Uint8Array, identity: OrdersDeps['identity'], nowMs: number): wire.Order {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new CodedError('ORDER_REFUSED', { problem }, cause === undefined ? {} : { cause })
  }
  if (bytes.length > MAX_ORDER_BYTES) refuse('it is too large')
  const decode = <T>(read: () => T): T => {
    try {
      return read()
    } catch (error) {
      return refuse('it cannot be read', error)
    }
  }
  const signed = decode(() => wire.SignedOrder.decode(bytes))
  checkSignature(signed, identity.policyKeys, Buffer.from(ORDER_CONTEXT))
  const order = decode(() => wire.Order.decode(signed.body))
  if (order.organisation !== identity.organisation || order.device !== identity.deviceId) refuse('it is for another device')
  if (!/^[a-z]{2}_[0-9a-f]{32}$/.test(order.id)) refuse('it has no id')
  const expiresAtMs = fromWireTimestamp(order.expiresAt)
  const issuedAtMs = fromWireTimestamp(order.issuedAt)
  if (expiresAtMs === undefined || issuedAtMs === undefined || expiresAtMs - issuedAtMs > MAX_LIFE_MS || expiresAtMs + CLOCK_LEEWAY_MS < nowMs) refuse('it has expired')
  return order
}

/** Chunks of an answer, each an encoded wire.Answer. */
export function chunksOf(order: string, { outcome, data = new Uint8Array() }: OrderResult): readonly Uint8Array[] {
  const whole = data.length <= MAX_ANSWER_BYTES
  const parts = whole ? Math.max(1, Math.ceil(data.length / MAX_ANSWER_CHUNK_BYTES)) : 1
  return Array.from({ length: parts }, (_, index) => wire.Answer.encode({ order, outcome: whole ? outcome : 'too_large', part: index + 1, parts, data: whole ? data.subarray(index * MAX_ANSWER_CHUNK_BYTES, (index + 1) * MAX_ANSWER_CHUNK_BYTES) : new Uint8Array() }).finish())
}

export function createOrders({ identity, now, log, onException, onQuestion, onUpgrade, onReKey }: OrdersDeps): Orders {
  const answered = new Map<string, readonly Uint8Array[]>()
  let work: Promise<void> = Promise.resolve()
  let waiting = 0

  const remember = (key: string, chunks: readonly Uint8Array[]): void => {
    answered.set(key, chunks)
    const bytes = (): number => [...answered.values()].flat().reduce((sum, chunk) => sum + chunk.length, 0)
    while (answered.size > REMEMBERED || (answered.size > 1 && bytes() > REMEMBERED_BYTES)) answered.delete(answered.keys().next().value ?? '')
  }
  const carryOut = async ({ id, exception, question, upgrade, reKey }: wire.Order, answer: Answer): Promise<OrderResult> => {
    if (exception) return { outcome: await onException(exception) }
    if (upgrade) return { outcome: (await onUpgrade?.(id, upgrade)) ?? 'unknown' }
    if (reKey && onReKey !== undefined) return onReKey(id, (result) => chunksOf(id, result).forEach(answer))
    return question ? onQuestion(question) : { outcome: 'unknown' }
  }
  const take = async (signed: Uint8Array, answer: Answer): Promise<void> => {
    let order: wire.Order
    try {
      order = verifyOrder(signed, identity, now())
    } catch (error) {
      // Whoever has sent it is not answered: it may be anybody who has the broker.
      log.warn({ err: error }, 'an order is not taken')
      return
    }
    let chunks = answered.get(order.id)
    if (chunks === undefined) {
      log.info({ order: order.id, what: order.order }, 'an order is carried out')
      chunks = chunksOf(order.id, await carryOut(order, answer).catch((error: unknown): OrderResult => {
        log.warn({ err: error, order: order.id }, 'an order could not be carried out')
        return { outcome: 'failed' }
      }))
      remember(order.id, chunks)
    }
    chunks.forEach(answer)
  }

  return {
    heard(signed, answer) {
      if (waiting >= MAX_WAITING) return
      waiting += 1
      work = work.then(() => take(signed, answer)).finally(() => {
        waiting -= 1
      })
    },
    settled: () => work,
  }
}
