// Where a drill may act: in folders that the policy watches and that nobody but root can change, so that nobody else can do
// anything in the drill's own places.
import { lstat, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { compileExclude, isWithin } from '../platform/path-patterns.ts'
import type { Platform } from '../platform/platform.ts'

const DEFAULT_REMOVABLE_ROOTS = ['/run/media', '/media', '/mnt']

/** Root's own all the way up; a folder that everybody may write to counts where only owners may rename (`/tmp`). */
export async function isRootsOwn(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const stat = await lstat(path).catch(() => undefined)
    if (stat?.isDirectory() !== true || stat.uid !== 0) return false
    if ((stat.mode & 0o022) !== 0 && (stat.mode & 0o1000) === 0) return false
    if (dirname(path) === path) return true
  }
}

/** A watched folder for the canaries; undefined where there is none that is safe. */
export async function canaryRoot(policy: wire.AgentPolicy.$Properties, platform: Pick<Platform, 'accounts'>, name: string): Promise<string | undefined> {
  const excluded = (policy.files?.excludes ?? []).map((glob) => compileExclude(glob.startsWith('~/') ? `**/${glob.slice(2)}` : glob))
  const away = [...(policy.files?.removableRoots ?? []), ...(policy.files?.networkShareRoots ?? []), ...(policy.files?.cloudSyncRoots ?? [])]
  for (const root of policy.files?.roots ?? []) {
    const homes = root === '~' || root.startsWith('~/') ? (await platform.accounts()).filter(({ uid }) => uid === 0).map(({ home }) => join(home, root.slice(1))) : [root]
    for (const folder of homes) {
      const real = await realpath(folder).catch(() => undefined)
      if (real === undefined || away.some((place) => isWithin(real, place)) || !(await isRootsOwn(real))) continue
      const path = join(real, name)
      if (!excluded.some((matches) => matches(path) || matches(join(path, `${name}-00.txt`)))) return real
    }
  }
  return undefined
}

/** Where a stick would be mounted; undefined where there is no such folder that is safe. */
export async function stickRoot(policy: wire.AgentPolicy.$Properties): Promise<{ readonly root: string; readonly named: boolean } | undefined> {
  const named = policy.files?.removableRoots ?? []
  for (const root of named.length === 0 ? DEFAULT_REMOVABLE_ROOTS : named) {
    const real = await realpath(root).catch(() => undefined)
    if (real !== undefined && (await isRootsOwn(real))) return { root: real, named: named.length > 0 }
  }
  return undefined
}
