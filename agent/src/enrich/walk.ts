// Collects names and sizes of watched folders in the background: slow, pausable, nothing opened, links not followed,
// other file systems left out. One folder a step; the pause after it follows from what it held.
import type { LineageScope, Listing } from './contract.ts'

/** Entries a second: 100,000 files take about three minutes and cost one per cent of a core meanwhile. */
const ENTRIES_PER_SECOND = 600
const STEP_MS = 20
/** Deeper than any person's folder; also what bounds the memory of the walk. */
const MAX_FOLDERS = 50_000

export interface WalkOptions {
  readonly scope: LineageScope
  readonly list: (folder: string) => Promise<Listing | undefined>
  /** Mount points: what lies below another one than its root's is left out. */
  readonly mountPoints: () => Promise<readonly string[]>
  readonly found: (listing: Listing) => void
  /** True while there is more urgent work. */
  readonly busy: () => boolean
  readonly signal: AbortSignal
  readonly entriesPerSecond?: number
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms).unref()
    signal.addEventListener('abort', done, { once: true })
  })

/** @returns number of files seen, once all folders were listed or the signal aborted */
export async function walk({ scope, list, mountPoints, found, busy, signal, entriesPerSecond = ENTRIES_PER_SECOND }: WalkOptions): Promise<number> {
  const mounts = new Set(await mountPoints())
  const stack = [...scope.roots].toReversed()
  let files = 0
  while (!signal.aborted) {
    const folder = stack.pop()
    if (folder === undefined) break
    if (busy()) {
      stack.push(folder)
      await sleep(250, signal)
      continue
    }
    const listing = await list(folder)
    if (listing === undefined || signal.aborted) continue
    found({ ...listing, files: listing.files.filter((file) => !scope.excluded(file.path)) })
    files += listing.files.length
    for (const below of listing.folders) {
      if (stack.length < MAX_FOLDERS && !mounts.has(below) && !scope.excluded(below)) stack.push(below)
    }
    await sleep(Math.max(STEP_MS, ((listing.files.length + listing.folders.length) / entriesPerSecond) * 1000), signal)
  }
  return files
}
