// The thread that hears of every start of a program, and looks at those whose name counts before they have ended. While a
// program runs that can send what it opens, it also reads which files such programs have opened.
//
// It sleeps in poll(2) until the kernel or the main thread has something. Reads gather for a moment: their programs live long.
import { setPriority } from 'node:os'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { ScopeSettings } from '../files/scope.ts'
import { openConnector } from './connector.ts'
import { openReadMarks, type ReadMarks } from './read-marks.ts'
import { namesOf, pidsOf, readStarted, type StartedProgram } from './started.ts'
import { createUploadFilter, type Opened } from './uploads.ts'
import { calm, createWait, createWakeFd } from './wait.ts'

export interface ReaderData {
  /** Int32: [0] set to 1 to stop, [1] starts heard so far, [2] those that had ended before they could be looked at. */
  readonly shared: SharedArrayBuffer
  readonly root: string
  readonly ownPid: number
  readonly names: readonly string[]
  /** Programs whose reads are told; none: no reads are looked at. */
  readonly uploadNames: readonly string[]
}

/** Where files count, and a folder of each file system that they are on. */
export interface ReaderScope {
  readonly scope: ScopeSettings
  readonly folders: readonly string[]
}

export type ReaderMessage =
  | { readonly kind: 'ready'; readonly wakeFd: number }
  | { readonly kind: 'started'; readonly program: StartedProgram }
  | ({ readonly kind: 'opened'; readonly atMs: number } & Opened)
  | { readonly kind: 'overflow'; readonly reason: 'starts' | 'reads' }
  /** What of the file systems cannot be watched for reads; empty when all is well. */
  | { readonly kind: 'marks'; readonly failed: readonly string[] }

const GATHER_MS = 250
/** How often it is asked whether the last program has ended, after which nothing of reads is watched any more. */
const LEFT_MS = 30_000
const MAX_PIDS = 65_536

const { shared, root, ownPid, names, uploadNames } = workerData as ReaderData
const state = new Int32Array(shared)
const port = parentPort
if (port === null) throw new Error('reader.ts runs as a worker')
const post = (message: ReaderMessage): void => port.postMessage(message)
const wanted = new Set(names)
const wakeFd = createWakeFd()
const wait = createWait(3)
const connector = openConnector()
try {
  // A program of a moment must be looked at in this moment.
  setPriority(connector.threadId(), -10)
} catch {
  // Not allowed here; more of the short ones are missed.
}

const uploads = createUploadFilter(new Set(uploadNames), (pid) => readStarted(root, pid), () => performance.now())
let places: ReaderScope | undefined
let marks: ReadMarks | undefined
let readAtMs = Infinity
let leftAtMs = Infinity

/** From now on reads are seen. */
const mark = (): void => {
  if (places === undefined || places.folders.length === 0) return
  try {
    marks ??= openReadMarks()
    post({ kind: 'marks', failed: marks.mark(places.folders).map(({ path, errno }) => `${path}: errno ${errno}`) })
    leftAtMs = performance.now() + LEFT_MS
  } catch (error) {
    post({ kind: 'marks', failed: [error instanceof Error ? error.message : String(error)] })
  }
}
const unmark = (): void => {
  marks?.close()
  marks = undefined
  readAtMs = Infinity
  leftAtMs = Infinity
}
const drainReads = (): void => {
  readAtMs = Infinity
  const isWhole = marks?.drain((pid) => uploads.isChosen(pid), (file) => {
    const opened = uploads.opened(file)
    if (opened !== undefined) post({ kind: 'opened', atMs: Date.now(), ...opened })
  })
  if (isWhole === false) post({ kind: 'overflow', reason: 'reads' })
}
const takePlaces = (): void => {
  calm(wakeFd)
  for (let received: { readonly message: ReaderScope } | undefined = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
    places = received.message
    uploads.setScope(places.scope)
    for (const pid of pidsOf(root, MAX_PIDS)) uploads.isChosen(pid)
    if (uploads.anyLeft()) mark()
  }
}

const look = (pid: number): void => {
  Atomics.add(state, 1, 1)
  const called = namesOf(root, pid)
  if (called.every((name) => name === '')) {
    Atomics.add(state, 2, 1)
    return
  }
  if (uploadNames.length > 0 && uploads.started(pid, called) && marks === undefined) mark()
  if (!called.some((name) => wanted.has(name) || wanted.has(name.replace(/[\d.]+$/, '')))) return
  const program = readStarted(root, pid)
  // What the agent runs itself is no act of a person.
  if (program !== undefined && program.ppid !== ownPid) post({ kind: 'started', program })
}

post({ kind: 'ready', wakeFd })
try {
  while (Atomics.load(state, 0) === 0) {
    const dueMs = Math.min(readAtMs, leftAtMs)
    const [starts, woken, reads] = wait([connector.fd, wakeFd, readAtMs === Infinity ? (marks?.fd ?? -1) : -1], dueMs === Infinity ? -1 : Math.max(0, Math.ceil(dueMs - performance.now())))
    if (woken === true) takePlaces()
    if (starts === true && !connector.drain(look)) post({ kind: 'overflow', reason: 'starts' })
    if (reads === true) readAtMs = performance.now() + GATHER_MS
    if (performance.now() >= readAtMs) drainReads()
    if (performance.now() >= leftAtMs) {
      leftAtMs = performance.now() + LEFT_MS
      if (!uploads.anyLeft()) unmark()
    }
  }
} finally {
  connector.close()
  unmark()
}
