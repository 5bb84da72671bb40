// Requests to see a name or to erase a person: who may decide, when, and what becomes of them. Inside the caller's
// transaction; every step leaves an entry in the audit log.
import { v7 as uuid } from 'uuid'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import type { PrivacyRequest, PrivacyRequestKind } from '../store/privacy.ts'
import type { StoreWriter } from '../store/store.ts'
import type { PrivacySettings } from './settings.ts'

const HOUR_MS = 3_600_000

/** Commands on the server's own machine all have one person behind them, whatever name they give. */
export const isLocal = (accountId: string): boolean => accountId.startsWith('local:')
const isSamePerson = (a: string, b: string): boolean => a === b || (isLocal(a) && isLocal(b))

export interface Wanted {
  readonly kind: PrivacyRequestKind
  readonly userId: string
  readonly reasonKind: string
  readonly reason: string
}

const actionOf = (kind: PrivacyRequestKind, what: string): string => (kind === 'reveal' ? `user.reveal_${what}` : `user.erasure_${what}`)

const audit = (tx: StoreWriter, actor: Actor, action: string, request: PrivacyRequest, atMs: number, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
  appendAudit(tx, { actor, action, targetKind: 'user', targetId: request.userId, detail: { request: request.id, ...detail }, atMs })

/** A name is shown at once where nobody else must agree; a request that somebody has already is given back. */
export async function askForReveal(tx: StoreWriter, wanted: Omit<Wanted, 'kind'>, actor: Actor, settings: PrivacySettings, atMs: number): Promise<PrivacyRequest> {
  const own = (await tx.privacyRequests({ accountId: actor.id, kinds: ['reveal'], states: ['pending', 'live'], limit: 500 })).items.find((one) => one.userId === wanted.userId && (one.liveUntilMs ?? one.decideByMs ?? 0) > atMs)
  if (own !== undefined) return own
  const base: PrivacyRequest = { id: `pr_${uuid().replaceAll('-', '')}`, kind: 'reveal', state: 'pending', accountId: actor.id, accountName: actor.name, requestedAtMs: atMs, ...wanted }
  const made: PrivacyRequest = settings.revealNeedsSecond ? { ...base, decideByMs: atMs + settings.requestHours * HOUR_MS } : { ...base, state: 'live', liveUntilMs: atMs + settings.revealHours * HOUR_MS }
  await tx.savePrivacyRequest(made)
  await audit(tx, actor, made.state === 'live' ? 'user.revealed' : actionOf('reveal', 'requested'), made, atMs, { reasonKind: wanted.reasonKind, reason: wanted.reason, ...(made.liveUntilMs === undefined ? {} : { until: new Date(made.liveUntilMs).toISOString() }) })
  return made
}

/** An erasure that waits for a second person. */
export async function askForErasure(tx: StoreWriter, wanted: Omit<Wanted, 'kind'>, actor: Actor, settings: PrivacySettings, atMs: number): Promise<PrivacyRequest> {
  const pending = (await tx.privacyRequests({ kinds: ['erasure'], states: ['pending'], limit: 500 })).items.find((one) => one.userId === wanted.userId && (one.decideByMs ?? 0) > atMs)
  if (pending !== undefined) return pending
  const made: PrivacyRequest = { id: `pr_${uuid().replaceAll('-', '')}`, kind: 'erasure', state: 'pending', accountId: actor.id, accountName: actor.name, requestedAtMs: atMs, decideByMs: atMs + settings.requestHours * HOUR_MS, ...wanted }
  await tx.savePrivacyRequest(made)
  await audit(tx, actor, actionOf('erasure', 'requested'), made, atMs, { reasonKind: wanted.reasonKind, reason: wanted.reason })
  return made
}

/** @throws NOT_FOUND, REQUEST_OVER, SECOND_PERSON */
export function assertDecidable(request: PrivacyRequest | undefined, actor: Actor, atMs: number): PrivacyRequest {
  if (request === undefined) throw new CodedError('NOT_FOUND', { what: 'request' })
  if (request.state !== 'pending' || (request.decideByMs ?? 0) <= atMs) throw new CodedError('REQUEST_OVER', { state: request.state === 'pending' ? 'expired' : request.state })
  if (isSamePerson(request.accountId, actor.id)) throw new CodedError('SECOND_PERSON')
  return request
}

/**
 * The decision of a second person. An erasure that was granted is still to be done by the caller.
 * @throws NOT_FOUND, REQUEST_OVER when it is decided or too late, SECOND_PERSON when it is one's own
 */
export async function decideRequest(tx: StoreWriter, id: string, decision: { readonly grant: boolean; readonly note?: string }, actor: Actor, settings: PrivacySettings, atMs: number): Promise<PrivacyRequest> {
  const request = assertDecidable(await tx.privacyRequest(id), actor, atMs)
  const decided = { ...request, decidedAtMs: atMs, decidedBy: { id: actor.id, name: actor.name }, ...(decision.note === undefined ? {} : { note: decision.note }) }
  const next: PrivacyRequest = !decision.grant ? { ...decided, state: 'refused' } : request.kind === 'reveal' ? { ...decided, state: 'live', liveUntilMs: atMs + settings.revealHours * HOUR_MS } : { ...decided, state: 'done' }
  await tx.savePrivacyRequest(next)
  await audit(tx, actor, actionOf(request.kind, decision.grant ? 'granted' : 'refused'), next, atMs, { for: request.accountId, ...(decision.note === undefined ? {} : { note: decision.note }), ...(next.liveUntilMs === undefined ? {} : { until: new Date(next.liveUntilMs).toISOString() }) })
  return next
}

/** Hides a name before its time, or takes a request back. @throws NOT_FOUND, REQUEST_OVER */
export async function endRequest(tx: StoreWriter, id: string, actor: Actor, mayEndOthers: boolean, atMs: number): Promise<PrivacyRequest> {
  const request = await tx.privacyRequest(id)
  if (request === undefined || (request.accountId !== actor.id && !mayEndOthers)) throw new CodedError('NOT_FOUND', { what: 'request' })
  if (request.state !== 'pending' && request.state !== 'live') throw new CodedError('REQUEST_OVER', { state: request.state })
  const next: PrivacyRequest = { ...request, state: request.state === 'live' ? 'ended' : 'withdrawn', endedAtMs: atMs }
  await tx.savePrivacyRequest(next)
  await audit(tx, actor, actionOf(request.kind, next.state), next, atMs, { for: request.accountId })
  return next
}

const SYSTEM: Actor = { id: 'system', name: 'system' }

/** Ends what is past its time. Whoever looks before this ran is answered by the clock, not by the state. @returns those */
export async function expireRequests(tx: StoreWriter, nowMs: number): Promise<readonly PrivacyRequest[]> {
  const over = await tx.requestsToExpire(nowMs)
  for (const request of over) {
    const at = request.state === 'live' ? request.liveUntilMs : request.decideByMs
    await tx.savePrivacyRequest({ ...request, state: 'expired', endedAtMs: at ?? nowMs })
    await audit(tx, SYSTEM, actionOf(request.kind, 'expired'), request, nowMs, { for: request.accountId })
  }
  return over
}
