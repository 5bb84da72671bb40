// Which mounts are removable media or shares, and which mount holds a path.
import type { wire } from '@holdfast/proto'
import type { BlockDevice, MountEntry, Platform } from '../../platform/platform.ts'
import { deviceOfMount, describeMedia, isRemovableMount } from '../removable-volumes.ts'
import { isCloudMount } from './cloud-folders.ts'
import { isWithin } from './scope.ts'

const NETWORK_TYPES = /^(nfs|nfs4|cifs|smb3|smbfs|ncpfs|afs|coda|ceph|lustre|gfs2|ocfs2|beegfs|davfs|webdav|afpfs|fuse\.(sshfs|davfs|davfs2|curlftpfs|smbnetfs|afpfs|rclone|glusterfs|cephfs|kio-fuse))$/
/** Desktops mount shares of all kinds below one FUSE mount; the name of the folder in it says which kind. */
const DESKTOP_TYPES = /^fuse\.(gvfsd-fuse|kio-fuse)$/
/**
 * Drives that the other end of a remote session, or the host of a virtual machine, lends: xrdp, Citrix, NoMachine, Horizon and
 * WSL; VirtIO 9p and virtiofs, VirtualBox, VMware, Parallels, Hyper-V.
 */
const LENT_TYPES = /^(9p|virtiofs|vboxsf|vmhgfs|prl_fs|drvfs|fuse\.(xrdp-chansrv|vmhgfs-fuse|nxfs\w*|nxclient|ctx\w*|horizon\w*|drvfs))$/
/** Names that no file system tells: xrdp and Horizon mount with types of their own version; x2go uses sshfs, SPICE WebDAV on its own port. */
const isLent = ({ fileSystem, mountPoint, source }: MountEntry): boolean =>
  LENT_TYPES.test(fileSystem) || /\/(thinclient_drives|tsclient)(\/|$)/.test(mountPoint) || mountPoint.includes('/.x2go-') || /(localhost|127\.0\.0\.1):9843/.test(source) || /^(xrdp-chansrv|ctxcdm)/.test(source)
/** Kernel's own file systems: nothing of a person's is on them. */
const PSEUDO = /^(proc|sysfs|cgroup2?|devpts|devtmpfs|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|autofs|binfmt_misc|efivarfs|rpc_pipefs|nsfs)$/

export interface RemovableVolume {
  readonly mount: MountEntry
  readonly media: wire.Media.$Properties
}

export interface Volumes {
  readonly removable: readonly RemovableVolume[]
  readonly networkMounts: readonly string[]
  /** Lent by the other end of a remote session or by the host. */
  readonly remoteMounts: readonly string[]
  readonly cloudMounts: readonly string[]
  /** Where a desktop mounts what a person opened. */
  readonly desktopMounts: readonly string[]
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

/**
 * Reads the mount table. What is removable, the media sensor and this one decide by the same rule.
 *
 * @param homes of the people of this device: a share that holds a home is where the person works, and nothing leaves by being
 *   written there; the same holds for the root of a virtual machine
 */
export async function readVolumes(platform: Platform, removableRoots: readonly string[], homes: readonly string[] = []): Promise<Volumes> {
  const mounts = (await platform.mounts()).filter((mount) => !PSEUDO.test(mount.fileSystem))
  const removable: RemovableVolume[] = []
  const devices = new Map<string, BlockDevice | undefined>()
  for (const mount of mounts) {
    const key = `${mount.device} ${mount.source}`
    if (!devices.has(key)) devices.set(key, await deviceOfMount(platform, mount).catch(() => undefined))
    const device = devices.get(key)
    if (isRemovableMount(mount, device, removableRoots)) removable.push({ mount, media: describeMedia(device, mount) })
  }
  const remoteMounts: string[] = []
  const cloudMounts: string[] = []
  const networkMounts: string[] = []
  const desktopMounts: string[] = []
  for (const mount of mounts) {
    const { mountPoint, fileSystem } = mount
    if (mountPoint === '/' || homes.some((home) => isWithin(home, mountPoint)) || removable.some((volume) => volume.mount === mount)) continue
    if (DESKTOP_TYPES.test(fileSystem)) desktopMounts.push(mountPoint)
    else if (isLent(mount)) remoteMounts.push(mountPoint)
    else if (await isCloudMount(mount, homes, platform.os)) cloudMounts.push(mountPoint)
    else if (NETWORK_TYPES.test(fileSystem)) networkMounts.push(mountPoint)
  }
  return { removable, networkMounts, remoteMounts, cloudMounts, desktopMounts, mounts }
}
