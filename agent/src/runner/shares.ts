// Who may make how many activities wait, so that nobody's flood pushes out what others do.
//
// Two rules, both without a number a second, because an honest copy of 20,000 files is as fast as a flood:
//
//   room      one person may hold at most three times the room that is free, one sensor at most seven times: alone, three
//             quarters (24,576) and seven eighths; with N of them flooding at once, a part of 1 / (1 + 3N) still stays free
//             (the dynamic threshold of Choudhury and Hahne, IEEE/ACM Trans. Networking 6(2), 1998)
//   bucket    while the spool is more than half full, which is when a flood would make it drop what others did before: for
//             each person a leaky bucket of 20,000 activities that empties by 20 a second

const PERSON_TIMES_FREE = 3
const SENSOR_TIMES_FREE = 7
const BUCKET = 20_000
const LEAK_PER_SECOND = 20
const PRESSED = 0.5
const MAX_PERSONS = 4096

export interface Shares {
  /** Whether one more activity of this sensor and person may wait; it is counted then. */
  take(sensor: string, person: string): boolean
  /** One that was taken is done. */
  give(sensor: string, person: string): void
}

export interface SharesDeps {
  readonly maxOutstanding: number
  /** How full the spool is, 0 to 1. */
  readonly pressure: () => number
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number
  readonly bucket?: number
}

export function createShares({ maxOutstanding, pressure, steady, bucket = BUCKET }: SharesDeps): Shares {
  const bySensor = new Map<string, number>()
  const byPerson = new Map<string, number>()
  const buckets = new Map<string, { level: number; atMs: number }>()
  let total = 0

  const add = (counts: Map<string, number>, key: string, by: number): void => {
    const next = (counts.get(key) ?? 0) + by
    if (next > 0) counts.set(key, next)
    else counts.delete(key)
  }

  const fits = (person: string): boolean => {
    const atMs = steady()
    const known = buckets.get(person)
    const level = known === undefined ? 0 : Math.max(0, known.level - ((atMs - known.atMs) * LEAK_PER_SECOND) / 1000)
    const full = pressure() > PRESSED && level + 1 > bucket
    // Counted also while there is room, so that a flood that began before is known.
    if (buckets.size >= MAX_PERSONS && known === undefined) buckets.clear()
    buckets.set(person, { level: Math.min(bucket, full ? level : level + 1), atMs })
    return !full
  }

  return {
    take(sensor, person) {
      const free = maxOutstanding - total
      if (free <= 0 || (byPerson.get(person) ?? 0) >= free * PERSON_TIMES_FREE || (bySensor.get(sensor) ?? 0) >= free * SENSOR_TIMES_FREE || !fits(person)) return false
      total += 1
      add(bySensor, sensor, 1)
      add(byPerson, person, 1)
      return true
    },
    give(sensor, person) {
      total -= 1
      add(bySensor, sensor, -1)
      add(byPerson, person, -1)
    },
  }
}
