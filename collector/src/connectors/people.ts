// The people whom one import names: found, made or changed, and written in groups.
//
// Names that belong to two known people are a problem of the row: which of them is meant, the file does not say. What is
// known of a person is never given to another by an import; identities are only added.
import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { pseudonymOf } from '../domain/people/identity.ts'
import type { User, UserIdentity } from '../domain/people/user.ts'
import type { StoreWriter } from '../store/store.ts'
import { identitiesOfName, identityKey, plainAccount } from './names.ts'

export type Found = User | 'conflict' | undefined

export interface PeopleChanges {
  readonly created: ReadonlySet<string>
  readonly changed: ReadonlySet<string>
}

export interface ImportPeople extends PeopleChanges {
  /** Looks the identities up, so that what follows needs no waiting. */
  load(identities: Iterable<UserIdentity>): Promise<void>
  loadUsers(ids: readonly string[]): Promise<void>
  get(id: string): User | undefined
  /** The one person of any of the identities. */
  find(identities: readonly UserIdentity[]): Found
  /** The person whom a name means, also by the account that an address is on devices. */
  findByName(name: string): Found
  make(identities: readonly UserIdentity[], over: Partial<User>): User
  /** @param silent what changed is no news, such as when an entry was seen */
  change(user: User, next: User, silent?: boolean): User
  /** Identities that nobody else has. */
  addIdentities(user: User, identities: readonly UserIdentity[]): User
  /** Writes what changed since the last call. */
  save(): Promise<void>
  /** Others may have changed people since: what was looked up is looked up again. Everything must be saved. */
  forget(): void
  /** Of those who were made: persons, not what stands for a system or for nobody. */
  personsCreated(): number
}

/** Everything that may tell who a name is. */
export const candidatesOf = (name: string): readonly UserIdentity[] => {
  const plain = plainAccount(name)
  return plain === undefined ? identitiesOfName(name) : [...identitiesOfName(name), plain]
}

const hasAddress = (user: User): boolean => user.identities.some(({ kind }) => kind === 'email' || kind === 'upn')

export function createImportPeople(tx: StoreWriter, nowMs: number): ImportPeople {
  /** Id of the person of an identity; empty when nobody has it. */
  const owners = new Map<string, string>()
  const users = new Map<string, User>()
  const unsaved = new Set<string>()
  const created = new Set<string>()
  const changed = new Set<string>()
  let persons = 0

  const keep = (user: User): User => {
    users.set(user.id, user)
    for (const identity of user.identities) owners.set(identityKey(identity), user.id)
    return user
  }
  const ownerOf = (identity: UserIdentity): User | undefined => users.get(owners.get(identityKey(identity)) ?? '')

  const people: ImportPeople = {
    created, changed,
    async load(identities) {
      const missing = new Map<string, UserIdentity>()
      for (const identity of identities) if (!owners.has(identityKey(identity))) missing.set(identityKey(identity), identity)
      if (missing.size === 0) return
      for (const key of missing.keys()) owners.set(key, '')
      // What this import has changed already is newer than what the store says of the same person.
      for (const user of await tx.usersByIdentities([...missing.values()])) keep(users.get(user.id) ?? user)
    },
    async loadUsers(ids) {
      const missing = ids.filter((id) => !users.has(id))
      for (const user of await tx.usersByIds(missing)) keep(user)
    },
    get: (id) => users.get(id),
    find(identities) {
      const found = new Set(identities.map(ownerOf).filter((user) => user !== undefined))
      return found.size > 1 ? 'conflict' : [...found][0]
    },
    findByName(name) {
      const exact = people.find(identitiesOfName(name))
      if (exact !== undefined) return exact
      const plain = plainAccount(name)
      const user = plain === undefined ? undefined : ownerOf(plain)
      // Somebody who has another address already is somebody else of the same short name.
      return user === undefined || user.kind !== 'person' || (name.includes('@') && hasAddress(user)) ? undefined : user
    },
    make(identities, over) {
      const free = identities.filter((identity) => ownerOf(identity) === undefined)
      const user: User = { id: `u_${uuid().replaceAll('-', '')}`, pseudonym: pseudonymOf(randomBytes(7)), displayName: identities[0]?.value ?? '', kind: 'person', createdAtMs: nowMs, groups: [], ...over, identities: free }
      created.add(user.id)
      if (user.kind === 'person') persons += 1
      unsaved.add(user.id)
      return keep(user)
    },
    change(user, next, silent = false) {
      if (JSON.stringify(user) === JSON.stringify(next)) return user
      if (!silent && !created.has(user.id)) changed.add(user.id)
      unsaved.add(user.id)
      return keep(next)
    },
    addIdentities(user, identities) {
      const own = new Set(user.identities.map(identityKey))
      const added = identities.filter((identity) => !own.has(identityKey(identity)) && ownerOf(identity) === undefined)
      return added.length === 0 ? user : people.change(user, { ...user, identities: [...user.identities, ...added] })
    },
    async save() {
      if (unsaved.size === 0) return
      await tx.saveUsers([...unsaved].map((id) => users.get(id)).filter((user) => user !== undefined))
      unsaved.clear()
    },
    forget() {
      users.clear()
      owners.clear()
    },
    personsCreated: () => persons,
  }
  return people
}
