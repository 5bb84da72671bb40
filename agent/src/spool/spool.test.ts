import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_ACTIVITY_BYTES } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MIN_SPOOL_BYTES, openSpool, type Spool, type SpoolLog } from './spool.ts'
import { bodyOf, contents, copySpool, quiet, temporaryFolder } from './testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const LIMITS = { maxActivities: 500, maxBytes: 512 * 1024 }

let folder: Awaited<ReturnType<typeof temporaryFolder>>
const opened: Spool[] = []
const now = () => 1_700_000_000_000

async function open(options: { readonly name?: string; readonly maxBytes?: number; readonly log?: SpoolLog } = {}): Promise<Spool> {
  const spool = await openSpool({ folder: folder.sub(options.name ?? 'spool'), maxBytes: options.maxBytes ?? 64 * 1024 * 1024, now, log: options.log ?? quiet })
  opened.push(spool)
  return spool
}

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close()
  await folder.remove()
})

describe('numbers', () => {
  it('follow the order of the calls when many appends are outstanding', async () => {
    const spool = await open()
    const seqs = await Promise.all(Array.from({ length: 10_000 }, (_, index) => spool.append(bodyOf(index, 40))))
    expect(seqs).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1))
    const held = await contents(spool)
    expect(held.get(`${spool.epoch} 7000`)).toEqual(bodyOf(6999, 40))
  })

  it('are never given twice, even after everything was trimmed and the spool was opened again', async () => {
    const first = await open()
    await Promise.all([1, 2, 3].map((tag) => first.append(bodyOf(tag, 10))))
    await first.trim(first.epoch, 3)
    await first.close()
    const again = await open()
    expect(again.epoch).toBe(first.epoch)
    expect(again.figures()).toMatchObject({ lastSeq: 3, ackedSeq: 3, firstHeldSeq: 4, bytes: 0 })
    expect(await again.append(bodyOf(4, 10))).toBe(4)
  })

  it('belong to an epoch of 32 lower-case hexadecimal digits that another spool does not have', async () => {
    const [one, two] = [await open({ name: 'one' }), await open({ name: 'two' })]
    expect(one.epoch).toMatch(/^[0-9a-f]{32}$/)
    expect(two.epoch).not.toBe(one.epoch)
  })
})

describe('what does not belong into a spool', () => {
  it('is refused with a code, and its neighbours are not affected', async () => {
    const spool = await open()
    const results = await Promise.allSettled([spool.append(bodyOf(1, 5)), spool.append(new Uint8Array(MAX_ACTIVITY_BYTES + 1)), spool.append(new Uint8Array(0)), spool.append(bodyOf(2, MAX_ACTIVITY_BYTES))])
    expect(results.map((row) => (row.status === 'fulfilled' ? row.value : (row.reason as { code: string }).code))).toEqual([1, 'SPOOL_RECORD_TOO_LARGE', 'SPOOL_RECORD_EMPTY', 2])
  })

  it('is an append after close', async () => {
    const spool = await open()
    await spool.close()
    await expect(spool.append(bodyOf(1, 5))).rejects.toMatchObject({ code: 'SPOOL_CLOSED' })
  })
})

describe('reading', () => {
  it('keeps both limits, and gives one record even when it is larger than the limit', async () => {
    const spool = await open()
    await Promise.all(Array.from({ length: 10 }, (_, index) => spool.append(bodyOf(index, 1000))))
    expect((await spool.read(1, { maxActivities: 4, maxBytes: 1e6 }))?.activities).toHaveLength(4)
    expect((await spool.read(1, { maxActivities: 100, maxBytes: 3500 }))?.activities).toHaveLength(3)
    expect((await spool.read(3, { maxActivities: 100, maxBytes: 10 }))).toMatchObject({ firstSeq: 3, activities: [bodyOf(2, 1000)] })
    expect(await spool.read(11, LIMITS)).toBeUndefined()
  })

  it('begins at the first record above what was trimmed', async () => {
    const spool = await open()
    await Promise.all(Array.from({ length: 10 }, (_, index) => spool.append(bodyOf(index, 100))))
    await spool.trim(spool.epoch, 6)
    expect(await spool.read(1, LIMITS)).toMatchObject({ firstSeq: 7, activities: [6, 7, 8, 9].map((tag) => bodyOf(tag, 100)) })
  })

  it('waits for the next append, and no longer than its signal', async () => {
    const spool = await open()
    const signal = new AbortController()
    const order: string[] = []
    const waits = [spool.waitBeyond(0, signal.signal).then(() => order.push('first')), spool.waitBeyond(1, signal.signal).then(() => order.push('second'))]
    await spool.append(bodyOf(1, 5))
    await waits[0]
    expect(order).toEqual(['first'])
    signal.abort()
    await Promise.all(waits)
    expect(order).toEqual(['first', 'second'])
  })
})

describe('a full spool', () => {
  it('drops the oldest, covers them by one growing gap record, and takes the new ones', async () => {
    const spool = await open({ maxBytes: MIN_SPOOL_BYTES })
    for (let tag = 1; tag <= 20; tag += 1) await spool.append(bodyOf(tag, MAX_ACTIVITY_BYTES))
    expect(await spool.gaps()).toEqual([{ firstSeq: 1, lastSeq: 12, reason: 'spool_full', atMs: now(), epoch: spool.epoch }])
    expect([...(await contents(spool)).keys()]).toEqual(Array.from({ length: 8 }, (_, index) => `${spool.epoch} ${index + 13}`))
    expect(spool.figures()).toMatchObject({ dropped: 12, firstHeldSeq: 13, lastSeq: 20, bytes: MIN_SPOOL_BYTES })
  })

  it('forgets a gap record once the collector has it, and makes another one later', async () => {
    const spool = await open({ maxBytes: MIN_SPOOL_BYTES })
    for (let tag = 1; tag <= 10; tag += 1) await spool.append(bodyOf(tag, MAX_ACTIVITY_BYTES))
    await spool.trim(spool.epoch, 1)
    expect(await spool.gaps()).toMatchObject([{ firstSeq: 1, lastSeq: 2 }])
    await spool.trim(spool.epoch, 4)
    expect(await spool.gaps()).toEqual([])
    for (let tag = 11; tag <= 14; tag += 1) await spool.append(bodyOf(tag, MAX_ACTIVITY_BYTES))
    expect(await spool.gaps()).toMatchObject([{ firstSeq: 5, lastSeq: 6 }])
  })

  it('obeys a smaller cap at once, and keeps its account over a restart', async () => {
    const spool = await open({ maxBytes: 4 * MIN_SPOOL_BYTES })
    for (let tag = 1; tag <= 20; tag += 1) await spool.append(bodyOf(tag, MAX_ACTIVITY_BYTES))
    await spool.setMaxBytes(MIN_SPOOL_BYTES)
    expect(spool.figures()).toMatchObject({ dropped: 12, firstHeldSeq: 13, maxBytes: MIN_SPOOL_BYTES })
    await spool.close()
    const again = await open({ maxBytes: MIN_SPOOL_BYTES })
    expect(again.figures()).toMatchObject({ dropped: 12, firstHeldSeq: 13, lastSeq: 20, bytes: MIN_SPOOL_BYTES })
    expect(await again.gaps()).toMatchObject([{ firstSeq: 1, lastSeq: 12, reason: 'spool_full' }])
  })

  it('gives all but some megabytes back once it was drained', async () => {
    const spool = await open({ maxBytes: 64 * 1024 * 1024 })
    for (let round = 0; round < 4; round += 1) await Promise.all(Array.from({ length: 100 }, (_, tag) => spool.append(bodyOf(tag, MAX_ACTIVITY_BYTES))))
    for (let seq = 50; seq <= 400; seq += 50) await spool.trim(spool.epoch, seq)
    await spool.close()
    expect((await stat(join(folder.sub('spool'), 'spool.db'))).size).toBeLessThan(12 * 1024 * 1024)
  })

  it('keeps its files small while activities come and go', async () => {
    const spool = await open()
    for (let round = 0; round < 60; round += 1) {
      const seqs = await Promise.all(Array.from({ length: 20 }, (_, tag) => spool.append(bodyOf(tag, 20_000))))
      await spool.trim(spool.epoch, seqs.at(-1) ?? 0)
    }
    const sizes = await Promise.all(['spool.db', 'spool.db-wal'].map(async (name) => (await stat(join(folder.sub('spool'), name))).size))
    expect(Math.max(...sizes)).toBeLessThan(10 * 1024 * 1024)
  })
})

describe('a spool that was rolled back', () => {
  it('begins a new epoch when the collector knows later numbers, and offers what it holds under the old ones', async () => {
    const spool = await open()
    await Promise.all([1, 2, 3].map((tag) => spool.append(bodyOf(tag, 10))))
    const old = spool.epoch
    await spool.trim(old, 7)
    expect(spool.epoch).not.toBe(old)
    expect(await spool.append(bodyOf(9, 10))).toBe(1)
    expect(await spool.readEarlier(undefined, LIMITS)).toMatchObject({ epoch: old, firstSeq: 1, activities: [1, 2, 3].map((tag) => bodyOf(tag, 10)) })
    await spool.trim(old, 7)
    expect(await spool.readEarlier(undefined, LIMITS)).toBeUndefined()
    expect([...(await contents(spool)).keys()]).toEqual([`${spool.epoch} 1`])
  })

  it('is noticed also when more was appended since than the roll-back had taken away, and nothing goes unread', async () => {
    const spool = await open()
    await Promise.all([1, 2, 3].map((tag) => spool.append(bodyOf(tag, 10))))
    const old = spool.epoch
    await spool.close()
    const back = await open()
    // The collector has 1 to 5 of the life that was taken back; 4 to 6 of this life are others.
    await Promise.all([14, 15, 16].map((tag) => back.append(bodyOf(tag, 10))))
    await back.trim(old, 5)
    expect(back.epoch).not.toBe(old)
    await back.trim(old, 5)
    expect(await back.readEarlier(undefined, LIMITS)).toMatchObject({ epoch: old, firstSeq: 1, activities: [1, 2, 3, 14, 15, 16].map((tag) => bodyOf(tag, 10)) })
    await back.trim(old, 6)
    expect(await back.readEarlier(undefined, LIMITS)).toBeUndefined()
  })

  it('is noticed at the opening when an older copy of the database stands beside the state file', async () => {
    const spool = await open()
    await Promise.all([1, 2, 3, 4].map((tag) => spool.append(bodyOf(tag, 10))))
    await spool.trim(spool.epoch, 1)
    await spool.close()
    const { mkdir, rm, copyFile } = await import('node:fs/promises')
    await mkdir(folder.sub('copy'))
    await copySpool(folder.sub('spool'), folder.sub('copy'))
    const later = await open()
    await Promise.all([5, 6, 7].map((tag) => later.append(bodyOf(tag, 10))))
    await later.trim(later.epoch, 2)
    await later.close()
    await rm(join(folder.sub('spool'), 'spool.db-wal'), { force: true })
    await copyFile(join(folder.sub('copy'), 'spool.db'), join(folder.sub('spool'), 'spool.db'))
    const back = await open()
    expect(back.epoch).not.toBe(spool.epoch)
    // 3 and 4 were in the copy, 1 and 2 are committed, 5 to 7 are gone.
    expect(await back.readEarlier(undefined, LIMITS)).toMatchObject({ epoch: spool.epoch, firstSeq: 3, activities: [3, 4].map((tag) => bodyOf(tag, 10)) })
    expect(await back.gaps()).toMatchObject([{ epoch: spool.epoch, firstSeq: 5, lastSeq: 7, reason: 'epoch_abandoned' }])
    await back.trim(spool.epoch, 7)
    expect(await back.gaps()).toEqual([])
  })
})

describe('the folder', () => {
  it('is closed to others, and so are its files', async () => {
    const spool = await open()
    await spool.append(bodyOf(1, 10))
    const modes = await Promise.all(['', 'spool.db', 'spool.db-wal', 'spool.db-shm', 'spool.state', 'spool.lock', 'spool.pid'].map(async (name) => ((await stat(join(folder.sub('spool'), name))).mode & 0o777).toString(8)))
    expect(modes).toEqual(['700', '600', '600', '600', '600', '600', '600'])
  })
})
