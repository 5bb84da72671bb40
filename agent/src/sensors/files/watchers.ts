// Which watcher looks after which folder: fanotify a file system at a time, chokidar where it cannot.
import { existsSync } from 'node:fs'
import type { SensorContext } from '../sensor.ts'
import { descriptorsFor, markOf } from './marks.ts'
import type { Notification } from './notification.ts'
import { type Places, watchedFolders } from './places.ts'
import { isWithin } from './scope.ts'
import { mountOf } from './volumes.ts'
import { type ChokidarWatch, watchChokidar } from './watch-chokidar.ts'
import type { FanotifyWatch, MarkFailure } from './watch-fanotify.ts'

interface Problem {
  readonly reason: string
  readonly fix: string
}

export interface Watchers {
  /** Watches what these places need, and nothing else. */
  apply(places: Places): Promise<void>
  /** Why less is seen than could be; a later problem of the same name takes its place. */
  problem(name: string, problem: Problem): void
  report(): void
  /** Devices whose mark went away with their last mount. */
  lostMarks(): ReadonlySet<string>
  /** False once a watch failed. */
  readonly healthy: boolean
  stop(): Promise<void>
}

/** What descriptors told so long ago, chokidar tells of the same write. */
const SAME_MS = 5000
/** So long chokidar's word waits for that of the descriptors, which names the process. */
const SECOND_WORD_MS = 1000
const RECENT = 8192

/** More mounts below watched folders than any person has; a build host may have thousands. */
const MAX_BELOW = 256

/** What is mounted below a watched folder belongs to it. A FUSE there is left alone unless somebody names it: its server may make us wait. */
function mountsBelow({ settings, scope, volumes }: Places): readonly string[] {
  return volumes.mounts
    .filter(({ mountPoint, options, fileSystem }) => !fileSystem.startsWith('fuse') && !/^ro(?:,|$)/.test(options) && !scope.excluded(mountPoint) && settings.roots.some((root) => isWithin(mountPoint, root)))
    .slice(0, MAX_BELOW).map(({ mountPoint }) => mountPoint)
}

interface WatchersOptions {
  /** Starts a reader for file systems without handles; absent in tests without one. */
  readonly startDescriptors?: (() => Promise<FanotifyWatch>) | undefined
}

export function createWatchers(context: SensorContext, fanotify: FanotifyWatch | undefined, onNotification: (notification: Notification) => void, { startDescriptors }: WatchersOptions = {}): Watchers {
  const { signal } = context
  let descriptors: FanotifyWatch | undefined
  let byDescriptor: readonly string[] = []
  /** What descriptors told of, by path. */
  const recent = new Map<string, number>()
  const problems = new Map<string, Problem>()
  let chokidar: ChokidarWatch | undefined
  let watched: readonly string[] = []
  let marked: ReadonlySet<string> = new Set()
  let healthy = true
  /** Nothing is seen yet, so nothing is said of how much. */
  let applied = false

  const report = (): void => {
    if (signal.aborted || !applied) return
    const watches = (fanotify?.markedDevices().size ?? 0) + (chokidar?.watches ?? 0)
    const found = [...problems.values()]
    if (found.length === 0) context.report({ tier: 'full', reason: '', fix: '', watches })
    else context.report({ tier: 'degraded', reason: found.map(({ reason }) => reason).join('; '), fix: [...new Set(found.map(({ fix }) => fix))].filter((fix) => fix !== '').join(' '), watches })
  }
  const problem = (name: string, found: Problem): void => {
    problems.set(name, found)
    report()
  }

  const fromDescriptors = (notifications: readonly Notification[]): void => {
    for (const notification of notifications) {
      if (recent.size >= RECENT) recent.clear()
      recent.set(notification.path, performance.now())
      onNotification(notification)
    }
  }
  const fromChokidar = (notification: Notification): void => {
    if (notification.kind !== 'written' || !byDescriptor.some((folder) => isWithin(notification.path, folder))) return onNotification(notification)
    // A file that was moved here is told by nobody else.
    setTimeout(() => {
      if (!signal.aborted && performance.now() - (recent.get(notification.path) ?? Number.NEGATIVE_INFINITY) > SAME_MS) onNotification(notification)
    }, SECOND_WORD_MS).unref()
  }

  /** The mount points where descriptors tell who wrote; the others have chokidar alone. */
  const watchDescriptors = async (failed: readonly MarkFailure[], places: Places): Promise<readonly MarkFailure[]> => {
    const able = failed.filter(({ path, errno }) => descriptorsFor(path, errno, places.volumes.mounts) !== undefined)
    if (able.length > 0 && startDescriptors !== undefined) {
      descriptors ??= await startDescriptors().catch(() => undefined)
      void descriptors?.died.then((error) => problem('descriptors', { reason: `who wrote is not known on file systems without handles: ${error.message}`, fix: 'Restart the agent.' }))
    }
    if (descriptors === undefined) return []
    if (able.length === 0) {
      await descriptors.stop()
      descriptors = undefined
      return []
    }
    const [, refused] = await Promise.all([descriptors.setScope(places.settings), descriptors.mark(able.map(({ path }) => ({ path, mountPoint: path })))])
    descriptors.listen({ onNotifications: fromDescriptors, onOverflow: () => problem('descriptors', { reason: 'more was written on a file system without handles than could be told', fix: '' }) })
    return able.filter(({ path }) => !refused.some((one) => one.path === path))
  }

  const watchWithChokidar = async (folders: readonly string[], places: Places): Promise<void> => {
    if (folders.join('\0') === watched.join('\0')) return
    await chokidar?.stop()
    watched = folders
    chokidar = undefined
    if (folders.length === 0 || signal.aborted) return
    chokidar = watchChokidar({
      folders, scope: places.scope, now: () => context.now(), onNotification: fromChokidar,
      onLimit: (limit) => problem('limit', { reason: `only ${limit} files and folders are watched, the rest is not seen`, fix: 'Raise the sysctl fs.inotify.max_user_watches, narrow the roots, or run the agent as root.' }),
      onError: (error) => {
        healthy = false
        problem('chokidar', { reason: `watching failed: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`, fix: 'Raise the sysctls fs.inotify.max_user_watches and fs.inotify.max_user_instances.' })
      },
    })
    await Promise.race([chokidar.ready, new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))])
  }

  const applyTo = async (places: Places): Promise<void> => {
    const folders = watchedFolders(places.settings)
    if (fanotify === undefined) return watchWithChokidar(folders, places)
    const byMount = new Map<string, string[]>()
    for (const folder of folders) {
      const point = mountOf(folder, places.volumes.mounts)?.mountPoint ?? '/'
      byMount.set(point, [...byMount.get(point) ?? [], folder])
    }
    for (const point of mountsBelow(places)) if (!byMount.has(point)) byMount.set(point, [])
    const marks = [...byMount.keys()].map((point) => markOf(point, places.volumes.mounts, existsSync))
    // The scope first: it is wanted as soon as the first event of a new mark comes.
    const [, failed] = await Promise.all([fanotify.setScope(places.settings), fanotify.mark(marks)])
    marked = fanotify.markedDevices()
    problems.delete('marks')
    problems.delete('half-marks')
    const half = await watchDescriptors(failed, places)
    byDescriptor = half.flatMap(({ path }) => byMount.get(path) ?? [])
    const blind = failed.filter((failure) => !half.includes(failure))
    if (half.length > 0) {
      const facts = half.map(({ path, errno }) => ({ path, ...descriptorsFor(path, errno, places.volumes.mounts) }))
      problems.set('half-marks', { reason: `a rename is a deletion and a new file on ${facts.map(({ path, why }) => `${path} (${why ?? ''})`).join(', ')}`, fix: [...new Set(facts.map(({ fix }) => fix ?? ''))].join(' ').trim() })
    }
    if (blind.length > 0) problems.set('marks', { reason: `no process names and no renames on ${blind.map(({ path, errno }) => `${path} (errno ${errno})`).join(', ')}: chokidar watches there`, fix: '' })
    await watchWithChokidar(failed.flatMap(({ path }) => byMount.get(path) ?? []), places)
  }

  return {
    problem, report,
    lostMarks() {
      const now = fanotify?.markedDevices()
      return new Set([...marked].filter((device) => now?.has(device) !== true))
    },
    async apply(places) {
      await applyTo(places)
      applied = true
    },
    get healthy() {
      return healthy
    },
    async stop() {
      await Promise.all([chokidar?.stop(), descriptors?.stop()])
    },
  }
}
