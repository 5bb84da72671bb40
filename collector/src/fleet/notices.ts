// Fleet notices: raised once a condition, however often it is found, and cleared when it has ended. Both are part of the
// caller's transaction, and both are in the audit log.
import { v7 as uuid } from 'uuid'
import { appendAudit } from '../audit/chain.ts'
import type { FleetNotice } from '../domain/people/fleet-notice.ts'
import type { StoreWriter } from '../store/store.ts'

export type FleetNoticeRequest = Pick<FleetNotice, 'kind' | 'key' | 'detail' | 'fix'> & Partial<Pick<FleetNotice, 'deviceId' | 'rolloutId'>> & { readonly atMs?: number }

const SYSTEM = { id: 'system', name: 'system' }

/**
 * Tells administrators of a condition of the fleet.
 *
 * @param request `key` names the condition: while a notice of it is open, nothing is raised. `atMs` defaults to now
 * @returns the notice, or undefined when it was open already
 */
export async function raiseFleetNotice(tx: StoreWriter, { atMs = Date.now(), ...request }: FleetNoticeRequest): Promise<FleetNotice | undefined> {
  if ((await tx.openFleetNotice(request.key)) !== undefined) return undefined
  const notice: FleetNotice = { id: `fn_${uuid().replaceAll('-', '')}`, ...request, raisedAtMs: atMs }
  await tx.saveFleetNotice(notice)
  await appendAudit(tx, { actor: SYSTEM, action: 'fleet.notice_raised', ...target(notice), detail: { notice: notice.id, kind: notice.kind, detail: notice.detail }, atMs })
  return notice
}

/** @param by who says that it is dealt with; absent when the condition has ended. @returns undefined when none of the key is open */
export async function clearFleetNotice(tx: StoreWriter, key: string, { by, atMs = Date.now() }: { readonly by?: { readonly id: string; readonly name: string }; readonly atMs?: number } = {}): Promise<FleetNotice | undefined> {
  const open = await tx.openFleetNotice(key)
  if (open === undefined) return undefined
  const cleared: FleetNotice = { ...open, clearedAtMs: atMs, ...(by === undefined ? {} : { clearedBy: by.name }) }
  await tx.saveFleetNotice(cleared)
  await appendAudit(tx, { actor: by ?? SYSTEM, action: 'fleet.notice_cleared', ...target(cleared), detail: { notice: cleared.id, kind: cleared.kind }, atMs })
  return cleared
}

const target = ({ id, deviceId, rolloutId }: FleetNotice): { readonly targetKind: string; readonly targetId: string } =>
  deviceId !== undefined ? { targetKind: 'device', targetId: deviceId } : rolloutId !== undefined ? { targetKind: 'rollout', targetId: rolloutId } : { targetKind: 'fleet_notice', targetId: id }
