import { describe, expect, test } from 'vitest'
import { createEnrolmentLimit, sourceOf } from './limits.ts'

const START = Date.UTC(2026, 5, 1)
const wide = { perSecond: 1000, burst: 1000 }

describe('many devices that ask to enrol', () => {
  test('get in as long as the burst lasts, and then each its own time to come back', () => {
    const limit = createEnrolmentLimit({ perSecond: 2, burst: 3 }, wide)
    expect([1, 2, 3].map(() => limit.take('192.0.2.1', START))).toEqual([undefined, undefined, undefined])
    expect([1, 2, 3, 4].map(() => limit.take('192.0.2.1', START))).toEqual([1, 1, 2, 2])
    expect(limit.take('192.0.2.1', START + 500)).toBeUndefined()
  })

  test('who comes back when told gets in: a herd ends with one retry each', () => {
    const limit = createEnrolmentLimit(wide, { perSecond: 10, burst: 20 })
    const due: { at: number; tries: number }[] = Array.from({ length: 500 }, () => ({ at: START, tries: 1 }))
    let most = 0
    while (due.length > 0) {
      due.sort((a, b) => a.at - b.at)
      const next = due.shift()
      if (next === undefined) break
      const wait = limit.take('192.0.2.1', next.at)
      most = Math.max(most, next.tries)
      if (wait !== undefined) due.push({ at: next.at + wait * 1000, tries: next.tries + 1 })
    }
    expect(most).toBeLessThanOrEqual(2)
  })

  test('one source over its limit keeps nobody else waiting', () => {
    const limit = createEnrolmentLimit({ perSecond: 1, burst: 2 }, { perSecond: 1, burst: 4 })
    for (let n = 0; n < 1000; n += 1) limit.take('192.0.2.1', START)
    expect(limit.take('192.0.2.2', START)).toBeUndefined()
    expect(limit.take('192.0.2.3', START)).toBeUndefined()
    expect(limit.take('192.0.2.4', START)).toBe(1)
  })

  test('nobody is sent away for more than ten minutes, also when the clock jumps', () => {
    const limit = createEnrolmentLimit({ perSecond: 1, burst: 1 }, wide)
    for (let n = 0; n < 5000; n += 1) expect(limit.take('192.0.2.1', START) ?? 0).toBeLessThanOrEqual(600)
    expect(limit.take('192.0.2.1', START - 3_600_000)).toBeLessThanOrEqual(600)
    expect(limit.take('192.0.2.1', START + 3_600_000)).toBeUndefined()
  })
})

describe('a source', () => {
  test.each([['192.0.2.1', '192.0.2.1'], ['::ffff:192.0.2.1', '192.0.2.1'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:0db8:0001:2::9', '2001:db8:1:2::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64']])('%s is %s', (address, source) => {
    expect(sourceOf(address)).toBe(source)
  })
})
