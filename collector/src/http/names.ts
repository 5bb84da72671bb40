// How people appear in what leaves the server: under their pseudonyms, also inside paths.
import type { User } from '../domain/people/user.ts'
import type { UserRef } from './primitives.ts'

export const presentUserRef = (user: User | undefined, id: string): UserRef => ({ id, pseudonym: user?.pseudonym ?? 'ANON' })

/**
 * Replaces a person's account names where they stand as a whole segment of a path, or as `name`, `DOMAIN\name`.
 * What a file was named by its owner is not a name that can be known, and stays.
 */
export function maskNames(text: string, user: User | undefined): string {
  if (user === undefined || user.kind === 'system') return text
  const names = new Set([user.displayName, ...user.identities.map((identity) => identity.value)].flatMap((name) => [name, name.split('\\').at(-1) ?? name]).map((name) => name.toLowerCase()).filter((name) => name.length > 0))
  return text.split(/([/\\])/).map((segment) => (names.has(segment.toLowerCase()) ? user.pseudonym : segment)).join('')
}
