// The parent's side of the child that reads whole files.
import { join } from 'node:path'
import { createKillableChild, type NoAnswer } from '../platform/killable-child.ts'
import { type ArchiveListing, noListing } from './archives/contract.ts'
import type { DeepAnswer, DeepRequest, DeepWork } from './deep-child.ts'
import { notRead, type ReadAnswer } from './read-file.ts'

const DEADLINE_MS = 8000
/** A child costs some 50 MB; it is kept for the next files of the same work. */
const IDLE_MS = 10_000
const QUEUE_LIMIT = 256
const HEAP_MB = 128
const MEMORY_BYTES = 400 << 20
const LOOK_MS = 250

export interface DeepReaderOptions {
  readonly compiledFolder?: string
  readonly deadlineMs?: number
  readonly idleMs?: number
  /** Resident memory above which the child is killed; Linux only, elsewhere its heap alone is bounded. */
  readonly memoryBytes?: number
  readonly log: { warn(object: object, message: string): void }
}

export interface DeepReader {
  /** What is in a container. Never throws; `state` says why there is nothing. */
  list(path: string, uid?: number): Promise<ArchiveListing>
  /** Facts of a file with SHA-256 and CRC-32, up to a size. */
  read(path: string, maxBytes: number, uid?: number): Promise<ReadAnswer>
  /** Smallest hashes of its pieces; empty when there are none to compare. */
  sketch(path: string, uid?: number): Promise<readonly number[]>
  readonly pending: number
  /** For tests: the process that reads now. */
  readonly pid: number | undefined
  close(): void
}

export function createDeepReader({ compiledFolder, deadlineMs = DEADLINE_MS, idleMs = IDLE_MS, memoryBytes = MEMORY_BYTES, log }: DeepReaderOptions): DeepReader {
  const child = createKillableChild<Omit<DeepRequest, 'id'>, DeepAnswer>({
    program: join(import.meta.dirname, 'deep-child.ts'), heapMb: HEAP_MB, semiSpaceMb: 4, deadlineMs, idleMs, memoryBytes, lookMs: LOOK_MS, queueLimit: QUEUE_LIMIT,
    ...(compiledFolder === undefined ? {} : { environment: { NODE_COMPILE_CACHE: compiledFolder } }),
    answerOf: (message) => message as DeepAnswer,
    onBroken: (reason) => {
      if (reason !== 'failed') log.warn({ reason }, 'reading a whole file was ended')
    },
  })
  const ask = (work: DeepWork, path: string, uid: number | undefined, maxBytes = 0): Promise<DeepAnswer | NoAnswer> => child.ask({ work, path, maxBytes, ...(uid === undefined ? {} : { uid }) })

  return {
    async list(path, uid) {
      const found = await ask('list', path, uid)
      return typeof found === 'string' ? noListing(found) : 'listing' in found ? found.listing : noListing('failed')
    },
    async read(path, maxBytes, uid) {
      const found = await ask('read', path, uid, maxBytes)
      return typeof found === 'object' && 'read' in found ? found.read : notRead(found === 'timeout' ? 'timeout' : 'unread')
    },
    async sketch(path, uid) {
      const found = await ask('sketch', path, uid)
      return typeof found === 'object' && 'sketch' in found ? found.sketch : []
    },
    get pending() {
      return child.pending
    },
    get pid() {
      return child.pid
    },
    close: () => child.close(),
  }
}
