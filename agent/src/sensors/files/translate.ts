// Turns the kernel's records into notifications: paths for handles, and only what the scope watches.
//
// A folder's path is known from the record that created or renamed it, else from its handle; it stays known until a
// folder above it is renamed. A folder that is gone meanwhile keeps the path it had.
import { basename } from 'node:path'
import type { Doer, Notification } from './notification.ts'
import { event, type Handle, type NotificationRecord } from './records.ts'
import { isWithin, type Place, type Scope } from './scope.ts'

const FOLDERS = 8192
const OPEN_FILES = 4096
const PROGRAMS = 1024
/** A program that was started so long ago and cannot be asked any more is not taken for the one that acts. */
const PROGRAM_MS = 60_000
const BORN = 4096
/** A file that is younger when it is closed was made by that. */
const BORN_MS = 10_000

export interface TranslatorOptions {
  readonly ownPid: number
  readonly now: () => number
  /** Path of a folder that was not seen before; undefined when it is gone. */
  readonly resolve: (handle: Handle) => string | undefined
  /** What an event's descriptor stands for; the descriptor is closed by that. */
  readonly openedFile: (fd: number) => { readonly path: string; readonly birthtimeMs: number } | undefined
  /** Whether a path is where an overlay prepares what then appears in it. */
  readonly isPrepared: (path: string) => boolean
  readonly isThere: (path: string) => boolean
  /** Whether a file that is new in an overlay's upper folder was in a lower one. */
  readonly isBelow: (path: string) => boolean
  /** Who has this pid now; `withFolders` also asks what it had to do with. */
  readonly doerOf: (pid: number, withFolders: boolean) => Doer
  /** A program was started in this process. */
  readonly onStart: (pid: number, program: string) => void
}

export interface Translator {
  setScope(scope: Scope): void
  /** File systems came or went. */
  forgetFolders(): void
  translate(records: readonly NotificationRecord[]): { readonly notifications: readonly Notification[]; readonly overflow: boolean; readonly own: readonly string[] }
}

const join = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`)

/** A Map that forgets its oldest entries. */
function remember<V>(map: Map<string | number, V>, key: string | number, value: V, limit: number): void {
  if (map.size >= limit && !map.has(key)) {
    const oldest = map.keys().next()
    if (oldest.done !== true) map.delete(oldest.value)
  }
  map.set(key, value)
}

export function createTranslator({ ownPid, now, resolve, openedFile, isPrepared, isThere, isBelow, doerOf, onStart }: TranslatorOptions): Translator {
  let scope: Scope = { placeOf: () => undefined, excluded: () => true }
  const folders = new Map<string | number, string>()
  /** Created and not closed yet: the process may be gone when the file is closed. */
  const open = new Map<string | number, Doer>()
  const programs = new Map<string | number, { readonly path: string; readonly atMs: number }>()
  /** New files that were told by their descriptor. */
  const born = new Map<string | number, true>()

  const folderOf = (handle: Handle): string | undefined => {
    const known = folders.get(handle.key)
    if (known !== undefined) return known
    const path = resolve(handle)
    if (path !== undefined) remember(folders, handle.key, path, FOLDERS)
    return path
  }

  const folderRenamed = (from: string, to: string): void => {
    for (const [key, path] of folders) if (isWithin(path, from)) folders.set(key, to + path.slice(from.length))
  }

  const doer = (pid: number, place: Place): Doer => {
    const found = doerOf(pid, place !== 'local')
    // A process that is ending has a name, but no program any more.
    const program = found.process === undefined || found.process.executable === '' ? programs.get(pid) : undefined
    // Its number may be another's by now.
    return program === undefined || now() - program.atMs > PROGRAM_MS ? found : { ...found, program: program.path }
  }

  const renamed = (record: NotificationRecord, from: string, isFolder: boolean): Notification | undefined => {
    const newFolder = record.newFolder === undefined ? undefined : folderOf(record.newFolder)
    if (newFolder === undefined || record.newName === undefined) return undefined
    const to = join(newFolder, record.newName)
    if (isFolder) {
      folderRenamed(from, to)
      if (record.target !== undefined) remember(folders, record.target.key, to, FOLDERS)
    }
    const place = scope.placeOf(to)
    // An overlay copies a file up before its first change, and puts a mark over one that is deleted.
    if (isPrepared(to)) return undefined
    if (isPrepared(from)) return isFolder || place === undefined || isThere(to) ? undefined : { kind: 'deleted', path: to, place, atMs: now(), doer: doer(record.pid, place) }
    const fromPlace = scope.placeOf(from)
    const opened = open.get(from)
    if (opened !== undefined) {
      open.delete(from)
      open.set(to, opened)
    }
    if (place === undefined && fromPlace === undefined) return undefined
    return {
      kind: 'renamed', path: to, from, isFolder, atMs: now(), doer: doer(record.pid, place ?? 'local'),
      ...(place === undefined ? {} : { place }), ...(fromPlace === undefined ? {} : { fromPlace }),
    }
  }

  const ofFolder = (record: NotificationRecord, path: string): Notification | undefined => {
    if ((record.mask & event.rename) !== 0) return renamed(record, path, true)
    // Without paired renames nobody knows which paths moved.
    if ((record.mask & (event.movedFrom | event.movedTo)) !== 0) folders.clear()
    // A merged CREATE and DELETE of the same folder leaves a handle that nothing will name again.
    if ((record.mask & event.create) !== 0 && record.target !== undefined) remember(folders, record.target.key, path, FOLDERS)
    return undefined
  }

  const ofFile = (record: NotificationRecord, path: string): Notification | undefined => {
    const { mask, pid } = record
    if ((mask & event.rename) !== 0) return renamed(record, path, false)
    const place = scope.placeOf(path)
    if (place === undefined) return undefined
    const created = (mask & event.create) !== 0 && !isBelow(path)
    if ((mask & (event.delete | event.movedFrom)) !== 0) {
      const known = open.delete(path)
      // Came and went between two reads: there is nothing to tell about.
      return created || known ? undefined : { kind: 'deleted', path, place, atMs: now(), doer: doer(pid, place) }
    }
    if ((mask & (event.closeWrite | event.movedTo)) !== 0) {
      const opened = open.get(path)
      if (opened !== undefined) open.delete(path)
      const present = doer(pid, place)
      return { kind: 'written', path, place, created: created || opened !== undefined, atMs: now(), doer: present.process === undefined && opened?.pid === pid ? opened : present }
    }
    if (!created) return undefined
    const opened = doer(pid, place)
    remember(open, path, opened, OPEN_FILES)
    return place === 'local' ? undefined : { kind: 'appeared', path, place, atMs: now(), doer: opened }
  }

  const programStarted = (pid: number, path: string, name: string): void => {
    // The loader is opened for every dynamic program, after the program itself.
    if (/^ld[-.]/.test(name)) return
    remember(programs, pid, { path, atMs: now() }, PROGRAMS)
    onStart(pid, path)
  }

  /** On a file system without handles: written and closed, and nothing else. */
  const ofDescriptor = ({ fd, pid, mask }: NotificationRecord): Notification | undefined => {
    const file = openedFile(fd)
    if (file === undefined || pid === ownPid) return undefined
    if ((mask & event.openExec) !== 0) programStarted(pid, file.path, basename(file.path))
    if ((mask & event.closeWrite) === 0) return undefined
    const place = scope.placeOf(file.path)
    if (place === undefined) return undefined
    const atMs = now()
    const created = file.birthtimeMs > atMs - BORN_MS && !born.has(file.path)
    if (created) remember(born, file.path, true, BORN)
    return { kind: 'written', path: file.path, place, created, atMs, doer: doer(pid, place) }
  }

  return {
    setScope(next) {
      scope = next
    },
    forgetFolders() {
      folders.clear()
    },
    translate(records) {
      const notifications: Notification[] = []
      const own: string[] = []
      let overflow = false
      for (const record of records) {
        if ((record.mask & event.overflow) !== 0) {
          overflow = true
          continue
        }
        if (record.fd >= 0) {
          const notification = ofDescriptor(record)
          if (notification !== undefined) notifications.push(notification)
          continue
        }
        const { folder: handle, name, mask, pid } = record
        if (handle === undefined || name === undefined) continue
        const folder = folderOf(handle)
        if (folder === undefined) continue
        const path = join(folder, name)
        if ((mask & event.openExec) !== 0) {
          programStarted(pid, path, name)
          if ((mask & ~(event.openExec | event.onDirectory)) === 0) continue
        }
        if (pid === ownPid) {
          if ((mask & event.onDirectory) === 0) own.push(path)
          else ofFolder(record, path)
          continue
        }
        const notification = (mask & event.onDirectory) === 0 ? ofFile(record, path) : ofFolder(record, path)
        if (notification !== undefined) notifications.push(notification)
      }
      return { notifications, overflow, own }
    },
  }
}
