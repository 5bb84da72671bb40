/**
 * Exact data: how a value of an organisation's table is made comparable and hashed, on both sides of the wire.
 *
 *   normalised   NFKC, lower case, letters and digits only: `Smith, John` and `smith john` are `smithjohn`
 *   hash         the first 8 bytes of SHA-256(salt, normalised value as UTF-8)
 *
 * A hash of few possible values can be guessed by whoever holds the salt: the agent's policy is a secret of the device's root.
 */
import { hash } from 'node:crypto'

export const EXACT_HASH_BYTES = 8

/** Letters and digits of a value in lower case; empty when it has none. */
export const normaliseExact = (value: string): string => value.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** @param normalised of `normaliseExact` @returns 16 lower-case hex digits */
export const exactHash = (salt: Uint8Array, normalised: string): string => hash('sha256', Buffer.concat([salt, Buffer.from(normalised, 'utf8')]), 'hex').slice(0, 2 * EXACT_HASH_BYTES)

/** The field `hashes` of a set: sorted, each value once. */
export const exactHashes = (salt: Uint8Array, values: Iterable<string>): Uint8Array =>
  Buffer.from([...new Set([...values].map(normaliseExact).filter((value) => value !== '').map((value) => exactHash(salt, value)))].toSorted().join(''), 'hex')
