// That somebody can always let others in again.
import { CodedError } from '../errors.ts'
import type { Account, StoreReader } from '../store/store.ts'

/** An Admin who gets in without anybody else's system: enabled, with a password, and of no unit, for accounts are the organisation's. */
const isKeeper = (account: Account): boolean => !account.disabled && account.roles.includes('Admin') && account.passwordHash !== '' && (account.units ?? []).length === 0

/** Whether `next` in the place of its account (absent: gone) would leave nobody. */
export async function wouldLoseLastAdmin(reader: StoreReader, id: string, next?: Account): Promise<boolean> {
  const accounts = await reader.accounts()
  const now = accounts.find((account) => account.id === id)
  if (now === undefined || !isKeeper(now) || (next !== undefined && isKeeper(next))) return false
  return !accounts.some((account) => account.id !== id && isKeeper(account))
}

/** In the transaction of the change, so that two changes at once cannot pass together. @throws LAST_ADMIN */
export async function assertAdminRemains(reader: StoreReader, id: string, next?: Account): Promise<void> {
  if (await wouldLoseLastAdmin(reader, id, next)) throw new CodedError('LAST_ADMIN')
}
