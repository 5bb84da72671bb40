// What the store keeps of cases, notices and mail.
import type { Alert } from '../domain/cases/alert.ts'
import type { Case, CaseEvent, CaseNote, CaseStatus } from '../domain/cases/case.ts'
import type { Notice, NoticeTemplate } from '../domain/cases/notice.ts'
import type { Page, PageRequest, PersonFilter } from './store.ts'

export interface CaseQuery extends PageRequest {
  readonly visible?: PersonFilter
  readonly status?: readonly CaseStatus[]
  readonly userId?: string
  readonly assigneeId?: string
  readonly unassigned?: boolean
  /** Only cases that this account was added to. */
  readonly contributorId?: string
  /** Active cases that are due before this time. */
  readonly dueBeforeMs?: number
  /** In the name or the notes of the case; not case-sensitive. */
  readonly text?: string
  /** Inclusive. */
  readonly openedFromMs?: number
  /** Exclusive. */
  readonly openedToMs?: number
  readonly sort: 'opened_at' | 'updated_at' | 'due_at'
  readonly descending: boolean
}

export interface CaseStatistics {
  readonly active: number
  readonly openedIn30Days: number
  /** Of the active ones. */
  readonly meanAgeMs?: number
  readonly overdue: number
}

/** A message on its way out. */
export interface QueuedMail {
  readonly id: string
  readonly kind: 'notice' | 'notification' | 'webhook'
  /** Id of the notice, or of the account that is told. */
  readonly ref: string
  /** `sending`: handed to the mail server just now; what is found so after a restart may or may not have arrived. */
  readonly state: 'queued' | 'sending'
  readonly tries: number
  readonly createdAtMs: number
  readonly nextAtMs: number
  /** JSON text that only the part which queued it understands. */
  readonly payload: string
}

export interface NoticeQuery extends PageRequest {
  readonly visible?: PersonFilter
  readonly caseId?: string
  readonly contributorId?: string
}

export interface CaseReader {
  case(id: string): Promise<Case | undefined>
  casesByIds(ids: readonly string[]): Promise<readonly Case[]>
  cases(query: CaseQuery): Promise<Page<Case>>
  activeCaseOf(userId: string): Promise<Case | undefined>
  caseStatistics(query: { readonly nowMs: number; readonly visible?: PersonFilter; readonly contributorId?: string }): Promise<CaseStatistics>
  alertsOfCase(caseId: string): Promise<readonly Alert[]>
  /** Number of alerts of each case. */
  caseAlertCounts(caseIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Newest first; a text looks into the notes without regard to case. */
  caseNotes(query: PageRequest & { readonly caseId: string; readonly text?: string }): Promise<Page<CaseNote>>
  /** Newest first. */
  caseEvents(query: PageRequest & { readonly caseId: string }): Promise<Page<CaseEvent>>
  /** When closed cases of each user were resolved as confirmed violations. */
  violationsOf(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>
  noticeTemplates(): Promise<readonly NoticeTemplate[]>
  noticeTemplate(id: string): Promise<NoticeTemplate | undefined>
  /** Newest first. */
  notices(query: NoticeQuery): Promise<Page<Notice>>
  notice(id: string): Promise<Notice | undefined>
  /** Mail that is due, the oldest first. */
  dueMail(nowMs: number, limit: number): Promise<readonly QueuedMail[]>
  /** Mail that a process was sending when it ended. */
  interruptedMail(): Promise<readonly QueuedMail[]>
  mailWaiting(): Promise<number>
  mailById(id: string): Promise<QueuedMail | undefined>
}

export interface CaseWriter {
  /** @throws CASE_EXISTS when the user has another active case */
  saveCase(found: Case): Promise<void>
  appendCaseNote(note: CaseNote): Promise<void>
  appendCaseEvent(...events: readonly CaseEvent[]): Promise<void>
  saveNoticeTemplate(template: NoticeTemplate): Promise<void>
  deleteNoticeTemplate(id: string): Promise<void>
  saveNotice(notice: Notice): Promise<void>
  saveMail(mail: QueuedMail): Promise<void>
  deleteMail(id: string): Promise<void>
}
