// How long to stay away. Full jitter: after a broker's restart a fleet comes back spread over the whole span, not in waves.

export const BACKOFF_BASE_MS = 1000
export const BACKOFF_CAP_MS = 300_000
/** Longest span that a collector may spread a fleet's return over. */
const SPREAD_CAP_MS = 600_000
/** Longest time that a collector may send an agent away for. */
const RETRY_AFTER_CAP_SECS = 3600
/** A retry-after is a floor; this share of it on top keeps devices that were told the same apart. */
const RETRY_AFTER_SPREAD = 0.2

/**
 * Milliseconds before the next try: evenly from 0 to base x 2^failures, at most the cap; or over the span that the collector
 * asked for, where that is longer.
 *
 * @param failures tries that failed in a row before this one, from 0
 * @param random 0 to 1
 * @param spreadMs span that the whole fleet should spread its return over
 */
export function backoffMs(failures: number, random: number, { baseMs = BACKOFF_BASE_MS, capMs = BACKOFF_CAP_MS, spreadMs = 0 } = {}): number {
  return Math.floor(random * Math.max(Math.min(spreadMs, SPREAD_CAP_MS), Math.min(capMs, baseMs * 2 ** Math.min(failures, 30))))
}

/** Milliseconds to stay away after the collector named a time. @param random 0 to 1 */
export function retryAfterMs(seconds: number, random: number): number {
  return Math.floor(Math.min(RETRY_AFTER_CAP_SECS, Math.max(1, seconds)) * 1000 * (1 + RETRY_AFTER_SPREAD * random))
}
