// The WebSocket with its back-off: full jitter, base 1 s, cap 30 s, for ever. Everything outside comes in as an argument.
import type { LiveMessage } from '@holdfast/collector/contract'

export type LiveState = 'connecting' | 'open' | 'waiting'

/** What we use of a browser's WebSocket. */
export interface LiveSocket {
  opened: (() => void) | null
  closed: (() => void) | null
  received: ((event: { readonly data: unknown }) => void) | null
  close(): void
}

export interface LiveConnectionOptions {
  readonly open: () => LiveSocket
  readonly onMessage: (message: LiveMessage) => void
  readonly onState: (state: LiveState) => void
  readonly wait: (ms: number, then: () => void) => () => void
  readonly random: () => number
}

const BASE_MS = 1000
const CAP_MS = 30_000

/** Milliseconds before attempt number `attempt` (0 is the first after a loss). */
export const backOffMs = (attempt: number, random: () => number): number => Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt))

/** The message, or undefined for anything that has no topic. */
export const parseLiveMessage = (data: unknown): LiveMessage | undefined => {
  if (typeof data !== 'string') return undefined
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  return typeof value === 'object' && value !== null && 'topic' in value && typeof value.topic === 'string' ? (value as LiveMessage) : undefined
}

/** Opens the connection and keeps it open until the returned function is called. */
export const keepLive = ({ open, onMessage, onState, wait, random }: LiveConnectionOptions): (() => void) => {
  let stopped = false
  let attempt = 0
  let socket: LiveSocket | undefined
  let cancelWait: (() => void) | undefined
  const connect = (): void => {
    onState('connecting')
    const current = open()
    socket = current
    current.opened = () => {
      attempt = 0
      onState('open')
    }
    current.received = ({ data }) => {
      const message = parseLiveMessage(data)
      if (message !== undefined) onMessage(message)
    }
    current.closed = () => {
      if (stopped || socket !== current) return
      onState('waiting')
      cancelWait = wait(backOffMs(attempt, random), connect)
      attempt += 1
    }
  }
  connect()
  return () => {
    stopped = true
    cancelWait?.()
    socket?.close()
  }
}
