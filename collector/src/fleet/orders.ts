// Orders to single devices: signed, sent while the device is there, and sent again until it has answered or they are over.
//
// What waits is in the store of whoever gave the order, not here: at a start they hand in again what is open. An answer is
// believed for an order that waits and for the device that it was for; all else is left out.
import { createHash, sign } from 'node:crypto'
import { MAX_ANSWER_BYTES, MAX_ANSWER_CHUNK_BYTES, ORDER_CONTEXT, toWireTimestamp, wire } from '@holdfast/proto'
import type { Bus } from '../bus/contract.ts'
import { policyKeyId, type PolicySigner, rawPolicyKey } from './agent-policy.ts'

/** A device that is there and did not answer is asked again with a heartbeat, this often and not more. */
const AGAIN_MS = 30_000
const MAX_PARTS = Math.ceil(MAX_ANSWER_BYTES / MAX_ANSWER_CHUNK_BYTES)
const OUTCOME = /^[A-Za-z_]{1,40}$/

export interface OrderAnswer {
  readonly deviceId: string
  readonly outcome: string
  /** Empty where there is none. */
  readonly data: Buffer
}

export interface NewOrder {
  readonly deviceId: string
  /** See orderId. */
  readonly id: string
  readonly expiresAtMs: number
  readonly order: Pick<wire.Order.$Properties, 'exception' | 'question' | 'upgrade'>
  /** Once, with the whole answer. When it fails the order stays, and the answer comes again. */
  readonly onAnswer: (answer: OrderAnswer) => Promise<void>
}

export interface Orders {
  send(order: NewOrder): void
  /** It is not wanted any more. */
  withdraw(deviceId: string, id: string): void
  /** The device is there. */
  heard(deviceId: string): void
  readonly waiting: number
}

export interface OrdersDeps {
  readonly bus: Pick<Bus, 'publishDown' | 'onAnswer'>
  /** What signs policies: all of it, for devices that know of the earlier or of the later key only. */
  readonly signer: Pick<PolicySigner, 'key' | 'cosigners'>
  readonly organisation: string
  /** Whether a device is for this process to speak with; others keep its orders for the day when it is theirs. */
  readonly owns?: (deviceId: string) => boolean
  /** An order is over here. */
  readonly onOver?: (deviceId: string, id: string) => void
  readonly now: () => number
  readonly log: { warn(object: object, message: string): void }
}

/** `ex_…`, `qu_…` or `up_…`: the same for the same order, so that a restart does not make another of it. */
export const orderId = (kind: 'ex' | 'qu' | 'up' | 'rk', ...what: readonly string[]): string => `${kind}_${createHash('sha256').update(what.join('\n')).digest('hex').slice(0, 32)}`

/** Signs an order over its context, so that no policy can be taken for one. */
export function signOrder(order: wire.Order.$Properties, { key, cosigners }: Pick<PolicySigner, 'key' | 'cosigners'>): Uint8Array {
  const body = wire.Order.encode(order).finish()
  const text = Buffer.concat([Buffer.from(ORDER_CONTEXT), body])
  return wire.SignedOrder.encode({ body, signatures: [key, ...cosigners].map((one) => ({ keyId: policyKeyId(rawPolicyKey(one)), signature: sign(null, text, one) })) }).finish()
}

interface Waiting extends NewOrder {
  sentAtMs: number
  parts: (Uint8Array | undefined)[]
  settling: boolean
}

export function createOrders({ bus, signer, organisation, now, log, owns = () => true, onOver = () => {} }: OrdersDeps): Orders {
  const devices = new Map<string, Map<string, Waiting>>()
  const forget = (deviceId: string, id: string): void => {
    const waiting = devices.get(deviceId)
    waiting?.delete(id)
    if (waiting?.size === 0) devices.delete(deviceId)
  }
  const publish = (waiting: Waiting): void => {
    const { deviceId, id, expiresAtMs, order } = waiting
    waiting.sentAtMs = now()
    waiting.parts = []
    const signed = signOrder({ organisation, device: deviceId, id, issuedAt: toWireTimestamp(now()), expiresAt: toWireTimestamp(expiresAtMs), ...order }, signer)
    bus.publishDown(deviceId, wire.Down.encode({ order: wire.SignedOrder.decode(signed) }).finish())
  }
  const settle = async (waiting: Waiting, outcome: string): Promise<void> => {
    waiting.settling = true
    try {
      await waiting.onAnswer({ deviceId: waiting.deviceId, outcome, data: Buffer.concat(waiting.parts.filter((part) => part !== undefined)) })
      forget(waiting.deviceId, waiting.id)
      onOver(waiting.deviceId, waiting.id)
    } catch (error) {
      waiting.settling = false
      log.warn({ err: error, deviceId: waiting.deviceId }, 'the answer to an order could not be kept; the device is asked again')
    }
  }
  bus.onAnswer(({ deviceId, data }) => {
    if (data.length > MAX_ANSWER_CHUNK_BYTES + 1024 || !owns(deviceId)) return
    let answer: wire.Answer
    try {
      answer = wire.Answer.decode(data)
    } catch {
      log.warn({ deviceId, bytes: data.length }, 'the answer to an order cannot be read')
      return
    }
    const waiting = devices.get(deviceId)?.get(answer.order)
    const { part, parts, outcome } = answer
    if (waiting === undefined || waiting.settling || !OUTCOME.test(outcome) || part < 1 || part > parts || parts > MAX_PARTS || answer.data.length > MAX_ANSWER_CHUNK_BYTES) return
    if (waiting.parts.length !== parts) waiting.parts = Array.from({ length: parts })
    waiting.parts[part - 1] = answer.data
    if (!waiting.parts.includes(undefined)) void settle(waiting, outcome)
  })

  return {
    send(order) {
      const of = devices.get(order.deviceId) ?? new Map<string, Waiting>()
      // Handed in again, as after a word of another process: it goes out when it is due.
      if (of.has(order.id)) return
      const waiting: Waiting = { ...order, sentAtMs: -AGAIN_MS, parts: [], settling: false }
      of.set(order.id, waiting)
      devices.set(order.deviceId, of)
      if (owns(order.deviceId)) publish(waiting)
    },
    withdraw(deviceId, id) {
      const known = devices.get(deviceId)?.has(id) === true
      forget(deviceId, id)
      if (known) onOver(deviceId, id)
    },
    heard(deviceId) {
      for (const waiting of devices.get(deviceId)?.values() ?? []) {
        if (waiting.expiresAtMs <= now()) forget(deviceId, waiting.id)
        else if (!waiting.settling && now() - waiting.sentAtMs >= AGAIN_MS) publish(waiting)
      }
    },
    get waiting() {
      return [...devices.values()].reduce((sum, of) => sum + of.size, 0)
    },
  }
}
