// A bundle: everything of one case in a ZIP that a lawyer can check without us.
//
// Files are written one after the other and hashed on their way; what each needs of those before it (the custody of what was
// just exported, the audit entries of that, at last the manifest of everything) is there when its turn comes. Names of files,
// their order and their times depend on the request alone. Nothing is held in memory but one page of rows, the index of
// copies and the manifest.
import { createHash, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { ZipFile } from 'yazl'
import { type Actor, GENESIS } from '../audit/chain.ts'
import type { Alert } from '../domain/cases/alert.ts'
import type { Case } from '../domain/cases/case.ts'
import type { NameIndex } from '../domain/people/mask.ts'
import { CodedError } from '../errors.ts'
import type { EvidenceRoom } from '../evidence/evidence.ts'
import type { CaseBundle } from '../store/escalation.ts'
import type { EvidenceItem } from '../store/evidence.ts'
import type { Store } from '../store/store.ts'
import { activityColumns, activityRow, alertRow, auditRow, caseDocument, createWriting, custodianOf, eventRow, historyRow, iso, noteRow, personRow, type Writing } from './bundle-rows.ts'
import { concordanceDat, edrmXml, type LoadDocument, opticonOpt } from './load-files.ts'
import { readMe } from './read-me.ts'
import { signatureFile, signingKeyOf } from './signing.ts'

const DAY_MS = 86_400_000
const PAGE = 500
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const ENDINGS: Readonly<Record<string, string>> = { 'text/plain': 'txt', 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'image/webp': 'webp' }
const verifiers = join(import.meta.dirname, 'verifier')

export interface BundleInput {
  readonly store: Store
  /** Absent: contents are left out, and the index says so. */
  readonly evidence?: EvidenceRoom
  readonly names: () => Promise<NameIndex>
  readonly key: KeyObject
  readonly organisation: string
  readonly version: string
  readonly bundle: CaseBundle
  readonly now: () => number
  readonly signal?: AbortSignal
  /** 0 to 100. */
  readonly onProgress: (percent: number) => void
}

export interface BundleFacts {
  readonly manifestSha256: string
  readonly counts: Readonly<Record<string, number>>
}

interface ListedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
}

interface Exhibit {
  readonly item: EvidenceItem
  readonly docId: string
  /** In the bundle; absent: no content. */
  readonly path?: string
  readonly whyNone?: string
}

/** What the parts are made from. */
interface Making extends BundleInput {
  readonly found: Case
  readonly alerts: readonly Alert[]
  readonly fromMs: number
  readonly toMs: number
  readonly writing: Writing
  readonly exhibits: readonly Exhibit[]
  readonly counts: Record<string, number>
  readonly host: (deviceId: string) => Promise<string | undefined>
}

type Source = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

const line = (row: unknown): string => `${JSON.stringify(row)}\n`

/** A day around the alerts, unless the request says otherwise; without alerts, since the case was opened. */
function rangeOf(bundle: CaseBundle, found: Case, alerts: readonly Alert[]): { readonly fromMs: number; readonly toMs: number } {
  const first = alerts.length === 0 ? found.openedAtMs : Math.min(...alerts.map((alert) => alert.firstActivityAtMs))
  const last = alerts.length === 0 ? found.updatedAtMs : Math.max(...alerts.map((alert) => alert.lastActivityAtMs))
  return { fromMs: bundle.fromMs ?? first - DAY_MS, toMs: bundle.toMs ?? last + DAY_MS }
}

/** Pages of a list that comes newest first, all of it. */
async function everything<T>(page: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly nextCursor?: string }>): Promise<readonly T[]> {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const next = await page(cursor)
    all.push(...next.items)
    cursor = next.nextCursor
  } while (cursor !== undefined)
  return all
}
const after = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

async function exhibitsOf({ store, evidence, bundle }: BundleInput, userId: string, fromMs: number, toMs: number): Promise<readonly Exhibit[]> {
  const items = (await everything((cursor) => store.evidenceList({ userId, fromMs, toMs, limit: PAGE, ...after(cursor) }))).toReversed()
  const exhibits: Exhibit[] = []
  for (const [index, item] of items.entries()) {
    const docId = `HF${String(index + 1).padStart(7, '0')}`
    const state = item.state === 'verified' && evidence !== undefined ? await evidence.check(item) : { ok: false, problem: item.reason ?? item.state }
    exhibits.push(!bundle.content ? { item, docId, whyNone: 'contents were not asked for' } : state.ok ? { item, docId, path: `evidence/files/${docId}.${ENDINGS[item.mediaType ?? ''] ?? 'bin'}` } : { item, docId, whyNone: `${item.state}: ${state.problem ?? ''}` })
  }
  return exhibits
}

async function prepare(input: BundleInput): Promise<Making> {
  const { store, bundle } = input
  const [found, user, accounts, alerts] = await Promise.all([store.case(bundle.caseId), store.user(bundle.userId), store.accounts(), store.alertsOfCase(bundle.caseId)])
  if (found === undefined || user === undefined || (await store.erasedAt(user.id)) !== undefined) throw new CodedError('NOT_FOUND', { what: 'case' })
  const { fromMs, toMs } = rangeOf(bundle, found, alerts)
  const hosts = new Map<string, Promise<string | undefined>>()
  const host = (deviceId: string): Promise<string | undefined> => {
    const known = hosts.get(deviceId) ?? store.device(deviceId).then((device) => device?.hostname)
    hosts.set(deviceId, known)
    return known
  }
  return {
    ...input, found, alerts: alerts.toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)), fromMs, toMs, host, counts: {}, exhibits: await exhibitsOf(input, user.id, fromMs, toMs),
    writing: createWriting(user, await input.names(), new Map(accounts.map(({ id, name }) => [id, name])), bundle.names === 'named'),
  }
}

async function* activitiesOf({ store, found, fromMs, toMs, signal, host, writing }: Making) {
  for (let cursor: string | undefined; ; ) {
    signal?.throwIfAborted()
    const rows = await store.explore({ userId: found.userId, fromMs, toMs, ascending: true, limit: PAGE, ...after(cursor) })
    for (const { activity } of rows) yield activityRow(activity, await host(activity.deviceId), writing)
    cursor = rows.at(-1)?.cursor
    if (rows.length < PAGE) return
  }
}

function csv<T>(columns: Readonly<Record<string, (row: T) => string | number | boolean | undefined>>, rows: AsyncIterable<T>): AsyncIterable<string | Uint8Array> {
  const names = Object.keys(columns)
  // What begins like a formula is preceded by a quote: spreadsheets run none.
  const out = stringify({ header: true, columns: names, escape_formulas: true, bom: true, record_delimiter: 'windows', cast: { boolean: (value) => (value ? 'true' : 'false') } })
  const cells = Readable.from((async function* () {
    for await (const row of rows) yield names.map((name) => columns[name]?.(row))
  })())
  cells.on('error', (error) => out.destroy(error))
  return cells.pipe(out)
}

async function* jsonl(rows: AsyncIterable<unknown> | Iterable<unknown>, count: (rows: number) => void = () => {}): AsyncGenerator<string> {
  let total = 0
  for await (const row of rows) {
    total += 1
    yield line(row)
  }
  count(total)
}

const alertColumns: Readonly<Record<string, (row: ReturnType<typeof alertRow>) => string | number | boolean | undefined>> = {
  id: (row) => row.id, policy: (row) => row.policy, severity: (row) => row.severity, score: (row) => row.score, status: (row) => row.status, trigger: (row) => row.trigger.reason, why: (row) => row.parts.map((part) => `${part.points > 0 ? '+' : ''}${part.points} ${part.reason}`).join('\n'),
  first_activity_at: (row) => row.firstActivityAt, last_activity_at: (row) => row.lastActivityAt, created_at: (row) => row.createdAt, decided_at: (row) => row.decidedAt, assignee: (row) => row.assignee, note: (row) => row.note,
}

async function* alertRows({ store, alerts, writing }: Making) {
  const policies = new Map((await store.policies()).map((policy) => [policy.id, policy.name]))
  for (const alert of alerts) yield alertRow(alert, policies.get(alert.policyId) ?? '(deleted policy)', writing)
}

async function* historyRows({ store, alerts, writing }: Making) {
  for (const { id } of alerts) for (const row of await store.alertHistory(id)) yield historyRow(id, row, writing)
}

async function documentsOf({ store, exhibits, writing, host }: Making): Promise<readonly { readonly exhibit: Exhibit; readonly document: LoadDocument }[]> {
  const activities = new Map((await store.activitiesByIds(exhibits.map(({ item }) => item.activityId))).map((activity) => [activity.id, activity]))
  return Promise.all(exhibits.map(async (exhibit) => {
    const { item, docId, path } = exhibit
    const activity = activities.get(item.activityId)
    const original = writing.text(activity?.file?.path ?? '')
    const hostname = await host(item.deviceId)
    return {
      exhibit,
      document: {
        docId, custodian: custodianOf(writing), fileName: original.split(/[/\\]/).at(-1) ?? '', originalPath: original, path: path ?? '', sizeBytes: item.sizeBytes, sha256: item.sha256 ?? '', mediaType: item.mediaType ?? 'application/octet-stream', isImage: IMAGES.has(item.mediaType ?? ''),
        capturedAt: iso(item.capturedAtMs), activityAt: activity === undefined ? '' : iso(activity.occurredAtMs), device: hostname === undefined ? item.deviceId : writing.host(hostname), evidenceId: item.id, activityId: item.activityId,
      },
    }
  }))
}

async function* indexRows(making: Making) {
  for (const { exhibit: { item, docId, path, whyNone }, document } of await documentsOf(making)) {
    yield {
      docId, evidenceId: item.id, activityId: item.activityId, deviceId: item.deviceId, device: document.device, state: item.state, originalPath: document.originalPath, sizeBytes: item.sizeBytes, ...(item.sha256 === undefined ? {} : { sha256: item.sha256 }), ...(item.activitySha256 === undefined ? {} : { activitySha256: item.activitySha256 }),
      mediaType: document.mediaType, capturedAt: document.capturedAt, ...(item.receivedAtMs === undefined ? {} : { receivedAt: iso(item.receivedAtMs) }), findings: item.findings ?? [], holds: item.holds, ...(path === undefined ? { whyNone } : { path }),
    }
  }
}

async function* custodyRows({ store, exhibits }: Making) {
  for (const { item } of exhibits) yield* await store.custody(item.id)
}

/** The extract with its header; the header counts, so the entries are walked twice and never held. */
async function* auditRows({ store, found, exhibits, writing, bundle, counts }: Making, head: { readonly seq: number; readonly hash: string } | null): AsyncGenerator<string> {
  const [key, checkpoint] = await Promise.all([store.personKey(found.userId), store.auditCheckpoint()])
  const targetIds = [found.id, bundle.id, ...exhibits.map(({ item }) => item.id)]
  const walk = async function* () {
    for (let afterSeq = 0; ; ) {
      const rows = (await store.auditExtract({ subjectId: found.userId, targetIds, afterSeq, limit: PAGE })).filter(({ seq }) => head === null || seq <= head.seq)
      yield* rows
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      afterSeq = last.seq
    }
  }
  let entries = 0
  for await (const { seq } of walk()) entries += seq > 0 ? 1 : 0
  counts['auditEntries'] = entries
  yield line({ format: 'holdfast-audit-extract/1', entries, head, ...(checkpoint === undefined ? {} : { checkpoint }) })
  for await (const { previous, ...entry } of walk()) yield line(auditRow(entry, previous ?? (checkpoint?.seq === entry.seq - 1 ? checkpoint.hash : GENESIS), key, writing))
}

/**
 * Streams the ZIP of a bundle.
 *
 * @returns the stream, and what is known when it has ended
 * @throws NOT_FOUND when case or person are gone; the stream ends with an error when a copy turns out to be damaged
 */
export async function openBundle(input: BundleInput): Promise<{ readonly zip: AsyncIterable<Uint8Array>; readonly facts: Promise<BundleFacts> }> {
  const making = await prepare(input)
  const { store, bundle, evidence, key, organisation, version, found, fromMs, toMs, writing, exhibits, counts, signal } = making
  const actor: Actor = { id: bundle.byId, name: bundle.byName, roles: bundle.byRoles }
  const signing = signingKeyOf(key)
  const context = { caseId: found.id, bundleId: bundle.id, volume: 'HOLDFAST' }
  const files: ListedFile[] = []
  const zip = new ZipFile()
  const mtime = new Date(bundle.createdAtMs)
  let manifestSha256 = ''
  let head: { readonly seq: number; readonly hash: string } | null = null
  let loaded: readonly LoadDocument[] = []
  let written = 0
  const facts = Promise.withResolvers<BundleFacts>()
  facts.promise.catch(() => {})

  const entries: { readonly path: string; readonly source: () => Source | Promise<Source>; readonly listed?: false }[] = []
  const add = (path: string, source: () => Source | Promise<Source>): void => void entries.push({ path, source })
  const passing = async function* (path: string, source: () => Source | Promise<Source>, listed: boolean): AsyncGenerator<Uint8Array> {
    const digest = createHash('sha256')
    let sizeBytes = 0
    for await (const chunk of await source()) {
      signal?.throwIfAborted()
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      digest.update(bytes)
      sizeBytes += bytes.length
      yield bytes
    }
    const sha256 = digest.digest('hex')
    if (listed) files.push({ path, sizeBytes, sha256 })
    if (path === 'manifest.json') manifestSha256 = sha256
    written += 1
    input.onProgress(Math.min(99, Math.floor((100 * written) / entries.length)))
  }

  add('README.txt', () => [readMe({ bundle, organisation, fingerprint: signing.fingerprint, person: writing.named ? `${writing.user.displayName} (${writing.user.pseudonym})` : writing.user.pseudonym, fromMs, toMs }).replaceAll('\n', '\r\n')])
  for (const name of ['verify.mjs', 'verify.py']) add(name, () => [readFileSync(join(verifiers, name))])
  add('case/case.json', async () => [`${JSON.stringify(caseDocument(found, making.alerts, await store.holds({ userId: found.userId, released: true }), await store.ticketsOfCase(found.id), writing), undefined, 2)}\n`])
  add('case/notes.jsonl', async () => jsonl((await everything((cursor) => store.caseNotes({ caseId: found.id, limit: PAGE, ...after(cursor) }))).toReversed().map((note) => noteRow(note, writing)), (rows) => { counts['notes'] = rows }))
  add('case/history.jsonl', async () => jsonl((await everything((cursor) => store.caseEvents({ caseId: found.id, limit: PAGE, ...after(cursor) }))).toReversed().map((event) => eventRow(event, writing))))
  add('alerts/alerts.jsonl', () => jsonl(alertRows(making), (rows) => { counts['alerts'] = rows }))
  add('alerts/alerts.csv', () => csv(alertColumns, alertRows(making)))
  add('alerts/history.jsonl', () => jsonl(historyRows(making)))
  add('activities/activities.jsonl', () => jsonl(activitiesOf(making), (rows) => { counts['activities'] = rows }))
  add('activities/activities.csv', () => csv(activityColumns, activitiesOf(making)))
  for (const { item, path } of exhibits) if (path !== undefined && evidence !== undefined) add(path, () => evidence.stream(item, { actor, what: 'exported', detail: { bundle: bundle.id, case: found.id, reason: bundle.reason, sha256: item.sha256 } }))
  counts['files'] = exhibits.filter(({ path }) => path !== undefined).length
  add('evidence/index.jsonl', () => jsonl(indexRows(making), (rows) => { counts['copies'] = rows }))
  add('load/edrm.xml', async () => {
    loaded = (await documentsOf(making)).filter(({ exhibit }) => exhibit.path !== undefined).map(({ document }) => document)
    return [edrmXml(loaded, context)]
  })
  add('load/concordance.dat', () => [concordanceDat(loaded, context)])
  if (exhibits.some(({ item, path }) => path !== undefined && IMAGES.has(item.mediaType ?? ''))) add('load/images.opt', () => [opticonOpt(loaded, context) ?? ''])
  add('custody/custody.jsonl', () => jsonl(custodyRows(making), (rows) => { counts['custodyEvents'] = rows }))
  add('audit/extract.jsonl', async () => {
    const last = await store.auditHead()
    head = last === undefined ? null : { seq: last.seq, hash: last.hash }
    return auditRows(making, head)
  })
  const manifest = (): string => `${JSON.stringify({
    format: 'holdfast-bundle/1',
    bundle: { id: bundle.id, caseId: found.id, askedAt: iso(bundle.createdAtMs), madeAt: iso(input.now()), by: { id: bundle.byId, name: bundle.byName, roles: bundle.byRoles }, reason: bundle.reason },
    installation: { organisation, version, key: { algorithm: 'Ed25519', publicKey: signing.publicKey, fingerprint: signing.fingerprint } },
    names: bundle.names === 'named' ? { mode: 'named', reason: bundle.reason } : { mode: 'pseudonymous' },
    scope: { person: personRow(writing), caseStatus: found.status, caseRevision: found.revision, from: iso(fromMs), to: iso(toMs), contents: bundle.content },
    audit: { head }, counts, files,
  }, undefined, 2)}\n`
  entries.push({ path: 'manifest.json', source: () => [manifest()], listed: false }, { path: 'manifest.sig.json', source: () => [signatureFile(manifestSha256, key)], listed: false })

  const out = zip.outputStream as Readable
  let current: Readable | undefined
  const fail = (error: Error): void => {
    facts.reject(error)
    current?.destroy()
    out.destroy(error)
  }
  for (const { path, source, listed = true } of entries) {
    zip.addReadStreamLazy(path, { mtime, mode: 0o100644, compress: true }, (pass) => {
      current = Readable.from(passing(path, source, listed))
      current.on('error', fail)
      pass(null, current)
    })
  }
  zip.end()
  zip.on('error', fail)
  // Whoever reads it has stopped in the middle: nothing more is opened.
  out.on('close', () => current?.destroy())
  out.on('end', () => facts.resolve({ manifestSha256, counts: { ...counts } }))
  out.on('error', (error) => facts.reject(error))
  return { zip: out, facts: facts.promise }
}
