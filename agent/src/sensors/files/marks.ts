// What is marked for a mount, and what a folder's path in it means to people.
//
// An overlay has no file handles, but what is written to it is written to the folder that lies uppermost, on an ordinary file
// system: that one is marked, and its paths are told as those of the overlay. A file system that is mounted at several places
// (bind mounts, subvolumes) is marked once, and a folder is looked up in each of its mounts that somebody watches.
import type { MountEntry } from '../../platform/platform.ts'
import { unescapeOctal } from '../../platform/linux/mountinfo.ts'
import { isWithin } from '../../platform/path-patterns.ts'
import { mountOf } from './volumes.ts'

/** Structured-cloneable: it goes to the reader's thread. */
export interface Mark {
  /** A folder on the file system; marked, and what handles are opened by. */
  readonly path: string
  /** Where that file system is mounted: what does not lie below cannot be reached by it. */
  readonly mountPoint: string
  /** What is marked instead, where the folder itself cannot be: the top of a btrfs that it is a subvolume of. */
  readonly at?: string
  readonly overlay?: Overlay
}

interface Overlay {
  readonly upper: string
  /** Where the overlay prepares what then appears in `upper`. */
  readonly work: string
  readonly merged: string
  /** What it lies upon; a file that is new in `upper` but stands here was changed. */
  readonly lower: readonly string[]
}

/** `lowerdir=/a:/b,upperdir=/c,workdir=/d` with `\\` before a comma that is part of a name. */
function option(options: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|,)${name}=((?:\\\\.|[^,\\\\])*)`).exec(unescapeOctal(options))?.[1]
  return found?.replaceAll(/\\(.)/g, '$1')
}

/** @param exists whether a folder of the host is there: that of a container's root is not, for an agent in it */
export function markOf(mountPoint: string, mounts: readonly MountEntry[], exists: (path: string) => boolean): Mark {
  const mount = mounts.findLast((entry) => entry.mountPoint === mountPoint)
  if (mount?.fileSystem === 'btrfs' && mount.root !== '/') {
    const top = mounts.find((entry) => entry.device === mount.device && entry.root === '/')
    return { path: mountPoint, mountPoint, ...(top === undefined ? {} : { at: top.mountPoint }) }
  }
  if (mount?.fileSystem !== 'overlay' || mount.root !== '/') return { path: mountPoint, mountPoint }
  const upper = option(mount.superOptions ?? '', 'upperdir')
  const work = option(mount.superOptions ?? '', 'workdir')
  if (upper === undefined || work === undefined || !upper.startsWith('/') || !exists(upper)) return { path: mountPoint, mountPoint }
  const below = mountOf(upper, mounts)
  if (below === undefined || below.fileSystem === 'overlay') return { path: mountPoint, mountPoint }
  const lower = (/(?:^|,)lowerdir=((?:\\.|[^,\\])*)/.exec(unescapeOctal(mount.superOptions ?? ''))?.[1] ?? '').split(/(?<!\\):/).map((path) => path.replaceAll(/\\(.)/g, '$1')).filter((path) => path.startsWith('/'))
  return { path: upper, mountPoint: below.mountPoint, overlay: { upper, work, merged: mountPoint, lower } }
}

/** Whether a path of an overlay is that of a file below it, which a change copies up. */
export function standsBelow(overlays: readonly NonNullable<Mark['overlay']>[], path: string, exists: (path: string) => boolean): boolean {
  return overlays.some(({ merged, lower }) => isWithin(path, merged) && lower.some((folder) => exists(folder + path.slice(merged === '/' ? 0 : merged.length))))
}

const ENODEV = 19
const EXDEV = 18
const EOPNOTSUPP = 95

/** Why a mark by handles failed, and whether descriptors do there. A file system that a person serves is never asked for one: it could make us wait. */
export function descriptorsFor(mountPoint: string, errno: number, mounts: readonly MountEntry[]): { readonly why: string; readonly fix: string } | undefined {
  const mount = mounts.findLast((entry) => entry.mountPoint === mountPoint)
  if (mount === undefined || ![ENODEV, EXDEV, EOPNOTSUPP].includes(errno)) return undefined
  if (mount.fileSystem === 'overlay') return { why: 'the upper folder of the overlay is not to be seen here', fix: 'Run the agent where the upper folder of the overlay can be seen, such as on the host of the container.' }
  if (errno === EXDEV) return { why: 'a btrfs subvolume cannot be marked by itself', fix: 'Mount the top of the btrfs (subvolid=5) anywhere, for instance below /run.' }
  if (mount.fileSystem.startsWith('fuse') && !/(?:^|,)user_id=0(?:,|$)/.test(mount.superOptions ?? '')) return undefined
  return { why: `${mount.fileSystem} has no file handles`, fix: '' }
}

/** @returns the path as people know it; undefined where this mark's mount does not hold it */
export function pathThrough({ mountPoint, overlay }: Mark, path: string): string | undefined {
  if (!isWithin(path, mountPoint)) return undefined
  if (overlay === undefined || isWithin(path, overlay.work)) return path
  if (!isWithin(path, overlay.upper)) return undefined
  return `${overlay.merged === '/' ? '' : overlay.merged}${path.slice(overlay.upper.length)}` || '/'
}
