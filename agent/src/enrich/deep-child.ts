// The child that reads whole files: what is in a container, what a content resembles, and the CRC-32 of what may be a member.
// It may take seconds, which the child that answers for every file must not. It opens by the rules of read-file.ts with the
// person's rights, and runs under Node's permission model: no writing, no processes, no threads, no addons.
import { type BigIntStats, closeSync, constants, fstatSync, openSync } from 'node:fs'
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { createActAs } from './act-as.ts'
import { type ArchiveListing, noListing } from './archives/contract.ts'
import { listArchive } from './archives/list.ts'
import { sourceOfFile } from './archives/source.ts'
import { bytesOfPath } from './path-bytes.ts'
import { createFileReader, type ReadAnswer, sameFile } from './read-file.ts'
import { createSketcher, SKETCH_FROM_BYTES, SKETCH_TO_BYTES, sketchOfBytes } from './sketch.ts'

export type DeepWork = 'list' | 'read' | 'sketch'
export interface DeepRequest {
  readonly id: number
  readonly work: DeepWork
  readonly path: string
  readonly uid?: number
  readonly maxBytes: number
}
export type DeepAnswer = { readonly id: number } & ({ readonly listing: ArchiveListing } | { readonly read: ReadAnswer } | { readonly sketch: readonly number[] })

const linux = process.platform === 'linux'
const actAs = linux && process.geteuid?.() === 0 ? createActAs() : undefined
const reader = createFileReader(linux, actAs)

/** The file stays open while its container is listed, step by step; the folders to it do not. */
async function withFile<T>({ path, uid }: DeepRequest, otherwise: T, work: (fd: number, size: number) => Promise<T> | T): Promise<T> {
  const used = reader.use(path, uid, (fd, before): { readonly fd: number; readonly before: BigIntStats } => {
    const own = openSync(linux ? `/proc/self/fd/${fd}` : bytesOfPath(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    return { fd: own, before }
  })
  reader.release()
  if (!('value' in used)) return otherwise
  const { fd, before } = used.value
  try {
    if (!sameFile(before, fstatSync(fd, { bigint: true }))) return otherwise
    const done = await work(fd, Number(before.size))
    // What was written to meanwhile is not one content.
    return sameFile(before, fstatSync(fd, { bigint: true })) ? done : otherwise
  } finally {
    closeSync(fd)
  }
}

/** Of a container the pieces are its members. */
async function sketch(request: DeepRequest): Promise<readonly number[]> {
  return withFile<readonly number[]>(request, [], async (fd, size) => {
    if (size < SKETCH_FROM_BYTES || size > SKETCH_TO_BYTES) return []
    const source = sourceOfFile(fd, size)
    const bytes = source.read(0, size)
    if (bytes.readUInt32BE(0) !== 0x504b0304) return sketchOfBytes(bytes)
    const { members } = await listArchive(source, '')
    const sketcher = createSketcher()
    for (const member of members) if (member.crc32 !== undefined && !member.name.includes('!/')) sketcher.piece(crc32(`${member.crc32} ${member.sizeBytes}`))
    return sketcher.end()
  })
}

async function answer(request: DeepRequest): Promise<DeepAnswer> {
  const { id, work, path, uid, maxBytes } = request
  if (work === 'read') return { id, read: reader.read({ path, hashLimitBytes: maxBytes, ...(uid === undefined ? {} : { uid }) }) }
  if (work === 'sketch') return { id, sketch: await sketch(request) }
  return { id, listing: await withFile(request, noListing('failed'), (fd, size) => listArchive(sourceOfFile(fd, size), basename(path))) }
}

const failed = ({ id, work }: DeepRequest): DeepAnswer => (work === 'list' ? { id, listing: noListing('failed') } : { id, sketch: [] })

process.on('message', (request: DeepRequest) => void answer(request).catch(() => failed(request)).then((found) => {
  reader.release()
  return process.send?.(found)
}))
// Its parent is gone: there is nobody to answer to.
process.on('disconnect', () => process.exit(0))
