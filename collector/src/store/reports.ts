// What the store keeps of user activity reports: what was asked, how far it is, what came out, and links to it.
import type { Activity } from '../domain/risk/activity.ts'
import type { Day } from '../domain/risk/insight.ts'
import type { Page, PageRequest, PersonFilter } from './store.ts'

export type ReportState = 'queued' | 'running' | 'done' | 'failed'

/** A report on one user, asked for by somebody and made in the background. */
export interface StoredReport {
  /** `ur_…`. */
  readonly id: string
  readonly userId: string
  /** Both inclusive. */
  readonly fromDay: Day
  readonly toDay: Day
  /** Why somebody looks. */
  readonly reason: string
  readonly state: ReportState
  /** 0 to 100. */
  readonly progress: number
  readonly byId: string
  readonly byName: string
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  /** Activities that were looked at. */
  readonly activities: number
  /** How often it was begun; a restart begins it again. */
  readonly tries: number
  /** Error code of one that failed. */
  readonly code?: string
}

/** A link that ends. It opens the report for an account that may see it anyway, and for nobody else. */
export interface ReportShare {
  /** `us_…`. */
  readonly id: string
  readonly reportId: string
  /** SHA-256 of the token, hex; the token itself is shown once. */
  readonly tokenHash: string
  /** Accounts that it is for; empty: every account that may see reports. */
  readonly accountIds: readonly string[]
  readonly createdAtMs: number
  readonly byId: string
  readonly byName: string
  readonly expiresAtMs: number
  readonly revokedAtMs?: number
}

export interface ReportQuery extends PageRequest {
  readonly userId?: string
  readonly visible?: PersonFilter
}

export interface ReportReader {
  report(id: string): Promise<StoredReport | undefined>
  /** Newest first. */
  reports(query: ReportQuery): Promise<Page<StoredReport>>
  /** Queued and running ones, the oldest first. */
  unfinishedReports(): Promise<readonly StoredReport[]>
  /** JSON text of what came out; undefined before it is done. */
  reportResult(id: string): Promise<string | undefined>
  /** Newest first. */
  reportShares(reportId: string): Promise<readonly ReportShare[]>
  reportShare(id: string): Promise<ReportShare | undefined>
  reportShareByHash(tokenHash: string): Promise<ReportShare | undefined>
  /** Activities of a user that somebody has looked at, by time; `toMs` is exclusive. */
  reviewedActivities(userId: string, fromMs: number, toMs: number): Promise<readonly Activity[]>
}

export interface ReportWriter {
  /** @throws REPORT_RUNNING when another of the same user is not finished */
  saveActivityReport(report: StoredReport, result?: string): Promise<void>
  deleteReport(id: string): Promise<void>
  saveReportShare(share: ReportShare): Promise<void>
}
