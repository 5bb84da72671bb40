// Lists a container by what its bytes are, never by its name.
import { pipeline, type Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { ARCHIVE_NAME } from '../sniff.ts'
import { ListingBudget, ListingEnd } from './budget.ts'
import type { ArchiveListing } from './contract.ts'
import { listSevenZip } from './seven-zip.ts'
import { type ByteSource, sourceOfBuffer, streamOf } from './source.ts'
import { createTally } from './tally.ts'
import { listTar } from './tar.ts'
import { listZip } from './zip.ts'

const HEAD = 512
const isContainer = (name: string): boolean => ARCHIVE_NAME.test(name) || /\.(docx|xlsx|pptx|odt|ods|odp|jar)$/i.test(name)
const isTar = (head: Buffer): boolean => head.toString('latin1', 257, 262) === 'ustar'
const UNSUPPORTED = /^(Rar!|BZh|\xfd7zXZ)/

/** The stream of what was compressed, with its first bytes; counted against the budget as it flows. */
async function decompressed(source: ByteSource, budget: ListingBudget, transform: NodeJS.ReadWriteStream): Promise<{ readonly head: Buffer; readonly stream: Readable }> {
  let made = 0
  const stream = pipeline(streamOf(source), transform, async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      made += piece.length
      budget.spend(piece.length, made, source.size)
      yield piece
    }
  } as never, () => {}) as unknown as Readable
  const head = await new Promise<Buffer>((resolve, reject) => {
    const look = (): void => {
      const first = stream.read() as Buffer | null
      if (first === null) return
      stream.off('readable', look).off('error', reject).off('end', none)
      stream.unshift(first)
      resolve(first)
    }
    const none = (): void => resolve(Buffer.alloc(0))
    stream.on('readable', look).once('error', reject).once('end', none)
  })
  return { head, stream }
}

const ended = (error: unknown): ListingEnd => (error instanceof ListingEnd ? error : new ListingEnd('failed'))

async function tallied(stream: Readable, name: string, budget: ListingBudget): Promise<void> {
  const tally = createTally()
  for await (const piece of stream) tally.add(piece as Buffer)
  budget.member({ name, ...tally.end() })
}

/** Name of the only member of a gzip file, as far as it says one (RFC 1952, FNAME). */
function gzipName(head: Buffer): string {
  const flags = head[3] ?? 0
  if ((flags & 8) === 0) return ''
  const from = 10 + ((flags & 4) === 0 || head.length < 12 ? 0 : 2 + head.readUInt16LE(10))
  const end = head.indexOf(0, from)
  return end < 0 ? '' : head.toString('latin1', from, end)
}

async function listGzip(source: ByteSource, budget: ListingBudget, name: string): Promise<void> {
  const { head, stream } = await decompressed(source, budget, createGunzip())
  if (isTar(head)) return listTar(stream, budget, isContainer, (bytes) => listInto(sourceOfBuffer(bytes), budget, ''))
  const inner = gzipName(source.read(0, HEAD)) || name
  if (isContainer(inner) || source.size <= budget.limits.nestedBytes) return tallied(stream, inner, budget)
  stream.on('error', () => {}).destroy()
  // Of one that is large, the trailer says enough.
  const trailer = source.read(source.size - 8, 8)
  if (trailer.length < 8) throw new ListingEnd('failed')
  budget.member({ name: inner, sizeBytes: trailer.readUInt32LE(4), crc32: trailer.readUInt32LE(0) })
}

async function listZstd(source: ByteSource, budget: ListingBudget, name: string): Promise<void> {
  const { head, stream } = await decompressed(source, budget, createZstdDecompress())
  if (isTar(head)) return listTar(stream, budget, isContainer, (bytes) => listInto(sourceOfBuffer(bytes), budget, ''))
  return tallied(stream, name, budget)
}

/** @throws ListingEnd */
async function listInto(source: ByteSource, budget: ListingBudget, name: string): Promise<void> {
  const head = source.read(0, HEAD)
  const nested = (bytes: Buffer): Promise<void> => listInto(sourceOfBuffer(bytes), budget, '')
  const magic = head.length < 4 ? 0 : head.readUInt32BE(0)
  if (magic === 0x504b0304 || magic === 0x504b0506) return listZip(source, budget, isContainer, nested)
  if (head.toString('latin1', 0, 6) === '7z\xbc\xaf\x27\x1c') return listSevenZip(source, budget)
  if ((magic >>> 16) === 0x1f8b) return listGzip(source, budget, name)
  if (magic === 0x28b52ffd) return listZstd(source, budget, name)
  if (isTar(head)) return listTar(streamOf(source), budget, isContainer, nested)
  if (UNSUPPORTED.test(head.toString('latin1', 0, 6))) throw new ListingEnd('unsupported')
}

/**
 * Lists the members of a container; bytes that are no container are an empty, complete listing.
 *
 * @param name of the file without its folder: what a compressed single file is called in the listing
 */
export async function listArchive(source: ByteSource, name: string, budget = new ListingBudget()): Promise<ArchiveListing> {
  try {
    await listInto(source, budget, name.replace(/\.(gz|zst)$/i, ''))
  } catch (error) {
    budget.mark(ended(error).state)
  }
  return budget.listing
}
