// holdfast enrolment-request: devices that wait for approval.
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { EnrolmentDecisionResult, EnrolmentRequestPage, EnrolmentRequestView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}
interface ListOptions extends Options {
  readonly state: string
  readonly code?: string
}
interface DecideOptions extends Options {
  readonly all?: boolean
  readonly code?: string
  readonly note?: string
}

type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

function query(values: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) if (value !== undefined) parameters.set(key, value)
  return `?${parameters.toString()}`
}

const PATH = '/api/v1/enrolment-requests'
/** As many as one decision takes. */
const STEP = 500

async function* waiting(api: LocalApi, code: string | undefined): AsyncGenerator<readonly EnrolmentRequestView[]> {
  // From the start each time: what was decided on waits no more.
  for (let last = ''; ;) {
    const { items } = await get<EnrolmentRequestPage>(api, `${PATH}${query({ state: 'waiting', codeId: code, limit: String(STEP) })}`)
    // Nothing that was decided on is still first, or the line does not move.
    if (items.length === 0 || items[0]?.id === last) return
    last = items[0]?.id ?? ''
    yield items
  }
}

async function decide(api: LocalApi, ids: readonly string[], approve: boolean, options: DecideOptions): Promise<void> {
  const results: EnrolmentDecisionResult[] = []
  const take = async (some: readonly string[]): Promise<void> => void results.push(await send<EnrolmentDecisionResult>(api, 'POST', `${PATH}/decisions`, { ids: some, approve, ...(options.note === undefined ? {} : { note: options.note }) }))
  if (options.all === true) for await (const page of waiting(api, options.code)) await take(page.map(({ id }) => id))
  else for (let at = 0; at < ids.length; at += STEP) await take(ids.slice(at, at + STEP))
  const items = results.flatMap((result) => result.items)
  if (options.json === true) printJson({ items, done: items.filter(({ outcome }) => outcome === 'done').length, waiting: results.at(-1)?.waiting ?? 0 })
  else {
    for (const { id, outcome, request } of items) print(`${id}  ${outcome === 'done' ? (approve ? 'approved' : 'refused') : outcome === 'not_found' ? 'not found' : `is ${request?.state ?? 'not waiting'}`}`)
    say(`${results.at(-1)?.waiting ?? 0} wait`)
  }
  if (options.all !== true && items.some(({ outcome }) => outcome !== 'done')) process.exitCode = 1
}

/** Adds `enrolment-request list|approve|refuse`. */
export function enrolmentRequestCommands(program: Command, { reading, withApi }: { readonly reading: (command: Command) => Command; readonly withApi: WithApi }): void {
  const requests = program.command('enrolment-request').description('Devices that wait for approval, because their code asks for it.')
  reading(requests.command('list'))
    .description('Who waits, the oldest first. KEY is the end of its public key, which holdfast-agent status shows on the device.')
    .option('--state <state>', 'waiting, approved, refused, expired, enrolled; all for every one', 'waiting')
    .option('--code <id>', 'under one code')
    .action((options: ListOptions) => withApi(options.dir, async (api) => {
      const page = await get<EnrolmentRequestPage>(api, `${PATH}${query({ state: options.state === 'all' ? undefined : options.state, codeId: options.code, limit: '200' })}`)
      if (options.json === true) return printJson(page)
      if (page.items.length === 0) return say('nobody waits')
      printTable(['ID', 'STATE', 'HOST', 'KEY', 'SYSTEM', 'GROUP', 'FROM', 'SINCE', 'BY'], page.items.map((row) => [row.id, row.state, row.hostname, row.fingerprint, row.os, row.group, row.address, row.requestedAt, row.decidedBy ?? '']))
      if ((page.total ?? 0) > page.items.length) say(`${page.items.length} of ${page.total}`)
    }))
  for (const [verb, approve, what] of [['approve', true, 'Let devices in; each fetches its credential when it asks again.'], ['refuse', false, 'Refuse devices; what they hold is of no use.']] as const) {
    reading(requests.command(verb)).argument('[ids...]').description(what)
      .option('--all', 'every one that waits')
      .option('--code <id>', 'with --all: of one code')
      .option('--note <text>', 'why, for the audit log')
      .action((ids: readonly string[], options: DecideOptions) => withApi(options.dir, async (api) => {
        if ((ids.length > 0) === (options.all === true)) throw new CodedError('CONFIG_INVALID', { key: 'ids', problem: 'say which, or --all' })
        await decide(api, ids, approve, options)
      }))
  }
}
