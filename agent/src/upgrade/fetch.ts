// Fetches a release over the device's own connection, piece by piece, from where it stopped.
//
// One request is on its way at a time, activities go first, and after each piece there is a pause as long as it took: a release
// takes at most about half of a slow line. The file is as long as what is here of it; a crash may leave its end torn, which
// the signed sum finds out, and then it is fetched anew, once.
import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { MAX_PACKAGE_PIECE_BYTES, wire } from '@holdfast/proto'

const QUIET_MS = 50
/** A device that is never quiet takes its release all the same. */
const QUIET_PATIENCE_MS = 2000
const LEAST_PAUSE_MS = 2
const MOST_PAUSE_MS = 2000
const RETRY_MS = 5000
const LONGEST_RETRY_MS = 3_600_000

/** One connection, as far as a release needs it. */
export interface PackageLink {
  /** Rejects when no answer comes in time. */
  request(data: Uint8Array): Promise<Uint8Array>
  /** No activity waits to be sent. */
  readonly quiet: boolean
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)

export const sizeOf = (path: string): Promise<number> => stat(path).then(({ size }) => size, () => 0)

async function append(path: string, at: number, data: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  try {
    await file.write(data, 0, data.length, at)
  } finally {
    await file.close()
  }
}

async function untilQuiet(link: PackageLink, signal: AbortSignal): Promise<void> {
  const since = performance.now()
  while (!link.quiet && !signal.aborted && performance.now() - since < QUIET_PATIENCE_MS) await pause(QUIET_MS, signal)
}

/**
 * Fetches until the file is as long as was signed, or the signal aborts.
 *
 * @param onProblem a code, or empty when it goes on
 * @returns whether all of it is here
 * @throws errors of the disk
 */
export async function fetchPackage(link: PackageLink, path: string, { sha256, sizeBytes }: { readonly sha256: string; readonly sizeBytes: number }, onProblem: (problem: string) => void, signal: AbortSignal): Promise<boolean> {
  let at = await sizeOf(path)
  while (at < sizeBytes && !signal.aborted) {
    await untilQuiet(link, signal)
    if (signal.aborted) return false
    const since = performance.now()
    let piece: wire.PackagePiece
    try {
      piece = wire.PackagePiece.decode(await link.request(wire.PackageRequest.encode({ sha256, offset: at }).finish()))
    } catch {
      if (!signal.aborted) onProblem('NO_ANSWER')
      await pause(RETRY_MS, signal)
      continue
    }
    const { data, refused, retryAfterSecs } = piece
    if (data.length === 0 || data.length > MAX_PACKAGE_PIECE_BYTES || at + data.length > sizeBytes) {
      onProblem(refused === '' ? 'PIECE_UNFIT' : refused)
      await pause(Math.min(LONGEST_RETRY_MS, Math.max(1, retryAfterSecs) * 1000), signal)
      continue
    }
    await append(path, at, data)
    at += data.length
    onProblem('')
    await pause(Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, performance.now() - since)), signal)
  }
  return at >= sizeBytes
}
