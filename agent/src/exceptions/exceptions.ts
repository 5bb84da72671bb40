// Exceptions for removable media on the device: what people asked for, and what they may use until when.
//
// `exceptions.json` of the agent's folder remembers which person asked under which number, so that a decision needs to name no
// person, and which grants hold: a restart forgets neither. Bounded; the oldest requests go first, grants that hold last.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromWireTimestamp, type wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import type { Notices } from '../notice/contract.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { type ExceptionWords, exceptionWords } from './texts.ts'

const HOUR_MS = 3_600_000
const MAX_KEPT = 200
const MAX_MEDIA = 16
const MAX_REASON = 500
/** Requests of one person in one hour. */
const MAX_PER_HOUR = 5
export const MAX_HOURS = 24 * 90
const FILE = 'exceptions.json'

interface Kept {
  readonly request: string
  readonly uid: number
  readonly medium: Medium
  readonly atMs: number
  readonly untilMs?: number
}
interface Medium {
  readonly deviceId: string
  readonly vendorId: string
  readonly productId: string
  readonly serial: string
}

/** Why a request was not made; `asked` when it was. */
export type AskOutcome = 'asked' | 'no_reason' | 'no_medium' | 'several_media' | 'nameless_medium' | 'too_many'

export interface Wanted {
  readonly uid: number
  readonly reason: string
  readonly hours: number
  readonly via: 'notice' | 'command'
  /** The medium itself, or how the person names it: its physical id or serial number; absent: the one there is. */
  readonly media?: wire.Media.$Properties
  readonly named?: string
}

export interface Exceptions {
  /** A medium is or was there. */
  saw(activity: SensedActivity): void
  allows(media: wire.Media.$Properties, uid: number | undefined): boolean
  /** Resolves when the request is durable. */
  ask(wanted: Wanted): Promise<AskOutcome>
  /** Tells the person that a reason is needed and how to give it. */
  askForReason(uid: number): Promise<void>
  /** A decision of the collector, verified. @returns outcome of the notice; `unknown` when nobody asked for it here */
  decide(decision: wire.ExceptionDecision.$Properties): Promise<string>
}

export interface ExceptionsDeps {
  readonly folder: string
  readonly notices: Pick<Notices, 'show' | 'languageOf'>
  readonly emit: (activity: SensedActivity) => Promise<void>
  readonly now: () => number
  readonly steady: () => number
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void }
}

const folded = (text: string | null | undefined): string => (text ?? '').trim().toLowerCase()
const mediumOf = ({ deviceId, vendorId, productId, serial }: wire.Media.$Properties): Medium => ({ deviceId: folded(deviceId), vendorId: folded(vendorId), productId: folded(productId), serial: folded(serial) })
/** By a number of its own: the port that it is in, or a loop device, is none. */
const isNameable = ({ deviceId, vendorId, productId, serial }: Medium): boolean => serial !== '' && (/^(?!loop:)(?!.*:port )./.test(deviceId) || (vendorId !== '' && productId !== ''))
const isSame = (a: Medium, b: Medium): boolean => isNameable(a) && a.serial === b.serial && (a.deviceId !== '' && b.deviceId !== '' ? a.deviceId === b.deviceId : a.vendorId !== '' && a.vendorId === b.vendorId && a.productId === b.productId)

/** Rows that are none are left out: a file of another release, or one that somebody damaged. */
function parse(text: string): readonly Kept[] {
  const { requests } = JSON.parse(text) as { readonly requests?: unknown }
  const isRow = (row: unknown): row is Kept => typeof row === 'object' && row !== null && 'request' in row && /^[0-9a-f]{32}$/.test(String(row.request)) && 'uid' in row && Number.isSafeInteger(row.uid) && 'atMs' in row && Number.isSafeInteger(row.atMs) && 'medium' in row && typeof row.medium === 'object' && row.medium !== null
  return Array.isArray(requests) ? requests.filter(isRow).map((row) => ({ ...row, medium: mediumOf(row.medium) })).slice(0, MAX_KEPT) : []
}

export async function createExceptions({ folder, notices, emit, now, steady, log }: ExceptionsDeps): Promise<Exceptions> {
  const path = join(folder, FILE)
  let kept = await readFile(path, 'utf8').then(parse).catch((): readonly Kept[] => [])
  const media = new Map<string, wire.Media.$Properties>()
  const asked = new Map<number, readonly number[]>()
  let writing: Promise<void> = Promise.resolve()

  const holds = ({ untilMs }: Kept): boolean => untilMs !== undefined && untilMs > now()
  const save = (): Promise<void> => {
    kept = kept.length <= MAX_KEPT ? kept : [...kept.filter(holds), ...kept.filter((row) => !holds(row))].slice(0, MAX_KEPT)
    writing = writing.then(() => writeDurably(path, JSON.stringify({ format: 1, requests: kept }))).catch((error: unknown) => log.warn({ err: error }, 'exceptions cannot be written; a restart forgets the last one'))
    return writing
  }
  const show = async (uid: number, key: string, choose: (words: ExceptionWords) => readonly [string, string], reason = ''): Promise<string> => {
    const words = exceptionWords(await notices.languageOf(uid).catch(() => undefined))
    const [title, body] = choose(words)
    return notices.show({ uid, title, body: reason === '' ? body : `${body} ${words.because(reason)}`, key, urgency: 'normal' })
  }
  const find = ({ media: given, named }: Wanted): wire.Media.$Properties | 'no_medium' | 'several_media' => {
    if (given !== undefined) return given
    const found = [...media.values()].filter((one) => named === undefined || folded(one.deviceId) === folded(named) || folded(one.serial) === folded(named))
    // A loop device is no choice where there is a real one.
    const real = found.filter((one) => isNameable(mediumOf(one)))
    const [only] = real.length === 0 ? found : real
    return (real.length === 0 ? found : real).length > 1 ? 'several_media' : only ?? 'no_medium'
  }

  return {
    saw({ kind, detail }) {
      const seen = detail.removableMediaMounted?.media ?? detail.removableMediaConnected?.media ?? detail.fileCopied?.media
      const gone = kind === 'removable_media_disconnected' ? detail.removableMediaDisconnected?.media : undefined
      if (gone !== undefined && gone !== null) media.delete(JSON.stringify(mediumOf(gone)))
      if (seen === undefined || seen === null) return
      const key = JSON.stringify(mediumOf(seen))
      media.delete(key)
      media.set(key, seen)
      const [oldest] = media.keys()
      if (media.size > MAX_MEDIA && oldest !== undefined) media.delete(oldest)
    },
    allows(given, uid) {
      const medium = mediumOf(given)
      return uid !== undefined && kept.some((row) => row.uid === uid && holds(row) && isSame(row.medium, medium))
    },
    async ask(wanted) {
      const reason = wanted.reason.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').trim().slice(0, MAX_REASON)
      if (reason === '') return 'no_reason'
      const found = find(wanted)
      if (typeof found === 'string') return found
      if (!isNameable(mediumOf(found))) return 'nameless_medium'
      const recent = (asked.get(wanted.uid) ?? []).filter((ms) => steady() - ms < HOUR_MS)
      if (recent.length >= MAX_PER_HOUR) return 'too_many'
      if (asked.size > 1024) asked.clear()
      asked.set(wanted.uid, [...recent, steady()])
      const request = randomBytes(16).toString('hex')
      kept = [{ request, uid: wanted.uid, medium: mediumOf(found), atMs: now() }, ...kept]
      await save()
      const hours = Number.isSafeInteger(wanted.hours) && wanted.hours >= 1 ? Math.min(wanted.hours, MAX_HOURS) : 24
      await emit({ kind: 'exception_requested', occurredAtMs: now(), actor: { uid: wanted.uid, attribution: 'session' }, detail: { exceptionRequested: { request, media: found, reason, hours, via: wanted.via } } })
      if (wanted.via === 'notice') void show(wanted.uid, 'exception asked', (words) => words.asked)
      return 'asked'
    },
    async askForReason(uid) {
      await show(uid, 'exception asked', (words) => words.useCommand)
    },
    async decide({ request, state, reason, until }) {
      const row = kept.find((one) => one.request === request)
      if (row === undefined) return 'unknown'
      const untilMs = state === 'granted' ? fromWireTimestamp(until) : undefined
      const { untilMs: _before, ...bare } = row
      kept = kept.map((one) => (one === row ? { ...bare, ...(untilMs === undefined ? {} : { untilMs }) } : one))
      await save()
      log.info({ request, state }, 'an exception was decided')
      const said = (reason ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, MAX_REASON)
      const language = await notices.languageOf(row.uid).catch(() => undefined)
      const when = untilMs === undefined ? '' : new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(untilMs)
      return show(row.uid, `exception ${request}`, (words) => (state === 'granted' ? words.granted(when) : state === 'revoked' ? words.revoked : words.refused), said)
    },
  }
}
