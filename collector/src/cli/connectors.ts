// holdfast hr, directory, import, connector, token: what other systems know of people and what they did.
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import type { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { CodedError } from '../errors.ts'
import type { ConnectorRunView, ConnectorView, ImportView, TokenCreated, TokenView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { ApiProblem, durationSecs, EXIT, get, parse, print, printJson, printTable, say, send } from './output.ts'

interface DirOptions {
  readonly dir: string
  readonly json?: boolean
}

interface ImportOptions extends DirOptions {
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly skipBad?: boolean
  readonly full?: boolean
  readonly format?: string
  readonly mapping?: string
  readonly scenario?: string
  readonly column?: readonly string[]
  readonly indicator?: string
}

type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

export interface ConnectorCommandDeps {
  /** Gives a command --dir and --json. */
  readonly reading: (command: Command) => Command
  readonly withApi: WithApi
  readonly fromHere: (path: string) => string
}

/** A file smaller than this is sent before anybody would read a line about it. */
const PROGRESS_FROM_BYTES = 16 * 1024 * 1024
const PROGRESS_EVERY_MS = 2000
/** Lines with the same problem that are named. */
const ALIKE_SHOWN = 5
const CHANGES_SHOWN = 50

/** The mapping of a YAML or JSON file, and what single options say over it. */
function settingsOf(options: ImportOptions, fromHere: (path: string) => string): Record<string, unknown> {
  const settings: Record<string, unknown> = {}
  if (options.mapping !== undefined) {
    let value: unknown
    try {
      value = parseYaml(readFileSync(fromHere(options.mapping), 'utf8'))
    } catch (cause) {
      throw new CodedError('CONFIG_INVALID', { key: options.mapping, problem: (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'is no YAML' }, { cause: cause as Error })
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new CodedError('CONFIG_INVALID', { key: options.mapping, problem: 'must be a mapping of keys' })
    Object.assign(settings, value)
  }
  if (options.scenario !== undefined) settings['scenario'] = options.scenario
  if (options.column !== undefined) {
    const pairs = options.column.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw new CodedError('CONFIG_INVALID', { key: `--column ${text}`, problem: 'must be what a column means = its name in the file' })
      return [text.slice(0, at), text.slice(at + 1)] as const
    })
    settings['columns'] = { ...(settings['columns'] as object | undefined), ...Object.fromEntries(pairs) }
  }
  return settings
}

/** The file as a stream that says on stderr how far it is. */
function openFile(file: string, path: string): Readable {
  if (file === '-') return process.stdin
  let size: number
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw new CodedError('CONFIG_INVALID', { key: file, problem: 'is no file' })
    size = stat.size
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('CONFIG_INVALID', { key: file, problem: (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read' }, { cause: cause as Error })
  }
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  if (size < PROGRESS_FROM_BYTES) return source
  let sent = 0
  let told = Date.now()
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length
      if (Date.now() - told >= PROGRESS_EVERY_MS) {
        told = Date.now()
        say(`sent ${Math.floor((sent / size) * 100)} % of ${size} bytes`)
      }
      done(null, chunk)
    },
    flush(done) {
      say('the file is there; reading and importing it')
      done()
    },
  })
  source.on('error', (error) => counting.destroy(error))
  return source.pipe(counting)
}

function printReport(report: ImportView): void {
  const { totals } = report
  const counts = [
    [totals.rows, 'row', 'rows'], [totals.usersCreated, 'person new', 'people new'], [totals.usersChanged, 'person changed', 'people changed'], [totals.triggers, 'triggering event', 'triggering events'], [totals.activities, 'activity', 'activities'], [totals.accountsOff, 'account off', 'accounts off'],
    [totals.repeats, 'known already', 'known already'], [totals.passed, 'passed over', 'passed over'], [totals.unattributed, 'of nobody known', 'of nobody known'], [report.problemCount, 'bad row left out', 'bad rows left out'],
  ] as const
  for (const { line, pseudonym, what, fields, at } of report.dryRun ? report.changes.slice(0, CHANGES_SHOWN) : []) print(`line ${line}: ${pseudonym} ${what.replaceAll('_', ' ')}${fields.length === 0 ? '' : ` (${fields.join(', ')})`}${at === undefined ? '' : ` at ${at}`}`)
  if (report.dryRun && report.changes.length > CHANGES_SHOWN) say('and more')
  for (const { line, problem } of report.problems) say(`line ${line}: ${problem}`)
  say(`${report.dryRun ? 'Would import' : 'Imported'}: ${counts.filter(([count], index) => index === 0 || count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`).join(', ')}.${report.dryRun ? ' Nothing was changed.' : ''}`)
}

async function runImport(api: LocalApi, connector: string, file: string, options: ImportOptions, fromHere: (path: string) => string): Promise<void> {
  const settings = settingsOf(options, fromHere)
  const query = new URLSearchParams()
  for (const [name, given] of [['dryRun', options.dryRun], ['confirm', options.yes], ['skipBad', options.skipBad], ['full', options.full]] as const) if (given === true) query.set(name, 'true')
  if (options.format !== undefined) query.set('format', options.format)
  if (options.indicator !== undefined) query.set('indicator', options.indicator)
  if (Object.keys(settings).length > 0) query.set('settings', JSON.stringify(settings))
  const text = query.toString()
  try {
    const report = parse<ImportView>(await api.request('POST', `/api/v1/connectors/${connector}/imports${text === '' ? '' : `?${text}`}`, { body: openFile(file, fromHere(file)), contentType: 'application/octet-stream' }))
    if (options.json === true) printJson(report)
    else printReport(report)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'CONNECTOR_FILE_INVALID') throw error
    // As compilers do, so that an editor finds the line.
    // What is wrong with every row in the same way is said of the first ones.
    const alike = new Map<string, number>()
    for (const { pointer, detail } of error.problem.errors ?? []) {
      const times = (alike.get(detail) ?? 0) + 1
      alike.set(detail, times)
      if (times <= ALIKE_SHOWN) say(`${file === '-' ? 'standard input' : file}:${pointer.split('/').at(-1) ?? '?'}: ${detail}`)
    }
    for (const [detail, times] of alike) if (times > ALIKE_SHOWN) say(`and ${times - ALIKE_SHOWN} more lines: ${detail}`)
    say(`${error.problem.detail ?? ''}${options.skipBad === true ? '' : ' --skip-bad leaves bad rows out, where the file as a whole can be read.'}`)
    process.exitCode = EXIT.usage
  }
}

const runRow = (run: ConnectorRunView): readonly string[] => [run.at, run.outcome === 'done' ? 'done' : `refused ${run.code ?? ''}`, String(run.rows), String(run.usersCreated + run.usersChanged), String(run.triggers), String(run.activities), String(run.problems), run.by]

export function connectorCommands(program: Command, { reading, withApi, fromHere }: ConnectorCommandDeps): void {
  const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]
  const importing = (parent: Command, name: string, connector: string, description: string, extra: (command: Command) => Command = (command) => command): void => {
    const command = reading(parent.command(name)).argument('<file>', 'file; - for standard input').description(description).option('--dry-run', 'say what would change, and change nothing').option('--yes', 'the change may be larger than a tenth of the people').option('--skip-bad', 'leave bad rows out instead of refusing the file')
    extra(command).action((file: string, options: ImportOptions) => withApi(options.dir, (api) => runImport(api, connector, file, options, fromHere)))
  }
  const mapped = (command: Command): Command => command.option('--mapping <file>', 'YAML or JSON: columns and rules, over the stored settings').option('--column <meaning=name>', 'name of a column; repeatable', collect)

  const hr = program.command('hr').description('What the personnel office knows.')
  importing(hr, 'import', 'hr', 'Resignations, reviews, improvement plans, job levels and profiles out of a CSV file.', (command) => mapped(command).option('--scenario <kind>', 'resignation, job_level_change, performance_review, performance_improvement_plan or employee_profile'))
  const directory = program.command('directory').description('People, their groups and their managers.')
  importing(directory, 'import', 'directory', 'People out of a file.', (command) => mapped(command).option('--format <format>', 'csv, ldif or scim', 'csv').option('--full', 'the file names everybody: whose entry is missing is gone'))
  const imports = program.command('import').description('What people did, as other systems saw it.')
  importing(imports, 'ehr', 'ehr', 'An audit file of a health record system.', mapped)
  importing(imports, 'badging', 'badging', 'Badges at doors, as JSON.')
  importing(imports, 'security-alerts', 'security-alerts', 'Alerts of Microsoft Graph, Wazuh, Falco, osquery or ClamAV.', (command) => command.option('--mapping <file>', 'YAML or JSON: severities of osquery queries'))
  importing(imports, 'custom-indicators', 'custom-indicators', 'Detections of your own systems, as CSV.', (command) => command.option('--indicator <id>', 'the one that the file is of').option('--mapping <file>', 'YAML or JSON: definitions, over the stored ones'))
  importing(imports, 'activities', 'activities', 'Activities one a line, in the form of replay.')

  const connectors = program.command('connector').description('Whether other systems still bring something.')
  reading(connectors.command('list')).description('Connectors, their health and their last import.').action((options: DirOptions) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: ConnectorView[] }>(api, '/api/v1/connectors')
      if (options.json === true) {
        printJson(page)
        return
      }
      printTable(['CONNECTOR', 'STATE', 'LAST IMPORT', 'ROWS', 'SUMMARY'], page.items.map((row) => [row.id, row.state, row.lastDoneAt ?? 'never', String(row.lastRun?.rows ?? 0), row.summary]))
      for (const row of page.items) if (row.warning !== undefined) say(`${row.id}: ${row.warning}`)
    }))
  reading(connectors.command('runs')).argument('<connector>').description('Imports of a connector, newest first.').option('--limit <count>', 'rows', '50').action((id: string, options: DirOptions & { readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: ConnectorRunView[] }>(api, `/api/v1/connectors/${encodeURIComponent(id)}/runs?limit=${encodeURIComponent(options.limit)}`)
      if (options.json === true) printJson(page)
      else printTable(['AT', 'OUTCOME', 'ROWS', 'PEOPLE', 'TRIGGERS', 'ACTIVITIES', 'PROBLEMS', 'BY'], page.items.map(runRow))
    }))
  reading(connectors.command('show')).argument('<connector>').description('Columns and rules of a connector.').action((id: string, options: DirOptions) => withApi(options.dir, async (api) => printJson(await get(api, `/api/v1/connectors/${encodeURIComponent(id)}/settings`))))
  reading(connectors.command('set')).argument('<connector>').description('Replace columns and rules of a connector.').requiredOption('-f, --file <file>', 'YAML or JSON').action((id: string, options: DirOptions & { readonly file: string }) =>
    withApi(options.dir, async (api) => printJson(await send(api, 'PUT', `/api/v1/connectors/${encodeURIComponent(id)}/settings`, settingsOf({ dir: options.dir, mapping: options.file }, fromHere)))))

  const tokens = program.command('token').description('Tokens for programs: scripts, imports, SCIM.')
  reading(tokens.command('create')).argument('<name>').description('Make a token; it is shown once.').option('--connector <id>', 'a connector that it may import for, such as directory for SCIM; repeatable', collect).option('--permission <name>', 'what it may do, such as alert.read, or account.provision for SCIM of accounts; repeatable', collect).option('--expires <duration>', 'how long it is good: 24h, 90d', '90d').action((name: string, options: DirOptions & { readonly connector?: readonly string[]; readonly permission?: readonly string[]; readonly expires: string }) =>
    withApi(options.dir, async (api) => {
      const made = await send<TokenCreated>(api, 'POST', '/api/v1/tokens', { name, connectors: options.connector ?? [], permissions: options.permission ?? [], expiresInSecs: durationSecs(options.expires) })
      if (options.json === true) printJson(made)
      else {
        print(made.token)
        say(`Good for ${made.connectors.join(', ')} until ${made.expiresAt}. Shown only now.`)
      }
    }))
  reading(tokens.command('list')).description('Tokens made so far.').action((options: DirOptions) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: TokenView[] }>(api, '/api/v1/tokens')
      if (options.json === true) printJson(page)
      else printTable(['ID', 'NAME', 'STATE', 'FOR', 'EXPIRES', 'LAST USED'], page.items.map((row) => [row.id, row.name, row.state, row.connectors.join(', '), row.expiresAt, row.lastUsedAt ?? 'never']))
    }))
  reading(tokens.command('revoke')).argument('<id>').description('Make a token useless.').action((id: string, options: DirOptions) =>
    withApi(options.dir, async (api) => {
      const row = await send<TokenView>(api, 'DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`)
      if (options.json === true) printJson(row)
      else say(`${row.id} is ${row.state}`)
    }))
}
