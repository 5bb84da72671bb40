// Which mounts are removable media, and what is known of them. The file sensor and the media sensor ask the same question.
import type { wire } from '@holdfast/proto'
import type { BlockDevice, MountEntry, Platform, PortableDevice } from '../platform/platform.ts'

/** Where desktops and administrators mount media, when the policy names no place. */
export const DEFAULT_ROOTS: readonly string[] = ['/media', '/run/media', '/mnt', '/Volumes']

/** On these a person carries data away; a fixed disk on such a bus is as portable. */
const REMOVABLE_BUSES = new Set(['usb', 'sd', 'optical', 'firewire', 'mtp'])

/** Never a medium, wherever it is mounted: the kernel's own, and what comes over a network. */
const NEVER_MEDIA = /^(vboxsf|vmhgfs|prl_fs|drvfs|davfs|fuse\.(vmhgfs-fuse|xrdp-chansrv|kio-fuse|google-drive-ocamlfuse|onedriver|davfs|davfs2)|proc|sysfs|autofs|cgroup2?|devpts|devtmpfs|mqueue|overlay|squashfs|nfs4?|cifs|smb3|smbfs|afs|ceph|lustre|9p|virtiofs|fuse\.(gvfsd-fuse|portal|sshfs|rclone|s3fs|lxcfs|glusterfs))$/

/** File systems of programs that show a telephone or a camera as a folder. The desktop's own (gvfs) has no mount of its own. */
const PORTABLE = /^fuse\.(?:(simple-mtpfs|jmtpfs|mtpfs|go-mtpfs|DeviceFs|aft-mtp-mount)|(gphotofs|ifuse))\b/

/** Whether a mount is a telephone or a camera, and how it is spoken to. */
export function portableClassOf({ fileSystem }: MountEntry): 'mtp' | 'ptp' | undefined {
  const found = PORTABLE.exec(fileSystem)
  return found === null ? undefined : found[1] === undefined ? 'ptp' : 'mtp'
}

/** An empty slot or drive says 0, 4 KiB or such; there is no medium that small. */
const SMALLEST_MEDIUM_BYTES = 64 << 10
/** What the kernel's driver says of an optical drive without a disc (0x1fffff sectors, drivers/scsi/sr.c). */
const NO_DISC_BYTES = 0x1f_ffff * 512

export const removableRoots = (policy: wire.AgentPolicy.$Properties): readonly string[] => {
  const roots = policy.files?.removableRoots ?? []
  return roots.length === 0 ? DEFAULT_ROOTS : roots.map((root) => (root.length > 1 ? root.replace(/\/+$/, '') : root))
}

/** A disk that is there to be taken away, whether or not a medium is in it. */
export const isRemovableDevice = (device: BlockDevice): boolean => (device.removable && device.bus !== 'loop') || REMOVABLE_BUSES.has(device.bus)

/** A removable disk with a medium in it. */
export const holdsMedium = (device: BlockDevice): boolean => isRemovableDevice(device) && device.sizeBytes >= SMALLEST_MEDIUM_BYTES && !(device.bus === 'optical' && device.sizeBytes === NO_DISC_BYTES)

/**
 * A loop device or a FUSE file system counts by its place, so that a mounted image is seen too. So does a memory file
 * system, but only in a place that the policy itself names: below /mnt containers and sandboxes keep theirs.
 */
export function isRemovableMount(mount: MountEntry, device: BlockDevice | undefined, roots: readonly string[]): boolean {
  if (NEVER_MEDIA.test(mount.fileSystem) || (roots === DEFAULT_ROOTS && /^(tmpfs|ramfs)$/.test(mount.fileSystem))) return false
  if (portableClassOf(mount) !== undefined) return true
  // A fixed disk that somebody mounted below /mnt is no medium, and neither is LVM or RAID on one.
  if (device !== undefined && device.bus !== 'loop') return isRemovableDevice(device)
  const isBeneath = roots.some((root) => mount.mountPoint.startsWith(root === '/' ? root : `${root}/`))
  // Somebody may mount a stick on /mnt itself; a memory file system there only holds the folders of others.
  return isBeneath || (roots.includes(mount.mountPoint) && mount.source.startsWith('/dev/'))
}

/** The block device under a mount; btrfs and FUSE have a device number of their own, so their source is asked next. */
export const deviceOfMount = async (platform: Platform, mount: MountEntry): Promise<BlockDevice | undefined> =>
  (await platform.blockDevice(mount.device)) ?? (mount.source.startsWith('/dev/') ? platform.blockDevice(mount.source.slice('/dev/'.length)) : undefined)

/** Facts that came from a device are untrusted text of any length. */
const short = (text: string): string => text.slice(0, 256)

const classOf = (device: BlockDevice | undefined, mount: MountEntry | undefined): string => {
  const portable = mount === undefined ? undefined : portableClassOf(mount)
  if (portable !== undefined) return portable
  if (device === undefined) return ''
  return device.bus === 'optical' ? 'optical' : device.bus === 'sd' || device.bus === 'mmc' ? 'card' : device.bus === 'loop' ? 'image' : 'mass_storage'
}

/** A device that is no disk. */
export const describePortable = (device: PortableDevice): wire.Media.$Properties => ({
  vendor: short(device.vendor), model: short(device.model), serial: short(device.serial), bus: device.class === 'bluetooth' ? 'bluetooth' : device.class, deviceNode: device.node,
  vendorId: short(device.vendorId), productId: short(device.productId), deviceId: short(device.physicalId), deviceClass: device.class, capacityBytes: 0, fileSystem: '', mountPoint: '', volumeLabel: '', encrypted: false,
})

export function describeMedia(device: BlockDevice | undefined, mount: MountEntry | undefined): wire.Media.$Properties {
  return {
    vendor: short(device?.vendor ?? ''),
    model: short(device?.model ?? ''),
    serial: short(device?.serial ?? ''),
    bus: short(device?.bus ?? (mount === undefined ? '' : portableClassOf(mount) ?? (mount.fileSystem.startsWith('fuse') ? 'fuse' : ''))),
    capacityBytes: device?.sizeBytes ?? 0,
    fileSystem: short(mount?.fileSystem ?? ''),
    mountPoint: mount?.mountPoint ?? '',
    deviceNode: device === undefined ? (mount?.source ?? '') : `/dev/${device.name}`,
    vendorId: short(device?.vendorId ?? ''),
    productId: short(device?.productId ?? ''),
    volumeLabel: short(device?.label ?? ''),
    encrypted: device?.encrypted ?? false,
    deviceId: device === undefined || device.bus === 'loop' ? '' : short(device.physicalId ?? ''),
    deviceClass: classOf(device, mount),
    encryption: device?.encryption ?? '',
    fileSystems: mount === undefined ? [] : [short(mount.fileSystem)],
  }
}
