// Passwords as argon2id in PHC form.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const argon2Async = promisify(argon2)

/** OWASP's second choice of 2024: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const TAG_BYTES = 32

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

async function derive(password: string, salt: Uint8Array, cost: { readonly memory: number; readonly passes: number; readonly parallelism: number }): Promise<Buffer> {
  return Buffer.from(await argon2Async('argon2id', { message: password.normalize('NFKC'), nonce: salt, memory: cost.memory, passes: cost.passes, parallelism: cost.parallelism, tagLength: TAG_BYTES }))
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${b64(salt)}$${b64(tag)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Checks a password against a PHC text; a text of another form never matches. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const parts = PHC.exec(phc)
  if (parts === null) return false
  const [, memory, passes, parallelism, salt, tag] = parts
  const expected = Buffer.from(tag ?? '', 'base64')
  const found = await derive(password, Buffer.from(salt ?? '', 'base64'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

/** Work of the same cost for an account that does not exist, so that the answer's time tells nothing. */
export const DUMMY_HASH = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${b64(Buffer.alloc(16))}$${b64(Buffer.alloc(TAG_BYTES))}`

/** Long enough to be taken, and among the first that anybody would try. */
const WELL_KNOWN = /^(?:(?:password|passwort|qwertz|qwerty|letmein|welcome|holdfast|admin|changeme|iloveyou|abc|123|1234567890|asdfghjkl)[\W\d_]*)+$/i
const LEAST_DIFFERENT = 5

/** Why a password must not be taken, beyond its length; there is no rule about kinds of letters (ASVS 6.2). */
export function passwordProblem(password: string, accountName: string): string | undefined {
  const folded = password.normalize('NFKC').toLowerCase()
  if (accountName.length >= 4 && folded.includes(accountName.toLowerCase())) return 'it holds the name of the account'
  if (new Set(folded).size < LEAST_DIFFERENT) return `it has fewer than ${LEAST_DIFFERENT} different letters`
  return WELL_KNOWN.test(folded) ? 'it is made of the words that are tried first' : undefined
}
