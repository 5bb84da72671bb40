// NATS keys and claims, signed with node:crypto.
//
// A key is base32(prefix byte, 32 raw bytes, CRC-16/XMODEM little-endian); a seed carries two prefix bytes. A claim is
// a JWT with the header {"typ":"JWT","alg":"ed25519-nkey"} whose jti is the hash of its own body.
// Source: nats-io/nkeys and nats-io/jwt (v2 claims). Own code because the published signers make about 30 a second and
// block the event loop meanwhile.
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export type KeyKind = 'operator' | 'account' | 'user'

const PREFIX: Readonly<Record<KeyKind, number>> = { operator: 14 << 3, account: 0, user: 20 << 3 }
const SEED_PREFIX = 18 << 3
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 base32 without padding, upper case. */
export function base32(bytes: Uint8Array): string {
  let out = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += LETTERS[(buffer >>> bits) & 31] ?? ''
      buffer &= (1 << bits) - 1
    }
  }
  return bits > 0 ? out + (LETTERS[(buffer << (5 - bits)) & 31] ?? '') : out
}

export function unbase32(text: string): Uint8Array {
  const out: number[] = []
  let buffer = 0
  let bits = 0
  for (const letter of text) {
    const value = LETTERS.indexOf(letter)
    if (value < 0) throw new RangeError('not base32')
    buffer = (buffer << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((buffer >>> bits) & 255)
      buffer &= (1 << bits) - 1
    }
  }
  return Uint8Array.from(out)
}

function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}

function checked(bytes: Uint8Array): string {
  const crc = crc16(bytes)
  return base32(Uint8Array.from([...bytes, crc & 255, crc >>> 8]))
}

const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A private key of some kind: its public text, its seed text, and what signs. */
export interface NatsKey {
  readonly publicKey: string
  readonly seed: string
  readonly private: KeyObject
}

function fromRaw(kind: KeyKind, secret: Uint8Array, raw: Uint8Array): NatsKey {
  const prefix = PREFIX[kind]
  return {
    publicKey: checked(Uint8Array.from([prefix, ...raw])),
    seed: checked(Uint8Array.from([SEED_PREFIX | (prefix >>> 5), (prefix & 31) << 3, ...secret])),
    private: createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' }),
  }
}

export function createKey(kind: KeyKind): NatsKey {
  const pair = generateKeyPairSync('ed25519')
  // DER, not JWK: exporting JWKs in a loop has been seen to hang.
  const secret = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return fromRaw(kind, secret, raw)
}

/** The key of a seed text. @throws RangeError when the text is not a seed of this kind */
export function keyFromSeed(kind: KeyKind, seed: string): NatsKey {
  const bytes = unbase32(seed.trim())
  const secret = bytes.subarray(2, 34)
  if (bytes.length !== 36 || crc16(bytes.subarray(0, 34)) !== (bytes[34] ?? 0) + ((bytes[35] ?? 0) << 8)) throw new RangeError('not a seed')
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' })
  const spki = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
  return fromRaw(kind, secret, spki)
}

/** 32 raw bytes of a public key text, or undefined when it is not one of this kind. */
export function rawPublicKey(kind: KeyKind, publicKey: string): Uint8Array | undefined {
  try {
    const bytes = unbase32(publicKey)
    if (bytes.length !== 35 || bytes[0] !== PREFIX[kind] || crc16(bytes.subarray(0, 33)) !== (bytes[33] ?? 0) + ((bytes[34] ?? 0) << 8)) return undefined
    return bytes.subarray(1, 33)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const HEADER = segment({ typ: 'JWT', alg: 'ed25519-nkey' })

export interface Claim {
  readonly issuer: NatsKey
  readonly subject: string
  readonly name: string
  /** Seconds since 1970. */
  readonly issuedAt: number
  readonly expiresAt?: number
  readonly nats: Readonly<Record<string, unknown>>
}

/** Signs a claim; the body of `nats` names its type. */
export function signClaim({ issuer, subject, name, issuedAt, expiresAt, nats }: Claim): string {
  const body = { iat: issuedAt, iss: issuer.publicKey, name, sub: subject, ...(expiresAt === undefined ? {} : { exp: expiresAt }), nats: { ...nats, version: 2 } }
  const jti = base32(createHash('sha512-256').update(JSON.stringify(body)).digest())
  const text = `${HEADER}.${segment({ jti, ...body })}`
  return `${text}.${sign(null, Buffer.from(text), issuer.private).toString('base64url')}`
}
