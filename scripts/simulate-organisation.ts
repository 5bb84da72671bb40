// Writes a simulated organisation: activities, people, HR events, policies and the labels of its insiders.
//
// usage: node scripts/simulate-organisation.ts --out DIR [--users N] [--days D] [--seed S] [--insiders K] [--start DATE] [--profile NAME] [--json]
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ORGANISATION_HELP, organisationOptions, readOrganisationOptions } from './simulate/arguments.ts'
import { makeOrganisation } from './simulate/organisation.ts'
import { writeOrganisation } from './simulate/write.ts'

const HELP = `Usage: pnpm simulate --out DIR [options]

Writes an organisation into DIR, in the forms that "holdfast replay" takes (docs/reference/replay.md):
activities.jsonl, people.csv, hr.csv, policies.yaml (one policy a template), and for judging what was found labels.csv
(user, kind of insider, first bad act, its activities) and benign-fates.csv (innocent people who look less so).

  --out DIR        folder; files of these names are replaced
${ORGANISATION_HELP}  --json           one JSON document instead of a sentence at the end
  --help           this text

Default: 1000 people, 182 days, 20 insiders, seed 1, from 2026-01-05, mixed. Memory stays below a few hundred MB whatever the length.
Exit code: 0, or 2 for a wrong call.
`

const DEFAULTS = { users: 1000, days: 182, seed: 1, insiders: 20, startMs: Date.parse('2026-01-05T00:00:00Z'), profile: 'mixed' } as const

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { ...organisationOptions, out: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
  if (values.help === true) {
    process.stdout.write(HELP)
    return
  }
  if (values.out === undefined) throw new Error('--out says where to write; see --help')
  const options = readOrganisationOptions(values, DEFAULTS)
  const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.out)
  const written = await writeOrganisation(makeOrganisation(options), folder, (line) => void process.stderr.write(`${line}\n`))
  if (values.json === true) process.stdout.write(`${JSON.stringify({ ...options, ...written, folder })}\n`)
  else process.stdout.write(`${written.activities} activities (${Math.round(written.bytes / 1e6)} MB) of ${options.users} people, ${written.hrEvents} HR events, ${written.insiders} insiders in ${folder}\n`)
}

try {
  await run()
} catch (error) {
  if (!(error instanceof Error) || 'syscall' in error) throw error
  process.stderr.write(`${error.message}\nSee --help.\n`)
  process.exitCode = 2
}
