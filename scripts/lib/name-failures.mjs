// Says which tests failed and how each complaint begins, from reports of vitest. Runs on the machine's own Node, whatever that is.
import { readFileSync } from 'node:fs'

const reports = process.argv.slice(2).flatMap((path) => {
  try {
    return [JSON.parse(readFileSync(path, 'utf8'))]
  } catch {
    return []
  }
})
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
/** The first lines of a complaint, without colours. */
const beginning = (text) => String(text).replace(colours, '').split('\n').slice(0, 6).join('\n      ').slice(0, 600)

for (const { testResults } of reports) {
  for (const { name, message, status, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) console.log(`  ${name}\n      ${beginning(message)}`)
    for (const test of failed) console.log(`  ${name}\n    ${test.fullName}\n      ${beginning(test.failureMessages.join('\n'))}`)
  }
}
