// How many devices may ask to enrol, from one source and in total, and when those that are too many should come back.
//
// A bucket of `burst` fills with `perSecond`. Whoever finds it empty is promised a place of its own in a line that moves with
// `perSecond`, and the bucket owes it: who comes later stands behind, and who comes back when told gets in. A source over its
// own limit does not lengthen the line of all others.
import { isIPv6 } from 'node:net'
import { LRUCache } from 'lru-cache'

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** 10,000 devices behind one proxy in 10 minutes are 17 in a second. */
export const SOURCE_RATE: Rate = { perSecond: 25, burst: 250 }
/** Leaves the store room for what enrolled devices send. */
export const TOTAL_RATE: Rate = { perSecond: 50, burst: 500 }
/** Nobody is sent away for longer. */
const LONGEST_SECS = 600
const SOURCES = 50_000

/** Promised places that are remembered; a device whose place is forgotten stands in line again. */
const PLACES = 100_000
/** A device's clock runs a little fast. */
const EARLY_MS = 1000

interface Bucket {
  readonly name: string
  readonly rate: Rate
  /** Below zero: owed to those in line. */
  tokens: number
  atMs: number
}

const fresh = (name: string, rate: Rate, nowMs: number): Bucket => ({ name, rate, tokens: rate.burst, atMs: nowMs })

function fill(bucket: Bucket, nowMs: number): void {
  // A clock that is set back fills nothing.
  bucket.tokens = Math.min(bucket.rate.burst, bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1000) * bucket.rate.perSecond)
  bucket.atMs = nowMs
}

const seconds = (ms: number): number => Math.min(LONGEST_SECS, Math.max(1, Math.ceil(ms / 1000)))

/** An address as a source: of IPv6, a customer has a whole /64. */
export function sourceOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right]
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

export interface EnrolmentLimit {
  /**
   * @param who the same for all tries of one device: its public key
   * @returns seconds to stay away when there are too many, else undefined
   */
  take(address: string, who: string, nowMs: number): number | undefined
}

export function createEnrolmentLimit(sourceRate: Rate = SOURCE_RATE, totalRate: Rate = TOTAL_RATE): EnrolmentLimit {
  const sources = new LRUCache<string, Bucket>({ max: SOURCES })
  /** When somebody may come back, by bucket and device. */
  const places = new LRUCache<string, number>({ max: PLACES })
  let total: Bucket | undefined

  const enter = (bucket: Bucket, who: string, nowMs: number): number | undefined => {
    fill(bucket, nowMs)
    const key = `${bucket.name} ${who}`
    const placeMs = places.get(key)
    if (placeMs !== undefined) {
      if (placeMs > nowMs + EARLY_MS) return seconds(placeMs - nowMs)
      places.delete(key)
      return undefined
    }
    const waitMs = ((1 - bucket.tokens) / bucket.rate.perSecond) * 1000
    // The line is as long as the longest wait; who comes then has no place in it.
    if (waitMs > LONGEST_SECS * 1000) return LONGEST_SECS
    bucket.tokens -= 1
    if (waitMs <= 0) return undefined
    places.set(key, nowMs + waitMs)
    return seconds(waitMs)
  }

  return {
    take(address, who, nowMs) {
      const name = sourceOf(address)
      const own = sources.get(name) ?? fresh(name, sourceRate, nowMs)
      sources.set(name, own)
      total ??= fresh('', totalRate, nowMs)
      const ownWait = enter(own, who, nowMs)
      if (ownWait !== undefined) return ownWait
      const wait = enter(total, who, nowMs)
      // Its source has let it in already.
      if (wait !== undefined) places.set(`${name} ${who}`, nowMs)
      return wait
    },
  }
}
