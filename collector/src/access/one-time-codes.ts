// Second factors that are typed: codes of an authenticator app (RFC 6238) and recovery codes.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Account } from '../store/store.ts'

const PERIOD_SECS = 30
/** Codes of the step before and after are taken, for clocks that are a little off. */
const TOLERANCE = 1
const RECOVERY_CODES = 10
/** Letters that cannot be mistaken for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

const totpOf = (secret: string, account: string, organisation: string): TOTP => new TOTP({ issuer: organisation === '' ? 'Holdfast' : `Holdfast ${organisation}`, label: account, algorithm: 'SHA1', digits: 6, period: PERIOD_SECS, secret: Secret.fromBase32(secret) })

/** 160 random bits, as base32. */
export const makeTotpSecret = (): string => Secret.fromHex(randomBytes(20).toString('hex')).base32

/** What an authenticator app reads from the picture. */
export const totpUri = (secret: string, account: string, organisation: string): string => totpOf(secret, account, organisation).toString()

/** The step that a code belongs to. @returns undefined for a wrong one */
export function totpStep(secret: string, code: string, nowMs: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp: nowMs, window: TOLERANCE })
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECS) + delta
}

/** A code of a step that is not later than one whose code was taken already is a replay. */
export const isReplay = (totp: NonNullable<Account['totp']>, step: number): boolean => step <= totp.lastStep

const hashOf = (code: string): string => createHash('sha256').update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')).digest('hex')

/** Ten codes `xxxxx-xxxxx` of 49 random bits, shown once; with the hashes that are kept. */
export function makeRecoveryCodes(): { readonly codes: readonly string[]; readonly hashes: readonly string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    let code = ''
    // A byte that would make some letters likelier than others is thrown away.
    while (code.length < 10) for (const byte of randomBytes(16)) if (byte < 248 && code.length < 10) code += LETTERS[byte % LETTERS.length]
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })
  return { codes, hashes: codes.map(hashOf) }
}

/** The hashes that are left after a code was used. @returns undefined for a code that is not among them */
export function spendRecoveryCode(hashes: readonly string[], code: string): readonly string[] | undefined {
  const given = Buffer.from(hashOf(code))
  const left = hashes.filter((hash) => !timingSafeEqual(Buffer.from(hash), given))
  return left.length === hashes.length ? undefined : left
}
