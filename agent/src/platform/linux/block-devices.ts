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

/**
 * What sysfs (and udev, where it runs) says about one entry of /sys/class/block.
 * A device-mapper volume has the maker, bus and serial number of the disk that it stands on.
 */
export function readBlockDevice(root: string, name: string, layer = 0): BlockDevice | undefined {
  if (name === '' || name.includes('/') || name.startsWith('.')) return undefined
  let path: string
  try {
    path = realpathSync(join(root, 'sys/class/block', name))
  } catch {
    return undefined
  }
  const device = readWord(join(path, 'dev'))
  if (device === undefined) return undefined
  const diskPath = readWord(join(path, 'partition')) === undefined ? path : dirname(path)
  let devices: string
  try {
    devices = realpathSync(join(root, 'sys/devices'))
  } catch {
    return undefined
  }
  const { bus, usb } = ancestorsOf(devices, diskPath)
  const mapped = mappedVolume(root, path, layer)
  const optical = /^sr\d/.test(basename(diskPath))
  const udev = parseUdevData(readText(join(root, 'run/udev/data', `b${device}`)) ?? '')
  const ofUsb = (file: string): string | undefined => (usb === undefined ? undefined : readWord(join(usb, file)))
  const cardType = readWord(join(diskPath, 'device/type'))
  const sizeBytes = (Number(readWord(join(path, 'size'))) || 0) * 512
  const label = decodeUdev(udev.get('ID_FS_LABEL_ENC') ?? udev.get('ID_FS_LABEL') ?? '')
  const type = udev.get('ID_FS_TYPE') ?? ''
  if (mapped !== undefined) {
    const { fileSystem: _ofDisk, ...below } = mapped
    return { ...below, name, device, sizeBytes, label, ...(type === '' ? {} : { fileSystem: type }) }
  }
  const serial = ofUsb('serial') ?? udev.get('ID_SERIAL_SHORT') ?? readWord(join(diskPath, 'device/serial')) ?? readWord(join(diskPath, 'serial')) ?? ''
  const kind = optical ? 'optical' : bus === 'mmc' && cardType === 'SD' ? 'sd' : bus
  // A card has a number of its own (CID register); what is built in has the place where it is built in.
  const own = readWord(join(diskPath, 'device/cid')) ?? readWord(join(diskPath, 'wwid')) ?? (serial === '' ? undefined : serial)
  const identity = usb === undefined ? { physicalId: `${kind}:${own ?? basename(diskPath)}`, instance: bus === 'mmc' ? (readWord(join(diskPath, 'diskseq')) ?? '') : '' } : usbIdentity(usb)
  const lun = /\/\d+:\d+:\d+:(\d+)\/block\//.exec(`${diskPath}/`)?.[1]
  const encryption = encryptionOfType(type)
  return {
    name,
    device,
    // Memory cards say removable 0 of themselves; SD names the slot's kind, MMC is soldered.
    removable: readWord(join(diskPath, 'removable')) === '1' || (bus === 'mmc' && cardType === 'SD'),
    bus: kind,
    vendor: ofUsb('manufacturer') ?? readWord(join(diskPath, 'device/vendor')) ?? (udev.get('ID_VENDOR') ?? '').replaceAll('_', ' '),
    model: ofUsb('product') ?? readWord(join(diskPath, 'device/model')) ?? readWord(join(diskPath, 'device/name')) ?? (udev.get('ID_MODEL') ?? '').replaceAll('_', ' '),
    serial,
    vendorId: ofUsb('idVendor') ?? '',
    productId: ofUsb('idProduct') ?? '',
    sizeBytes,
    label,
    disk: basename(diskPath),
    ...identity,
    ...(lun === undefined ? {} : { slot: lun }),
    ...(type === '' ? {} : { fileSystem: type }),
    ...(encryption === undefined ? {} : { encrypted: true, encryption }),
  }
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
    return basename(realpathSync(join(root, unescapeOctal(source))))
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
