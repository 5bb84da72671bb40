// holdfast detection: what is left out of every score, and what a change would leave out.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { CodedError } from '../errors.ts'
import type { DetectionDefaults, DetectionVerdict, DetectionView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}

type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

const PATH = '/api/v1/detection-settings'
/** A document of 500 paths has no alias; a hostile one must not unfold. */
const MAX_ALIASES = 10

/** JSON or YAML of a file; also what `detection show --json` printed. */
function readDocument(file: string): { readonly settings: unknown; readonly version?: number } {
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : resolve(process.env['INIT_CWD'] ?? process.cwd(), file), 'utf8')
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', { key: file, problem: (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read' }, { cause })
  }
  let value: unknown
  try {
    value = parseYaml(text, { maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', { key: file, problem: `is neither YAML nor JSON: ${cause instanceof Error ? cause.message.split('\n')[0] ?? '' : ''}` }, { cause })
  }
  if (typeof value === 'object' && value !== null && 'settings' in value && 'version' in value && typeof value.version === 'number') return { settings: value.settings, version: value.version }
  return { settings: value ?? {} }
}

function printSettings({ version, updatedAt, settings }: DetectionView): void {
  print(version === 0 ? 'Nothing was ever set: the default exclusions are in force.' : `Version ${version} of ${updatedAt ?? '?'}`)
  const rows: [string, string][] = []
  const list = (name: string, entries: readonly unknown[] | undefined): void => {
    for (const [index, entry] of (entries ?? []).entries()) rows.push([`${name}[${index}]`, typeof entry === 'string' ? entry : JSON.stringify(entry)])
  }
  for (const [name, entries] of Object.entries(settings.exclusions ?? {})) list(name, entries)
  for (const [name, entries] of Object.entries(settings.domains ?? {})) list(`domains.${name}`, entries)
  list('defaultExclusionsOff', settings.defaultExclusionsOff)
  list('priorityAssets', settings.priorityAssets)
  list('groups', settings.groups?.map(({ name }) => name))
  list('variants', settings.variants?.map(({ indicator, id, mode, groups }) => `${indicator}#${id} ${mode} ${groups.join(', ')}`))
  if (rows.length > 0) printTable(['ENTRY', 'VALUE'], rows)
}

function printVerdict({ cases }: DetectionVerdict): void {
  for (const { what, indicators, excluded, domainClass, applicationClass, variants } of cases) {
    print(`When ${what}: ${excluded === undefined ? (indicators.length === 0 ? 'nothing counts it' : 'it scores') : `excluded by ${excluded.rule} (${excluded.why})`}`)
    if (indicators.length > 0) print(`  counted by ${indicators.join(', ')}`)
    if (domainClass !== undefined) print(`  the domain is ${domainClass}`)
    if (applicationClass !== undefined) print(`  the application is ${applicationClass}`)
    for (const variant of variants) print(`  ${variant.id}: ${variant.excluded === undefined ? (variant.counted ? 'counts it' : 'does not count it') : `excluded by ${variant.excluded.rule}`}`)
  }
}

/** Adds the commands to the program. `reading` gives a command --dir and --json. */
export function detectionCommands(program: Command, reading: (command: Command) => Command, withApi: WithApi): void {
  const detection = program.command('detection').description('What is left out of scores: file types, paths, keywords, domains, applications, media.')

  reading(detection.command('show')).description('The settings in force; with --json as a file for set.').action((options: Options) =>
    withApi(options.dir, async (api) => {
      const view = await get<DetectionView>(api, PATH)
      if (options.json === true) printJson(view)
      else printSettings(view)
    }))

  reading(detection.command('defaults')).description('The default exclusions, each with its reason.').action((options: Options) =>
    withApi(options.dir, async (api) => {
      const defaults = await get<DetectionDefaults>(api, `${PATH}/defaults`)
      if (options.json === true) printJson(defaults)
      else printTable(['ID', 'ON', 'SYSTEM', 'PATHS', 'WHY'], defaults.exclusions.map((row) => [row.id, row.on ? 'yes' : 'no', row.system, row.paths.join(' '), row.why]))
    }))

  reading(detection.command('set')).description('Replace the settings; what is counted from now on is counted under them.').requiredOption('-f, --file <file>', 'YAML or JSON; - for standard input').action((options: Options & { readonly file: string }) => {
    const { settings, version } = readDocument(options.file)
    return withApi(options.dir, async (api) => {
      const view = await send<DetectionView>(api, 'PUT', PATH, settings, version === undefined ? undefined : { 'if-match': `"${version}"` })
      if (options.json === true) printJson(view)
      else say(`version ${view.version} of the detection settings is in force`)
    })
  })

  reading(detection.command('test'))
    .description('What the settings say of an activity, a path, a domain or an application.')
    .option('--activity <file>', 'an activity as a line of a replay file; - for standard input')
    .option('--path <path>', 'a file')
    .option('--domain <domain>', 'a domain or an address')
    .option('--application <name>', 'an application')
    .option('--source <installer>', 'its installer, such as dpkg or npm')
    .option('-f, --file <file>', 'a draft to test instead of the settings in force')
    .action((options: Options & { readonly activity?: string; readonly path?: string; readonly domain?: string; readonly application?: string; readonly source?: string; readonly file?: string }) => {
      const body = {
        ...(options.activity === undefined ? {} : { activity: readDocument(options.activity).settings }), ...(options.path === undefined ? {} : { path: options.path }), ...(options.domain === undefined ? {} : { domain: options.domain }),
        ...(options.application === undefined ? {} : { application: options.application }), ...(options.source === undefined ? {} : { source: options.source }), ...(options.file === undefined ? {} : { settings: readDocument(options.file).settings }),
      }
      return withApi(options.dir, async (api) => {
        const verdict = await send<DetectionVerdict>(api, 'POST', `${PATH}/test`, body)
        if (options.json === true) printJson(verdict)
        else printVerdict(verdict)
      })
    })
}
