// holdfast policy, analytics, priority-group: what is watched, what it would find, and who matters most.
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CodedError, type ErrorCode, errorTable } from '../errors.ts'
import type { AnalyticsView, PolicyHealthView, PolicyPreview, PolicyView, PreviewLine, PriorityGroupView, ThresholdDataView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { agentPolicyCommands, applyAgentPolicies, type ApplyOptions, isAgentPolicy } from './rollouts.ts'
import { get, parse, print, printJson, printTable, say, send, sendText } from './output.ts'

export interface CommandDeps {
  /** Gives a command --dir and --json. */
  readonly reading: (command: Command) => Command
  readonly withApi: (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>
  readonly fromHere: (path: string) => string
  /** For repeatable options. */
  readonly collect: (value: string, previous?: readonly string[]) => readonly string[]
}

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

/** Text of a file, or of standard input for `-`. @throws CONFIG_INVALID */
export function readText(file: string, fromHere: (path: string) => string): string {
  try {
    return readFileSync(file === '-' ? 0 : fromHere(file), 'utf8')
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', { key: file, problem: (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read' }, { cause })
  }
}

const pathOf = (id: string): string => `/api/v1/policies/${encodeURIComponent(id)}`

/** Reads a preview line by line; progress goes to stderr, in place on a terminal. */
async function runPreview(api: LocalApi, path: string, document: string | undefined): Promise<PolicyPreview> {
  let result: PolicyPreview | undefined
  let failed: { readonly code: string; readonly detail: string } | undefined
  const isTerminal = process.stderr.isTTY
  let toldTenth = -1
  const answer = await api.request('POST', path, {
    headers: { accept: 'application/x-ndjson' }, ...(document === undefined ? {} : { body: document, contentType: 'application/yaml' }),
    onLine(text) {
      const line = JSON.parse(text) as PreviewLine
      if ('result' in line) result = line.result
      else if ('error' in line) failed = line.error
      else {
        const { done, total, alerts } = line.progress
        const words = `${done} of ${total} users, ${alerts} alert${alerts === 1 ? '' : 's'}`
        const tenth = Math.floor((10 * done) / Math.max(1, total))
        if (isTerminal) process.stderr.write(`\r${words}   `)
        else if (tenth > toldTenth) say(words)
        toldTenth = tenth
      }
    },
  })
  if (isTerminal && toldTenth >= 0) process.stderr.write('\n')
  if (failed !== undefined) throw Object.hasOwn(errorTable, failed.code) ? new CodedError(failed.code as ErrorCode) : new Error(failed.detail)
  // A refusal is no line of a preview.
  if (result === undefined) return parse<PolicyPreview>(answer)
  return result
}

const countText = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

function printPreview(preview: PolicyPreview): void {
  print(`Over ${preview.days} days, ${preview.users} users (${preview.inScope} in scope) and ${preview.activities} activities: ${preview.alerts.high} high, ${preview.alerts.medium} medium, ${preview.alerts.low} low alerts.`)
  if (preview.alertsPerDay.length > 0) {
    const totals = preview.alertsPerDay.map((row) => row.low + row.medium + row.high)
    print(`Most on one day: ${Math.max(...totals)}. On ${countText(totals.length, 'day')} of ${preview.days} there would have been any.`)
  }
  if (preview.confirmed.looked > 0) {
    print(`Of ${countText(preview.confirmed.looked, 'confirmed alert')} it would miss ${preview.confirmed.missed}.`)
    for (const missed of preview.confirmed.examples) print(`  ${missed.alertId}  ${missed.pseudonym}  scored ${missed.score}, would score ${missed.wouldScore}`)
  }
  if (preview.topIndicators.length > 0) printTable(['INDICATOR', 'USERS', 'AMOUNT'], preview.topIndicators.map((row) => [row.indicator, String(row.users), String(row.events)]))
  for (const example of preview.examples) print(`  ${String(example.score).padStart(3)}  ${example.pseudonym}  ${example.headline}`)
  for (const limit of preview.limits) say(`Note: ${limit}`)
}

const wholeDays = (text: string): string => {
  if (!/^\d+$/.test(text)) throw new CodedError('CONFIG_INVALID', { key: '--days', problem: 'must be a whole number' })
  return text
}

function printHealth(health: PolicyHealthView): void {
  print(`${health.name}: ${health.status}  (${health.inScope} of ${health.assigned} users in scope)`)
  for (const message of health.messages) print(`  ${message.level === 'warning' ? '!' : '·'} ${message.text}\n      ${message.fix}`)
}

/** `12 (3.4 %)`, or `fewer than 10`. */
const shareText = (count: AnalyticsView['users']): string => ('fewerThan' in count ? `fewer than ${count.fewerThan}` : `${count.users} (${(count.share * 100).toFixed(1)} %)`)

export function policyCommands(program: Command, { reading, withApi, fromHere, collect }: CommandDeps): void {
  const policies = program.command('policy').description('Risk policies.')
  reading(policies.command('list')).description('Policies, their health and their open alerts.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: PolicyView[] }>(api, '/api/v1/policies')
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No policies yet. Try: printf "name: Data leaks\\ntemplate: data_leaks\\n" > p.yaml; holdfast policy apply -f p.yaml')
      else printTable(['ID', 'NAME', 'TEMPLATE', 'STATUS', 'HEALTH', 'VERSION', 'OPEN ALERTS'], page.items.map((row) => [row.id, row.name, row.template, row.status, row.health?.status ?? '-', String(row.version), String(row.openAlerts)]))
    }))
  reading(policies.command('show')).argument('<id>', 'id or name').description('One policy with every threshold in force.').action((id: string, options: JsonOption) => withApi(options.dir, async (api) => printJson(await get<PolicyView>(api, pathOf(id)))))

  const done = (options: JsonOption, policy: PolicyView): void => {
    if (options.json === true) printJson(policy)
    else say(`${policy.name} is ${policy.status} (${policy.id}, version ${policy.version})`)
  }
  reading(policies.command('apply')).description('Make the policy of a file, or change the one of its name; documents that name a group say what its devices watch.').requiredOption('-f, --file <file>', 'YAML or JSON; - for standard input')
    .option('--in-rings', 'of a group: in rings, also where it has no plan').option('--at-once', 'of a group: to everybody at once, also where it has a plan').action((options: ApplyOptions & { readonly file: string }) =>
      withApi(options.dir, async (api) => {
        const text = readText(options.file, fromHere)
        if (isAgentPolicy(text)) await applyAgentPolicies(api, text, options)
        else done(options, await sendText<PolicyView>(api, 'POST', '/api/v1/policies', text, 'application/yaml'))
      }))
  agentPolicyCommands(policies, { reading, withApi, fromHere, collect }, (file) => readText(file, fromHere))
  reading(policies.command('quick')).argument('<kind>', 'data_leaks or departing_users').description('A policy in one step, with thresholds that analytics recommends.').option('--name <name>', 'what it is called').action((kind: string, options: JsonOption & { readonly name?: string }) =>
    withApi(options.dir, async (api) => done(options, await send<PolicyView>(api, 'POST', '/api/v1/policies/quick', { kind, ...(options.name === undefined ? {} : { name: options.name }) }))))
  reading(policies.command('copy')).argument('<id>', 'id or name').argument('<name>', 'of the copy').description('The same under another name, paused.').action((id: string, name: string, options: JsonOption) =>
    withApi(options.dir, async (api) => done(options, await send<PolicyView>(api, 'POST', `${pathOf(id)}/copy`, { name }))))
  for (const [word, description] of [['pause', 'Score nothing under it until it is resumed.'], ['resume', 'Score under it again.']] as const) {
    reading(policies.command(word)).argument('<id>', 'id or name').description(description).action((id: string, options: JsonOption) => withApi(options.dir, async (api) => done(options, await send<PolicyView>(api, 'POST', `${pathOf(id)}/${word}`))))
  }
  reading(policies.command('preview'))
    .argument('[id]', 'id or name of a saved policy, instead of a file')
    .description('What a file or a saved policy would have done with the stored past; progress goes to stderr.')
    .option('-f, --file <file>', 'YAML or JSON; - for standard input')
    .option('--days <count>', 'days of activity that count, at most 150: so many are looked at when it is saved', '30')
    .action((id: string | undefined, options: JsonOption & { readonly file?: string; readonly days: string }) =>
      withApi(options.dir, async (api) => {
        if ((id === undefined) === (options.file === undefined)) throw new CodedError('CONFIG_INVALID', { key: 'policy preview', problem: 'needs either the id of a policy or --file' })
        const days = `?days=${wholeDays(options.days)}`
        const preview = options.file === undefined ? await runPreview(api, `${pathOf(id ?? '')}/preview${days}`, undefined) : await runPreview(api, `/api/v1/policies/preview${days}`, readText(options.file, fromHere))
        if (options.json === true) printJson(preview)
        else printPreview(preview)
      }))
  reading(policies.command('thresholds'))
    .description('How many users the thresholds of a file would reach, by their busiest day.')
    .requiredOption('-f, --file <file>', 'YAML or JSON; - for standard input')
    .option('--days <count>', 'days that are looked at, at most 90', '10')
    .action((options: JsonOption & { readonly file: string; readonly days: string }) =>
      withApi(options.dir, async (api) => {
        const data = await sendText<ThresholdDataView>(api, 'POST', `/api/v1/policies/thresholds?days=${wholeDays(options.days)}`, readText(options.file, fromHere), 'application/yaml')
        if (options.json === true) {
          printJson(data)
          return
        }
        print(`${data.over} of ${data.users} users reached the lowest threshold of at least one indicator in ${data.days} days.`)
        printTable(['INDICATOR', 'LOW', 'USERS', 'MEDIUM', 'USERS', 'HIGH', 'USERS', '19 OF 20 STAY AT'], data.indicators.filter((row) => row.largest > 0).map((row) => [row.indicator, String(row.thresholds.low), String(row.low), String(row.thresholds.medium), String(row.medium), String(row.thresholds.high), String(row.high), String(row.usual)]))
      }))
  reading(policies.command('health')).argument('[id]', 'id or name; absent: of all').description('What keeps a policy from finding what it is there for, and how to fix it.').action((id: string | undefined, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = id === undefined ? (await get<{ items: PolicyView[] }>(api, '/api/v1/policies')).items.flatMap((policy) => policy.health ?? []) : [await get<PolicyHealthView>(api, `${pathOf(id)}/health`)]
      if (options.json === true) printJson(id === undefined ? { items: found } : found[0])
      else for (const health of found) printHealth(health)
    }))
  reading(policies.command('delete')).argument('<id>').description('Delete a policy; its alerts stay.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      await send(api, 'DELETE', pathOf(id))
      say(`${id} is deleted`)
    }))

  const analytics = program.command('analytics').description('What the stored past says without any policy, and without names.')
  reading(analytics.command('show', { isDefault: true })).description('Shares of users by kind of risk, and the policy to begin with.').option('--days <count>', '10 to 90; absent: as many as there are').action((options: JsonOption & { readonly days?: string }) =>
    withApi(options.dir, async (api) => {
      const found = await get<AnalyticsView>(api, `/api/v1/analytics${options.days === undefined ? '' : `?days=${wholeDays(options.days)}`}`)
      if (options.json === true) {
        printJson(found)
        return
      }
      print(`Over ${found.days} days (${found.observedDays} observed), users seen: ${shareText(found.users)}.`)
      printTable(['KIND OF RISK', 'USERS', 'TEMPLATE'], found.kinds.map((row) => [row.title, shareText(row.over), row.template]))
      print(`Begin with: ${found.recommended.templateName}. ${found.recommended.reason}${found.recommended.over === undefined ? '' : ` With the recommended thresholds ${shareText(found.recommended.over)} of the users would be over one of them.`}`)
      if (!found.enabled) say('Devices report what the policies that are on need. With "holdfast analytics on" they report everything that indicators count.')
    }))
  for (const [word, description, enabled] of [['on', 'Devices report everything that indicators count, also what no policy needs.', true], ['off', 'Devices report what policies need.', false]] as const) {
    reading(analytics.command(word)).description(description).action((options: JsonOption) => withApi(options.dir, async (api) => {
      const answer = await send(api, 'PUT', '/api/v1/analytics', { enabled })
      if (options.json === true) printJson(answer)
      else say(`analytics is ${word}`)
    }))
  }

  priorityGroupCommands(program, { reading, withApi, fromHere, collect })
}

function priorityGroupCommands(program: Command, { reading, withApi, collect }: CommandDeps): void {
  const groups = program.command('priority-group').description('People whose activity is scored more sensitively.')
  const at = (name: string): string => `/api/v1/priority-groups/${encodeURIComponent(name)}`
  const done = (options: JsonOption, group: PriorityGroupView): void => {
    if (options.json === true) printJson(group)
    else say(`${group.name} has ${countText(group.members.length, 'member')} (${group.id})`)
  }
  interface MemberOptions extends JsonOption { readonly user?: readonly string[]; readonly description?: string; readonly viewer?: readonly string[] }
  reading(groups.command('list')).description('Groups, their members and the policies that name them.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: PriorityGroupView[] }>(api, '/api/v1/priority-groups')
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No priority groups yet. Make one with: holdfast priority-group create NAME --user ID')
      else printTable(['ID', 'NAME', 'MEMBERS', 'VIEWERS', 'POLICIES'], page.items.map((row) => [row.id, row.name, String(row.members.length), row.viewers.join(', '), row.policies.join(', ')]))
    }))
  reading(groups.command('create')).argument('<name>').description('Make a group; its name stays.').option('--user <id>', 'user id, account name or address; repeatable', collect).option('--description <text>', 'for people').option('--viewer <role>', 'role or account id that may see it; repeatable', collect).action((name: string, options: MemberOptions) =>
    withApi(options.dir, async (api) => done(options, await send<PriorityGroupView>(api, 'POST', '/api/v1/priority-groups', { name, ...(options.user === undefined ? {} : { members: options.user }), ...(options.description === undefined ? {} : { description: options.description }), ...(options.viewer === undefined ? {} : { viewers: options.viewer }) }))))
  for (const [word, description] of [['add', 'Add members.'], ['remove', 'Remove members.']] as const) {
    reading(groups.command(word)).argument('<name>', 'name or id').description(description).requiredOption('--user <id>', 'user id, account name or address; repeatable', collect).action((name: string, options: MemberOptions) =>
      withApi(options.dir, async (api) => done(options, await send<PriorityGroupView>(api, 'PATCH', at(name), { [word]: options.user }))))
  }
  reading(groups.command('delete')).argument('<name>', 'name or id').description('Delete a group; policies that name only it watch nobody then.').action((name: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      await send(api, 'DELETE', at(name))
      say(`${name} is deleted`)
    }))
}
