// Exceptions for removable media: who asks, who decides, when one ends, and that the person is told on the device.
//
// Every step is written with its audit entry in the transaction of its caller. A request is made of an activity in the transaction
// that stores the activity, under an id made of the activity's: what arrives twice is one request.
import { createHash } from 'node:crypto'
import { toWireTimestamp } from '@holdfast/proto'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { isNameable, MAX_EXCEPTION_HOURS, type MediaException, REQUEST_LIFE_MS } from '../domain/exclusions/media-exception.ts'
import type { User } from '../domain/people/user.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { CodedError } from '../errors.ts'
import { orderId, type Orders } from '../fleet/orders.ts'
import type { Store, StoreWriter } from '../store/store.ts'

const HOUR_MS = 3_600_000
/** Requests of one person that wait; what is above stays an activity and is not asked of anybody. */
const MAX_WAITING = 20
/** A decision that the device cannot be told of is not news any more after this. */
const TELL_FOR_MS = 30 * 24 * HOUR_MS
const DEFAULT_HOURS = 24

const SYSTEM: Actor = { id: 'system', name: 'system' }

export const exceptionId = (activityId: string): string => `ex_${createHash('sha256').update(activityId).digest('hex').slice(0, 32)}`

const audit = (tx: StoreWriter, actor: Actor, action: string, { id, userId, deviceId }: MediaException, atMs: number, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
  appendAudit(tx, { actor, action: `exception.${action}`, targetKind: 'user', targetId: userId, detail: { exception: id, device: deviceId, ...detail }, atMs })

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Makes a request of an activity `exception_requested`, unless it is there already. @returns whether it is new */
export async function admitRequest(tx: StoreWriter, activity: Activity, atMs: number): Promise<boolean> {
  const id = exceptionId(activity.id)
  const requestId = wordsOf(activity.detail?.['request'])
  const reason = wordsOf(activity.detail?.['reason']).trim().slice(0, 1000)
  if (!/^[0-9a-f]{32}$/.test(requestId) || reason === '' || activity.media === undefined || (await tx.mediaException(id)) !== undefined) return false
  if ((await tx.mediaExceptions({ userId: activity.userId, states: ['pending'], limit: MAX_WAITING })).items.length >= MAX_WAITING) return false
  const { vendor, model, serial, vendorId, productId, deviceId } = activity.media
  const hours = Number(activity.detail?.['hours'] ?? 0)
  const made: MediaException = {
    id, requestId, deviceId: activity.deviceId, userId: activity.userId, ...(activity.account === undefined ? {} : { account: activity.account }), reason, hours: Number.isInteger(hours) && hours >= 1 ? Math.min(hours, MAX_EXCEPTION_HOURS) : DEFAULT_HOURS,
    medium: Object.fromEntries(Object.entries({ vendor, model, serial, vendorId, productId, deviceId }).filter(([, value]) => value !== undefined)), via: activity.detail?.['via'] === 'notice' ? 'notice' : 'command', requestedAtMs: atMs, state: 'pending',
  }
  await tx.saveMediaException(made)
  await audit(tx, SYSTEM, 'requested', made, atMs, { reason, medium: made.medium.deviceId ?? made.medium.serial ?? '' })
  return true
}

export interface Decision {
  readonly grant: boolean
  /** Of a grant; absent: as long as it was asked for. */
  readonly hours?: number
  readonly copies?: boolean
  readonly note?: string
}

/** Whether an account is the person who asked, by any name that both have. */
export function isAsker(user: User | undefined, account: { readonly name: string; readonly email?: string }): boolean {
  const names = [account.name, account.email].flatMap((name) => (name === undefined || name === '' ? [] : [name.normalize('NFKC').trim().toLowerCase()]))
  return user !== undefined && [user.email ?? '', ...user.identities.filter(({ kind }) => kind !== 'device_account').map(({ value }) => value)].some((value) => names.includes(value.toLowerCase()))
}

/**
 * Grants or refuses a request that waits.
 *
 * @throws NOT_FOUND, REQUEST_OVER, SECOND_PERSON when the account is the person who asked, EXCEPTION_REFUSED when the medium cannot be told from others or a refusal has no reason
 */
export async function decideException(tx: StoreWriter, id: string, { grant, hours, copies, note }: Decision, actor: Actor, account: { readonly name: string; readonly email?: string }, atMs: number): Promise<MediaException> {
  const asked = await tx.mediaException(id)
  if (asked === undefined) throw new CodedError('NOT_FOUND', { what: 'exception' })
  if (asked.state !== 'pending' || asked.requestedAtMs + REQUEST_LIFE_MS <= atMs) throw new CodedError('REQUEST_OVER', { state: asked.state === 'pending' ? 'expired' : asked.state })
  if (isAsker(await tx.user(asked.userId), account)) throw new CodedError('SECOND_PERSON')
  if (grant && !isNameable(asked.medium)) throw new CodedError('EXCEPTION_REFUSED', { problem: 'the medium has no serial number, so it cannot be told from another of its kind' })
  if (!grant && (note ?? '').trim() === '') throw new CodedError('EXCEPTION_REFUSED', { problem: 'a refusal needs a reason, which the person is told' })
  const base = { ...asked, decidedAtMs: atMs, decidedBy: { id: actor.id, name: actor.name }, ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }) }
  const decided: MediaException = grant ? { ...base, state: 'granted', fromMs: atMs, untilMs: atMs + (hours ?? asked.hours) * HOUR_MS, copies: copies ?? true } : { ...base, state: 'refused' }
  await tx.saveMediaException(decided)
  await audit(tx, actor, decided.state, decided, atMs, { ...(note === undefined ? {} : { note }), ...(decided.untilMs === undefined ? {} : { until: new Date(decided.untilMs).toISOString(), copies: decided.copies }) })
  return decided
}

/** Ends a grant now; what was done under it stays judged as it was. @throws NOT_FOUND, REQUEST_OVER */
export async function revokeException(tx: StoreWriter, id: string, note: string | undefined, actor: Actor, atMs: number): Promise<MediaException> {
  const granted = await tx.mediaException(id)
  if (granted === undefined) throw new CodedError('NOT_FOUND', { what: 'exception' })
  if (granted.state !== 'granted' || (granted.untilMs ?? 0) <= atMs) throw new CodedError('REQUEST_OVER', { state: granted.state === 'granted' ? 'ended' : granted.state })
  const { told: _told, ...rest } = granted
  const revoked: MediaException = { ...rest, state: 'revoked', untilMs: atMs, ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }) }
  await tx.saveMediaException(revoked)
  await audit(tx, actor, 'revoked', revoked, atMs, note === undefined ? {} : { note })
  return revoked
}

/** Ends what is past its time. @returns those */
export async function endExceptions(tx: StoreWriter, nowMs: number): Promise<readonly MediaException[]> {
  const over = await tx.exceptionsToEnd(nowMs, nowMs - REQUEST_LIFE_MS)
  for (const one of over) {
    const ended: MediaException = { ...one, state: one.state === 'granted' ? 'ended' : 'expired' }
    await tx.saveMediaException(ended)
    await audit(tx, SYSTEM, ended.state, ended, nowMs, one.decidedBy === undefined ? {} : { grantedBy: one.decidedBy.id })
  }
  return over
}

export interface Exceptions {
  /** Hands in again what devices have not heard of. */
  start(): Promise<void>
  /** Tells the device what was decided. */
  tell(exception: MediaException): void
}

export function createExceptions({ store, orders, now, onChanged }: { readonly store: Store; readonly orders: Orders; readonly now: () => number; readonly onChanged: (exception: MediaException) => void }): Exceptions {
  const tell = (exception: MediaException): void => {
    const { id, state, requestId, note, untilMs, deviceId, decidedAtMs } = exception
    if (state !== 'granted' && state !== 'refused' && state !== 'revoked') return
    // What it says of before is not to arrive after this.
    for (const before of ['granted', 'refused']) if (before !== state) orders.withdraw(deviceId, orderId('ex', id, before))
    orders.send({
      deviceId, id: orderId('ex', id, state), expiresAtMs: (decidedAtMs ?? now()) + TELL_FOR_MS,
      order: { exception: { request: requestId, state, reason: note ?? '', ...(untilMs === undefined ? {} : { until: toWireTimestamp(untilMs) }) } },
      onAnswer: async ({ outcome }) => {
        const told = await store.write(async (tx) => {
          const found = await tx.mediaException(id)
          if (found?.state !== state) return undefined
          const next = { ...found, told: outcome }
          await tx.saveMediaException(next)
          return next
        })
        if (told !== undefined) onChanged(told)
      },
    })
  }
  return {
    async start() {
      for (const exception of await store.untoldExceptions()) if ((exception.decidedAtMs ?? 0) + TELL_FOR_MS > now()) tell(exception)
    },
    tell,
  }
}
