// fanotify(7) and what goes with it, through the C library. Linux only; loaded by the reader's thread alone.
import { closeSync, constants, fstatSync, openSync, readlinkSync } from 'node:fs'
import koffi from 'koffi'
import { pathOfBytes } from '../../enrich/path-bytes.ts'
import { AT_FDCWD, FID_DIR_FID_NAME, MARK_ADD, MARK_FILESYSTEM, O_LARGEFILE, O_PATH, TARGET_FID } from './fanotify-numbers.ts'
import { event, type Handle } from './records.ts'

const EVENT_ON_CHILD = 0x08000000
/** FAN_CLOEXEC | FAN_NONBLOCK | FAN_CLASS_NOTIF. */
const BASE = 0x3
const UNLIMITED_QUEUE = 0x10
const UNLIMITED_MARKS = 0x20
const POLLIN = 1
/** Of the descriptors that come with events without handles: reading a file's name must never wait or wake a disk. */
const EVENT_FLAGS = O_LARGEFILE | constants.O_NONBLOCK | constants.O_NOATIME | 0o2000000

/** Events by file handles, which tell everything, or by descriptors, which every file system can give. */
export type FanotifyMode = 'handles' | 'descriptors'

export interface Fanotify {
  readonly fd: number
  /** Renames come as one event with both names (kernel 5.17). */
  readonly pairsRenames: boolean
  /** @returns 0, or the errno of the kernel */
  markFileSystem(path: string): number
  /** Tells which programs are started from a file system: the name of a process that lives too short to be asked. */
  markPrograms(path: string): number
  /** Watches one folder, for the self-test. */
  markFolder(path: string): number
  /** Path of a folder by its handle; undefined when it is gone. */
  pathOf(mountPoint: string, handle: Handle): string | undefined
  /** What an event's descriptor stands for, which is closed by that; undefined when it is gone. */
  openedFile(fd: number): { readonly path: string; readonly birthtimeMs: number } | undefined
  /** The file system's id as it stands in the events; undefined when it is not there. */
  fsidOf(path: string): string | undefined
  /** The kernel's id of the calling thread. */
  threadId(): number
  /** Waits until fanotify or `wakeFd` can be read. */
  wait(wakeFd: number, timeoutMs: number): { readonly events: boolean; readonly woken: boolean }
}

const loadLibrary = (): ReturnType<typeof koffi.load> => {
  try {
    return koffi.load('libc.so.6')
  } catch {
    // musl has one object for everything.
    return koffi.load(`/lib/ld-musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`)
  }
}

/** Creates the descriptor that wakes the reader: written by the main thread, polled by the reader's. */
export function createWakeFd(): number {
  return (loadLibrary().func('int eventfd(unsigned int, int)') as (initial: number, flags: number) => number)(0, 0o2004000)
}

/**
 * Opens a notification group that never answers and never blocks anybody.
 *
 * @param mode `descriptors` for file systems without handles: only files that were written and closed, by a descriptor each
 * @param unlimitedQueue false keeps the kernel's limit (max_queued_events), for the test of an overflow
 * @throws Error with the errno when the kernel does not allow it
 */
export function openFanotify(unlimitedQueue = true, mode: FanotifyMode = 'handles'): Fanotify {
  const library = loadLibrary()
  const init = library.func('int fanotify_init(unsigned int, unsigned int)') as (flags: number, eventFlags: number) => number
  const mark = library.func('int fanotify_mark(int, unsigned int, uint64_t, int, const char *)') as (fd: number, flags: number, mask: number, folder: number, path: string) => number
  const openByHandle = library.func('int open_by_handle_at(int, void *, int)') as (mount: number, handle: Buffer, flags: number) => number
  const statfs = library.func('int statfs(const char *, void *)') as (path: string, result: Buffer) => number
  const gettid = library.func('int gettid()') as () => number
  const poll = library.func('int poll(void *, unsigned long, int)') as (fds: Buffer, count: number, timeoutMs: number) => number

  const limits = (unlimitedQueue ? UNLIMITED_QUEUE : 0) | UNLIMITED_MARKS
  let pairsRenames = mode === 'handles'
  let fd = mode === 'handles' ? init(BASE | limits | FID_DIR_FID_NAME | TARGET_FID, O_LARGEFILE) : init(BASE | limits, EVENT_FLAGS)
  if (fd < 0 && mode === 'handles') {
    // Before 5.17 there is neither TARGET_FID nor RENAME.
    pairsRenames = false
    fd = init(BASE | limits | FID_DIR_FID_NAME, O_LARGEFILE)
  }
  if (fd < 0) throw new Error(`fanotify_init: errno ${koffi.errno()}`)
  const group = fd
  const moves = pairsRenames ? event.rename : event.movedFrom | event.movedTo
  const mask = mode === 'descriptors' ? event.closeWrite : event.create | event.closeWrite | event.delete | event.onDirectory | event.openExec | moves
  const fds = Buffer.alloc(16)
  fds.writeInt32LE(group, 0)
  fds.writeInt16LE(POLLIN, 4)
  fds.writeInt16LE(POLLIN, 12)

  return {
    fd: group,
    pairsRenames,
    markFileSystem: (path) => (mark(group, MARK_ADD | MARK_FILESYSTEM, mask, AT_FDCWD, path) === 0 ? 0 : koffi.errno()),
    markPrograms: (path) => (mark(group, MARK_ADD | MARK_FILESYSTEM, event.openExec, AT_FDCWD, path) === 0 ? 0 : koffi.errno()),
    markFolder: (path) => (mark(group, MARK_ADD, event.create | event.closeWrite | EVENT_ON_CHILD, AT_FDCWD, path) === 0 ? 0 : koffi.errno()),
    pathOf(mountPoint, handle) {
      let mount = -1
      let folder = -1
      try {
        // Open only for this moment: an open folder keeps a medium from being unmounted.
        mount = openSync(mountPoint, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NONBLOCK)
        folder = openByHandle(mount, handle.bytes, O_PATH)
        if (folder < 0) return undefined
        const path = pathOfBytes(readlinkSync(`/proc/self/fd/${folder}`, { encoding: 'buffer' }))
        return path.endsWith(' (deleted)') ? undefined : path
      } catch {
        return undefined
      } finally {
        if (folder >= 0) closeSync(folder)
        if (mount >= 0) closeSync(mount)
      }
    },
    openedFile(opened) {
      try {
        const path = pathOfBytes(readlinkSync(`/proc/self/fd/${opened}`, { encoding: 'buffer' }))
        return path.startsWith('/') && !path.endsWith(' (deleted)') ? { path, birthtimeMs: fstatSync(opened).birthtimeMs } : undefined
      } catch {
        return undefined
      } finally {
        closeSync(opened)
      }
    },
    fsidOf(path) {
      const result = Buffer.alloc(256)
      // f_fsid stands at 56 in the statfs of every 64-bit Linux.
      return statfs(path, result) === 0 ? result.toString('hex', 56, 64) : undefined
    },
    threadId: () => gettid(),
    wait(wakeFd, timeoutMs) {
      fds.writeInt32LE(wakeFd, 8)
      fds.writeInt16LE(0, 6)
      fds.writeInt16LE(0, 14)
      const ready = poll(fds, 2, timeoutMs)
      return { events: ready > 0 && fds.readInt16LE(6) !== 0, woken: ready > 0 && fds.readInt16LE(14) !== 0 }
    },
  }
}
