// holdfast warning: what the devices of a group do by themselves, whom they warn and what they send first after an outage.
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { GroupSettings, GroupView } from '../http/contract.ts'
import { readGroup, writeGroup } from './group-settings.ts'
import type { LocalApi } from './local-api.ts'
import { print, printJson, printTable, say } from './output.ts'

type Edge = NonNullable<GroupSettings['edge']>
type Rule = Edge['rules'][number]

interface Options {
  readonly dir: string
  readonly json?: boolean
  readonly group: string
}

interface SetOptions extends Options {
  readonly file?: string
  readonly kinds?: string
  readonly to?: string
  readonly sensitive?: boolean
  readonly labels?: string
  readonly minCount?: string
  readonly minActivities?: string
  readonly minBytes?: string
  readonly window?: string
  readonly unallowedDevice?: boolean
  readonly first?: boolean
  readonly warn: boolean
  readonly maxPerHour?: string
  readonly ask?: string
  readonly off?: boolean
}

type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

const listed = (text: string | undefined): string[] => (text ?? '').split(',').map((item) => item.trim()).filter((item) => item !== '')
const edgeOf = ({ settings }: GroupView): Edge => settings.edge ?? { languages: ['en'], rules: [] }

/** The server checks what is allowed; here a number only has to be one. @throws CONFIG_INVALID */
function readNumber(text: string | undefined, key: string, otherwise: number): number {
  if (text === undefined) return otherwise
  if (!/^\d{1,15}$/.test(text)) throw new CodedError('CONFIG_INVALID', { key, problem: 'is no whole number' })
  return Number(text)
}

const ruleOf = (id: string, options: SetOptions): Rule => ({
  id, enabled: options.off !== true, kinds: listed(options.kinds) as Rule['kinds'], destinations: listed(options.to) as Rule['destinations'], sensitive: options.sensitive === true, types: [], minCount: readNumber(options.minCount, '--min-count', 0), labels: listed(options.labels),
  minActivities: readNumber(options.minActivities, '--min-activities', 0), minBytes: readNumber(options.minBytes, '--min-bytes', 0), windowSecs: readNumber(options.window, '--window', 3600), unallowedDevice: options.unallowedDevice === true, warn: options.warn, first: options.first === true,
  maxPerHour: readNumber(options.maxPerHour, '--max-per-hour', 3), ask: (options.ask === undefined || options.ask === 'none' ? '' : options.ask) as Rule['ask'], texts: [],
})

/** A rule as `warning list --json` prints it; its id is the argument's. @throws CONFIG_INVALID */
async function readRule(id: string, path: string): Promise<Rule> {
  try {
    return { ...(JSON.parse(await readFile(path, 'utf8')) as Rule), id }
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', { key: '--file', problem: 'is no file with a rule in JSON' }, { cause })
  }
}

async function change(api: LocalApi, group: string, next: (rules: readonly Rule[]) => readonly Rule[]): Promise<Edge> {
  const seen = await readGroup(api, group)
  const edge = edgeOf(seen)
  return edgeOf(await writeGroup(api, seen, { ...seen.settings, edge: { ...edge, rules: [...next(edge.rules)] } }))
}

const conditionOf = ({ sensitive, types, minCount, labels, minActivities, minBytes, windowSecs, unallowedDevice }: Rule): string => [
  ...(sensitive || types.length > 0 ? [types.length === 0 ? 'sensitive' : types.join(' or ')] : []), ...(minCount > 0 ? [`${minCount} matches`] : []), ...(labels.length > 0 ? [`label ${labels.join(' or ')}`] : []),
  ...(minActivities > 0 ? [`${minActivities} in ${windowSecs} s`] : []), ...(minBytes > 0 ? [`${minBytes} bytes in ${windowSecs} s`] : []), ...(unallowedDevice ? ['medium not allowed'] : []),
].join(', ')

/** Adds the commands to the program. `reading` gives a command --dir and --json. */
export function warningCommands(program: Command, { reading, withApi, fromHere }: { readonly reading: (command: Command) => Command; readonly withApi: WithApi; readonly fromHere: (path: string) => string }): void {
  const warning = program.command('warning').description('What devices do by themselves, offline as well: warn the person, and send what matters first after an outage.')
  const inGroup = (command: Command): Command => reading(command).option('--group <group>', 'device group', 'default')

  inGroup(warning.command('list')).description('The rules of a group.').action((options: Options) =>
    withApi(options.dir, async (api) => {
      const edge = edgeOf(await readGroup(api, options.group))
      if (options.json === true) printJson(edge)
      else if (edge.rules.length === 0) print(`The group ${options.group} warns nobody.`)
      else printTable(['RULE', 'STATE', 'WHEN', 'TO', 'ONLY', 'DOES'], edge.rules.map((rule) => [rule.id, rule.enabled ? 'on' : 'off', rule.kinds.join(', ') || 'file_copied', rule.destinations.join(', ') || 'anywhere', conditionOf(rule), [...(rule.warn ? [`warns, ${rule.maxPerHour} an hour`] : []), ...(rule.first ? ['goes first'] : [])].join(', ')]))
    }))

  inGroup(warning.command('set')).argument('<id>', 'name of the rule').description('Write a rule; one of the same name is replaced, but for its texts.')
    .option('--file <json>', 'the whole rule, as list --json prints one').option('--kinds <kinds>', 'with commas; file_copied where none is named').option('--to <places>', 'removable, network_share, cloud_sync, remote_session').option('--sensitive', 'only with sensitive content').option('--labels <labels>', 'only with one of these sensitivity labels')
    .option('--min-count <number>', 'matches in one file').option('--min-activities <number>', 'within the window').option('--min-bytes <number>', 'within the window').option('--window <seconds>', '3600 where none is named').option('--unallowed-device', 'only media that are not allowed')
    .option('--first', 'what matches is sent first after an outage').option('--no-warn', 'the person is not told').option('--max-per-hour <number>', '3 where none is named').option('--ask <buttons>', 'none, acknowledge, reason').option('--off', 'kept, and not told to devices')
    .action((id: string, options: SetOptions) =>
      withApi(options.dir, async (api) => {
        const written = options.file === undefined ? ruleOf(id, options) : await readRule(id, fromHere(options.file))
        const edge = await change(api, options.group, (rules) => {
          const before = rules.find((rule) => rule.id === id)
          const after = options.file === undefined && before !== undefined ? { ...written, texts: before.texts, types: before.types } : written
          return before === undefined ? [...rules, after] : rules.map((rule) => (rule.id === id ? after : rule))
        })
        if (options.json === true) printJson(edge)
        else say(`${id} is a rule of the group ${options.group}`)
      }))

  inGroup(warning.command('remove')).argument('<id>', 'name of the rule').description('Take a rule away.').action((id: string, options: Options) =>
    withApi(options.dir, async (api) => {
      if (!edgeOf(await readGroup(api, options.group)).rules.some((rule) => rule.id === id)) throw new CodedError('NOT_FOUND', { what: 'rule' })
      const edge = await change(api, options.group, (rules) => rules.filter((rule) => rule.id !== id))
      if (options.json === true) printJson(edge)
      else say(`${id} is no rule of the group ${options.group} any more`)
    }))
}
