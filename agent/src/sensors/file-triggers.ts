// Runs a check when one of some files changes, and every few seconds anyway.
//
// The watch is on the folder of a file, not on the file: `sed -i`, editors and dpkg replace files by a rename, which a watch
// on the old inode never tells. The clock is the net below: it finds what happened before a watch stood, below folders that
// come later, and on file systems that tell nothing.
import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createWaker, waitFor } from './waiting.ts'

export type Cause = 'start' | 'file' | 'poll'

export interface FileTriggerOptions {
  /** Folder that stands for `/`. */
  readonly root: string
  /** Absolute paths, asked for before each check (the same list again is not looked through again); one that ends in `/` is a folder whose every entry counts. */
  readonly paths: () => readonly string[]
  readonly pollMs: number
  /** How many times longer it waits now: sensor.ts. */
  readonly pace?: () => number
  readonly signal: AbortSignal
  /**
   * Looks; never called twice at a time. `changed` are the folders in which something that counts has changed, or that came
   * or went, since the last call. A number asks to be called again after so many milliseconds, for what was seen half done.
   */
  readonly check: (cause: Cause, changed: ReadonlySet<string>) => Promise<number | undefined>
  /** How many folders are watched, and how many could not be because the kernel's limit is used up. */
  readonly onWatches?: (watches: number, refused: number) => void
  /** Hands over what to call when something else than a file has changed. */
  readonly onBell?: (ring: () => void) => void
}

/** A copy or an upgrade writes in bursts; what follows within this time belongs together. */
const DEBOUNCE_MS = 100
/** But a burst without end does not put a check off for ever. */
const LONGEST_DEBOUNCE_MS = 500
/** A watched folder that goes says so; that another was mounted over it, or one above it renamed, is asked for so often. */
const SAME_FOLDER_MS = 30_000

interface Watched {
  readonly watcher: FSWatcher
  readonly inode: string
}

/** Folder -> names that count in it; undefined where all do. */
function foldersOf(paths: readonly string[]): Map<string, Set<string> | undefined> {
  const folders = new Map<string, Set<string> | undefined>()
  for (const path of paths) {
    if (path.startsWith('/proc/') || path.startsWith('/sys/')) continue
    if (path.endsWith('/')) folders.set(path.slice(0, -1), undefined)
    else if (!folders.has(dirname(path))) folders.set(dirname(path), new Set([basename(path)]))
    else folders.get(dirname(path))?.add(basename(path))
  }
  return folders
}

function inodeOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat?.isDirectory() === true ? `${stat.dev}:${stat.ino}` : undefined
}

/** Runs until the signal aborts. Whatever `check` throws ends it. */
export async function runOnFileChanges({ root, paths, pollMs, pace = () => 1, signal, check, onWatches, onBell }: FileTriggerOptions): Promise<void> {
  const watched = new Map<string, Watched>()
  let known: readonly string[] = []
  let folders = foldersOf(known)
  const waker = createWaker(signal)
  let lastChangeAt = 0

  let pending = new Set<string>()

  const changed = (folder: string): void => {
    pending.add(folder)
    lastChangeAt = performance.now()
    waker.wake()
  }

  onBell?.(() => {
    lastChangeAt = performance.now()
    waker.wake()
  })

  const release = (folder: string): void => {
    watched.get(folder)?.watcher.close()
    watched.delete(folder)
  }

  let askedAt = Number.NEGATIVE_INFINITY

  /** Puts a watch on folders that have come, takes it off those that have gone or are others now. */
  const arm = (cause: Cause): void => {
    let refused = 0
    const now = paths()
    const isKnown = now === known && cause === 'poll' && performance.now() - askedAt < Math.min(SAME_FOLDER_MS, 3 * pollMs)
    if (!isKnown) askedAt = performance.now()
    if (now !== known) folders = foldersOf(now)
    known = now
    for (const folder of watched.keys()) if (!folders.has(folder)) release(folder)
    for (const [folder, names] of folders) {
      if (isKnown && watched.has(folder)) continue
      const path = join(root, folder)
      let inode: string | undefined
      try {
        inode = inodeOf(path)
      } catch {
        // Not ours to read.
      }
      if (watched.get(folder)?.inode === inode && inode !== undefined) continue
      if (inode !== undefined || watched.has(folder)) pending.add(folder)
      release(folder)
      if (inode === undefined) continue
      try {
        const watcher = watch(path, { persistent: false }, (_, name) => {
          // Under its own name the folder itself: it has gone, or has another.
          if (name === null || names === undefined || names.has(name) || name === basename(folder)) changed(folder)
        })
        watcher.on('error', () => watched.delete(folder))
        watched.set(folder, { watcher, inode })
      } catch (error) {
        if (['ENOSPC', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '')) refused++
      }
    }
    onWatches?.(watched.size, refused)
  }

  /** Waits for a change and for the end of its burst, or for the given time; says which it was. */
  const wait = async (ms: number): Promise<Cause> => {
    if (!(await waker.wait(ms))) return 'poll'
    const firstChangeAt = lastChangeAt
    for (let rest = DEBOUNCE_MS; rest > 0 && !signal.aborted; ) {
      await waitFor(rest, signal)
      rest = Math.min(lastChangeAt + DEBOUNCE_MS, firstChangeAt + LONGEST_DEBOUNCE_MS) - performance.now()
    }
    // What woke it during the burst is seen by the check that comes now.
    await waker.wait(0)
    return 'file'
  }

  try {
    let cause: Cause = 'start'
    while (!signal.aborted) {
      arm(cause)
      const since = pending
      pending = new Set()
      const again = await check(cause, since)
      if (signal.aborted) break
      cause = await wait(Math.min(pollMs, again ?? pollMs) * pace())
    }
  } finally {
    for (const { watcher } of watched.values()) watcher.close()
  }
}
