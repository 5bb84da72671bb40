// Activities that somebody found benign: the counters of their days are made anew from the stored activities, without them.
//
// A day is counted anew only when all of its activities are still stored: otherwise what is gone would be lost from the
// counters too. It is counted under the settings in force now.
import type { DismissedActivity } from '../domain/adaptive/dismissed-activity.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { matchingIndicators } from '../domain/risk/count.ts'
import type { CompiledDetection } from '../domain/exclusions/compile-detection.ts'
import { type Day, dayOf, type Insight } from '../domain/risk/insight.ts'
import { CodedError } from '../errors.ts'
import type { InsightCounter, InsightMerge, StoreWriter } from '../store/store.ts'

const DAY_MS = 86_400_000
const PAGE = 500

export interface Recount {
  readonly count: InsightCounter
  readonly merge: InsightMerge
  readonly detection: CompiledDetection
}

async function* activitiesOfDay(tx: StoreWriter, userId: string, day: Day): AsyncGenerator<readonly Activity[]> {
  let cursor: string | undefined
  do {
    const page = await tx.activities({ userId, fromMs: day * DAY_MS, toMs: (day + 1) * DAY_MS, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    yield page.items
    cursor = page.nextCursor
  } while (cursor !== undefined)
}

/** Counts a user's day anew for some indicators. @throws ACTIVITIES_INCOMPLETE when the day is not stored whole any more */
async function recountDay(tx: StoreWriter, { count, merge }: Recount, userId: string, day: Day, indicators: ReadonlySet<string>, dismissedBefore: ReadonlySet<string>, dismissedNow: ReadonlySet<string>): Promise<void> {
  const before = (await tx.insights(userId, day, day)).filter((insight) => indicators.has(insight.indicator))
  const found = new Map<string, Insight>()
  const standing = new Map<string, number>()
  for await (const activities of activitiesOfDay(tx, userId, day)) {
    // What stood in the counters until now must be there again, or the day is not whole.
    for (const insight of count(activities.filter((activity) => !dismissedBefore.has(activity.id)))) if (indicators.has(insight.indicator)) standing.set(insight.indicator, (standing.get(insight.indicator) ?? 0) + insight.events)
    for (const insight of count(activities.filter((activity) => !dismissedNow.has(activity.id)))) {
      if (!indicators.has(insight.indicator)) continue
      const known = found.get(insight.indicator)
      found.set(insight.indicator, known === undefined ? insight : merge(known, insight))
    }
  }
  if (before.some((insight) => (standing.get(insight.indicator) ?? 0) < insight.events)) throw new CodedError('ACTIVITIES_INCOMPLETE')
  await tx.replaceInsights(userId, day, [...indicators], [...found.values()])
}

async function recountDays(tx: StoreWriter, recount: Recount, userId: string, activities: readonly Activity[], before: ReadonlySet<string>, now: ReadonlySet<string>): Promise<void> {
  for (const [day, own] of Map.groupBy(activities, (activity) => dayOf(activity.occurredAtMs))) {
    const indicators = new Set(own.flatMap((activity) => [...matchingIndicators(activity, recount.detection)]))
    if (indicators.size > 0) await recountDay(tx, recount, userId, day, indicators, before, now)
  }
}

async function knownOf(tx: StoreWriter, userId: string, activities: readonly Activity[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const day of new Set(activities.map((activity) => dayOf(activity.occurredAtMs)))) for (const row of await tx.dismissedActivities(userId, day * DAY_MS, (day + 1) * DAY_MS)) known.add(row.activityId)
  return known
}

async function ownActivities(tx: StoreWriter, userId: string, ids: readonly string[]): Promise<readonly Activity[]> {
  const activities = await tx.activitiesByIds(ids)
  if (activities.length < new Set(ids).size || activities.some((activity) => activity.userId !== userId)) throw new CodedError('NOT_FOUND', { what: 'activity' })
  return activities
}

/**
 * Dismisses activities of one user inside an open transaction.
 *
 * @returns those that were not dismissed before
 * @throws NOT_FOUND for an activity that is not the user's, ACTIVITIES_INCOMPLETE
 */
export async function dismissActivities(tx: StoreWriter, recount: Recount, { userId, activityIds, reason, by, atMs }: { readonly userId: string; readonly activityIds: readonly string[]; readonly reason: string; readonly by: string; readonly atMs: number }): Promise<readonly DismissedActivity[]> {
  const activities = await ownActivities(tx, userId, activityIds)
  const before = await knownOf(tx, userId, activities)
  const news = activities.filter((activity) => !before.has(activity.id))
  if (news.length === 0) return []
  await recountDays(tx, recount, userId, news, before, new Set([...before, ...news.map((activity) => activity.id)]))
  const rows = news.map((activity): DismissedActivity => ({ activityId: activity.id, userId, occurredAtMs: activity.occurredAtMs, reason, dismissedBy: by, dismissedAtMs: atMs }))
  await tx.saveDismissedActivities(rows)
  return rows
}

/** Takes a dismissal back: the activity counts again. @throws NOT_FOUND, ACTIVITIES_INCOMPLETE */
export async function restoreActivity(tx: StoreWriter, recount: Recount, userId: string, activityId: string): Promise<void> {
  const activities = await ownActivities(tx, userId, [activityId])
  const before = await knownOf(tx, userId, activities)
  if (!before.has(activityId)) throw new CodedError('NOT_FOUND', { what: 'dismissed activity' })
  await recountDays(tx, recount, userId, activities, before, new Set([...before].filter((id) => id !== activityId)))
  await tx.deleteDismissedActivities([activityId])
}
