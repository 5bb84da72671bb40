// Which activities a capture rule chooses, and what it never reads. Pure but for its counters, which the caller's clock moves.
import { wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import { compileExclude } from '../platform/path-patterns.ts'
import type { SkipReason } from './contract.ts'

const DESTINATIONS: Readonly<Record<number, string>> = {
  [wire.LocationKind.LOCATION_KIND_REMOVABLE]: 'removable', [wire.LocationKind.LOCATION_KIND_NETWORK_SHARE]: 'network_share', [wire.LocationKind.LOCATION_KIND_CLOUD_SYNC]: 'cloud_sync', [wire.LocationKind.LOCATION_KIND_REMOTE_SESSION]: 'remote_session',
}
const MIB = 1 << 20
/** What holds where a policy gives no number. */
const DEFAULTS = { fileBytes: 20 * MIB, dayBytes: 200 * MIB, filesPerMinute: 30, folderBytes: 512 * MIB } as const
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export interface Chosen {
  readonly kind: 'chosen'
  readonly path: string
  /** Rights to read with; absent: the owner's. Never root's for the sake of who copied: what root left in a person's folder may be another file by now. */
  readonly uid?: number
  /** Whose day it counts on. */
  readonly person: string
  readonly sizeBytes: number
  /** UTC day that it counts on. */
  readonly day: number
}
export type Verdict = { readonly kind: 'not_chosen' } | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly sizeBytes: number } | Chosen

export interface CaptureRule {
  readonly publicKey: Uint8Array
  readonly maxFileBytes: number
  readonly folderBytes: number
  judge(activity: SensedActivity, nowMs: number): Verdict
  /** What was chosen counts from then on, as large as its activity said; this puts the real size in its place, 0 when nothing was kept. */
  settle(chosen: Chosen, bytes: number): void
}

/** Bytes by person of one UTC day; kept over a restart by the shelf. */
export interface DayUse {
  day: number
  bytes: Record<string, number>
}

/** `~/Private` of anybody: too much is left out rather than too little. */
const inAnyHome = (glob: string): string => glob.replace(/^~\//, '**/')

const endingOf = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** @returns undefined when the policy captures nothing: without a key, a destination or the switch */
export function compileRule(policy: wire.AgentPolicy.$Properties, use: DayUse): CaptureRule | undefined {
  const { evidence } = policy
  const publicKey = evidence?.publicKey ?? new Uint8Array()
  const destinations = new Set(evidence?.destinations ?? [])
  if (evidence?.enabled !== true || publicKey.length !== 32 || destinations.size === 0) return undefined
  const types = new Set((evidence.fileTypes ?? []).map((type) => type.toLowerCase()))
  const never = [...(policy.files?.excludes ?? []), ...(evidence.privatePaths ?? [])].map((glob) => compileExclude(inAnyHome(glob)))
  const maxFileBytes = evidence.maxFileBytes || DEFAULTS.fileBytes
  const dayBytes = evidence.maxDayBytes || DEFAULTS.dayBytes
  const perMinute = evidence.maxFilesPerMinute || DEFAULTS.filesPerMinute
  let chosenAt: number[] = []

  const usedToday = (person: string, nowMs: number): number => {
    const day = Math.floor(nowMs / DAY_MS)
    if (use.day !== day) {
      use.day = day
      use.bytes = {}
    }
    return use.bytes[person] ?? 0
  }
  const add = (person: string, bytes: number, day: number): void => {
    // Of a day that is over nothing is left to count.
    if (use.day === day) use.bytes[person] = Math.max(0, (use.bytes[person] ?? 0) + bytes)
  }
  return {
    publicKey, maxFileBytes, folderBytes: evidence.folderMaxBytes || DEFAULTS.folderBytes,
    judge(activity, nowMs) {
      const copied = activity.detail.fileCopied
      const file = copied?.destination
      if (copied == null || file?.path == null || !destinations.has(DESTINATIONS[file.location ?? 0] ?? '')) return { kind: 'not_chosen' }
      if (types.size > 0 && !types.has(endingOf(file.path))) return { kind: 'not_chosen' }
      if (evidence.onlyWithFindings === true && (copied.findings ?? []).length === 0) return { kind: 'not_chosen' }
      const sizeBytes = file.sizeBytes ?? 0
      const skip = (reason: SkipReason): Verdict => ({ kind: 'skipped', reason, sizeBytes })
      const paths = [file.path, ...(copied.source?.path == null ? [] : [copied.source.path])]
      if (never.some((matches) => paths.some((path) => matches(path)))) return skip('excluded')
      if (sizeBytes > maxFileBytes) return skip('too_large')
      const person = activity.actor?.account ?? (activity.actor?.uid === undefined ? '?' : String(activity.actor.uid))
      if (usedToday(person, nowMs) + sizeBytes > dayBytes) return skip('over_day_quota')
      chosenAt = chosenAt.filter((atMs) => atMs > nowMs - MINUTE_MS && atMs <= nowMs)
      if (chosenAt.length >= perMinute) return skip('rate_limited')
      chosenAt.push(nowMs)
      add(person, sizeBytes, use.day)
      return { kind: 'chosen', path: file.path, person, sizeBytes, day: use.day, ...(activity.actor?.uid === undefined || activity.actor.uid === 0 ? {} : { uid: activity.actor.uid }) }
    },
    settle: ({ person, sizeBytes, day }, bytes) => add(person, bytes - sizeBytes, day),
  }
}
