// Roles of accounts that a directory keeps: those that their groups give, always.
import { wouldLoseLastAdmin } from '../../access/admins.ts'
import { accessSettings, rolesOfGroups } from '../../access/settings.ts'
import { type Actor, appendAudit } from '../../audit/chain.ts'
import { isObject, textAt } from '../../connectors/json-file.ts'
import type { ScimStored, StoreReader, StoreWriter } from '../../store/store.ts'
import { announcePowers } from './notices.ts'

const PAGE = 500

/** Ids of the accounts in a group. */
export function membersOf(group: ScimStored | undefined): readonly string[] {
  const list = group?.document['members']
  return Array.isArray(list) ? list.filter(isObject).map((member) => textAt(member, 'value')).filter((id) => id !== '') : []
}

export async function accountGroups(reader: StoreReader): Promise<readonly ScimStored[]> {
  const groups: ScimStored[] = []
  for (let total = 1; groups.length < total; ) {
    const page = await reader.scimResources({ kind: 'AccountGroup', offset: groups.length, limit: PAGE })
    if (page.items.length === 0) break
    groups.push(...page.items)
    total = page.total
  }
  return groups
}

/**
 * Gives accounts that a directory keeps the roles of their groups; sessions of those that change end.
 * @param ids which; absent: all, after the table of groups and roles has changed
 */
export async function settleProvisioned(tx: StoreWriter, actor: Actor, nowMs: number, ids?: readonly string[]): Promise<void> {
  const [settings, groups, accounts] = [await accessSettings(tx), await accountGroups(tx), await tx.accounts()]
  for (const account of accounts) {
    if (account.provisioned === undefined || (ids !== undefined && !ids.includes(account.id))) continue
    const given = rolesOfGroups(settings, groups.filter((group) => membersOf(group).includes(account.id)).map((group) => textAt(group.document, 'displayName')))
    // An administrator who was given a password as the last way in stays one.
    const roles = (await wouldLoseLastAdmin(tx, account.id, { ...account, roles: given })) ? [...given, 'Admin'] : given
    if ([...roles].toSorted().join() === [...account.roles].toSorted().join()) continue
    const next = { ...account, roles }
    await tx.saveAccount(next)
    await tx.deleteSessionsOf(account.id)
    await appendAudit(tx, { actor, action: 'account.changed', targetKind: 'account', targetId: account.id, detail: { before: { roles: account.roles }, after: { roles }, by: 'groups' }, atMs: nowMs })
    await announcePowers(tx, actor, next, account.roles, nowMs)
  }
}
