// Reads small files of the system without ever hanging or growing: what is not a short regular file is no answer.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'

const MAX_BYTES = 1 << 20
const EMPTY = Buffer.alloc(0)
/** Nearly every file fits; a sensor reads dozens every few seconds, and a new buffer for each would keep the collector of garbage busy. */
const scratch = Buffer.alloc(16 << 10)

/** `denied` covers every failure but absence; `other` is a folder, a FIFO, a device, or a file longer than the cap. */
export type FileReading = { readonly kind: 'bytes'; readonly bytes: Buffer; readonly complete: boolean } | { readonly kind: 'absent' | 'denied' | 'other' }

/** A link to /dev/null is how administrators say "empty". */
const isNullDevice = (stat: Stats): boolean => stat.isCharacterDevice() && stat.rdev === 0x103

/** Reads an open descriptor up to `maxBytes`; does not close it. */
export function readDescriptor(fd: number, maxBytes: number): FileReading {
  const stat = fstatSync(fd)
  if (isNullDevice(stat)) return { kind: 'bytes', bytes: EMPTY, complete: true }
  if (!stat.isFile()) return { kind: 'other' }
  // Files of /proc and /sys say 0 or 4096 whatever they hold, so reading goes on to the end.
  const chunks: Buffer[] = []
  let total = 0
  while (total <= maxBytes) {
    const isFirst = total === 0
    const chunk = isFirst ? scratch.subarray(0, maxBytes + 1) : Buffer.allocUnsafe(Math.min(maxBytes + 1 - total, Math.max(scratch.length, stat.size - total + 1)))
    const read = readSync(fd, chunk, 0, chunk.length, null)
    if (read === 0) break
    chunks.push(isFirst ? Buffer.from(chunk.subarray(0, read)) : chunk.subarray(0, read))
    total += read
  }
  const bytes = chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks)
  return { kind: 'bytes', bytes: bytes.subarray(0, maxBytes), complete: total <= maxBytes }
}

/**
 * A file of the system, and why there is none.
 *
 * Synchronous on purpose: these files live in memory (/proc, /sys, /run) or are a few KiB, and one call costs less than a
 * trip through the thread pool. Opened without blocking, because a FIFO in place of a file must not hold the agent.
 */
export function readSystemFile(path: string, maxBytes = MAX_BYTES): FileReading {
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'denied' }
  }
  try {
    return readDescriptor(fd, maxBytes)
  } catch {
    return { kind: 'denied' }
  } finally {
    closeSync(fd)
  }
}

/**
 * Text of a file of the system, or undefined when it is absent, not readable or not a regular file.
 * Longer files are cut at `maxBytes`.
 */
export function readText(path: string, maxBytes = MAX_BYTES): string | undefined {
  const reading = readSystemFile(path, maxBytes)
  return reading.kind === 'bytes' ? reading.bytes.toString('utf8') : undefined
}

/**
 * Text of a file of /proc that the kernel makes whole at the first read (`single_open` in its source: stat, status, comm,
 * cgroup, loginuid): three calls instead of five, for what is asked at every start of a program. Longer ones are cut at 16 KiB.
 */
export function readProcText(path: string): string | undefined {
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return undefined
  }
  try {
    return scratch.toString('utf8', 0, readSync(fd, scratch, 0, scratch.length, null))
  } catch {
    // It has ended meanwhile.
    return undefined
  } finally {
    closeSync(fd)
  }
}

/** As readText, without the white space around it. */
export const readWord = (path: string): string | undefined => readText(path, 4096)?.trim()
