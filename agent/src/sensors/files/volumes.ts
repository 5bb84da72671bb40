// Which mounts are removable media or shares, and which mount holds a path.
import type { wire } from '@holdfast/proto'
import type { BlockDevice, MountEntry, Platform } from '../../platform/platform.ts'
import { deviceOfMount, describeMedia, isRemovableMount } from '../removable-volumes.ts'
import { isWithin } from './scope.ts'

const NETWORK_TYPES = /^(nfs|nfs4|cifs|smb3|smbfs|afs|9p|ceph|fuse\.(sshfs|davfs|davfs2|rclone|s3fs|glusterfs))$/
/** Kernel's own file systems: nothing of a person's is on them. */
const PSEUDO = /^(proc|sysfs|cgroup2?|devpts|devtmpfs|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|autofs|binfmt_misc|efivarfs|rpc_pipefs|nsfs)$/

export interface RemovableVolume {
  readonly mount: MountEntry
  readonly media: wire.Media.$Properties
}

export interface Volumes {
  readonly removable: readonly RemovableVolume[]
  readonly networkMounts: readonly string[]
  readonly mounts: readonly MountEntry[]
}

/** @returns the mount that a path lies on; a later mount covers an earlier one at the same point */
export function mountOf(path: string, mounts: readonly MountEntry[]): MountEntry | undefined {
  let found: MountEntry | undefined
  for (const mount of mounts) {
    if (isWithin(path, mount.mountPoint) && (found === undefined || mount.mountPoint.length >= found.mountPoint.length)) found = mount
  }
  return found
}

/** Reads the mount table. What is removable, the media sensor and this one decide by the same rule. */
export async function readVolumes(platform: Platform, removableRoots: readonly string[]): Promise<Volumes> {
  const mounts = (await platform.mounts()).filter((mount) => !PSEUDO.test(mount.fileSystem))
  const removable: RemovableVolume[] = []
  const devices = new Map<string, BlockDevice | undefined>()
  for (const mount of mounts) {
    const key = `${mount.device} ${mount.source}`
    if (!devices.has(key)) devices.set(key, await deviceOfMount(platform, mount).catch(() => undefined))
    const device = devices.get(key)
    if (isRemovableMount(mount, device, removableRoots)) removable.push({ mount, media: describeMedia(device, mount) })
  }
  return { removable, networkMounts: mounts.filter((mount) => NETWORK_TYPES.test(mount.fileSystem)).map((mount) => mount.mountPoint), mounts }
}
