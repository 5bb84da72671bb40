// What a drill has put on the system, written down before it is put there, and taken away again: at its end, after Ctrl-C,
// and after a crash by the next drill or the next start of the agent.
//
// Nothing is removed but what carries the name of a drill: a list that somebody has spoilt can do no harm.
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { removeDurably, writeDurably } from '../platform/durable-file.ts'
import type { Platform } from '../platform/platform.ts'
import { DRILL_NAME } from './contract.ts'
import { readPrivateJson } from './private-file.ts'

export interface Leftovers {
  /** Mount points, unmounted and then removed. */
  readonly mounts: readonly string[]
  /** Files and folders, removed with what is in them. */
  readonly paths: readonly string[]
  /** The process that takes care of them while it lives. */
  readonly pid: number
}

const FILE = 'leftovers.json'
const isOurs = (path: unknown): path is string => typeof path === 'string' && path.startsWith('/') && basename(path).replace(/^\./, '').startsWith(DRILL_NAME)

export const noteLeftovers = (folder: string, leftovers: Leftovers): Promise<void> => writeDurably(join(folder, FILE), JSON.stringify(leftovers))

const isAlive = (pid: unknown): boolean => {
  try {
    return typeof pid === 'number' && pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Without a shell, and whatever stands in the way of one does not keep the others. */
export async function removeLeftovers({ mounts, paths }: Leftovers, platform: Pick<Platform, 'run' | 'mounts'>): Promise<readonly string[]> {
  const stuck: string[] = []
  const mounted = new Set((await platform.mounts()).map(({ mountPoint }) => mountPoint))
  for (const path of mounts.filter(isOurs)) {
    if (mounted.has(path)) {
      const { code } = await platform.run('umount', [path]).catch(() => ({ code: 1 }))
      // Somebody looks into it: it goes as soon as they leave.
      if (code !== 0 && (await platform.run('umount', ['-l', path]).catch(() => ({ code: 1 }))).code !== 0) stuck.push(path)
    }
  }
  for (const path of [...paths, ...mounts].filter(isOurs)) if (!stuck.includes(path)) await rm(path, { recursive: true, force: true }).catch(() => stuck.push(path))
  return stuck
}

/** @returns what a drill that ended badly had left behind and is gone now */
export async function sweepLeftovers(folder: string, platform: Pick<Platform, 'run' | 'mounts'>): Promise<number> {
  const found = (await readPrivateJson(join(folder, FILE))) as Partial<Leftovers> | undefined
  if (found === undefined || !Array.isArray(found.mounts) || !Array.isArray(found.paths) || isAlive(found.pid)) return 0
  const stuck = await removeLeftovers(found as Leftovers, platform)
  if (stuck.length === 0) await removeDurably(join(folder, FILE))
  return found.mounts.length + found.paths.length - stuck.length
}

export const forgetLeftovers = (folder: string): Promise<void> => removeDurably(join(folder, FILE))
