// `holdfast replay`: the server's own scoring over files, with no server, no keys and no database.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import { toPolicy } from '../domain/policies/policy-document.ts'
import { readPolicyDocuments } from '../domain/policies/read-document.ts'
import type { Policy } from '../domain/policies/policy.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import { readSettings } from '../domain/exclusions/read-settings.ts'
import type { DetectionSettings } from '../domain/exclusions/settings.ts'
import { headline } from '../domain/risk/evaluate.ts'
import { dayText } from '../domain/risk/words.ts'
import { parse as parseYaml } from 'yaml'
import { BadLine, readActivity } from '../connectors/files/activity-json.ts'
import type { FileProblem } from '../replay/csv-file.ts'
import { readHrEvents } from '../replay/hr-events.ts'
import { readLines } from '../connectors/files/lines.ts'
import { type People, readPeople } from '../replay/people.ts'
import { createReplay, type Replay, type ReplayOutcome, type ScoredAlert } from '../replay/replay.ts'
import { EXIT, print, printTable, say } from './output.ts'

/** Problems of one file that are written out; the rest is counted. */
const PROBLEMS_SHOWN = 50
const CHUNK_BYTES = 1024 * 1024

interface ReplayCommandOptions {
  readonly activities: string
  readonly policies: string
  readonly people?: string
  readonly hr?: string
  readonly detection?: string
  readonly now?: string
  readonly skipBad?: boolean
  readonly json?: boolean
}

const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
const nameOf = (file: string): string => (file === '-' ? 'standard input' : file)
const unreadable = (file: string, cause: unknown): CodedError =>
  new CodedError('CONFIG_INVALID', { key: nameOf(file), problem: (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read' }, { cause: cause as Error })

function readWhole(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : fromHere(file), 'utf8')
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** Writes problems as `file:line: reason`. */
function createComplaints(file: string): { add(problem: FileProblem): void; readonly count: () => number; close(): void } {
  let count = 0
  return {
    add({ line, problem }) {
      count += 1
      if (count <= PROBLEMS_SHOWN) say(`${nameOf(file)}:${line}: ${problem}`)
    },
    count: () => count,
    close() {
      if (count > PROBLEMS_SHOWN) say(`${nameOf(file)}: and ${count - PROBLEMS_SHOWN} more`)
    },
  }
}

function complainAll(file: string, problems: readonly FileProblem[]): number {
  const complaints = createComplaints(file)
  for (const problem of problems) complaints.add(problem)
  complaints.close()
  return problems.length
}

/** The same name gives the same id on every run, and so the same alert. */
const policyId = (name: string): string => `p_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`

function loadPolicies(file: string): { readonly policies: readonly Policy[]; readonly bad: number } {
  const { inputs, problems } = readPolicyDocuments(readWhole(file))
  const bad = complainAll(file, problems.map(({ pointer, detail, line }) => ({ line, problem: `${pointer} ${detail}` })))
  const policies = inputs.map((input) => toPolicy(input, policyId(input.name), 0))
  for (const policy of policies) if (policy.status === 'paused') say(`The policy "${policy.name}" is paused and scores nothing.`)
  return { policies, bad }
}

function loadPeople(file: string | undefined): { readonly people: People; readonly bad: number } {
  const { people, problems } = readPeople(file === undefined ? 'user' : readWhole(file))
  return { people, bad: file === undefined ? 0 : complainAll(file, problems) }
}

interface LoadedTriggers {
  readonly triggers: readonly StoredTrigger[]
  readonly bad: number
}

/** Triggering events of the HR file and of the people file. */
async function loadTriggers(file: string | undefined, people: People): Promise<LoadedTriggers> {
  if (file === undefined) return { triggers: people.triggers, bad: 0 }
  const { events, problems } = await readHrEvents(readWhole(file))
  const strangers = new Set(events.filter((event) => people.count > 0 && people.find(event.user) === undefined).map((event) => event.user))
  if (strangers.size > 0) say(`${strangers.size} user${strangers.size === 1 ? '' : 's'} of ${nameOf(file)} ${strangers.size === 1 ? 'is' : 'are'} not in the people file.`)
  return { triggers: [...people.triggers, ...events.map(({ user, trigger }) => ({ ...trigger, userId: people.idOf(user) }))], bad: complainAll(file, problems) }
}

/** Detection settings of a file, as `holdfast detection show --json` prints them or written by hand. */
function loadDetection(file: string | undefined): { readonly detection?: DetectionSettings; readonly bad: number } {
  if (file === undefined) return { bad: 0 }
  let value: unknown
  try {
    value = parseYaml(readWhole(file), { maxAliasCount: 10 })
  } catch (error) {
    return { bad: complainAll(file, [{ line: 1, problem: `is neither YAML nor JSON (${error instanceof Error ? error.message.split('\n')[0] ?? '' : ''})` }]) }
  }
  const read = readSettings(typeof value === 'object' && value !== null && 'settings' in value ? value.settings : value ?? {})
  return 'problems' in read ? { bad: complainAll(file, read.problems.map(({ pointer, detail }) => ({ line: 1, problem: `${pointer} ${detail}` }))) } : { detection: read.settings, bad: 0 }
}

/** @returns number of bad lines */
async function addActivities(file: string, replay: Replay): Promise<number> {
  const complaints = createComplaints(file)
  const source = file === '-' ? process.stdin : createReadStream(fromHere(file), { highWaterMark: CHUNK_BYTES })
  const take = (text: string): string | undefined => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      return `is not JSON (${error instanceof Error ? error.message : 'no reason given'})`
    }
    try {
      return replay.add(readActivity(value)) === 'clash' ? 'has the id or number of another activity of this file' : undefined
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      return error.message
    }
  }
  try {
    for await (const lines of readLines(source)) {
      for (const { number, text, problem } of lines) {
        const wrong = text === undefined ? problem : take(text)
        if (wrong !== undefined) complaints.add({ line: number, problem: wrong })
      }
    }
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw unreadable(file, cause)
    throw cause
  }
  complaints.close()
  return complaints.count()
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** One alert as the command prints it; the fields are documented in docs/reference/replay.md. */
export const presentScored = ({ alert, policy, user }: ScoredAlert) => ({
  id: alert.id, user, policy: policy.name, policyId: policy.id, template: policy.template, severity: alert.severity, score: alert.score, headline: headline(alert),
  trigger: { kind: alert.trigger.kind, at: iso(alert.trigger.atMs), reason: alert.trigger.reason, ...(alert.trigger.indicator === undefined ? {} : { indicator: alert.trigger.indicator }) },
  reasons: alert.parts.map((part) => ({ code: part.code, points: part.points, reason: part.reason, ...(part.indicator === undefined ? {} : { indicator: part.indicator }), ...(part.day === undefined ? {} : { day: dayText(part.day) }), evidence: part.evidence })),
  firstActivityAt: iso(alert.firstActivityAtMs), lastActivityAt: iso(alert.lastActivityAtMs),
})

function report(outcome: ReplayOutcome, json: boolean, bad: number): void {
  const { alerts, activities, users, repeats, nowMs } = outcome
  if (json) for (const scored of alerts) print(JSON.stringify(presentScored(scored)))
  else if (alerts.length > 0) printTable(['SEVERITY', 'SCORE', 'USER', 'POLICY', 'WHY'], alerts.map((scored) => [scored.alert.severity, String(scored.alert.score), scored.user, scored.policy.name, headline(scored.alert)]))
  const extras = [...(repeats === 0 ? [] : [`${repeats} repeated`]), ...(bad === 0 ? [] : [`${bad} bad lines left out`])]
  say(`${activities} activities of ${users} users${extras.length === 0 ? '' : ` (${extras.join(', ')})`}${nowMs === undefined ? '' : ` to ${iso(nowMs)}`}: ${alerts.length} alert${alerts.length === 1 ? '' : 's'}.`)
}

async function run(options: ReplayCommandOptions): Promise<void> {
  const files = [options.activities, options.policies, options.people, options.hr, options.detection]
  if (files.filter((file) => file === '-').length > 1) throw new CodedError('CONFIG_INVALID', { key: '-', problem: 'standard input can be one file only' })
  const nowMs = options.now === undefined ? undefined : Date.parse(options.now)
  if (nowMs !== undefined && (Number.isNaN(nowMs) || nowMs < 0)) throw new CodedError('CONFIG_INVALID', { key: '--now', problem: 'must be a time such as 2026-03-02T09:14:00Z' })
  const { policies, bad: badPolicies } = loadPolicies(options.policies)
  const { people, bad: badPeople } = loadPeople(options.people)
  const { triggers, bad: badEvents } = await loadTriggers(options.hr, people)
  const { detection, bad: badDetection } = loadDetection(options.detection)
  if (triggers.length > 0) say(`${triggers.length} triggering event${triggers.length === 1 ? ' was' : 's were'} read.`)
  const replay = createReplay({ policies, people, triggers, ...(detection === undefined ? {} : { detection }), ...(nowMs === undefined ? {} : { nowMs }) })
  const badLines = await addActivities(options.activities, replay)
  // A policy that cannot be read cannot be left out: its alerts would be missing without a word. Nor can settings, which would score what they leave out.
  const badRules = badPolicies + badDetection
  const bad = badPeople + badEvents + badLines
  if (badRules > 0 || (bad > 0 && options.skipBad !== true)) {
    say(`Nothing was scored: ${badRules + bad} problem${badRules + bad === 1 ? '' : 's'} in the files${badRules === 0 ? '; --skip-bad leaves bad lines out' : ''}.`)
    process.exitCode = EXIT.usage
    return
  }
  report(replay.finish(), options.json === true, bad)
}

/** Adds the command to the program. */
export function replayCommand(program: Command): void {
  program.command('replay')
    .description('Score files offline, as the server would have.')
    .requiredOption('--activities <file>', 'JSONL, one activity a line; - for standard input')
    .requiredOption('--policies <file>', 'YAML or JSON: one policy, a list, or several documents')
    .option('--people <file>', 'CSV: user, account, name, email, department, title, country, manager, groups')
    .option('--hr <file>', 'CSV: user, kind, date')
    .option('--detection <file>', 'YAML or JSON: detection settings; default: the default exclusions')
    .option('--now <time>', 'evaluate everybody once, at this time; default: as it happened')
    .option('--skip-bad', 'leave bad lines out instead of scoring nothing')
    .option('--json', 'one JSON document a line for each alert')
    .addHelpText('after', '\nExit codes: 0 scored, 1 failed, 2 something in the files or options is wrong. The formats are in docs/reference/replay.md.')
    .action(run)
}
