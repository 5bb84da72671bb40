// The uninstall token: what a policy says about it, and how a device compares one.
//
// Only salt and hash leave the collector, so a device that is taken apart does not give away the token of the others. scrypt
// makes guessing dear: one try takes about 0.1 s and 32 MiB.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

export interface UninstallProtection {
  readonly salt: Uint8Array
  readonly tokenHash: Uint8Array
}

const SALT_BYTES = 16
const HASH_BYTES = 32
/** Shorter ones are guessed. */
export const MIN_UNINSTALL_TOKEN = 8
export const MAX_UNINSTALL_TOKEN = 256

const hash = (token: string, salt: Uint8Array): Buffer => scryptSync(token.normalize('NFC'), salt, HASH_BYTES, { N: 32_768, r: 8, p: 1, maxmem: 64 << 20 })

/** For a policy. @param token MIN_UNINSTALL_TOKEN to MAX_UNINSTALL_TOKEN characters; the caller checks */
export function protectUninstall(token: string): UninstallProtection {
  const salt = randomBytes(SALT_BYTES)
  return { salt, tokenHash: hash(token, salt) }
}

/** What is wrong with a policy's protection, in words; undefined when a device can carry it out. */
export const uninstallProblem = ({ salt, tokenHash }: { readonly salt?: Uint8Array | null; readonly tokenHash?: Uint8Array | null }): string | undefined => (salt?.length === SALT_BYTES && tokenHash?.length === HASH_BYTES ? undefined : 'uninstall has no salt of 16 and hash of 32 bytes')

/** Whether this is the token; in constant time. */
export function isUninstallToken(token: string, { salt, tokenHash }: UninstallProtection): boolean {
  return token.length <= MAX_UNINSTALL_TOKEN && timingSafeEqual(hash(token, salt), tokenHash)
}
