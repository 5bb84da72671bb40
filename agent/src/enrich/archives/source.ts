// Random access to the bytes of a container: an open file, or a container that was in another one.
import { readSync } from 'node:fs'
import { Readable } from 'node:stream'

const PIECE = 256 << 10

export interface ByteSource {
  readonly size: number
  /** Fewer bytes than asked for only at the end. */
  read(position: number, length: number): Buffer
}

export const sourceOfBuffer = (bytes: Buffer): ByteSource => ({ size: bytes.length, read: (position, length) => bytes.subarray(position, Math.min(bytes.length, position + length)) })

export const sourceOfFile = (fd: number, size: number): ByteSource => ({
  size,
  read(position, length) {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)))
    let at = 0
    while (at < bytes.length) {
      const got = readSync(fd, bytes, at, bytes.length - at, position + at)
      if (got === 0) break
      at += got
    }
    return bytes.subarray(0, at)
  },
})

function* pieces(source: ByteSource, from: number, to: number): Generator<Buffer> {
  for (let at = from; at < to;) {
    const piece = source.read(at, Math.min(PIECE, to - at))
    if (piece.length === 0) return
    at += piece.length
    yield piece
  }
}

/** The bytes from one place to another, as a stream. */
export const streamOf = (source: ByteSource, from = 0, to = source.size): Readable => Readable.from(pieces(source, from, to), { objectMode: false, highWaterMark: PIECE })
