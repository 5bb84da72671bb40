// The thread that reads fanotify. It sleeps in poll(2) until the kernel or the main thread has something, and reads at once:
// who did it is asked before the process ends. While nobody new is about, events may gather for a few milliseconds.
//
// Commands come as messages, announced through the wake descriptor, because this thread's event loop never turns.
import { lstatSync, readSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { setPriority } from 'node:os'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { bytesOfPath } from '../../enrich/path-bytes.ts'
import { createDoers } from './doers.ts'
import { createWakeFd, type FanotifyMode, openFanotify } from './fanotify.ts'
import { type Mark, pathThrough, standsBelow } from './marks.ts'
import type { Notification } from './notification.ts'
import { parseRecords } from './records.ts'
import { compileScope, isWithin, type ScopeSettings } from './scope.ts'
import { createTranslator } from './translate.ts'

export interface ReaderData {
  /** Int32: [0] activities that the main thread still works on, [1] set to 1 to stop. */
  readonly shared: SharedArrayBuffer
  readonly ownPid: number
  readonly root: string
  readonly unlimitedQueue: boolean
  readonly mode: FanotifyMode
}

export type ReaderCommand =
  | { readonly id: number; readonly scope: ScopeSettings }
  | { readonly id: number; readonly mark: readonly Mark[] }
  | { readonly id: number; readonly probe: string }

export type ReaderMessage =
  | { readonly kind: 'ready'; readonly fd: number; readonly wakeFd: number; readonly pairsRenames: boolean }
  | { readonly kind: 'done'; readonly id: number; readonly failed: readonly { readonly path: string; readonly errno: number }[] }
  /** `wholeAtMs`: everything that happened before it has been read. It is not the time of the batch: what overflows is dropped while earlier events still wait to be read. */
  | { readonly kind: 'batch'; readonly notifications: readonly Notification[]; readonly overflow: boolean; readonly own: readonly string[]; readonly wholeAtMs: number }

const BUFFER_BYTES = 262_144
/** A read that leaves this much room stopped because the queue was empty: no event with two names is longer. */
const LONGEST_EVENT_BYTES = 8192
/** A read with more than this is part of a burst, whoever made it. */
const MANY = 128
const GATHER_MS = 12
/** So long after a process that was not known nothing gathers: many short ones often come in a row. */
const STRANGER_MS = 20
const POST_MS = 5
const POST_SIZE = 512
/** Nothing needs a look in between: the wake descriptor ends every wait. */
const SLEEP_MS = 3_600_000
/** Above this the main thread has enough to do; the kernel's queue waits instead of our memory. */
const MAX_LOAD = 8000

const { shared, ownPid, root, unlimitedQueue, mode } = workerData as ReaderData
const state = new Int32Array(shared)
const port = parentPort
if (port === null) throw new Error('reader.ts runs as a worker')

const group = openFanotify(unlimitedQueue, mode)
const wakeFd = createWakeFd()
if (wakeFd < 0) throw new Error('eventfd: no descriptor')
/** By file system: the mounts that are watched, in the order in which they were asked for. */
const marksOf = new Map<string, Mark[]>()
/** Of the overlays that are watched. */
let overlays: readonly NonNullable<Mark['overlay']>[] = []
let scope = compileScope({ roots: [], excludes: [], own: [], removable: [], networkShares: [], cloudFolders: [] })
let probeFolder = ''
const doers = createDoers(root)
const isThere = (path: string): boolean => {
  try {
    return lstatSync(bytesOfPath(path), { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
const translator = createTranslator({
  ownPid,
  now: Date.now,
  doerOf: (pid, withFolders) => doers.of(pid, withFolders),
  onStart: (pid, program) => doers.started(pid, program),
  resolve: (handle) => {
    let first: string | undefined
    for (const mark of marksOf.get(handle.fsid) ?? []) {
      const found = group.pathOf(mark.path, handle)
      const path = found === undefined ? undefined : pathThrough(mark, found)
      if (path === undefined) continue
      // A folder may be seen through several mounts; the one that somebody watches counts.
      if (scope.placeOf(`${path}/x`) !== undefined) return path
      first ??= path
    }
    return first
  },
  openedFile: (fd) => group.openedFile(fd),
  isThere,
  isBelow: (path) => overlays.length > 0 && standsBelow(overlays, path, isThere),
  isPrepared: (path) => overlays.some(({ work }) => isWithin(path, work)),
})

let notifications: Notification[] = []
let own: string[] = []
let overflow = false
let wholeAtMs = Date.now()
let postAt = 0
let strangerAt = 0

const post = (): void => {
  if (notifications.length === 0 && own.length === 0 && !overflow) return
  port.postMessage({ kind: 'batch', notifications, overflow, own, wholeAtMs } satisfies ReaderMessage)
  notifications = []
  own = []
  overflow = false
}

const addMark = (fsid: string, mark: Mark): void => {
  const marks = marksOf.get(fsid) ?? []
  if (marks.every(({ path }) => path !== mark.path)) marksOf.set(fsid, [...marks, mark])
}
/** What is always needed: the probe's folder, and where programs start. */
const addFixed = (): void => {
  const probeFsid = probeFolder === '' ? undefined : group.fsidOf(probeFolder)
  if (probeFsid !== undefined) addMark(probeFsid, { path: probeFolder, mountPoint: probeFolder })
  if (rootFsid !== undefined) addMark(rootFsid, { path: '/', mountPoint: '/' })
}

const obey = (command: ReaderCommand): void => {
  const failed: { readonly path: string; readonly errno: number }[] = []
  if ('scope' in command) {
    scope = compileScope(command.scope)
    // What a folder is called may depend on who watches it.
    translator.forgetFolders()
    translator.setScope(scope)
  } else if ('probe' in command) {
    probeFolder = command.probe
    const errno = group.markFolder(command.probe)
    const fsid = group.fsidOf(command.probe)
    if (errno !== 0) failed.push({ path: command.probe, errno })
    // A path for its handle, unless the file system is known by another of its mounts.
    else if (fsid !== undefined) addMark(fsid, { path: command.probe, mountPoint: command.probe })
  } else {
    translator.forgetFolders()
    marksOf.clear()
    for (const mark of command.mark) {
      const errno = group.markFileSystem(mark.at ?? mark.path)
      const fsid = group.fsidOf(mark.at ?? mark.path)
      if (errno !== 0 || fsid === undefined) failed.push({ path: mark.overlay?.merged ?? mark.mountPoint, errno })
      else addMark(fsid, mark)
    }
    overlays = command.mark.flatMap(({ overlay }) => overlay ?? [])
    addFixed()
  }
  port.postMessage({ kind: 'done', id: command.id, failed } satisfies ReaderMessage)
}

// Programs mostly start from the root file system; without it short-lived ones elsewhere stay nameless.
const seesPrograms = group.markPrograms('/') === 0
const rootFsid = seesPrograms && mode === 'handles' ? group.fsidOf('/') : undefined
addFixed()

try {
  // It does little, but it must do it before the process that it asks about has ended.
  setPriority(group.threadId(), -10)
} catch {
  // Not allowed here; more is then known by the owner of the file alone.
}

const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)

/** @returns whether more may gather before the next read */
const readOnce = (): boolean => {
  let bytes = 0
  const before = Date.now()
  try {
    bytes = readSync(group.fd, buffer)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EINTR')) return false
    throw error
  }
  const strangers = doers.asked()
  const records = parseRecords(buffer.subarray(0, bytes))
  const found = translator.translate(records)
  if (notifications.length === 0 && own.length === 0) postAt = performance.now() + POST_MS
  notifications.push(...found.notifications)
  for (const path of found.own) if (probeFolder !== '' && isWithin(path, probeFolder)) own.push(path)
  overflow ||= found.overflow
  // Not while an overflow is untold: it must be told with the time before it.
  if (!overflow && bytes <= BUFFER_BYTES - LONGEST_EVENT_BYTES) wholeAtMs = before
  const at = performance.now()
  if (doers.asked() !== strangers) strangerAt = at
  return records.length > MANY || at - strangerAt > STRANGER_MS
}

const wake = Buffer.alloc(8)
const hasCommand = (): boolean => {
  try {
    return readSync(wakeFd, wake) > 0
  } catch {
    // EAGAIN: the announcement was read together with an earlier one.
    return true
  }
}

flushCompileCache()
port.postMessage({ kind: 'ready', fd: group.fd, wakeFd, pairsRenames: group.pairsRenames } satisfies ReaderMessage)
while (Atomics.load(state, 1) === 0) {
  const pending = notifications.length > 0 || own.length > 0 || overflow
  const { events, woken } = group.wait(wakeFd, pending ? Math.max(0, Math.ceil(postAt - performance.now())) : SLEEP_MS)
  if (woken && hasCommand()) for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) obey(message.message as ReaderCommand)
  if (events) {
    const load = Atomics.load(state, 0)
    // Woken by less load or by a command; a command's answer must not wait for long.
    if (load > MAX_LOAD) Atomics.wait(state, 0, load, 10)
    else if (readOnce()) {
      // Each message wakes the main thread, so it goes with all that was read, and before the rest.
      post()
      Atomics.wait(state, 1, 0, GATHER_MS)
    }
  }
  if (notifications.length >= POST_SIZE || performance.now() >= postAt) post()
}
port.close()
