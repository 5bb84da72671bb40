// Which watcher looks after which folder: fanotify a file system at a time, chokidar where it cannot.
import type { SensorContext } from '../sensor.ts'
import type { Notification } from './notification.ts'
import { type Places, watchedFolders } from './places.ts'
import { mountOf } from './volumes.ts'
import { type ChokidarWatch, watchChokidar } from './watch-chokidar.ts'
import type { FanotifyWatch } from './watch-fanotify.ts'

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

export function createWatchers(context: SensorContext, fanotify: FanotifyWatch | undefined, onNotification: (notification: Notification) => void): Watchers {
  const { signal } = context
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

  const watchWithChokidar = async (folders: readonly string[], places: Places): Promise<void> => {
    if (folders.join('\0') === watched.join('\0')) return
    await chokidar?.stop()
    watched = folders
    chokidar = undefined
    if (folders.length === 0 || signal.aborted) return
    chokidar = watchChokidar({
      folders, scope: places.scope, now: () => context.now(), onNotification,
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
    // The scope first: it is wanted as soon as the first event of a new mark comes.
    const [, failed] = await Promise.all([fanotify.setScope(places.settings), fanotify.mark([...byMount.keys()])])
    marked = fanotify.markedDevices()
    problems.delete('marks')
    if (failed.length > 0) problems.set('marks', { reason: `no process names and no renames on ${failed.map(({ path, errno }) => `${path} (errno ${errno})`).join(', ')}: chokidar watches there`, fix: '' })
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
      await chokidar?.stop()
    },
  }
}
