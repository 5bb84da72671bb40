// Seals a copy for the collector's key; the format is told in proto/src/sealed.ts.
import { createCipheriv, createHash, createPublicKey, diffieHellman, generateKeyPairSync, hash, hkdfSync } from 'node:crypto'
import { SEALED_CHUNK_BYTES, SEALED_INFO, SEALED_MAGIC, sealedLength, sealedNonce, toWireTimestamp, wire } from '@holdfast/proto'

/** DER before the 32 bytes of an X25519 public key (RFC 8410). */
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex')

export interface SealFor {
  readonly id: string
  readonly deviceId: string
  readonly organisation: string
  readonly epoch: string
  readonly seq: number
  readonly capturedAtMs: number
  /** 32 raw bytes of the collector's X25519 key. */
  readonly publicKey: Uint8Array
}

export interface Sealer {
  /** What a sealed copy begins with. */
  readonly head: Uint8Array
  /** @param plain SEALED_CHUNK_BYTES, or what is left for the last one; used up when this returns */
  chunk(plain: Uint8Array): Uint8Array
  /** Nothing may follow. */
  end(): { readonly bytes: Uint8Array; readonly plainBytes: number; readonly sha256: string }
}

/** First 16 hex digits of SHA-256 over the raw key. */
export const sealKeyId = (publicKey: Uint8Array): string => hash('sha256', publicKey, 'hex').slice(0, 16)

/** Begins a copy, with a key that nobody but the collector can make again. @throws TypeError when the key is none */
export function createSealer(to: SealFor): Sealer {
  if (to.publicKey.length !== 32) throw new TypeError('an X25519 key has 32 bytes')
  const collector = createPublicKey({ key: Buffer.concat([SPKI_X25519, to.publicKey]), format: 'der', type: 'spki' })
  const ephemeral = generateKeyPairSync('x25519')
  const ephemeralKey = ephemeral.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const headBytes = wire.SealHead.encode({
    id: to.id, deviceId: to.deviceId, organisation: to.organisation, epoch: to.epoch, seq: to.seq, keyId: sealKeyId(to.publicKey), ephemeralKey, capturedAt: toWireTimestamp(to.capturedAtMs),
  }).finish()
  const headHash = hash('sha256', headBytes, 'buffer')
  const key = Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey: ephemeral.privateKey, publicKey: collector }), Buffer.concat([ephemeralKey, to.publicKey]), Buffer.concat([SEALED_INFO, headHash]), 32))
  const content = createHash('sha256')
  let counter = 0
  let plainBytes = 0

  const seal = (plain: Uint8Array, last: boolean): Uint8Array => {
    const cipher = createCipheriv('aes-256-gcm', key, sealedNonce(counter, last))
    cipher.setAAD(headHash)
    counter += 1
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return Buffer.concat([sealedLength(sealed.length), sealed])
  }
  return {
    head: Buffer.concat([SEALED_MAGIC, sealedLength(headBytes.length), headBytes]),
    chunk(plain) {
      if (plain.length === 0 || plain.length > SEALED_CHUNK_BYTES) throw new RangeError('not a chunk')
      content.update(plain)
      plainBytes += plain.length
      return seal(plain, false)
    },
    end() {
      const sha256 = content.digest('hex')
      const bytes = seal(wire.SealEnd.encode({ plainBytes, sha256 }).finish(), true)
      key.fill(0)
      return { bytes, plainBytes, sha256 }
    },
  }
}
