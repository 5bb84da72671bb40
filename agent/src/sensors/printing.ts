// Documents that are printed: who, on which printer, how many pages, and which file where that can be known.
//
// Which file it was is known in this order: a known file has the very bytes that the printer was given (`content`); a file of
// the document's name lies where the person keeps documents, and only one does (`name`); else the print data stand for
// themselves (`spool`), because applications print what they have drawn and tell no path.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { wire } from '@holdfast/proto'
import type { InspectedFile } from '../enrich/contract.ts'
import { readFileBeneath } from '../platform/linux/read-beneath.ts'
import { loadState, saveState } from './durable-state.ts'
import { runOnFileChanges } from './file-triggers.ts'
import { PRINTERS_CONF, readPrinters, readSpool, type SpooledJob, SPOOLS } from './printing/cups.ts'
import { parsePrintEvents, type Printer, type PrintJob } from './printing/job.ts'
import { defineSensor, type SensorContext } from './sensor.ts'
import { waitFor } from './waiting.ts'

/** Without a notification the spool is looked at so often; also how long a job may wait before it is told unfinished. */
const LOOK_MS = 300_000
const WINDOWS_LOOK_MS = 60_000
const REMEMBERED = 2000
const DATA_REMEMBERED = 512
const HASH_LIMIT_BYTES = 50 * 1024 * 1024
const MAX_DIRS_BYTES = 16_384
const unknownPrinter: Printer = { kind: 'unknown', host: '' }

type Facts = wire.FileFacts.$Properties
type Known = 'name' | 'content' | 'spool'

const factsOf = ({ mtimeMs: _mtimeMs, ownerUid: _ownerUid, encrypted: _encrypted, links: _links, crc32: _crc32, ...facts }: InspectedFile): Facts => facts
const wasRead = ({ state }: InspectedFile): boolean => state !== 'gone' && state !== 'special' && state !== 'denied' && state !== 'unread'

/** Folders in which a person keeps documents: the home itself, and what user-dirs.dirs(5) names. */
function documentFolders(home: string): readonly string[] {
  const found = readFileBeneath(home, '.config/user-dirs.dirs', MAX_DIRS_BYTES)
  const named = found.kind === 'bytes' ? [...found.bytes.toString('utf8').matchAll(/^XDG_(?:DOCUMENTS|DOWNLOAD|DESKTOP|PICTURES)_DIR="\$HOME\/([^"$`\\]+)"/gm)].map((match) => match[1] ?? '') : []
  return [...new Set(['', 'Documents', 'Downloads', 'Desktop', 'Pictures', ...named])].filter((part) => !part.includes('..')).map((part) => join(home, part))
}

function createTeller(context: SensorContext) {
  const { platform, enrichment, policy, signal } = context
  const hashLimitBytes = policy.files?.hashLimitBytes || HASH_LIMIT_BYTES
  /** Print data as it was when it came: cupsd may be told to keep none. */
  const data = new Map<string, InspectedFile>()

  async function byName(job: PrintJob): Promise<Facts | undefined> {
    const name = basename(job.document)
    if (!/\.[a-z0-9]{1,8}$/i.test(name) || name.includes('\0')) return undefined
    const account = (await platform.accounts().catch(() => [])).find((each) => each.name === job.user)
    if (account === undefined) return undefined
    const home = join(platform.root ?? '/', account.home)
    const paths = (job.document.startsWith('/') ? [join(platform.root ?? '/', job.document)] : documentFolders(home).map((folder) => join(folder, name))).filter((path) => existsSync(path))
    if (paths.length !== 1) return undefined
    const found = await enrichment.inspect(paths[0] ?? '', { hashLimitBytes, uid: account.uid })
    return wasRead(found) ? factsOf(found) : undefined
  }

  async function fileOf(job: PrintJob & { readonly data?: string }): Promise<{ readonly file: Facts; readonly by: Known } | undefined> {
    const printed = job.data === undefined ? undefined : data.get(job.data)
    const source = printed === undefined || printed.fingerprint === '' ? undefined : await enrichment.sourceOf({ ...printed }, { knownOnly: true })
    if (printed !== undefined && source !== undefined) return { file: { ...factsOf(printed), path: source.path, sizeBytes: source.sizeBytes }, by: 'content' }
    const named = await byName(job)
    if (named !== undefined) return { file: named, by: 'name' }
    return printed === undefined ? undefined : { file: factsOf(printed), by: 'spool' }
  }

  return {
    /** Looks at print data while it is there. */
    async seen(paths: readonly string[]): Promise<void> {
      for (const path of paths) {
        const before = data.get(path)
        if (signal.aborted || (before !== undefined && before.state === 'stable')) continue
        const found = await enrichment.inspect(path, { hashLimitBytes })
        if (!wasRead(found)) continue
        data.set(path, found)
        for (const oldest of data.keys()) {
          if (data.size <= DATA_REMEMBERED) break
          data.delete(oldest)
        }
      }
    },
    async tell(job: PrintJob & { readonly data?: string }, printer: Printer, recovered: boolean): Promise<void> {
      const found = await fileOf(job)
      if (signal.aborted) return
      await context.emit({
        kind: 'file_printed', occurredAtMs: job.createdAtMs || context.now(), actor: { account: job.user, attribution: 'file_owner' }, ...(recovered ? { recovered } : {}),
        detail: {
          filePrinted: {
            printer: job.printer, document: job.document, pages: job.pages, copies: job.copies, sizeBytes: job.sizeBytes, documentFormat: job.format, jobState: job.state, printerKind: printer.kind, printerHost: printer.host,
            ...(found === undefined ? {} : { file: found.file, fileKnownBy: found.by }),
          },
        },
      })
    },
  }
}

/** Jobs that were told, by their keys; undefined before the first look ever. */
async function loadTold(context: SensorContext): Promise<Set<string> | undefined> {
  const saved = await loadState(context.memory, 'told')
  return Array.isArray(saved) ? new Set((saved as unknown[]).filter((key): key is string => typeof key === 'string')) : undefined
}

async function saveTold(context: SensorContext, told: Set<string>): Promise<void> {
  for (const oldest of told) {
    if (told.size <= REMEMBERED) break
    told.delete(oldest)
  }
  await saveState(context.memory, 'told', [...told])
}

async function runCups(context: SensorContext): Promise<void> {
  const { platform, signal, pace } = context
  const root = platform.root ?? '/'
  const spoolPath = SPOOLS[platform.os] ?? '/var/spool/cups'
  const teller = createTeller(context)
  const before = await loadTold(context)
  const told = before ?? new Set<string>()
  /** When a job that is not over was first seen. */
  const waiting = new Map<string, number>()
  let isFirst = true
  // The spool itself, and its coming with the printing system.
  const watched = [`${spoolPath}/`, spoolPath]

  const isDue = (job: SpooledJob): boolean => {
    if (told.has(job.key)) return false
    if (job.state !== 'pending') return true
    const since = waiting.get(job.key) ?? performance.now()
    waiting.set(job.key, since)
    return performance.now() - since >= LOOK_MS
  }

  await runOnFileChanges({
    root, paths: () => watched, pollMs: LOOK_MS, pace, signal,
    async check() {
      const spool = readSpool(join(root, spoolPath))
      if (spool === 'denied') {
        context.report({ tier: 'blind', reason: 'the spool of the printing system may not be read', fix: 'Run the agent as root.' })
        return undefined
      }
      if (spool !== 'absent') {
        await teller.seen(spool.data)
        const due = spool.jobs.filter(isDue)
        const printers = due.length === 0 ? new Map<string, Printer>() : readPrinters(join(root, PRINTERS_CONF[platform.os] ?? ''))
        for (const job of due) {
          if (signal.aborted) return undefined
          // What was printed before the agent came is no news; what was printed while it was off is.
          if (!isFirst || before !== undefined) await teller.tell(job, printers.get(job.printer) ?? unknownPrinter, isFirst)
          told.add(job.key)
          waiting.delete(job.key)
        }
        if (due.length > 0 || (isFirst && before === undefined)) await saveTold(context, told)
      } else if (isFirst && before === undefined) await saveTold(context, told)
      isFirst = false
      context.report({ tier: 'full', reason: '', fix: '' })
      return undefined
    },
  })
}

/** Windows writes an event for each job, once somebody has enabled the log. */
async function runWindows(context: SensorContext): Promise<void> {
  const { platform, signal, memory } = context
  const teller = createTeller(context)
  let last = Number(await memory.get('record') ?? Number.NaN)
  while (!signal.aborted) {
    const after = Number.isFinite(last) ? ` and EventRecordID>${last}` : ''
    const answer = await platform.run('wevtutil', ['qe', 'Microsoft-Windows-PrintService/Operational', '/f:xml', '/c:1000', ...(after === '' ? ['/rd:true'] : []), `/q:*[System[EventID=307${after}]]`], { timeoutMs: 20_000, maxBytes: 8 << 20 }).catch(() => undefined)
    if (signal.aborted) return
    const enabled = await platform.run('wevtutil', ['gl', 'Microsoft-Windows-PrintService/Operational']).catch(() => undefined)
    if (answer === undefined || answer.code !== 0) context.report({ tier: 'blind', reason: 'the event log of the print service cannot be read', fix: 'Run the agent as an administrator.' })
    else if (/^enabled:\s*false/im.test(enabled?.stdout ?? '')) context.report({ tier: 'blind', reason: 'the event log of the print service is off', fix: 'wevtutil sl Microsoft-Windows-PrintService/Operational /e:true' })
    else context.report({ tier: 'full', reason: '', fix: '' })
    const jobs = parsePrintEvents(answer?.stdout ?? '').toSorted((a, b) => a.record - b.record)
    if (Number.isFinite(last)) for (const { job, printer } of jobs) await teller.tell(job, printer, false)
    last = Math.max(Number.isFinite(last) ? last : 0, ...jobs.map(({ record }) => record))
    await memory.set('record', String(last))
    await waitFor(WINDOWS_LOOK_MS * context.pace(), signal)
  }
}

export const printingSensor = defineSensor({
  name: 'printing',
  summary: 'Documents that are printed, with the printer, the pages and, where it can be known, the file.',
  emits: ['file_printed'],
  platforms: ['linux', 'darwin', 'win32'],
  unsupportedReason: 'Print jobs are known from CUPS and from Windows only.',
  unsupportedFix: 'Let the print server of the organisation tell of jobs instead.',
  wanted: (policy) => policy.printing?.enabled === true,
  start: (context) => (context.platform.os === 'win32' ? runWindows(context) : runCups(context)),
})
