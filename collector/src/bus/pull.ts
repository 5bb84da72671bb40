// Pulls from the ingest consumer in groups, with as much in hand as one group needs and no more.
//
// A pull asks for PULL_MESSAGES and stays open until they came or PULL_MS passed, so a lone message is handed over at
// once. The next pull goes out when less than a group is in hand or on its way: while one group is being committed the
// next one arrives. What was delivered and not acknowledged comes again after the consumer's ack_wait, so a pull that
// was lost with its connection loses nothing.
import { ACTIVITY_STREAM, deviceOfSubject, INGEST_CONSUMER } from '@holdfast/proto'
import { createInbox, type Msg, type NatsConnection, type Subscription } from 'nats'
import type { BusMessage } from './contract.ts'

const GROUP_MESSAGES = 64
const GROUP_BYTES = 8 * 1024 * 1024
const PULL_MESSAGES = 128
const PULL_BYTES = 16 * 1024 * 1024
const PULL_MS = 20_000
/** After an answer that means trouble (consumer gone, no JetStream) the next pull waits so long. */
const TROUBLE_PAUSE_MS = 250
const NEXT_SUBJECT = `$JS.API.CONSUMER.MSG.NEXT.${ACTIVITY_STREAM}.${INGEST_CONSUMER}`
/** Ends of a pull that are part of its life. */
const ORDINARY_END = new Set([404, 408])

export interface PullOptions {
  readonly handle: (messages: readonly BusMessage[]) => Promise<void>
  /** The consumer may be gone. */
  readonly onTrouble: (status: string) => void
  readonly onError: (error: unknown) => void
  /** How long a pull stays open. */
  readonly pullMs?: number
}

/**
 * Deliveries of a message so far, from its ack subject: `$JS.ACK.<stream>.<consumer>.<deliveries>.…`, or with a domain and
 * an account hash before the stream.
 */
export function deliveriesOf(ackSubject: string): number {
  const tokens = ackSubject.split('.')
  return Number(tokens[tokens.length > 9 ? 6 : 4]) || 1
}

/** What of the stream the consumer has not been given yet, from the same: the last number; where there is a domain a random token follows it. */
export function waitingOf(ackSubject: string): number {
  const tokens = ackSubject.split('.')
  return Number(tokens[tokens.length > 9 ? 10 : 8]) || 0
}

function toBusMessage(message: Msg, deviceId: string): BusMessage {
  const ackSubject = message.reply ?? ''
  return {
    deviceId, subject: message.subject, data: message.data, redeliveries: deliveriesOf(ackSubject) - 1, waiting: waitingOf(ackSubject),
    ack: () => void message.respond('+ACK'), nak: (delayMs) => void message.respond(`-NAK ${JSON.stringify({ delay: Math.round(delayMs * 1_000_000) })}`), term: () => void message.respond('+TERM'),
  }
}

export interface Puller {
  /** Resolves when the signal has aborted and the group in work is settled. */
  run(signal: AbortSignal): Promise<void>
  /** Forgets the pulls that are on their way; after a reconnection, or when the consumer was made anew. */
  reset(): void
}

export function createPuller(connection: NatsConnection, { handle, onTrouble, onError, pullMs = PULL_MS }: PullOptions): Puller {
  const request = JSON.stringify({ batch: PULL_MESSAGES, max_bytes: PULL_BYTES, expires: pullMs * 1_000_000 })
  const waiting: BusMessage[] = []
  /** Open pulls and what is still to come of each. */
  const open = new Map<Subscription, { left: number; readonly timer: NodeJS.Timeout }>()
  let wake: (() => void) | undefined
  let pausedUntil = 0
  const wakeUp = () => wake?.()
  const onTheWay = () => [...open.values()].reduce((sum, pull) => sum + pull.left, 0)

  const close = (subscription: Subscription) => {
    const pull = open.get(subscription)
    if (pull === undefined) return
    clearTimeout(pull.timer)
    open.delete(subscription)
    subscription.unsubscribe()
    wakeUp()
  }

  const onMessage = (subscription: Subscription, message: Msg) => {
    const pull = open.get(subscription)
    const status = message.data.length === 0 && message.headers !== undefined ? message.headers.code : 0
    // A message without a reply subject has an empty one here.
    if (status > 0 && (message.reply ?? '') === '') {
      if (status === 100) return
      close(subscription)
      // 409 with a byte or message limit is a pull that is full; the others mean that there is nothing to pull from.
      const limit = status === 409 && /exceeded/i.test(message.headers?.description ?? '')
      if (ORDINARY_END.has(status) || limit) return
      pausedUntil = Date.now() + TROUBLE_PAUSE_MS
      onTrouble(`${status} ${message.headers?.description ?? ''}`.trim())
      return
    }
    const deviceId = deviceOfSubject(message.subject)
    // The stream's subjects have one token after the prefix; what is no device's is of nobody and cannot be stored.
    if (deviceId === undefined) message.respond('+TERM')
    else waiting.push(toBusMessage(message, deviceId))
    if (pull !== undefined) {
      pull.left -= 1
      if (pull.left <= 0) close(subscription)
    }
    wakeUp()
  }

  const pull = () => {
    const inbox = createInbox()
    const subscription: Subscription = connection.subscribe(inbox, {
      callback: (error, message) => {
        if (error === null) onMessage(subscription, message)
        else close(subscription)
      },
    })
    open.set(subscription, { left: PULL_MESSAGES, timer: setTimeout(() => close(subscription), pullMs + 5000).unref() })
    connection.publish(NEXT_SUBJECT, request, { reply: inbox })
  }

  const take = (): readonly BusMessage[] => {
    let bytes = 0
    let count = 0
    while (count < GROUP_MESSAGES && count < waiting.length && (count === 0 || bytes + (waiting[count]?.data.length ?? 0) <= GROUP_BYTES)) bytes += waiting[count++]?.data.length ?? 0
    return waiting.splice(0, count)
  }

  const reset = () => {
    for (const subscription of open.keys()) close(subscription)
    pausedUntil = 0
    wakeUp()
  }

  return {
    reset,
    async run(signal) {
      signal.addEventListener('abort', wakeUp)
      while (!signal.aborted && !connection.isClosed()) {
        if (waiting.length + onTheWay() < GROUP_MESSAGES && Date.now() >= pausedUntil) pull()
        const group = take()
        if (group.length > 0) await handle(group).catch(onError)
        else {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, pausedUntil > Date.now() ? TROUBLE_PAUSE_MS : 1000)
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          })
          wake = undefined
        }
      }
      signal.removeEventListener('abort', wakeUp)
      reset()
    },
  }
}
