// What waits for the next step of a sign-in or an enrolment: kept here, never in the browser, for minutes and once.
import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'

export interface Pending<T> {
  /** @returns a name that cannot be guessed */
  put(value: T, nowMs: number): string
  /** Under a name of the caller's, such as the id of an account; over what waited there. */
  keep(id: string, value: T, nowMs: number): void
  get(id: string | undefined, nowMs: number): T | undefined
  /** Gives it out and forgets it. */
  take(id: string | undefined, nowMs: number): T | undefined
  forget(id: string): void
}

export function createPending<T extends object>(lifeSecs: number): Pending<T> {
  const waiting = new LRUCache<string, { readonly value: T; readonly untilMs: number }>({ max: 10_000 })
  const get = (id: string | undefined, nowMs: number): T | undefined => {
    const found = id === undefined ? undefined : waiting.get(id)
    return found === undefined || found.untilMs <= nowMs ? undefined : found.value
  }
  return {
    put(value, nowMs) {
      const id = randomBytes(32).toString('base64url')
      waiting.set(id, { value, untilMs: nowMs + lifeSecs * 1000 })
      return id
    },
    keep: (id, value, nowMs) => void waiting.set(id, { value, untilMs: nowMs + lifeSecs * 1000 }),
    get,
    take(id, nowMs) {
      const value = get(id, nowMs)
      if (id !== undefined) waiting.delete(id)
      return value
    },
    forget: (id) => void waiting.delete(id),
  }
}
