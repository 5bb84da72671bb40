// What a file is, by its first bytes; only what an indicator or a person needs to know.

export interface Sniffed {
  /** Empty when the content is none of these. */
  readonly mimeType: string
  /** It says of itself that it takes a password or a key. */
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

/** One file under a key: by its first bytes, whatever it is called. */
const ENCRYPTED: readonly { readonly type: string; readonly magic: Buffer }[] = [
  { type: 'application/x-openssl-salted', magic: Buffer.from('Salted__', 'latin1') },
  { type: 'application/x-age', magic: Buffer.from('age-encryption.org/v1', 'latin1') },
  { type: 'application/x-age', magic: Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----', 'latin1') },
  { type: 'application/pgp-encrypted', magic: Buffer.from('-----BEGIN PGP MESSAGE-----', 'latin1') },
  { type: 'application/x-luks', magic: Buffer.from('LUKS\xba\xbe', 'latin1') },
  { type: 'application/x-axcrypt', magic: Buffer.from('\xc0\xb9\x07\x2e\x4f\x93\xf1\x46\xa0\x15\x79\x2c\xa1\xd9\xe8\x21', 'latin1') },
]

/** OpenPGP in binary (RFC 9580, 4.2 and 5.1): a session key for a person (tag 1) or a passphrase (tag 3), with its version. */
function isPgp(head: Buffer): boolean {
  const tag = head[0] ?? 0
  if (tag === 0x84 || tag === 0x8c) return [3, 4, 5, 6].includes(head[2] ?? 0)
  if (tag === 0x85) return [3, 6].includes(head[3] ?? 0)
  return (tag === 0xc1 || tag === 0xc3) && [3, 4, 5, 6].includes(head[(head[1] ?? 0) < 192 ? 2 : 3] ?? 0)
}

/** What tools call a file whose content says nothing of itself: ccrypt, VeraCrypt, `enc`, those who lock files for ransom. */
const LOCKED_NAME = /\.(cpt|hc|tc|vc|aes|enc|encrypted|crypted|crypt|locked|lock|gpg|pgp|asc|age|axx|luks)$/i
/** Fewer bytes do not show whether they are random. */
const MIN_RANDOM_BYTES = 512

/** Chi-square of the bytes against all being as frequent: 255 on average for random ones, 1 in 10,000 of them beyond these bounds. */
function looksRandom(head: Buffer): boolean {
  if (head.length < MIN_RANDOM_BYTES) return false
  const counts = new Uint32Array(256)
  for (const byte of head) counts[byte] = (counts[byte] ?? 0) + 1
  const expected = head.length / 256
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return chiSquare > 175 && chiSquare < 350
}

function sniffEncrypted(head: Buffer, path: string): Sniffed | undefined {
  const known = ENCRYPTED.find(({ magic }) => head[0] === magic[0] && head.length > magic.length && head.compare(magic, 0, magic.length, 0, magic.length) === 0)
  if (known !== undefined) return { mimeType: known.type, encrypted: true }
  if (!LOCKED_NAME.test(path)) return undefined
  if (isPgp(head)) return { mimeType: 'application/pgp-encrypted', encrypted: true }
  return looksRandom(head) ? { mimeType: 'application/x-encrypted', encrypted: true } : undefined
}

/**
 * @param head first bytes of the file, up to 64 KiB
 * @param tail last bytes; the same as `head` for a short file
 * @param path what it is called, for contents that say nothing of themselves
 */
export function sniff(head: Buffer, tail: Buffer, path = ''): Sniffed {
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
  return sniffEncrypted(head, path) ?? plain('')
}

const ARCHIVE_TYPES: ReadonlySet<string> = new Set(['application/zip', 'application/x-7z-compressed', 'application/vnd.rar', 'application/gzip', 'application/x-bzip2', 'application/x-xz', 'application/zstd', 'application/x-tar'])
/** What archives are called. */
export const ARCHIVE_NAME = /\.(zip|7z|rar|tar|gz|tgz|bz2|tbz2?|xz|txz|zst|tzst)$/i

/** Names of what is never an archive by itself, and names that say nothing: an archive called so hides what it is. */
const OTHER_NAME = /(\.(jpe?g|png|gif|bmp|tiff?|heic|raw|cr2|nef|dng|psd|mp[34]|m4[av]|mov|avi|mkv|wav|flac|pdf|txt|md|csv|log|dat|bin|bak|old|tmp|img|doc|xls|ppt|rtf|html?)|\/[^./]+)$/i
const ENCRYPTED_TYPES: ReadonlySet<string> = new Set([...ENCRYPTED.map(({ type }) => type), 'application/pgp-encrypted', 'application/x-encrypted'])

/**
 * Both its name and its first bytes say so: an office document is a zip too, and a text may be called x.zip. An archive under
 * the name of a picture, a text or such is one as well.
 */
const isListable = (path: string, mimeType: string): boolean => ARCHIVE_TYPES.has(mimeType) && (ARCHIVE_NAME.test(path) || OTHER_NAME.test(path))

/** An archive, or a file under a key: what is within it is hidden as in an archive with a password. */
export const isArchive = (path: string, mimeType: string): boolean => isListable(path, mimeType) || ENCRYPTED_TYPES.has(mimeType)

const OFFICE_NAME = /\.(docx|docm|dotx|xlsx|xlsm|pptx|pptm|ppsx|odt|ods|odp|odg|epub|jar|vsdx)$/i

/** What has members: an archive, or an office document that is one. */
export const isContainer = (path: string, mimeType: string): boolean => isListable(path, mimeType) || (mimeType === 'application/zip' && OFFICE_NAME.test(path))
