// holdfast evidence: files of a case and the copies that were kept of them, their custody, and a check without a server.
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import { verifyCustody } from '../evidence/custody.ts'
import type { CustodyView, EvidenceFile, EvidenceFilePage, EvidenceSettingsView } from '../http/contract.ts'
import type { CustodyEvent } from '../store/evidence.ts'
import { get, parse, print, printJson, printTable, say } from './output.ts'
import { type CommandDeps, readText } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}
interface ListOptions extends JsonOption {
  readonly case?: string
  readonly alert?: string
  readonly user?: string
  readonly state?: readonly string[]
  readonly limit: string
}

const at = (id: string): string => `/api/v1/evidence/${encodeURIComponent(id)}`
const stateOf = (file: EvidenceFile): string => file.evidence?.state === 'verified' ? (file.evidence.changed ? 'verified, changed' : 'verified') : (file.whyNone ?? file.evidence?.state ?? '')

/** The events of a custody as `evidence custody --json` prints it. @throws CONFIG_INVALID */
function eventsIn(text: string, file: string): readonly CustodyEvent[] {
  try {
    const { events } = JSON.parse(text) as { readonly events?: unknown }
    if (Array.isArray(events) && events.length > 0) return (events as readonly (CustodyEvent & { readonly actor?: string })[]).map(({ actor, ...event }) => ({ ...event, actorName: actor ?? event.actorName }))
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', { key: file, problem: 'is no JSON' }, { cause })
  }
  throw new CodedError('CONFIG_INVALID', { key: file, problem: 'holds no custody; make one with holdfast evidence custody ID --json' })
}

export function evidenceCommands(program: Command, { reading, withApi, fromHere, collect }: CommandDeps): void {
  const evidence = program.command('evidence').description('Files of cases and alerts, the copies that were kept of them, and their custody.')

  reading(evidence.command('list')).description('Files of a case, an alert or a user, newest first.')
    .option('--case <id>').option('--alert <id>').option('--user <id>').option('--state <state>', 'verified, receiving, refused, skipped, damaged, deleted, none; repeatable', collect).option('--limit <count>', 'rows', '200')
    .action((options: ListOptions) =>
      withApi(options.dir, async (api) => {
        const query = new URLSearchParams({ limit: options.limit })
        for (const [name, value] of [['caseId', options.case], ['alertId', options.alert], ['userId', options.user]] as const) if (value !== undefined) query.set(name, value)
        for (const state of options.state ?? []) query.append('state', state)
        const page = await get<EvidenceFilePage>(api, `/api/v1/evidence/files?${query.toString()}`)
        if (options.json === true) printJson(page)
        else {
          printTable(['ID', 'AT', 'BYTES', 'TO', 'STATE', 'FINDINGS', 'FILE'], page.items.map((file) => [file.evidence?.id ?? '-', file.at, String(file.sizeBytes), file.destination, stateOf(file), file.findings.map(({ type, count }) => `${type} ${count}`).join(', '), file.path]))
          if (page.nextCursor !== undefined) say('There are more; raise --limit.')
        }
      }))

  reading(evidence.command('show')).argument('<id>').description('What is known of one copy; its content is not shown.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const file = await get<EvidenceFile>(api, at(id))
      if (options.json === true) printJson(file)
      else for (const [name, value] of Object.entries({ file: file.path, state: stateOf(file), bytes: file.sizeBytes, sha256: file.evidence?.sha256, 'sha256 seen': file.sha256, captured: file.evidence?.capturedAt, received: file.evidence?.receivedAt, device: file.deviceId, user: file.user.pseudonym })) if (value !== undefined) print(`${name.padEnd(12)} ${value}`)
    }))

  reading(evidence.command('custody')).argument('<id>').description('What happened to a copy, and whether chain and content are whole. --json is what verify reads.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const custody = await get<CustodyView>(api, `${at(id)}/custody`)
      if (options.json === true) printJson(custody)
      else {
        printTable(['N', 'AT', 'WHO', 'WHAT', 'DETAIL'], custody.events.map((event) => [String(event.n), new Date(event.atMs).toISOString(), event.actor, event.what, event.detail]))
        print(`chain    ${custody.chain.ok ? `whole, ${custody.chain.events} events` : custody.chain.problem ?? 'broken'}\ncontent  ${custody.content.ok ? 'opens, and is the one that was received' : custody.content.problem ?? 'not here'}`)
      }
    }))

  reading(evidence.command('download')).argument('<id>').requiredOption('--reason <text>', 'goes into custody and audit').requiredOption('--out <file>', 'must not be there yet').description('Writes the content to a file of yours, 0600.').action((id: string, options: JsonOption & { readonly reason: string; readonly out: string }) =>
    withApi(options.dir, async (api) => {
      const path = fromHere(options.out)
      if (existsSync(path)) throw new CodedError('CONFIG_INVALID', { key: options.out, problem: 'is there already' })
      const file = await get<EvidenceFile>(api, at(id))
      const answer = await api.request('POST', `${at(id)}/download`, { body: JSON.stringify({ reason: options.reason }) })
      if (answer.status >= 400) parse(answer)
      const bytes = answer.bytes ?? Buffer.alloc(0)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (sha256 !== file.evidence?.sha256) throw new CodedError('EVIDENCE_DAMAGED', { problem: 'what arrived has another check sum' })
      writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' })
      if (options.json === true) printJson({ path, sha256, bytes: bytes.length })
      else print(`${sha256}  ${path}`)
    }))

  reading(evidence.command('verify')).argument('<file>', 'a custody as JSON, - for standard input').description('Checks a chain of custody by itself: without a collector, a key or a network.').action((file: string, options: { readonly json?: boolean }) => {
    const verdict = verifyCustody(eventsIn(readText(file, fromHere), file))
    if (options.json === true) printJson(verdict)
    if (!verdict.ok) throw new CodedError('EVIDENCE_DAMAGED', { problem: verdict.problem ?? 'its custody is broken' })
    if (options.json !== true) print(`The custody is whole: ${verdict.events} events, head ${verdict.head}`)
  })

  reading(evidence.command('usage')).description('How much evidence there is, and how much may be.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const settings = await get<EvidenceSettingsView>(api, '/api/v1/settings/evidence')
      if (options.json === true) printJson(settings)
      else print(`${settings.copies} copies, ${settings.usedBytes} of ${settings.organisationQuotaBytes} bytes; ${settings.deviceQuotaBytes} a device${settings.warned ? '; NEARLY FULL' : ''}`)
    }))
}
