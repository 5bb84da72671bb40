// holdfast audit: reading, exporting and verifying the log of who saw or changed what.
import type { Command } from 'commander'
import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readAnchors } from '../audit/anchors.ts'
import type { AuditVerdict } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import type { AuditPage, LooksView } from '../http/contract.ts'
import { get, parse, print, printJson, printTable, say } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}
interface FilterOptions extends JsonOption {
  readonly category?: readonly string[]
  readonly action?: string
  readonly actor?: string
  readonly subject?: string
  readonly target?: string
  readonly from?: string
  readonly to?: string
}

const filtersOf = ({ category = [], action, actor, subject, target, from, to }: FilterOptions): URLSearchParams =>
  new URLSearchParams([...category.map((name): [string, string] => ['category', name]), ...Object.entries({ action, actor, subject, target, from, to }).filter((entry): entry is [string, string] => entry[1] !== undefined)])

function printVerdict(verdict: AuditVerdict): void {
  const { checkpoint } = verdict
  print(verdict.ok ? `The chain is whole: ${verdict.entries} entries, head ${verdict.head}` : `The chain is broken at entry ${verdict.firstBadSeq ?? '?'}: ${verdict.problem ?? ''}`)
  if (checkpoint !== undefined) print(`It begins after entry ${checkpoint.seq}, which retention took away on ${new Date(checkpoint.atMs).toISOString()}; the checkpoint's signature is ${checkpoint.signed}.`)
  if (verdict.anchorsBefore !== undefined) print(`${verdict.anchorsBefore} anchors are older than that and could not be compared.`)
}

export function auditCommands(program: Command, { reading, withApi, fromHere, collect }: CommandDeps): void {
  const audit = program.command('audit').description('The audit log.')
  const filtered = (command: Command): Command =>
    reading(command)
      .option('--category <name>', 'alerts, cases, users, policies, privacy, settings …; repeatable', collect)
      .option('--action <action>', 'such as user.revealed')
      .option('--actor <name>', 'name or id of an account')
      .option('--subject <person>', 'id, pseudonym or identity of a person whom entries are about')
      .option('--target <id>', 'id of what was seen or changed')
      .option('--from <instant>', 'such as 2026-03-01T00:00:00Z')
      .option('--to <instant>', 'exclusive')

  filtered(audit.command('list')).description('Newest entries first.').option('--limit <count>', 'rows', '50').action((options: FilterOptions & { readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const query = filtersOf(options)
      query.set('limit', options.limit)
      const page = await get<AuditPage>(api, `/api/v1/audit?${query.toString()}`)
      if (options.json === true) printJson(page)
      else printTable(['SEQ', 'AT', 'WHO', 'WHAT', 'TARGET', 'ABOUT'], page.items.map((row) => [String(row.seq), row.at, row.actor, row.action, `${row.targetKind} ${row.targetId}`, row.subjects.length > 3 ? `${row.subjects.length} people` : row.subjects.map((one) => one.pseudonym).join(' ')]))
    }))

  filtered(audit.command('export')).description('The log to standard output; JSONL without a filter can be verified anywhere.').option('--format <format>', 'csv or jsonl', 'jsonl').action((options: FilterOptions & { readonly format: string }) =>
    withApi(options.dir, async (api) => {
      const query = filtersOf(options)
      query.set('format', options.format)
      const answer = await api.request('GET', `/api/v1/audit/export?${query.toString()}`)
      if (answer.status >= 400) parse(answer)
      else process.stdout.write(answer.body)
    }))

  reading(audit.command('verify'))
    .description('Walk the whole chain, also against the anchored heads; exit code 1 when it is broken. Needs no running collector, and with --file no installation.')
    .option('--file <path>', 'an export in JSONL instead of the database')
    .option('--anchors <path>', 'anchors.jsonl, from wherever heads were sent to')
    .option('--key <path>', 'public or private key of the installation in PEM, for the checkpoint')
    .action(async (options: JsonOption & { readonly file?: string; readonly anchors?: string; readonly key?: string }) => {
      let verdict: AuditVerdict
      if (options.file === undefined) {
        const { verifyOffline } = await import('./offline.ts')
        verdict = await verifyOffline(fromHere(options.dir), options.anchors === undefined ? undefined : fromHere(options.anchors))
      } else {
        const { verifyExported } = await import('../audit/exported.ts')
        verdict = await verifyExported(fromHere(options.file), { ...(options.anchors === undefined ? {} : { anchors: readAnchors(fromHere(options.anchors)) }), ...(options.key === undefined ? {} : { key: createPublicKey(readFileSync(fromHere(options.key), 'utf8')) }) })
      }
      if (options.json === true) printJson(verdict)
      else printVerdict(verdict)
      if (!verdict.ok) process.exitCode = 1
    })

  reading(audit.command('who-looked-at'))
    .argument('<person>', 'id, pseudonym or identity such as an e-mail address')
    .description('Who looked at one person, how often, doing what.')
    .option('--from <instant>', 'default: 180 days ago')
    .option('--to <instant>', 'exclusive')
    .action((person: string, options: JsonOption & { readonly from?: string; readonly to?: string }) =>
      withApi(options.dir, async (api) => {
        if (person.trim() === '') throw new CodedError('CONFIG_INVALID', { key: 'person', problem: 'must not be empty' })
        const query = new URLSearchParams({ [/^u_[0-9a-f]+$/.test(person) ? 'user' : 'identity']: person, ...(options.from === undefined ? {} : { from: options.from }), ...(options.to === undefined ? {} : { to: options.to }) })
        const looks = await get<LooksView>(api, `/api/v1/audit/who-looked-at?${query.toString()}`)
        if (options.json === true) {
          printJson(looks)
          return
        }
        print(`${looks.user.pseudonym}: ${looks.total} entries by ${looks.people} accounts, ${looks.from} to ${looks.to}`)
        printTable(['WHO', 'ROLES', 'COUNT', 'FIRST', 'LAST'], looks.byActor.map((row) => [row.name, row.roles.join(' '), String(row.count), row.firstAt, row.lastAt]))
        printTable(['WHAT', 'COUNT', 'LAST'], looks.byAction.map((row) => [row.action, String(row.count), row.lastAt]))
        say('names stay hidden here too; an identity that is asked for is written to the log as its pseudonym')
      }))
}
