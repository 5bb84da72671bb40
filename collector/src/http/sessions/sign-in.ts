// The last step of every way to sign in: one place opens sessions.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { closeSession, COOKIE, openSession } from '../../access/sessions.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { Account, Session, StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'

const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

export const setSessionCookie = (reply: FastifyReply, token: string): void => void reply.setCookie(COOKIE, token, cookie)
export const clearSessionCookie = (reply: FastifyReply): void => void reply.clearCookie(COOKIE, cookie)

/**
 * Opens a session in the caller's transaction: under a new token, in the place of the one that the browser had, if any.
 * @returns the token for the cookie
 */
export async function beginSession(deps: HttpDeps, tx: StoreWriter, request: FastifyRequest, account: Account, how: Pick<Session, 'method' | 'secondFactor' | 'oidc'>): Promise<string> {
  const before = request.cookies[COOKIE]
  if (before !== undefined) await closeSession(tx, before)
  const token = await openSession(tx, account, { ...how, address: request.ip, userAgent: request.headers['user-agent'] ?? '' }, deps.now())
  await appendAudit(tx, { actor: { id: account.id, name: account.name }, action: 'session.created', targetKind: 'account', targetId: account.id, detail: { address: request.ip, method: how.method, secondFactor: how.secondFactor === true }, atMs: deps.now() })
  return token
}

/** Writes down that somebody did not get in; never the name that was tried, which may be a password. */
export const auditRefusal = (deps: HttpDeps, request: FastifyRequest, accountId: string | undefined, step: string): Promise<void> =>
  deps.store.write((tx) => appendAudit(tx, { actor: { id: '-', name: '-' }, action: 'session.refused', targetKind: 'account', targetId: accountId ?? '-', detail: { address: request.ip, step }, atMs: deps.now() }))
