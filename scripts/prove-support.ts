// Whether every test that agent/src/support/matrix.ts rests on has passed, by the JSON reports of vitest that are named.
//
//   node scripts/prove-support.ts unit.json e2e.json
//
// One that was skipped has shown nothing: as root that fails; without root the tests of root are listed and left.
import { readFileSync } from 'node:fs'
import { claimedTests } from '@holdfast/agent/support/matrix.ts'
import { outcomeOf, parseTestName, type Report } from './reference/claimed-test.ts'

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report)
const files = new Set(reports.flatMap(({ testResults }) => testResults.map(({ name }) => name)))
const isRoot = process.geteuid?.() === 0
const failures: string[] = []
let shown = 0
for (const test of claimedTests()) {
  const { file } = parseTestName(test)
  // A run of the unit tests alone says nothing of the others.
  if (![...files].some((name) => name.endsWith(`/${file}`))) continue
  const outcome = outcomeOf(test, reports)
  if (outcome === 'passed') shown += 1
  else if (outcome === undefined || outcome === 'failed' || isRoot) failures.push(`${outcome ?? 'did not run'}: ${test}`)
  else console.error(`not shown here, needs root: ${test}`)
}
console.log(`support: ${shown} claims shown by tests that passed`)
for (const line of failures) console.error(line)
if (failures.length > 0 || shown === 0) process.exitCode = 1
