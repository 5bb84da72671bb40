// A sketch of a content: the smallest hashes of its pieces. Two contents that share pieces share hashes, so a copy that was
// changed here and there is still known, at the cost of reading it once.
//
// Pieces are cut where the content says so, so that an insertion moves one border and not all (gear hash, the boundary test of
// FastCDC: Xia et al., "FastCDC: a Fast and Efficient Content-Defined Chunking Approach for Data Deduplication", 2016), about
// 1 KiB each; a piece's hash is its CRC-32. Of a zip the pieces are its members: compressed bytes change all together, members do not.
// The smallest hashes are a fair sample of all, and the same one for both files (Broder, "On the resemblance and containment of documents", 1997).
import { crc32 } from 'node:zlib'

const SMALLEST = 256
const LARGEST = 8192
/** Ten bits, high ones: those have seen the most bytes of the gear hash. */
const BORDER = 0x3ff << 20
export const SKETCH_HASHES = 24
/** Below this there are too few pieces to compare. */
export const SKETCH_FROM_BYTES = 4096
export const SKETCH_TO_BYTES = 16 << 20

/** Random numbers, the same in every agent: xorshift32 from one seed. */
const GEAR = Uint32Array.from({ length: 256 }, (() => {
  let x = 0x9e3779b9
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return x >>> 0
  }
})())

/** Collects hashes of pieces; keeps the smallest ones. */
export interface Sketcher {
  piece(hash: number): void
  end(): readonly number[]
}

export function createSketcher(): Sketcher {
  let kept = new Set<number>()
  let limit = Number.POSITIVE_INFINITY
  const cut = (): void => {
    kept = new Set(Uint32Array.from(kept).toSorted().slice(0, SKETCH_HASHES))
    limit = kept.size < SKETCH_HASHES ? Number.POSITIVE_INFINITY : Math.max(...kept)
  }
  return {
    piece(hash) {
      if (hash > limit) return
      kept.add(hash)
      if (kept.size > 8 * SKETCH_HASHES) cut()
    },
    end() {
      cut()
      return [...kept]
    },
  }
}

const isBlank = (piece: Buffer): boolean => piece.every((byte) => byte === piece[0])

/** The sketch of bytes in memory. Pieces of one value alone (holes, padding) are like those of any other file, and are left out. */
export function sketchOfBytes(bytes: Buffer): readonly number[] {
  const sketcher = createSketcher()
  let from = 0
  while (from < bytes.length) {
    const end = Math.min(bytes.length, from + LARGEST)
    let at = Math.min(end, from + SMALLEST)
    let hash = 0
    for (; at < end; at += 1) {
      hash = ((hash << 1) + (GEAR[bytes[at] ?? 0] ?? 0)) | 0
      if ((hash & BORDER) === 0) break
    }
    const piece = bytes.subarray(from, at)
    if (!isBlank(piece)) sketcher.piece(crc32(piece))
    from = at
  }
  return sketcher.end()
}

/** @returns how much two contents have in common, 0 to 1, from their sketches; within about 0.1 */
export function resemblance(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [new Set(a), new Set(b)]
  const union = [...new Set([...a, ...b])].toSorted((x, y) => x - y).slice(0, SKETCH_HASHES)
  if (union.length === 0) return 0
  return union.filter((hash) => left.has(hash) && right.has(hash)).length / union.length
}
