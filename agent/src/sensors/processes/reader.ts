// The thread that hears of every start of a program, and looks at those whose name counts before they have ended.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openConnector } from './connector.ts'
import { namesOf, readStarted, type StartedProgram } from './started.ts'

export interface ReaderData {
  /** Int32: [0] set to 1 to stop, [1] starts heard so far, [2] those that had ended before they could be looked at. */
  readonly shared: SharedArrayBuffer
  readonly root: string
  readonly ownPid: number
  readonly names: readonly string[]
}

export type ReaderMessage = { readonly kind: 'ready' } | { readonly kind: 'started'; readonly program: StartedProgram } | { readonly kind: 'overflow' }

const WAIT_MS = 250

const { shared, root, ownPid, names } = workerData as ReaderData
const state = new Int32Array(shared)
const port = parentPort
if (port === null) throw new Error('reader.ts runs as a worker')
const wanted = new Set(names)
const connector = openConnector()
try {
  // A program of a moment must be looked at in this moment.
  setPriority(connector.threadId(), -10)
} catch {
  // Not allowed here; more of the short ones are missed.
}
port.postMessage({ kind: 'ready' } satisfies ReaderMessage)

const look = (pid: number): void => {
  Atomics.add(state, 1, 1)
  const called = namesOf(root, pid)
  if (called.every((name) => name === '')) {
    Atomics.add(state, 2, 1)
    return
  }
  if (!called.some((name) => wanted.has(name) || wanted.has(name.replace(/[\d.]+$/, '')))) return
  const program = readStarted(root, pid)
  // What the agent runs itself is no act of a person.
  if (program !== undefined && program.ppid !== ownPid) port.postMessage({ kind: 'started', program } satisfies ReaderMessage)
}

try {
  while (Atomics.load(state, 0) === 0) {
    if (!connector.read(WAIT_MS, look)) port.postMessage({ kind: 'overflow' } satisfies ReaderMessage)
  }
} finally {
  connector.close()
}
