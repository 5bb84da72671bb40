// How many files the file sensor has seen being written to each mounted medium: what the media sensor tells when it ends.
import type { Platform } from '../../platform/platform.ts'

/** Names beyond these are counted one by one, so that a file that is written twice counts twice. */
const NAMES_KEPT = 65_536

interface Count {
  readonly names: Set<number>
  more: number
}

/** Both sensors have the same platform and nothing else in common. */
const counts = new WeakMap<Platform, Map<string, Count>>()

/** FNV-1a: two of 65,536 names are taken for one with a chance of a half, which changes the number by one. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

/** A file was written to the medium that is mounted there. */
export function noteWrite(platform: Platform, mountPoint: string, path: string): void {
  const volumes = counts.get(platform) ?? new Map<string, Count>()
  counts.set(platform, volumes)
  const count = volumes.get(mountPoint) ?? { names: new Set<number>(), more: 0 }
  volumes.set(mountPoint, count)
  if (count.names.size < NAMES_KEPT) count.names.add(hash(path))
  else count.more += 1
}

export function filesWritten(platform: Platform, mountPoint: string): number {
  const count = counts.get(platform)?.get(mountPoint)
  return count === undefined ? 0 : count.names.size + count.more
}

/** Something else may be mounted there from now on. */
export const forgetWrites = (platform: Platform, mountPoint: string): void => void counts.get(platform)?.delete(mountPoint)
