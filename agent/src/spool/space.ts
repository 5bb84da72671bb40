// Is there room for more activities? Leaves a reserve, so that gap records and trims still find room on a full disk.
import { statfs } from 'node:fs/promises'

/** Free space that activities leave alone: the smaller of 64 MiB and 1 % of the file system. */
const RESERVE_BYTES = 64 * 1024 * 1024
const RESERVE_SHARE = 0.01
const SPACE_CHECK_MS = 1000
const SPACE_CHECK_BYTES = 4 * 1024 * 1024

/** Somebody removed the files under the running agent. */
export class SpoolGone extends Error {}

export interface SpaceGuard {
  /** @throws when activities of this size would eat the reserve; SpoolGone when the file has no name any more */
  need(bytes: number): Promise<void>
}

/** Asks the file system at most once a second, or every few megabytes. */
export function createSpaceGuard(path: string): SpaceGuard {
  let checkedAt = -Infinity
  let written = 0
  return {
    async need(bytes) {
      written += bytes
      if (performance.now() - checkedAt < SPACE_CHECK_MS && written < SPACE_CHECK_BYTES) return
      const { bavail, bsize, blocks } = await statfs(path).catch((error: unknown) => {
        throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new SpoolGone() : error
      })
      if (bavail * bsize < Math.min(RESERVE_BYTES, blocks * bsize * RESERVE_SHARE)) {
        checkedAt = -Infinity
        throw new Error('the file system is full up to the reserve')
      }
      checkedAt = performance.now()
      written = 0
    },
  }
}
