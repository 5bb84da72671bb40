import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Notification } from './notification.ts'
import { compileScope } from './scope.ts'
import { type ChokidarWatch, watchChokidar, watchLimit } from './watch-chokidar.ts'

let folder: string
let watch: ChokidarWatch | undefined
let limits: number[]
let seen: Notification[]

const begin = async (excludes: readonly string[], maxWatches?: number): Promise<ChokidarWatch> => {
  watch = watchChokidar({
    folders: [folder], scope: compileScope({ roots: [folder], excludes, own: [], removable: [], networkShares: [], cloudFolders: [] }), now: Date.now,
    onNotification: (notification) => seen.push(notification), onLimit: (limit) => limits.push(limit), onError: (error) => { throw error }, ...(maxWatches === undefined ? {} : { maxWatches }),
  })
  await watch.ready
  return watch
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'chokidar-')))
  limits = []
  seen = []
})
afterEach(async () => {
  await watch?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('kernel watches', () => {
  it('are not spent on what is excluded', async () => {
    mkdirSync(join(folder, 'node_modules'))
    for (let index = 0; index < 50; index++) writeFileSync(join(folder, 'node_modules', String(index)), '')
    writeFileSync(join(folder, 'kept'), '')
    expect((await begin(['**/node_modules/**'])).watches).toBe(2)
  })

  it('end at the limit, which is told once; what is watched is still seen', async () => {
    for (let index = 0; index < 50; index++) writeFileSync(join(folder, String(index)), '')
    expect((await begin([], 10)).watches).toBe(10)
    expect(limits).toEqual([10])
  })

  it('leave the rest of the desktop a good part of what the system has', () => {
    expect(watchLimit()).toBeGreaterThan(0)
    expect(watchLimit()).toBeLessThanOrEqual(50_000)
  })

  it('are given back when files go', async () => {
    writeFileSync(join(folder, 'a'), '')
    const started = await begin([])
    const before = started.watches
    rmSync(join(folder, 'a'))
    await vi.waitFor(() => expect(seen.filter(({ kind }) => kind === 'deleted')).toMatchObject([{ path: join(folder, 'a') }]), { timeout: 4000 })
    expect(started.watches).toBe(before - 1)
  })
})

describe('files written while a tree is read for the first time', () => {
  it('are told, and those from before are not', async () => {
    mkdirSync(join(folder, 'deep'))
    for (let index = 0; index < 300; index += 1) writeFileSync(join(folder, 'deep', `old${index}`), '')
    // Longer than times of files may lie behind the clock.
    await new Promise((resolve) => setTimeout(resolve, 60))
    const starting = begin([])
    writeFileSync(join(folder, 'deep', 'new'), 'x')
    await starting
    await vi.waitFor(() => expect(seen.map(({ path }) => path)).toContain(join(folder, 'deep', 'new')), { timeout: 4000 })
    expect(seen.filter(({ path }) => path.includes('/old'))).toEqual([])
  })
})
