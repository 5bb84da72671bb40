// holdfast rollout …, and agent policies as code: policy pull, diff and apply of documents that name a group.
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { parseAllDocuments } from 'yaml'
import { CodedError } from '../errors.ts'
import type { AgentPolicyApplied, AgentPolicyDiff, PlanView, RolloutDetail, RolloutDevicePage, RolloutPage, RolloutView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { durationSecs, get, print, printJson, printTable, say, send, sendText } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

const YAML = 'application/yaml'
const pathOf = (id: string): string => `/api/v1/rollouts/${encodeURIComponent(id)}`

const shareOf = ({ counts, devices }: Pick<RolloutView, 'counts' | 'devices'>): string => `${counts.confirmed}/${devices}`
const problemsOf = ({ counts }: Pick<RolloutView, 'counts'>): string => String(counts.rejected + counts.applied)

/** The roll-out of an id, or the latest of a group. */
async function find(api: LocalApi, name: string): Promise<RolloutDetail> {
  if (name.startsWith('ro_')) return get<RolloutDetail>(api, pathOf(name))
  const [latest] = (await get<RolloutPage>(api, `/api/v1/rollouts?limit=1&group=${encodeURIComponent(name)}`)).items
  return get<RolloutDetail>(api, pathOf(latest?.id ?? name))
}

function printDetail(found: RolloutDetail): void {
  print(`${found.id}  group ${found.group}  version ${found.from.version} → ${found.to.version}${found.back === undefined ? '' : ` → ${found.back.version}`}  ${found.state}`)
  if (found.halt !== undefined) print(`Stopped in ring ${found.halt.ring}: ${found.halt.reason}. Devices: ${found.halt.deviceIds.join(', ') || '-'}`)
  if (found.nextRingAt !== undefined) print(`The next ring begins at ${found.nextRingAt} at the earliest.`)
  printTable(['RING', 'SHARE', 'REACHED', 'DEVICES', 'CONFIRMED', 'WAITING', 'REJECTED', 'OFFLINE'], found.perRing.map(({ ring, percent, reached, devices, counts }) => [String(ring), percent === 0 ? 'named' : `${percent} %`, reached ? 'yes' : 'no', String(devices), String(counts.confirmed), String(counts.offered + counts.received + counts.verified + counts.applied), String(counts.rejected), String(counts.offline)]))
  for (const { path, before, after } of found.changes.slice(0, 50)) print(`  ${path}: ${JSON.stringify(before) ?? '-'} → ${JSON.stringify(after) ?? '-'}`)
}

const done = (options: JsonOption, found: RolloutDetail): void => {
  if (options.json === true) printJson(found)
  else say(`${found.id} is ${found.state}`)
}

/** Adds `rollout` to the program. */
export function rolloutCommands(program: Command, { reading, withApi, collect }: Pick<CommandDeps, 'reading' | 'withApi' | 'collect'>): void {
  const rollouts = program.command('rollout').description('Changes of what devices watch, on their way ring by ring.')
  planCommands(rollouts, { reading, withApi, collect })
  reading(rollouts.command('list')).description('The latest first.').option('--group <group>', 'of one group').action((options: JsonOption & { readonly group?: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<RolloutPage>(api, `/api/v1/rollouts?limit=100${options.group === undefined ? '' : `&group=${encodeURIComponent(options.group)}`}`)
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No roll-outs yet: changes reach everybody at once. A group gets a plan in the console, or with a "rollout:" part in policy apply -f.')
      else printTable(['ID', 'GROUP', 'VERSION', 'STATE', 'RING', 'RUN IT', 'FAILED', 'BEGUN'], page.items.map((row) => [row.id, row.group, String(row.to.version), row.state, `${row.ring}/${row.rings}`, shareOf(row), problemsOf(row), row.createdAt]))
    }))
  reading(rollouts.command('show')).argument('<id>', 'id, or a group for its latest').description('Rings, devices that need somebody, and why it stopped.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await find(api, id)
      const devices = await get<RolloutDevicePage>(api, `${pathOf(found.id)}/devices?limit=100&state=rejected,applied,offered,received,verified,offline`)
      if (options.json === true) printJson({ ...found, needing: devices.items })
      else {
        printDetail(found)
        if (devices.items.length > 0) printTable(['DEVICE', 'RING', 'STATE', 'REASON', 'NEXT'], devices.items.map((row) => [row.hostname, String(row.ring), row.state, row.reason ?? '-', row.next]))
      }
    }))
  reading(rollouts.command('start')).argument('<group>').description('Roll out in rings what the group should have and was held back.').action((group: string, options: JsonOption) =>
    withApi(options.dir, async (api) => done(options, await send<RolloutDetail>(api, 'POST', `/api/v1/groups/${encodeURIComponent(group)}/rollouts`))))
  for (const [word, description] of [['pause', 'No further device gets it until it is resumed.'], ['resume', 'It goes on, also where a rule had stopped it.'], ['roll-back', 'Devices that have it get what ran before, at once.']] as const) {
    reading(rollouts.command(word)).argument('<id>', 'id, or a group for its latest').description(description).action((id: string, options: JsonOption) => withApi(options.dir, async (api) => done(options, await send<RolloutDetail>(api, 'POST', `${pathOf((await find(api, id)).id)}/${word}`))))
  }
  reading(rollouts.command('halt')).argument('<id>', 'id, or a group for its latest').description('Stop it by hand.').option('--note <text>', 'why').action((id: string, options: JsonOption & { readonly note?: string }) =>
    withApi(options.dir, async (api) => done(options, await send<RolloutDetail>(api, 'POST', `${pathOf((await find(api, id)).id)}/halt`, options.note === undefined ? {} : { note: options.note }))))
}

interface PlanOptions extends JsonOption {
  readonly rings?: string
  readonly soak?: string
  readonly confirmed?: string
  readonly answer?: string
  readonly silence?: string
  readonly first?: readonly string[]
  readonly after?: readonly string[]
  readonly window?: readonly string[]
  readonly anyTime?: boolean
  readonly onHalt?: string
  readonly atOnce?: boolean
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** `mon-fri 22:00-05:00 Europe/Berlin`, `sat,sun 00:00-00:00 UTC`. @throws CONFIG_INVALID */
export function readWindow(text: string): NonNullable<PlanView['plan']>['windows'][number] {
  const [, days = '', from = '', to = '', zone = ''] = /^(\S+)\s+(\d{2}:\d{2})-(\d{2}:\d{2})\s+(\S+)$/.exec(text.trim()) ?? []
  const chosen = days.toLowerCase().split(',').flatMap((part) => {
    const [first = -1, last = first] = part.split('-').map((name) => DAYS.indexOf(name))
    if (first < 0 || last < 0) return [-1]
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7)
  })
  if (zone === '' || chosen.includes(-1)) throw new CodedError('CONFIG_INVALID', { key: `"${text}"`, problem: 'must be a window such as "mon-fri 22:00-05:00 Europe/Berlin"' })
  return { days: [...new Set(chosen)].toSorted((a, b) => a - b), from, to, zone }
}

const windowText = ({ days, from, to, zone }: NonNullable<PlanView['plan']>['windows'][number]): string => `${days.map((day) => DAYS[day]).join(',')} ${from}-${to} ${zone}`
const numberOf = (text: string, key: string): number => {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new CodedError('CONFIG_INVALID', { key, problem: 'is no number' })
  return Number(text)
}

/** What an option says, over what is there. @throws CONFIG_INVALID */
function planAfter({ plan, proposed }: PlanView, options: PlanOptions): PlanView['plan'] {
  if (options.atOnce === true) return null
  const { rings, soak, confirmed, answer, silence, first, after, window, anyTime, onHalt } = options
  return {
    ...(plan ?? proposed), ...(rings === undefined ? {} : { ringPercents: rings.split(',').map((one) => numberOf(one.trim(), '--rings')) }), ...(soak === undefined ? {} : { soakSecs: durationSecs(soak) }), ...(confirmed === undefined ? {} : { confirmedPercent: numberOf(confirmed, '--confirmed') }),
    ...(answer === undefined ? {} : { answerSecs: durationSecs(answer) }), ...(silence === undefined ? {} : { silenceSecs: durationSecs(silence) }), ...(first === undefined ? {} : { firstDevices: [...first] }), ...(after === undefined ? {} : { afterGroups: [...after] }),
    ...(anyTime === true ? { windows: [] } : window === undefined ? {} : { windows: window.map(readWindow) }), ...(onHalt === undefined ? {} : { onHalt: onHalt.replace('-', '_') as 'hold' }),
  }
}

/** `rollout plan show` and `rollout plan set`. */
function planCommands(rollouts: Command, { reading, withApi, collect }: Pick<CommandDeps, 'reading' | 'withApi' | 'collect'>): void {
  const plans = rollouts.command('plan').description('How changes of a group reach its devices.')
  const pathOfPlan = (group: string): string => `/api/v1/groups/${encodeURIComponent(group)}/rollout-plan`
  const present = (options: JsonOption, { plan, ...view }: PlanView): void => {
    if (options.json === true) printJson({ plan, ...view })
    else if (plan === null) print('Changes reach every device at once.')
    else {
      print(`Rings ${plan.ringPercents.join(', ')} %, each watched for ${plan.soakSecs / 60} minutes once ${plan.confirmedPercent} % run it; when it stops: ${plan.onHalt}`)
      for (const window of plan.windows) print(`  only ${windowText(window)}`)
      for (const name of plan.firstDevices) print(`  first of all ${name}`)
      for (const name of plan.afterGroups) print(`  after the group ${name}`)
    }
  }
  reading(plans.command('show')).argument('[group]', 'group', 'default').description('The plan of a group.').action((group: string, options: JsonOption) => withApi(options.dir, async (api) => present(options, await get<PlanView>(api, pathOfPlan(group)))))
  reading(plans.command('set')).argument('<group>').description('Change it: what is not said stays, and a group without a plan gets the usual one first.')
    .option('--rings <list>', 'per cent, such as 1,10,50,100').option('--soak <duration>', 'how long a ring is watched, such as 30m').option('--confirmed <percent>', 'so many of a ring must run it').option('--answer <duration>', 'a device that is there has failed after it').option('--silence <duration>', 'a ring of which nobody is heard for so long stops it')
    .option('--first <device>', 'id or name; repeatable', collect).option('--after <group>', 'repeatable', collect).option('--window <text>', 'such as "mon-fri 22:00-05:00 Europe/Berlin"; repeatable, replaces those that there are', collect).option('--any-time', 'no window').option('--on-halt <what>', 'hold or roll-back').option('--at-once', 'no plan: changes reach everybody at once')
    .action((group: string, options: PlanOptions) =>
      withApi(options.dir, async (api) => {
        const seen = await get<PlanView>(api, pathOfPlan(group))
        present(options, await send<PlanView>(api, 'PUT', pathOfPlan(group), { plan: planAfter(seen, options) }, { 'if-match': `"${seen.revision}"` }))
      }))
}

/** Whether a text holds what groups watch, rather than risk policies. What cannot be read is left to whoever reads it. */
export function isAgentPolicy(text: string): boolean {
  const [first] = parseAllDocuments(text, { prettyErrors: false })
  const value: unknown = first !== undefined && 'errors' in first && first.errors.length === 0 ? first.toJS() : undefined
  return typeof value === 'object' && value !== null && 'group' in value
}

const wayOf = (options: { readonly atOnce?: boolean; readonly inRings?: boolean }): string => (options.atOnce === true ? '?rollout=at_once' : options.inRings === true ? '?rollout=rings' : '')

export interface ApplyOptions extends JsonOption {
  readonly atOnce?: boolean
  readonly inRings?: boolean
}

export async function applyAgentPolicies(api: LocalApi, text: string, options: ApplyOptions): Promise<void> {
  const applied = await sendText<AgentPolicyApplied>(api, 'POST', `/api/v1/agent-policies${wayOf(options)}`, text, YAML)
  if (options.json === true) printJson(applied)
  else for (const { group, changed, policyVersion, rolloutId } of applied.items) say(`${group}: ${changed ? 'changed' : 'as it was'}, ${rolloutId === undefined ? `version ${policyVersion} for everybody` : `version ${policyVersion} rolls out as ${rolloutId}`}`)
}

/** Adds `policy pull` and `policy diff`. @param read text of a file */
export function agentPolicyCommands(policies: Command, { reading, withApi, fromHere, collect }: CommandDeps, read: (file: string) => string): void {
  reading(policies.command('pull')).description('What groups watch, as YAML, to keep in version control; secrets are left out.').option('--group <group>', 'repeatable; absent: every group', collect).option('-f, --file <file>', 'instead of standard output').action((options: JsonOption & { readonly group?: readonly string[]; readonly file?: string }) =>
    withApi(options.dir, async (api) => {
      const { text } = await get<{ text: string }>(api, `/api/v1/agent-policies${options.group === undefined ? '' : `?group=${options.group.map(encodeURIComponent).join(',')}`}`)
      if (options.file !== undefined) writeFileSync(fromHere(options.file), text)
      else if (options.json === true) printJson({ text })
      else process.stdout.write(text)
    }))
  reading(policies.command('diff')).description('What a file would change of what groups watch; nothing is saved.').requiredOption('-f, --file <file>', 'YAML; - for standard input').action((options: JsonOption & { readonly file: string }) =>
    withApi(options.dir, async (api) => {
      const diff = await sendText<AgentPolicyDiff>(api, 'POST', '/api/v1/agent-policies/diff', read(options.file), YAML)
      if (options.json === true) {
        printJson(diff)
        return
      }
      for (const { group, changes, rolloutChanges } of diff.items) {
        print(`${group}: ${changes.length + rolloutChanges.length === 0 ? 'nothing changes' : ''}`)
        for (const { path, before, after } of [...changes, ...rolloutChanges.map((change) => ({ ...change, path: `rollout.${change.path}` }))]) print(`  ${path}\n    - ${JSON.stringify(before) ?? ''}\n    + ${JSON.stringify(after) ?? ''}`)
      }
    }))
}
