// Counts tries before they are checked, so that parallel guesses cannot pass a limit together.
import { LRUCache } from 'lru-cache'

export interface Throttle {
  /** Takes one try. @returns seconds to wait when there is none left, else undefined */
  take(key: string, nowMs: number): number | undefined
  /** Gives the tries back, after a success. */
  reset(key: string): void
}

/** @param limit tries in each window of `windowSecs` */
export function createThrottle(limit: number, windowSecs: number): Throttle {
  const windows = new LRUCache<string, { since: number; used: number }>({ max: 50_000 })
  return {
    take(key, nowMs) {
      const current = windows.get(key)
      if (current === undefined || nowMs - current.since >= windowSecs * 1000) {
        windows.set(key, { since: nowMs, used: 1 })
        return undefined
      }
      current.used += 1
      return current.used <= limit ? undefined : Math.max(1, Math.ceil((current.since + windowSecs * 1000 - nowMs) / 1000))
    },
    reset: (key) => void windows.delete(key),
  }
}
