// The insights of a long stream in bounded room.
//
// What was touched last is at hand as it is. When there is too much of it, everything is packed away, user by user, in
// about a tenth of the room. Packed insights are not looked at again before the end: what is added to the same user and
// day later is another part, and the parts are merged when they are taken out. Merging is commutative and associative,
// so packing changes nothing but room and time.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { mergeInsights } from '../domain/risk/count.ts'
import type { Insight } from '../domain/risk/insight.ts'

/** Insights at hand, some half a kilobyte to a kilobyte each. */
const AT_HAND = 150_000
/** Fast: what is packed is read once. */
const LEVEL = 1

export interface Shelf {
  add(insight: Insight): void
  users(): Iterable<string>
  /** All of one user, rising by day and indicator. */
  of(userId: string): readonly Insight[]
}

const keyOf = ({ day, indicator }: Insight): string => `${day} ${indicator}`

function put(own: Map<string, Insight>, insight: Insight): boolean {
  const key = keyOf(insight)
  const before = own.get(key)
  own.set(key, before === undefined ? insight : mergeInsights(before, insight))
  return before === undefined
}

/** @param atHand insights that are kept unpacked */
export function createShelf(atHand = AT_HAND): Shelf {
  const open = new Map<string, Map<string, Insight>>()
  const packed = new Map<string, Buffer[]>()
  let count = 0
  const packAll = (): void => {
    for (const [userId, own] of open) {
      if (own.size === 0) continue
      const parts = packed.get(userId) ?? []
      packed.set(userId, parts)
      parts.push(deflateRawSync(JSON.stringify([...own.values()]), { level: LEVEL }))
      open.set(userId, new Map())
    }
    count = 0
  }
  return {
    add(insight) {
      let own = open.get(insight.userId)
      if (own === undefined) open.set(insight.userId, (own = new Map()))
      if (put(own, insight)) count += 1
      if (count >= atHand) packAll()
    },
    users: () => open.keys(),
    of(userId) {
      const all = new Map(open.get(userId))
      for (const part of packed.get(userId) ?? []) for (const insight of JSON.parse(inflateRawSync(part).toString()) as readonly Insight[]) put(all, insight)
      return [...all.values()].toSorted((a, b) => a.day - b.day || (a.indicator < b.indicator ? -1 : a.indicator > b.indicator ? 1 : 0))
    },
  }
}
