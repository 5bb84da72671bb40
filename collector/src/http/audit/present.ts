import { categoryOf } from '../../audit/categories.ts'
import { isSealed, unseal } from '../../audit/seal.ts'
import type { User } from '../../domain/people/user.ts'
import type { LookCount } from '../../store/privacy.ts'
import type { Account, AuditEntry, StoreReader } from '../../store/store.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { AuditEntryView, LooksView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const DAY_MS = 86_400_000

/** Every text inside a value, without names. */
function maskedIn(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => maskedIn(item, mask))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedIn(item, mask)]))
  return value
}

/** Entries as the auditor reads them: opened where the key of the person is there, and under pseudonyms. */
export async function presentEntries(store: StoreReader, entries: readonly AuditEntry[], names: Names = hiddenNames): Promise<readonly AuditEntryView[]> {
  const subjects = await store.subjectsOfEntries(entries.map(({ seq }) => seq))
  const users = new Map((await store.usersByIds([...new Set([...subjects.values()].flat())])).map((user) => [user.id, user]))
  const keys = new Map<string, Uint8Array | undefined>()
  const views: AuditEntryView[] = []
  for (const entry of entries) {
    const { as, subjects: _subjects, sealed, before, after, ...rest } = JSON.parse(entry.detail) as Readonly<Record<string, unknown>>
    let opened: Readonly<Record<string, unknown>> | undefined
    if (isSealed(sealed)) {
      if (!keys.has(sealed.by)) keys.set(sealed.by, await store.personKey(sealed.by))
      const key = keys.get(sealed.by)
      opened = key === undefined ? undefined : unseal(sealed, key)
    }
    const about = (subjects.get(entry.seq) ?? []).map((id) => users.get(id))
    const user: User | undefined = about.length === 1 ? about[0] : undefined
    const mask = (text: string): string => names.text(text, user)
    const all: Readonly<Record<string, unknown>> = { before, after, ...opened }
    const { before: was, after: is, ...words } = all
    views.push({
      seq: entry.seq, at: iso(entry.atMs), category: categoryOf(entry.action), actor: entry.actorName, actorId: entry.actorId, roles: Array.isArray(as) ? as.filter((role) => typeof role === 'string') : [], action: entry.action, targetKind: entry.targetKind, targetId: entry.targetId,
      subjects: about.filter((one) => one !== undefined).map((one) => names.ref(one, one.id)), detail: maskedIn({ ...rest, ...words }, mask), ...(was === undefined ? {} : { before: maskedIn(was, mask) }), ...(is === undefined ? {} : { after: maskedIn(is, mask) }),
      ...(sealed !== undefined && opened === undefined ? { erased: true as const } : {}), hash: entry.hash,
    })
  }
  return views
}

const byCount = <T extends { readonly count: number }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => b.count - a.count)
const sum = (rows: readonly LookCount[]): number => rows.reduce((total, row) => total + row.count, 0)
const last = (rows: readonly LookCount[]): string => iso(Math.max(...rows.map((row) => row.lastAtMs)))

/** Who looked at somebody, in counts. Roles are those that the accounts have now; the entries hold those of the time. */
export function presentLooks(user: User, looks: readonly LookCount[], accounts: readonly Account[], range: { readonly fromMs: number; readonly toMs: number }, names: Names = hiddenNames): LooksView {
  const rolesOf = (actorId: string): readonly string[] => accounts.find((account) => account.id === actorId)?.roles ?? [actorId.startsWith('local:') ? 'This machine' : actorId.startsWith('tk_') ? 'API token' : actorId === 'system' ? 'System' : 'Deleted account']
  const byRole = new Map<string, number>()
  for (const look of looks) for (const role of rolesOf(look.actorId)) byRole.set(role, (byRole.get(role) ?? 0) + look.count)
  return {
    user: names.ref(user, user.id), from: iso(range.fromMs), to: iso(range.toMs), total: sum(looks), people: new Set(looks.map((look) => look.actorId)).size,
    byActor: byCount([...Map.groupBy(looks, (look) => look.actorId)].map(([id, rows]) => ({
      id, name: rows[0]?.actorName ?? id, roles: [...rolesOf(id)], count: sum(rows), firstAt: iso(Math.min(...rows.map((row) => row.firstAtMs))), lastAt: last(rows),
      actions: byCount([...Map.groupBy(rows, (row) => row.action)].map(([action, own]) => ({ action, count: sum(own) }))),
    }))),
    byRole: byCount([...byRole].map(([role, count]) => ({ role, count }))),
    byAction: byCount([...Map.groupBy(looks, (look) => look.action)].map(([action, rows]) => ({ action, category: categoryOf(action), count: sum(rows), lastAt: last(rows) }))),
    byDay: [...Map.groupBy(looks, (look) => look.day)].map(([day, rows]) => ({ day: iso(day * DAY_MS).slice(0, 10), count: sum(rows) })).toSorted((a, b) => a.day.localeCompare(b.day)),
  }
}
