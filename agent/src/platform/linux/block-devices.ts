// Block devices from sysfs, with what udev has found out about them. No lsblk: it costs a process for every question.
import { readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BlockDevice } from '../platform.ts'
import { unescapeOctal } from './mountinfo.ts'
import { readText, readWord } from './read-text.ts'

/** `E:KEY=value` lines of /run/udev/data/b8:16. */
export function parseUdevData(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^E:([^=]+)=(.*)$/.exec(line)
    if (match?.[1] !== undefined) properties.set(match[1], match[2] ?? '')
  }
  return properties
}

/** udev writes white space and the like in its `_ENC` properties as `\x20`. */
export const decodeUdev = (text: string): string => Buffer.from(text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), text.includes('\\x') ? 'latin1' : 'utf8').toString('utf8')

interface Ancestors {
  readonly bus: string
  readonly usb?: string
}

const usbFact = (usb: string, file: string): string => readWord(join(usb, file)) ?? ''

/**
 * The physical device at the end of a USB cable, by its folder in sysfs. Without a serial number the port is all that tells
 * two devices of one kind apart.
 */
export function usbIdentity(usb: string): { readonly physicalId: string; readonly instance: string } {
  const serial = usbFact(usb, 'serial')
  return { physicalId: `usb:${usbFact(usb, 'idVendor')}:${usbFact(usb, 'idProduct')}:${serial === '' ? `port ${basename(usb)}` : serial}`, instance: usbFact(usb, 'devnum') === '' ? '' : `${usbFact(usb, 'busnum')}-${usbFact(usb, 'devnum')}` }
}

/** The name that dm-crypt gives to a volume says with which format it was opened (cryptsetup: CRYPT-LUKS2-…, -BITLK-, -TCRYPT-). */
const encryptionOfMapping = (uuid: string, name: string): string | undefined =>
  uuid.startsWith('CRYPT-LUKS') ? 'luks' : uuid.startsWith('CRYPT-BITLK') ? 'bitlocker' : uuid.startsWith('CRYPT-TCRYPT') || /^veracrypt\d+$/.test(name) ? 'veracrypt' : uuid.startsWith('CRYPT-') ? 'unknown' : undefined

/** Types of libblkid (and so of udev) that are encrypted volumes. */
export const encryptionOfType = (type: string): string | undefined => ({ crypto_LUKS: 'luks', BitLocker: 'bitlocker' })[type]

/** Walks from a device up to the root of sysfs and says which bus it hangs on. */
function ancestorsOf(devices: string, path: string): Ancestors {
  for (let at = path; at.startsWith(`${devices}/`) && at !== devices; at = dirname(at)) {
    if (readWord(join(at, 'idVendor')) !== undefined) return { bus: 'usb', usb: at }
  }
  const name = path.slice(devices.length)
  if (/\/mmc_host\//.test(name)) return { bus: 'mmc' }
  if (/\/nvme\//.test(name)) return { bus: 'nvme' }
  if (/\/firewire|\/fw\d/.test(name)) return { bus: 'firewire' }
  if (/\/virtio\d/.test(name)) return { bus: 'virtio' }
  if (/\/ata\d/.test(name)) return { bus: 'ata' }
  if (/\/virtual\/block\/loop/.test(name)) return { bus: 'loop' }
  if (/\/virtual\//.test(name)) return { bus: 'virtual' }
  return { bus: 'scsi' }
}

const plainLoop = { removable: false, bus: 'loop', vendor: '', model: '', serial: '', vendorId: '', productId: '', label: '', instance: '' } as const

/** Device-mapper targets may stand on each other: LUKS on LVM on RAID. */
const MAX_LAYERS = 8

/** The disk under a device-mapper volume; undefined for what is no such volume or stands on nothing. */
function mappedVolume(root: string, path: string, layer: number): BlockDevice | undefined {
  const uuid = readWord(join(path, 'dm/uuid'))
  if (uuid === undefined || layer >= MAX_LAYERS) return undefined
  let below: string[]
  try {
    below = readdirSync(join(path, 'slaves'))
  } catch {
    return undefined
  }
  const disk = readBlockDevice(root, below[0] ?? '', layer + 1)
  const encryption = encryptionOfMapping(uuid, readWord(join(path, 'dm/name')) ?? '')
  return disk === undefined || encryption === undefined ? disk : { ...disk, encrypted: true, encryption }
}

interface Entry {
  readonly name: string
  /** Of the entry itself, of the whole disk, and of everything. */
  readonly path: string
  readonly diskPath: string
  readonly devices: string
  /** `major:minor`. */
  readonly device: string
}

function findEntry(root: string, name: string): Entry | undefined {
  if (name === '' || name.includes('/') || name.startsWith('.')) return undefined
  try {
    const [path, devices] = [realpathSync.native(join(root, 'sys/class/block', name)), realpathSync.native(join(root, 'sys/devices'))]
    const device = readWord(join(path, 'dev'))
    return device === undefined ? undefined : { name, path, devices, device, diskPath: readWord(join(path, 'partition')) === undefined ? path : dirname(path) }
  } catch {
    return undefined
  }
}

type Content = Pick<BlockDevice, 'label' | 'fileSystem' | 'encrypted' | 'encryption'>

/** What udev has found in it. */
function contentOf(udev: ReadonlyMap<string, string>): Content {
  const type = udev.get('ID_FS_TYPE') ?? ''
  const encryption = encryptionOfType(type)
  return { label: decodeUdev(udev.get('ID_FS_LABEL_ENC') ?? udev.get('ID_FS_LABEL') ?? ''), ...(type === '' ? {} : { fileSystem: type }), ...(encryption === undefined ? {} : { encrypted: true, encryption }) }
}

/** A card has a number of its own (CID register); what is built in has the place where it is built in. */
function identityOf(diskPath: string, kind: string, serial: string): Required<Pick<BlockDevice, 'physicalId' | 'instance'>> {
  const own = readWord(join(diskPath, 'device/cid')) ?? readWord(join(diskPath, 'wwid')) ?? (serial === '' ? undefined : serial)
  return { physicalId: `${kind}:${own ?? basename(diskPath)}`, instance: kind === 'sd' || kind === 'mmc' ? (readWord(join(diskPath, 'diskseq')) ?? '') : '' }
}

function describeDisk({ name, diskPath, devices, device }: Entry, udev: ReadonlyMap<string, string>, sizeBytes: number): BlockDevice {
  const { bus, usb } = ancestorsOf(devices, diskPath)
  const isCard = bus === 'mmc' && readWord(join(diskPath, 'device/type')) === 'SD'
  const kind = /^sr\d/.test(basename(diskPath)) ? 'optical' : isCard ? 'sd' : bus
  const ofUsb = (file: string): string | undefined => (usb === undefined ? undefined : readWord(join(usb, file)))
  const serial = ofUsb('serial') ?? udev.get('ID_SERIAL_SHORT') ?? readWord(join(diskPath, 'device/serial')) ?? readWord(join(diskPath, 'serial')) ?? ''
  const lun = /\/\d+:\d+:\d+:(\d+)\/block\//.exec(`${diskPath}/`)?.[1]
  return {
    name,
    device,
    // Memory cards say removable 0 of themselves; SD names the slot's kind, MMC is soldered.
    removable: isCard || readWord(join(diskPath, 'removable')) === '1',
    bus: kind,
    vendor: ofUsb('manufacturer') ?? readWord(join(diskPath, 'device/vendor')) ?? (udev.get('ID_VENDOR') ?? '').replaceAll('_', ' '),
    model: ofUsb('product') ?? readWord(join(diskPath, 'device/model')) ?? readWord(join(diskPath, 'device/name')) ?? (udev.get('ID_MODEL') ?? '').replaceAll('_', ' '),
    serial,
    vendorId: ofUsb('idVendor') ?? '',
    productId: ofUsb('idProduct') ?? '',
    sizeBytes,
    disk: basename(diskPath),
    ...(usb === undefined ? identityOf(diskPath, kind, serial) : usbIdentity(usb)),
    ...(lun === undefined ? {} : { slot: lun }),
    ...contentOf(udev),
  }
}

/**
 * What sysfs (and udev, where it runs) says about one entry of /sys/class/block.
 * A device-mapper volume has the maker, bus and serial number of the disk that it stands on.
 */
export function readBlockDevice(root: string, name: string, layer = 0): BlockDevice | undefined {
  const entry = findEntry(root, name)
  if (entry === undefined) return undefined
  const { path, diskPath, devices, device } = entry
  const udev = parseUdevData(readText(join(root, 'run/udev/data', `b${device}`)) ?? '')
  const sizeBytes = (Number(readWord(join(path, 'size'))) || 0) * 512
  // A system may have a hundred of them (snap packages), and there is nothing more to know of one.
  if (diskPath.startsWith(`${devices}/virtual/block/loop`)) return { ...plainLoop, name, device, sizeBytes, ...contentOf(udev), disk: basename(diskPath), physicalId: `loop:${basename(diskPath)}` }
  const mapped = mappedVolume(root, path, layer)
  if (mapped === undefined) return describeDisk(entry, udev, sizeBytes)
  const { fileSystem: _ofDisk, ...below } = mapped
  const { label, fileSystem } = contentOf(udev)
  return { ...below, name, device, sizeBytes, label, ...(fileSystem === undefined ? {} : { fileSystem }) }
}

/** The device with a number (`8:17`), without a look at all the others; undefined where the kernel keeps no such list. */
export function blockDeviceOfNumber(root: string, number: string): BlockDevice | undefined {
  if (!/^\d+:\d+$/.test(number)) return undefined
  try {
    return readBlockDevice(root, basename(readlinkSync(join(root, 'sys/dev/block', number))))
  } catch {
    return undefined
  }
}

/** Names in /sys/class/block; empty where there is no sysfs. */
export function blockDeviceNames(root: string): readonly string[] {
  try {
    return readdirSync(join(root, 'sys/class/block'))
  } catch {
    return []
  }
}

/** `/dev/mapper/name` and friends as the kernel's own name; undefined for what is no device node. */
export function deviceName(root: string, source: string): string | undefined {
  if (!source.startsWith('/dev/')) return undefined
  try {
    return basename(realpathSync.native(join(root, unescapeOctal(source))))
  } catch {
    return basename(source)
  }
}

/** Sectors are 512 bytes here, whatever the device says (Documentation/block/stat.rst); the seventh number is those written. */
export function bytesWritten(root: string, name: string): number | undefined {
  if (name === '' || name.includes('/') || name.startsWith('.')) return undefined
  const sectors = Number(readWord(join(root, 'sys/class/block', name, 'stat'))?.split(/\s+/)[6] ?? Number.NaN)
  return Number.isFinite(sectors) ? sectors * 512 : undefined
}
