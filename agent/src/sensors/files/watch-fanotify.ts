// The main thread's side of the fanotify reader.
import { closeSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FanotifyMode } from './fanotify.ts'
import type { Mark } from './marks.ts'
import type { Notification } from './notification.ts'
import type { ReaderCommand, ReaderData, ReaderMessage } from './reader.ts'
import type { ScopeSettings } from './scope.ts'

export interface FanotifyOptions {
  readonly root: string
  /** Folder for compiled code: without it the thread carries the compiler. */
  readonly compiledFolder: string
  /** False only in the test of an overflow. */
  readonly unlimitedQueue?: boolean
  readonly mode?: FanotifyMode
}

export interface FanotifyListener {
  onNotifications(notifications: readonly Notification[]): void
  /** Events were dropped; everything before `wholeAtMs` had been read. */
  onOverflow(wholeAtMs: number): void
}

const readers = new Set<() => void>()
process.once('exit', () => {
  for (const end of readers) end()
})

/** `fanotify sdev:fe00000 mflags:0 ...` of proc_pid_fdinfo(5): the kernel's own number, 12 bits of major over 20 of minor. */
export const parseMarks = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^fanotify sdev:([0-9a-f]+)/gm)].map((match) => {
    const device = Number.parseInt(match[1] ?? '0', 16)
    return `${device >>> 20}:${device & 0xfffff}`
  }))

const marksOf = (fd: number): ReadonlySet<string> => {
  try {
    return parseMarks(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))
  } catch {
    // It is gone, and the reader is about to notice.
    return new Set()
  }
}

const closeOnce = (fd: number): void => {
  try {
    if (fd >= 0) closeSync(fd)
  } catch {
    // It was closed under the reader's feet, which is what ended it.
  }
}

/** More load than the reader goes on with. */
const PARKED = 1 << 30

export interface MarkFailure {
  readonly path: string
  readonly errno: number
}

export interface FanotifyWatch {
  /**
   * Who hears from now on. Without a listener nothing is read: what happens meanwhile waits in the kernel's queue, for the
   * scope that the next listener sets before it listens.
   */
  listen(listener: FanotifyListener | undefined): void
  readonly pairsRenames: boolean
  setScope(scope: ScopeSettings): Promise<void>
  /** Marks these file systems; repeating a mark costs nothing. @returns which mount points could not be */
  mark(marks: readonly Mark[]): Promise<readonly MarkFailure[]>
  /** File systems that the kernel says are marked, as `major:minor`: a mark ends with its file system's last mount. */
  markedDevices(): ReadonlySet<string>
  /** Watches a folder of the agent and resolves when a change by the agent itself is seen there. */
  probe(folder: string, change: () => Promise<void>, timeoutMs: number): Promise<boolean>
  /** Work that is not finished yet: the reader waits while there is too much. */
  setLoad(load: number): void
  stop(): Promise<void>
  /** Resolves with what ended the reader, if it ends before it was stopped. */
  readonly died: Promise<Error>
}

type Ready = Extract<ReaderMessage, { readonly kind: 'ready' }>
type CommandBody = ReaderCommand extends infer C ? (C extends { readonly id: number } ? Omit<C, 'id'> : never) : never

/**
 * Starts the reader's thread.
 *
 * @throws Error when the library or the facility is not there
 */
export async function watchFanotify({ root, compiledFolder, unlimitedQueue = true, mode = 'handles' }: FanotifyOptions): Promise<FanotifyWatch> {
  const shared = new SharedArrayBuffer(8)
  const state = new Int32Array(shared)
  state[0] = PARKED
  const worker = new Worker(join(import.meta.dirname, 'reader.ts'), {
    workerData: { shared, ownPid: process.pid, root, unlimitedQueue, mode } satisfies ReaderData,
    env: { NODE_COMPILE_CACHE: compiledFolder }, trackUnmanagedFds: false, resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 4 },
  })
  const answers = new Map<number, (failed: readonly MarkFailure[]) => void>()
  let ownSeen: (() => void) | undefined
  let listener: FanotifyListener | undefined
  /** What was on its way when nobody listened any more; the reader has stopped reading by then. */
  let held: Extract<ReaderMessage, { readonly kind: 'batch' }>[] = []
  let nextId = 1
  let stopped = false
  let fd = -1
  let wakeFd = -1

  const wake = (): void => {
    const one = Buffer.alloc(8)
    one.writeBigUInt64LE(1n)
    writeSync(wakeFd, one)
  }

  const deliver = (to: FanotifyListener, { own, overflow, notifications, wholeAtMs }: Extract<ReaderMessage, { readonly kind: 'batch' }>): void => {
    if (own.length > 0) ownSeen?.()
    if (overflow) to.onOverflow(wholeAtMs)
    if (notifications.length > 0) to.onNotifications(notifications)
  }

  let ready: ((message: Ready) => void) | undefined
  const started = new Promise<Ready>((resolve) => { ready = resolve })
  worker.on('message', (message: ReaderMessage) => {
    if (message.kind === 'ready') ready?.(message)
    else if (message.kind === 'done') {
      answers.get(message.id)?.(message.failed)
      answers.delete(message.id)
    } else if (listener === undefined) held.push(message)
    else deliver(listener, message)
  })
  const died = new Promise<Error>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))))
    worker.once('exit', () => resolve(new Error('the reader ended')))
  })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      stopped = true
      // The thread's descriptors are the process's, also when it died.
      for (const open of [wakeFd, fd]) closeOnce(open)
      for (const answer of answers.values()) answer([])
      answers.clear()
      resolve()
    })
  })

  const order = (command: CommandBody): Promise<readonly MarkFailure[]> =>
    new Promise((resolve) => {
      if (stopped) return resolve([])
      const id = nextId++
      answers.set(id, resolve)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage({ id, ...command })
      wake()
    })

  const setLoad = (load: number): void => {
    const before = Atomics.exchange(state, 0, load)
    if (before > load) Atomics.notify(state, 0)
  }
  // A thread that sleeps in the kernel would hold up the end of the process.
  const end = (): void => {
    if (stopped) return
    stopped = true
    Atomics.store(state, 1, 1)
    Atomics.notify(state, 1)
    // Before it is ready it has not slept yet, and looks at the state first.
    if (wakeFd >= 0) wake()
  }
  readers.add(end)

  const first = await Promise.race([started, died])
  if (first instanceof Error) throw first
  fd = first.fd
  wakeFd = first.wakeFd

  return {
    pairsRenames: first.pairsRenames,
    died,
    setScope: async (scope) => void (await order({ scope })),
    mark: (mark) => order({ mark }),
    markedDevices: () => (stopped ? new Set() : marksOf(fd)),
    async probe(folder, change, timeoutMs) {
      const failed = await order({ probe: folder })
      if (failed.length > 0) return false
      return new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), timeoutMs)
        ownSeen = () => {
          clearTimeout(timer)
          ownSeen = undefined
          resolve(true)
        }
        change().catch(() => resolve(false))
      })
    },
    setLoad,
    listen(next) {
      listener = next
      if (next !== undefined) for (const message of held) deliver(next, message)
      held = []
      setLoad(next === undefined ? PARKED : 0)
      worker[next === undefined ? 'unref' : 'ref']()
    },
    async stop() {
      listener = undefined
      end()
      readers.delete(end)
      await ended
    },
  }
}
