// Zip and what is one: names, sizes and CRC-32 of the central directory. A container in it is inflated into memory.
import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl'
import { type ListingBudget, ListingEnd } from './budget.ts'
import { type ByteSource, streamOf } from './source.ts'

class Reader extends RandomAccessReader {
  readonly #source: ByteSource
  constructor(source: ByteSource) {
    super()
    this.#source = source
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return streamOf(this.#source, start, end)
  }
  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    const bytes = this.#source.read(position, length)
    bytes.copy(buffer, offset)
    // Not in this turn: the next entry is asked for inside the callback, and a stack of all entries is too deep.
    process.nextTick(callback, bytes.length === length ? null : new Error('end'))
  }
}

const open = (source: ByteSource): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    // Names are taken as they are: nothing is ever written by them, and a strange one is no reason to see none.
    fromRandomAccessReader(new Reader(source), source.size, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false }, (error, zip) => (error === null && zip !== undefined ? resolve(zip) : reject(new ListingEnd('failed'))))
  })

/** The entries one after the other; ends early and marks the budget where the directory is damaged. */
async function* entries(zip: ZipFile, budget: ListingBudget): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | 'end' | 'damaged'>((resolve) => {
      const on = (found: Entry): void => finish(found)
      const end = (): void => finish('end')
      const damaged = (): void => finish('damaged')
      const finish = (what: Entry | 'end' | 'damaged'): void => {
        zip.off('entry', on).off('end', end).off('error', damaged)
        resolve(what)
      }
      zip.on('entry', on).on('end', end).on('error', damaged)
      zip.readEntry()
    })
    if (entry === 'damaged') budget.mark('failed')
    if (entry === 'end' || entry === 'damaged') return
    yield entry
  }
}

/** A name that is not UTF-8 is told byte by byte, as latin1; no reader of ours asks for more. */
const nameOf = (raw: Buffer): string => (isUtf8(raw) ? raw.toString('utf8') : raw.toString('latin1'))

async function inflated(zip: ZipFile, entry: Entry, budget: ListingBudget): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    try {
      zip.openReadStream(entry, (error, found) => (error === null && found !== undefined ? resolve(found) : reject(new ListingEnd('failed'))))
    } catch {
      reject(new ListingEnd('unsupported'))
    }
  })
  const parts: Buffer[] = []
  let made = 0
  for await (const part of stream) {
    const piece = part as Buffer
    made += piece.length
    budget.spend(piece.length, made, Math.max(1, entry.compressedSize))
    if (made > budget.limits.nestedBytes) throw new ListingEnd('partial')
    parts.push(piece)
  }
  return Buffer.concat(parts)
}

/**
 * @param isContainer whether a member of this name may be one itself
 * @param nested lists such a member
 * @throws ListingEnd
 */
export async function listZip(source: ByteSource, budget: ListingBudget, isContainer: (name: string) => boolean, nested: (bytes: Buffer) => Promise<void>): Promise<void> {
  const zip = await open(source)
  // Damage may be noticed between two entries, when nobody waits.
  zip.on('error', () => budget.mark('failed'))
  for await (const entry of entries(zip, budget)) {
    const raw = entry.fileName as unknown as Buffer
    const name = nameOf(raw)
    if (name.endsWith('/')) continue
    const encrypted = (entry.generalPurposeBitFlag & 1) === 1
    if (encrypted) budget.encrypted()
    // WinZip's AE-2 leaves the CRC out (0); an empty file has none to tell.
    const crc32 = entry.crc32 === 0 || entry.uncompressedSize === 0 ? undefined : entry.crc32 >>> 0
    budget.member({ name, sizeBytes: entry.uncompressedSize, ...(crc32 === undefined ? {} : { crc32 }) })
    if (!isContainer(name)) continue
    if (encrypted) budget.mark('encrypted')
    else if (entry.uncompressedSize > budget.limits.nestedBytes) budget.mark('partial')
    else await budget.within(name, async () => nested(await inflated(zip, entry, budget)))
  }
}
