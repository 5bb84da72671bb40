// The main thread's side of the fanotify reader.
import { closeSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Notification } from './notification.ts'
import type { ReaderCommand, ReaderData, ReaderMessage } from './reader.ts'
import type { ScopeSettings } from './scope.ts'

export interface FanotifyOptions {
  readonly root: string
  /** False only in the test of an overflow. */
  readonly unlimitedQueue?: boolean
  readonly onNotifications: (notifications: readonly Notification[]) => void
  readonly onOverflow: () => void
}

export interface MarkFailure {
  readonly path: string
  readonly errno: number
}

export interface FanotifyWatch {
  readonly pairsRenames: boolean
  setScope(scope: ScopeSettings): Promise<void>
  /** Marks the file systems at these mount points; repeating a mark costs nothing. */
  mark(mountPoints: readonly string[]): Promise<readonly MarkFailure[]>
  /** Number of file systems that the kernel says are marked. */
  markedFileSystems(): number
  /** Watches a folder of the agent and resolves when a change by the agent itself is seen there. */
  probe(folder: string, change: () => Promise<void>, timeoutMs: number): Promise<boolean>
  /** Work that is not finished yet: the reader waits while there is too much. */
  setLoad(load: number): void
  stop(): Promise<void>
  /** Resolves with what ended the reader, if it ends before it was stopped. */
  readonly died: Promise<Error>
}

type CommandBody = ReaderCommand extends infer C ? (C extends { readonly id: number } ? Omit<C, 'id'> : never) : never

/**
 * Starts the reader's thread.
 *
 * @throws Error when the library or the facility is not there
 */
export async function watchFanotify({ root, unlimitedQueue = true, onNotifications, onOverflow }: FanotifyOptions): Promise<FanotifyWatch> {
  const { createWakeFd } = await import('./fanotify.ts')
  const wakeFd = createWakeFd()
  if (wakeFd < 0) throw new Error('eventfd: no descriptor')
  const shared = new SharedArrayBuffer(8)
  const state = new Int32Array(shared)
  const worker = new Worker(join(import.meta.dirname, 'reader.ts'), {
    workerData: { wakeFd, shared, ownPid: process.pid, root, unlimitedQueue } satisfies ReaderData,
    env: {}, trackUnmanagedFds: false, resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 4 },
  })
  const answers = new Map<number, (failed: readonly MarkFailure[]) => void>()
  let ownSeen: (() => void) | undefined
  let nextId = 1
  let stopped = false
  let fd = -1

  const wake = (): void => {
    const one = Buffer.alloc(8)
    one.writeBigUInt64LE(1n)
    writeSync(wakeFd, one)
  }

  let ready: ((message: { readonly fd: number; readonly pairsRenames: boolean }) => void) | undefined
  const started = new Promise<{ readonly fd: number; readonly pairsRenames: boolean }>((resolve) => { ready = resolve })
  worker.on('message', (message: ReaderMessage) => {
    if (message.kind === 'ready') ready?.(message)
    else if (message.kind === 'done') {
      answers.get(message.id)?.(message.failed)
      answers.delete(message.id)
    } else if (!stopped) {
      if (message.overflow) onOverflow()
      if (message.own.length > 0) ownSeen?.()
      if (message.notifications.length > 0) onNotifications(message.notifications)
    }
  })
  const died = new Promise<Error>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))))
    worker.once('exit', () => resolve(new Error('the reader ended')))
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve())).then(() => {
    stopped = true
    // The thread's descriptors are the process's, also when it died.
    closeSync(wakeFd)
    if (fd >= 0) closeSync(fd)
    for (const answer of answers.values()) answer([])
    answers.clear()
  })

  const order = (command: CommandBody): Promise<readonly MarkFailure[]> =>
    new Promise((resolve) => {
      if (stopped) return resolve([])
      const id = nextId++
      answers.set(id, resolve)
      worker.postMessage({ id, ...command })
      wake()
    })

  const first = await Promise.race([started, died])
  if (first instanceof Error) throw first
  fd = first.fd

  return {
    pairsRenames: first.pairsRenames,
    died,
    setScope: async (scope) => void (await order({ scope })),
    mark: (mark) => order({ mark }),
    markedFileSystems: () => (stopped ? 0 : readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8').split('\n').filter((line) => /^fanotify sdev:/.test(line)).length),
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
    setLoad(load) {
      const before = Atomics.exchange(state, 0, load)
      if (before > load) Atomics.notify(state, 0)
    },
    async stop() {
      if (stopped) return ended
      stopped = true
      Atomics.store(state, 1, 1)
      Atomics.notify(state, 1)
      wake()
      await ended
    },
  }
}
