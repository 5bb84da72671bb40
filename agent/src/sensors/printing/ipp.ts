// Attributes of a print job as CUPS keeps them in its control files (cups/ipp.c, RFC 8010 chapter 3):
//
//   u16 version  u16 status  u32 request id
//   then:  u8 group tag (0x01 to 0x0f; 0x03 ends)   or   u8 value tag  u16 length  name  u16 length  value
//   a value without a name is one more of the attribute before it
//
// Whoever prints chooses names and titles: nothing here trusts a length.

export type IppValue = string | number | boolean

const HEADER_BYTES = 8
const END = 0x03
const FIRST_VALUE = 0x10
const MAX_ATTRIBUTES = 4096
const MAX_TEXT = 1024

/** `textWithLanguage` and `nameWithLanguage`: u16 length, language, u16 length, text. */
function withLanguage(value: Buffer): string {
  if (value.length < 4) return ''
  const at = 2 + value.readUInt16BE(0)
  return at + 2 > value.length ? '' : value.toString('utf8', at + 2, Math.min(value.length, at + 2 + value.readUInt16BE(at)))
}

function valueOf(tag: number, value: Buffer): IppValue | undefined {
  if (tag === 0x21 || tag === 0x23) return value.length === 4 ? value.readInt32BE(0) : undefined
  if (tag === 0x22) return value[0] === 1
  if (tag === 0x35 || tag === 0x36) return withLanguage(value).slice(0, MAX_TEXT)
  return tag >= 0x40 && tag <= 0x5f ? value.toString('utf8').slice(0, MAX_TEXT) : undefined
}

/** @returns each attribute with its first value; what is cut ends the list */
export function parseIpp(bytes: Buffer): ReadonlyMap<string, IppValue> {
  const found = new Map<string, IppValue>()
  for (let at = HEADER_BYTES; at < bytes.length && found.size < MAX_ATTRIBUTES;) {
    const tag = bytes[at] ?? END
    if (tag === END) break
    at += 1
    if (tag < FIRST_VALUE) continue
    if (at + 2 > bytes.length) break
    const name = bytes.toString('latin1', at + 2, at + 2 + bytes.readUInt16BE(at))
    at += 2 + bytes.readUInt16BE(at)
    if (at + 2 > bytes.length) break
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) break
    const value = valueOf(tag, bytes.subarray(at + 2, end))
    if (name !== '' && value !== undefined && !found.has(name)) found.set(name, value)
    at = end
  }
  return found
}
