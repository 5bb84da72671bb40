// Reads facts from one file that a hostile user may have prepared. Runs in the inspection child only: all calls are
// synchronous, and the process takes on the acting user's ids around them.
//
//   /            O_PATH|O_DIRECTORY|O_NOFOLLOW        step by step through /proc/self/fd/N, so no part may be a link
//   name         O_PATH|O_NOFOLLOW, then fstat        a FIFO, device, socket or link is never opened for reading
//   /proc/self/fd/N  O_RDONLY|O_NONBLOCK|O_NOCTTY     exactly that inode, with the acting user's rights
//   fstat again  same device, inode, size, mtime, ctime, or the hashes do not stand for one content
//
// Other systems have neither O_PATH nor /proc: there lstat and fstat must name the same inode.
import { hash, createHash } from 'node:crypto'
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { bytesOfPath } from './path-bytes.ts'
import { sniff } from './sniff.ts'

/** O_PATH of Linux, which Node does not name. */
const O_PATH = 0o10000000
/** A fingerprint looks at so much of the head, and of the tail. */
export const EDGE_BYTES = 65_536
const CHUNK_BYTES = 262_144
const MAX_DEPTH = 1024
/** Below the parent's deadline, so that a slow disk costs an answer and not the child. */
const READ_MS = 4000

export interface ReadRequest {
  readonly path: string
  readonly hashLimitBytes: number
  /** Absent: the owner decides. */
  readonly uid?: number
}

export interface ReadAnswer {
  readonly state: 'stable' | 'unstable' | 'special' | 'too_big' | 'timeout' | 'gone' | 'denied' | 'unread'
  readonly sizeBytes: number
  readonly sha256: string
  readonly fingerprint: string
  readonly mimeType: string
  readonly encrypted: boolean
  readonly mtimeMs: number
  readonly ownerUid: number
  /** Names of the file in its file system; 0 when it was not read. */
  readonly links: number
  /** CRC-32 of the content, as zip and gzip keep it; absent when the file was not read whole. */
  readonly crc32?: number
}

/** Takes on the file-system rights of a uid until the next call; undefined where the process is not root. */
export type ActAs = ((uid: number) => void) | undefined

const empty = (state: ReadAnswer['state']): ReadAnswer => ({ state, sizeBytes: 0, sha256: '', fingerprint: '', mimeType: '', encrypted: false, mtimeMs: 0, ownerUid: -1, links: 0 })

/** An answer for a file that was not read. */
export const notRead = empty

function stateOf(error: unknown): ReadAnswer['state'] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ESTALE') return 'gone'
  if (code === 'EACCES' || code === 'EPERM') return 'denied'
  // A folder of the path is a link or a file by now.
  if (code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENXIO' || code === 'ENODEV') return 'special'
  return 'unread'
}

const child = (parent: number, name: string): string | Buffer => {
  const bytes = bytesOfPath(name)
  return typeof bytes === 'string' ? `/proc/self/fd/${parent}/${bytes}` : Buffer.concat([Buffer.from(`/proc/self/fd/${parent}/`), bytes])
}

interface Step {
  readonly name: string
  readonly fd: number
}

/** The folders from / to the one that was opened last: the next one mostly shares most of them. */
interface FolderChain {
  /** Opens a folder without following a link in any of its parts. */
  open(path: string, uid: number | undefined): number
  release(): void
}

function createFolderChain(): FolderChain {
  let steps: Step[] = []
  let owner: number | undefined

  const closeFrom = (index: number): void => {
    for (const step of steps.splice(index)) closeSync(step.fd)
  }
  return {
    release: () => closeFrom(0),
    open(path, uid) {
      const names = path.split('/').filter((name) => name !== '')
      if (names.length > MAX_DEPTH || names.includes('..')) throw Object.assign(new Error('path'), { code: 'ENAMETOOLONG' })
      // Another user may not pass through all that this one passed.
      if (owner !== uid) closeFrom(0)
      owner = uid
      if (steps.length === 0) steps.push({ name: '', fd: openSync('/', O_PATH | constants.O_DIRECTORY) })
      let common = 0
      while (common < names.length && steps[common + 1]?.name === names[common]) common += 1
      closeFrom(common + 1)
      for (const name of names.slice(common)) {
        const parent = steps.at(-1)?.fd ?? -1
        steps.push({ name, fd: openSync(child(parent, name), O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW) })
      }
      return steps.at(-1)?.fd ?? -1
    },
  }
}

/**
 * Whose rights decide when nobody knows who acted: the owner's, but a link that somebody else put into his own folder
 * is read with the rights of that folder's owner.
 */
function owningUid(file: BigIntStats, folder: BigIntStats): number | undefined {
  if (folder.uid === file.uid) return Number(file.uid)
  if (folder.uid !== 0n) return file.uid === 0n || file.nlink > 1n ? Number(folder.uid) : Number(file.uid)
  const anybodyWrites = (folder.mode & 0o002n) !== 0n
  return file.uid === 0n && anybodyWrites && file.nlink > 1n ? undefined : Number(file.uid)
}

const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES + 32)
const tailBuffer = Buffer.allocUnsafeSlow(EDGE_BYTES)

function fill(fd: number, target: Buffer, position: number): number {
  let total = 0
  while (total < target.length) {
    const read = readSync(fd, target, total, target.length - total, position + total)
    if (read === 0) break
    total += read
  }
  return total
}

interface Content {
  readonly sha256: string
  readonly fingerprint: string
  readonly mimeType: string
  readonly encrypted: boolean
  readonly late: boolean
  readonly crc32?: number
}

/** Identity of a content: SHA-256 over its size (8 bytes, big endian), its first 64 KiB and, of the rest, its last 64 KiB. */
function readContent(fd: number, path: string, size: number, hashLimitBytes: number): Content {
  const head = buffer.subarray(8, 8 + Math.min(size, EDGE_BYTES))
  buffer.writeBigUInt64BE(BigInt(size), 0)
  const headBytes = fill(fd, head, 0)
  const withSize = buffer.subarray(0, 8 + headBytes)
  if (size <= EDGE_BYTES) {
    return { sha256: size <= hashLimitBytes ? hash('sha256', head.subarray(0, headBytes), 'hex') : '', fingerprint: hash('sha256', withSize, 'hex'), ...sniff(head, head, path), late: false, crc32: crc32(head.subarray(0, headBytes)) }
  }
  const tail = tailBuffer.subarray(0, Math.min(EDGE_BYTES, size - EDGE_BYTES))
  const tailBytes = fill(fd, tail, size - tail.length)
  const fingerprint = createHash('sha256').update(withSize).update(tail.subarray(0, tailBytes)).digest('hex')
  const kind = sniff(head, tail, path)
  if (size > hashLimitBytes) return { sha256: '', fingerprint, ...kind, late: false }
  const until = performance.now() + READ_MS
  const whole = createHash('sha256')
  let crc = 0
  for (let at = 0; at < size;) {
    const read = readSync(fd, buffer, 0, Math.min(CHUNK_BYTES, size - at), at)
    if (read === 0) break
    whole.update(buffer.subarray(0, read))
    crc = crc32(buffer.subarray(0, read), crc)
    at += read
    if (performance.now() > until) return { sha256: '', fingerprint, ...kind, late: true }
  }
  return { sha256: whole.digest('hex'), fingerprint, ...kind, late: false, crc32: crc }
}

/** Whether two looks at an open file saw the same content, as far as the file system can tell. */
export const sameFile = (before: BigIntStats, after: BigIntStats): boolean =>
  before.dev === after.dev && before.ino === after.ino && before.size === after.size && before.mtimeNs === after.mtimeNs && before.ctimeNs === after.ctimeNs

function readOpen(fd: number, path: string, before: BigIntStats, hashLimitBytes: number): ReadAnswer {
  const size = Number(before.size)
  const content = readContent(fd, path, size, hashLimitBytes)
  const facts = { sizeBytes: size, mtimeMs: Number(before.mtimeMs), ownerUid: Number(before.uid), links: Number(before.nlink) }
  if (!sameFile(before, fstatSync(fd, { bigint: true }))) return { ...empty('unstable'), ...facts }
  const { late, ...found } = content
  return { ...facts, ...found, state: late ? 'timeout' : size > hashLimitBytes ? 'too_big' : 'stable' }
}

/** A reader with the folders that it opened last; `release` closes them, so that no medium is kept busy between requests. */
export interface FileReader {
  read(request: ReadRequest): ReadAnswer
  /**
   * Opens a file by the same rules and hands over its descriptor with what it was before; closed again afterwards. An error
   * of the work is told as a state, too.
   */
  use<T>(path: string, uid: number | undefined, work: (fd: number, before: BigIntStats) => T): { readonly value: T } | { readonly state: ReadAnswer['state'] }
  release(): void
}

const readWith = (use: FileReader['use']): FileReader['read'] => ({ path, uid, hashLimitBytes }) => {
  const found = use(path, uid, (fd, before) => readOpen(fd, path, before, hashLimitBytes))
  return 'value' in found ? found.value : empty(found.state)
}

function createLinuxReader(actAs: ActAs): FileReader {
  const chain = createFolderChain()
  const useAs = <T>(path: string, uid: number | undefined, work: (fd: number, before: BigIntStats) => T): { readonly value: T } | { readonly state: 'special' } => {
    const pinned = openSync(child(chain.open(dirname(path), uid), basename(path)), O_PATH | constants.O_NOFOLLOW)
    try {
      const before = fstatSync(pinned, { bigint: true })
      if (!before.isFile()) return { state: 'special' }
      const fd = openSync(`/proc/self/fd/${pinned}`, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
      try {
        return { value: work(fd, before) }
      } finally {
        closeSync(fd)
      }
    } finally {
      closeSync(pinned)
    }
  }
  /** Looked at with root's rights, but only the owner's number is taken from it. */
  const owner = (path: string): number | undefined => {
    const parent = chain.open(dirname(path), 0)
    const pinned = openSync(child(parent, basename(path)), O_PATH | constants.O_NOFOLLOW)
    try {
      return owningUid(fstatSync(pinned, { bigint: true }), fstatSync(parent, { bigint: true }))
    } finally {
      closeSync(pinned)
    }
  }

  function use<T>(path: string, given: number | undefined, work: (fd: number, before: BigIntStats) => T): { readonly value: T } | { readonly state: ReadAnswer['state'] } {
    try {
      if (actAs === undefined) return useAs(path, given, work)
      if (given === undefined) actAs(0)
      const uid = given ?? owner(path)
      if (uid === undefined) return { state: 'denied' }
      actAs(uid)
      return useAs(path, uid, work)
    } catch (error) {
      return { state: stateOf(error) }
    }
  }
  return { release: () => chain.release(), use, read: readWith(use) }
}

function createPortableReader(): FileReader {
  const use: FileReader['use'] = (path, _uid, work) => {
    try {
      const name = bytesOfPath(path)
      const before = lstatSync(name, { bigint: true })
      if (!before.isFile()) return { state: 'special' }
      const fd = openSync(name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0) | (constants.O_NOCTTY ?? 0))
      try {
        return sameFile(before, fstatSync(fd, { bigint: true })) ? { value: work(fd, before) } : { state: 'unstable' }
      } finally {
        closeSync(fd)
      }
    } catch (error) {
      return { state: stateOf(error) }
    }
  }
  return { release() {}, use, read: readWith(use) }
}

/**
 * @param stepwise whether the system has O_PATH and /proc (Linux)
 * @param actAs how to take on a user's rights; undefined where the process is not root
 */
export const createFileReader = (stepwise: boolean, actAs: ActAs): FileReader => (stepwise ? createLinuxReader(actAs) : createPortableReader())
