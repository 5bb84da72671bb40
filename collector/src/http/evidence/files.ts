// Files of a case, an alert or a person: every activity with a file, with the copy that was kept of it, or why there is none.
import type { ActivityKind } from '@holdfast/proto'
import type { FastifyRequest } from 'fastify'
import type { Alert } from '../../domain/cases/alert.ts'
import type { User } from '../../domain/people/user.ts'
import type { Activity } from '../../domain/risk/activity.ts'
import type { EvidenceItem } from '../../store/evidence.ts'
import { caseOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { alertOf, userOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import type { Names } from '../names.ts'
import type { EvidenceFile, EvidenceFileQuery } from './schema.ts'

export const FILE_KINDS: readonly ActivityKind[] = ['file_copied', 'archive_created', 'file_downloaded', 'file_renamed', 'file_hidden', 'file_deleted', 'file_created', 'file_changed', 'file_read_by_transfer_tool', 'file_printed', 'label_changed']
const DAY_MS = 86_400_000
/** Activities that one page looks through at most; the cursor goes on from there. */
const LOOKED_THROUGH = 4000

export interface Scope {
  readonly userId: string
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  readonly target: { readonly kind: 'case' | 'alert' | 'user'; readonly id: string }
}

const span = (alerts: readonly Alert[]): Pick<Scope, 'fromMs' | 'toMs'> =>
  alerts.length === 0 ? {} : { fromMs: Math.min(...alerts.map((alert) => alert.firstActivityAtMs)) - DAY_MS, toMs: Math.max(...alerts.map((alert) => alert.lastActivityAtMs)) + DAY_MS }

/** Whose files, and of which time: of an alert or a case a day before its first activity to a day after its last. @throws NOT_FOUND, REQUEST_INVALID */
export async function scopeOf(request: FastifyRequest, deps: HttpDeps, query: EvidenceFileQuery): Promise<Scope> {
  const { caseId, alertId, userId } = query
  if ([caseId, alertId, userId].filter((id) => id !== undefined).length !== 1) throw new InvalidRequest([{ pointer: '/querystring', detail: 'name one of caseId, alertId and userId' }])
  const { store } = deps
  const within = (scope: Scope): Scope => {
    const fromMs = Math.max(scope.fromMs ?? 0, query.from === undefined ? 0 : Date.parse(query.from))
    const toMs = Math.min(scope.toMs ?? Number.MAX_SAFE_INTEGER, query.to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.to))
    return { ...scope, fromMs, toMs }
  }
  if (caseId !== undefined) {
    const found = await caseOf(request, store, caseId)
    return within({ userId: found.userId, ...span(await store.alertsOfCase(caseId)), target: { kind: 'case', id: caseId } })
  }
  if (alertId !== undefined) {
    const alert = await alertOf(request, store, alertId)
    return within({ userId: alert.userId, ...span([alert]), target: { kind: 'alert', id: alertId } })
  }
  const user = await userOf(request, store, userId ?? '')
  return within({ userId: user.id, target: { kind: 'user', id: user.id } })
}

const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
export const endingOf = (path: string): string => {
  const name = nameOf(path)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** The copy that says most: one that is here before one on its way, before why there is none. */
const RANK: readonly EvidenceItem['state'][] = ['verified', 'receiving', 'refused', 'damaged', 'deleted', 'skipped']
export const bestOf = (items: readonly EvidenceItem[]): EvidenceItem | undefined => items.toSorted((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state))[0]

export const presentEvidence = (item: EvidenceItem): NonNullable<EvidenceFile['evidence']> => ({
  id: item.id, state: item.state, ...(item.reason === undefined ? {} : { reason: item.reason }), sizeBytes: item.sizeBytes, ...(item.sha256 === undefined ? {} : { sha256: item.sha256 }),
  changed: item.sha256 !== undefined && item.activitySha256 !== undefined && item.sha256 !== item.activitySha256, capturedAt: iso(item.capturedAtMs), ...(item.receivedAtMs === undefined ? {} : { receivedAt: iso(item.receivedAtMs) }),
  ...(item.form === undefined ? {} : { form: item.form }), ...(item.mediaType === undefined ? {} : { mediaType: item.mediaType }), held: item.holds.length > 0,
})

function whyNone(activity: Activity, item: EvidenceItem | undefined, captureOn: boolean): string | undefined {
  if (item !== undefined) return item.state === 'verified' ? undefined : item.state === 'skipped' ? `skipped_${item.reason ?? 'unread'}` : item.state
  return activity.kind !== 'file_copied' ? 'not_a_copy' : captureOn ? 'not_chosen' : 'capture_off'
}

/** What was found: by the device, or else in the copy. */
const findingsOf = (activity: Activity, item: EvidenceItem | undefined) => (activity.findings ?? item?.findings ?? []).map(({ type, count }) => ({ type, count }))

export interface Presenting {
  readonly user: User | undefined
  readonly deviceName: string | undefined
  readonly captureOn: boolean
  readonly names: Names
}

export function presentFile(activity: Activity, item: EvidenceItem | undefined, { user, deviceName, captureOn, names }: Presenting): EvidenceFile {
  const path = activity.file?.path ?? String(activity.detail?.['path'] ?? activity.detail?.['document'] ?? '')
  const why = whyNone(activity, item, captureOn)
  const label = activity.detail?.['sensitivityLabel'] ?? activity.detail?.['newLabel']
  const mask = (text: string): string => names.text(text, user)
  return {
    activityId: activity.id, kind: activity.kind, at: iso(activity.occurredAtMs), user: names.ref(user, activity.userId), deviceId: activity.deviceId, ...(deviceName === undefined ? {} : { deviceName: names.host(deviceName, user) }),
    path: mask(path), name: mask(nameOf(path)), fileType: endingOf(path), sizeBytes: activity.file?.sizeBytes ?? 0, destination: activity.file?.location ?? 'unknown', ...(activity.file?.sha256 === undefined ? {} : { sha256: activity.file.sha256 }),
    ...(activity.source === undefined ? {} : { source: mask(activity.source.path) }), ...(typeof label === 'string' && label !== '' ? { label } : {}), findings: findingsOf(activity, item), ...(item === undefined ? {} : { evidence: presentEvidence(item) }), ...(why === undefined ? {} : { whyNone: why }),
  }
}

/** Whether a file fits the filters; texts are compared with what is shown, so that a filter tells nothing that is masked. */
export function fits(file: EvidenceFile, query: EvidenceFileQuery): boolean {
  const has = (text: string | undefined, wanted: string | undefined): boolean => wanted === undefined || (text ?? '').toLowerCase().includes(wanted.toLowerCase())
  const hash = query.sha256?.toLowerCase()
  return (query.activityId === undefined || file.activityId === query.activityId)
    && (query.fileType === undefined || query.fileType.some((type) => type.toLowerCase() === file.fileType))
    && file.sizeBytes >= (query.minBytes ?? 0) && file.sizeBytes <= (query.maxBytes ?? Number.MAX_SAFE_INTEGER)
    && has(`${file.path}\n${file.source ?? ''}`, query.text) && has(file.label, query.label)
    && (query.finding === undefined || file.findings.some(({ type }) => type === query.finding))
    && (query.destination === undefined || query.destination.includes(file.destination))
    && (query.deviceId === undefined || file.deviceId === query.deviceId)
    && (hash === undefined || (file.sha256 ?? '').startsWith(hash) || (file.evidence?.sha256 ?? '').startsWith(hash))
    && (query.state === undefined || query.state.includes(file.evidence?.state ?? 'none'))
}

/** One page of files, newest first; may hold a few more or fewer than asked for, and goes on as long as there is a cursor. */
export async function listFiles(deps: HttpDeps, scope: Scope, query: EvidenceFileQuery, names: Names): Promise<{ readonly items: readonly EvidenceFile[]; readonly nextCursor?: string }> {
  const { store, fleet } = deps
  const limit = query.limit ?? 50
  const user = await store.user(scope.userId)
  const captureOn = new Map<string, Promise<boolean>>()
  const capturesOf = (group: string | undefined): Promise<boolean> => {
    if (group === undefined) return Promise.resolve(false)
    const known = captureOn.get(group) ?? fleet.groupSettings(store, group).then((settings) => settings.evidence?.enabled === true)
    captureOn.set(group, known)
    return known
  }
  const items: EvidenceFile[] = []
  let { cursor } = query
  for (let looked = 0; looked < LOOKED_THROUGH;) {
    const page = await store.activities({ limit, userId: scope.userId, kinds: FILE_KINDS, ...(cursor === undefined ? {} : { cursor }), ...(scope.fromMs === undefined ? {} : { fromMs: scope.fromMs }), ...(scope.toMs === undefined ? {} : { toMs: scope.toMs }) })
    const copies = Map.groupBy(await store.evidenceOfActivities(page.items.map(({ id }) => id)), ({ activityId }) => activityId)
    const { devices } = await lookUp(store, [], page.items.map(({ deviceId }) => deviceId))
    for (const activity of page.items) {
      const device = devices.get(activity.deviceId)
      const file = presentFile(activity, bestOf(copies.get(activity.id) ?? []), { user, deviceName: device?.hostname, captureOn: await capturesOf(device?.group), names })
      if (fits(file, query)) items.push(file)
    }
    looked += Math.max(1, page.items.length)
    cursor = page.nextCursor
    if (cursor === undefined || items.length >= limit) break
  }
  return { items, ...(cursor === undefined ? {} : { nextCursor: cursor }) }
}
