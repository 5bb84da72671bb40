// How many devices may ask to enrol, from one source and in total, and when those that are too many should come back.
//
// A bucket of `burst` fills with `perSecond`. Whoever finds it empty is told a time of its own, the next place in a line that
// moves with `perSecond`: a thousand devices that come together come back one after the other, and not all together again.
// A source over its own limit does not lengthen the line of all others.
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

interface Bucket {
  tokens: number
  atMs: number
  /** Up to here places in the line are given away. */
  lineMs: number
}

const fresh = ({ burst }: Rate, nowMs: number): Bucket => ({ tokens: burst, atMs: nowMs, lineMs: nowMs })

function fill(bucket: Bucket, { perSecond, burst }: Rate, nowMs: number): void {
  // A clock that is set back fills nothing.
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond)
  bucket.atMs = nowMs
}

/** Seconds until the next place in the line, which is taken. */
function nextPlace(bucket: Bucket, { perSecond }: Rate, nowMs: number): number {
  const first = nowMs + ((1 - bucket.tokens) / perSecond) * 1000
  // A line that a clock set forward has made is not believed.
  const line = bucket.lineMs > nowMs + LONGEST_SECS * 1000 ? nowMs : bucket.lineMs
  bucket.lineMs = Math.max(first, line + 1000 / perSecond)
  return Math.min(LONGEST_SECS, Math.max(1, Math.ceil((bucket.lineMs - nowMs) / 1000)))
}

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
  /** @returns seconds to stay away when there are too many, else undefined */
  take(address: string, nowMs: number): number | undefined
}

export function createEnrolmentLimit(sourceRate: Rate = SOURCE_RATE, totalRate: Rate = TOTAL_RATE): EnrolmentLimit {
  const sources = new LRUCache<string, Bucket>({ max: SOURCES })
  let total: Bucket | undefined
  return {
    take(address, nowMs) {
      const key = sourceOf(address)
      const own = sources.get(key) ?? fresh(sourceRate, nowMs)
      sources.set(key, own)
      total ??= fresh(totalRate, nowMs)
      fill(own, sourceRate, nowMs)
      fill(total, totalRate, nowMs)
      if (own.tokens < 1) return nextPlace(own, sourceRate, nowMs)
      if (total.tokens < 1) return nextPlace(total, totalRate, nowMs)
      own.tokens -= 1
      total.tokens -= 1
      return undefined
    },
  }
}
