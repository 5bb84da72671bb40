// Watching without root, and where there is no fanotify: chokidar, one kernel watch a file on Linux, so bounded.
// It cannot say who did it. A removed path comes without a hint of where it went, so a rename is a deletion and a new file.
import { readFileSync, type Stats } from 'node:fs'
import { watch } from 'chokidar'
import type { Notification } from './notification.ts'
import type { Scope } from './scope.ts'

export interface ChokidarOptions {
  readonly folders: readonly string[]
  readonly scope: Scope
  readonly now: () => number
  readonly onNotification: (notification: Notification) => void
  /** No more paths are watched: the rest is not seen. */
  readonly onLimit: (limit: number) => void
  readonly onError: (error: unknown) => void
  readonly maxWatches?: number
}

export interface ChokidarWatch {
  /** Resolves once the folders are read and watched. */
  readonly ready: Promise<void>
  readonly watches: number
  stop(): Promise<void>
}

const MAX_WATCHES = 50_000
/** Times of files are as coarse as the kernel's slowest tick (100 Hz), and lie behind the clock by up to that. */
const TICK_MS = 12

/** Three fifths of what the kernel allows a user, so that the rest of the desktop keeps working. */
export function watchLimit(): number {
  try {
    return Math.min(MAX_WATCHES, Math.floor(Number(readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8')) * 0.6) || MAX_WATCHES)
  } catch {
    return MAX_WATCHES
  }
}

/** Starts to watch; folders that are not there yet are seen when they come. */
export function watchChokidar({ folders, scope, now, onNotification, onLimit, onError, maxWatches = watchLimit() }: ChokidarOptions): ChokidarWatch {
  const accepted = new Set<string>()
  let watches = 0
  let full = false

  // Called twice for a path: without facts and with them. Only the second, and only once a path, counts.
  const ignored = (path: string, stats?: Stats): boolean => {
    if (scope.excluded(path)) return true
    if (stats === undefined) return false
    if (!stats.isFile() && !stats.isDirectory()) return true
    if (accepted.has(path)) return false
    if (watches >= maxWatches) {
      if (!full) onLimit(maxWatches)
      full = true
      return true
    }
    accepted.add(path)
    watches += 1
    return false
  }

  const watcher = watch([...folders], { ignored, ignoreInitial: false, alwaysStat: true, followSymlinks: false, persistent: true, ignorePermissionErrors: true, atomic: false })
  // The first reading of a large tree takes seconds: what is written meanwhile is told apart by its time.
  const begunMs = now() - TICK_MS
  let isReady = false
  const written = (created: boolean) => (path: string): void => {
    const place = scope.placeOf(path)
    if (place !== undefined) onNotification({ kind: 'written', path, place, created, atMs: now() })
  }
  watcher.on('add', (path, stats) => {
    if (isReady || (stats !== undefined && Math.max(stats.ctimeMs, stats.mtimeMs) >= begunMs)) written(true)(path)
  })
  watcher.on('change', written(false))
  watcher.on('unlink', (path) => {
    if (accepted.delete(path)) watches -= 1
    const place = scope.placeOf(path)
    if (place !== undefined) onNotification({ kind: 'deleted', path, place, atMs: now() })
  })
  watcher.on('unlinkDir', (path) => {
    if (accepted.delete(path)) watches -= 1
  })
  watcher.on('error', onError)
  const ready = new Promise<void>((resolve) => watcher.once('ready', () => {
    isReady = true
    resolve()
  }))

  return {
    ready,
    get watches() {
      return watches
    },
    stop: () => watcher.close(),
  }
}
