import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildMount, createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { noteLeftovers, sweepLeftovers } from './leftovers.ts'

let folder: string
let device: FakePlatform
/** A process id that no process has: above the largest that Linux gives. */
const DEAD = 2 ** 22 + 1

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-leftovers-'))
  await mkdir(join(folder, 'drill'), { mode: 0o700 })
  device = createFakePlatform()
})
afterEach(async () => {
  device.dispose()
  await rm(folder, { recursive: true })
})

describe('what a killed drill left behind', () => {
  it('is unmounted and removed by whoever comes next', async () => {
    const [canaries, stick] = [join(folder, 'holdfast-drill-0123'), join(folder, 'holdfast-drill-4567')]
    await mkdir(canaries)
    await mkdir(stick)
    await writeFile(join(canaries, 'canary.txt'), 'x')
    device.setMounts([buildMount({ mountPoint: stick })])
    device.setProgram('umount', () => ({ code: 0, stdout: '', stderr: '' }))
    await noteLeftovers(join(folder, 'drill'), { mounts: [stick], paths: [canaries], pid: DEAD })
    expect(await sweepLeftovers(join(folder, 'drill'), device)).toBe(2)
    expect(device.started).toEqual([`umount ${stick}`])
    expect(await readdir(folder)).toEqual(['drill'])
    expect(await readdir(join(folder, 'drill'))).toEqual([])
  })

  it('stays with a drill that still runs', async () => {
    const path = join(folder, 'holdfast-drill-0123')
    await mkdir(path)
    // Somebody else who lives: the parent of this process.
    await noteLeftovers(join(folder, 'drill'), { mounts: [], paths: [path], pid: process.ppid })
    expect(await sweepLeftovers(join(folder, 'drill'), device)).toBe(0)
    expect(await readdir(folder)).toContain('holdfast-drill-0123')
  })

  it('is never anything that a drill did not make up, whatever the list says', async () => {
    const precious = join(folder, 'precious')
    await mkdir(precious)
    await noteLeftovers(join(folder, 'drill'), { mounts: ['/'], paths: [precious, '/etc', 'relative', join(folder, 'drill', '..', 'precious')], pid: DEAD })
    await sweepLeftovers(join(folder, 'drill'), device)
    expect(device.started).toEqual([])
    expect(await readdir(folder)).toContain('precious')
  })

  it('is the link and not what it points to, where somebody put one in its place', async () => {
    const precious = join(folder, 'precious')
    await mkdir(precious)
    await writeFile(join(precious, 'file'), 'x')
    await symlink(precious, join(folder, 'holdfast-drill-0123'))
    await noteLeftovers(join(folder, 'drill'), { mounts: [], paths: [join(folder, 'holdfast-drill-0123')], pid: DEAD })
    await sweepLeftovers(join(folder, 'drill'), device)
    expect(await readdir(precious)).toEqual(['file'])
  })

  it('is kept on the list while somebody stands in the way', async () => {
    const stick = join(folder, 'holdfast-drill-4567')
    await mkdir(stick)
    device.setMounts([buildMount({ mountPoint: stick })])
    device.setProgram('umount', () => ({ code: 32, stdout: '', stderr: 'target is busy' }))
    await noteLeftovers(join(folder, 'drill'), { mounts: [stick], paths: [], pid: DEAD })
    expect(await sweepLeftovers(join(folder, 'drill'), device)).toBe(0)
    expect(await readdir(join(folder, 'drill'))).toEqual(['leftovers.json'])
  })
})
