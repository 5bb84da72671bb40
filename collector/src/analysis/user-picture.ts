// The picture of one user's time: a point for each day and indicator, sequences over them, what left in all, and what else
// happened on these days. Plain numbers without a name; whoever shows it presents them.
import type { Alert } from '../domain/cases/alert.ts'
import { CUMULATIVE_INDICATORS } from '../domain/risk/cumulative.ts'
import type { CompiledDetection } from '../domain/exclusions/compile-detection.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import { matchingIndicators } from '../domain/risk/count.ts'
import { distinctFiles } from '../domain/risk/distinct-files.ts'
import { createHistory } from '../domain/risk/history.ts'
import { baseIndicator, indicatorRow } from '../domain/risk/indicators.ts'
import { type Day, dayOf, type Insight } from '../domain/risk/insight.ts'
import { type SequencePattern, sequencePatterns } from '../domain/risk/sequence-patterns.ts'
import { createSequenceFinder, type SequenceDay } from '../domain/risk/sequences.ts'
import { amountOf, insightScore } from '../domain/risk/thresholds.ts'
import type { StoreReader } from '../store/store.ts'

const DAY_MS = 86_400_000
/** Days before the range that may hold the first step of a sequence that ends in it. */
const STEPS_BEFORE = 4
const MOST_POLICY_CHANGES = 200
/** What changes whom a policy watches or what it finds. */
const POLICY_CHANGES: readonly string[] = ['policy.created', 'policy.changed', 'policy.updated', 'policy.deleted', 'policy.paused', 'policy.resumed', 'policy.applied']

/** One bubble. */
export interface PicturePoint {
  readonly day: Day
  readonly indicator: string
  readonly category: string
  readonly label: string
  readonly events: number
  readonly excludedEvents: number
  /** Events that somebody has looked at. */
  readonly reviewedEvents: number
  readonly bytes: number
  readonly files: number
  /** 0 to 100, by the indicator's own thresholds, since no policy is asked. */
  readonly score: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

export interface PictureSequence {
  readonly id: string
  readonly label: string
  readonly day: Day
  readonly files: number
  /** By the sequence's own thresholds. */
  readonly score: number
  /** Its points that lie in the range, in the order of time. */
  readonly points: readonly { readonly day: Day; readonly indicator: string }[]
  /** Alerts that name it. */
  readonly alertIds: readonly string[]
}

export type MarkerKind = 'trigger' | 'policy' | 'alert' | 'decision' | 'case'

export interface PictureMarker {
  readonly kind: MarkerKind
  readonly atMs: number
  /** Of a trigger its kind, of a decision the status, of a case `opened` or `closed`, of a policy the audited deed. */
  readonly what: string
  readonly text: string
  readonly severity?: Alert['severity']
  readonly score?: number
  readonly alertId?: string
  readonly caseId?: string
  readonly policyId?: string
}

/** What had left by the end of a day since the range began; files as heavy as their channel. */
export interface CumulativeDay {
  readonly day: Day
  readonly files: number
  readonly bytes: number
}

export interface UserPicture {
  readonly from: Day
  readonly to: Day
  readonly points: readonly PicturePoint[]
  readonly sequences: readonly PictureSequence[]
  readonly cumulative: readonly CumulativeDay[]
  readonly markers: readonly PictureMarker[]
}

/** @param reviewed events of the insight that were looked at */
export function pointOf(insight: Insight, reviewed = 0): PicturePoint {
  const row = indicatorRow(insight.indicator)
  return {
    day: insight.day, indicator: insight.indicator, category: row?.category ?? 'context', label: row?.label ?? insight.indicator, events: insight.events, excludedEvents: insight.excludedEvents, reviewedEvents: Math.min(reviewed, insight.events), bytes: insight.bytes,
    files: row?.category === 'security' ? 0 : distinctFiles(insight.files), score: row === undefined ? 0 : insightScore(amountOf(insight), row.thresholds), firstAtMs: insight.firstAtMs, lastAtMs: insight.lastAtMs,
  }
}

const firstAt = ({ steps }: SequenceDay): number => Math.min(...steps.flat().map((insight) => insight.firstAtMs))

/** Days with a sequence; one that is a part of a longer one of the same day is left out. */
export function sequencesIn(insights: readonly Insight[], from: Day, to: Day, alerts: readonly Alert[] = []): readonly PictureSequence[] {
  const finder = createSequenceFinder(createHistory(insights), () => true)
  const found = sequencePatterns.flatMap((pattern: SequencePattern) => finder.days(pattern).filter(({ day }) => day >= from && day <= to))
  return found.filter(({ pattern, day }) => !found.some((other) => other.day === day && other.pattern.covers.includes(pattern.id)))
    .toSorted((a, b) => firstAt(a) - firstAt(b))
    .map(({ pattern, day, files, steps }) => {
      const keys = new Map(steps.flat().filter((insight) => insight.day >= from && insight.day <= to).toSorted((a, b) => a.firstAtMs - b.firstAtMs).map((insight) => [`${insight.day} ${insight.indicator}`, { day: insight.day, indicator: insight.indicator }]))
      return {
        id: pattern.id, label: pattern.label, day, files, score: insightScore(files, pattern.thresholds), points: [...keys.values()],
        alertIds: alerts.filter((alert) => alert.parts.some((part) => part.code === `sequence.${pattern.id}` && (part.day === undefined || part.day === day))).map(({ id }) => id),
      }
    })
}

export function cumulativeIn(insights: readonly Insight[], from: Day, to: Day): readonly CumulativeDay[] {
  const byDay = Map.groupBy(insights.filter((insight) => CUMULATIVE_INDICATORS.has(insight.indicator) && insight.day >= from && insight.day <= to), (insight) => insight.day)
  let tenths = 0
  let bytes = 0
  return [...byDay].toSorted(([a], [b]) => a - b).map(([day, own]) => {
    for (const insight of own) {
      tenths += amountOf(insight) * (CUMULATIVE_INDICATORS.get(insight.indicator) ?? 0)
      bytes += insight.bytes
    }
    return { day, files: Math.round(tenths / 10), bytes }
  })
}

/** Events of each day and indicator that were looked at. */
async function reviewedIn(store: StoreReader, detection: CompiledDetection, userId: string, from: Day, to: Day): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const activity of await store.reviewedActivities(userId, from * DAY_MS, (to + 1) * DAY_MS)) {
    for (const indicator of matchingIndicators(activity, detection)) {
      const key = `${dayOf(activity.occurredAtMs)} ${indicator}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts
}

/** An audited change, as far as it can be read. */
function policyName(detail: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(detail)
    const find = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, 'name') : undefined)
    const name = find(parsed) ?? (typeof parsed === 'object' && parsed !== null ? find(Reflect.get(parsed, 'after')) ?? find(Reflect.get(parsed, 'before')) : undefined)
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}

async function policyMarkers(store: StoreReader, fromMs: number, toMs: number): Promise<readonly PictureMarker[]> {
  const names = new Map((await store.policies()).map(({ id, name }) => [id, name]))
  const { items } = await store.auditEntries({ prefixes: ['policy'], fromMs, toMs, limit: MOST_POLICY_CHANGES })
  return items.filter(({ action }) => POLICY_CHANGES.includes(action)).map(({ action, atMs, targetId, detail }) => ({ kind: 'policy', atMs, what: action, text: names.get(targetId) ?? policyName(detail) ?? targetId, policyId: targetId }))
}

export interface PictureRequest {
  readonly userId: string
  /** Both inclusive. */
  readonly from: Day
  readonly to: Day
  /** Whether triggering events, such as a resignation, may be known. */
  readonly triggers: boolean
}

const alertMarkers = (alerts: readonly Alert[]): readonly PictureMarker[] => alerts.flatMap((alert): readonly PictureMarker[] => [
  { kind: 'alert', atMs: alert.createdAtMs, what: 'created', text: alert.trigger.reason, severity: alert.severity, score: alert.score, alertId: alert.id, policyId: alert.policyId },
  ...(alert.decidedAtMs === undefined || alert.status === 'needs_review' ? [] : [{ kind: 'decision' as const, atMs: alert.decidedAtMs, what: alert.status, text: '', severity: alert.severity, score: alert.score, alertId: alert.id, policyId: alert.policyId }]),
])
const triggerMarkers = (triggers: readonly StoredTrigger[]): readonly PictureMarker[] => triggers.map((trigger) => ({ kind: 'trigger', atMs: trigger.atMs, what: trigger.kind, text: trigger.reason, ...(trigger.policyId === undefined ? {} : { policyId: trigger.policyId }) }))

/** Everything that the chart of a user shows. A picture of 50,000 activities costs as much as one of a few: insights are counted already. */
export async function readPicture(store: StoreReader, detection: CompiledDetection, { userId, from, to, triggers: knowsTriggers }: PictureRequest): Promise<UserPicture> {
  const fromMs = from * DAY_MS
  const toMs = (to + 1) * DAY_MS
  const [insights, alerts, triggers, cases, policies, reviewed] = await Promise.all([
    store.insights(userId, from - STEPS_BEFORE, to + STEPS_BEFORE), store.alertsOfUser(userId), knowsTriggers ? store.triggersOf(userId) : [], store.cases({ userId, limit: 100, sort: 'opened_at', descending: true }),
    policyMarkers(store, fromMs, toMs), reviewedIn(store, detection, userId, from, to),
  ])
  const caseMarkers = cases.items.flatMap((found): readonly PictureMarker[] => [
    { kind: 'case', atMs: found.openedAtMs, what: 'opened', text: '', caseId: found.id },
    ...(found.resolution === undefined ? [] : [{ kind: 'case' as const, atMs: found.resolution.atMs, what: found.resolution.outcome, text: '', caseId: found.id }]),
  ])
  const inRange = insights.filter(({ day }) => day >= from && day <= to)
  return {
    from, to, points: inRange.map((insight) => pointOf(insight, reviewed.get(`${insight.day} ${insight.indicator}`))), sequences: sequencesIn(insights, from, to, alerts), cumulative: cumulativeIn(insights, from, to),
    markers: [...alertMarkers(alerts), ...triggerMarkers(triggers), ...caseMarkers, ...policies].filter(({ atMs }) => atMs >= fromMs && atMs < toMs).toSorted((a, b) => a.atMs - b.atMs),
  }
}

/** An activity as a bubble of its own. */
export interface PictureEvent {
  readonly id: string
  readonly atMs: number
  readonly kind: string
  readonly indicator: string
  readonly category: string
  readonly label: string
  readonly bytes: number
  /** Of its day and indicator. */
  readonly score: number
}

/** Days that are short enough to draw each activity, and how many of them are readable. */
export const EVENT_DAYS = 3
export const MOST_EVENTS = 4000

/** Single activities under the strongest indicator that counts each; undefined when there are too many to draw. */
export async function readEvents(store: StoreReader, detection: CompiledDetection, picture: UserPicture, userId: string): Promise<readonly PictureEvent[] | undefined> {
  const found = await store.explore({ userId, fromMs: picture.from * DAY_MS, toMs: (picture.to + 1) * DAY_MS, ascending: true, limit: MOST_EVENTS + 1 })
  if (found.length > MOST_EVENTS) return undefined
  const points = new Map(picture.points.map((point) => [`${point.day} ${point.indicator}`, point]))
  return found.flatMap(({ activity }) => {
    const best = matchingIndicators(activity, detection).flatMap((indicator) => points.get(`${dayOf(activity.occurredAtMs)} ${indicator}`) ?? []).toSorted((a, b) => b.score - a.score)[0]
    return best === undefined ? [] : [{ id: activity.id, atMs: activity.occurredAtMs, kind: activity.kind, indicator: baseIndicator(best.indicator), category: best.category, label: best.label, bytes: activity.file?.sizeBytes ?? 0, score: best.score }]
  })
}
