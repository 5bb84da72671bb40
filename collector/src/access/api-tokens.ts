// Tokens for programs: random, kept as a hash, for named permissions or connectors, for a time, and never for more than
// the account that made them may do at the moment of use.
//
//   hft_<43 letters of base64url: 256 random bits><6 letters of base64url: CRC-32 of what stands before>
//
// The prefix lets a scanner find one that leaked; the check tells a typing error from a token that is not known.
import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { v7 as uuid } from 'uuid'
import { CodedError } from '../errors.ts'
import type { Account, ApiToken, Store, StoreWriter } from '../store/store.ts'
import { type Permission, permissions, permissionsOf } from './permissions.ts'

export const TOKEN_PREFIX = 'hft_'
const RANDOM_LETTERS = 43
/** `lastUsedAt` is written at most this often. */
const TOUCH_MS = 60_000
const SCOPE = 'connector:'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const checkOf = (body: string): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString('base64url')
}

/** Whether a text can be a token at all; costs no look at the store. Tokens from before there was a check have none. */
export function isTokenText(secret: string): boolean {
  const body = secret.slice(0, TOKEN_PREFIX.length + RANDOM_LETTERS)
  const check = secret.slice(body.length)
  return secret.startsWith(TOKEN_PREFIX) && /^hft_[\w-]{43}$/.test(body) && (check === '' || check === checkOf(body))
}

export const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name)
export const connectorsOf = (token: ApiToken): readonly string[] => token.permissions.filter((scope) => scope.startsWith(SCOPE)).map((scope) => scope.slice(SCOPE.length))
export const scopesOf = (token: ApiToken): readonly Permission[] => token.permissions.filter(isPermission)

export interface WantedToken {
  readonly name: string
  readonly connectors: readonly string[]
  readonly permissions: readonly Permission[]
  readonly expiresAtMs: number
  readonly createdBy: string
  readonly makerId?: string
}

/**
 * Makes a token.
 * @param may what its maker may do now
 * @returns it with the secret, which is not kept
 * @throws TOKEN_TOO_WIDE
 */
export async function makeApiToken(tx: StoreWriter, wanted: WantedToken, nowMs: number, may?: ReadonlySet<Permission>): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const needed: readonly Permission[] = [...wanted.permissions, ...(wanted.connectors.length > 0 ? ['connector.manage' as const] : [])]
  const missing = may === undefined ? undefined : needed.find((permission) => !may.has(permission))
  if (missing !== undefined) throw new CodedError('TOKEN_TOO_WIDE', { permission: missing })
  const body = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
  const secret = `${body}${checkOf(body)}`
  const token: ApiToken = {
    id: `tk_${uuid().replaceAll('-', '')}`, name: wanted.name, tokenHash: hashOf(secret), permissions: [...wanted.permissions, ...wanted.connectors.map((id) => `${SCOPE}${id}`)], createdBy: wanted.createdBy, ...(wanted.makerId === undefined ? {} : { makerId: wanted.makerId }),
    createdAtMs: nowMs, expiresAtMs: wanted.expiresAtMs, revoked: false,
  }
  await tx.saveApiToken(token)
  return { token, secret }
}

export interface UsedToken {
  readonly id: string
  readonly name: string
  readonly permissions: ReadonlySet<Permission>
  /** Connectors that it is for; absent: its permissions decide. */
  readonly connectors?: readonly string[]
  readonly expiresAtMs: number
  /** Whose eyes it has. */
  readonly maker?: Account
}

/**
 * The token of a secret, while it is good and its maker is there and enabled.
 * @param touch false: looking is no use of it
 */
export async function useApiToken(store: Store, secret: string, nowMs: number, touch = true): Promise<UsedToken | undefined> {
  if (!isTokenText(secret)) return undefined
  const token = await store.apiTokenByHash(hashOf(secret))
  if (token === undefined || token.revoked || token.expiresAtMs <= nowMs) return undefined
  const maker = token.makerId === undefined ? undefined : await store.account(token.makerId)
  if (token.makerId !== undefined && (maker === undefined || maker.disabled)) return undefined
  if (touch && nowMs - (token.lastUsedAtMs ?? 0) > TOUCH_MS) {
    await store.write(async (tx) => {
      // Looked up again inside: a token that was revoked meanwhile must not come back.
      const now = await tx.apiTokenByHash(token.tokenHash)
      if (now !== undefined && !now.revoked) await tx.saveApiToken({ ...now, lastUsedAtMs: nowMs })
    })
  }
  const may = maker === undefined ? undefined : permissionsOf(maker.roles)
  const allowed = (permission: Permission): boolean => may === undefined || may.has(permission)
  const connectors = connectorsOf(token)
  const given = new Set(scopesOf(token).filter(allowed))
  const limited = connectors.length > 0 && !given.has('connector.manage')
  if (limited && allowed('connector.manage')) given.add('connector.manage')
  return { id: token.id, name: token.name, permissions: given, ...(limited ? { connectors } : {}), expiresAtMs: token.expiresAtMs, ...(maker === undefined ? {} : { maker }) }
}
