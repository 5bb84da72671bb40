// Who an account on a device is.
//
// A directory account is one person wherever it signs in. A local account of a person is taken for the same person on
// every device that has an account of that name: organisations name accounts once. Root, service accounts and activity
// that nobody could be found for belong to the device, so that they never add to a person's score.
import type { User, UserIdentity } from './user.ts'

/** First uid that distributions give to people; 65534 is `nobody`. */
const FIRST_PERSON_UID = 1000
const NOBODY_UID = 65_534
/** LocalSystem, LocalService, NetworkService. */
const SYSTEM_SIDS = new Set(['S-1-5-18', 'S-1-5-19', 'S-1-5-20'])

const normalise = (text: string): string => text.normalize('NFKC').toLowerCase()

export interface AccountOnDevice {
  readonly account: string
  readonly accountId: string
  readonly domain: string
}

export interface ResolvedAccount {
  readonly identity: UserIdentity
  readonly kind: User['kind']
  readonly displayName: string
}

function isSystem({ accountId }: AccountOnDevice): boolean {
  if (SYSTEM_SIDS.has(accountId)) return true
  if (!/^\d+$/.test(accountId)) return false
  const uid = Number(accountId)
  return uid < FIRST_PERSON_UID || uid === NOBODY_UID
}

/** The identity under which the activity of an account counts. */
export function resolveAccount(actor: AccountOnDevice, deviceId: string): ResolvedAccount {
  if (actor.account === '' && actor.accountId === '') return { identity: { kind: 'device_account', value: `unattributed@${deviceId.toLowerCase()}` }, kind: 'system', displayName: 'unattributed' }
  const name = actor.account === '' ? `uid-${actor.accountId}` : actor.account
  if (isSystem(actor)) return { identity: { kind: 'device_account', value: `${normalise(name)}@${deviceId.toLowerCase()}` }, kind: 'system', displayName: name }
  const value = actor.domain === '' ? normalise(name) : `${normalise(actor.domain)}\\${normalise(name)}`
  return { identity: { kind: 'account', value }, kind: 'person', displayName: actor.domain === '' ? name : `${actor.domain}\\${name}` }
}

/** Crockford's letters: no I, L, O, U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `ANON-` and seven characters out of random bytes (at least seven). It says nothing of the name. */
export const pseudonymOf = (random: Uint8Array): string => `ANON-${Array.from(random.slice(0, 7), (byte) => LETTERS[byte % 32] ?? '').join('')}`
