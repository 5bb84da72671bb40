import { describe, expect, test } from 'vitest'
import { createEnrolmentLimit, type EnrolmentLimit, sourceOf } from './limits.ts'

const START = Date.UTC(2026, 5, 1)
const wide = { perSecond: 1000, burst: 1000 }

/** Devices that come when they say and come back when told. @returns how often the most patient of them tried */
function tries(limit: EnrolmentLimit, arrivals: readonly number[]): number {
  const due = arrivals.map((at, index) => ({ at, who: `key ${index}`, tries: 1 }))
  let most = 0
  while (due.length > 0) {
    due.sort((a, b) => b.at - a.at)
    const next = due.pop()
    if (next === undefined) break
    const wait = limit.take('192.0.2.1', next.who, next.at)
    most = Math.max(most, next.tries)
    if (wait !== undefined) due.push({ ...next, at: next.at + wait * 1000, tries: next.tries + 1 })
  }
  return most
}

describe('many devices that ask to enrol', () => {
  test('get in as long as the burst lasts, and then each its own time to come back', () => {
    const limit = createEnrolmentLimit({ perSecond: 2, burst: 3 }, wide)
    expect(['a', 'b', 'c'].map((who) => limit.take('192.0.2.1', who, START))).toEqual([undefined, undefined, undefined])
    expect(['d', 'e', 'f', 'g'].map((who) => limit.take('192.0.2.1', who, START))).toEqual([1, 1, 2, 2])
    expect(['d', 'e', 'f', 'g'].map((who) => limit.take('192.0.2.1', who, START + 1000))).toEqual([undefined, undefined, undefined, undefined])
  })

  test('who comes back when told gets in: a herd ends with one retry each, over either limit', () => {
    const herd = Array.from({ length: 500 }, () => START)
    expect(tries(createEnrolmentLimit(wide, { perSecond: 10, burst: 20 }), herd)).toBe(2)
    expect(tries(createEnrolmentLimit({ perSecond: 10, burst: 20 }, wide), herd)).toBe(2)
  })

  test('newcomers take nobody’s place: they stand behind those who were told to come back', () => {
    const crowd = Array.from({ length: 3000 }, (_, index) => START + index * 20)
    expect(tries(createEnrolmentLimit({ perSecond: 25, burst: 50 }, { perSecond: 25, burst: 50 }), crowd)).toBeLessThanOrEqual(3)
  })

  test('who comes too early keeps the place, and who never comes back holds up nobody behind', () => {
    const limit = createEnrolmentLimit({ perSecond: 1, burst: 1 }, wide)
    limit.take('192.0.2.1', 'a', START)
    expect(limit.take('192.0.2.1', 'b', START)).toBe(1)
    expect(limit.take('192.0.2.1', 'c', START)).toBe(2)
    expect(limit.take('192.0.2.1', 'd', START)).toBe(3)
    expect(limit.take('192.0.2.1', 'd', START + 500)).toBe(3)
    expect(limit.take('192.0.2.1', 'd', START + 3000)).toBeUndefined()
    expect(limit.take('192.0.2.1', 'c', START + 3000)).toBeUndefined()
  })

  test('one source over its limit keeps nobody else waiting', () => {
    const limit = createEnrolmentLimit({ perSecond: 1, burst: 2 }, { perSecond: 1, burst: 4 })
    for (let n = 0; n < 1000; n += 1) limit.take('192.0.2.1', `key ${n}`, START)
    expect(limit.take('192.0.2.2', 'a', START)).toBeUndefined()
    expect(limit.take('192.0.2.3', 'b', START)).toBeUndefined()
    expect(limit.take('192.0.2.4', 'c', START)).toBe(1)
  })

  test('nobody is sent away for more than ten minutes, also when the clock jumps', () => {
    const limit = createEnrolmentLimit({ perSecond: 1, burst: 1 }, wide)
    for (let n = 0; n < 5000; n += 1) expect(limit.take('192.0.2.1', `key ${n}`, START) ?? 0).toBeLessThanOrEqual(600)
    expect(limit.take('192.0.2.1', 'key 9', START - 3_600_000)).toBeLessThanOrEqual(600)
    expect(limit.take('192.0.2.1', 'key 9', START + 3_600_000)).toBeUndefined()
    expect(limit.take('192.0.2.1', 'new', START + 3_600_000)).toBeUndefined()
  })
})

describe('a source', () => {
  test.each([['192.0.2.1', '192.0.2.1'], ['::ffff:192.0.2.1', '192.0.2.1'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:0db8:0001:2::9', '2001:db8:1:2::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64']])('%s is %s', (address, source) => {
    expect(sourceOf(address)).toBe(source)
  })
})
