// Sealed copies for tests, made by the format alone: what an agent of any make would send.
import { createCipheriv, createHash, createPublicKey, diffieHellman, generateKeyPairSync, hash, hkdfSync, type KeyObject } from 'node:crypto'
import { SEALED_CHUNK_BYTES, SEALED_INFO, SEALED_MAGIC, sealedLength, sealedNonce, toWireTimestamp, wire } from '@holdfast/proto'
import { evidenceKeyId, type EvidenceKeys } from '../evidence/keys.ts'
import { EPOCH, MONDAY_MS } from './builders.ts'

const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex')
const raw = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

export function makeEvidenceKeys(): EvidenceKeys {
  const { privateKey } = generateKeyPairSync('x25519')
  const publicKey = raw(privateKey)
  return { publicKey, keyId: evidenceKeyId(publicKey), privateKeys: new Map([[evidenceKeyId(publicKey), privateKey]]) }
}

export interface SealedParts {
  readonly head: Buffer
  /** Each with its length in front; the last one is the end. */
  readonly chunks: readonly Buffer[]
  readonly sha256: string
}

export function sealForTest(content: Buffer, keys: EvidenceKeys, over: { readonly id?: string; readonly deviceId?: string; readonly epoch?: string; readonly seq?: number; readonly chunkBytes?: number } = {}): SealedParts {
  const { id = 'a'.repeat(32), deviceId = 'd_1', epoch = EPOCH, seq = 1, chunkBytes = SEALED_CHUNK_BYTES } = over
  const ephemeral = generateKeyPairSync('x25519')
  const ephemeralKey = raw(ephemeral.privateKey)
  const headBytes = wire.SealHead.encode({ id, deviceId, organisation: 'test', epoch, seq, keyId: keys.keyId, ephemeralKey, capturedAt: toWireTimestamp(MONDAY_MS) }).finish()
  const headHash = hash('sha256', headBytes, 'buffer')
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: createPublicKey({ key: Buffer.concat([SPKI_X25519, keys.publicKey]), format: 'der', type: 'spki' }) })
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeralKey, keys.publicKey]), Buffer.concat([SEALED_INFO, headHash]), 32))
  const seal = (plain: Uint8Array, counter: number, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, sealedNonce(counter, last))
    cipher.setAAD(headHash)
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return Buffer.concat([sealedLength(sealed.length), sealed])
  }
  const pieces = Array.from({ length: Math.ceil(content.length / chunkBytes) }, (_, index) => content.subarray(index * chunkBytes, (index + 1) * chunkBytes))
  const sha256 = createHash('sha256').update(content).digest('hex')
  return {
    head: Buffer.concat([SEALED_MAGIC, sealedLength(headBytes.length), headBytes]), sha256,
    chunks: [...pieces.map((piece, index) => seal(piece, index, false)), seal(wire.SealEnd.encode({ plainBytes: content.length, sha256 }).finish(), pieces.length, true)],
  }
}

export const wholeOf = ({ head, chunks }: SealedParts): Buffer => Buffer.concat([head, ...chunks])
