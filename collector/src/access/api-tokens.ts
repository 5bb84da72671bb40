// Tokens for programs that bring files or speak SCIM: random, kept as a hash, for named connectors, and for a time.
import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { ApiToken, Store, StoreWriter } from '../store/store.ts'

export const TOKEN_PREFIX = 'hft_'
/** `lastUsedAt` is written at most this often. */
const TOUCH_MS = 60_000
const SCOPE = 'connector:'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

export interface UsedToken {
  readonly id: string
  readonly name: string
  readonly connectors: readonly string[]
  readonly expiresAtMs: number
}

export const connectorsOf = (token: ApiToken): readonly string[] => token.permissions.filter((scope) => scope.startsWith(SCOPE)).map((scope) => scope.slice(SCOPE.length))

/** Makes a token. @returns it with the secret, which is not kept */
export async function makeApiToken(tx: StoreWriter, wanted: { readonly name: string; readonly connectors: readonly string[]; readonly expiresAtMs: number; readonly createdBy: string }, nowMs: number): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const secret = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
  const token: ApiToken = { id: `tk_${uuid().replaceAll('-', '')}`, name: wanted.name, tokenHash: hashOf(secret), permissions: wanted.connectors.map((id) => `${SCOPE}${id}`), createdBy: wanted.createdBy, createdAtMs: nowMs, expiresAtMs: wanted.expiresAtMs, revoked: false }
  await tx.saveApiToken(token)
  return { token, secret }
}

/** The token of a secret, while it is good. */
export async function useApiToken(store: Store, secret: string, nowMs: number): Promise<UsedToken | undefined> {
  const token = await store.apiTokenByHash(hashOf(secret))
  if (token === undefined || token.revoked || token.expiresAtMs <= nowMs) return undefined
  if (nowMs - (token.lastUsedAtMs ?? 0) > TOUCH_MS) {
    await store.write(async (tx) => {
      // Looked up again inside: a token that was revoked meanwhile must not come back.
      const now = await tx.apiTokenByHash(token.tokenHash)
      if (now !== undefined && !now.revoked) await tx.saveApiToken({ ...now, lastUsedAtMs: nowMs })
    })
  }
  return { id: token.id, name: token.name, connectors: connectorsOf(token), expiresAtMs: token.expiresAtMs }
}
