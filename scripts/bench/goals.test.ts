import { describe, expect, test } from 'vitest'
import { type Figure, spread } from './bench.ts'
import { goalRows, goalsTable } from './goals.ts'

const figure = (name: string, value: number, rest: Partial<Figure> = {}): Figure => ({ name, unit: 'x', better: 'lower', ours: spread([value]), goals: [], figures: {}, ...rest })
const rowsOf = (...figures: readonly Figure[]): readonly string[] => goalsTable(new Map(figures.map((each) => [each.name, each]))).split('\n')

describe('the table of goals', () => {
  test('all of G1 to G21 are in it, and what was not measured is called that', () => {
    expect([...new Set(goalRows.map(({ id }) => id))]).toEqual(Array.from({ length: 21 }, (_, index) => `G${index + 1}`))
    expect(rowsOf().slice(2).every((row) => row.endsWith('not measured |'))).toBe(true)
  })

  test('a goal is met, met with room, or missed, by the figure that it names', () => {
    const verdict = (ms: number): string => rowsOf(figure('start.collector', ms)).find((row) => row.startsWith('| G21')) ?? ''
    expect(verdict(500)).toContain('| stretch met |')
    expect(verdict(1500)).toContain('| met |')
    expect(verdict(2500)).toContain('| **missed** |')
  })

  test('alerts are exact only when every workload that ran was', () => {
    const right = figure('evaluate.W1', 1, { goals: [{ text: 'every leaver found, nobody wrong', met: true }] })
    const wrong = figure('evaluate.W5', 1, { goals: [{ text: 'the alerts are exactly those of the reference', met: false }] })
    expect(rowsOf(right)[2]).toContain('exact in W1 | met |')
    expect(rowsOf(right, wrong)[2]).toContain('wrong: W5 in W1, W5 | **missed** |')
  })

  test('the slowest question counts at the largest size that was measured', () => {
    const row = rowsOf(figure('queries.1m', 500, { figures: { activities: 1_000_000 } }), figure('queries.10m', 40, { figures: { activities: 10_000_000 } })).find((each) => each.includes('slowest question')) ?? ''
    expect(row).toContain('40 ms at 10m | stretch met |')
  })
})
