// What the store knows of alerts: the queue, what was done to it, what was looked at, and the views that people keep.
import type { Alert, AlertStatus, DismissReason } from '../domain/cases/alert.ts'
import type { RiskFactor } from '../domain/cases/risk-factors.ts'
import type { Activity, ActivityKind } from '../domain/risk/activity.ts'
import type { Severity } from '../domain/risk/score.ts'
import type { Page, PageRequest, PersonFilter } from './store.ts'

/** Which alerts; everything that is given must hold, of a list one. */
export interface AlertSelection {
  readonly visible?: PersonFilter
  readonly ids?: readonly string[]
  readonly status?: readonly AlertStatus[]
  readonly severity?: readonly Severity[]
  readonly policyId?: readonly string[]
  readonly userId?: string
  /** Account ids; null stands for nobody. */
  readonly assignees?: readonly (string | null)[]
  /** Inclusive, milliseconds. */
  readonly createdFromMs?: number
  /** Exclusive. */
  readonly createdToMs?: number
  readonly factors?: readonly RiskFactor[]
  readonly triggerKinds?: readonly string[]
  readonly dismissReasons?: readonly DismissReason[]
  readonly hasCase?: boolean
  /** Beginning of an alert's id or of a pseudonym. */
  readonly search?: string
  /** In review since before the time of their severity. */
  readonly openedBeforeMs?: Readonly<Record<Severity, number>>
}

export interface AlertQuery extends PageRequest, AlertSelection {
  /** Checked against the API's list before it comes here. */
  readonly sort: 'created_at' | 'updated_at' | 'score'
  readonly descending: boolean
}

/** Alerts that opened or were closed on a UTC day. */
export interface AlertFlow {
  /** Days since 1970. */
  readonly day: number
  readonly severity: Severity
  readonly count: number
}

export interface AlertStatistics {
  readonly counts: readonly { readonly status: AlertStatus; readonly severity: Severity; readonly count: number }[]
  /** From opened to closed, over what was closed in the last 30 days. */
  readonly meanDecisionMs?: number
  readonly meanDecisionMsBySeverity: readonly { readonly severity: Severity; readonly meanMs: number; readonly count: number }[]
  readonly opened: readonly AlertFlow[]
  readonly closed: readonly AlertFlow[]
}

/** One deed of one account on one or more alerts, kept for as long as it can be undone. */
export interface AlertOperation {
  readonly id: string
  readonly actorId: string
  readonly atMs: number
  /** `dismissed`, `assigned`, ... */
  readonly what: string
  /** What each alert was, and the revision that the deed gave it. */
  readonly changes: readonly { readonly before: Alert; readonly revision: number }[]
}

export interface SavedView {
  readonly id: string
  readonly resource: string
  readonly name: string
  /** Account. */
  readonly ownerId: string
  readonly ownerName: string
  readonly isShared: boolean
  /** In the words of the API's list of the resource. */
  readonly filter: Readonly<Record<string, unknown>>
  readonly columns?: readonly string[]
  readonly sort?: string
  readonly updatedAtMs: number
  readonly revision: number
}

export interface ActivityReview {
  readonly activityId: string
  readonly atMs: number
  readonly by: string
}

export interface ExplorerQuery {
  readonly userId: string
  /** Inclusive, milliseconds. */
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  readonly kinds?: readonly ActivityKind[]
  readonly ascending?: boolean
  /** Of the row after which to go on. */
  readonly cursor?: string
  readonly limit: number
}

export interface AlertReader {
  alert(id: string): Promise<Alert | undefined>
  alertsByIds(ids: readonly string[]): Promise<readonly Alert[]>
  /** `total` comes with the first page only. */
  alerts(query: AlertQuery): Promise<Page<Alert>>
  /** Counts up to `most`. */
  alertCount(selection: AlertSelection, most?: number): Promise<number>
  alertsOfUser(userId: string): Promise<readonly Alert[]>
  /** Of many users at once, ordered by creation within a user. */
  alertsOfUsers(userIds: readonly string[]): Promise<readonly Alert[]>
  alertStatistics(nowMs: number, visible?: PersonFilter): Promise<AlertStatistics>
  alertOperation(id: string): Promise<AlertOperation | undefined>
  /** Own and shared views, by name. */
  savedViews(accountId: string, resource: string): Promise<readonly SavedView[]>
  savedView(id: string): Promise<SavedView | undefined>
  defaultView(accountId: string, resource: string): Promise<string | undefined>
  /** Those of the activities that somebody has marked as reviewed. */
  reviewsOf(activityIds: readonly string[]): Promise<readonly ActivityReview[]>
  /** A user's activities by time, each with the cursor after it. */
  explore(query: ExplorerQuery): Promise<readonly { readonly activity: Activity; readonly cursor: string }[]>
}

export interface AlertWriter {
  saveAlert(alert: Alert): Promise<void>
  saveAlerts(alerts: readonly Alert[]): Promise<void>
  /** Keeps it, and forgets what was done before `keepFromMs`. */
  saveAlertOperation(operation: AlertOperation, keepFromMs: number): Promise<void>
  deleteAlertOperation(id: string): Promise<void>
  saveSavedView(view: SavedView): Promise<void>
  deleteSavedView(id: string): Promise<void>
  /** `undefined` takes the choice back. */
  saveDefaultView(accountId: string, resource: string, viewId: string | undefined): Promise<void>
  saveReviews(reviews: readonly ActivityReview[]): Promise<void>
  deleteReviews(activityIds: readonly string[]): Promise<void>
}
