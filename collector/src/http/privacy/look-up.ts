// A person by id, pseudonym or identity, for those who see nobody: an administrator who erases, an auditor who reports.
import type { User, UserIdentity } from '../../domain/people/user.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader } from '../../store/store.ts'

const KINDS: readonly UserIdentity['kind'][] = ['email', 'upn', 'account', 'employee_id', 'sid', 'device_account']

/** @param text an identity as people write it, such as an address or `DOMAIN\name` @throws NOT_FOUND */
export async function personOf(store: StoreReader, asked: { readonly userId?: string; readonly identity?: string }): Promise<User> {
  const text = asked.identity?.trim().normalize('NFKC').toLowerCase() ?? ''
  const direct = asked.userId === undefined ? undefined : await store.user(asked.userId)
  const found = direct ?? (text === '' ? undefined : ((await store.usersByIdentities(KINDS.map((kind) => ({ kind, value: text }))))[0] ?? (/^anon-[0-9a-z]{7}$/.test(text) ? (await store.users({ limit: 1, search: text })).items[0] : undefined)))
  if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'user' })
  return found
}
