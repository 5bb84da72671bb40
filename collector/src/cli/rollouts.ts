// holdfast rollout …, and agent policies as code: policy pull, diff and apply of documents that name a group.
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { parseAllDocuments } from 'yaml'
import type { AgentPolicyApplied, AgentPolicyDiff, RolloutDetail, RolloutDevicePage, RolloutPage, RolloutView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, print, printJson, printTable, say, send, sendText } from './output.ts'
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
export function rolloutCommands(program: Command, { reading, withApi }: Pick<CommandDeps, 'reading' | 'withApi'>): void {
  const rollouts = program.command('rollout').description('Changes of what devices watch, on their way ring by ring.')
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
