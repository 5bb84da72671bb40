// Reads small files of the system without ever hanging or growing: what is not a short regular file is no answer.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const MAX_BYTES = 1 << 20

/**
 * Text of a file of the system, or undefined when it is absent, not readable or not a regular file.
 *
 * Synchronous on purpose: these files live in memory (/proc, /sys, /run) or are a few KiB, and one call costs less than a
 * trip through the thread pool. Opened without blocking, because a FIFO in place of a file must not hold the agent.
 * Longer files are cut at `maxBytes`.
 */
export function readText(path: string, maxBytes = MAX_BYTES): string | undefined {
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return undefined
  }
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) return undefined
    // Files of /proc and /sys say 0 or 4096 whatever they hold.
    const chunks: Buffer[] = []
    let total = 0
    while (total < maxBytes) {
      const chunk = Buffer.allocUnsafe(Math.min(maxBytes - total, Math.max(4096, stat.size - total + 1)))
      const read = readSync(fd, chunk, 0, chunk.length, null)
      if (read === 0) break
      chunks.push(chunk.subarray(0, read))
      total += read
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch {
    return undefined
  } finally {
    closeSync(fd)
  }
}

/** As readText, without the white space around it. */
export const readWord = (path: string): string | undefined => readText(path, 4096)?.trim()
