// Two ways to hear of programs that start: the kernel's connector in a thread of its own, or a look at /proc every second.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { waitFor } from '../waiting.ts'
import type { ReaderData, ReaderMessage } from './reader.ts'
import { namesOf, pidsOf, readStarted, type StartedProgram } from './started.ts'

export interface StartListener {
  onStarted(program: StartedProgram): void
  onOverflow(): void
}

export interface StartWatch {
  /** Starts heard so far, of any program. */
  heard(): number
  /** Of these, how many had ended before they could be looked at. */
  missed(): number
  /** Resolves with what ended it, if it was not stopped. */
  readonly died: Promise<Error>
  stop(): Promise<void>
}

/** Kernels keep 15 characters of a name that a program has for itself. */
export const withShortNames = (names: readonly string[]): readonly string[] => [...new Set(names.flatMap((name) => [name, name.slice(0, 15)]))]

/**
 * Starts the thread.
 *
 * @throws Error when the kernel does not allow it
 */
export async function watchConnector(root: string, names: readonly string[], listener: StartListener, compiledFolder: string): Promise<StartWatch> {
  const shared = new SharedArrayBuffer(12)
  const state = new Int32Array(shared)
  const worker = new Worker(join(import.meta.dirname, 'reader.ts'), {
    workerData: { shared, root, ownPid: process.pid, names: withShortNames(names) } satisfies ReaderData,
    env: { NODE_COMPILE_CACHE: compiledFolder }, trackUnmanagedFds: false, resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let isStopped = false
  const died = new Promise<Error>((resolve) => {
    worker.once('error', resolve)
    void exited.then(() => resolve(new Error('the thread that hears of programs has ended')))
  })
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: ReaderMessage) => {
      if (message.kind === 'ready') resolve()
      else if (!isStopped && message.kind === 'started') listener.onStarted(message.program)
      else if (!isStopped && message.kind === 'overflow') listener.onOverflow()
    })
    void died.then(reject)
  })
  return {
    heard: () => Atomics.load(state, 1),
    missed: () => Atomics.load(state, 2),
    died,
    async stop() {
      isStopped = true
      Atomics.store(state, 0, 1)
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
