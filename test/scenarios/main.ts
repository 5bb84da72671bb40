// Runs the scenarios, or writes their results anew.
//
// usage: pnpm scenarios [--update] [name part]
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { update: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
if (values.help === true) {
  process.stdout.write(`Usage: pnpm scenarios [--update] [name part]

Runs test/scenarios/<template>/<case>.in.yaml and compares what becomes of it with <case>.out.yaml.

  --update   write the .out.yaml files; what "expect" says must hold all the same
`)
} else {
  const { status } = spawnSync('vitest', ['run', '--project', 'unit', 'test/scenarios/scenarios.test.ts', ...(positionals[0] === undefined ? [] : ['-t', positionals[0]])], { stdio: 'inherit', env: { ...process.env, HOLDFAST_UPDATE_SCENARIOS: values.update === true ? '1' : '0' } })
  process.exitCode = status ?? 1
}
