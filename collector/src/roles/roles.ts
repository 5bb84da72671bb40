// What a process of the collector does: one role, several, or all of them.
//
//   ingest    takes activities from the stream, answers devices, receives copies of files
//   evaluate  scores users with new activity
//   http      console, API and enrolment
//   deliver   exports, mail, tickets, bundles, reports, roll-outs, retention and other regular work
//   bus       a nats-server of its own, alone or of a cluster
//
// There may be any number of each. None of them leads, and none needs the memory of another: what they share is the store
// and the broker. Which of several does a piece of work is said by members.ts (a wish) and turns.ts (a lock).
import { CodedError } from '../errors.ts'

export const ROLES = ['ingest', 'evaluate', 'http', 'deliver', 'bus'] as const
export type Role = (typeof ROLES)[number]

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

/** The roles of a configuration; all where none is named. @throws CONFIG_INVALID */
export function rolesOf(names: readonly string[]): ReadonlySet<Role> {
  if (names.length === 0) return new Set(ROLES)
  const roles = new Set<Role>()
  for (const name of names) {
    if (!isRole(name)) throw new CodedError('CONFIG_INVALID', { key: 'roles', problem: `must be among ${ROLES.join(', ')}; "${name}" is not` })
    roles.add(name)
  }
  return roles
}

/**
 * Refuses what cannot work, at the start and not at three in the morning.
 *
 * @param shared several processes can write to the store
 * @throws CONFIG_INVALID
 */
export function assertPossible(roles: ReadonlySet<Role>, { shared, servers }: { readonly shared: boolean; readonly servers: readonly string[] }): void {
  const fail = (problem: string): never => {
    throw new CodedError('CONFIG_INVALID', { key: 'roles', problem })
  }
  if (roles.size < ROLES.length && !shared) fail('some of the roles alone need a store that several processes can write to: set HOLDFAST_STORE to a postgres:// address. SQLite has one writer, which does everything')
  if (!roles.has('bus') && servers.length === 0) fail('without the role bus, nats.servers must say where the brokers are')
}
