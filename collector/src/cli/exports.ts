// holdfast export: targets of exports, and what can be done about them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve, dirname } from 'node:path'
import type { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { CodedError } from '../errors.ts'
import type { DeadLetterPage, ReplayView, SigmaList, TargetCreated, TargetList, TargetRequest, TargetView, TestView } from '../http/contract.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}
type Api = Parameters<Parameters<CommandDeps['withApi']>[1]>[0]

const at = (id: string): string => `/api/v1/exports/${encodeURIComponent(id)}`
const invalid = (key: string, problem: string): CodedError => new CodedError('CONFIG_INVALID', { key, problem })

/** By id or by name. */
async function targetOf(api: Api, word: string): Promise<TargetView> {
  const { items } = await get<TargetList>(api, '/api/v1/exports')
  const found = items.find(({ id, name }) => id === word || name.toLowerCase() === word.toLowerCase())
  if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'export target' })
  return found
}

/** What would be saved again to leave a target as it is. */
const requestOf = ({ name, place, format, batchSize, allowPrivate, names, tls }: TargetView): TargetRequest => ({ name, place, format, batchSize, allowPrivate, names, tls })

/** Documents of a file of targets. A secret may be given as `{ file: path }`, beside the file, so that it stands in none that is kept in a repository. */
function readTargets(path: string): readonly TargetRequest[] {
  const read = (text: string): unknown => {
    try {
      return parseYaml(text) as unknown
    } catch (cause) {
      throw invalid(path, `is no YAML: ${(cause as Error).message.split('\n')[0] ?? ''}`)
    }
  }
  const document = read(readFileSync(path, 'utf8'))
  const list: unknown = typeof document === 'object' && document !== null && 'targets' in document ? document.targets : document
  const targets: readonly unknown[] = Array.isArray(list) ? list : [list]
  return targets.map((target) => {
    if (typeof target !== 'object' || target === null) throw invalid(path, 'must be a target, a list of targets, or `targets:` with a list')
    const { secrets, ...rest } = target as { readonly secrets?: Readonly<Record<string, unknown>> }
    if (secrets === undefined) return rest as TargetRequest
    const opened = Object.entries(secrets).map(([name, value]) => {
      const from = typeof value === 'object' && value !== null && 'file' in value ? value.file : undefined
      return [name, typeof from === 'string' ? readFileSync(resolve(dirname(path), from), 'utf8').trim() : value]
    })
    // The API checks the shape.
    return { ...rest, secrets: Object.fromEntries(opened) as TargetRequest['secrets'] } as TargetRequest
  })
}

function printTest(outcome: TestView): void {
  if (outcome.ok) {
    say(outcome.unsure ? `sent in ${outcome.tookMs} ms; over UDP nobody says whether it arrived (${outcome.recordId ?? ''})` : `it arrived in ${outcome.tookMs} ms (${outcome.recordId ?? ''})`)
    return
  }
  print(`${outcome.problem?.kind ?? ''}: ${outcome.problem?.detail ?? ''}`)
  print(outcome.problem?.advice ?? '')
  const { certificate } = outcome.problem ?? {}
  if (certificate !== undefined) for (const [name, value] of Object.entries(certificate)) print(`  ${name}: ${value}`)
}

export function exportCommands(program: Command, { reading, withApi, fromHere }: CommandDeps): void {
  const exporting = program.command('export').description('Alerts and cases for other systems.')
  reading(exporting.command('list')).description('Targets, and how far they are.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const list = await get<TargetList>(api, '/api/v1/exports')
      if (options.json === true) printJson(list)
      else printTable(['ID', 'NAME', 'KIND', 'FORMAT', 'STATE', 'LAG', 'SECONDS', 'SENT', 'DEAD', 'DROPPED', 'PROBLEM'], list.items.map((row) => [row.id, row.name, row.place.kind, row.format, row.state, String(row.lag.records), String(row.lag.seconds), String(row.sent), String(row.deadLetters), String(row.dropped), row.problem === undefined ? '' : `${row.problem.kind}: ${row.problem.detail}`]))
    }))

  reading(exporting.command('apply')).description('Make the targets of a file, or change those that have its names.').requiredOption('-f, --file <path>', 'YAML or JSON').action((options: JsonOption & { readonly file: string }) =>
    withApi(options.dir, async (api) => {
      const done: TargetCreated[] = []
      for (const wanted of readTargets(fromHere(options.file))) {
        const { items } = await get<TargetList>(api, '/api/v1/exports')
        const known = items.find(({ name }) => name.toLowerCase() === wanted.name.toLowerCase())
        const { begin: _begin, ...change } = wanted
        done.push(known === undefined ? await send<TargetCreated>(api, 'POST', '/api/v1/exports', wanted) : await send<TargetCreated>(api, 'PUT', at(known.id), change, { 'if-match': `"${known.revision}"` }))
      }
      if (options.json === true) printJson(done.length === 1 ? done[0] : { items: done })
      else for (const { target, signingSecret } of done) say(`${target.name} is ${target.id}${signingSecret === undefined ? '' : `; its signing secret, shown this once: ${signingSecret}`}`)
    }))

  reading(exporting.command('test')).argument('<target>', 'id or name').description('Send one record that says it is a test.').action((word: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const target = await targetOf(api, word)
      const outcome = await send<TestView>(api, 'POST', '/api/v1/exports/test', { id: target.id, target: requestOf(target) })
      if (options.json === true) printJson(outcome)
      else printTest(outcome)
      if (!outcome.ok) process.exitCode = 1
    }))

  for (const verb of ['pause', 'resume'] as const) {
    reading(exporting.command(verb)).argument('<target>', 'id or name').description(verb === 'pause' ? 'Send nothing until it is resumed; records wait.' : 'Go on, and try at once.').action((word: string, options: JsonOption) =>
      withApi(options.dir, async (api) => {
        const target = await send<TargetView>(api, 'POST', `${at((await targetOf(api, word)).id)}/${verb}`)
        if (options.json === true) printJson(target)
        else say(`${target.name} is ${target.paused ? 'paused' : 'on'}`)
      }))
  }

  reading(exporting.command('replay'))
    .argument('<target>', 'id or name')
    .description('Send a range of records once more, under the same record ids.')
    .option('--from-id <number>', 'first record')
    .option('--to-id <number>', 'last record')
    .option('--from <time>', 'ISO 8601, inclusive')
    .option('--to <time>', 'ISO 8601, exclusive')
    .action((word: string, options: JsonOption & { readonly fromId?: string; readonly toId?: string; readonly from?: string; readonly to?: string }) =>
      withApi(options.dir, async (api) => {
        const number = (flag: string, text: string | undefined): number | undefined => {
          if (text === undefined) return undefined
          if (!/^\d{1,15}$/.test(text)) throw invalid(flag, 'must be a whole number')
          return Number(text)
        }
        const instant = (flag: string, text: string | undefined): string | undefined => {
          if (text === undefined) return undefined
          if (Number.isNaN(Date.parse(text))) throw invalid(flag, 'must be a time such as 2026-03-02T09:00:00Z')
          return new Date(text).toISOString()
        }
        const wanted = { fromId: number('--from-id', options.fromId), toId: number('--to-id', options.toId), from: instant('--from', options.from), to: instant('--to', options.to) }
        const range = await send<ReplayView>(api, 'POST', `${at((await targetOf(api, word)).id)}/replay`, Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)))
        if (options.json === true) printJson(range)
        else say(`${range.records} records go out again: ${range.fromId} to ${range.toId}`)
      }))

  reading(exporting.command('dead-letters')).argument('<target>', 'id or name').description('Records that the receiver refused for good.').option('--retry', 'try all that are listed again').option('--drop', 'drop all that are listed').option('--reason <text>', 'why they are dropped').action((word: string, options: JsonOption & { readonly retry?: boolean; readonly drop?: boolean; readonly reason?: string }) =>
    withApi(options.dir, async (api) => {
      const { id } = await targetOf(api, word)
      const page = await get<DeadLetterPage>(api, `${at(id)}/dead-letters?limit=500`)
      const action = options.retry === true ? 'retry' : options.drop === true ? 'drop' : undefined
      if (action !== undefined && page.items.length > 0) {
        const { count } = await send<{ count: number }>(api, 'POST', `${at(id)}/dead-letters`, { action, ids: page.items.map((letter) => letter.id), ...(options.reason === undefined ? {} : { reason: options.reason }) })
        say(`${count} ${action === 'retry' ? 'go out again' : 'were dropped'}`)
      } else if (options.json === true) printJson(page)
      else printTable(['ID', 'KIND', 'OF', 'REFUSED', 'WHY'], page.items.map((row) => [String(row.id), row.kind, row.ref, row.refusedAt, row.reason]))
    }))

  reading(exporting.command('sigma')).description('The indicators and sequences as Sigma rules.').option('--out <folder>', 'one file a rule, instead of all on standard output').action((options: JsonOption & { readonly out?: string }) =>
    withApi(options.dir, async (api) => {
      const { items } = await get<SigmaList>(api, '/api/v1/sigma')
      if (options.out !== undefined) {
        const folder = fromHere(options.out)
        mkdirSync(folder, { recursive: true })
        for (const { name, yaml } of items) writeFileSync(join(folder, name), yaml)
        say(`${items.length} files are in ${folder}`)
      } else if (options.json === true) printJson({ items })
      else print(items.map(({ yaml }) => yaml.trimEnd()).join('\n---\n'))
    }))
}
