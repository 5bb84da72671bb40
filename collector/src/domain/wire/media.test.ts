import { wire } from '@holdfast/proto'
import { expect, test } from 'vitest'
import { decodeActivity } from './decode.ts'

const body = (detail: wire.Activity.$Properties): Uint8Array => wire.Activity.encode({ occurredAt: { seconds: 1_800_000_000, nanos: 0 }, ...detail }).finish()
const media: wire.Media.$Properties = { vendor: 'SanDisk', serial: 'S1', vendorId: '0781', productId: '5567', deviceId: 'usb:0781:5567:S1', deviceClass: 'mass_storage', slot: '1', fileSystems: ['vfat', 'crypto_LUKS'], encrypted: true, encryption: 'luks' }

test('a medium keeps which device it is, and what it holds', () => {
  expect(decodeActivity(body({ removableMediaConnected: { media } }), 'a', 'd').media).toEqual({ vendor: 'SanDisk', serial: 'S1', vendorId: '0781', productId: '5567', deviceId: 'usb:0781:5567:S1', deviceClass: 'mass_storage', slot: '1', fileSystems: 'vfat, crypto_LUKS', encryption: 'luks' })
  expect(decodeActivity(body({ removableMediaConnected: { media: { encrypted: true } } }), 'a', 'd').media).toEqual({ encryption: 'unknown' })
})

test('what was written while it was there is told with its times, and not invented where nobody has counted', () => {
  const written = { bytes: 4096, files: 2, atLeast: true, since: { seconds: 1_799_999_000, nanos: 0 } }
  expect(decodeActivity(body({ removableMediaDisconnected: { media, written, lastSeenAt: { seconds: 1_799_999_990, nanos: 0 } } }), 'a', 'd').detail).toEqual({ writtenBytes: 4096, writtenFiles: 2, writtenAtLeast: true, writtenSince: '2027-01-15T07:43:20.000Z', lastSeenAt: '2027-01-15T07:59:50.000Z' })
  expect(decodeActivity(body({ removableMediaUnmounted: { media, written: { ...written, atLeast: false } } }), 'a', 'd').detail).toEqual({ writtenBytes: 4096, writtenFiles: 2, writtenSince: '2027-01-15T07:43:20.000Z' })
  expect(decodeActivity(body({ removableMediaUnmounted: { media } }), 'a', 'd').detail).toBeUndefined()
})
