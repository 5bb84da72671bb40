// How many different files: exact up to FILES_KEPT, an estimate above it.
//
// The sketch keeps the smallest hashes seen (k minimum values). Merging two sketches is a union, so the order and the
// batching of activities never change it. Source: Bar-Yossef et al., "Counting distinct elements in a data stream", 2002.

/** Hashes kept for one insight; exact to here, then within about 1/sqrt(64) = 12 % (one standard error). */
export const FILES_KEPT = 64

const RANGE = 0x1_0000_0000

/** A 32-bit hash of a file's identity as 8 hex digits (FNV-1a with a final mix, so that the smallest values are a fair sample). */
export function fileHash(identity: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < identity.length; index += 1) hash = Math.imul(hash ^ identity.charCodeAt(index), 0x01000193)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Union of two sketches: sorted, without repeats, at most FILES_KEPT. */
export function mergeFiles(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged: string[] = []
  let left = 0
  let right = 0
  while (merged.length < FILES_KEPT && (left < a.length || right < b.length)) {
    const x = a[left]
    const y = b[right]
    if (y === undefined || (x !== undefined && x <= y)) {
      merged.push(x as string)
      left += 1
      if (x === y) right += 1
    } else {
      merged.push(y)
      right += 1
    }
  }
  return merged
}

/** The sketch of a set of hashes. */
export const sketchOf = (hashes: Iterable<string>): readonly string[] => [...new Set(hashes)].toSorted().slice(0, FILES_KEPT)

/** Number of distinct files that a sketch stands for. */
export function distinctFiles(sketch: readonly string[]): number {
  const last = sketch[FILES_KEPT - 1]
  if (last === undefined) return sketch.length
  return Math.max(FILES_KEPT, Math.round(((FILES_KEPT - 1) * RANGE) / (Number.parseInt(last, 16) + 1)))
}
