// Devices that hold files and are no disks, from sysfs: telephones and cameras (MTP, PTP) by the interfaces that they offer on
// USB, and serial lines over Bluetooth (rfcomm), which carry OBEX file transfer.
//
// A still image interface (class 06, subclass 01, protocol 01: USB Still Image Capture Device Definition) is PTP, and MTP when
// the interface or udev calls it so. Many telephones offer MTP under a class of their own (ff) with the name alone.
import { readdirSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { PortableDevice } from '../platform.ts'
import { parseUdevData, usbIdentity } from './block-devices.ts'
import { readText, readWord } from './read-text.ts'

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

type PortableClass = 'mtp' | 'ptp'

function classOf(root: string, usb: string): PortableClass | undefined {
  let found: PortableClass | undefined
  for (const name of namesIn(usb)) {
    if (!name.startsWith(`${basename(usb)}:`)) continue
    const fact = (file: string): string => readWord(join(usb, name, file)) ?? ''
    if (/\bMTP\b/i.test(fact('interface')) && /^(06|ff)$/i.test(fact('bInterfaceClass'))) return 'mtp'
    if (fact('bInterfaceClass') === '06' && fact('bInterfaceSubClass') === '01' && fact('bInterfaceProtocol') === '01') found = 'ptp'
  }
  const device = readWord(join(usb, 'dev'))
  const udev = device === undefined ? undefined : parseUdevData(readText(join(root, 'run/udev/data', `c${device}`)) ?? '')
  return udev?.get('ID_MTP_DEVICE') === '1' ? 'mtp' : found ?? (udev?.get('ID_GPHOTO2') === '1' ? 'ptp' : undefined)
}

const pad = (number: string): string => number.padStart(3, '0')

function readUsb(root: string, name: string): PortableDevice | undefined {
  let usb: string
  try {
    usb = realpathSync(join(root, 'sys/bus/usb/devices', name))
  } catch {
    return undefined
  }
  const found = classOf(root, usb)
  if (found === undefined) return undefined
  const fact = (file: string): string => readWord(join(usb, file)) ?? ''
  return {
    class: found, ...usbIdentity(usb), vendor: fact('manufacturer'), model: fact('product'), serial: fact('serial'), vendorId: fact('idVendor'), productId: fact('idProduct'),
    node: fact('busnum') === '' ? '' : `/dev/bus/usb/${pad(fact('busnum'))}/${pad(fact('devnum'))}`,
  }
}

/** A line that is bound to a device says with which (net/bluetooth/rfcomm/tty.c). */
function readRfcomm(root: string, name: string): PortableDevice | undefined {
  const address = readWord(join(root, 'sys/class/tty', name, 'address'))
  if (address === undefined || !/^[0-9A-F]{2}(:[0-9A-F]{2}){5}$/i.test(address)) return undefined
  return { class: 'bluetooth', physicalId: `bluetooth:${address.toLowerCase()}`, instance: name, vendor: '', model: '', serial: address.toLowerCase(), vendorId: '', productId: '', node: `/dev/${name}` }
}

export function readPortableDevices(root: string): readonly PortableDevice[] {
  // Names with a colon are interfaces, those that begin with `usb` the roots of buses.
  const usb = namesIn(join(root, 'sys/bus/usb/devices')).filter((name) => /^\d+-[\d.]+$/.test(name))
  const lines = namesIn(join(root, 'sys/class/tty')).filter((name) => /^rfcomm\d+$/.test(name))
  return [...usb.flatMap((name) => readUsb(root, name) ?? []), ...lines.flatMap((name) => readRfcomm(root, name) ?? [])]
}
