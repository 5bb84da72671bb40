// From a row of the outbox to the document that every target gets: the alert or the case as it stands now, under
// pseudonyms, with every text masked. It is made once and kept, so that two targets, and one target twice, get the same.
import { createHash } from 'node:crypto'
import type { Alert } from '../domain/cases/alert.ts'
import type { Case } from '../domain/cases/case.ts'
import type { Device } from '../domain/people/device.ts'
import { maskText, type NameIndex } from '../domain/people/mask.ts'
import type { User } from '../domain/people/user.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { indicatorRow } from '../domain/risk/indicators.ts'
import { type Severity, severityOf } from '../domain/risk/score.ts'
import { sentenceOf } from '../domain/risk/sentence.ts'
import type { TechniqueId } from '../domain/risk/techniques.ts'
import type { OutboxChange } from '../store/exports.ts'
import type { StoreReader } from '../store/store.ts'
import type { AlertFinding, CaseFinding, Finding, FindingActivity, FindingSubject } from './finding.ts'

/** Activities that go with an alert. */
const MOST_ACTIVITIES = 10

export interface Origin {
  readonly organisation: string
  /** UUID. */
  readonly installationId: string
  readonly version: string
  /** Of the console, without a slash at its end. */
  readonly consoleUrl: string
}

export interface DocumentDeps extends Origin {
  readonly store: StoreReader
  /** Everybody's names, with nobody shown. */
  readonly names: () => Promise<NameIndex>
}

interface Context {
  readonly deps: DocumentDeps
  readonly user: User
  readonly mask: (text: string) => string
  readonly maskHost: (name: string) => string
}

async function subjectOf({ deps, user }: Context): Promise<FindingSubject> {
  const open = (await deps.store.alertsOfUser(user.id)).filter(({ status }) => status === 'needs_review' || status === 'confirmed')
  return { id: user.id, name: user.pseudonym, pseudonymous: true, ...(user.department === undefined ? {} : { department: user.department }), riskScore: Math.max(0, ...open.map(({ score }) => score)) }
}

const present = <T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): T => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T

function activityOf(activity: Activity, device: Device | undefined, { mask, maskHost }: Context): FindingActivity {
  const { file, process } = activity
  return present<FindingActivity>({
    id: activity.id, kind: activity.kind, atMs: activity.occurredAtMs, summary: `${mask(sentenceOf(activity))}.`,
    device: device === undefined ? undefined : { id: device.id, name: maskHost(device.hostname), os: device.os },
    process: process?.name === undefined ? undefined : { name: mask(process.name), ...(process.pid === undefined ? {} : { pid: process.pid }) },
    file: file === undefined ? undefined : { path: mask(file.path), sizeBytes: file.sizeBytes, ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }), ...(file.mimeType === undefined ? {} : { mimeType: file.mimeType }) },
  })
}

const techniquesOf = (alert: Alert): readonly TechniqueId[] => [...new Set(alert.parts.toSorted((a, b) => b.points - a.points).flatMap((part) => (part.indicator === undefined ? [] : (indicatorRow(part.indicator)?.attack ?? []))))]

async function evidenceOf(alert: Alert, context: Context): Promise<readonly FindingActivity[]> {
  const { store } = context.deps
  const ids = [...new Set(alert.parts.toSorted((a, b) => b.points - a.points).flatMap((part) => part.evidence))].slice(0, MOST_ACTIVITIES)
  const found = new Map((await store.activitiesByIds(ids)).map((activity) => [activity.id, activity]))
  const devices = new Map<string, Device | undefined>()
  for (const { deviceId } of found.values()) if (!devices.has(deviceId)) devices.set(deviceId, await store.device(deviceId))
  return ids.flatMap((id) => {
    const activity = found.get(id)
    return activity === undefined ? [] : [activityOf(activity, devices.get(activity.deviceId), context)]
  })
}

const isClosed = (alert: Alert): boolean => alert.status === 'dismissed' || alert.status === 'resolved'

interface Base {
  readonly change: Finding['change']
  readonly sequence: number
  readonly atMs: number
  readonly organisation: string
  readonly organisationId: string
  readonly productVersion: string
}

async function accountName(store: StoreReader, id: string | undefined): Promise<string | undefined> {
  return id === undefined ? undefined : (await store.account(id))?.name
}

async function alertFinding(alert: Alert, base: Base, context: Context): Promise<Omit<AlertFinding, 'recordId'>> {
  const { deps, mask } = context
  const policy = await deps.store.policy(alert.policyId)
  return present<Omit<AlertFinding, 'recordId'>>({
    ...base, kind: 'alert', url: `${deps.consoleUrl}/alerts/${encodeURIComponent(alert.id)}`, user: await subjectOf(context), severity: alert.severity, assignee: await accountName(deps.store, alert.assigneeId), createdAtMs: alert.createdAtMs, revision: alert.revision,
    alertId: alert.id, status: alert.status, dismissReason: alert.dismissReason, score: alert.score,
    parts: alert.parts.map((part) => ({ code: part.code, points: part.points, reason: mask(part.reason), ...(part.indicator === undefined ? {} : { indicator: part.indicator }) })),
    policy: { id: alert.policyId, name: mask(policy?.name ?? alert.policyId), version: alert.policyVersion, template: policy?.template ?? 'unknown' },
    trigger: { kind: alert.trigger.kind, atMs: alert.trigger.atMs, reason: mask(alert.trigger.reason) }, firstActivityAtMs: alert.firstActivityAtMs, lastActivityAtMs: alert.lastActivityAtMs,
    techniques: techniquesOf(alert), activities: await evidenceOf(alert, context), caseId: alert.caseId,
  })
}

async function caseFinding(found: Case, base: Base, context: Context): Promise<Omit<CaseFinding, 'recordId'>> {
  const { deps, mask } = context
  const alerts = await deps.store.alertsOfCase(found.id)
  const policies = new Map((await deps.store.policies()).map((policy) => [policy.id, policy.name]))
  const score = Math.max(0, ...alerts.map((alert) => alert.score))
  const severity: Severity = severityOf(score)
  return present<Omit<CaseFinding, 'recordId'>>({
    ...base, kind: 'case', url: `${deps.consoleUrl}/cases/${encodeURIComponent(found.id)}`, user: await subjectOf(context), severity, assignee: await accountName(deps.store, found.assigneeId), createdAtMs: found.openedAtMs, revision: found.revision,
    caseId: found.id, name: mask(found.name), status: found.status, outcome: found.resolution?.outcome, dueAtMs: found.dueAtMs, score,
    alerts: alerts.map((alert) => ({ id: alert.id, policyName: mask(policies.get(alert.policyId) ?? alert.policyId), score: alert.score, createdAtMs: alert.createdAtMs })),
  })
}

/** The id of a record comes from what it says, so that a collector that was put back from a backup and counts anew gives no old id to something new. */
const withRecordId = <T extends { readonly sequence: number; readonly organisationId: string }>(finding: T): T & { readonly recordId: string } =>
  ({ recordId: `ob_${finding.sequence}_${createHash('sha256').update(JSON.stringify(finding)).digest('hex').slice(0, 16)}`, ...finding })

/** JSON of the finding, or undefined when the alert, the case or the person is there no more. */
export async function documentOf(change: OutboxChange, deps: DocumentDeps): Promise<string | undefined> {
  const { store } = deps
  const [user, others] = await Promise.all([store.user(change.userId), deps.names()])
  if (user === undefined || user.erasedAtMs !== undefined) return undefined
  const context: Context = { deps, user, mask: (text) => maskText(text, user, { others }), maskHost: (name) => others.maskHost(maskText(name, user, { others })) }
  const base = (closed: boolean): Base => ({
    change: change.isFirst ? 'created' : closed ? 'closed' : 'updated', sequence: change.seq, atMs: change.atMs, organisation: deps.organisation, organisationId: deps.installationId, productVersion: deps.version,
  })
  if (change.kind === 'alert') {
    const alert = await store.alert(change.ref)
    return alert === undefined ? undefined : JSON.stringify(withRecordId(await alertFinding(alert, base(isClosed(alert)), context)))
  }
  const found = await store.case(change.ref)
  return found === undefined ? undefined : JSON.stringify(withRecordId(await caseFinding(found, base(found.status === 'closed'), context)))
}

/** The finding with the person's name, for a receiver that is told names. Everything else stays as it was made. */
export function withName(finding: Finding, user: User | undefined): Finding {
  if (user === undefined || user.erasedAtMs !== undefined) return finding
  return { ...finding, user: { ...finding.user, name: user.displayName, pseudonymous: false, ...(user.email === undefined ? {} : { email: user.email }) } }
}
