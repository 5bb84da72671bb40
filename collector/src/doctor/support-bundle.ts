// What is sent to somebody who helps: how the installation is, without who is in it.
//
// Two nets. Every file is made from an allow-list (names of keys, counts, codes, fixed texts), so that what is not named here is not
// in it. Then every file is searched for what the installation knows as names and secrets, and what is found is struck out.
import { createHash } from 'node:crypto'
import { arch, cpus, freemem, platform, release, totalmem, uptime } from 'node:os'
import type { Store } from '../store/store.ts'
import type { Check } from './check.ts'

const LOG_LINES = 5000
const AUDIT_ENTRIES = 500
/** Shorter words stand in the texts of every program. */
const STRIKE_FROM = 4
const STRUCK = '(struck out)'
const PEOPLE_PAGE = 500
/** Keys whose value says nothing of anybody. */
const PLAIN_KEYS = new Set(['http.port', 'bus.port', 'bus.maxBytes', 'log.level', 'backup.everyHours', 'backup.keep', 'backup.drillEveryDays'])
/** Labels with a small, fixed set of values. */
const PLAIN_LABELS = new Set(['method', 'route', 'status', 'code', 'le', 'quantile', 'change', 'severity', 'reason', 'kind', 'state', 'outcome', 'type', 'version', 'space'])

export interface SupportFile {
  readonly name: string
  /** One sentence, for the list in the bundle. */
  readonly about: string
  readonly text: string
}

export interface SupportInput {
  readonly version: string
  readonly checks: readonly Check[]
  readonly config: Readonly<Record<string, unknown>>
  readonly schema: object
  readonly counts: Readonly<Record<string, number>>
  /** The text of /metrics, when a collector runs. */
  readonly metrics?: string
  /** Lines of JSON, as the collector logs them. */
  readonly log?: string
  readonly store: Store
  readonly nowMs: number
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`

const configOf = (config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [key, PLAIN_KEYS.has(key) ? value : Array.isArray(value) ? `(${value.length} set)` : value === '' ? '' : '(set)']))

/** Of each line its time, level, fixed text and codes; ids, addresses and everything else are left out. */
export function logLines(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-LOG_LINES).flatMap((line) => {
    try {
      const row = JSON.parse(line) as { readonly time?: unknown; readonly level?: unknown; readonly msg?: unknown; readonly part?: unknown; readonly err?: { readonly code?: unknown; readonly type?: unknown; readonly stack?: unknown } }
      const frames = typeof row.err?.stack === 'string' ? row.err.stack.split('\n').flatMap((frame) => /at (?:async )?([\w.<>]+)? ?\(?.*?((?:collector|proto)\/src\/[\w./-]+:\d+)/.exec(frame)?.[2] ?? []).slice(0, 8) : []
      return [JSON.stringify({ time: row.time, level: row.level, msg: row.msg, part: row.part, code: row.err?.code, type: row.err?.type, ...(frames.length === 0 ? {} : { frames }) })]
    } catch {
      // No line of ours.
      return []
    }
  })
  return `${lines.join('\n')}\n`
}

/** Numbers with the labels that are known to be no names. */
export const metricLines = (text: string): string =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.replace(/\{(.*)\}/, (_, labels: string) => `{${[...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => `${label}="${PLAIN_LABELS.has(label) ? value : '-'}"`).join(',')}}`)).join('\n')

async function fleetOf(store: Store): Promise<object> {
  const tally = new Map<string, number>()
  for (let cursor: string | undefined; ;) {
    const page = await store.devices({ limit: PEOPLE_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    for (const device of page.items) {
      const key = `${device.os} ${device.report?.agentVersion ?? '-'} ${device.status}`
      tally.set(key, (tally.get(key) ?? 0) + 1)
    }
    cursor = page.nextCursor
    if (cursor === undefined) return Object.fromEntries(tally)
  }
}

async function auditOf(store: Store): Promise<readonly object[]> {
  const { items } = await store.auditEntries({ limit: AUDIT_ENTRIES })
  return items.map(({ seq, atMs, action, targetKind }) => ({ seq, at: new Date(atMs).toISOString(), action, targetKind }))
}

/** Names and addresses that the installation knows. */
async function namesOf(store: Store): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const add = (...values: readonly (string | undefined)[]): void => {
    for (const value of values) if (value !== undefined && value.length >= STRIKE_FROM) found.add(value)
  }
  for (const account of await store.accounts()) add(account.name)
  for (const target of await store.exportTargets()) add(target.name)
  for (const unit of await store.units()) add(unit.name)
  for (const policy of await store.policies()) add(policy.name)
  for (let cursor: string | undefined; ;) {
    const page = await store.devices({ limit: PEOPLE_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    for (const device of page.items) add(device.hostname, device.id, device.hardwareId, device.publicKey)
    cursor = page.nextCursor
    if (cursor === undefined) break
  }
  for (let cursor: string | undefined; ;) {
    const page = await store.users({ limit: PEOPLE_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    for (const user of page.items) add(user.displayName, user.pseudonym, user.id, ...user.identities.map(({ value }) => value))
    cursor = page.nextCursor
    if (cursor === undefined) return found
  }
}

const LETTER = /[\p{L}\p{N}]/u

/** @param struck is told how often */
function strike(text: string, words: readonly string[], struck: (count: number) => void): string {
  let out = text
  const lower = () => out.toLowerCase()
  for (const word of words) {
    if (!lower().includes(word.toLowerCase())) continue
    const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    const left = LETTER.test(word[0] ?? '') ? String.raw`(?<![\p{L}\p{N}])` : ''
    const right = LETTER.test(word.at(-1) ?? '') ? String.raw`(?![\p{L}\p{N}])` : ''
    out = out.replaceAll(new RegExp(`${left}${escaped}${right}`, 'giu'), () => {
      struck(1)
      return STRUCK
    })
  }
  return out
}

/**
 * The files of a bundle, the list of them first.
 *
 * @param secrets texts that must not be in it: seeds, keys, tokens, the organisation
 */
export async function supportFiles(input: SupportInput, secrets: readonly string[]): Promise<readonly SupportFile[]> {
  const { store, nowMs } = input
  const files: SupportFile[] = [
    { name: 'doctor.json', about: 'What holdfast doctor finds.', text: json(input.checks) },
    { name: 'machine.json', about: 'Version, operating system, processors and memory; no host name, no address.', text: json({ version: input.version, node: process.version, platform: platform(), release: release(), arch: arch(), cpus: cpus().length, memoryBytes: totalmem(), freeBytes: freemem(), upSecs: Math.round(uptime()), at: new Date(nowMs).toISOString() }) },
    { name: 'configuration.json', about: 'Which keys are set; values of ports, sizes and levels only.', text: json(configOf(input.config)) },
    { name: 'database.json', about: 'Schema, journal and how many rows there are.', text: json({ ...input.schema, counts: input.counts }) },
    { name: 'fleet.json', about: 'How many devices have which system and agent.', text: json(await fleetOf(store)) },
    { name: 'audit.json', about: `The last ${AUDIT_ENTRIES} actions: number, time, action and kind of target; nobody and nothing by name.`, text: json(await auditOf(store)) },
    ...(input.metrics === undefined ? [] : [{ name: 'metrics.txt', about: 'Counters of the collector, without labels that are names.', text: metricLines(input.metrics) }]),
    ...(input.log === undefined ? [] : [{ name: 'log.jsonl', about: `The last ${LOG_LINES} lines of the log: time, level, text, error codes and places in our code.`, text: logLines(input.log) }]),
  ]
  // The longest first, so that a part of it is not struck out of it.
  const words = [...new Set([...secrets.filter((word) => word.length >= STRIKE_FROM), ...(await namesOf(store))])].toSorted((a, b) => b.length - a.length)
  let count = 0
  const clean = files.map((file) => ({ ...file, text: strike(file.text, words, (more) => {
    count += more
  }) }))
  const list = { madeAt: new Date(nowMs).toISOString(), struckOut: count, files: clean.map(({ name, about, text }) => ({ name, about, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') })) }
  return [{ name: 'contents.json', about: 'This list.', text: json(list) }, ...clean]
}
