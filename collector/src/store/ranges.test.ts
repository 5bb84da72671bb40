import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addRange, contiguous, holds, type Range, uncovered } from './ranges.ts'

const anyRange = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(15)).map(([first, more]): Range => ({ first, last: first + more }))
const members = (ranges: readonly Range[]): Set<number> => new Set(ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index)))
const build = (list: readonly Range[]): Range[] => list.reduce<Range[]>((ranges, range) => addRange(ranges, range), [])

describe('ranges say what a set of numbers says', () => {
  test('whatever is added in whatever order, they stay sorted, apart and complete', () => {
    fc.assert(fc.property(fc.array(anyRange, { maxLength: 20 }), (list) => {
      const ranges = build(list)
      expect(members(ranges)).toEqual(new Set([...members(list)].toSorted((a, b) => a - b)))
      for (const [index, range] of ranges.entries()) expect(range.first).toBeGreaterThan((ranges[index - 1]?.last ?? -1) + 1)
      expect(build(list.toReversed())).toEqual(ranges)
    }), { numRuns: 500 })
  })
  test('what is not covered is exactly what is missing', () => {
    fc.assert(fc.property(fc.array(anyRange, { maxLength: 10 }), anyRange, (list, wanted) => {
      const held = members(list)
      // Overlapping ranges are taken too, as received ranges and gaps are asked together.
      const sorted = list.toSorted((a, b) => a.first - b.first)
      expect(members(uncovered(sorted, wanted))).toEqual(new Set([...members([wanted])].filter((value) => !held.has(value))))
    }), { numRuns: 500 })
  })
  test('the contiguous end is the last number before the first hole', () => {
    fc.assert(fc.property(fc.array(anyRange, { maxLength: 10 }), fc.nat(80), (list, value) => {
      const ranges = build(list)
      const held = members(list)
      let reached = 0
      while (held.has(reached + 1)) reached += 1
      expect(contiguous(ranges)).toBe(reached)
      expect(holds(ranges, value)).toBe(held.has(value))
    }), { numRuns: 500 })
  })
  test('numbers as large as a device may count to are no problem', () => {
    const last = Number.MAX_SAFE_INTEGER
    expect(build([{ first: 1, last: last - 1 }, { first: last, last }])).toEqual([{ first: 1, last }])
    expect(uncovered([{ first: 1, last }], { first: last - 5, last })).toEqual([])
  })
})
