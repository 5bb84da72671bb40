// Devices that wait for approval: asking, deciding, and giving up. A device that waits has no credential and no row among the
// devices; all that is known of it is its request. Everything takes the caller's transaction and writes its audit rows there.
import { v7 as uuid } from 'uuid'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { type EnrolmentRequest, REQUEST_KEPT_MS, REQUEST_WAIT_MS } from '../domain/people/enrolment-request.ts'
import { CodedError } from '../errors.ts'
import type { EnrolmentCode, StoreWriter } from '../store/store.ts'
import type { EnrolmentInput } from './contract.ts'
import { clearFleetNotice, raiseFleetNotice } from './notices.ts'

const SYSTEM: Actor = { id: 'system', name: 'system' }
/** Seconds after which a device that waits may ask again; it adds its own jitter. */
export const ASK_AGAIN_SECS = 30
/** A week of waiting asks about 2,000 times at most; older requests are asked for less often. */
const ASK_AGAIN_MAX_SECS = 600
const NOTICE_KEY = 'enrolment:waiting'
const SWEEP = 500

/** When a device that waits should ask again: soon at first, later a tenth of the time that it waits already. */
export const askAgainSecs = ({ requestedAtMs }: Pick<EnrolmentRequest, 'requestedAtMs'>, nowMs: number): number =>
  Math.round(Math.min(ASK_AGAIN_MAX_SECS, Math.max(ASK_AGAIN_SECS, (nowMs - requestedAtMs) / 10_000)))

/** @throws ENROLMENT_REQUEST_REFUSED, ENROLMENT_REQUEST_EXPIRED, ENROLMENT_KEY_TAKEN */
export function assertOpen(request: EnrolmentRequest, input: Pick<EnrolmentInput, 'hardwareId'>, nowMs: number): void {
  if (request.hardwareId !== input.hardwareId) throw new CodedError('ENROLMENT_KEY_TAKEN')
  if (request.state === 'refused') throw new CodedError('ENROLMENT_REQUEST_REFUSED')
  const isOver = request.state === 'expired' || ((request.state === 'waiting' || request.state === 'approved') && request.expiresAtMs <= nowMs)
  if (isOver) throw new CodedError('ENROLMENT_REQUEST_EXPIRED')
}

/** Puts a device into the queue; takes a use of the code. @throws ENROLMENT_CODE_USED */
export async function queueDevice(tx: StoreWriter, code: EnrolmentCode, input: EnrolmentInput, { address, nowMs }: { readonly address: string; readonly nowMs: number }): Promise<EnrolmentRequest> {
  if (!(await tx.useEnrolmentCode(code.id, nowMs))) throw new CodedError('ENROLMENT_CODE_USED')
  const known = await tx.deviceByHardwareId(input.hardwareId)
  const { publicKey, hardwareId, hostname, os, agentVersion } = input
  const request: EnrolmentRequest = {
    id: `er_${uuid().replaceAll('-', '')}`, codeId: code.id, group: code.group, publicKey, hardwareId, hostname, os, agentVersion, address, state: 'waiting', requestedAtMs: nowMs, expiresAtMs: nowMs + REQUEST_WAIT_MS,
    ...(known === undefined ? {} : { knownDeviceId: known.id }),
  }
  await tx.saveEnrolmentRequest(request)
  await appendAudit(tx, { actor: { id: `code:${code.id}`, name: 'enrolment code' }, action: 'enrolment.requested', targetKind: 'enrolment_request', targetId: request.id, detail: { hostname, group: code.group, address }, atMs: nowMs })
  await raiseFleetNotice(tx, { kind: 'enrolment_waiting', key: NOTICE_KEY, detail: 'A device waits for approval before it may enrol.', fix: 'Approve or refuse it: Devices, Waiting for approval; or holdfast enrolment-request list.', atMs: nowMs })
  return request
}

const settleNotice = async (tx: StoreWriter, atMs: number): Promise<void> => {
  if ((await tx.waitingEnrolments()) === 0) await clearFleetNotice(tx, NOTICE_KEY, { atMs })
}

export interface Decision {
  readonly id: string
  /** `done`, or why nothing was changed; the state is the one that it has now. */
  readonly outcome: 'done' | 'not_waiting' | 'not_found'
  readonly request?: EnrolmentRequest
}

/** Says yes or no to requests, each by itself: what somebody else decided meanwhile stays as it is. */
export async function decideRequests(tx: StoreWriter, ids: readonly string[], { approve, note, actor, nowMs }: { readonly approve: boolean; readonly note?: string; readonly actor: Actor; readonly nowMs: number }): Promise<readonly Decision[]> {
  const decisions: Decision[] = []
  for (const id of new Set(ids)) {
    const request = await tx.enrolmentRequest(id)
    if (request === undefined) {
      decisions.push({ id, outcome: 'not_found' })
      continue
    }
    if (request.state !== 'waiting' || request.expiresAtMs <= nowMs) {
      decisions.push({ id, outcome: 'not_waiting', request })
      continue
    }
    const decided: EnrolmentRequest = { ...request, state: approve ? 'approved' : 'refused', decidedAtMs: nowMs, decidedBy: actor.name, expiresAtMs: nowMs + REQUEST_WAIT_MS, ...(note === undefined || note === '' ? {} : { note }) }
    await tx.saveEnrolmentRequest(decided)
    await appendAudit(tx, { actor, action: approve ? 'enrolment.approved' : 'enrolment.refused', targetKind: 'enrolment_request', targetId: id, detail: { hostname: request.hostname, group: request.group, ...(note === undefined || note === '' ? {} : { note }) }, atMs: nowMs })
    decisions.push({ id, outcome: 'done', request: decided })
  }
  await settleNotice(tx, nowMs)
  return decisions
}

/** Gives up what nobody decided on or fetched in time, and forgets what ended long ago. @returns whether anything changed */
export async function sweepRequests(tx: StoreWriter, nowMs: number): Promise<boolean> {
  const overdue = await tx.overdueEnrolments(nowMs, SWEEP)
  for (const request of overdue) {
    await tx.saveEnrolmentRequest({ ...request, state: 'expired' })
    await appendAudit(tx, { actor: SYSTEM, action: 'enrolment.expired', targetKind: 'enrolment_request', targetId: request.id, detail: { hostname: request.hostname, group: request.group, was: request.state }, atMs: nowMs })
  }
  if (overdue.length > 0) await settleNotice(tx, nowMs)
  return (await tx.deleteEnrolmentRequests(nowMs - REQUEST_KEPT_MS)) > 0 || overdue.length > 0
}
