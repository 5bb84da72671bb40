// What must hold after faults stopped and everything drained (P1, P2, P4): the store has every obligation exactly once
// and byte for byte, or a gap record covers it; nothing else; counters and alerts are what the stored activities give.
import { join } from 'node:path'
import { connect, type Connection } from '@holdfast/collector/store/sqlite/connection.ts'
import { type InsightRow, toInsight } from '@holdfast/collector/store/sql/insight-rows.ts'
import { ACTIVITY_COLUMNS, type ActivityRow, type AlertRow, PERSON_COLUMNS, type PersonRow, toActivity, toAlert, toUser } from '@holdfast/collector/store/sql/rows.ts'
import { subjectOf } from '@holdfast/collector/evaluation/evaluation.ts'
import type { Alert } from '@holdfast/collector/domain/cases/alert.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { defaultDetection } from '@holdfast/collector/domain/exclusions/compile-detection.ts'
import { createCounter } from '@holdfast/collector/domain/risk/count.ts'
import { evaluateUser } from '@holdfast/collector/domain/risk/evaluate.ts'
import type { Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { idOfBody, issueActivity } from './activities.ts'
import type { JournalContent } from './journal.ts'

export interface IssuedByAgent {
  readonly agent: number
  readonly deviceId: string
  readonly journal: JournalContent
}

export interface Verdict {
  readonly obligations: number
  readonly stored: number
  readonly lost: number
  readonly doubled: number
  readonly foreign: number
  readonly altered: number
  /** Obligations that are not stored but covered by a gap record. */
  readonly explained: number
  /** Obligations under a number that the store had already, of a device that was rolled back as a whole: both are kept, the later one in quarantine. */
  readonly keptApart: number
  /** Sequence numbers below the highest that neither arrived nor are explained. */
  readonly unexplained: number
  readonly alerts: number
  /** In words, at most twenty. */
  readonly problems: readonly string[]
}

interface LedgerRow {
  readonly device_id: string
  readonly epoch: string
  readonly first_seq: number
  readonly last_seq: number
  readonly kind: string
}

const plainInsight = ({ userId, indicator, day, events, bytes, sensitiveEvents, firstAtMs, lastAtMs, files, samples }: Insight): string => JSON.stringify([userId, indicator, day, events, bytes, sensitiveEvents, firstAtMs, lastAtMs, files, samples])
const plainAlert = ({ policyId, userId, score, severity, parts, trigger }: Alert): string => JSON.stringify([policyId, userId, score, severity, parts, trigger])

function compareSets(what: string, stored: readonly string[], recomputed: readonly string[]): readonly string[] {
  const left = new Set(stored)
  const right = new Set(recomputed)
  return [
    ...(left.size === stored.length ? [] : [`${what}: ${stored.length - left.size} stored twice`]),
    ...[...left].filter((row) => !right.has(row)).slice(0, 2).map((row) => `${what}: stored but not recomputed: ${row.slice(0, 400)}`),
    ...[...right].filter((row) => !left.has(row)).slice(0, 2).map((row) => `${what}: recomputed but not stored: ${row.slice(0, 400)}`),
  ]
}

/** Holes between 1 and the highest number of one epoch. */
export function holes(ranges: readonly { readonly first: number; readonly last: number }[]): number {
  let end = 0
  let missing = 0
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    if (first > end + 1) missing += first - end - 1
    end = Math.max(end, last)
  }
  return missing
}

type Ranges = Map<string, { first: number; last: number }[]>

const asText = (ranges: Ranges): readonly string[] => [...ranges].map(([key, list]) => `${key} ${list.map(({ first, last }) => `${first}-${last}`).join(',')}`)

function extend(ranges: Ranges, key: string, seq: number): void {
  const list = ranges.get(key) ?? []
  const last = list.at(-1)
  if (last !== undefined && last.last + 1 === seq) last.last = seq
  else list.push({ first: seq, last: seq })
  ranges.set(key, list)
}

interface Rows {
  readonly activities: readonly Activity[]
  /** Numbers stored, by agent. */
  readonly seen: ReadonlyMap<number, ReadonlySet<number>>
  readonly ranges: Ranges
  readonly doubled: number
  readonly foreign: number
  readonly altered: number
  readonly problems: readonly string[]
}

/** Every stored row against what was issued. */
async function readRows(db: Connection, issued: readonly IssuedByAgent[], ignoredDevices: ReadonlySet<string>, baseMs: number): Promise<Rows> {
  const byDevice = new Map(issued.map((entry) => [entry.deviceId, entry]))
  const seen = new Map<number, Set<number>>(issued.map(({ agent }) => [agent, new Set()]))
  const activities: Activity[] = []
  const ranges: Ranges = new Map()
  const problems: string[] = []
  let [doubled, foreign, altered] = [0, 0, 0]
  for (const row of await db.all<ActivityRow>(`SELECT ${ACTIVITY_COLUMNS} ORDER BY a.epoch, a.seq`)) {
    activities.push(toActivity(row))
    extend(ranges, `${row.device_id} ${row.epoch}`, row.seq)
    if (ignoredDevices.has(row.device_id)) continue
    const owner = byDevice.get(row.device_id)
    const id = idOfBody(row.body)
    if (owner === undefined || id === undefined || id.agent !== owner.agent || id.number < 1 || id.number > owner.journal.reserved) {
      foreign += 1
      if (foreign === 1) problems.push(`foreign: ${row.device_id}.${row.epoch}.${row.seq} says it is ${JSON.stringify(id)}`)
      continue
    }
    if (Buffer.compare(row.body, issueActivity(id, baseMs)) !== 0) altered += 1
    const numbers = seen.get(id.agent)
    if (numbers?.has(id.number) === true) {
      doubled += 1
      if (doubled === 1) problems.push(`doubled: number ${id.number} of agent ${id.agent}, again at seq ${row.seq} of epoch ${row.epoch}`)
    }
    numbers?.add(id.number)
  }
  return { activities, seen, ranges, doubled, foreign, altered, problems }
}

interface Ledger {
  readonly received: Ranges
  readonly gaps: Ranges
  readonly unexplained: number
}

async function readLedger(db: Connection): Promise<Ledger> {
  const ledger = await db.all<LedgerRow>('SELECT d.id AS device_id, e.epoch, l.first_seq, l.last_seq, l.kind FROM ledger l JOIN epoch e ON e.k = l.epoch JOIN device d ON d.k = e.device ORDER BY l.epoch, l.first_seq')
  const [received, gaps, covered]: [Ranges, Ranges, Ranges] = [new Map(), new Map(), new Map()]
  for (const { device_id, epoch, first_seq: first, last_seq: last, kind } of ledger) {
    const key = `${device_id} ${epoch}`
    for (const map of [covered, kind === 'gap' ? gaps : received]) map.set(key, [...(map.get(key) ?? []), { first, last }])
  }
  return { received, gaps, unexplained: [...covered.values()].reduce((sum, ranges) => sum + holes(ranges), 0) }
}

/** `agent number` of the activities whose number was taken; each as it was issued, for its body is in quarantine whole. */
async function readConflicts(db: Connection): Promise<ReadonlySet<string>> {
  const found = (await db.all<{ bytes: Uint8Array }>("SELECT bytes FROM quarantine WHERE reason = 'SEQ_CONFLICT'")).map(({ bytes }) => idOfBody(bytes))
  return new Set(found.map((id) => `${id?.agent} ${id?.number}`))
}

const MEDIA = new Set(['copy_to_removable_media', 'volume_to_removable_media', 'removable_media_mounted', 'copy_from_removable_media'])

/** Since when a user and the first removable medium are known. */
function firstDaysOf(insights: readonly Insight[]): { readonly observedFromDay?: number; readonly firstMediaDay?: number } {
  const media = insights.filter(({ indicator }) => MEDIA.has(indicator))
  return { ...(insights.length === 0 ? {} : { observedFromDay: Math.min(...insights.map(({ day }) => day)) }), ...(media.length === 0 ? {} : { firstMediaDay: Math.min(...media.map(({ day }) => day)) }) }
}

/** P4: counters and alerts, made again from the stored activities by the domain alone. */
async function recompute(db: Connection, activities: readonly Activity[], nowMs: number): Promise<{ readonly alerts: number; readonly problems: readonly string[] }> {
  const insights = createCounter(defaultDetection)(activities)
  const storedInsights = (await db.all<InsightRow>('SELECT p.id AS person_id, i.* FROM insight i JOIN person p ON p.k = i.person')).map(toInsight)
  const policies = (await db.all<{ doc: string }>('SELECT doc FROM policy')).map((row) => JSON.parse(row.doc) as Policy)
  const alerts = (await db.all<AlertRow>('SELECT id, status, doc FROM alert')).map(toAlert)
  const users = (await db.all<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person`)).map(toUser)
  const rescored = users.flatMap((user) => {
    const own = insights.filter((insight) => insight.userId === user.id)
    return evaluateUser({ subject: subjectOf(user), policies, insights: own, alerts: [], nowMs, ...firstDaysOf(own) }).alerts
  })
  return { alerts: alerts.length, problems: [...compareSets('insights', storedInsights.map(plainInsight), insights.map(plainInsight)), ...compareSets('alerts', alerts.map(plainAlert), rescored.map(plainAlert))] }
}

/**
 * Reads the collector's database as it is (read-only, also while it runs) and holds it against what was issued.
 *
 * @param ignoredDevices their activities are counted and scored, and held against no journal
 * @param baseMs as the workloads had it
 */
export async function judge(collectorDir: string, issued: readonly IssuedByAgent[], ignoredDevices: ReadonlySet<string>, baseMs: number, nowMs: number): Promise<Verdict> {
  const db = await connect(join(collectorDir, 'holdfast.db'), { readOnly: true })
  try {
    return await judgeIn(db, issued, ignoredDevices, baseMs, nowMs)
  } finally {
    await db.close()
  }
}

/** The same over a connection to whichever database it is. */
export async function judgeIn(db: Connection, issued: readonly IssuedByAgent[], ignoredDevices: ReadonlySet<string>, baseMs: number, nowMs: number): Promise<Verdict> {
  const { activities, seen, ranges, doubled, foreign, altered, ...rows } = await readRows(db, issued, ignoredDevices, baseMs)
  const { received, gaps, unexplained } = await readLedger(db)
  const problems = [...rows.problems, ...compareSets('ledger against rows', asText(received), asText(ranges))]
  const apart = await readConflicts(db)
  let [obligations, lost, explained, keptApart] = [0, 0, 0, 0]
  for (const { agent, deviceId, journal } of issued) {
    for (const { number, epoch, seq } of journal.obligations) {
      obligations += 1
      if (seen.get(agent)?.has(number) === true) continue
      if ((gaps.get(`${deviceId} ${epoch}`) ?? []).some(({ first, last }) => first <= seq && seq <= last)) explained += 1
      else if (apart.has(`${agent} ${number}`)) keptApart += 1
      else {
        lost += 1
        if (lost <= 3) problems.push(`lost: number ${number} of agent ${agent}, seq ${seq} of epoch ${epoch}`)
      }
    }
  }
  const scores = await recompute(db, activities, nowMs)
  problems.push(...scores.problems)
  for (const [what, count] of Object.entries({ lost, doubled, foreign, altered, unexplained })) if (count > 0) problems.push(`${count} ${what}`)
  return { obligations, stored: activities.length, lost, doubled, foreign, altered, explained, keptApart, unexplained, alerts: scores.alerts, problems: problems.slice(0, 20) }
}
