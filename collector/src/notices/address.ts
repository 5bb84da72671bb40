import type { User } from '../domain/people/user.ts'
import { addressOf } from '../exports/mail.ts'

/** Where a person reads mail: the directory's address, else one of the identities; undefined when none is known. */
export function mailOf(user: User): string | undefined {
  const known = [user.email, ...(['email', 'upn'] as const).flatMap((kind) => user.identities.filter((identity) => identity.kind === kind).map((identity) => identity.value))]
  return known.find((text) => text !== undefined && addressOf(text) === text)
}
