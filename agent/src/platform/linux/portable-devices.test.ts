import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPortableDevices } from './portable-devices.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-sys-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** A device on USB with the files of its own and of its first interface. */
function plug(name: string, facts: Readonly<Record<string, string>>, face: Readonly<Record<string, string>>): void {
  const folder = `sys/devices/pci0000:00/usb1/${name}`
  for (const [file, text] of Object.entries({ busnum: '1', devnum: '9', dev: '189:8', ...facts })) write(`${folder}/${file}`, `${text}\n`)
  for (const [file, text] of Object.entries(face)) write(`${folder}/${name}:1.0/${file}`, `${text}\n`)
  mkdirSync(join(root, 'sys/bus/usb/devices'), { recursive: true })
  symlinkSync(`../../../devices/pci0000:00/usb1/${name}`, join(root, 'sys/bus/usb/devices', name))
}
const pixel = { idVendor: '18d1', idProduct: '4ee1', manufacturer: 'Google', product: 'Pixel 8', serial: '38X1' }
const still = { bInterfaceClass: '06', bInterfaceSubClass: '01', bInterfaceProtocol: '01' }

describe('a telephone or a camera', () => {
  test.each([
    ['MTP by its name', { ...still, interface: 'MTP' }, 'mtp'],
    ['MTP under a class of the maker', { bInterfaceClass: 'ff', bInterfaceSubClass: 'ff', bInterfaceProtocol: '00', interface: 'MTP' }, 'mtp'],
    ['PTP', still, 'ptp'],
  ])('is seen as %s', (_, face, expected) => {
    plug('1-2', pixel, face)
    expect(readPortableDevices(root)).toEqual([{ class: expected, physicalId: 'usb:18d1:4ee1:38X1', instance: '1-9', vendor: 'Google', model: 'Pixel 8', serial: '38X1', vendorId: '18d1', productId: '4ee1', node: '/dev/bus/usb/001/009' }])
  })

  test('that only udev knows is seen, too', () => {
    plug('1-2.3', pixel, { bInterfaceClass: 'ff', bInterfaceSubClass: '00', bInterfaceProtocol: '00' })
    expect(readPortableDevices(root)).toEqual([])
    write('run/udev/data/c189:8', 'E:ID_MTP_DEVICE=1\n')
    expect(readPortableDevices(root)).toMatchObject([{ class: 'mtp' }])
  })

  test('without a serial number is known by its port', () => {
    plug('1-2', { ...pixel, serial: '' }, still)
    expect(readPortableDevices(root)[0]?.physicalId).toBe('usb:18d1:4ee1:port 1-2')
  })

  test('a keyboard, a stick and a telephone that only charges are none', () => {
    plug('1-1', pixel, { bInterfaceClass: '03', bInterfaceSubClass: '01', bInterfaceProtocol: '01' })
    plug('1-2', pixel, { bInterfaceClass: '08', bInterfaceSubClass: '06', bInterfaceProtocol: '50', interface: 'MTP' })
    plug('1-3', pixel, {})
    expect(readPortableDevices(root)).toEqual([])
  })
})

test('a serial line over Bluetooth is seen with the address at its other end, one without is not', () => {
  write('sys/class/tty/rfcomm0/address', 'AA:BB:CC:00:11:22\n')
  write('sys/class/tty/rfcomm1/address', '../../etc\n')
  write('sys/class/tty/tty1/address', 'AA:BB:CC:00:11:22\n')
  expect(readPortableDevices(root)).toMatchObject([{ class: 'bluetooth', physicalId: 'bluetooth:aa:bb:cc:00:11:22', node: '/dev/rfcomm0' }])
})

test('a system without these buses has none', () => expect(readPortableDevices(root)).toEqual([]))
