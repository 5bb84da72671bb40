// What a directory says, over many entries: who is who's manager, who is in which group, whose account is gone.
//
// Entries name each other in any order, so references are settled at the end of the import. A person is looked for by the
// id that the directory gave (a DN, a SCIM id), then by name.
import type { User } from '../../domain/people/user.ts'
import type { StoreWriter } from '../../store/store.ts'
import type { Fact, GoneFact, GroupFact, PersonFact } from '../facts.ts'
import { normaliseName } from '../names.ts'
import { candidatesOf, type ImportPeople } from '../people.ts'

/** Ids of a directory and the users that they are. */
const IDS = 'directory ids'
const PAGE = 500
const LOOK_UP = 1000

export interface DirectoryDeps {
  readonly tx: StoreWriter
  readonly people: ImportPeople
  readonly nowMs: number
  readonly privilegedGroups: readonly string[]
  readonly onOff: (user: User, line: number, atMs: number, key: string) => void
}

export interface DirectoryApplier {
  load(facts: readonly Fact[]): Promise<void>
  /** The person of an entry that was loaded. */
  userOf(directoryId: string): User | undefined
  /** @param known whether the person was known before this entry */
  take(fact: PersonFact, user: User, known: boolean): void
  takeEntry(fact: GroupFact | GoneFact): void
  save(): Promise<void>
  /** @param options.few only a few people are touched, such as by one request: what is above them is adjusted, not counted anew */
  finish(options: { readonly full: boolean; readonly few: boolean }): Promise<void>
}

/** How many people report to each person, directly or through others; a circle of managers counts nobody twice. */
export function countReports(managers: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [person] of managers) {
    const above = new Set([person])
    for (let manager = managers.get(person); manager !== undefined && !above.has(manager); manager = managers.get(manager)) {
      above.add(manager)
      counts.set(manager, (counts.get(manager) ?? 0) + 1)
    }
  }
  return counts
}

export function createDirectoryApplier({ tx, people, nowMs, privilegedGroups, onOff }: DirectoryDeps): DirectoryApplier {
  const privileged = new Set(privilegedGroups.map(normaliseName))
  const ids = new Map<string, string>()
  const newIds = new Map<string, string>()
  const managers = new Map<string, string>()
  const groups = new Map<string, { readonly name: string; readonly members: string[]; former: readonly string[] | undefined }>()
  const gone: GoneFact[] = []
  const explicit = new Map<string, boolean>()
  const seen = new Set<string>()

  const lookUp = async (wanted: readonly string[]): Promise<void> => {
    const missing = [...new Set(wanted)].filter((id) => !ids.has(id))
    for (let at = 0; at < missing.length; at += LOOK_UP) {
      const part = missing.slice(at, at + LOOK_UP)
      for (const id of part) ids.set(id, '')
      for (const [id, userId] of await tx.connectorItems(IDS, part)) ids.set(id, userId)
    }
  }
  const switchOff = (user: User, line: number, sinceMs: number | undefined): void => {
    const { directory } = user
    if (directory === undefined) return
    const next = people.change(user, { ...user, directory: { ...directory, active: false, seenAtMs: nowMs } })
    onOff(next, line, sinceMs ?? nowMs, `${directory.id} ${sinceMs ?? `seen ${nowMs}`}`)
  }
  const everybody = async (visit: (user: User) => void): Promise<void> => {
    await people.save()
    let cursor: string | undefined
    do {
      const page = await tx.users({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
      await people.loadUsers(page.items.map((user) => user.id))
      for (const user of page.items) if (user.kind === 'person') visit(people.get(user.id) ?? user)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    await people.save()
  }
  /** Users whom references mean, by directory id or name; who is not known is left out. */
  const resolve = async (names: readonly string[]): Promise<ReadonlyMap<string, User>> => {
    await lookUp(names.map(normaliseName))
    await people.loadUsers([...new Set(names.map((name) => ids.get(normaliseName(name)) ?? '').filter((id) => id !== ''))])
    for (let at = 0; at < names.length; at += LOOK_UP) await people.load(names.slice(at, at + LOOK_UP).flatMap((name) => candidatesOf(name)))
    const found = new Map<string, User>()
    for (const name of names) {
      const user = people.get(ids.get(normaliseName(name)) ?? '') ?? people.findByName(name)
      if (user !== undefined && user !== 'conflict') found.set(name, user)
    }
    return found
  }

  /** Adds people to everybody above a manager. */
  const adjustReports = async (managerId: string | undefined, count: number): Promise<void> => {
    const above = new Set<string>()
    for (let id = managerId; id !== undefined && !above.has(id); ) {
      above.add(id)
      await people.loadUsers([id])
      const manager = people.get(id)
      if (manager === undefined) return
      const { reports = 0, ...rest } = manager
      const next = Math.max(0, reports + count)
      people.change(manager, next === 0 ? rest : { ...rest, reports: next })
      id = manager.managerId
    }
  }
  const settleManagers = async (few: boolean): Promise<void> => {
    const found = await resolve([...new Set(managers.values())].filter((name) => name !== ''))
    let news = false
    for (const [userId, name] of managers) {
      const user = people.get(userId)
      const manager = found.get(name)
      if (user === undefined || (name !== '' && manager === undefined)) continue
      const { managerId: before, ...rest } = user
      const next = manager === undefined || manager.id === userId ? undefined : manager.id
      if (before === next) continue
      people.change(user, next === undefined ? rest : { ...rest, managerId: next })
      news = true
      if (few) {
        const size = (user.reports ?? 0) + 1
        await adjustReports(before, -size)
        await adjustReports(next, size)
      }
    }
    if (!news || few) return
    const above = new Map<string, string>()
    await everybody((user) => {
      if (user.managerId !== undefined) above.set(user.id, user.managerId)
    })
    const counts = countReports(above)
    await everybody((user) => {
      const { reports, ...rest } = user
      const now = counts.get(user.id)
      if (reports !== now) people.change(user, now === undefined ? rest : { ...rest, reports: now })
    })
  }
  const settleGroups = async (): Promise<void> => {
    if (groups.size === 0) return
    const lists = [...groups.values()]
    const found = await resolve(lists.flatMap((group) => [...group.members, ...(group.former ?? [])]))
    const memberships = new Map<string, string[]>()
    for (const { name, members } of groups.values()) {
      for (const member of members) {
        const user = found.get(member)
        if (user !== undefined) memberships.set(user.id, [...(memberships.get(user.id) ?? []), name])
      }
    }
    const settle = (user: User): void => {
      const next = [...new Set([...user.groups.filter((name) => !groups.has(normaliseName(name))), ...(memberships.get(user.id) ?? [])])].toSorted()
      if (JSON.stringify(next) !== JSON.stringify(user.groups)) {
        people.change(user, { ...user, groups: next })
        seen.add(user.id)
      }
    }
    if (lists.every((group) => group.former !== undefined)) {
      for (const { id } of found.values()) {
        const user = people.get(id)
        if (user !== undefined) settle(user)
      }
    } else await everybody(settle)
  }
  const settlePrivileges = (): void => {
    for (const userId of seen) {
      const user = people.get(userId)
      if (user === undefined) continue
      const { privileged: before, ...rest } = user
      const next = explicit.get(userId) ?? user.groups.some((name) => privileged.has(normaliseName(name)))
      if (next !== (before ?? false)) people.change(user, next ? { ...rest, privileged: true } : rest)
    }
  }

  return {
    async load(facts) {
      await lookUp(facts.flatMap((fact) => (fact.type === 'person' || fact.type === 'gone') && fact.directoryId !== undefined ? [normaliseName(fact.directoryId)] : []))
      await people.loadUsers([...new Set(facts.flatMap((fact) => ((fact.type === 'gone' || fact.type === 'person') && fact.directoryId !== undefined ? [ids.get(normaliseName(fact.directoryId)) ?? ''] : [])).filter((id) => id !== ''))])
    },
    userOf: (directoryId) => people.get(ids.get(normaliseName(directoryId)) ?? ''),
    take(fact, user, known) {
      if (fact.manager !== undefined) managers.set(user.id, fact.manager)
      if (fact.directoryId === undefined) return
      const id = normaliseName(fact.directoryId)
      seen.add(user.id)
      if (fact.privileged !== undefined) explicit.set(user.id, fact.privileged)
      if (ids.get(id) !== user.id) {
        ids.set(id, user.id)
        newIds.set(id, user.id)
      }
      const before = user.directory
      const wasActive = before?.active ?? known
      const active = fact.active ?? before?.active ?? true
      const next = people.change(user, { ...user, directory: { id, active: active || wasActive, seenAtMs: nowMs } }, before?.id === id && before.active === active)
      if (!active && wasActive) switchOff(next, fact.line, fact.inactiveSinceMs)
      else if (!active) {
        const off = people.change(next, { ...next, directory: { id, active: false, seenAtMs: nowMs } }, true)
        // Nobody knew the person: the day is told by the file, or nobody knows it.
        if (fact.inactiveSinceMs !== undefined && before === undefined) onOff(off, fact.line, fact.inactiveSinceMs, `${id} ${fact.inactiveSinceMs}`)
      }
    },
    takeEntry(fact) {
      if (fact.type === 'gone') gone.push(fact)
      else {
        const key = normaliseName(fact.name)
        const group = groups.get(key) ?? { name: fact.name, members: [], former: [] }
        group.members.push(...fact.members)
        group.former = group.former === undefined || fact.former === undefined ? undefined : [...group.former, ...fact.former]
        groups.set(key, group)
      }
    },
    async save() {
      await tx.saveConnectorItems(IDS, newIds)
      newIds.clear()
      for (const fact of gone.splice(0)) {
        const user = people.get(ids.get(normaliseName(fact.directoryId)) ?? '')
        if (user?.directory?.active === true) switchOff(user, fact.line, undefined)
      }
      await people.save()
    },
    async finish({ full, few }) {
      const met = [...new Set([...managers.keys(), ...seen])]
      for (let at = 0; at < met.length; at += LOOK_UP) await people.loadUsers(met.slice(at, at + LOOK_UP))
      await settleManagers(few)
      await settleGroups()
      settlePrivileges()
      if (full) {
        await everybody((user) => {
          if (user.directory?.active === true && !seen.has(user.id)) switchOff(user, 0, undefined)
        })
      }
    },
  }
}
