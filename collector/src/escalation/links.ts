// The place in a case that a link gives: from the first time that it is opened until it ends. Inside the caller's transaction.
import { permissionsOf } from '../access/permissions.ts'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { changeCase } from '../domain/cases/case.ts'
import { CodedError } from '../errors.ts'
import type { ShareLink } from '../store/escalation.ts'
import type { Store, StoreWriter } from '../store/store.ts'

/**
 * Notes that a link was opened, and makes its recipient a contributor where it says so.
 * @throws SHARE_OVER when who shared may not give a place any more, or the case is closed to them
 */
export async function grantShare(tx: StoreWriter, link: ShareLink, actor: Actor, atMs: number): Promise<ShareLink> {
  const opened: ShareLink = { ...link, openedAtMs: link.openedAtMs ?? atMs }
  if (!link.grants) {
    await tx.saveShareLink(opened)
    return opened
  }
  const [found, sharer] = [await tx.case(link.ref), await tx.account(link.byId)]
  const mayGive = link.byId.startsWith('local:') || (sharer !== undefined && !sharer.disabled && permissionsOf(sharer.roles).has('case.manage'))
  if (found === undefined || !mayGive) throw new CodedError('SHARE_OVER')
  if (found.contributors.includes(link.toId)) {
    await tx.saveShareLink(opened)
    return opened
  }
  await tx.saveCase(changeCase(found, { contributors: [...found.contributors, link.toId] }, link.byId, atMs))
  await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: link.byId, what: 'contributor_added', detail: { account: link.toId, link: link.id } })
  await appendAudit(tx, { actor, action: 'case.contributor_added', targetKind: 'case', targetId: found.id, detail: { account: link.toId, link: link.id, by: link.byId }, atMs })
  const granted = { ...opened, grantedAtMs: atMs }
  await tx.saveShareLink(granted)
  return granted
}

/** Takes back the place that a link gave, unless another live link gives it too. */
export async function endShare(tx: StoreWriter, link: ShareLink, actor: Actor, atMs: number): Promise<ShareLink> {
  const { grantedAtMs, ...ended } = link
  await tx.saveShareLink(ended)
  if (grantedAtMs === undefined) return ended
  const heir = (await tx.shareLinks({ ref: link.ref, toId: link.toId, liveAtMs: atMs })).find((other) => other.id !== link.id && other.grants && other.openedAtMs !== undefined)
  if (heir !== undefined) {
    await tx.saveShareLink({ ...heir, grantedAtMs })
    return ended
  }
  const found = await tx.case(link.ref)
  if (found === undefined || !found.contributors.includes(link.toId)) return ended
  await tx.saveCase(changeCase(found, { contributors: found.contributors.filter((id) => id !== link.toId) }, actor.id, atMs))
  await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: actor.id, what: 'contributor_removed', detail: { account: link.toId, link: link.id } })
  await appendAudit(tx, { actor, action: 'case.contributor_removed', targetKind: 'case', targetId: found.id, detail: { account: link.toId, link: link.id }, atMs })
  return ended
}

/** Ends what has expired. @returns links whose place was taken back */
export async function endExpiredShares(store: Store, nowMs: number): Promise<readonly ShareLink[]> {
  const over = await store.sharesToEnd(nowMs)
  for (const link of over) await store.write((tx) => endShare(tx, link, { id: 'system', name: 'system' }, nowMs))
  return over
}
