import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quantileOf, rocAuc, shareInTop } from './figures.ts'

const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 })

describe('the area under the curve', () => {
  test('is 1 when every insider is above everybody, 0 the other way round, and a half when nothing tells them apart', () => {
    expect([rocAuc([5, 9], [1, 4, 0]), rocAuc([0], [1, 2]), rocAuc([3, 3], [3, 3, 3])]).toEqual([1, 0, 0.5])
  })
  test('is what counting every pair gives', () => {
    fc.assert(fc.property(scores, scores, (insiders, others) => {
      const pairs = insiders.flatMap((a) => others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)))
      expect(rocAuc(insiders, others)).toBeCloseTo(pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length, 10)
    }))
  })
  test('is not a number without insiders or without others', () => {
    expect([rocAuc([], [1]), rocAuc([1], [])]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('the share in the top', () => {
  test('counts places, and ties by the places that are left', () => {
    expect(shareInTop([90, 80], [70, 60, 50, 40, 30, 20, 10, 0], 0.2)).toBe(1)
    expect(shareInTop([90, 10], [70, 60, 50, 40, 30, 20, 15, 0], 0.2)).toBe(0.5)
    expect(shareInTop([50], [50, 50, 50], 0.25)).toBe(0.25)
  })
  test('gives nobody a place for a score of nothing', () => {
    expect(shareInTop([0, 0], [0, 0, 0], 0.5)).toBe(0)
  })
  test('is never above 1 and is 1 for the whole', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), scores, (insiders, others) => {
      expect(shareInTop(insiders, others, 0.3)).toBeLessThanOrEqual(1)
      expect(shareInTop(insiders, others, 1)).toBe(1)
    }))
  })
})

test('a quantile is one of the values', () => {
  expect([quantileOf([3, 1, 2], 0.5), quantileOf([3, 1, 2], 0.9), quantileOf([], 0.5)]).toEqual([2, 3, null])
})
