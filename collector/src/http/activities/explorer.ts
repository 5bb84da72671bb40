// The activity explorer: one user's activities, filtered by what only a look at each can say, a page at a time.
//
// Time and kind are asked of the store. What an activity counts for, its factors and its text are known once it is
// decoded, so a page reads on until it is full or has looked at enough; then it says where to go on. A page may thus hold
// fewer rows than were asked for and still not be the last.
//
// By score: the cells of the picture (a day and an indicator) stand in the order of their scores, and each activity is
// shown in the strongest cell that counts it. The cursor says which cell, and how far in it.
import { activityKinds, type ActivityKind } from '@holdfast/proto'
import type { Alert } from '../../domain/cases/alert.ts'
import { factorOf, type RiskFactor, RISK_FACTORS } from '../../domain/cases/risk-factors.ts'
import type { User } from '../../domain/people/user.ts'
import type { Activity } from '../../domain/risk/activity.ts'
import { matchingIndicators } from '../../domain/risk/count.ts'
import { indicatorRow } from '../../domain/risk/indicators.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader } from '../../store/store.ts'
import { lookUp } from '../look-up.ts'
import { hiddenNames, type Names } from '../names.ts'
import { presentPoint } from '../users/present.ts'
import { type DetectionInForce, presentActivity } from './present.ts'
import type { ActivityFilter, ActivityView } from './schema.ts'

const DAY_MS = 86_400_000
const READ_AT_ONCE = 500
/** Rows that one page looks at. At some ten microseconds each it stays below a tenth of a second. */
const LOOKED_AT_MOST = 5000
/** Days whose scores are asked for: as far back as anything is scored. */
const SCORE_DAYS = 240

const isKind = (kind: string): kind is ActivityKind => Object.hasOwn(activityKinds, kind)
const baseOf = (indicator: string): string => indicator.split('#')[0] ?? indicator

export interface ExplorerRequest {
  readonly filter: Omit<ActivityFilter, 'userId' | 'alertId' | 'deviceId' | 'from' | 'to'>
  readonly user: User
  /** That the page is about. */
  readonly alert?: Alert
  readonly fromMs?: number
  readonly toMs?: number
  readonly sort: '-occurredAt' | 'occurredAt' | '-score'
  readonly nowMs: number
  readonly names?: Names
}

export interface ExplorerPage {
  readonly items: readonly ActivityView[]
  readonly nextCursor?: string
}

export interface Explorer {
  page(limit: number, cursor?: string): Promise<ExplorerPage>
}

interface Cell {
  readonly day: number
  readonly indicator: string
  readonly score: number
}

/** Reads what a page needs to know of the user once; `page` may then be asked again and again. */
export async function openExplorer(store: StoreReader, detection: DetectionInForce, { filter, user, alert, fromMs, toMs, sort, nowMs, names = hiddenNames }: ExplorerRequest): Promise<Explorer> {
  const scope = filter.scope ?? (alert === undefined ? 'all' : 'alert')
  if (scope === 'alert' && alert === undefined) throw new CodedError('REQUEST_INVALID')
  const alerts = alert === undefined ? await store.alertsOfUser(user.id) : [alert]
  const insights = await store.insights(user.id, dayOf(nowMs) - SCORE_DAYS, dayOf(nowMs) + 1)
  const cells = insights.map((insight): Cell => ({ day: insight.day, indicator: insight.indicator, score: presentPoint(insight).score })).toSorted((a, b) => b.score - a.score || b.day - a.day || (a.indicator < b.indicator ? -1 : 1))
  const scoreOf = new Map(cells.map((cell) => [`${cell.day} ${cell.indicator}`, cell.score]))
  const evidence = new Set(alerts.flatMap((one) => one.parts.flatMap((part) => [...part.evidence])))
  const counted = new Set(alert?.parts.flatMap((part) => (part.indicator === undefined ? [] : [part.indicator])))

  /** Factors of the alerts whose parts name the activity, or its day and indicator. */
  const factorsOf = (activity: Activity, indicators: readonly string[]): readonly RiskFactor[] => {
    const day = dayOf(activity.occurredAtMs)
    const found = new Set(alerts.flatMap((one) => one.parts.flatMap((part) => {
      const factor = factorOf(part)
      return factor !== undefined && (part.evidence.includes(activity.id) || (part.evidence.length === 0 && part.indicator !== undefined && part.day === day && indicators.includes(part.indicator))) ? [factor] : []
    })))
    return RISK_FACTORS.filter((factor) => found.has(factor))
  }
  const inScope = (activity: Activity, indicators: readonly string[], isDismissed: boolean): boolean => {
    if (scope === 'all') return true
    if (scope === 'scored') return indicators.length > 0
    if (evidence.has(activity.id)) return true
    if (alert === undefined || !indicators.some((id) => counted.has(id))) return false
    // What was found benign counts no more, and may now lie outside of what the alert spans; it stays to be seen, and to be taken back.
    if (isDismissed) return dayOf(activity.occurredAtMs) >= dayOf(alert.firstActivityAtMs) && dayOf(activity.occurredAtMs) <= dayOf(alert.lastActivityAtMs)
    return activity.occurredAtMs >= alert.firstActivityAtMs && activity.occurredAtMs <= alert.lastActivityAtMs
  }
  const kinds = filter.kind?.filter(isKind)
  const text = filter.q?.toLowerCase()
  const range = { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) }

  /** The views of those activities that the filters let through. */
  const passing = async (activities: readonly Activity[], cell?: Cell): Promise<readonly (ActivityView | undefined)[]> => {
    const [reviews, dismissals, { devices }] = await Promise.all([
      store.reviewsOf(activities.map(({ id }) => id)), activities.length === 0 ? [] : store.dismissedActivities(user.id, Math.min(...activities.map((one) => one.occurredAtMs)), Math.max(...activities.map((one) => one.occurredAtMs)) + 1),
      lookUp(store, [], activities.map((activity) => activity.deviceId)),
    ])
    const reviewOf = new Map(reviews.map((review) => [review.activityId, review]))
    const dismissalOf = new Map(dismissals.map((row) => [row.activityId, row]))
    return activities.map((activity) => {
      const indicators = matchingIndicators(activity, detection.compiled)
      const dismissal = dismissalOf.get(activity.id)
      if (!inScope(activity, indicators, dismissal !== undefined)) return undefined
      const day = dayOf(activity.occurredAtMs)
      const best = indicators.map((indicator) => ({ indicator, score: scoreOf.get(`${day} ${indicator}`) ?? 0 })).toSorted((a, b) => b.score - a.score || (a.indicator < b.indicator ? -1 : 1))[0]
      if (cell !== undefined && best?.indicator !== cell.indicator) return undefined
      if (filter.indicator !== undefined && !indicators.some((id) => filter.indicator?.includes(id) === true || filter.indicator?.includes(baseOf(id)) === true)) return undefined
      const review = reviewOf.get(activity.id)
      if (filter.reviewed !== undefined && filter.reviewed !== (review !== undefined)) return undefined
      const factors = factorsOf(activity, indicators)
      if (filter.factor !== undefined && !factors.some((factor) => filter.factor?.includes(factor) === true)) return undefined
      const view = presentActivity(activity, user, devices.get(activity.deviceId)?.hostname, detection, names)
      // Text is looked for in what may be seen, or a search would tell what is hidden.
      if (text !== undefined && ![view.summary, view.file?.path, view.source?.path, view.oldPath, view.process, ...Object.values(view.metadata)].some((word) => String(word ?? '').toLowerCase().includes(text))) return undefined
      return {
        ...view, score: best?.score ?? 0, factors: [...factors], isEvidence: evidence.has(activity.id),
        ...(review === undefined ? {} : { reviewed: { at: new Date(review.atMs).toISOString(), by: review.by } }),
        ...(dismissal === undefined ? {} : { dismissed: { at: new Date(dismissal.dismissedAtMs).toISOString(), by: dismissal.dismissedBy, reason: names.text(dismissal.reason, user) } }),
      }
    })
  }

  /** Reads one stretch until the page is full, the stretch ends, or enough was looked at. */
  const readOn = async (items: ActivityView[], limit: number, budget: { left: number }, query: { readonly fromMs?: number; readonly toMs?: number; readonly kinds?: readonly ActivityKind[]; readonly ascending?: boolean }, from: string | undefined, cell?: Cell): Promise<{ readonly ended: boolean; readonly cursor: string | undefined }> => {
    let cursor = from
    while (items.length < limit && budget.left > 0) {
      const found = await store.explore({ userId: user.id, ...query, ...(cursor === undefined ? {} : { cursor }), limit: Math.min(READ_AT_ONCE, budget.left) })
      budget.left -= found.length
      const views = await passing(found.map(({ activity }) => activity), cell)
      for (const [index, view] of views.entries()) {
        cursor = found[index]?.cursor
        if (view !== undefined) items.push(view)
        if (items.length === limit && index < views.length - 1) return { ended: false, cursor }
      }
      if (found.length < READ_AT_ONCE && budget.left > 0) return { ended: true, cursor }
    }
    return { ended: false, cursor }
  }

  const byTime = async (limit: number, from: string | undefined): Promise<ExplorerPage> => {
    const items: ActivityView[] = []
    const { ended, cursor } = await readOn(items, limit, { left: LOOKED_AT_MOST }, { ...range, ...(kinds === undefined ? {} : { kinds }), ascending: sort === 'occurredAt' }, from)
    return { items, ...(ended || cursor === undefined ? {} : { nextCursor: cursor }) }
  }

  const inCells = cells.filter(({ day, indicator }) => (fromMs === undefined || (day + 1) * DAY_MS > fromMs) && (toMs === undefined || day * DAY_MS < toMs) && indicatorRow(indicator) !== undefined)
  const byScore = async (limit: number, from: string | undefined): Promise<ExplorerPage> => {
    const items: ActivityView[] = []
    const budget = { left: LOOKED_AT_MOST }
    const [at = '0', rest] = from === undefined ? [] : from.split('~')
    let inner = rest === undefined || rest === '' ? undefined : rest
    for (let index = Number(at); index < inCells.length; index += 1) {
      const cell = inCells[index]
      if (cell === undefined) break
      const own = (indicatorRow(cell.indicator)?.kinds ?? []).filter((kind) => kinds === undefined || kinds.includes(kind))
      const done = own.length === 0 ? { ended: true, cursor: undefined } : await readOn(items, limit, budget, { fromMs: Math.max(fromMs ?? 0, cell.day * DAY_MS), toMs: Math.min(toMs ?? Number.MAX_SAFE_INTEGER, (cell.day + 1) * DAY_MS), kinds: own }, inner, cell)
      if (!done.ended) return { items, nextCursor: `${index}~${done.cursor ?? ''}` }
      inner = undefined
      if (items.length >= limit) return index + 1 < inCells.length ? { items, nextCursor: `${index + 1}~` } : { items }
    }
    return { items }
  }
  return {
    page(limit, cursor) {
      if (sort === '-score' && cursor !== undefined && !/^\d{1,6}~/.test(cursor)) throw new CodedError('REQUEST_INVALID')
      return sort === '-score' ? byScore(limit, cursor) : byTime(limit, cursor)
    },
  }
}
