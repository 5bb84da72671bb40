import { readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import { describe, expect, test } from 'vitest'
import { type Outcome, present, runScenario } from './run.ts'
import { type Expectation, readScenario } from './scenario.ts'

// Writes the .out files instead of comparing them: pnpm scenarios --update
const update = process.env['HOLDFAST_UPDATE_SCENARIOS'] === '1'
const root = import.meta.dirname
const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
const casesOf = (folder: string): readonly string[] => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.in.yaml')) : [])
const ranks = ['none', 'low', 'medium', 'high']

/** `none`, `low`, `medium`, `high`, or `at most low`. */
function failureOf({ account, policy, what }: Expectation, outcome: Outcome, names: ReadonlyMap<string, string>): string | undefined {
  const reached = outcome.alerts.filter((alert) => alert.userId === account && (policy === undefined || names.get(alert.policyId) === policy)).map((alert) => ranks.indexOf(alert.severity))
  const highest = Math.max(0, ...reached)
  const most = what.startsWith('at most ')
  const wanted = ranks.indexOf(most ? what.slice(8) : what)
  if (wanted < 0) return `"${what}" is no expectation`
  return (most ? highest <= wanted : highest === wanted) ? undefined : `${account}${policy === undefined ? '' : ` under ${policy}`}: ${ranks[highest] ?? ''}, but ${what} was expected`
}

describe.each(templates.map((template) => template.id))('%s', (template) => {
  test('has at least six scenarios, some of them without a high alert', () => {
    const cases = casesOf(template)
    expect(cases.length).toBeGreaterThanOrEqual(6)
    expect(cases.filter((name) => /none|at most/.test(readFileSync(join(root, template, name), 'utf8'))).length).toBeGreaterThanOrEqual(2)
  })
  test.each(casesOf(template))('%s', (name) => {
    const scenario = readScenario(join(root, template, name))
    const outcome = runScenario(scenario)
    expect(scenario.policies.some((policy) => policy.template === template)).toBe(true)
    for (const alert of outcome.alerts) expect([alert.userId, alert.parts.reduce((sum, part) => sum + part.points, 0)]).toEqual([alert.userId, alert.score])
    const out = join(root, template, name.replace('.in.yaml', '.out.yaml'))
    const shown = present(scenario, outcome)
    if (update) writeFileSync(out, shown)
    const policyNames = new Map(scenario.policies.map((policy) => [policy.id, policy.name]))
    expect(scenario.expect.length).toBeGreaterThan(0)
    expect(scenario.expect.flatMap((expectation) => failureOf(expectation, outcome, policyNames) ?? [])).toEqual([])
    expect(shown).toBe(readFileSync(out, 'utf8'))
  })
})

test('every folder is a template, and every result has its scenario', () => {
  expect(folders.filter((folder) => !templates.some((template) => template.id === folder))).toEqual([])
  const lonely = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.out.yaml') && !existsSync(join(root, folder, name.replace('.out.', '.in.')))))
  expect(lonely).toEqual([])
})
