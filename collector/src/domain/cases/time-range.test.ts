import { describe, expect, test } from 'vitest'
import { parseTime, TIME_PATTERN } from './time-range.ts'

/** A Wednesday. */
const NOW = Date.parse('2026-03-04T15:30:45.500Z')
const iso = (text: string, side: 'from' | 'to' = 'from') => {
  const at = parseTime(text, NOW, side)
  return at === undefined ? undefined : new Date(at).toISOString()
}

describe('times as people write them', () => {
  test.each([
    ['now', '2026-03-04T15:30:45.500Z'], ['now-90m', '2026-03-04T14:00:45.500Z'], ['now-30d', '2026-02-02T15:30:45.500Z'], ['now-1w', '2026-02-25T15:30:45.500Z'], ['now/d', '2026-03-04T00:00:00.000Z'], ['now-1d/d', '2026-03-03T00:00:00.000Z'],
    ['now/w', '2026-03-02T00:00:00.000Z'], ['now-3h/h', '2026-03-04T12:00:00.000Z'], ['2026-03-01', '2026-03-01T00:00:00.000Z'], ['2026-03-01T09:00:00+02:00', '2026-03-01T07:00:00.000Z'], ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('%s begins a range at %s', (text, wanted) => {
    expect([iso(text), new RegExp(TIME_PATTERN).test(text)]).toEqual([wanted, true])
  })
  test('the end of a range holds the whole day, hour or week that it names, and the present', () => {
    expect([iso('2026-03-01', 'to'), iso('now/d', 'to'), iso('now-1d/d', 'to'), iso('now/w', 'to'), parseTime('now', NOW, 'to')]).toEqual(['2026-03-02T00:00:00.000Z', '2026-03-05T00:00:00.000Z', '2026-03-04T00:00:00.000Z', '2026-03-09T00:00:00.000Z', NOW + 1])
  })
  test.each(['', 'yesterday', 'now+1d', 'now-1y', 'now-d', 'now-1d/m', '2026-02-30', '2026-13-01', '2026-03-01T25:00:00Z', '2026-03-01T09:00:00', '1771234567', ' now'])('"%s" is no time', (text) => {
    expect(iso(text)).toBeUndefined()
  })
})
