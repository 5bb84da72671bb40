// An enrolment code: `HF1-<pin>-<secret>`, both 26 characters of base32 (RFC 4648, no padding).
//
//   pin     first 130 bits of SHA-256 over the DER of the installation's CA certificate: whom to believe
//   secret  130 random bits: why to be believed
//
// Base32 has no 0, 1, 8 and 9, so the usual misreadings are found before anything goes over the network.
import { createHash } from 'node:crypto'
import { CodedError } from '../errors.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const PART_LENGTH = 26

export interface EnrolmentCode {
  readonly pin: string
  readonly secret: string
  /** As the collector knows it. */
  readonly text: string
}

/** RFC 4648 base32 without padding. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let value = 0
  let bits = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + ALPHABET[(value << (5 - bits)) & 31]
}

/** The pin of a certificate, from its DER. */
export const pinOf = (der: Uint8Array): string => base32(createHash('sha256').update(der).digest()).slice(0, PART_LENGTH)

function problemOf(part: string | undefined, name: string): string | undefined {
  const stray = /[^A-Z2-7]/u.exec(part ?? '')?.[0]
  if (stray !== undefined) return `its ${name} holds "${stray}", but only A to Z and 2 to 7 occur there (no 0, 1, 8 or 9)`
  if (part?.length !== PART_LENGTH) return `its ${name} has ${part?.length ?? 0} characters instead of ${PART_LENGTH}; was it copied whole?`
  return undefined
}

/**
 * Reads a code as a person gives it: white space around it and lower case are fine.
 *
 * @throws ENROLMENT_CODE_INVALID with what is wrong and where
 */
export function parseEnrolmentCode(input: string): EnrolmentCode {
  const text = input.trim().toUpperCase()
  const [version, pin, secret, ...rest] = text.split('-')
  const problem = text === '' ? 'it is empty'
    : version !== 'HF1' ? 'it must begin with HF1-'
      : rest.length > 0 ? 'it has more than three parts'
        : problemOf(pin, 'first part') ?? problemOf(secret, 'second part')
  if (problem !== undefined || pin === undefined || secret === undefined) throw new CodedError('ENROLMENT_CODE_INVALID', { problem: problem ?? 'it is not whole' })
  return { pin, secret, text }
}
