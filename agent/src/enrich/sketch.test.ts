import { describe, expect, it } from 'vitest'
import { resemblance, SKETCH_HASHES, sketchOfBytes } from './sketch.ts'

/** Text that is the same on every run and repeats nothing. */
function textOf(seed: number, bytes: number): string {
  let state = seed
  let text = ''
  while (text.length < bytes) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223
    text += `${(state >>> 0).toString(36)} `
  }
  return text.slice(0, bytes)
}
const alike = (a: string, b: string): number => resemblance(sketchOfBytes(Buffer.from(a)), sketchOfBytes(Buffer.from(b)))
const text = textOf(1, 200_000)

describe('two contents', () => {
  it('that are the same are wholly alike, and others not at all', () => {
    expect(alike(text, text)).toBe(1)
    expect(alike(text, textOf(2, 200_000))).toBe(0)
  })
  it('are alike by as much as they share, wherever something was inserted, cut or added', () => {
    expect(alike(text, `${text.slice(0, 500)}a new sentence${text.slice(500)}`)).toBeGreaterThan(0.9)
    expect(alike(text, text.slice(20_000))).toBeGreaterThan(0.7)
    const half = alike(text, text.slice(0, 100_000) + textOf(3, 100_000))
    expect(half).toBeGreaterThan(0.1)
    expect(half).toBeLessThan(0.6)
  })
  it('of a few pages are compared as well', () => {
    expect(alike(text.slice(0, 12_000), `${text.slice(0, 6000)}one word more${text.slice(6000, 12_000)}`)).toBeGreaterThan(0.5)
  })
})

describe('a sketch', () => {
  it('has the smallest hashes only, and none of blank pieces', () => {
    expect(sketchOfBytes(Buffer.from(text))).toHaveLength(SKETCH_HASHES)
    expect(sketchOfBytes(Buffer.alloc(1 << 20))).toEqual([])
    expect(resemblance([], [])).toBe(0)
  })
})
