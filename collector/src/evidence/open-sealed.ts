// Opens sealed copies; the format is told in proto/src/sealed.ts. What is yielded is authentic, chunk by chunk; that it is whole
// is known at the end only, so whoever keeps or judges a content waits for the end.
import { createDecipheriv, createHash, createPublicKey, diffieHellman, hash, hkdfSync, type KeyObject } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { SEALED_CHUNK_BYTES, SEALED_HEAD_LIMIT, SEALED_INFO, SEALED_MAGIC, SEALED_TAG_BYTES, sealedNonce, wire } from '@holdfast/proto'
import { CodedError } from '../errors.ts'

const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex')

export interface SealedFacts {
  readonly id: string
  readonly deviceId: string
  readonly organisation: string
  readonly epoch: string
  readonly seq: number
  readonly keyId: string
  readonly plainBytes: number
  readonly sha256: string
}

const damaged = (problem: string, cause?: unknown): CodedError => new CodedError('EVIDENCE_DAMAGED', { problem }, cause === undefined ? {} : { cause })

async function take(file: FileHandle, bytes: number, at: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes)
  for (let total = 0; total < bytes;) {
    const { bytesRead } = await file.read(buffer, total, bytes - total, at + total)
    if (bytesRead === 0) throw damaged('it ends too early')
    total += bytesRead
  }
  return buffer
}

async function readHead(file: FileHandle): Promise<{ readonly bytes: Buffer; readonly head: wire.SealHead; readonly next: number }> {
  const start = await take(file, SEALED_MAGIC.length + 4, 0)
  if (!start.subarray(0, SEALED_MAGIC.length).equals(SEALED_MAGIC)) throw damaged('it is no sealed copy')
  const length = start.readUInt32BE(SEALED_MAGIC.length)
  if (length > SEALED_HEAD_LIMIT) throw damaged('its head is too long')
  const bytes = await take(file, length, start.length)
  try {
    return { bytes, head: wire.SealHead.decode(bytes), next: start.length + length }
  } catch (error) {
    throw damaged('its head cannot be read', error)
  }
}

function keyFor(head: wire.SealHead, headHash: Buffer, privateKeys: ReadonlyMap<string, KeyObject>): Buffer {
  const privateKey = privateKeys.get(head.keyId)
  if (privateKey === undefined) throw damaged('it is sealed for a key that is not here')
  if (head.ephemeralKey.length !== 32) throw damaged('its key is none')
  const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  try {
    const shared = diffieHellman({ privateKey, publicKey: createPublicKey({ key: Buffer.concat([SPKI_X25519, head.ephemeralKey]), format: 'der', type: 'spki' }) })
    return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([head.ephemeralKey, own]), Buffer.concat([SEALED_INFO, headHash]), 32))
  } catch (error) {
    throw damaged('its key is none', error)
  }
}

function openChunk(key: Buffer, headHash: Buffer, counter: number, last: boolean, sealed: Buffer): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, sealedNonce(counter, last))
  decipher.setAAD(headHash)
  decipher.setAuthTag(sealed.subarray(-SEALED_TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -SEALED_TAG_BYTES)), decipher.final()])
  } catch {
    // Node says of a tag that does not fit only that it cannot authenticate.
    return undefined
  }
}

/**
 * Yields the content of a sealed copy.
 *
 * @returns at its end, what the copy says of itself; size and hash are those of what was yielded
 * @throws EVIDENCE_DAMAGED when it is altered, cut, reordered, swapped, longer than it says, or sealed for a key that is not here
 */
export async function* openSealed(path: string, privateKeys: ReadonlyMap<string, KeyObject>): AsyncGenerator<Buffer, SealedFacts> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw damaged('its file is gone', error)
  })
  try {
    const { size } = await file.stat()
    const { bytes, head, next } = await readHead(file)
    const headHash = hash('sha256', bytes, 'buffer')
    const key = keyFor(head, headHash, privateKeys)
    const content = createHash('sha256')
    let plainBytes = 0
    let short = false
    for (let at = next, counter = 0; ; counter += 1) {
      const length = (await take(file, 4, at)).readUInt32BE(0)
      if (length <= SEALED_TAG_BYTES || length > SEALED_CHUNK_BYTES + SEALED_TAG_BYTES) throw damaged('a chunk has an impossible length')
      const sealed = await take(file, length, at + 4)
      at += 4 + length
      const plain = at === size ? undefined : openChunk(key, headHash, counter, false, sealed)
      if (plain !== undefined) {
        if (short) throw damaged('a chunk in its middle is not full')
        short = plain.length < SEALED_CHUNK_BYTES
        content.update(plain)
        plainBytes += plain.length
        yield plain
        continue
      }
      const last = openChunk(key, headHash, counter, true, sealed)
      if (last === undefined) throw damaged('a chunk was altered, moved or cut')
      if (at !== size) throw damaged('something follows its end')
      const end = wire.SealEnd.decode(last)
      const sha256 = content.digest('hex')
      if (end.plainBytes !== plainBytes || end.sha256 !== sha256) throw damaged('its content is not what its end says')
      return { id: head.id, deviceId: head.deviceId, organisation: head.organisation, epoch: head.epoch, seq: head.seq, keyId: head.keyId, plainBytes, sha256 }
    }
  } finally {
    await file.close()
  }
}
