// What a policy means on this device now: roots with homes filled in and links resolved, and the volumes that are mounted.
import { realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { wire } from '@holdfast/proto'
import type { SensorContext } from '../sensor.ts'
import { DEFAULT_ROOTS } from '../removable-volumes.ts'
import { findCloudFolders } from './cloud-folders.ts'
import { compileScope, isWithin, type Scope, type ScopeSettings } from './scope.ts'
import { readVolumes, type Volumes } from './volumes.ts'

export interface Places {
  readonly settings: ScopeSettings
  readonly scope: Scope
  readonly volumes: Volumes
  /** Mounts of a desktop into which only their owner may look. */
  readonly unseen: readonly string[]
  /** Folders with settings of cloud clients, and those of them in which much else comes and goes. */
  readonly settingsFolders: readonly string[]
  readonly noisyFolders: ReadonlySet<string>
}

const list = (values: readonly string[] | null | undefined): readonly string[] => values ?? []

/** The path with its links resolved as far as it exists. */
export async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(await realOf(parent), basename(path))
  }
}

type Source = Pick<SensorContext, 'policy' | 'platform' | 'enrichment'>

/** Homes of people; of an account whose home is `/` everything would be. */
const homesOf = async (platform: SensorContext['platform']): Promise<readonly string[]> => [...new Set((await platform.accounts()).map((account) => account.home).filter((home) => home !== '/' && home !== ''))]

async function expand(paths: readonly string[], { platform }: Source): Promise<readonly string[]> {
  const homes = paths.some((path) => path.startsWith('~')) ? await homesOf(platform) : []
  const expanded = paths.flatMap((path) => (path === '~' || path.startsWith('~/') ? homes.map((home) => join(home, path.slice(1))) : [path]))
  return [...new Set(await Promise.all(expanded.map(realOf)))]
}

/** Reads the mount table and compiles the policy's places. */
export async function readPlaces(source: Source): Promise<Places> {
  const files = source.policy.files
  const { platform } = source
  const removableRoots = list(files?.removableRoots)
  const homes = await homesOf(platform)
  const volumes = await readVolumes(platform, removableRoots.length > 0 ? await expand(removableRoots, source) : DEFAULT_ROOTS, homes)
  const cloud = await findCloudFolders(homes, platform.os)
  const settings: ScopeSettings = {
    roots: await expand(list(files?.roots), source),
    excludes: list(files?.excludes).map((glob) => (glob.startsWith('~/') ? `**/${glob.slice(2)}` : glob)),
    own: [await realOf(source.enrichment.agentFolder)],
    // Without root nobody can mount for us; a folder that an administrator named stands for its volumes.
    removable: [...volumes.removable.map(({ mount }) => mount.mountPoint), ...(platform.elevated ? [] : await expand(removableRoots, source))],
    networkShares: [...await expand(list(files?.networkShareRoots), source), ...volumes.networkMounts],
    cloudFolders: [...new Set([...await expand([...list(files?.cloudSyncRoots), ...cloud.folders.map(({ path }) => path)], source), ...volumes.cloudMounts])],
    remoteSessions: volumes.remoteMounts,
    // FUSE keeps others out of a person's mount, root too.
    desktopMounts: platform.elevated ? [] : volumes.desktopMounts,
  }
  return {
    settings, scope: compileScope(settings), volumes, unseen: platform.elevated ? volumes.desktopMounts : [],
    settingsFolders: cloud.settings, noisyFolders: new Set(homes.flatMap((home) => [home, join(home, '.config'), join(home, '.local/state')])),
  }
}

/** All folders that have to be watched. */
export const watchedFolders = ({ roots, removable, networkShares, cloudFolders, remoteSessions = [], desktopMounts = [] }: ScopeSettings): readonly string[] =>
  [...new Set([...roots, ...removable, ...networkShares, ...cloudFolders, ...remoteSessions, ...desktopMounts])]

/** The medium that a path is on. */
export function mediaOf(path: string, volumes: Volumes): wire.Media.$Properties | undefined {
  let found: Volumes['removable'][number] | undefined
  for (const volume of volumes.removable) {
    if (isWithin(path, volume.mount.mountPoint) && volume.mount.mountPoint.length >= (found?.mount.mountPoint.length ?? 0)) found = volume
  }
  return found?.media
}
