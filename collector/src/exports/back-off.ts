// When to try again. Full jitter: any time between now and the end of a span that doubles with each failure, so that
// many who failed together do not come back together. Source: AWS Architecture Blog, "Exponential Backoff And Jitter".

export interface BackOff {
  readonly baseMs: number
  readonly capMs: number
  /** Rest at least when the breaker is open. */
  readonly openMs: number
}

export const DEFAULT_BACK_OFF: BackOff = { baseMs: 1000, capMs: 300_000, openMs: 10_000 }

/**
 * @param failures in a row, 1 after the first
 * @param random 0 to 1
 * @returns milliseconds
 */
export function pauseMs(failures: number, random: number, { baseMs, capMs }: BackOff = DEFAULT_BACK_OFF): number {
  return Math.round(random * Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30)))
}
