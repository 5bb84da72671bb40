// The edge rules of the signed policy, compiled: which activities they are about, and when enough of them came together.
//
// Everything here is in memory and bounded: windows are kept in SLICES parts by rule and person, and of the persons and rules
// that were seen longest ago nothing is kept beyond MAX_WINDOWS.
import { type ActivityKind, fromWireTimestamp, wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'

const SLICES = 60
const MAX_WINDOWS = 1024
const DEFAULT_WINDOW_SECS = 3600

export const DESTINATIONS: Readonly<Record<number, string>> = {
  [wire.LocationKind.LOCATION_KIND_REMOVABLE]: 'removable', [wire.LocationKind.LOCATION_KIND_NETWORK_SHARE]: 'network_share', [wire.LocationKind.LOCATION_KIND_CLOUD_SYNC]: 'cloud_sync', [wire.LocationKind.LOCATION_KIND_REMOTE_SESSION]: 'remote_session',
}

/** What rules ask of an activity, whatever its kind. */
export interface Subject {
  readonly path: string
  /** Empty where it went nowhere. */
  readonly destination: string
  readonly sizeBytes: number
  readonly findings: readonly { readonly type: string; readonly count: number }[]
  readonly labels: readonly string[]
  readonly media: wire.Media.$Properties | undefined
}

export interface EdgeRule {
  readonly id: string
  readonly warn: boolean
  readonly first: boolean
  readonly maxPerHour: number
  readonly ask: '' | 'acknowledge' | 'reason'
  /** It is about media that are not allowed, so the person may ask for permission. */
  readonly unallowedDevice: boolean
  readonly texts: readonly { readonly language: string; readonly title: string; readonly body: string }[]
}

export interface EdgeRules {
  readonly languages: readonly string[]
  /** Rules that hold for this activity of this person, counting it. Called once for each activity. */
  match(activity: SensedActivity, person: string, nowMs: number): readonly EdgeRule[]
}

export function subjectOf({ detail }: SensedActivity): Subject {
  const { fileCopied, fileReadByTransferTool, removableMediaMounted, removableMediaConnected, applicationRun, labelChanged, archiveCreated, fileDownloaded, fileRenamed, fileCreated, fileChanged, filePrinted } = detail
  const file = fileCopied?.destination ?? fileReadByTransferTool?.file ?? labelChanged?.file ?? archiveCreated?.archive ?? fileDownloaded?.file ?? fileRenamed?.file ?? fileCreated?.file ?? fileChanged?.file
  const found = fileCopied?.findings ?? fileCreated?.findings ?? fileChanged?.findings ?? []
  return {
    path: file?.path ?? applicationRun?.application?.path ?? filePrinted?.document ?? '', destination: DESTINATIONS[file?.location ?? 0] ?? '', sizeBytes: file?.sizeBytes ?? 0,
    findings: (found.length > 0 ? found : file?.content?.findings ?? []).map(({ type, count }) => ({ type: type ?? '', count: count ?? 0 })),
    labels: [fileCopied?.sensitivityLabel, file?.content?.label, file?.content?.labelId].filter((label): label is string => label !== null && label !== undefined && label !== ''),
    media: fileCopied?.media ?? removableMediaMounted?.media ?? removableMediaConnected?.media ?? undefined,
  }
}

const same = (wanted: string | null | undefined, is: string | null | undefined): boolean => wanted === null || wanted === undefined || wanted === '' || wanted.toLowerCase() === (is ?? '').toLowerCase()

/** A medium that nobody can tell apart is on no list. */
function isAllowed(list: readonly wire.AllowedMedium.$Properties[], media: wire.Media.$Properties | undefined, nowMs: number): boolean {
  return media !== undefined && list.some((allowed) => {
    const until = fromWireTimestamp(allowed.expiresAt)
    const from = fromWireTimestamp(allowed.startsAt)
    if (from !== undefined && from > nowMs) return false
    const says = [allowed.deviceClass, allowed.serial, allowed.vendor, allowed.model, allowed.vendorId, allowed.productId].some((text) => text !== null && text !== undefined && text !== '')
    return says && (until === undefined || until > nowMs) && same(allowed.serial, media.serial) && same(allowed.vendor, media.vendor) && same(allowed.model, media.model) && same(allowed.vendorId, media.vendorId) && same(allowed.productId, media.productId) && same(allowed.deviceClass, media.deviceClass)
  })
}

interface Slice {
  readonly at: number
  activities: number
  bytes: number
}

/** Counts of the last so many milliseconds, in slices. */
function createWindows(): (key: string, windowMs: number, bytes: number, nowMs: number) => { readonly activities: number; readonly bytes: number } {
  const windows = new Map<string, Slice[]>()
  return (key, windowMs, bytes, nowMs) => {
    const sliceMs = Math.max(1, windowMs / SLICES)
    const at = Math.floor(nowMs / sliceMs)
    const slices = (windows.get(key) ?? []).filter((slice) => slice.at > at - SLICES && slice.at <= at)
    const last = slices.at(-1)
    if (last?.at === at) {
      last.activities += 1
      last.bytes += bytes
    } else slices.push({ at, activities: 1, bytes })
    windows.delete(key)
    windows.set(key, slices)
    const [oldest] = windows.keys()
    if (windows.size > MAX_WINDOWS && oldest !== undefined) windows.delete(oldest)
    return slices.reduce((sum, slice) => ({ activities: sum.activities + slice.activities, bytes: sum.bytes + slice.bytes }), { activities: 0, bytes: 0 })
  }
}

/** @returns undefined when the policy has no rule */
export function compileEdgeRules(policy: wire.AgentPolicy.$Properties, isExcepted: (media: wire.Media.$Properties, person: string) => boolean = () => false): EdgeRules | undefined {
  const rules = policy.edge?.rules ?? []
  if (rules.length === 0) return undefined
  const allowed = policy.edge?.allowedMedia ?? []
  const windows = createWindows()
  const byKind = new Map<ActivityKind, { readonly rule: EdgeRule; readonly holds: (subject: Subject, person: string, nowMs: number) => boolean }[]>()
  for (const row of rules) {
    const ask = row.ask === 'acknowledge' || row.ask === 'reason' ? row.ask : ''
    const texts = (row.texts ?? []).map(({ language, title, body }) => ({ language: language ?? '', title: title ?? '', body: body ?? '' }))
    const rule: EdgeRule = { id: row.id ?? '', warn: row.warn ?? false, first: row.first ?? false, maxPerHour: row.maxPerHour || 3, ask, texts, unallowedDevice: row.unallowedDevice === true }
    const destinations = new Set(row.destinations ?? [])
    const types = new Set(row.types ?? [])
    const labels = new Set((row.labels ?? []).map((label) => label.toLowerCase()))
    const content = row.sensitive === true || types.size > 0 || (row.minCount ?? 0) > 0
    const windowMs = (row.windowSecs || DEFAULT_WINDOW_SECS) * 1000
    const counts = (row.minActivities ?? 0) > 0 || (row.minBytes ?? 0) > 0
    const holds = (subject: Subject, person: string, nowMs: number): boolean => {
      if (destinations.size > 0 && !destinations.has(subject.destination)) return false
      if (content && !subject.findings.some(({ type, count }) => (types.size === 0 || types.has(type)) && count >= (row.minCount || 1))) return false
      if (labels.size > 0 && !subject.labels.some((label) => labels.has(label.toLowerCase()))) return false
      if (row.unallowedDevice === true && (isAllowed(allowed, subject.media, nowMs) || (subject.media !== undefined && isExcepted(subject.media, person)) || (subject.media === undefined && subject.destination !== 'removable'))) return false
      if (!counts) return true
      const sums = windows(`${rule.id} ${person}`, windowMs, subject.sizeBytes, nowMs)
      return sums.activities >= (row.minActivities ?? 0) && sums.bytes >= (row.minBytes ?? 0)
    }
    for (const kind of row.kinds === null || row.kinds === undefined || row.kinds.length === 0 ? ['file_copied'] : row.kinds) byKind.set(kind as ActivityKind, [...(byKind.get(kind as ActivityKind) ?? []), { rule, holds }])
  }
  return {
    languages: policy.edge?.languages ?? [],
    match(activity, person, nowMs) {
      const candidates = byKind.get(activity.kind)
      if (candidates === undefined) return []
      const subject = subjectOf(activity)
      return candidates.filter(({ holds }) => holds(subject, person, nowMs)).map(({ rule }) => rule)
    },
  }
}
