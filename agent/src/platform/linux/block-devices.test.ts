import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBlockDeviceVersion } from './block-device-watch.ts'
import { decodeUdev, parseUdevData, readBlockDevice } from './block-devices.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-sys-'))
  mkdirSync(join(root, 'sys/class/block'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** A device below /sys/devices with the files of its own, and its name in /sys/class/block. */
function addDevice(path: string, files: Readonly<Record<string, string>>): void {
  const name = path.split('/').at(-1) ?? ''
  for (const [file, text] of Object.entries(files)) write(`sys/devices/${path}/${file}`, `${text}\n`)
  symlinkSync(`../../devices/${path}`, join(root, 'sys/class/block', name))
}

const USB = 'pci0000:00/0000:00:14.0/usb1/1-2'
function addStick(): void {
  for (const [file, text] of Object.entries({ idVendor: '0781', idProduct: '5567', manufacturer: 'SanDisk', product: 'Cruzer Blade', serial: '4C530001', busnum: '1', devnum: '7' })) write(`sys/devices/${USB}/${file}`, `${text}\n`)
  addDevice(`${USB}/1-2:1.0/host6/block/sdb`, { dev: '8:16', size: '60620800', removable: '1' })
  addDevice(`${USB}/1-2:1.0/host6/block/sdb/sdb1`, { dev: '8:17', size: '60618752', partition: '1' })
}

describe('a stick', () => {
  test('its partition has the maker, the model, the serial number and the bus of the whole', () => {
    addStick()
    write('run/udev/data/b8:17', 'E:ID_FS_TYPE=vfat\nE:ID_FS_LABEL=MY_STICK\nE:ID_FS_LABEL_ENC=MY\\x20STICK\n')
    expect(readBlockDevice(root, 'sdb1')).toEqual({
      name: 'sdb1', device: '8:17', removable: true, bus: 'usb', vendor: 'SanDisk', model: 'Cruzer Blade', serial: '4C530001', vendorId: '0781', productId: '5567', sizeBytes: 60_618_752 * 512, label: 'MY STICK', disk: 'sdb',
      physicalId: 'usb:0781:5567:4C530001', instance: '1-7', fileSystem: 'vfat',
    })
  })

  test('an encrypted partition says so, and so does the volume that it opens to', () => {
    addStick()
    write('run/udev/data/b8:17', 'E:ID_FS_TYPE=crypto_LUKS\n')
    addDevice('virtual/block/dm-0', { dev: '253:0', size: '1000', 'dm/uuid': 'CRYPT-LUKS2-0123-luks-1' })
    mkdirSync(join(root, 'sys/devices/virtual/block/dm-0/slaves'))
    symlinkSync('/nowhere', join(root, 'sys/devices/virtual/block/dm-0/slaves/sdb1'))
    expect(readBlockDevice(root, 'sdb1')).toMatchObject({ encrypted: true })
    expect(readBlockDevice(root, 'dm-0')).toMatchObject({ name: 'dm-0', device: '253:0', encrypted: true, serial: '4C530001', removable: true, disk: 'sdb', sizeBytes: 512_000 })
  })
})

describe('other devices', () => {
  test('a memory card counts as removable although its disk says 0, a soldered chip does not', () => {
    addDevice('platform/mmc_host/mmc0/mmc0:0001/block/mmcblk0', { dev: '179:0', size: '100', removable: '0', 'device/type': 'SD' })
    addDevice('platform/mmc_host/mmc1/mmc1:0001/block/mmcblk1', { dev: '179:8', size: '100', removable: '0', 'device/type': 'MMC' })
    expect(readBlockDevice(root, 'mmcblk0')).toMatchObject({ removable: true, bus: 'sd' })
    expect(readBlockDevice(root, 'mmcblk1')).toMatchObject({ removable: false, bus: 'mmc' })
  })

  test('a loop device and a fixed disk are not removable', () => {
    addDevice('virtual/block/loop7', { dev: '7:7', size: '100', removable: '0' })
    addDevice('pci0000:00/ata1/block/sda', { dev: '8:0', size: '100', removable: '0' })
    expect(readBlockDevice(root, 'loop7')).toMatchObject({ bus: 'loop', removable: false })
    expect(readBlockDevice(root, 'sda')).toMatchObject({ bus: 'ata', removable: false })
  })

  test('device-mapper volumes that stand on each other in a circle end', () => {
    addDevice('virtual/block/dm-1', { dev: '253:1', size: '1', 'dm/uuid': 'LVM-1' })
    mkdirSync(join(root, 'sys/devices/virtual/block/dm-1/slaves'))
    symlinkSync('/nowhere', join(root, 'sys/devices/virtual/block/dm-1/slaves/dm-1'))
    expect(readBlockDevice(root, 'dm-1')).toMatchObject({ name: 'dm-1' })
  })

  test.each(['', '..', '../../etc', 'nothing'])('the name %j is no device', (name) => {
    expect(readBlockDevice(root, name)).toBeUndefined()
  })
})

describe('the watch', () => {
  test('its version changes with a device and with a card in a reader', () => {
    const version = createBlockDeviceVersion(root)
    const empty = version()
    addDevice('pci0000:00/host1/block/sdc', { dev: '8:32', size: '0', removable: '1' })
    const reader = version()
    expect(reader).not.toBe(empty)
    expect(version()).toBe(reader)
    write('sys/devices/pci0000:00/host1/block/sdc/size', '4000\n')
    expect(version()).not.toBe(reader)
  })
})

describe('words of udev', () => {
  test('only E lines are properties, and escapes are bytes', () => {
    expect([...parseUdevData('S:disk/by-id/x\nE:ID_BUS=usb\nE:EMPTY=\nE:bad\n')]).toEqual([['ID_BUS', 'usb'], ['EMPTY', '']])
    expect(decodeUdev('M\\xc3\\xa4x\\x20y')).toBe('Mäx y')
  })
})
