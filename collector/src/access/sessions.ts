// Server-side sessions: the cookie holds a random token, the store only its hash.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Account, Session, Store, StoreReader, StoreWriter } from '../store/store.ts'

export const COOKIE = '__Host-holdfast'
const IDLE_MS = 3_600_000
const ABSOLUTE_MS = 12 * 3_600_000
/** `lastSeenAt` is written at most this often. */
const TOUCH_MS = 60_000

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** What a page must send back with every change; derived, so that it needs no row of its own. */
export const csrfOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url')

/** Id of a session that may be shown: it cannot be turned back into what lets anybody in. */
export const sessionIdOf = (session: Pick<Session, 'tokenHash'>): string => `s_${hashOf(session.tokenHash).slice(0, 32)}`
export const sessionIdOfToken = (token: string): string => sessionIdOf({ tokenHash: hashOf(token) })

/** Whether a session is over, of itself. */
export const isOver = (session: Session, nowMs: number): boolean => session.expiresAtMs <= nowMs || nowMs - session.lastSeenAtMs > IDLE_MS

/** Opens a session under a new token, whatever the browser brought along. */
export async function openSession(tx: StoreWriter, account: Account, from: Pick<Session, 'address' | 'userAgent' | 'method' | 'secondFactor' | 'oidc'>, nowMs: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.deleteExpiredSessions(nowMs)
  await tx.saveSession({ ...from, tokenHash: hashOf(token), accountId: account.id, createdAtMs: nowMs, lastSeenAtMs: nowMs, expiresAtMs: nowMs + ABSOLUTE_MS, userAgent: from.userAgent.slice(0, 256) })
  return token
}

export const closeSession = (tx: StoreWriter, token: string): Promise<void> => tx.deleteSession(hashOf(token))

/** The account of a token, while the session lives and the account is enabled; looking is no use of the session. */
export async function peekSession(store: StoreReader, token: string, nowMs: number): Promise<{ readonly account: Account; readonly session: Session } | undefined> {
  const session = await store.session(hashOf(token))
  if (session === undefined || isOver(session, nowMs)) return undefined
  const account = await store.account(session.accountId)
  // A password that changed after the session began ends it, also where its row was not deleted.
  if (account === undefined || account.disabled || account.passwordChangedAtMs > session.createdAtMs) return undefined
  return { account, session }
}

/** The same, as a use of the session that keeps it from going idle. */
export async function findSession(store: Store, token: string, nowMs: number): Promise<{ readonly account: Account; readonly session: Session } | undefined> {
  const found = await peekSession(store, token, nowMs)
  if (found !== undefined && nowMs - found.session.lastSeenAtMs > TOUCH_MS) {
    // Looked up again inside: a session that was ended meanwhile must not come back.
    await store.write(async (tx) => {
      if ((await tx.session(found.session.tokenHash)) !== undefined) await tx.saveSession({ ...found.session, lastSeenAtMs: nowMs })
    })
  }
  return found
}
