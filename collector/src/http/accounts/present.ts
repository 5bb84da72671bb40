import { isOver, sessionIdOf } from '../../access/sessions.ts'
import type { Account, Session } from '../../store/store.ts'
import type { AccountView, PasskeyView, SessionView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** @param sessions of the account */
export function presentAccount(account: Account, sessions: readonly Session[]): AccountView {
  const seen = Math.max(0, ...sessions.map((session) => session.lastSeenAtMs))
  return {
    id: account.id, name: account.name, roles: [...account.roles], disabled: account.disabled, createdAt: iso(account.createdAtMs), units: [...(account.units ?? [])], ...(account.email === undefined ? {} : { email: account.email }),
    signIn: [...(account.passwordHash === '' ? [] : ['password' as const]), ...((account.passkeys ?? []).length === 0 ? [] : ['passkey' as const]), ...(account.sso === undefined ? [] : ['oidc' as const])],
    secondFactor: account.totp !== undefined || (account.passkeys ?? []).length > 0, isManaged: account.provisioned !== undefined, ...(seen === 0 ? {} : { lastSeenAt: iso(seen) }),
  }
}

export const presentPasskey = (key: NonNullable<Account['passkeys']>[number]): PasskeyView => ({ id: key.id, name: key.name, createdAt: iso(key.createdAtMs), ...(key.lastUsedAtMs === undefined ? {} : { lastUsedAt: iso(key.lastUsedAtMs) }) })

export const presentSessions = (sessions: readonly Session[], nowMs: number, currentId?: string): SessionView[] =>
  sessions.filter((session) => !isOver(session, nowMs)).map((session) => ({
    id: sessionIdOf(session), isCurrent: sessionIdOf(session) === currentId, createdAt: iso(session.createdAtMs), lastSeenAt: iso(session.lastSeenAtMs), expiresAt: iso(session.expiresAtMs), address: session.address, userAgent: session.userAgent,
    method: session.method ?? 'password', secondFactor: session.secondFactor === true,
  }))
