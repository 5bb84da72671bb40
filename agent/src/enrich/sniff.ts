// What a file is, by its first bytes; only what an indicator or a person needs to know.

export interface Sniffed {
  /** Empty when the content is none of these. */
  readonly mimeType: string
  /** An archive that says of itself that it takes a password. */
  readonly encrypted: boolean
}

const starts = (head: Buffer, bytes: readonly number[], at = 0): boolean => head.length >= at + bytes.length && bytes.every((byte, index) => head[at + index] === byte)

/** AES-256 with SHA-256, the only cipher of the 7z format (7zFormat.txt, codec id 06F10701). */
const SEVEN_ZIP_AES = Buffer.from([0x06, 0xf1, 0x07, 0x01])

/** Bit 0 of the general purpose flag, of the first local header or of any entry of the central directory (APPNOTE.TXT 4.4.4). */
function zipIsEncrypted(head: Buffer, tail: Buffer): boolean {
  if (head.length >= 8 && head.readUInt32LE(0) === 0x04034b50 && (head.readUInt16LE(6) & 1) === 1) return true
  for (let at = tail.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && at + 10 <= tail.length; at = tail.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    if ((tail.readUInt16LE(at + 8) & 1) === 1) return true
  }
  return false
}

/** RAR 5: a header of type 4 right after the signature; RAR 4: bit 7 of the main header, or bit 2 of the first file's. */
function rarIsEncrypted(head: Buffer): boolean {
  if (starts(head, [0x01, 0x00], 6)) return head[13] === 4
  return ((head[10] ?? 0) & 0x80) !== 0 || ((head[23] ?? 0) & 0x04) !== 0
}

/**
 * @param head first bytes of the file, up to 64 KiB
 * @param tail last bytes; the same as `head` for a short file
 */
export function sniff(head: Buffer, tail: Buffer): Sniffed {
  const plain = (mimeType: string): Sniffed => ({ mimeType, encrypted: false })
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06])) return { mimeType: 'application/zip', encrypted: zipIsEncrypted(head, tail) }
  if (starts(head, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])) return { mimeType: 'application/x-7z-compressed', encrypted: tail.includes(SEVEN_ZIP_AES) }
  if (starts(head, [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07])) return { mimeType: 'application/vnd.rar', encrypted: rarIsEncrypted(head) }
  if (starts(head, [0x1f, 0x8b])) return plain('application/gzip')
  if (starts(head, [0x42, 0x5a, 0x68])) return plain('application/x-bzip2')
  if (starts(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])) return plain('application/x-xz')
  if (starts(head, [0x28, 0xb5, 0x2f, 0xfd])) return plain('application/zstd')
  if (head.length > 262 && head.toString('latin1', 257, 262) === 'ustar') return plain('application/x-tar')
  if (starts(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return plain('application/pdf')
  return plain('')
}

const ARCHIVE_TYPES: ReadonlySet<string> = new Set(['application/zip', 'application/x-7z-compressed', 'application/vnd.rar', 'application/gzip', 'application/x-bzip2', 'application/x-xz', 'application/zstd', 'application/x-tar'])
/** What archives are called. */
export const ARCHIVE_NAME = /\.(zip|7z|rar|tar|gz|tgz|bz2|tbz2?|xz|txz|zst|tzst)$/i

/** Names of what is never an archive by itself, and names that say nothing: an archive called so hides what it is. */
const OTHER_NAME = /(\.(jpe?g|png|gif|bmp|tiff?|heic|raw|cr2|nef|dng|psd|mp[34]|m4[av]|mov|avi|mkv|wav|flac|pdf|txt|md|csv|log|dat|bin|bak|old|tmp|img|doc|xls|ppt|rtf|html?)|\/[^./]+)$/i

/**
 * Both its name and its first bytes say so: an office document is a zip too, and a text may be called x.zip. An archive under
 * the name of a picture, a text or such is one as well.
 */
export const isArchive = (path: string, mimeType: string): boolean => ARCHIVE_TYPES.has(mimeType) && (ARCHIVE_NAME.test(path) || OTHER_NAME.test(path))

const OFFICE_NAME = /\.(docx|docm|dotx|xlsx|xlsm|pptx|pptm|ppsx|odt|ods|odp|odg|epub|jar|vsdx)$/i

/** What has members: an archive, or an office document that is one. */
export const isContainer = (path: string, mimeType: string): boolean => isArchive(path, mimeType) || (mimeType === 'application/zip' && OFFICE_NAME.test(path))
