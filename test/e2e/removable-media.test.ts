// A stick and a telephone of a umockdev record, the stick with a real file system on a loop device behind it. Needs root and
// umockdev (scripts/test installs it).
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Act } from '../support/media/inside.ts'

const run = promisify(execFile)
const support = join(import.meta.dirname, '../support/media')
const canMock = (() => {
  try {
    accessSync('/usr/bin/umockdev-run')
    return process.geteuid?.() === 0
  } catch {
    return false
  }
})()

interface Told {
  readonly kind?: string
  readonly saved?: string
  readonly failed?: string
  readonly afterMs?: number
  readonly cpu?: { readonly user: number; readonly system: number }
  readonly detail?: Readonly<Record<string, { readonly present?: boolean; readonly media?: Readonly<Record<string, unknown>>; readonly written?: Readonly<Record<string, unknown>> }>>
}

let folder: string
let loop: string
let child: ChildProcess
let told: Told[]
let wake: (() => void) | undefined

const STICK = '/devices/pci0000:00/0000:00:14.0/usb1/1-2'
const PHONE = '/devices/pci0000:00/0000:00:14.0/usb1/1-3'
const DISK = '/sys/class/block/sdb'
const FACE = '/sys/bus/usb/devices/1-3'

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-media-'))
  const tree = join(folder, 'tree')
  if (!canMock) return
  await run('/usr/bin/umockdev-run', ['-d', join(support, 'stick.umockdev'), '--', '/bin/sh', '-c', `D=$UMOCKDEV_DIR; export LD_PRELOAD=; cp -a "$D" "${tree}"`])
  await run('truncate', ['-s', '32M', join(folder, 'stick.img')])
  await run('mkfs.ext4', ['-q', '-L', 'STICK', join(folder, 'stick.img')])
  loop = basename((await run('losetup', ['--show', '-f', join(folder, 'stick.img')])).stdout.trim())
  child = spawn('unshare', ['--mount', '--', 'sh', join(support, 'stage.sh'), tree, loop, process.execPath, join(support, 'inside.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
  told = []
  child.once('exit', () => wake?.())
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    told.push(JSON.parse(line) as Told)
    wake?.()
  })
})
afterEach(async () => {
  if (canMock) {
    child.stdin?.end()
    if (child.exitCode === null) await once(child, 'exit')
    await run('losetup', ['-d', `/dev/${loop}`]).catch(() => undefined)
  }
  await rm(folder, { recursive: true, force: true })
})

const act = (next: Act): void => void child.stdin?.write(`${JSON.stringify(next)}\n`)
const kinds = (): readonly string[] => told.flatMap(({ kind }) => kind ?? [])
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    if (child.exitCode !== null) throw new Error('the stage has ended')
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}
const has = (count: number): Promise<void> => until(() => kinds().length >= count)
const of = (kind: string) => Object.values(told.find((each) => each.kind === kind)?.detail ?? {})[0]
const block = (action: string): Act => ({ act: 'uevent', action, path: `${STICK}/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sdb`, properties: { SUBSYSTEM: 'block', DEVTYPE: 'disk', DEVNAME: 'sdb' } })

describe.skipIf(!canMock)('media that come and go', () => {
  test('a stick is present, mounted, written to, unmounted, pulled and put in again, each told at once and with its facts', async () => {
    await has(2)
    expect(kinds()).toEqual(['removable_media_connected', 'removable_media_connected'])
    expect(told.flatMap(({ detail }) => detail?.['removableMediaConnected'] ?? []).map(({ present, media }) => [present, media?.['deviceId'], media?.['deviceClass']])).toEqual([[true, 'usb:0781:5567:4C530001', 'mass_storage'], [true, 'usb:18d1:4ee1:38X1', 'mtp']])
    expect(of('removable_media_connected')?.media).toMatchObject({ vendor: 'SanDisk', model: 'Cruzer Blade', bus: 'usb', capacityBytes: 33_554_432, fileSystems: ['ext4'], volumeLabel: 'STICK', encrypted: false })
    await until(() => told.some(({ saved }) => saved === 'seen'))
    act({ act: 'run', command: ['mkdir', '/media/STICK'] })
    act({ act: 'run', command: ['mount', '-t', 'ext4', `/dev/${loop}`, '/media/STICK'] })
    await has(3)
    expect(of('removable_media_mounted')?.media).toMatchObject({ deviceId: 'usb:0781:5567:4C530001', serial: '4C530001', mountPoint: '/media/STICK', fileSystem: 'ext4' })
    act({ act: 'run', command: ['dd', 'if=/dev/urandom', 'of=/media/STICK/plan', 'bs=1M', 'count=4', 'status=none'] })
    act({ act: 'run', command: ['umount', '/media/STICK'] })
    await has(4)
    const written = of('removable_media_unmounted')?.written
    expect(written).toMatchObject({ atLeast: false })
    expect([Number(written?.['bytes']) >= 4 << 20, Number(written?.['bytes']) < 8 << 20]).toEqual([true, true])
    act({ act: 'hide', path: DISK })
    act(block('remove'))
    await has(5)
    expect(Number(of('removable_media_disconnected')?.written?.['bytes'])).toBeGreaterThanOrEqual(4 << 20)
    act({ act: 'write', path: `/sys${STICK}/devnum`, text: '9\n' })
    act({ act: 'show', path: DISK })
    act(block('add'))
    await has(6)
    expect(kinds().slice(2)).toEqual(['removable_media_mounted', 'removable_media_unmounted', 'removable_media_disconnected', 'removable_media_connected'])
    expect(told.filter(({ failed }) => failed !== undefined)).toEqual([])
  })

  test('a telephone is told by its interface, and a stick that is pulled and put in within a moment is another connection', async () => {
    await has(2)
    act({ act: 'hide', path: FACE })
    act({ act: 'uevent', action: 'remove', path: PHONE, properties: { SUBSYSTEM: 'usb', DEVTYPE: 'usb_device' } })
    await has(3)
    act({ act: 'show', path: FACE })
    act({ act: 'uevent', action: 'add', path: `${PHONE}/1-3:1.0`, properties: { SUBSYSTEM: 'usb', DEVTYPE: 'usb_interface' } })
    await has(4)
    act({ act: 'write', path: `/sys${STICK}/devnum`, text: '11\n' })
    act(block('remove'))
    act(block('add'))
    await has(6)
    expect(kinds().slice(2)).toEqual(['removable_media_disconnected', 'removable_media_connected', 'removable_media_disconnected', 'removable_media_connected'])
  })

  test('a storm of a thousand messages says nothing that is not so, and more than the queue holds is a gap', async () => {
    await has(2)
    act({ ...block('change'), times: 1000 } as Act)
    act({ act: 'hide', path: DISK })
    act(block('remove'))
    await has(3)
    act({ act: 'uevent', action: 'change', path: '/devices/virtual/block/x', properties: { SUBSYSTEM: 'block', PADDING: 'x'.repeat(1500) }, times: 8000 })
    await has(4)
    expect(kinds().slice(2)).toEqual(['removable_media_disconnected', 'telemetry_gap'])
  })
})
