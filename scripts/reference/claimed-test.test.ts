import { claimedTests, supportMatrix } from '@holdfast/agent/support/matrix.ts'
import { sensors } from '@holdfast/agent/sensors/registry.ts'
import { describe, expect, it } from 'vitest'
import { outcomeOf, type Report, whyNotThere } from './claimed-test.ts'

/** A test that its author has switched off. */
const OFF = ['it', 'skip'].join('.')
const file = `describe.runIf(root)('copies, as root', () => {
  it('are told', async () => {})
  ${OFF}('are counted', () => {})
})
describe('later', () => {
  test('it’s seen', () => {})
})`
const problem = (name: string): string | undefined => whyNotThere(name, (path) => (path === 'a.test.ts' ? file : undefined))

describe('a claim', () => {
  it('rests on a test that is there, by its file, its describes and its title', () => {
    expect(problem('a.test.ts › copies, as root › are told')).toBeUndefined()
    expect(problem('a.test.ts › later › it’s seen')).toBeUndefined()
  })

  it.each([
    ['the file is not there', 'b.test.ts › copies, as root › are told'], ['the title is another', 'a.test.ts › copies, as root › are all told'], ['the describe is another', 'a.test.ts › copies › are told'],
    ['the test is switched off', 'a.test.ts › copies, as root › are counted'], ['the test stands before its describe', 'a.test.ts › later › are told'], ['no test is named', 'a.test.ts'],
  ])('is none where %s', (_, name) => {
    expect(problem(name)).not.toBeUndefined()
  })

  it('is shown by a report in which its test passed', () => {
    const report: Report = { testResults: [{ name: '/x/a.test.ts', assertionResults: [{ ancestorTitles: ['later'], title: 'seen', status: 'passed' }, { ancestorTitles: ['later'], title: 'heard', status: 'skipped' }] }] }
    expect(['seen', 'heard', 'felt'].map((title) => outcomeOf(`a.test.ts › later › ${title}`, [report]))).toEqual(['passed', 'skipped', undefined])
  })
})

describe('the matrix', () => {
  it('names tests that are there', () => {
    expect(claimedTests().flatMap((test) => whyNotThere(test) ?? [])).toEqual([])
  })

  it('has a row for each kind that a sensor emits about people and their devices, and a reason for each system that is not claimed', () => {
    const rows = new Set(supportMatrix.flatMap(({ kinds }) => kinds))
    expect([...new Set(sensors.flatMap(({ emits }) => emits))].filter((kind) => !rows.has(kind) && kind !== 'telemetry_gap')).toEqual([])
    for (const row of supportMatrix) for (const cell of [row.linux, row.darwin, row.win32]) expect(cell.shown === 'none' ? cell.reason.length > 10 : cell.test.length > 10).toBe(true)
  })

  it('claims nothing as real where no test runs', () => {
    expect(supportMatrix.filter(({ darwin, win32 }) => darwin.shown === 'real' || win32.shown === 'real')).toEqual([])
  })
})
