// Reads below a folder that somebody else owns: a person's home, where every name may be a trap.
//
// The walk opens one step at a time and follows no symbolic link, neither in the last part nor on the way there
// (O_NOFOLLOW alone guards the last part only), so that a root agent never reads what the person could not name.
import { closeSync, constants, fstatSync, openSync, opendirSync, type Stats } from 'node:fs'
import { type FileReading, readDescriptor } from './read-text.ts'

const { O_RDONLY, O_NONBLOCK, O_NOCTTY, O_NOFOLLOW, O_DIRECTORY } = constants

/** Opens `base` (trusted, links allowed), then every part of `relative` beneath it; the caller closes. */
function openBeneath(base: string, relative: string, lastFlags: number): number {
  const parts = relative.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw Object.assign(new Error('a path beneath a folder goes down only'), { code: 'EACCES' })
  let fd = openSync(base, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
  for (const [index, part] of parts.entries()) {
    const flags = index === parts.length - 1 ? lastFlags : O_DIRECTORY
    try {
      const next = openSync(`/proc/self/fd/${fd}/${part}`, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | flags)
      closeSync(fd)
      fd = next
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }
  return fd
}

const absentOrDenied = (error: unknown): 'absent' | 'denied' => (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'absent' : 'denied')

/** @param relative path below `base`; a symbolic link anywhere in it is `denied` */
export function readFileBeneath(base: string, relative: string, maxBytes: number): FileReading {
  let fd: number
  try {
    fd = openBeneath(base, relative, 0)
  } catch (error) {
    return { kind: absentOrDenied(error) }
  }
  try {
    return readDescriptor(fd, maxBytes)
  } catch {
    return { kind: 'denied' }
  } finally {
    closeSync(fd)
  }
}

export interface FolderReading {
  readonly kind: 'names' | 'absent' | 'denied'
  readonly names: readonly string[]
  /** Changes whenever an entry comes, goes or is renamed. */
  readonly version: string
}

/** Names in a folder below `base`, at most `maxEntries`, in the order of the alphabet. */
export function listBeneath(base: string, relative: string, maxEntries = 10_000): FolderReading {
  let fd: number
  try {
    fd = openBeneath(base, relative, O_DIRECTORY)
  } catch (error) {
    return { kind: absentOrDenied(error), names: [], version: '' }
  }
  try {
    const stat = fstatSync(fd)
    const names: string[] = []
    const folder = opendirSync(`/proc/self/fd/${fd}`)
    try {
      for (let entry = folder.readSync(); entry !== null && names.length < maxEntries; entry = folder.readSync()) names.push(entry.name)
    } finally {
      folder.closeSync()
    }
    return { kind: 'names', names: names.toSorted(), version: `${stat.dev} ${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs}` }
  } catch {
    return { kind: 'denied', names: [], version: '' }
  } finally {
    closeSync(fd)
  }
}

/** Inode, times and size of a file or folder below `base` without opening more than it; empty when it is not there. */
export function versionBeneath(base: string, relative: string): string {
  let fd: number
  try {
    fd = openBeneath(base, relative, 0)
  } catch (error) {
    return absentOrDenied(error) === 'absent' ? '' : 'denied'
  }
  try {
    const stat = fstatSync(fd)
    return `${stat.dev} ${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.size}`
  } catch {
    return 'denied'
  } finally {
    closeSync(fd)
  }
}

/** Facts of a regular file or folder below `base` without reading it; undefined when it is neither, or not reachable without a link. */
export function statBeneath(base: string, relative: string): Stats | undefined {
  let fd: number
  try {
    fd = openBeneath(base, relative, 0)
  } catch {
    return undefined
  }
  try {
    return fstatSync(fd)
  } catch {
    return undefined
  } finally {
    closeSync(fd)
  }
}
