// Which mounts are removable media or shares, and which mount holds a path.
import { basename } from 'node:path'
import type { wire } from '@holdfast/proto'
import type { BlockDevice, MountEntry, Platform } from '../../platform/platform.ts'
import { isWithin } from './scope.ts'

export const DEFAULT_REMOVABLE_ROOTS: readonly string[] = ['/media', '/run/media', '/mnt', '/Volumes']

/** Buses of what is plugged in from outside. */
const OUTSIDE: ReadonlySet<string> = new Set(['usb', 'sd', 'firewire', 'optical'])
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

function mediaOf(mount: MountEntry, device: BlockDevice | undefined): wire.Media.$Properties {
  return {
    vendor: device?.vendor ?? '', model: device?.model ?? '', serial: device?.serial ?? '', bus: device?.bus ?? '', capacityBytes: device?.sizeBytes ?? 0,
    fileSystem: mount.fileSystem, mountPoint: mount.mountPoint, deviceNode: device === undefined ? mount.source : `/dev/${device.name}`,
    vendorId: device?.vendorId ?? '', productId: device?.productId ?? '', volumeLabel: device?.label ?? '', encrypted: false,
  }
}

/**
 * Reads the mount table.
 *
 * A volume is removable when its device says so or hangs on an outside bus, wherever it is mounted; a loop device or a
 * device that nobody knows counts only below one of the policy's removable roots.
 */
export async function readVolumes(platform: Platform, removableRoots: readonly string[]): Promise<Volumes> {
  const mounts = (await platform.mounts()).filter((mount) => !PSEUDO.test(mount.fileSystem))
  const removable: RemovableVolume[] = []
  const devices = new Map<string, BlockDevice | undefined>()
  for (const mount of mounts) {
    if (!mount.source.startsWith('/dev/')) continue
    const below = removableRoots.some((root) => mount.mountPoint !== root && isWithin(mount.mountPoint, root))
    // FUSE file systems have a device number of their own; their source names the disk.
    const key = mount.device.startsWith('0:') ? basename(mount.source) : mount.device
    if (!devices.has(key)) devices.set(key, await platform.blockDevice(key).catch(() => undefined))
    const device = devices.get(key)
    const outside = device === undefined ? below : device.removable || OUTSIDE.has(device.bus) || (below && device.bus === 'loop')
    if (outside) removable.push({ mount, media: mediaOf(mount, device) })
  }
  return { removable, networkMounts: mounts.filter((mount) => NETWORK_TYPES.test(mount.fileSystem)).map((mount) => mount.mountPoint), mounts }
}
