import type { Case, CaseEvent, CaseNote } from '../../domain/cases/case.ts'
import type { User } from '../../domain/people/user.ts'
import type { Names } from '../names.ts'
import type { StoreReader } from '../../store/store.ts'
import type { CaseEventView, CaseNoteView, CaseView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** Names of accounts by id; what is no account (the command line, the system) is its own name. */
export async function accountNames(reader: StoreReader): Promise<(id: string) => { readonly id: string; readonly name: string }> {
  const names = new Map((await reader.accounts()).map((account) => [account.id, account.name]))
  return (id) => ({ id, name: names.get(id) ?? id })
}
type Naming = Awaited<ReturnType<typeof accountNames>>

export const presentCase = (found: Case, user: User | undefined, alertCount: number, naming: Naming, names: Names, nowMs: number): CaseView => ({
  id: found.id, name: names.text(found.name, user), status: found.status, user: names.ref(user, found.userId), openedAt: iso(found.openedAtMs), openedBy: naming(found.openedBy),
  ...(found.assigneeId === undefined ? {} : { assignee: naming(found.assigneeId) }), ...(found.dueAtMs === undefined ? {} : { dueAt: iso(found.dueAtMs) }), isOverdue: found.status === 'active' && found.dueAtMs !== undefined && found.dueAtMs < nowMs,
  alertCount, updatedAt: iso(found.updatedAtMs), updatedBy: naming(found.updatedBy),
  ...(found.resolution === undefined ? {} : { resolution: { outcome: found.resolution.outcome, reason: names.text(found.resolution.reason, user), at: iso(found.resolution.atMs), by: naming(found.resolution.by) } }), revision: found.revision,
})

export const presentNote = (note: CaseNote, user: User | undefined, naming: Naming, names: Names): CaseNoteView => ({ id: note.id, at: iso(note.atMs), author: naming(note.authorId), kind: note.kind, text: names.text(note.text, user) })

/** Ids of accounts become names where a detail holds one. */
export const presentEvent = (event: CaseEvent, user: User | undefined, naming: Naming, names: Names): CaseEventView => ({
  at: iso(event.atMs), actor: naming(event.actorId), what: event.what,
  detail: Object.fromEntries(Object.entries(event.detail).map(([key, value]) => [key, typeof value === 'string' ? names.text(value.startsWith('a_') ? naming(value).name : value, user) : value])),
})
