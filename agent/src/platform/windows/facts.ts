// What PowerShell says about a Windows device, as facts. Pure: every parser takes the JSON and gives nothing for what it does not understand.
import type { AccountInfo, BlockDevice, MountEntry, SessionInfo } from '../platform.ts'

type Row = Readonly<Record<string, unknown>>

/** ConvertTo-Json prints one object bare, several as a list, and nothing at all for none. */
export function parseRows(json: string): readonly Row[] {
  try {
    const value: unknown = JSON.parse(json)
    return (Array.isArray(value) ? value : [value]).filter((row): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row))
  } catch {
    return []
  }
}

const text = (row: Row, key: string): string => {
  const value = row[key]
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
}

/** Win32_LogicalDisk; DriveType 4 is a network drive, whose share is its source. */
export function parseLogicalDisks(json: string): readonly MountEntry[] {
  return parseRows(json).flatMap((row) => {
    const drive = text(row, 'DeviceID')
    if (!/^[A-Z]:$/i.test(drive)) return []
    return [{ id: Number.parseInt(text(row, 'VolumeSerialNumber') || '0', 16) || drive.charCodeAt(0), mountPoint: `${drive}\\`, root: '\\', source: text(row, 'ProviderName') || drive, fileSystem: text(row, 'FileSystem'), device: drive, options: `drivetype=${text(row, 'DriveType')}` }]
  })
}

/**
 * Disks of Win32_DiskDrive with the drive letters that the question has put into `Letters`.
 * A PNPDeviceID reads `USBSTOR\DISK&VEN_SANDISK&PROD_ULTRA&REV_1.00\4C530001&0`, that of its parent
 * `USB\VID_0781&PID_5567\4C530001`. A last part with an & in it is made up by Windows, for a device without a serial number.
 */
export function parseDiskDrives(json: string): readonly BlockDevice[] {
  return parseRows(json).flatMap((row): BlockDevice[] => {
    const disk = text(row, 'DeviceID').replace(/^\\\\\.\\/, '')
    if (disk === '') return []
    const pnp = text(row, 'PNPDeviceID')
    const usb = text(row, 'InterfaceType') === 'USB' || pnp.startsWith('USBSTOR\\')
    const [, vendorId = '', productId = '', own = ''] = /^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})[^\\]*\\(.+)$/i.exec(text(row, 'Parent')) ?? []
    const serial = own === '' || own.includes('&') ? text(row, 'SerialNumber') : own
    const base = {
      removable: usb || /removable/i.test(text(row, 'MediaType')),
      bus: usb ? 'usb' : text(row, 'InterfaceType').toLowerCase() || 'virtual',
      vendor: (/VEN_([^&\\]*)/.exec(pnp)?.[1] ?? '').replaceAll('_', ' ').trim(),
      model: text(row, 'Model'),
      serial,
      vendorId: vendorId.toLowerCase(),
      productId: productId.toLowerCase(),
      ...(vendorId === '' ? {} : { physicalId: `usb:${vendorId.toLowerCase()}:${productId.toLowerCase()}:${own.includes('&') ? `port ${own}` : own}` }),
      sizeBytes: Number(text(row, 'Size')) || 0,
      label: '',
      disk,
    }
    const letters = text(row, 'Letters').split(' ').filter((letter) => /^[A-Z]:$/i.test(letter))
    return [{ ...base, name: disk, device: disk }, ...letters.map((letter) => ({ ...base, name: letter, device: letter }))]
  })
}

/** Win32_UserProfile; the uid is the last part of the SID (the RID), which is unique for local accounts. */
export function parseProfiles(json: string): readonly AccountInfo[] {
  return parseRows(json).flatMap((row) => {
    const rid = /^S-1-5-21-[\d-]+-(\d+)$/.exec(text(row, 'SID'))?.[1]
    const home = text(row, 'LocalPath')
    return rid === undefined || home === '' ? [] : [{ name: home.split('\\').at(-1) ?? '', uid: Number(rid), home }]
  })
}

/** Win32_ComputerSystem.UserName is `DOMAIN\alice` for who sits at the console. */
export function parseConsoleUser(json: string): readonly SessionInfo[] {
  const account = text(parseRows(json)[0] ?? {}, 'UserName').split('\\').at(-1) ?? ''
  return account === '' ? [] : [{ account, remote: false, host: '' }]
}

/** Win32_ComputerSystemProduct.UUID, unless the maker left a placeholder. */
export function parseProductUuid(json: string): string | undefined {
  const uuid = text(parseRows(json)[0] ?? {}, 'UUID').toLowerCase()
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) && !/^[0f-]+$/.test(uuid) ? uuid : undefined
}
