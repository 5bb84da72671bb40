// Which files a few programs open for reading: fanotify(7) in a group of its own, which nobody ever waits for.
//
// The kernel cannot watch the reads of one process, only those of a file system; so its marks stand while such a program
// runs, and no longer. What it costs then, measured on two cores under load: 1.0 µs more for each open of any process
// (2.6 µs without), and 0.3 % of a core for the reader at 4,000 to 13,000 opens in a second.
//
//   read(2) -> event_len, pid of each record -> is it one of the programs? -> only then names and paths
import { closeSync, constants, openSync, readlinkSync, readSync } from 'node:fs'
import { pathOfBytes } from '../../enrich/path-bytes.ts'
import { cLibrary } from '../../platform/linux/c-library.ts'
import { AT_FDCWD, FID_DIR_FID_NAME, MARK_ADD, MARK_FILESYSTEM, MARK_FLUSH, O_LARGEFILE, O_PATH, TARGET_FID } from '../files/fanotify-numbers.ts'
import { event, type Handle, type NotificationRecord, parseRecords } from '../files/records.ts'

const CLOSE_NOWRITE = 0x10
/** FAN_CLOEXEC | FAN_NONBLOCK | FAN_UNLIMITED_MARKS: the queue keeps the kernel's limit, because reads that nobody asked for must not fill the memory. */
const BASE = 0x23
const READ_BYTES = 1 << 18
const MAX_READS = 64
const FOLDERS = 2048
const METADATA_BYTES = 24

export interface OpenedFile {
  readonly pid: number
  readonly path: string
  /** Stands for the file itself over renames, where the kernel tells it. */
  readonly key: string
  readonly written: boolean
}

export interface ReadMarks {
  readonly fd: number
  /** Watches the file systems of these folders. @returns those that cannot be watched, with the kernel's errno */
  mark(folders: readonly string[]): readonly { readonly path: string; readonly errno: number }[]
  unmark(): void
  /** Hands over what the chosen pids have closed. @returns false when the kernel had to drop some */
  drain(isChosen: (pid: number) => boolean, onFile: (file: OpenedFile) => void): boolean
  close(): void
}

/** @throws Error with the errno when the kernel does not allow it */
export function openReadMarks(): ReadMarks {
  const { koffi, library } = cLibrary()
  const init = library.func('int fanotify_init(unsigned int, unsigned int)') as (flags: number, eventFlags: number) => number
  const mark = library.func('int fanotify_mark(int, unsigned int, uint64_t, int, const char *)') as (fd: number, flags: number, mask: number, folder: number, path: string) => number
  const openByHandle = library.func('int open_by_handle_at(int, void *, int)') as (mount: number, handle: Buffer, flags: number) => number
  const statfs = library.func('int statfs(const char *, void *)') as (path: string, result: Buffer) => number
  let fd = init(BASE | FID_DIR_FID_NAME | TARGET_FID, O_LARGEFILE)
  // Before 5.17 there is no TARGET_FID.
  if (fd < 0) fd = init(BASE | FID_DIR_FID_NAME, O_LARGEFILE)
  if (fd < 0) throw new Error(`fanotify_init: errno ${koffi.errno()}`)
  const group = fd
  const mountByFsid = new Map<string, string>()
  const folders = new Map<string, string>()
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES)

  const resolve = ({ fsid, bytes, key }: Handle): string | undefined => {
    const known = folders.get(key)
    if (known !== undefined) return known
    let mount = -1
    let folder = -1
    try {
      mount = openSync(mountByFsid.get(fsid) ?? '/', constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NONBLOCK)
      folder = openByHandle(mount, bytes, O_PATH)
      if (folder < 0) return undefined
      const path = pathOfBytes(readlinkSync(`/proc/self/fd/${folder}`, { encoding: 'buffer' }))
      if (path.endsWith(' (deleted)')) return undefined
      if (folders.size >= FOLDERS) folders.clear()
      folders.set(key, path)
      return path
    } catch {
      return undefined
    } finally {
      if (folder >= 0) closeSync(folder)
      if (mount >= 0) closeSync(mount)
    }
  }

  const tell = ({ folder, name, target, pid, mask }: NotificationRecord, onFile: (file: OpenedFile) => void): void => {
    if (folder === undefined || name === undefined || name === '.') return
    const at = resolve(folder)
    if (at === undefined) return
    const path = at === '/' ? `/${name}` : `${at}/${name}`
    onFile({ pid, path, key: target?.key ?? path, written: (mask & event.closeWrite) !== 0 })
  }

  return {
    fd: group,
    mark(paths) {
      folders.clear()
      const failed: { path: string; errno: number }[] = []
      for (const path of paths) {
        if (mark(group, MARK_ADD | MARK_FILESYSTEM, CLOSE_NOWRITE | event.closeWrite, AT_FDCWD, path) !== 0) failed.push({ path, errno: koffi.errno() })
        const result = Buffer.alloc(256)
        // f_fsid stands at 56 in the statfs of every 64-bit Linux.
        if (statfs(path, result) === 0) mountByFsid.set(result.toString('hex', 56, 64), path)
      }
      return failed
    },
    unmark() {
      mark(group, MARK_FLUSH | MARK_FILESYSTEM, 0, AT_FDCWD, '/')
      folders.clear()
    },
    drain(isChosen, onFile) {
      let isWhole = true
      // A folder may have another name by the next time.
      folders.clear()
      for (let left = MAX_READS; left > 0; left--) {
        let read: number
        try {
          read = readSync(group, buffer)
        } catch (error) {
          if (error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EINTR')) break
          throw error
        }
        for (let at = 0; at + METADATA_BYTES <= read;) {
          const length = buffer.readUInt32LE(at)
          if (length < METADATA_BYTES) break
          if ((buffer.readUInt32LE(at + 8) & event.overflow) !== 0) isWhole = false
          else if (isChosen(buffer.readInt32LE(at + 20))) for (const record of parseRecords(buffer.subarray(at, at + length))) tell(record, onFile)
          at += length
        }
        if (read < READ_BYTES / 2) break
      }
      return isWhole
    },
    close: () => closeSync(group),
  }
}
