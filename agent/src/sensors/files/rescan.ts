// Looks for what was written while nobody could watch: after an overflow, and on a volume that was mounted a moment ago.
import type { Enrichment, ListedFile } from '../../enrich/contract.ts'

/** Entries of one listing. */
const LIST_ENTRIES = 20_000

export interface RescanLimits {
  readonly entries: number
  readonly ms: number
}

export interface RescanOptions {
  readonly folders: readonly string[]
  readonly enrichment: Pick<Enrichment, 'list'>
  readonly watched: (path: string) => boolean
  /** Files whose content or inode changed at or after this are found; ctime cannot be set back by a user. */
  readonly sinceMs: number
  readonly found: (file: ListedFile) => Promise<void> | void
  readonly signal: AbortSignal
  readonly limits: RescanLimits
}

/** @returns whether everything was looked at within the limits */
export async function rescan({ folders, enrichment, watched, sinceMs, found, signal, limits }: RescanOptions): Promise<boolean> {
  const stack = folders.map((folder) => ({ folder, skip: 0 }))
  const until = performance.now() + limits.ms
  let left = limits.entries
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (signal.aborted || left <= 0 || performance.now() > until) return false
    const listing = await enrichment.list(next.folder, next.skip)
    if (listing === undefined) continue
    left -= listing.files.length + listing.folders.length + 1
    if (listing.cut) stack.push({ folder: next.folder, skip: next.skip + LIST_ENTRIES })
    for (const file of listing.files) if (Math.max(file.ctimeMs, file.mtimeMs) >= sinceMs && watched(file.path)) await found(file)
    stack.push(...listing.folders.map((folder) => ({ folder, skip: 0 })))
  }
  return true
}
