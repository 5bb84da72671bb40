import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildBlockDevice, buildMount, createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from './fake-context.ts'
import { removableMediaSensor } from './removable-media.ts'
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
