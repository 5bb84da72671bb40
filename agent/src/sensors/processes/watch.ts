// Two ways to hear of programs that start: the kernel's connector in a thread of its own, or a look at /proc every second.
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { waitFor } from '../waiting.ts'
import type { ReaderData, ReaderMessage, ReaderScope } from './reader.ts'
import { namesOf, pidsOf, readStarted, type StartedProgram } from './started.ts'
import type { Opened } from './uploads.ts'
import { wake } from './wait.ts'

export interface StartListener {
  onStarted(program: StartedProgram): void
  /** A program that can send what it opens has opened this. */
  onOpened(opened: Opened, atMs: number): void
  /** File systems whose reads cannot be seen. */
  onMarks(failed: readonly string[]): void
  onOverflow(of: 'starts' | 'reads'): void
}

export interface StartWatch {
  /** Starts heard so far, of any program. */
  heard(): number
  /** Of these, how many had ended before they could be looked at. */
  missed(): number
  /** Resolves with what ended it, if it was not stopped. */
  readonly died: Promise<Error>
  /** Where reads count from now on. */
  setPlaces(places: ReaderScope): void
  stop(): Promise<void>
}

const wakers = new Set<() => void>()
process.once('exit', () => {
  for (const end of wakers) end()
})

/** Kernels keep 15 characters of a name that a program has for itself. */
export const withShortNames = (names: readonly string[]): readonly string[] => [...new Set(names.flatMap((name) => [name, name.slice(0, 15)]))]

/**
 * Starts the thread.
 *
 * @throws Error when the kernel does not allow it
 */
export async function watchConnector(root: string, names: readonly string[], uploadNames: readonly string[], listener: StartListener, compiledFolder: string): Promise<StartWatch> {
  const shared = new SharedArrayBuffer(12)
  const state = new Int32Array(shared)
  const worker = new Worker(join(import.meta.dirname, 'reader.ts'), {
    workerData: { shared, root, ownPid: process.pid, names: withShortNames(names), uploadNames } satisfies ReaderData,
    env: { NODE_COMPILE_CACHE: compiledFolder }, trackUnmanagedFds: false, resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let isStopped = false
  const died = new Promise<Error>((resolve) => {
    worker.once('error', resolve)
    void exited.then(() => resolve(new Error('the thread that hears of programs has ended')))
  })
  const wakeFd = await new Promise<number>((resolve, reject) => {
    worker.on('message', (message: ReaderMessage) => {
      if (message.kind === 'ready') resolve(message.wakeFd)
      else if (isStopped) return
      else if (message.kind === 'started') listener.onStarted(message.program)
      else if (message.kind === 'opened') listener.onOpened(message, message.atMs)
      else if (message.kind === 'marks') listener.onMarks(message.failed)
      else listener.onOverflow(message.reason)
    })
    void died.then(reject)
  })
  let isOver = false
  // A thread that sleeps in the kernel would hold up the end of the process.
  const end = (): void => {
    Atomics.store(state, 0, 1)
    if (!isOver) wake(wakeFd)
  }
  wakers.add(end)
  worker.once('exit', () => {
    isOver = true
    // A thread's descriptors are the process's.
    closeSync(wakeFd)
    wakers.delete(end)
  })
  return {
    heard: () => Atomics.load(state, 1),
    missed: () => Atomics.load(state, 2),
    died,
    setPlaces(places) {
      if (isOver || isStopped) return
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(places)
      wake(wakeFd)
    },
    async stop() {
      isStopped = true
      end()
      await exited
    },
  }
}

export const POLL_MS = 1000
const MAX_PIDS = 65_536
/** New ones that one look reads at most: a fork bomb is not followed. */
const MAX_NEW = 2000

/** Reads what is new in /proc every second until the signal aborts. Whatever starts and ends between two looks is not seen. */
export async function pollStarts(root: string, names: readonly string[], listener: StartListener, signal: AbortSignal, onLook: () => void): Promise<void> {
  const wanted = new Set(withShortNames(names))
  let known = new Map<number, string>()
  while (!signal.aborted) {
    const now = new Map<number, string>()
    let left = MAX_NEW
    for (const pid of pidsOf(root, MAX_PIDS)) {
      if (known.get(pid) === undefined && left-- <= 0) continue
      // A shell becomes the program it runs, so a name that has changed is a new start.
      const called = namesOf(root, pid)
      const key = called.join(' ')
      now.set(pid, key)
      if (known.get(pid) === key || !called.some((name) => wanted.has(name) || wanted.has(name.replace(/[\d.]+$/, '')))) continue
      const program = readStarted(root, pid)
      if (program !== undefined && program.ppid !== process.pid) listener.onStarted(program)
    }
    known = now
    onLook()
    await waitFor(POLL_MS, signal)
  }
}
