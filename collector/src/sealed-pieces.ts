// A stream under a key, sealed piece by piece, so that one of any size is written and read as it comes.
//
//   piece = ciphertext (64 KiB, the last one shorter or empty) · tag 16, AES-256-GCM
//   nonce = number of the piece, 8 bytes · 000 · 1 in the last piece, 0 before
//
// The mark of the last piece is what a stream that was cut off lacks. A key seals one stream and no second.
import { createCipheriv, createDecipheriv } from 'node:crypto'

const PIECE = 64 * 1024
const TAG = 16

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index))
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Cuts a stream into parts of one size, and the rest; a whole part stays until more comes: it may be the last one. */
async function* parts(source: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<{ readonly part: Buffer; readonly last: boolean }> {
  let waiting = Buffer.alloc(0)
  for await (const chunk of source) {
    waiting = waiting.length === 0 ? Buffer.from(chunk) : Buffer.concat([waiting, chunk])
    let at = 0
    for (; waiting.length - at > bytes; at += bytes) yield { part: waiting.subarray(at, at + bytes), last: false }
    if (at > 0) waiting = waiting.subarray(at)
  }
  yield { part: waiting, last: true }
}

/** @param key 32 bytes, of this stream alone */
export async function* sealPieces(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  let index = 0
  for await (const { part, last } of parts(source, PIECE)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, last))
    yield Buffer.concat([cipher.update(part), cipher.final(), cipher.getAuthTag()])
    index += 1
  }
}

/**
 * What was sealed; when it throws half way, what came before is not to be used.
 *
 * @param damaged the error for a stream that was cut off, or whose seal is broken at its first or a later piece
 */
export async function* openPieces(source: AsyncIterable<Uint8Array>, key: Uint8Array, damaged: (how: 'cut' | 'first' | 'later', cause?: unknown) => Error): AsyncGenerator<Buffer> {
  let index = 0
  for await (const { part, last } of parts(source, PIECE + TAG)) {
    if (part.length < TAG) throw damaged('cut')
    let open: Buffer
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, last)).setAuthTag(part.subarray(part.length - TAG))
      open = Buffer.concat([decipher.update(part.subarray(0, part.length - TAG)), decipher.final()])
    } catch (cause) {
      throw damaged(index === 0 ? 'first' : 'later', cause)
    }
    yield open
    index += 1
  }
}
