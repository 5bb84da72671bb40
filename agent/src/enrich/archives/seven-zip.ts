// 7z: names, sizes and CRC-32 out of its header, which stands at the end and is mostly packed with LZMA.
//
//   0   '7z' BC AF 27 1C, version (2), CRC of the next 20 bytes, offset (8), size (8) and CRC (4) of the header
//   header: 01 = as it is, 17 = packed; then PackInfo, UnpackInfo (folders of coders), SubStreamsInfo, FilesInfo
//
// Source: 7zFormat.txt of the LZMA SDK (public domain). Folders with an AES coder take a password; when the packed header
// has one, its names do as well.
import { crc32 } from 'node:zlib'
import { type ListingBudget, ListingEnd } from './budget.ts'
import { decodeLzma } from './lzma.ts'
import type { ByteSource } from './source.ts'

const SIGNATURE = 32
const LZMA = '030101'
const COPY = '00'
const AES = '06f10701'
const MAX_CODERS = 32

interface Coder {
  readonly id: string
  readonly properties: Buffer
}
interface Folder {
  readonly coders: readonly Coder[]
  /** Output stream that nobody takes in: the content. */
  readonly mainOut: number
  readonly outs: number
  size: number
  crc: number | undefined
}
interface Streams {
  readonly packPos: number
  readonly packSizes: readonly number[]
  readonly folders: readonly Folder[]
  /** Of the files with content, in their order. */
  readonly files: readonly { readonly size: number; readonly crc: number | undefined; readonly encrypted: boolean }[]
}

/** Reads the header; whatever leads out of it throws ListingEnd `failed`. */
class Cursor {
  readonly bytes: Buffer
  at = 0
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  byte(): number {
    const value = this.bytes[this.at]
    if (value === undefined) throw new ListingEnd('failed')
    this.at += 1
    return value
  }
  take(length: number): Buffer {
    if (length < 0 || this.at + length > this.bytes.length) throw new ListingEnd('failed')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
  /** NUMBER of 7zFormat.txt: as many leading ones as bytes follow. */
  number(): number {
    const first = this.byte()
    let mask = 0x80
    let value = 0n
    for (let index = 0; index < 8; index += 1) {
      if ((first & mask) === 0) {
        value |= BigInt(first & (mask - 1)) << BigInt(8 * index)
        break
      }
      value |= BigInt(this.byte()) << BigInt(8 * index)
      mask >>= 1
    }
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ListingEnd('failed')
    return Number(value)
  }
  /** A number of things that each take at least a bit or a byte of what is left, or of which there are few. */
  count(most: number): number {
    const value = this.number()
    if (value > most) throw new ListingEnd('failed')
    return value
  }
  bits(count: number): readonly boolean[] {
    const bytes = this.take(Math.ceil(count / 8))
    return Array.from({ length: count }, (_, index) => (((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1)
  }
  digests(count: number): readonly (number | undefined)[] {
    const defined = this.byte() === 0 ? this.bits(count) : undefined
    return Array.from({ length: count }, (_, index) => (defined?.[index] === false ? undefined : this.take(4).readUInt32LE(0)))
  }
}

function readFolder(cursor: Cursor): Folder {
  const coders: Coder[] = []
  let ins = 0
  let outs = 0
  const count = cursor.count(MAX_CODERS)
  for (let index = 0; index < count; index += 1) {
    const flags = cursor.byte()
    const id = cursor.take(flags & 15).toString('hex')
    const complex = (flags & 0x10) !== 0
    ins += complex ? cursor.count(MAX_CODERS) : 1
    outs += complex ? cursor.count(MAX_CODERS) : 1
    coders.push({ id, properties: (flags & 0x20) === 0 ? Buffer.alloc(0) : cursor.take(cursor.number()) })
  }
  if (count === 0 || outs === 0) throw new ListingEnd('failed')
  const taken = new Set<number>()
  for (let pair = 0; pair < outs - 1; pair += 1) {
    cursor.number()
    taken.add(cursor.number())
  }
  const packed = ins - (outs - 1)
  if (packed > 1) for (let index = 0; index < packed; index += 1) cursor.number()
  let mainOut = 0
  while (taken.has(mainOut)) mainOut += 1
  return { coders, mainOut, outs, size: 0, crc: undefined }
}

const isEncrypted = ({ coders }: Folder): boolean => coders.some(({ id }) => id === AES)

function readSubStreams(cursor: Cursor, folders: readonly Folder[], limit: number): Streams['files'] {
  const counts = folders.map(() => 1)
  let type = cursor.number()
  if (type === 0x0d) {
    let all = 0
    for (let index = 0; index < folders.length; index += 1) {
      counts[index] = cursor.count(limit)
      all += counts[index] ?? 0
      if (all > limit) throw new ListingEnd('partial')
    }
    type = cursor.number()
  }
  const sizes: number[][] = folders.map((folder, index) => {
    const count = counts[index] ?? 0
    const own: number[] = []
    let left = folder.size
    for (let stream = 0; stream < count - 1; stream += 1) {
      const size = type === 0x09 ? cursor.number() : 0
      own.push(size)
      left -= size
    }
    if (count > 0) own.push(left)
    return own
  })
  if (type === 0x09) type = cursor.number()
  const known = (folder: Folder, index: number): boolean => counts[index] === 1 && folder.crc !== undefined
  const unknown = folders.reduce((sum, folder, index) => sum + (known(folder, index) ? 0 : counts[index] ?? 0), 0)
  let digests: readonly (number | undefined)[] = []
  for (; type !== 0; type = cursor.number()) {
    if (type === 0x0a) digests = cursor.digests(unknown)
    else cursor.take(cursor.number())
  }
  let next = 0
  return folders.flatMap((folder, index) => (sizes[index] ?? []).map((size) => ({ size, crc: known(folder, index) ? folder.crc : digests[next++], encrypted: isEncrypted(folder) })))
}

function readStreams(cursor: Cursor, limit: number): Streams {
  let packPos = 0
  let packSizes: number[] = []
  let folders: Folder[] = []
  let files: Streams['files'] | undefined
  for (let type = cursor.number(); type !== 0; type = cursor.number()) {
    if (type === 0x06) {
      packPos = cursor.number()
      const count = cursor.count(limit)
      for (let inner = cursor.number(); inner !== 0; inner = cursor.number()) {
        if (inner === 0x09) packSizes = Array.from({ length: count }, () => cursor.number())
        else if (inner === 0x0a) cursor.digests(count)
        else throw new ListingEnd('failed')
      }
    } else if (type === 0x07) {
      if (cursor.number() !== 0x0b) throw new ListingEnd('failed')
      const count = cursor.count(limit)
      // Folders that stand in another stream are written by nobody.
      if (cursor.byte() !== 0) throw new ListingEnd('unsupported')
      folders = Array.from({ length: count }, () => readFolder(cursor))
      for (let inner = cursor.number(); inner !== 0; inner = cursor.number()) {
        if (inner === 0x0c) for (const folder of folders) for (let out = 0; out < folder.outs; out += 1) { const size = cursor.number(); if (out === folder.mainOut) folder.size = size }
        else if (inner === 0x0a) for (const [index, crc] of cursor.digests(count).entries()) { const folder = folders[index]; if (folder !== undefined) folder.crc = crc }
        else throw new ListingEnd('failed')
      }
    } else if (type === 0x08) files = readSubStreams(cursor, folders, limit)
    else throw new ListingEnd('failed')
  }
  return { packPos, packSizes, folders, files: files ?? folders.map((folder) => ({ size: folder.size, crc: folder.crc, encrypted: isEncrypted(folder) })) }
}

function listFiles(cursor: Cursor, streams: Streams, budget: ListingBudget): void {
  const count = cursor.count(budget.limits.entries)
  let names: readonly string[] = []
  let empty: readonly boolean[] = []
  for (let type = cursor.number(); type !== 0; type = cursor.number()) {
    const body = new Cursor(cursor.take(cursor.number()))
    if (type === 0x0e) empty = body.bits(count)
    else if (type === 0x11 && body.byte() === 0) names = body.bytes.subarray(1).toString('utf16le').split('\0')
  }
  let next = 0
  for (let index = 0; index < count; index += 1) {
    // A folder, or a file without content.
    if (empty[index] === true) continue
    const stream = streams.files[next++]
    if (stream === undefined) throw new ListingEnd('failed')
    if (stream.encrypted) budget.encrypted()
    budget.member({ name: names[index] ?? '', sizeBytes: stream.size, ...(stream.crc === undefined || stream.size === 0 ? {} : { crc32: stream.crc }) })
  }
}

function unpackHeader(source: ByteSource, streams: Streams, budget: ListingBudget): Buffer {
  const [folder] = streams.folders
  const size = streams.packSizes[0] ?? 0
  if (folder === undefined || folder.size > budget.limits.headerBytes || size > budget.limits.headerBytes) throw new ListingEnd('partial')
  if (isEncrypted(folder)) {
    budget.encrypted()
    throw new ListingEnd('encrypted')
  }
  const packed = source.read(SIGNATURE + streams.packPos, size)
  const [coder] = folder.coders
  if (coder === undefined || folder.coders.length > 1) throw new ListingEnd('unsupported')
  const header = coder.id === COPY ? packed : coder.id === LZMA ? decodeLzma(coder.properties, packed, folder.size) : undefined
  if (header === undefined) throw new ListingEnd(coder.id === LZMA ? 'failed' : 'unsupported')
  if (folder.crc !== undefined && crc32(header) !== folder.crc) throw new ListingEnd('failed')
  return header
}

/** @throws ListingEnd */
export function listSevenZip(source: ByteSource, budget: ListingBudget): void {
  const start = source.read(0, SIGNATURE)
  if (start.length < SIGNATURE) throw new ListingEnd('failed')
  const offset = Number(start.readBigUInt64LE(12))
  const size = Number(start.readBigUInt64LE(20))
  if (size === 0) return
  if (size > budget.limits.headerBytes) throw new ListingEnd('partial')
  if (SIGNATURE + offset + size > source.size) throw new ListingEnd('failed')
  let bytes = source.read(SIGNATURE + offset, size)
  if (crc32(bytes) !== start.readUInt32LE(28)) throw new ListingEnd('failed')
  for (let depth = 0; depth <= budget.limits.depth; depth += 1) {
    budget.checkTime()
    const cursor = new Cursor(bytes)
    const kind = cursor.number()
    if (kind === 0x17) {
      bytes = unpackHeader(source, readStreams(cursor, budget.limits.entries), budget)
      continue
    }
    if (kind !== 0x01) throw new ListingEnd('failed')
    let streams: Streams = { packPos: 0, packSizes: [], folders: [], files: [] }
    for (let type = cursor.number(); type !== 0; type = cursor.number()) {
      if (type === 0x04) streams = readStreams(cursor, budget.limits.entries)
      else if (type === 0x05) listFiles(cursor, streams, budget)
      else if (type === 0x03) readStreams(cursor, budget.limits.entries)
      else throw new ListingEnd('failed')
    }
    return
  }
  throw new ListingEnd('refused')
}
