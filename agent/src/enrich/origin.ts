// Where a downloaded file says that it came from, as each system keeps it beside the file:
//
//   Linux    extended attributes user.xdg.origin.url and user.xdg.referrer.url (freedesktop.org, CommonExtendedAttributes):
//            `curl --xattr`, `wget --xattr`, `yt-dlp --xattrs`, KDE; neither Firefox nor Chromium (tried: 156) writes any
//   Windows  the stream FILE:Zone.Identifier, an ini with ReferrerUrl and HostUrl
//   macOS    com.apple.metadata:kMDItemWhereFroms, a binary property list of strings: the file's address, then its page's
//
// Anybody who may write the file may write these: they are what the file says, not what happened. Of an address only scheme,
// host, port and path are kept: what stands before an `@` or behind a `?` or `#` is often a secret.

export interface Origin {
  /** Without user, password, query and fragment; empty when unknown. */
  readonly url: string
  readonly domain: string
  readonly referrerDomain: string
  readonly seenBy: 'xattr' | 'zone_identifier' | 'where_froms'
}

const MAX_URL = 1024
/** What is read of one attribute or stream. */
export const MAX_ORIGIN_BYTES = 16_384

/** `blob:https://…` and `view-source:` hold an address of their own; of `data:` nothing but the word is kept. */
export function cleanUrl(text: string): { readonly url: string; readonly domain: string } {
  const address = text.trim().replace(/^(?:blob|view-source|filesystem):/i, '')
  if (/^data:/i.test(address)) return { url: 'data:', domain: '' }
  let parsed: URL
  try {
    parsed = new URL(address)
  } catch {
    return { url: '', domain: '' }
  }
  if (!/^(?:https?|ftps?|sftp|file|ipfs|magnet):$/.test(parsed.protocol)) return { url: '', domain: '' }
  // A file that was opened from this device says nothing of the network, and its path may be anybody's.
  if (parsed.protocol === 'file:' || parsed.protocol === 'magnet:') return { url: parsed.protocol, domain: '' }
  return { url: `${parsed.protocol}//${parsed.host}${parsed.pathname}`.slice(0, MAX_URL), domain: parsed.hostname.toLowerCase().replace(/\.$/, '') }
}

const originOf = (seenBy: Origin['seenBy'], url: string | undefined, referrer: string | undefined): Origin | undefined => {
  const own = cleanUrl(url ?? '')
  const page = cleanUrl(referrer ?? '')
  return own.url === '' && page.domain === '' ? undefined : { url: own.url, domain: own.domain === '' ? page.domain : own.domain, referrerDomain: page.domain, seenBy }
}

/** @param attribute value of an extended attribute by its name */
export const originOfAttributes = (attribute: (name: string) => string | undefined): Origin | undefined => originOf('xattr', attribute('user.xdg.origin.url'), attribute('user.xdg.referrer.url'))

/** Zone 3 is the internet, 4 is restricted; 0 to 2 are this machine, the intranet and trusted sites, and no download from outside. */
export function originOfZoneIdentifier(text: string): Origin | undefined {
  const value = (key: string): string | undefined => new RegExp(`^${key}=(.*)$`, 'im').exec(text)?.[1]?.trim()
  const zone = Number(value('ZoneId') ?? Number.NaN)
  if (!/^\uFEFF?\s*\[ZoneTransfer\]/i.test(text) || !(zone >= 0 && zone <= 4)) return undefined
  const found = originOf('zone_identifier', value('HostUrl'), value('ReferrerUrl'))
  return found ?? (zone >= 3 ? { url: '', domain: '', referrerDomain: '', seenBy: 'zone_identifier' } : undefined)
}

/** The strings of a binary property list that is an array of strings (Apple, CFBinaryPList.c); empty for anything else. */
export function stringsOfPlist(bytes: Buffer): readonly string[] {
  if (bytes.length < 40 || bytes.toString('latin1', 0, 8) !== 'bplist00') return []
  const trailer = bytes.length - 32
  const offsetBytes = bytes[trailer + 6] ?? 0
  const referenceBytes = bytes[trailer + 7] ?? 0
  const count = Number(bytes.readBigUInt64BE(trailer + 8))
  const top = Number(bytes.readBigUInt64BE(trailer + 16))
  const table = Number(bytes.readBigUInt64BE(trailer + 24))
  if (![1, 2, 4].includes(offsetBytes) || ![1, 2].includes(referenceBytes) || count > 1024 || top >= count || table + count * offsetBytes > trailer) return []
  const offsetOf = (object: number): number => (object < count ? bytes.readUIntBE(table + object * offsetBytes, offsetBytes) : trailer)
  /** Number of elements, and where they begin; a count of 15 stands in an integer behind it. */
  const header = (at: number): { readonly kind: number; readonly length: number; readonly from: number } => {
    const byte = bytes[at] ?? 0
    if ((byte & 0xf) !== 0xf) return { kind: byte >> 4, length: byte & 0xf, from: at + 1 }
    const size = 1 << ((bytes[at + 1] ?? 0) & 0xf)
    return size > 4 || at + 2 + size > trailer ? { kind: 0, length: 0, from: at } : { kind: byte >> 4, length: bytes.readUIntBE(at + 2, size), from: at + 2 + size }
  }
  const list = header(offsetOf(top))
  if (list.kind !== 0xa || list.from + list.length * referenceBytes > trailer) return []
  return Array.from({ length: list.length }, (_, index) => {
    const { kind, length, from } = header(offsetOf(bytes.readUIntBE(list.from + index * referenceBytes, referenceBytes)))
    const size = kind === 0x6 ? length * 2 : length
    if ((kind !== 0x5 && kind !== 0x6) || from + size > trailer) return ''
    return kind === 0x5 ? bytes.toString('latin1', from, from + size) : Buffer.from(bytes.subarray(from, from + size)).swap16().toString('utf16le')
  })
}

export function originOfWhereFroms(bytes: Buffer): Origin | undefined {
  const [url, referrer] = stringsOfPlist(bytes)
  return originOf('where_froms', url, referrer)
}
