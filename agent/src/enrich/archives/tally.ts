// Identity of a content that comes in pieces: the fingerprint of read-file.ts and the CRC-32 of zip and gzip.
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { EDGE_BYTES } from '../read-file.ts'

export interface Tally {
  add(piece: Buffer): void
  /** Of a content of exactly the bytes that were added. */
  end(): { readonly sizeBytes: number; readonly crc32: number; readonly fingerprint: string }
}

export function createTally(): Tally {
  const head = Buffer.allocUnsafe(EDGE_BYTES)
  let tail = Buffer.alloc(0)
  let size = 0
  let crc = 0
  return {
    add(piece) {
      crc = crc32(piece, crc)
      const taken = size < EDGE_BYTES ? piece.copy(head, size, 0, EDGE_BYTES - size) : 0
      size += piece.length
      if (taken === piece.length) return
      const rest = piece.subarray(taken)
      tail = rest.length >= EDGE_BYTES ? Buffer.from(rest.subarray(rest.length - EDGE_BYTES)) : Buffer.concat([tail.subarray(Math.max(0, tail.length + rest.length - EDGE_BYTES)), rest])
    },
    end() {
      const sizeBytes = Buffer.alloc(8)
      sizeBytes.writeBigUInt64BE(BigInt(size))
      const hash = createHash('sha256').update(sizeBytes).update(head.subarray(0, Math.min(size, EDGE_BYTES))).update(tail)
      return { sizeBytes: size, crc32: crc, fingerprint: hash.digest('hex') }
    },
  }
}
