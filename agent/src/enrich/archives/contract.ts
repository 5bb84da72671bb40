// What is in a container: names, sizes and, as far as its format tells, the identity of each member's content.
//
//   zip, OOXML, OpenDocument, jar   central directory: name, size, CRC-32 of the content, also of an encrypted member
//   tar, tar.gz, tar.zst            the content is there: fingerprint and CRC-32
//   gzip                            CRC-32 and size modulo 2^32 of the trailer
//   zstd                            the content is there
//   7z                              header: name, size, CRC-32; a header with a password says so
//   rar, bzip2, xz                  not opened: `unsupported`

/** One file in a container; a member of a container in it is named `inner.zip!/name`. */
export interface Member {
  readonly name: string
  readonly sizeBytes: number
  /** CRC-32 of the content, as in zip and gzip. */
  readonly crc32?: number
  /** Where the content itself could be read: the identity that read-file.ts gives it. */
  readonly fingerprint?: string
}

export type ArchiveState = 'complete' | 'partial' | 'encrypted' | 'unsupported' | 'refused' | 'timeout' | 'failed' | 'skipped'

export interface ArchiveListing {
  readonly state: ArchiveState
  /** Any part of it takes a password. */
  readonly encrypted: boolean
  /** Files in it, those beyond the limit of `members` counted too as far as they were seen. */
  readonly count: number
  readonly members: readonly Member[]
}

export const noListing = (state: ArchiveState, encrypted = false): ArchiveListing => ({ state, encrypted, count: 0, members: [] })

export interface ListLimits {
  readonly members: number
  /** Entries that are counted at all. */
  readonly entries: number
  /** Bytes that are read or come out of compression. */
  readonly bytes: number
  /** A container in a container is read into memory up to this. */
  readonly nestedBytes: number
  readonly headerBytes: number
  readonly depth: number
  readonly millis: number
}

export const LIST_LIMITS: ListLimits = { members: 2000, entries: 200_000, bytes: 256 << 20, nestedBytes: 24 << 20, headerBytes: 16 << 20, depth: 3, millis: 5000 }
