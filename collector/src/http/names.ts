// How people appear in what leaves the server: under their pseudonyms, also inside texts, unless the account that asks
// has a live reveal. One `Names` for a request; presenters take it and know nothing of permissions.
import type { FastifyRequest } from 'fastify'
import { createNameIndex, maskText, type NameIndex } from '../domain/people/mask.ts'
import type { User } from '../domain/people/user.ts'
import type { UserRef } from './primitives.ts'

/** What one request may see of people. */
export interface Names {
  /** Users whose names may be shown. */
  readonly revealed: ReadonlySet<string>
  ref(user: User | undefined, id: string): UserRef
  /** A text of the user's activity, without the names of those who are hidden. */
  text(text: string, user: User | undefined): string
  host(name: string, user?: User): string
}

export const presentUserRef = (user: User | undefined, id: string, revealed?: ReadonlySet<string>): UserRef => ({ id, pseudonym: user?.pseudonym ?? 'ANON', ...(user !== undefined && revealed?.has(user.id) === true ? { displayName: user.displayName } : {}) })

/** A text without names, whatever was revealed: for what leaves for good. */
export const maskNames = (text: string, user: User | undefined, others?: NameIndex): string => maskText(text, user, others === undefined ? {} : { others })

const nobody: ReadonlySet<string> = new Set()
const empty = createNameIndex()

/** @param others names of everybody known; absent: the actor's alone are looked for */
export const createNames = (revealed: ReadonlySet<string> = nobody, others: NameIndex = empty): Names => ({
  revealed,
  ref: (user, id) => presentUserRef(user, id, revealed),
  text: (text, user) => maskText(text, user, { others, shown: revealed }),
  host: (name, user) => others.maskHost(maskText(name, user, { others, shown: revealed }), revealed),
})

/** Everything hidden, and only the actor known: for tests and for what has no request. */
export const hiddenNames = createNames()

declare module 'fastify' {
  interface FastifyRequest {
    names: Names | undefined
  }
}

/** What the account that asks may see of people; filled by the guard. */
export const namesOf = (request: FastifyRequest): Names => request.names ?? hiddenNames

/** Users whose names the account may see now. */
export const revealed = (request: FastifyRequest): ReadonlySet<string> => namesOf(request).revealed
