// What the programs of macOS print, as facts. Pure: every parser takes text and gives nothing for what it does not understand.
import type { AccountInfo, BlockDevice, MountEntry, SessionInfo } from '../platform.ts'

/** macOS numbers no mounts; source and place together are as good while it lasts. */
export function mountNumber(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** mount(8): `/dev/disk4s1 on /Volumes/MY STICK (msdos, local, nodev, noowners)`. */
export function parseMount(text: string): readonly MountEntry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^(.+?) on (\/.*) \(([^()]*)\)$/.exec(line)
    const [, source, mountPoint, details] = match ?? []
    if (source === undefined || mountPoint === undefined || details === undefined) return []
    const [fileSystem = '', ...options] = details.split(', ')
    return [{ id: mountNumber(`${source} ${mountPoint}`), mountPoint, root: '/', source, fileSystem, device: source.replace(/^\/dev\//, ''), options: options.join(',') }]
  })
}

/** What SPUSBDataType knows of a disk, by its BSD name. */
export interface UsbFacts {
  readonly vendor: string
  readonly model: string
  readonly serial: string
  readonly vendorId: string
  readonly productId: string
  /** Where it is plugged in: `0x14200000`, without the number of this connection behind it. */
  readonly port: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** Apple's own devices have a word in place of the number. */
const hex = (value: unknown): string => text(value) === 'apple_vendor_id' ? '05ac' : /0x([0-9a-f]{4})/i.exec(text(value))?.[1]?.toLowerCase() ?? ''

/** `system_profiler SPUSBDataType -json`: a tree of hubs and devices, each with the disks in it. */
export function parseUsbProfile(json: string): ReadonlyMap<string, UsbFacts> {
  const byDisk = new Map<string, UsbFacts>()
  const visit = (value: unknown, depth: number): void => {
    if (depth > 32) return
    if (Array.isArray(value)) return value.forEach((each) => visit(each, depth + 1))
    if (typeof value !== 'object' || value === null) return
    const item = value as Readonly<Record<string, unknown>>
    const facts = { vendor: text(item['manufacturer']), model: text(item['_name']), serial: text(item['serial_num']), vendorId: hex(item['vendor_id']), productId: hex(item['product_id']), port: text(item['location_id']).split(' ')[0] ?? '' }
    for (const medium of Array.isArray(item['Media']) ? (item['Media'] as unknown[]) : []) {
      const name = text((medium as Readonly<Record<string, unknown>> | null)?.['bsd_name'])
      if (name !== '') byDisk.set(name, facts)
    }
    visit(item['_items'], depth + 1)
  }
  try {
    visit((JSON.parse(json) as Readonly<Record<string, unknown>> | null)?.['SPUSBDataType'], 0)
  } catch {
    return byDisk
  }
  return byDisk
}

/** `diskutil info -all`: blocks of `Name: value`, apart by a line of stars. */
export function parseDiskutil(output: string, usb: ReadonlyMap<string, UsbFacts>): readonly BlockDevice[] {
  return output.split(/^\*+$/m).flatMap((block) => {
    const facts = new Map([...block.matchAll(/^ *([^:\n]+?): +(.+?) *$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']))
    const name = facts.get('Device Identifier')
    if (name === undefined) return []
    const disk = facts.get('Part of Whole') ?? name
    const protocol = (facts.get('Protocol') ?? '').toLowerCase()
    const device = usb.get(disk)
    const removable = /^removable/i.test(facts.get('Removable Media') ?? '') || facts.get('Ejectable') === 'Yes'
    const fileSystem = facts.get('Type (Bundle)') ?? ''
    const encrypted = /^yes/i.test(facts.get('FileVault') ?? facts.get('Encrypted') ?? '')
    return [{
      name,
      device: name,
      removable: removable && protocol !== 'disk image',
      bus: protocol === 'disk image' ? 'loop' : /secure digital/.test(protocol) ? 'sd' : facts.has('Optical Media Type') || facts.has('Optical Drive Type') ? 'optical' : protocol || 'virtual',
      vendor: device?.vendor ?? '',
      model: device?.model ?? facts.get('Device / Media Name') ?? '',
      serial: device?.serial ?? '',
      vendorId: device?.vendorId ?? '',
      productId: device?.productId ?? '',
      sizeBytes: Number(/\((\d+) Bytes\)/.exec(facts.get('Disk Size') ?? facts.get('Total Size') ?? '')?.[1] ?? 0),
      label: (facts.get('Volume Name') ?? '').startsWith('Not applicable') ? '' : (facts.get('Volume Name') ?? ''),
      disk,
      ...(device === undefined ? {} : { physicalId: `usb:${device.vendorId}:${device.productId}:${device.serial === '' ? `port ${device.port}` : device.serial}` }),
      ...(fileSystem === '' || fileSystem === 'None' ? {} : { fileSystem }),
      ...(encrypted ? { encrypted, encryption: 'filevault' } : {}),
    }]
  })
}

/** `dscl . -list /Users KEY`: a name, white space, the value. */
export const parseDscl = (output: string): ReadonlyMap<string, string> =>
  new Map([...output.matchAll(/^(\S+)\s+(.+?)\s*$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']))

/** People have uids from 501 on; service accounts begin with an underscore. */
export const accountsOf = (uids: ReadonlyMap<string, string>, homes: ReadonlyMap<string, string>): readonly AccountInfo[] =>
  [...uids].flatMap(([name, uid]) => (/^\d+$/.test(uid) && !name.startsWith('_') && (Number(uid) === 0 || Number(uid) >= 501) ? [{ name, uid: Number(uid), home: homes.get(name) ?? '' }] : []))

/** `id -P UID`: `name:*:uid:gid:class:change:expire:gecos:home:shell`. */
export function parseIdLine(output: string): AccountInfo | undefined {
  const [name, , uid, , , , , , home] = output.trim().split(':')
  return name === undefined || name === '' || !/^\d+$/.test(uid ?? '') ? undefined : { name, uid: Number(uid), home: home ?? '' }
}

/** who(1): `alice  console  Nov 24 09:00`, with the host in brackets for a remote one. */
export const parseWho = (output: string): readonly SessionInfo[] =>
  output.split('\n').flatMap((line) => {
    const match = /^(\S+)\s+\S+\s+\S.*?(?:\(([^)]*)\))?\s*$/.exec(line)
    return match?.[1] === undefined ? [] : [{ account: match[1], remote: (match[2] ?? '') !== '', host: match[2] ?? '' }]
  })

/** ioreg prints `"IOPlatformUUID" = "…"`. */
export const parsePlatformUuid = (output: string): string | undefined => /"IOPlatformUUID" = "([0-9A-Fa-f-]{36})"/.exec(output)?.[1]?.toLowerCase()

/** sw_vers prints `ProductVersion:  15.1`. */
export const parseProductVersion = (output: string): string => /^ProductVersion:\s*(\S+)/m.exec(output)?.[1] ?? ''
