// Whoever is given powers is announced to who watches over that: the others who may give them, and the auditors.
//
// The announcement is an entry of the audit log, made in the transaction of the grant; nobody can take it back.
import { appendAudit, type Actor } from '../../audit/chain.ts'
import type { Account, StoreWriter } from '../../store/store.ts'

export const POWERS_GRANTED = 'account.powers_granted'

/** Writes down which roles an account has now and had not before; nothing when there is none. */
export async function announcePowers(tx: StoreWriter, actor: Actor, account: Account, before: readonly string[], atMs: number): Promise<void> {
  const gained = account.roles.filter((role) => !before.includes(role))
  if (gained.length === 0 || account.disabled) return
  await appendAudit(tx, { actor, action: POWERS_GRANTED, targetKind: 'account', targetId: account.id, detail: { account: account.name, roles: gained, isSelf: actor.id === account.id }, atMs })
}
