// Which activities a file has named before, in some 24 to 48 bytes for each: an open-addressing table of hashes.
//
// A file may hold an activity twice, as a device may send one twice. The table tells a repeat (same name, same content)
// from a clash (same name, other content). Names are known by 64 bits of SHA-256: among ten million the chance that two
// different ones look alike is below one in a hundred thousand.
import { hash } from 'node:crypto'

export type Sighting = 'first' | 'repeat' | 'clash'

export interface Seen {
  /** @param digest at least 4 bytes of a hash of the content */
  see(key: string, digest: Uint8Array): Sighting
}

const EMPTY = 0

export function createSeen(): Seen {
  let slots = 1024
  let used = 0
  // Three numbers a slot: two halves of the name's hash, and the content's.
  let table = new Uint32Array(slots * 3)

  const slotOf = (high: number, low: number): number => {
    let slot = low & (slots - 1)
    while (table[slot * 3] !== EMPTY && (table[slot * 3] !== high || table[slot * 3 + 1] !== low)) slot = (slot + 1) & (slots - 1)
    return slot
  }
  const grow = (): void => {
    const before = table
    slots *= 2
    table = new Uint32Array(slots * 3)
    for (let at = 0; at < before.length; at += 3) {
      const high = before[at] ?? EMPTY
      if (high !== EMPTY) table.set(before.subarray(at, at + 3), slotOf(high, before[at + 1] ?? 0) * 3)
    }
  }

  return {
    see(key, digest) {
      const name = hash('sha256', key, 'buffer')
      const high = name.readUInt32LE(0) || 1
      const low = name.readUInt32LE(4)
      const content = Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).readUInt32LE(0)
      if (used * 2 >= slots) grow()
      const at = slotOf(high, low) * 3
      if (table[at] !== EMPTY) return table[at + 2] === content ? 'repeat' : 'clash'
      table.set([high, low, content], at)
      used += 1
      return 'first'
    },
  }
}
