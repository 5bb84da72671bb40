// Samples in the form that the programs of macOS 15 print (mount, diskutil, system_profiler, dscl, id, who, ioreg, sw_vers).
import { describe, expect, test } from 'vitest'
import { createDarwinPlatform } from './platform.ts'
import { accountsOf, parseDiskutil, parseDscl, parseIdLine, parseMount, parsePlatformUuid, parseProductVersion, parseUsbProfile, parseWho } from './facts.ts'

const USB = JSON.stringify({ SPUSBDataType: [{ _name: 'USB31Bus', _items: [{ _name: 'Ultra USB 3.0', manufacturer: 'SanDisk', serial_num: '4C530001', vendor_id: '0x0781  (SanDisk Corporation)', product_id: '0x5591', Media: [{ bsd_name: 'disk4', size_in_bytes: 31_037_849_600 }] }] }] })

const DISKS = `   Device Identifier:         disk4
   Part of Whole:             disk4
   Device / Media Name:       Ultra USB 3.0
   Volume Name:               Not applicable (no file system)
   Protocol:                  USB
   Disk Size:                 31.0 GB (31037849600 Bytes) (exactly 60620800 512-Byte-Units)
   Removable Media:           Removable

**********

   Device Identifier:         disk4s1
   Part of Whole:             disk4
   Volume Name:               STICK
   Protocol:                  USB
   Disk Size:                 31.0 GB (31036801024 Bytes) (exactly 60618752 512-Byte-Units)
   Removable Media:           Removable
   FileVault:                 Yes

**********

   Device Identifier:         disk5
   Part of Whole:             disk5
   Protocol:                  Disk Image
   Ejectable:                 Yes
`

describe('what the programs print', () => {
  test('mounts with spaces and brackets in their names', () => {
    expect(parseMount('/dev/disk3s1s1 on / (apfs, sealed, local, read-only)\n/dev/disk4s1 on /Volumes/MY (1) STICK (msdos, local, nodev)\nnonsense\n')).toMatchObject([
      { source: '/dev/disk3s1s1', mountPoint: '/', fileSystem: 'apfs', device: 'disk3s1s1' },
      { source: '/dev/disk4s1', mountPoint: '/Volumes/MY (1) STICK', fileSystem: 'msdos', options: 'local,nodev' },
    ])
  })

  test('a stick has the maker and serial number that the USB tree knows', () => {
    const devices = parseDiskutil(DISKS, parseUsbProfile(USB))
    expect(devices[0]).toMatchObject({ name: 'disk4', removable: true, bus: 'usb', vendor: 'SanDisk', serial: '4C530001', vendorId: '0781', productId: '5591', sizeBytes: 31_037_849_600, label: '' })
    expect(devices[1]).toMatchObject({ name: 'disk4s1', disk: 'disk4', label: 'STICK', encrypted: true, serial: '4C530001' })
    expect(devices.slice(0, 2).map(({ physicalId, encryption }) => [physicalId, encryption])).toEqual([['usb:0781:5591:4C530001', undefined], ['usb:0781:5591:4C530001', 'filevault']])
    expect(devices[2]).toMatchObject({ bus: 'loop', removable: false })
  })

  test('a device without a serial number is known by its port, and Apple’s own by a word', () => {
    const usb = parseUsbProfile(JSON.stringify({ SPUSBDataType: [{ _name: 'Hub', _items: [{ _name: 'Reader', vendor_id: 'apple_vendor_id', product_id: '0x8403', location_id: '0x14200000 / 7', Media: [{ bsd_name: 'disk9' }] }] }] }))
    expect(parseDiskutil('   Device Identifier:  disk9\n   Protocol:  USB\n   Type (Bundle):  msdos\n', usb)[0]).toMatchObject({ vendorId: '05ac', physicalId: 'usb:05ac:8403:port 0x14200000', fileSystem: 'msdos' })
  })

  test('people are told from service accounts', () => {
    expect(accountsOf(parseDscl('_www   70\nalice  501\nroot   0\n'), parseDscl('alice  /Users/alice\nroot   /var/root\n'))).toEqual([{ name: 'alice', uid: 501, home: '/Users/alice' }, { name: 'root', uid: 0, home: '/var/root' }])
    expect(parseIdLine('alice:********:501:20::0:0:Alice A:/Users/alice:/bin/zsh\n')).toEqual({ name: 'alice', uid: 501, home: '/Users/alice' })
    expect(parseIdLine('id: 777: no such user')).toBeUndefined()
  })

  test('sessions, with the host of a remote one', () => {
    expect(parseWho('alice    console      Nov 24 09:00 \nbob      ttys001      Nov 24 09:10 (10.0.0.2)\n')).toEqual([{ account: 'alice', remote: false, host: '' }, { account: 'bob', remote: true, host: '10.0.0.2' }])
  })

  test('hardware and version', () => {
    expect(parsePlatformUuid('    "IOPlatformUUID" = "A1B2C3D4-0000-1111-2222-333344445555"\n')).toBe('a1b2c3d4-0000-1111-2222-333344445555')
    expect(parseProductVersion('ProductName:\t\tmacOS\nProductVersion:\t\t15.1\n')).toBe('15.1')
  })

  test.each(['', 'null', '[]', '{"SPUSBDataType":null}', '{"SPUSBDataType":[null,1,{"Media":[null]}]}', '{'])('a USB tree of %j knows nothing', (json) => {
    expect(parseUsbProfile(json).size).toBe(0)
  })
})

describe('a system without these programs', () => {
  test('every question has an empty answer and none throws', async () => {
    const platform = createDarwinPlatform(async () => {
      throw new Error('not here')
    })
    expect(await Promise.all([platform.mounts(), platform.blockDevices(), platform.accounts(), platform.sessions(), platform.accountByUid(501), platform.blockDevice('disk4')])).toEqual([[], [], [], [], undefined, undefined])
    expect(await platform.hardwareId()).toMatch(/^[0-9a-f]{64}$/)
    expect((await platform.description()).hostname).not.toBe('')
  })
})
