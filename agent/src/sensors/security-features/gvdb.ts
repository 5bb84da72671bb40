// The binary file that dconf keeps settings in (~/.config/dconf/user, /etc/dconf/db/*): GVDB, as of gvdb-format.h.
//
//   0   "GVariant"                       8 bytes
//   8   version, options                 2 x u32, little-endian
//   16  root table: start, end           2 x u32
//   root table:  u32 bloom words (low 27 bits), u32 buckets, bloom words, buckets, then items of 24 bytes:
//   item:        u32 hash, u32 parent item, u32 key start, u16 key length, u8 type, u8, u32 value start, u32 value end
//
// A key is the keys of its parents, joined. A value of type `v` is a serialised variant: its bytes, 0, its type string.
// The file belongs to a person, so nothing in it is trusted: every offset is checked, and nothing is followed twice.
const ITEM_BYTES = 24
const MAX_DEPTH = 32
const MAX_ITEMS = 50_000
const NO_PARENT = 0xffff_ffff

export type GvdbValue = boolean | number | string

/** Booleans, 32-bit numbers and strings: the types of the settings that matter here. */
function parseVariant(bytes: Buffer): GvdbValue | undefined {
  const end = bytes.lastIndexOf(0)
  if (end < 0) return undefined
  const type = bytes.toString('latin1', end + 1)
  const body = bytes.subarray(0, end)
  if (type === 'b' && body.length === 1) return body[0] !== 0
  if (type === 'u' && body.length === 4) return body.readUInt32LE(0)
  if (type === 'i' && body.length === 4) return body.readInt32LE(0)
  if (type === 's' && body.length > 0) return body.toString('utf8', 0, body.length - 1)
  return undefined
}

/** @returns full key (`/org/gnome/desktop/screensaver/lock-enabled`) -> value; undefined for what is no such file */
export function parseGvdb(file: Buffer): ReadonlyMap<string, GvdbValue> | undefined {
  if (file.length < 24 || file.toString('latin1', 0, 8) !== 'GVariant' || file.readUInt32LE(8) !== 0) return undefined
  const start = file.readUInt32LE(16)
  const end = file.readUInt32LE(20)
  if (start + 8 > end || end > file.length) return undefined
  const itemsAt = start + 8 + 4 * ((file.readUInt32LE(start) & 0x07ff_ffff) + file.readUInt32LE(start + 4))
  if (itemsAt > end) return undefined
  const items = Math.min(Math.floor((end - itemsAt) / ITEM_BYTES), MAX_ITEMS)

  const keyOf = (item: number, depth = 0): string | undefined => {
    if (item >= items || depth > MAX_DEPTH) return undefined
    const at = itemsAt + item * ITEM_BYTES
    const from = file.readUInt32LE(at + 8)
    const to = from + file.readUInt16LE(at + 12)
    if (to > file.length) return undefined
    const parent = file.readUInt32LE(at + 4)
    const above = parent === NO_PARENT ? '' : keyOf(parent, depth + 1)
    return above === undefined ? undefined : above + file.toString('utf8', from, to)
  }

  const values = new Map<string, GvdbValue>()
  for (let item = 0; item < items; item++) {
    const at = itemsAt + item * ITEM_BYTES
    const from = file.readUInt32LE(at + 16)
    const to = file.readUInt32LE(at + 20)
    if (file[at + 14] !== 0x76 || from > to || to > file.length) continue
    const key = keyOf(item)
    const value = parseVariant(file.subarray(from, to))
    if (key !== undefined && value !== undefined) values.set(key, value)
  }
  return values
}
