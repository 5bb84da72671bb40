import type { UserChart } from '@holdfast/collector/contract'
import { describe, expect, test } from 'vitest'
import { buildChart } from '../../testing/builders.ts'
import { bubblesBetween, bubblesOf, busiestDay, everything, sequenceLines, stepFrom } from './chart-data.ts'
import { chartOption, focusRing, largestPx, type ChartWords } from './chart-option.ts'
import { CATEGORIES, categoryLooks, LEVELS, levelLooks } from './looks.ts'
import { rangeOf, readActivitySearch, writeActivitySearch } from './user-activity.tsx'

const words: ChartWords = { y: 'Score', files: 'Files', summary: 'sum', nameOf: (group) => group, describe: () => ['<b>'], describeMarker: () => [], describeDay: () => [] }
const option = (chart: UserChart, view: 'bubbles' | 'cumulative' = 'bubbles') => chartOption({ chart, bubbles: bubblesOf(chart), by: 'level', view, markers: chart.markers }, 'light', words)
interface Series { readonly id: string; readonly type: string; readonly symbol?: string; readonly data: readonly { readonly value: readonly [number, number] }[] }
const series = (given: ReturnType<typeof option>): readonly Series[] => given['series'] as readonly Series[]

describe('what is drawn', () => {
  test('every category and every level has a shape and a colour of its own', () => {
    for (const looks of [CATEGORIES.map((key) => categoryLooks[key]), LEVELS.map((key) => levelLooks[key])]) {
      expect(new Set(looks.map(({ symbol }) => symbol)).size).toBe(looks.length)
      expect(new Set(looks.map(({ mark }) => mark)).size).toBe(looks.length)
    }
  })
  test('the worst lies on top, sequences over their bubbles, markers in their own row, and nothing moves', () => {
    const drawn = option(buildChart())
    expect(drawn['animation']).toBe(false)
    expect(series(drawn).map(({ id }) => id)).toEqual(['group low', 'group medium', 'group high', 'line 2026-11-23 protection_off_then_exfiltration', 'sequences', 'flags', 'flag line 0', 'focus'])
  })
  test('the tooltip is plain text, so that a file name is never HTML', () => {
    expect(option(buildChart())['tooltip']).toMatchObject({ renderMode: 'richText' })
  })
  test('a sequence is a line through its bubbles that ends at its icon', () => {
    const bubbles = bubblesOf(buildChart())
    const [line] = sequenceLines(bubbles)
    expect(line?.path.map(([, y]) => y)).toEqual([45, 82, 75])
    expect(sequenceLines(bubblesOf(buildChart(), everything, 'category', new Set(['exfiltration'])))[0]?.path.length).toBe(2)
  })
  test('what left grows from nothing and stays until the end of the range', () => {
    const curve = series(option(buildChart(), 'cumulative'))[0]
    expect(curve?.data.map(({ value }) => value[1])).toEqual([0, 8, 320, 320])
    expect(curve?.data.at(-1)?.value[0]).toBe(Date.parse('2026-11-24T00:00:00Z'))
  })
  test('bubbles of a long range are smaller, so that a day does not bury its neighbours', () => {
    expect([largestPx(3), largestPx(30), largestPx(90), largestPx(180)]).toEqual([44, 44, 27, 18])
  })
  test('the ring stands where the keyboard is, and nowhere else', () => {
    const bubbles = bubblesOf(buildChart())
    expect(focusRing(bubbles, bubbles[0]?.key, buildChart())).toMatchObject({ series: [{ data: [{ value: [bubbles[0]?.xMs, 12] }] }] })
    expect(focusRing(bubbles, 'gone', buildChart())).toEqual({ series: [{ id: 'focus', data: [] }] })
  })
})

describe('filters', () => {
  test('a score over 15 keeps what is in a sequence, whatever its own score', () => {
    expect(bubblesOf(buildChart(), { ...everything, risk: 'score' }).map(({ y }) => y)).toEqual([82, 75, 45])
    expect(bubblesOf(buildChart({ sequences: [] }), { ...everything, risk: 'sequence' })).toEqual([])
  })
  test('categories and review status leave out the rest', () => {
    const [first, ...rest] = buildChart().points
    if (first === undefined) throw new Error('The builder makes points.')
    const chart = buildChart({ points: [{ ...first, reviewedEvents: first.events }, ...rest], sequences: [] })
    expect(bubblesOf(chart, { ...everything, categories: ['security'] }).map(({ label }) => label)).toEqual(['Security feature switched off'])
    expect(bubblesOf(chart, { ...everything, review: 'done' }).map(({ y }) => y)).toEqual([82])
    expect(bubblesOf(chart, { ...everything, review: 'open' }).map(({ y }) => y)).toEqual([12, 45])
  })
  test('a short range shows each activity', () => {
    const chart = buildChart({ sequences: [], events: [{ id: 'd.e.1', at: '2026-11-23T08:00:00.000Z', kind: 'file_copied', indicator: 'x', category: 'exfiltration', label: 'Copy', bytes: 1, score: 82, severity: 'high' }] })
    expect(bubblesOf(chart)).toMatchObject([{ kind: 'event', xMs: Date.parse('2026-11-23T08:00:00Z') }])
  })
})

describe('the keyboard', () => {
  const bubbles = bubblesOf(buildChart())
  const walk = (...steps: readonly Parameters<typeof stepFrom>[2][]): number | undefined => {
    let key: string | undefined
    for (const step of steps) key = stepFrom(bubbles, key, step)?.key
    return bubbles.find((bubble) => bubble.key === key)?.y
  }
  test('left and right pass every bubble once and stop at the ends', () => {
    expect([walk('right'), walk('right', 'right'), walk('right', 'right', 'right'), walk('last'), walk('last', 'right')]).toEqual([12, 82, 75, 45, 45])
    expect([walk('left'), walk('first', 'left')]).toEqual([45, 12])
  })
  test('up and down stay on the day', () => {
    expect([walk('last', 'up'), walk('last', 'up', 'up'), walk('last', 'up', 'up', 'up'), walk('last', 'up', 'down'), walk('first', 'down')]).toEqual([75, 82, 82, 45, 12])
  })
})

describe('words and the address', () => {
  test('the busiest day is that with the most events', () => {
    expect(busiestDay(bubblesOf(buildChart()))).toEqual({ day: '2026-11-23', events: 313, top: 'Bulk copy to removable media' })
    expect(busiestDay([])).toBeUndefined()
  })
  test('a stretch holds the bubbles of its time', () => {
    expect(bubblesBetween(bubblesOf(buildChart()), Date.parse('2026-10-01'), Date.parse('2026-10-03')).length).toBe(1)
  })
  test('a range of months, a range of days, and what is no range', () => {
    expect(rangeOf(readActivitySearch({}), Date.parse('2026-11-24T10:00:00Z'))).toEqual({ from: '2026-08-26', to: '2026-11-24' })
    expect(rangeOf(readActivitySearch({ from: '2026-11-01', to: '2026-11-03' }), 0)).toEqual({ from: '2026-11-01', to: '2026-11-03' })
    expect(readActivitySearch({ from: '2026-11-04', to: '2026-11-03', range: '9', risk: 'x', category: ['exfiltration', 'nonsense'] })).toMatchObject({ range: '3', filter: { risk: 'all', categories: ['exfiltration'] } })
  })
  test('what is written into the address is read back', () => {
    const search = readActivitySearch({ from: '2026-11-01', to: '2026-11-03', view: 'cumulative', by: 'level', table: 'true', risk: 'sequence', category: 'deletion', review: 'open' })
    expect(readActivitySearch(writeActivitySearch(search))).toEqual(search)
    expect(Object.values(writeActivitySearch(readActivitySearch({}))).filter((value) => value !== undefined)).toEqual([[]])
  })
})
