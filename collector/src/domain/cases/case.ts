// A case: one person, the alerts about them that somebody took up, and what came of it.
//
// A person has at most one active case, so that two people never work on one matter without knowing of each other. An
// active case is worked on; a closed one says how it ended, and may be opened again. Notes and events of a case are
// only ever added.

export type CaseStatus = 'active' | 'closed'
export type CaseOutcome = 'benign' | 'confirmed_violation'

export interface CaseResolution {
  readonly outcome: CaseOutcome
  readonly reason: string
  readonly atMs: number
  /** Account id. */
  readonly by: string
}

export interface Case {
  /** `cs_…`. */
  readonly id: string
  readonly name: string
  readonly userId: string
  readonly status: CaseStatus
  readonly openedAtMs: number
  /** Account id, as all ids of people who work here. */
  readonly openedBy: string
  readonly assigneeId?: string
  readonly dueAtMs?: number
  /** Accounts that take part without being analysts or investigators. */
  readonly contributors: readonly string[]
  /** Of a closed case. */
  readonly resolution?: CaseResolution
  readonly updatedAtMs: number
  readonly updatedBy: string
  /** Rises with every change; the ETag. */
  readonly revision: number
}

export type CaseNoteKind = 'note' | 'opened' | 'resolution' | 'reopened' | 'notice' | 'escalation'

/** Never changed and never taken away while the case is there. */
export interface CaseNote {
  /** `cn_…`. */
  readonly id: string
  readonly caseId: string
  readonly atMs: number
  readonly authorId: string
  /** All but `note` were written by what somebody did. */
  readonly kind: CaseNoteKind
  /** Plain text; Markdown where it is shown. */
  readonly text: string
}

/** What was done to a case, or in it by another part. */
export interface CaseEvent {
  readonly caseId: string
  readonly atMs: number
  readonly actorId: string
  /** `opened`, `alert_added`, `assigned`, `notice_sent`, `evidence_exported` … */
  readonly what: string
  /** Values for people to read; never the name of the watched person. */
  readonly detail: Readonly<Record<string, string | number>>
}

export interface CaseSettings {
  /** Active cases at a time. */
  readonly maxActive: number
  /** Days until a new case is due; 0 for no date. */
  readonly dueDays: number
  /** Where notices send people to learn; empty for none. */
  readonly trainingUrl: string
}

/** Source of the limit: the published one of Purview. */
export const DEFAULT_CASE_SETTINGS: CaseSettings = { maxActive: 100, dueDays: 0, trainingUrl: '' }

export const DAY_MS = 86_400_000

/** A new case. */
export const openCase = (input: { readonly id: string; readonly name: string; readonly userId: string; readonly by: string; readonly contributors: readonly string[]; readonly atMs: number; readonly dueDays: number }): Case => ({
  id: input.id, name: input.name, userId: input.userId, status: 'active', openedAtMs: input.atMs, openedBy: input.by, assigneeId: input.by, contributors: input.contributors,
  ...(input.dueDays > 0 ? { dueAtMs: input.atMs + input.dueDays * DAY_MS } : {}), updatedAtMs: input.atMs, updatedBy: input.by, revision: 1,
})

/** What somebody changed; `null` takes a value away. */
export interface CaseChange {
  readonly name?: string
  readonly assigneeId?: string | null
  readonly dueAtMs?: number | null
  readonly contributors?: readonly string[]
}

const touched = (before: Case, by: string, atMs: number) => ({ updatedAtMs: atMs, updatedBy: by, revision: before.revision + 1 })

/** The case after a change. */
export function changeCase(before: Case, change: CaseChange, by: string, atMs: number): Case {
  const { assigneeId: assignee, dueAtMs: due, ...rest } = before
  const assigneeId = change.assigneeId === undefined ? assignee : change.assigneeId ?? undefined
  const dueAtMs = change.dueAtMs === undefined ? due : change.dueAtMs ?? undefined
  return {
    ...rest, ...(change.name === undefined ? {} : { name: change.name }), ...(change.contributors === undefined ? {} : { contributors: change.contributors }),
    ...(assigneeId === undefined ? {} : { assigneeId }), ...(dueAtMs === undefined ? {} : { dueAtMs }), ...touched(before, by, atMs),
  }
}

/** The case with its end, or undefined when it has one already. */
export const resolveCase = (before: Case, outcome: CaseOutcome, reason: string, by: string, atMs: number): Case | undefined =>
  before.status === 'closed' ? undefined : { ...before, status: 'closed', resolution: { outcome, reason, atMs, by }, ...touched(before, by, atMs) }

/** The case active again, or undefined when it is so already. */
export function reopenCase(before: Case, by: string, atMs: number): Case | undefined {
  if (before.status === 'active') return undefined
  const { resolution: _resolution, ...rest } = before
  return { ...rest, status: 'active', ...touched(before, by, atMs) }
}

/** The same case with a new revision, for what lies beside it: alerts that joined. */
export const touchCase = (before: Case, by: string, atMs: number): Case => ({ ...before, ...touched(before, by, atMs) })
