import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildBlockDevice, buildMount, createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from './fake-context.ts'
import { removableMediaSensor } from './removable-media.ts'
import { noteWrite } from './removable-media/write-counts.ts'
import { holdsMedium, isRemovableMount, removableRoots } from './removable-volumes.ts'

let device: FakePlatform
let memory: FakeMemory
let run: FakeRun | undefined
beforeEach(() => {
  device = createFakePlatform({ '/proc/sys/kernel/random/boot_id': 'boot-1\n' })
  memory = new Map()
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  device.dispose()
})

const start = (policy = {}): FakeRun => {
  run = startSensor(removableMediaSensor, { platform: device, memory, policy: { removableMedia: { enabled: true }, ...policy } })
  return run
}

const disk = buildBlockDevice()
const partition = buildBlockDevice({ name: 'sdb1', device: '8:17', label: 'STICK' })
const mount = buildMount()
const plugIn = (): void => {
  device.setBlockDevices([disk, partition])
  device.setMounts([mount])
}
const kinds = (of: FakeRun): readonly string[] => of.emitted.map((activity) => activity.kind)
const idle = async (of: FakeRun): Promise<void> => until(() => of.reports.length > 0 && memory.has('seen'))

describe('a stick that comes and goes', () => {
  test('is connected, mounted, unmounted and disconnected, in this order and with its facts', async () => {
    device.setSessions([{ account: 'alice', remote: false, host: '' }])
    const now = start()
    await idle(now)
    expect(now.emitted).toEqual([])
    device.setBlockDevices([disk, partition])
    await until(() => now.emitted.length === 1)
    device.setMounts([mount])
    await until(() => now.emitted.length === 2)
    device.setMounts([])
    await until(() => now.emitted.length === 3)
    device.setBlockDevices([])
    await until(() => now.emitted.length === 4)
    expect(kinds(now)).toEqual(['removable_media_connected', 'removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected'])
    expect(now.emitted[0]?.detail.removableMediaConnected).toMatchObject({ present: false, media: { vendor: 'SanDisk', model: 'Ultra', serial: '4C530001', bus: 'usb', capacityBytes: 31_037_849_600, deviceNode: '/dev/sdb', vendorId: '0781', productId: '5567' } })
    expect(now.emitted[1]).toMatchObject({ actor: { account: 'alice', attribution: 'session' }, detail: { removableMediaMounted: { present: false, media: { fileSystem: 'vfat', mountPoint: '/media/alice/STICK', volumeLabel: 'STICK', deviceNode: '/dev/sdb1' } } } })
  })

  test('pulled while mounted it is gone all the same', async () => {
    plugIn()
    const now = start()
    await until(() => now.emitted.length === 2)
    device.setMounts([])
    device.setBlockDevices([])
    await until(() => now.emitted.length === 4)
    expect(kinds(now).slice(2)).toEqual(['removable_media_unmounted', 'removable_media_disconnected'])
    expect(now.emitted[2]?.recovered).toBeUndefined()
  })

  test('with two people signed in nobody is accused', async () => {
    device.setSessions([{ account: 'alice', remote: false, host: '' }, { account: 'bob', remote: true, host: 'x' }])
    plugIn()
    const now = start()
    await until(() => now.emitted.length === 2)
    expect(now.emitted.every((activity) => activity.actor === undefined)).toBe(true)
  })
})

describe('what was there before, and what happened meanwhile', () => {
  test('is present at the first start, and not said again after a policy change', async () => {
    plugIn()
    const first = start()
    await until(() => first.emitted.length === 2)
    expect(first.emitted.map(({ detail }) => detail.removableMediaConnected?.present ?? detail.removableMediaMounted?.present)).toEqual([true, true])
    await first.stop()
    const second = start()
    await until(() => second.reports.length > 0)
    device.setBlockDevices([disk, partition, buildBlockDevice({ name: 'sdc', disk: 'sdc', device: '8:32', serial: 'other' })])
    await until(() => second.emitted.length === 1)
    expect(second.emitted[0]?.detail.removableMediaConnected?.media?.serial).toBe('other')
  })

  test('an unmount and a pull while the agent was down are said late', async () => {
    plugIn()
    const first = start()
    await until(() => first.emitted.length === 2)
    await first.stop()
    device.setMounts([])
    device.setBlockDevices([])
    const second = start()
    await until(() => second.emitted.length === 2)
    expect(second.emitted).toMatchObject([{ kind: 'removable_media_unmounted', recovered: true }, { kind: 'removable_media_disconnected', recovered: true }])
  })

  test('a mount id that was given anew to another place is another volume', async () => {
    plugIn()
    const first = start()
    await until(() => first.emitted.length === 2)
    await first.stop()
    device.setMounts([buildMount({ mountPoint: '/media/alice/OTHER' })])
    const second = start()
    await until(() => second.emitted.length === 2)
    expect(kinds(second)).toEqual(['removable_media_unmounted', 'removable_media_mounted'])
  })

  test('after a restart of the device the same stick was unmounted, and is mounted again without being connected', async () => {
    plugIn()
    const first = start()
    await until(() => first.emitted.length === 2)
    await first.stop()
    device.write('/proc/sys/kernel/random/boot_id', 'boot-2\n')
    const second = start()
    await until(() => second.emitted.length === 2)
    expect(second.emitted).toMatchObject([{ kind: 'removable_media_unmounted', recovered: true }, { kind: 'removable_media_mounted', detail: { removableMediaMounted: { present: true } } }])
  })

  test('a volume that a new policy does not count any more is not called unmounted', async () => {
    device.setMounts([buildMount({ device: '7:0', source: '/dev/loop0', mountPoint: '/srv/x/IMAGE' })])
    const first = start({ files: { removableRoots: ['/srv/x'] } })
    await until(() => first.emitted.length === 1)
    await first.stop()
    const second = start()
    await until(() => second.reports.length > 0)
    device.setBlockDevices([disk])
    await until(() => second.emitted.length === 1)
    expect(kinds(second)).toEqual(['removable_media_connected'])
  })

  test.each(['null', '[]', '{"bootId":1}'])('a memory that holds %s is a first start', async (text) => {
    const { saveState } = await import('./durable-state.ts')
    await saveState({ get: async (key) => memory.get(key), set: async (key, value) => void memory.set(key, value) }, 'seen', JSON.parse(text))
    plugIn()
    const now = start()
    await until(() => now.emitted.length === 2)
    expect(kinds(now)).toEqual(['removable_media_connected', 'removable_media_mounted'])
  })
})

/** As the adapter reads it: the physical device, and the connection that it has now. */
const plugged = (instance: string, more: Parameters<typeof buildBlockDevice>[0] = {}) => buildBlockDevice({ physicalId: 'usb:0781:5567:4C530001', instance, ...more })

describe('which device it is', () => {
  test('pulled and put in again between two looks it was disconnected and connected', async () => {
    device.setBlockDevices([plugged('1-5'), plugged('1-5', { name: 'sdb1', device: '8:17' })])
    device.setMounts([mount])
    const now = start()
    await until(() => now.emitted.length === 2)
    device.setBlockDevices([plugged('1-6'), plugged('1-6', { name: 'sdb1', device: '8:17' })])
    device.setMounts([buildMount({ id: 101 })])
    await until(() => now.emitted.length === 6)
    expect(kinds(now).slice(2)).toEqual(['removable_media_unmounted', 'removable_media_disconnected', 'removable_media_connected', 'removable_media_mounted'])
    const ids = now.emitted.map(({ detail }) => (detail.removableMediaConnected ?? detail.removableMediaMounted ?? detail.removableMediaUnmounted ?? detail.removableMediaDisconnected)?.media?.deviceId)
    expect(new Set(ids)).toEqual(new Set(['usb:0781:5567:4C530001']))
  })

  test('of two sticks with the same serial number the one that is pulled is disconnected once', async () => {
    const [one, other] = [plugged('1-5'), plugged('1-6', { name: 'sdc', disk: 'sdc', device: '8:32' })]
    device.setBlockDevices([one, other])
    const now = start()
    await until(() => now.emitted.length === 2)
    device.setBlockDevices([one])
    await until(() => now.emitted.length === 3)
    expect(now.emitted[2]).toMatchObject({ kind: 'removable_media_disconnected', detail: { removableMediaDisconnected: { media: { deviceNode: '/dev/sdc' } } } })
    device.setBlockDevices([])
    await until(() => now.emitted.length === 4)
    expect(now.emitted[3]).toMatchObject({ kind: 'removable_media_disconnected', detail: { removableMediaDisconnected: { media: { deviceNode: '/dev/sdb' } } } })
  })

  test('pulled and put in again while the agent was away it ended late and is present', async () => {
    device.setBlockDevices([plugged('1-5')])
    const first = start()
    await until(() => first.emitted.length === 1)
    await first.stop()
    device.setBlockDevices([plugged('1-6')])
    const second = start()
    await until(() => second.emitted.length === 2)
    expect(second.emitted).toMatchObject([{ kind: 'removable_media_disconnected', recovered: true, detail: { removableMediaDisconnected: { lastSeenAt: { seconds: 1_800_000_000 } } } }, { kind: 'removable_media_connected', detail: { removableMediaConnected: { present: true } } }])
  })

  test('numbers of connections that a restart of the system has given anew say nothing', async () => {
    device.setBlockDevices([plugged('1-5')])
    const first = start()
    await until(() => first.emitted.length === 1)
    await first.stop()
    device.write('/proc/sys/kernel/random/boot_id', 'boot-2\n')
    device.setBlockDevices([plugged('1-2')])
    const second = start()
    await until(() => memory.has('seen') && second.reports.length > 0)
    device.setBlockDevices([])
    await until(() => second.emitted.length === 1)
    expect(kinds(second)).toEqual(['removable_media_disconnected'])
  })

  test('two partitions are one device with two mounts, and all its file systems are told', async () => {
    const parts = [plugged('1-5'), plugged('1-5', { name: 'sdb1', device: '8:17', fileSystem: 'vfat' }), plugged('1-5', { name: 'sdb2', device: '8:18' })]
    device.setVolumeContent('sdb', { fileSystem: '', label: '', encryption: 'unknown' })
    device.setVolumeContent('sdb2', { fileSystem: 'crypto_LUKS', label: '', encryption: 'luks' })
    device.setBlockDevices(parts)
    device.setMounts([mount, buildMount({ id: 101, device: '8:18', source: '/dev/sdb2', mountPoint: '/media/alice/TWO' })])
    const now = start()
    await until(() => now.emitted.length === 3)
    expect(kinds(now)).toEqual(['removable_media_connected', 'removable_media_mounted', 'removable_media_mounted'])
    expect(now.emitted[0]?.detail.removableMediaConnected?.media).toMatchObject({ fileSystems: ['vfat', 'crypto_LUKS'], encryption: 'luks', encrypted: true, deviceClass: 'mass_storage' })
  })

  test('a reader with two cards is one device with two slots, an empty slot none', async () => {
    const slot = (name: string, number: string, sizeBytes: number) => plugged('1-5', { name, disk: name, device: `8:${name.charCodeAt(2)}`, slot: number, sizeBytes })
    device.setBlockDevices([slot('sdb', '0', 0), slot('sdc', '1', 0)])
    const now = start()
    await until(() => memory.has('seen') && now.reports.length > 0)
    device.setBlockDevices([slot('sdb', '0', 1 << 30), slot('sdc', '1', 2 ** 31)])
    await until(() => now.emitted.length === 2)
    expect(now.emitted.map(({ detail }) => detail.removableMediaConnected?.media)).toMatchObject([{ slot: '0', deviceId: 'usb:0781:5567:4C530001', deviceClass: 'card' }, { slot: '1', deviceId: 'usb:0781:5567:4C530001' }])
  })

  test('a stick that plays a CD drive as well is one device', async () => {
    device.setBlockDevices([plugged('1-5', { slot: '0' }), plugged('1-5', { name: 'sr0', disk: 'sr0', device: '11:0', bus: 'optical', slot: '1', sizeBytes: 8 << 20 })])
    const now = start()
    await until(() => now.emitted.length === 1)
    device.setBlockDevices([])
    await until(() => now.emitted.length === 2)
    expect(now.emitted.map(({ detail }) => (detail.removableMediaConnected ?? detail.removableMediaDisconnected)?.media?.deviceNode)).toEqual(['/dev/sdb', '/dev/sdb'])
  })

  test('a telephone is connected, mounted by a program that shows it as a folder, and gone', async () => {
    const phone = { class: 'mtp', physicalId: 'usb:18d1:4ee1:38X1', instance: '1-9', vendor: 'Google', model: 'Pixel 8', serial: '38X1', vendorId: '18d1', productId: '4ee1', node: '/dev/bus/usb/001/009' } as const
    const now = start()
    await idle(now)
    device.setPortableDevices([phone])
    await until(() => now.emitted.length === 1)
    device.setMounts([buildMount({ device: '0:55', source: 'jmtpfs', fileSystem: 'fuse.jmtpfs', mountPoint: '/home/alice/phone' })])
    await until(() => now.emitted.length === 2)
    device.setMounts([])
    device.setPortableDevices([])
    await until(() => now.emitted.length === 4)
    expect(kinds(now)).toEqual(['removable_media_connected', 'removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected'])
    expect(now.emitted[1]?.detail.removableMediaMounted?.media).toMatchObject({ model: 'Pixel 8', serial: '38X1', bus: 'mtp', deviceClass: 'mtp', deviceId: 'usb:18d1:4ee1:38X1', mountPoint: '/home/alice/phone' })
  })

  test('names and numbers that a hostile device makes up are cut and told as they are', async () => {
    device.setBlockDevices([plugged('1-5', { vendor: '<script>', model: 'x'.repeat(10_000), serial: '\u001b[2J\n"; DROP TABLE', physicalId: `usb:${'9'.repeat(5000)}` })])
    const now = start()
    await until(() => now.emitted.length === 1)
    const media = now.emitted[0]?.detail.removableMediaConnected?.media
    expect([media?.vendor, media?.model?.length, media?.serial, media?.deviceId?.length]).toEqual(['<script>', 256, '\u001b[2J\n"; DROP TABLE', 256])
  })
})

describe('what was written', () => {
  const stick = (): void => {
    device.setBlockDevices([plugged('1-5'), plugged('1-5', { name: 'sdb1', device: '8:17' })])
    device.setMounts([mount])
  }
  test('is told at the unmount and at the disconnection, from the connection on', async () => {
    device.setBytesWritten('sdb', 1000)
    device.setBytesWritten('sdb1', 500)
    stick()
    const now = start()
    await until(() => now.emitted.length === 2)
    device.setBytesWritten('sdb', 9000)
    device.setBytesWritten('sdb1', 8000)
    for (const name of ['a', 'b', 'a']) noteWrite(device, mount.mountPoint, `${mount.mountPoint}/${name}`)
    device.setMounts([])
    await until(() => now.emitted.length === 3)
    expect(now.emitted[2]?.detail.removableMediaUnmounted?.written).toEqual({ bytes: 7500, files: 2, atLeast: false, since: { seconds: 1_800_000_000, nanos: 0 } })
    device.setBlockDevices([])
    await until(() => now.emitted.length === 4)
    expect(now.emitted[3]?.detail.removableMediaDisconnected?.written).toMatchObject({ bytes: 8000, files: 2, atLeast: false })
  })

  test('of a stick that was pulled while mounted is told as that much and perhaps more', async () => {
    device.setBytesWritten('sdb', 1000)
    device.setBytesWritten('sdb1', 1000)
    stick()
    const now = start()
    await until(() => now.emitted.length === 2)
    device.setBytesWritten('sdb1', 4000)
    device.setBytesWritten('sdb', 4000)
    device.setBlockDevices([plugged('1-5'), plugged('1-5', { name: 'sdb1', device: '8:17' }), plugged('2-2', { name: 'sdd', disk: 'sdd', physicalId: 'usb:1:2:3' })])
    await until(() => now.emitted.length === 3)
    device.setBytesWritten('sdb', undefined)
    device.setBytesWritten('sdb1', undefined)
    device.setMounts([])
    device.setBlockDevices([])
    await until(() => now.emitted.length === 6)
    expect(now.emitted[3]?.detail.removableMediaUnmounted?.written).toMatchObject({ bytes: 3000, atLeast: true })
    expect(now.emitted.map(({ detail }) => detail.removableMediaDisconnected).find((ended) => ended?.media?.deviceNode === '/dev/sdb')?.written).toMatchObject({ bytes: 3000, atLeast: true })
  })

  test('is not told where nobody counts, and what was written to the place before belongs to no other medium', async () => {
    stick()
    const now = start()
    await until(() => now.emitted.length === 2)
    noteWrite(device, mount.mountPoint, `${mount.mountPoint}/a`)
    device.setMounts([])
    await until(() => now.emitted.length === 3)
    device.setMounts([buildMount({ id: 200 })])
    await until(() => now.emitted.length === 4)
    device.setMounts([])
    await until(() => now.emitted.length === 5)
    expect([now.emitted[2]?.detail.removableMediaUnmounted?.written?.files, now.emitted[4]?.detail.removableMediaUnmounted?.written]).toEqual([1, undefined])
  })
})

describe('notifications', () => {
  test('that were lost are a gap, after which everything is looked at', async () => {
    const now = start()
    await idle(now)
    device.setBlockDevices([plugged('1-5')], { lost: true })
    await until(() => now.emitted.length === 2)
    expect(now.emitted).toMatchObject([{ kind: 'telemetry_gap', detail: { telemetryGap: { sensor: 'removable-media', reason: 'queue_overflow', missed: 0 } } }, { kind: 'removable_media_connected' }])
  })

  test('of a storm say each thing once', async () => {
    const now = start()
    await idle(now)
    for (let at = 0; at < 1000; at++) device.setBlockDevices(at % 2 === 0 ? [] : [plugged('1-5')])
    await until(() => now.emitted.length === 1)
    device.setBlockDevices([])
    await until(() => now.emitted.length === 2)
    expect(kinds(now)).toEqual(['removable_media_connected', 'removable_media_disconnected'])
  })

  test('that cannot be had make the sensor half blind, with the reason', async () => {
    const deaf = { ...device, watchBlockDevices: async (onChange: (notice: { deaf: string }) => void, signal: AbortSignal) => {
      onChange({ deaf: 'socket: errno 97' })
      await device.watchBlockDevices(() => {}, signal)
    } }
    run = startSensor(removableMediaSensor, { platform: deaf, memory, policy: { removableMedia: { enabled: true } } })
    await until(() => (run?.reports.length ?? 0) > 0)
    expect(run.reports[0]).toMatchObject({ tier: 'degraded', reason: expect.stringContaining('errno 97'), fix: expect.stringMatching(/\w/) })
  })

  test('prove by the self-test that they are heard', async () => {
    const now = start()
    await idle(now)
    expect(await removableMediaSensor.selfTest?.(now.context)).toBe(true)
    const hidden = { ...now.context, platform: { ...device, blockDevices: async () => [plugged('9-9')] } }
    expect(await removableMediaSensor.selfTest?.(hidden)).toBe(false)
  })
})

describe('what counts as removable', () => {
  const roots = removableRoots({})
  test.each([
    ['a loop device below /media', buildMount({ source: '/dev/loop0', device: '7:0', fileSystem: 'ext4' }), true],
    ['FUSE below /run/media', buildMount({ fileSystem: 'fuseblk', mountPoint: '/run/media/alice/X' }), true],
    ['a stick on /mnt itself', buildMount({ mountPoint: '/mnt' }), true],
    ['memory on /mnt itself', buildMount({ mountPoint: '/mnt', source: 'tmpfs', fileSystem: 'tmpfs' }), false],
    ['memory below /mnt', buildMount({ mountPoint: '/mnt/x', source: 'tmpfs', fileSystem: 'tmpfs' }), false],
    ['a share below /mnt', buildMount({ mountPoint: '/mnt/nas', source: '//nas/x', fileSystem: 'cifs' }), false],
    ['a Windows drive below /mnt', buildMount({ mountPoint: '/mnt/c', source: 'drvfs', fileSystem: '9p' }), false],
    ['a folder whose name only begins alike', buildMount({ mountPoint: '/mediatheque/x' }), false],
    ['the system', buildMount({ mountPoint: '/', source: '/dev/sda1' }), false],
  ])('%s: %s -> %s', (_, each, expected) => {
    expect(isRemovableMount(each, undefined, roots)).toBe(expected)
  })

  test('a stick counts wherever it is mounted, a memory file system in a place that the policy names', () => {
    expect(isRemovableMount(buildMount({ mountPoint: '/home/alice/.hidden' }), partition, roots)).toBe(true)
    expect(isRemovableMount(buildMount({ mountPoint: '/stage/STICK', fileSystem: 'tmpfs', source: 'tmpfs' }), undefined, removableRoots({ files: { removableRoots: ['/stage/'] } }))).toBe(true)
  })

  test('a fixed disk below /mnt does not count', () => {
    expect(isRemovableMount(buildMount({ mountPoint: '/mnt/data', source: '/dev/sda2' }), buildBlockDevice({ name: 'sda2', bus: 'ata', removable: false }), roots)).toBe(false)
    expect(isRemovableMount(buildMount({ mountPoint: '/mnt/image', source: '/dev/loop3' }), buildBlockDevice({ name: 'loop3', bus: 'loop', removable: false }), roots)).toBe(true)
  })

  test('an empty slot, a drive without a disc and a loop device hold no medium', () => {
    expect([disk, buildBlockDevice({ sizeBytes: 0 }), buildBlockDevice({ bus: 'optical', sizeBytes: 0x1f_ffff * 512 }), buildBlockDevice({ bus: 'loop', removable: true }), buildBlockDevice({ bus: 'sd', removable: false })].map(holdsMedium)).toEqual([true, false, false, false, true])
  })
})
