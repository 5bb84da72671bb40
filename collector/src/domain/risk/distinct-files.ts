// How many different files, which, and since when on a day: exact up to FILES_KEPT, an estimate above it.
//
// The sketch keeps the smallest hashes seen (k minimum values). Merging two sketches is a union, so the order and the
// batching of activities never change it. Source: Bar-Yossef et al., "Counting distinct elements in a data stream", 2002.
// All sketches use one hash, so two of them are coordinated samples: what they share is exact up to FILES_KEPT, and a
// fair sample above it.
//
// An entry is text:
//
//   hhhhhhhh          hash of the file's identity, 8 hex digits
//   mmm               minute of the UTC day at which it was first seen, 3 hex digits; may be absent (older rows)
//   aaaaaaaa ...      hashes of other names of the same file (its path, its path before, the archive it went into),
//                     up to ALIASES_KEPT, rising
//
// Entries are sorted, one a hash. Of two with the same hash the earlier minute stays, and the smallest aliases of both.

/** Hashes kept for one insight; exact to here, then within about 1/sqrt(64) = 12 % (one standard error). */
export const FILES_KEPT = 64
export const ALIASES_KEPT = 3

const RANGE = 0x1_0000_0000
const HASH = 8
const MINUTE = 3
const HEAD = HASH + MINUTE

/** A 32-bit hash of a file's identity as 8 hex digits (FNV-1a with a final mix, so that the smallest values are a fair sample). */
export function fileHash(identity: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < identity.length; index += 1) hash = Math.imul(hash ^ identity.charCodeAt(index), 0x01000193)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0).toString(16).padStart(HASH, '0')
}

const MINUTES: readonly string[] = Array.from({ length: 1440 }, (_, minute) => minute.toString(16).padStart(MINUTE, '0'))

/** The entry of one sighting. @param aliases hashes */
export function fileEntry(hash: string, atMs: number, aliases: readonly string[] = []): string {
  const head = `${hash}${MINUTES[Math.floor((atMs % 86_400_000) / 60_000)] ?? '000'}`
  if (aliases.length === 0) return head
  if (aliases.length === 1) return aliases[0] === hash ? head : `${head}${aliases[0] ?? ''}`
  return head + [...new Set(aliases)].filter((alias) => alias !== hash).toSorted().slice(0, ALIASES_KEPT).join('')
}

export const hashOf = (entry: string): string => (entry.length === HASH ? entry : entry.slice(0, HASH))
/** Minute of the day, or undefined when the entry has none. */
export const minuteOf = (entry: string): number | undefined => (entry.length < HEAD ? undefined : Number.parseInt(entry.slice(HASH, HEAD), 16))
export function aliasesOf(entry: string): readonly string[] {
  if (entry.length <= HEAD) return []
  return Array.from({ length: Math.floor((entry.length - HEAD) / HASH) }, (_, index) => entry.slice(HEAD + index * HASH, HEAD + (index + 1) * HASH))
}

/** Value of 8 hex digits of a text. */
export function hexAt(text: string, from: number): number {
  let value = 0
  for (let at = from; at < from + HASH; at += 1) {
    const code = text.charCodeAt(at)
    // A letter has bit 6 and counts from 1. Without a branch, which would go the other way every second time.
    value = (value << 4) | ((code & 15) + 9 * (code >>> 6))
  }
  return value >>> 0
}

/** Where an entry's names stand: its hash first, then its aliases; each is read with hexAt. Numbers, because this runs for every file of every evaluation. */
export const namesIn = (entry: string): number => (entry.length <= HEAD ? 1 : 1 + Math.floor((entry.length - HEAD) / HASH))
export const nameAt = (entry: string, index: number): number => hexAt(entry, index === 0 ? 0 : HEAD + (index - 1) * HASH)

/** Two entries of one hash. Commutative and associative. */
function mergeEntries(a: string, b: string): string {
  if (a === b || b.length <= HASH) return a
  if (a.length <= HASH) return b
  const minute = a.slice(HASH, HEAD) < b.slice(HASH, HEAD) ? a.slice(HASH, HEAD) : b.slice(HASH, HEAD)
  if (a.length === HEAD && b.length === HEAD) return a.slice(0, HASH) + minute
  return a.slice(0, HASH) + minute + [...new Set([...aliasesOf(a), ...aliasesOf(b)])].toSorted().slice(0, ALIASES_KEPT).join('')
}

/** Union of two sketches: sorted, one entry a hash, at most FILES_KEPT. */
export function mergeFiles(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged: string[] = []
  let left = 0
  let right = 0
  while (merged.length < FILES_KEPT && (left < a.length || right < b.length)) {
    const x = a[left]
    const y = b[right]
    if (x !== undefined && y !== undefined && (x === y || hashOf(x) === hashOf(y))) {
      merged.push(mergeEntries(x, y))
      left += 1
      right += 1
    } else if (y === undefined || (x !== undefined && x < y)) {
      merged.push(x as string)
      left += 1
    } else {
      merged.push(y)
      right += 1
    }
  }
  return merged.slice()
}

/** The sketch of entries in any order. */
export function sketchOf(entries: Iterable<string>): readonly string[] {
  const sorted = [...entries]
  if (sorted.length < 2) return sorted
  const sketch: string[] = []
  for (const entry of sorted.toSorted()) {
    const last = sketch.at(-1)
    if (last !== undefined && hashOf(last) === hashOf(entry)) sketch[sketch.length - 1] = mergeEntries(last, entry)
    else if (sketch.length === FILES_KEPT) break
    else sketch.push(entry)
  }
  // A list that grew keeps room for more, of which a sketch that is kept for months has no use.
  return sketch.slice()
}

/** Number of distinct files that a sketch stands for. */
export function distinctFiles(sketch: readonly string[]): number {
  const last = sketch[FILES_KEPT - 1]
  if (last === undefined) return sketch.length
  return Math.max(FILES_KEPT, Math.round(((FILES_KEPT - 1) * RANGE) / (Number.parseInt(hashOf(last), 16) + 1)))
}
