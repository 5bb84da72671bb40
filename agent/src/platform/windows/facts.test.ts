// Samples in the form of ConvertTo-Json over the WMI classes that the adapter asks for.
import { describe, expect, test } from 'vitest'
import { parseConsoleUser, parseDiskDrives, parseLogicalDisks, parseProductUuid, parseProfiles, parseRows } from './facts.ts'
import { createWindowsPlatform } from './platform.ts'

describe('what PowerShell prints', () => {
  test('drives, with the share behind a network drive', () => {
    expect(parseLogicalDisks('[{"DeviceID":"C:","DriveType":3,"FileSystem":"NTFS","ProviderName":null,"VolumeSerialNumber":"1A2B3C4D"},{"DeviceID":"Z:","DriveType":4,"FileSystem":"NTFS","ProviderName":"\\\\\\\\nas\\\\data","VolumeSerialNumber":null},{"DeviceID":"bad"}]')).toMatchObject([
      { mountPoint: 'C:\\', source: 'C:', fileSystem: 'NTFS', id: 0x1a2b3c4d, options: 'drivetype=3' },
      { mountPoint: 'Z:\\', source: '\\\\nas\\data', options: 'drivetype=4' },
    ])
  })

  test('a stick is removable and is found by its drive letter', () => {
    const devices = parseDiskDrives(String.raw`{"DeviceID":"\\\\.\\PHYSICALDRIVE1","InterfaceType":"USB","MediaType":"Removable Media","Model":"SanDisk Ultra USB Device","SerialNumber":"4C530001","Size":"31037849600","PNPDeviceID":"USBSTOR\\DISK&VEN_SANDISK&PROD_ULTRA&REV_1.00\\4C530001&0","Letters":"E:"}`)
    expect(devices).toMatchObject([
      { name: 'PHYSICALDRIVE1', removable: true, bus: 'usb', vendor: 'SANDISK', serial: '4C530001', sizeBytes: 31_037_849_600, disk: 'PHYSICALDRIVE1' },
      { name: 'E:', device: 'E:', disk: 'PHYSICALDRIVE1' },
    ])
  })

  test('a stick has the numbers of the device that it stands in, and no serial number that Windows has made up', () => {
    const disk = (parent: string) => parseDiskDrives(JSON.stringify({ DeviceID: String.raw`\.\PHYSICALDRIVE1`, InterfaceType: 'USB', SerialNumber: 'OF-THE-DISK', PNPDeviceID: String.raw`USBSTOR\DISK&VEN_X&PROD_Y\1&0`, Parent: parent }))[0]
    expect(disk(String.raw`USB\VID_0781&PID_556A\4C530001`)).toMatchObject({ vendorId: '0781', productId: '556a', serial: '4C530001', physicalId: 'usb:0781:556a:4C530001' })
    expect(disk(String.raw`USB\VID_0781&PID_5567\7&1c2d3e4f&0&2`)).toMatchObject({ serial: 'OF-THE-DISK', physicalId: 'usb:0781:5567:port 7&1c2d3e4f&0&2' })
    expect(disk('')).not.toHaveProperty('physicalId')
  })

  test('profiles of people, not of services', () => {
    expect(parseProfiles(String.raw`[{"SID":"S-1-5-21-1-2-3-1001","LocalPath":"C:\\Users\\alice"},{"SID":"S-1-5-18","LocalPath":"C:\\Windows"}]`)).toEqual([{ name: 'alice', uid: 1001, home: String.raw`C:\Users\alice` }])
  })

  test('the person at the console, without the domain', () => {
    expect(parseConsoleUser(String.raw`{"UserName":"CORP\\alice"}`)).toEqual([{ account: 'alice', remote: false, host: '' }])
    expect(parseConsoleUser('{"UserName":null}')).toEqual([])
  })

  test('a placeholder is no hardware id', () => {
    expect(parseProductUuid('{"UUID":"4C4C4544-0042-3510-8052-B4C04F4D3532"}')).toBe('4c4c4544-0042-3510-8052-b4c04f4d3532')
    expect(parseProductUuid('{"UUID":"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"}')).toBeUndefined()
  })

  test.each(['', 'null', '1', '[1,null]', '{'])('%j holds no rows', (json) => {
    expect(parseRows(json)).toEqual([])
  })
})

describe('a system without PowerShell', () => {
  test('every question has an empty answer and none throws', async () => {
    const platform = createWindowsPlatform(async () => {
      throw new Error('not here')
    })
    expect(await Promise.all([platform.mounts(), platform.blockDevices(), platform.accounts(), platform.sessions(), platform.accountByUid(1001)])).toEqual([[], [], [], [], undefined])
    expect(await platform.hardwareId()).toMatch(/^[0-9a-f]{64}$/)
  })
})
