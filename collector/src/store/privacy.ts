// What the store keeps for privacy: requests to see a name or to erase a person, keys of people, legal holds, what
// retention takes away, and what the audit log needs beyond its entries.
import type { User } from '../domain/people/user.ts'
import type { AuditEntry, Page, PageRequest } from './store.ts'

export type PrivacyRequestKind = 'reveal' | 'erasure'

/**
 * `pending`: waits for a second person. `live`: the name may be seen. `done`: the person was erased.
 * `ended`: by somebody, before its time. `expired`: nobody decided in time, or the time of a reveal is over.
 */
export type PrivacyRequestState = 'pending' | 'live' | 'done' | 'refused' | 'withdrawn' | 'ended' | 'expired'

export interface PrivacyRequest {
  /** `pr_…`. */
  readonly id: string
  readonly kind: PrivacyRequestKind
  readonly state: PrivacyRequestState
  readonly userId: string
  /** Who asked. */
  readonly accountId: string
  readonly accountName: string
  /** Why, out of a list; see privacy/settings.ts. */
  readonly reasonKind: string
  readonly reason: string
  readonly requestedAtMs: number
  /** Of a pending request: until when somebody may decide. */
  readonly decideByMs?: number
  readonly decidedAtMs?: number
  readonly decidedBy?: { readonly id: string; readonly name: string }
  readonly note?: string
  /** Of a reveal that was granted. */
  readonly liveUntilMs?: number
  readonly endedAtMs?: number
}

export interface PrivacyRequestQuery extends PageRequest {
  readonly accountId?: string
  readonly kinds?: readonly PrivacyRequestKind[]
  readonly states?: readonly PrivacyRequestState[]
}

/** Nothing of the person is taken away while one of these stands. */
export interface LegalHold {
  /** `lh_…`. */
  readonly id: string
  readonly userId: string
  readonly caseId?: string
  readonly reason: string
  readonly byId: string
  readonly atMs: number
  readonly releasedAtMs?: number
  readonly releasedById?: string
  readonly releaseReason?: string
}

/** The start of a log whose older entries were taken away: the hash of the last of them, signed. */
export interface AuditCheckpoint {
  /** Number of the last entry that is gone. */
  readonly seq: number
  readonly hash: string
  readonly atMs: number
  /** Ed25519 over privacy/checkpoint.ts's text, base64url. */
  readonly signature: string
}

export const RETENTION_CLASSES = ['alerts_needing_review', 'alerts_decided', 'cases_resolved', 'activities', 'insights', 'triggers', 'evidence', 'requests', 'connector_runs', 'quarantine', 'sessions', 'outbox', 'reports', 'drills', 'fleet_notices', 'rollouts', 'media_exceptions', 'questions', 'audit'] as const
export type RetentionClass = (typeof RETENTION_CLASSES)[number]

export interface RetentionCount {
  /** Older than the limit and nothing keeps them. */
  readonly due: number
  /** Older than the limit, of people under a legal hold. */
  readonly held: number
  /** Older than the limit, of people with an active case. */
  readonly inCases: number
}

export interface RetentionRun {
  /** `rr_…`. */
  readonly id: string
  readonly startedAtMs: number
  readonly endedAtMs?: number
  readonly state: 'running' | 'done' | 'failed' | 'interrupted'
  readonly by: string
  /** Rows taken away so far. */
  readonly removed: Readonly<Partial<Record<RetentionClass, number>>>
  /** Rows that a legal hold kept. */
  readonly held: Readonly<Partial<Record<RetentionClass, number>>>
  readonly code?: string
}

export interface AuditQuery extends PageRequest {
  /** First words of actions, such as `alert`. */
  readonly prefixes?: readonly string[]
  readonly action?: string
  readonly actorId?: string
  readonly actorName?: string
  /** A person whom the entry is about, as target or among others. */
  readonly subjectId?: string
  readonly targetId?: string
  readonly fromMs?: number
  readonly toMs?: number
  readonly ascending?: boolean
}

/** Looks at one person: how often, by whom, doing what. */
export interface LookCount {
  readonly actorId: string
  readonly actorName: string
  readonly action: string
  /** UTC, days since 1970. */
  readonly day: number
  readonly count: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

export interface PrivacyReader {
  privacyRequest(id: string): Promise<PrivacyRequest | undefined>
  /** Newest first. */
  privacyRequests(query: PrivacyRequestQuery): Promise<Page<PrivacyRequest>>
  /** Reveals of an account whose time is not over. */
  liveReveals(accountId: string, nowMs: number): Promise<readonly PrivacyRequest[]>
  /** Pending ones past their time and reveals that are over. */
  requestsToExpire(nowMs: number): Promise<readonly PrivacyRequest[]>
  /** 32 bytes; undefined when there is none or it was destroyed. */
  personKey(userId: string): Promise<Uint8Array | undefined>
  /** Newest first; without a filter every hold that stands. */
  holds(query?: { readonly userId?: string; readonly caseId?: string; readonly released?: boolean }): Promise<readonly LegalHold[]>
  heldUserIds(): Promise<ReadonlySet<string>>
  /** People who changed after a revision, and the newest revision. */
  peopleSince(revision: number, limit: number): Promise<{ readonly users: readonly User[]; readonly revision: number }>
  peopleRevision(): Promise<number>
  auditCheckpoint(): Promise<AuditCheckpoint | undefined>
  /** The last entry that retention may take away: older than the time, and before the first of a held person. */
  auditPruneEnd(beforeMs: number): Promise<{ readonly last: AuditEntry | undefined; readonly older: number; readonly held: number }>
  auditActors(): Promise<readonly { readonly id: string; readonly name: string }[]>
  looksAt(userId: string, fromMs: number, toMs: number): Promise<readonly LookCount[]>
  subjectsOfEntries(seqs: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>
  retentionCount(cls: Exclude<RetentionClass, 'audit'>, beforeMs: number): Promise<RetentionCount>
  /** Copies of files past a time that nothing keeps, at most 100; whoever removes the files leaves their tombstones. */
  evidenceDue(beforeMs: number): Promise<readonly string[]>
  /** Newest first. */
  retentionRuns(limit: number): Promise<readonly RetentionRun[]>
  /** Whether a person was erased. */
  erasedAt(userId: string): Promise<number | undefined>
}

export interface PrivacyWriter {
  savePrivacyRequest(request: PrivacyRequest): Promise<void>
  /** Keeps the key that is there. @returns undefined when the person's key was destroyed */
  ensurePersonKey(userId: string, made: Uint8Array, atMs: number): Promise<Uint8Array | undefined>
  placeHold(hold: LegalHold): Promise<void>
  releaseHold(id: string, release: { readonly reason: string; readonly byId: string; readonly atMs: number }): Promise<void>
  noteAuditSubjects(seq: number, userIds: readonly string[]): Promise<void>
  saveAuditCheckpoint(checkpoint: AuditCheckpoint): Promise<void>
  /** Takes away entries up to the checkpoint, at most `limit`. @returns rows */
  pruneAudit(limit: number): Promise<number>
  /**
   * One small part of a class. People under a legal hold and, but for sessions and the like, with an active case are left out.
   * @returns rows taken away, and where to go on; no cursor when the class is done
   */
  retentionStep(cls: Exclude<RetentionClass, 'audit'>, beforeMs: number, cursor: number): Promise<{ readonly removed: number; readonly cursor?: number }>
  saveRetentionRun(run: RetentionRun): Promise<void>
  /** Destroys the key and everything that tells who the person was or what they did. @returns rows changed by kind */
  erasePerson(userId: string, atMs: number): Promise<Readonly<Record<string, number>>>
}
