// One look at the devices and the mount table: what is there now.
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import type { BlockDevice, MountEntry, Platform, PortableDevice } from '../../platform/platform.ts'
import { readWord } from '../../platform/linux/read-text.ts'
import { describeMedia, describePortable, holdsMedium, isRemovableDevice, isRemovableMount, portableClassOf, removableRoots } from '../removable-volumes.ts'
import { filesWritten } from './write-counts.ts'

type Media = wire.Media.$Properties

/** A device, or the medium in a slot of one, that is connected. */
export interface Device {
  /** The physical device, the slot and the size: two sticks may have the same. */
  readonly key: string
  /** Another one for each connection; empty where nothing tells them apart. */
  readonly instance: string
  /** Disk whose counter counts; empty for what is no disk. */
  readonly node: string
  readonly media: Media
}

export interface Volume {
  readonly key: string
  readonly mountPoint: string
  /** Block device whose counter counts; empty for FUSE. */
  readonly node: string
  /** Key and instance of its device; empty for an image. */
  readonly device: string
  readonly media: Media
}

export interface Look {
  readonly bootId: string
  readonly atMs: number
  readonly devices: readonly Device[]
  readonly volumes: readonly Volume[]
  /** Every mount, so that a volume that the policy no longer counts is not taken for gone. */
  readonly mounted: ReadonlySet<string>
  /** Bytes written to a block device since it came. */
  readonly counter: (node: string) => number | undefined
  /** Files that were seen being written to what is mounted there. */
  readonly files: (mountPoint: string) => number
}

/** A mount id is given anew after an unmount, so the place and the device belong to the key. */
const volumeKey = (mount: MountEntry): string => `${mount.id} ${mount.device} ${mount.mountPoint}`

export const connectionOf = ({ key, instance }: Pick<Device, 'key' | 'instance'>): string => `${key} ${instance}`

/** Made of text that the device brings, so it may have any length. */
const physicalIdOf = (disk: BlockDevice): string => (disk.physicalId ?? [disk.bus, disk.vendorId, disk.productId, disk.serial === '' ? disk.name : disk.serial].join(':')).slice(0, 256)

/** The part of a device that a person takes away: the whole of it, or the card in one slot of a reader. */
const unitOf = (disk: BlockDevice, slots: ReadonlyMap<string, number>): string => {
  const owner = `${physicalIdOf(disk)} ${disk.instance ?? ''}`
  return disk.slot !== undefined && (slots.get(owner) ?? 0) > 1 && disk.bus !== 'optical' ? `${owner} ${disk.slot}` : owner
}

/** A table may name thousands of them, and each is read by a child. */
const MAX_PARTS = 16

async function deviceOf(platform: Platform, disks: readonly BlockDevice[], all: readonly BlockDevice[], isSlot: boolean): Promise<Device> {
  // A stick that plays a CD drive as well is the stick.
  const main = disks.toSorted((a, b) => Number(a.bus === 'optical') - Number(b.bus === 'optical') || b.sizeBytes - a.sizeBytes)[0] as BlockDevice
  const fileSystems: string[] = []
  let encryption: string | undefined
  let label = ''
  const parts = all.filter(({ disk, name }) => disks.some((each) => each.name === disk) && !name.startsWith('dm-')).slice(0, MAX_PARTS)
  const contents = await Promise.all(parts.map(async (part) => (part.fileSystem === undefined ? platform.volumeContent?.(part) : { fileSystem: part.fileSystem, label: part.label, encryption: part.encryption })))
  for (const [index, part] of parts.entries()) {
    const content = contents[index]
    if (content === undefined) continue
    if (content.fileSystem !== '' && !fileSystems.includes(content.fileSystem)) fileSystems.push(content.fileSystem)
    // A disk with partitions is only their table, and random bytes in between say nothing.
    const isTable = part.name === part.disk && all.some(({ disk, name }) => disk === part.disk && name !== disk)
    if (content.encryption !== undefined && !(isTable && content.encryption === 'unknown')) encryption ??= content.encryption
    label ||= part.label || content.label
  }
  const media = describeMedia(main, undefined)
  return {
    key: `${physicalIdOf(main)}${isSlot ? ` slot ${main.slot ?? ''}` : ''} ${main.sizeBytes}`, instance: main.instance ?? '', node: main.name,
    media: {
      ...media, deviceId: physicalIdOf(main), fileSystems, volumeLabel: media.volumeLabel === '' ? label.slice(0, 256) : media.volumeLabel ?? '',
      ...(isSlot ? { slot: main.slot ?? '', deviceClass: 'card' } : {}), ...(encryption === undefined ? {} : { encryption, encrypted: media.encrypted === true || encryption !== 'unknown' }),
    },
  }
}

async function readDevices(platform: Platform, all: readonly BlockDevice[], portables: readonly PortableDevice[]): Promise<readonly Device[]> {
  const disks = all.filter((device) => device.name === device.disk && isRemovableDevice(device))
  const slots = new Map<string, number>()
  for (const disk of disks) {
    const owner = `${physicalIdOf(disk)} ${disk.instance ?? ''}`
    if (disk.bus !== 'optical') slots.set(owner, (slots.get(owner) ?? 0) + 1)
  }
  const units = new Map<string, BlockDevice[]>()
  for (const disk of disks) {
    if (!holdsMedium(disk)) continue
    const unit = unitOf(disk, slots)
    units.set(unit, [...(units.get(unit) ?? []), disk])
  }
  const found = await Promise.all([...units].map(([unit, parts]) => deviceOf(platform, parts, all, parts[0] !== undefined && unit !== `${physicalIdOf(parts[0])} ${parts[0].instance ?? ''}`)))
  for (const device of portables) found.push({ key: `${device.physicalId} ${device.class}`, instance: device.instance, node: '', media: describePortable(device) })
  return found
}

/** Changes with every start of the system. */
const bootIdOf = (platform: Platform): string => readWord(join(platform.root ?? '/', 'proc/sys/kernel/random/boot_id')) ?? ''

/** What there is of devices: read again when something has been heard of them. */
export interface Inventory {
  readonly disks: readonly BlockDevice[]
  readonly portables: readonly PortableDevice[]
}

export const takeInventory = async (platform: Platform): Promise<Inventory> => ({ disks: await platform.blockDevices(), portables: (await platform.portableDevices?.()) ?? [] })

/** Says whether two inventories are of the same devices. */
export const fingerprintOf = ({ disks, portables }: Inventory): string => [...disks.map(({ name, instance, sizeBytes }) => `${name} ${instance ?? ''} ${sizeBytes}`), ...portables.map(({ instance }) => instance)].join('\n')

/** Looks at the mount table, with the devices that there are. */
export async function takeLook(platform: Platform, policy: wire.AgentPolicy.$Properties, atMs: number, { disks: all, portables }: Inventory): Promise<Look> {
  const roots = removableRoots(policy)
  const mounts = await platform.mounts()
  const devices = await readDevices(platform, all, portables)
  const [byNumber, byName] = [new Map(all.map((device) => [device.device, device])), new Map(all.map((device) => [device.name, device]))]
  const mounted = new Set<string>()
  const volumes: Volume[] = []
  for (const mount of mounts) {
    const key = volumeKey(mount)
    mounted.add(key)
    // btrfs and FUSE have a device number of their own, so their source is asked next.
    const device = byNumber.get(mount.device) ?? (mount.source.startsWith('/dev/') ? byName.get(mount.source.slice('/dev/'.length)) : undefined)
    if (!isRemovableMount(mount, device, roots)) continue
    const portable = portableClassOf(mount)
    const candidates = portable === undefined ? [] : portables.filter((each) => each.class === portable)
    // Nothing in the table says which telephone it is, so it is said only where there is one.
    const media = candidates.length === 1 && candidates[0] !== undefined ? { ...describePortable(candidates[0]), mountPoint: mount.mountPoint, fileSystem: mount.fileSystem.slice(0, 256) } : describeMedia(device, mount)
    // Of a stick with two drives only one is the device's own node.
    const owner = devices.find(({ node }) => device !== undefined && node === device.disk) ?? devices.find((each) => media.deviceId !== '' && each.media.deviceId === media.deviceId)
    volumes.push({ key, mountPoint: mount.mountPoint, node: device?.name ?? '', device: owner === undefined ? '' : connectionOf(owner), media: owner === undefined ? media : { ...media, slot: owner.media.slot ?? '', deviceClass: owner.media.deviceClass ?? '' } })
  }
  return { bootId: bootIdOf(platform), atMs, devices, volumes, mounted, counter: (node) => (node === '' ? undefined : platform.bytesWritten?.(node)), files: (mountPoint) => filesWritten(platform, mountPoint) }
}
