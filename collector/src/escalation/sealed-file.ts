// Files of bundles at rest: sealed piece by piece, so that one of any size is written and read as a stream.
//
//   "HFB1" · salt 16 · pieces
//   piece = ciphertext (64 KiB, the last one shorter or empty) · tag 16, AES-256-GCM
//   nonce = number of the piece, 8 bytes · 000 · 1 in the last piece, 0 before
//   key   = HKDF-SHA-256(key of the installation, salt, "holdfast bundle " id)
//
// The mark of the last piece is what a file that was cut off lacks.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { CodedError } from '../errors.ts'

const MARK = Buffer.from('HFB1')
const SALT = 16
const TAG = 16
const PIECE = 64 * 1024

const keyOf = (key: Uint8Array, salt: Uint8Array, id: string): Buffer => Buffer.from(hkdfSync('sha256', key, salt, `holdfast bundle ${id}`, 32))

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index))
  nonce[11] = last ? 1 : 0
  return nonce
}

/** What stands on disk for a stream. @param key 32 bytes */
export async function* sealStream(source: AsyncIterable<Uint8Array>, key: Uint8Array, id: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT)
  const own = keyOf(key, salt, id)
  let index = 0
  const piece = (bytes: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(index, last))
    index += 1
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
  yield Buffer.concat([MARK, salt])
  let waiting = Buffer.alloc(0)
  for await (const chunk of source) {
    waiting = waiting.length === 0 ? Buffer.from(chunk) : Buffer.concat([waiting, chunk])
    let at = 0
    // A whole piece stays until more comes: it may be the last one.
    for (; waiting.length - at > PIECE; at += PIECE) yield piece(waiting.subarray(at, at + PIECE), false)
    if (at > 0) waiting = waiting.subarray(at)
  }
  yield piece(waiting, true)
}

/** @throws BUNDLE_DAMAGED, also half way: what came before is then not to be used */
export async function* openSealedFile(path: string, key: Uint8Array, id: string): AsyncGenerator<Buffer> {
  const damaged = (problem: string, cause?: unknown): CodedError => new CodedError('BUNDLE_DAMAGED', { problem }, { cause })
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw damaged('its file is not there', cause)
  })
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(MARK.length + SALT)
    if ((await file.read(head, 0, head.length, 0)).bytesRead < head.length || !head.subarray(0, MARK.length).equals(MARK)) throw damaged('it is no bundle of this installation')
    const own = keyOf(key, head.subarray(MARK.length), id)
    const frame = Buffer.alloc(PIECE + TAG)
    for (let at = head.length, index = 0; ; index += 1) {
      const { bytesRead } = await file.read(frame, 0, frame.length, at)
      if (bytesRead < TAG) throw damaged('it was cut off')
      at += bytesRead
      const last = at >= size
      try {
        const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(index, last)).setAuthTag(frame.subarray(bytesRead - TAG, bytesRead))
        yield Buffer.concat([decipher.update(frame.subarray(0, bytesRead - TAG)), decipher.final()])
      } catch (cause) {
        throw damaged('its seal is broken', cause)
      }
      if (last) return
    }
  } finally {
    await file.close()
  }
}
