// How people appear in what leaves the server: under their pseudonyms, also inside paths.
import type { User } from '../domain/people/user.ts'
import type { UserRef } from './primitives.ts'

export const presentUserRef = (user: User | undefined, id: string): UserRef => ({ id, pseudonym: user?.pseudonym ?? 'ANON' })

/** The folder below these that has further segments is named after a person on every system that we know. */
const HOMES = /((?:\/home|\/media|\/run\/media|\/Users)\/|[A-Za-z]:\\Users\\)([^/\\]+)(?=[/\\])/g

/**
 * Replaces a person's account names where they stand as a whole segment of a path, or as `name`, `DOMAIN\name`.
 * What a file was named by its owner is not a name that can be known, and stays. Where no person is known to have acted (a
 * mount, a service), the folders that systems name after people lose that name.
 */
export function maskNames(text: string, user: User | undefined): string {
  if (user === undefined || user.kind === 'system') return text.replace(HOMES, '$1ANON')
  const names = new Set([user.displayName, ...user.identities.map((identity) => identity.value)].flatMap((name) => [name, name.split('\\').at(-1) ?? name]).map((name) => name.toLowerCase()).filter((name) => name.length > 0))
  return text.split(/([/\\])/).map((segment) => (names.has(segment.toLowerCase()) ? user.pseudonym : segment)).join('')
}
