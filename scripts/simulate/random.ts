// Seeded chance. Every person and day has a stream of its own, so that one more person changes nobody else's days.

/** Draws of one stream. */
export interface Chance {
  /** 0 up to, not including, 1. */
  next(): number
  /** Whole number from low to high, both included. */
  between(low: number, high: number): number
  /** True in this share of cases. */
  happens(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** How often something of this mean happens (Poisson; rounded normal above 30). */
  count(mean: number): number
  /** Factor around 1 with this spread (log-normal, mean 1). */
  factor(sigma: number): number
  /** 8 hex digits. */
  hex(): string
}

const mix = (state: number, value: number): number => {
  let mixed = Math.imul(state ^ value, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** The stream of these numbers (mulberry32 over their mix). */
export function chance(...keys: readonly number[]): Chance {
  let state = keys.reduce((sum, key) => mix(sum, (key + 0x9e3779b9) >>> 0), 0x2545f491)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  // Box and Muller; one of the pair is enough.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    between: (low, high) => Math.floor(low + next() * (high - low + 1)),
    happens: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    count(mean) {
      if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
      const floor = Math.exp(-mean)
      let events = 0
      for (let product = next(); product > floor; product *= next()) events += 1
      return events
    },
    factor: (sigma) => Math.exp(sigma * normal() - (sigma * sigma) / 2),
    hex: () => Math.floor(next() * 0x1_0000_0000).toString(16).padStart(8, '0'),
  }
}
