// Says when settings that decide about places may have changed. One watch a folder and none below it, so the cost is a dozen
// watches a person; bursts are one call.
import { type FSWatcher, watch } from 'node:fs'

const QUIET_MS = 1000
const LONGEST_MS = 10_000

/** What clients write all the time besides their settings. */
const NOISE = /\.(log|lock|tmp|db|sqlite\d?|db-wal|db-shm|db-journal|ldb|sst|pid)$|^(\.#|\.?goutputstream|lock$)/i
/** In a home and its folder of settings much comes and goes; only these are a client's. */
const SIGNS = /^(\.config|\.dropbox|\.ccnet|\.pcloud|\.megaCmd|\.local|Insync|MEGA(sync)?|pCloudDrive|Library|AppData|onedrive.*|onedriver|Nextcloud|ownCloud|syncthing|rclone|OneDrive|iCloudDrive|Box|My Drive)$/

export interface SettingsWatch {
  /** Watches these folders and no others. */
  update(folders: readonly string[]): void
  close(): void
}

/** @param isNoisy folders in which only known names count */
export function watchSettings(onChange: () => void, isNoisy: (folder: string) => boolean): SettingsWatch {
  const watches = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  let firstAt: number | undefined

  const changed = (folder: string, name: string | null): void => {
    if (name !== null && (NOISE.test(name) || (isNoisy(folder) && !SIGNS.test(name)))) return
    const at = performance.now()
    firstAt ??= at
    clearTimeout(timer)
    timer = setTimeout(() => {
      firstAt = undefined
      onChange()
    }, Math.max(0, Math.min(QUIET_MS, firstAt + LONGEST_MS - at))).unref()
  }
  const stop = (folder: string): void => {
    watches.get(folder)?.close()
    watches.delete(folder)
  }

  return {
    update(folders) {
      const wanted = new Set(folders)
      for (const folder of watches.keys()) if (!wanted.has(folder)) stop(folder)
      for (const folder of wanted) {
        if (watches.has(folder)) continue
        try {
          const watcher = watch(folder, { persistent: false }, (_event, name) => changed(folder, name))
          // The folder is gone: its parent has said so, or will.
          watcher.on('error', () => stop(folder))
          watches.set(folder, watcher)
        } catch {
          // No watch left, or no such folder: what it would have told is read at the next change of mounts.
        }
      }
    },
    close() {
      clearTimeout(timer)
      for (const folder of watches.keys()) stop(folder)
    },
  }
}
