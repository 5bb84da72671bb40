// The index by itself: its bound, what falls out first, and the way of a content.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArchiveListing } from './archives/contract.ts'
import { createContainers } from './containers.ts'
import type { InspectedFile } from './contract.ts'
import { type Lineage, openLineage } from './lineage.ts'
import { notRead, type ReadAnswer } from './read-file.ts'
import { createResemblances } from './resemblance.ts'

let folder: string
let now = 1_700_000_000_000
let warnings: { readonly object: object; readonly message: string }[]
let opened: Lineage[]

const hex = (text: string): string => createHash('sha256').update(text).digest('hex')
const open = async (limits: { readonly maxRows?: number; readonly maxBytes?: number } = {}): Promise<Lineage> => {
  const lineage = await openLineage({ folder, now: () => now, log: { warn: (object, message) => void warnings.push({ object, message }) }, inspect: () => Promise.reject(new Error('nothing is read')), ...limits })
  opened.push(lineage)
  return lineage
}
const facts = (path: string, content = path, sizeBytes = 10, crc32?: number) => ({ path, sizeBytes, fingerprint: hex(content), sha256: hex(`whole ${content}`), state: 'stable', mtimeMs: 1, ...(crc32 === undefined ? {} : { crc32 }) })
const sourceOf = async (lineage: Lineage, content: string): Promise<string | undefined> => (await lineage.sourceOf({ path: '/stick/x', sizeBytes: 10, fingerprint: hex(content) }, { knownOnly: true }))?.path
const known = async (lineage: Lineage, names: readonly string[]): Promise<readonly string[]> => (await Promise.all(names.map((name) => sourceOf(lineage, name)))).filter((path) => path !== undefined)
/** Many groups of one, because the bound is looked at now and then. */
const settle = async (lineage: Lineage): Promise<void> => {
  for (let index = 0; index < 65; index += 1) {
    lineage.learn(facts('/h/last'))
    await lineage.flush()
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lineage-'))
  warnings = []
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((lineage) => lineage.close()))
  rmSync(folder, { recursive: true, force: true })
})

describe('an index at its bound of rows', () => {
  it('forgets what was deleted first, then what was only listed, then what was seen least, and last what was carried out', async () => {
    const lineage = await open({ maxRows: 100 })
    for (let index = 0; index < 20; index += 1) lineage.learn(facts(`/h/carried${index}`))
    await lineage.flush()
    for (let index = 0; index < 20; index += 1) lineage.copied(`/h/carried${index}`, true)
    now += 1000
    for (let index = 0; index < 40; index += 1) lineage.learn(facts(`/h/old${index}`))
    await lineage.flush()
    now += 1000
    lineage.listed(Array.from({ length: 20 }, (_, index) => ({ path: `/h/listed${index}`, sizeBytes: 5, mtimeMs: 1, ctimeMs: 1, birthtimeMs: 1 })))
    for (let index = 0; index < 10; index += 1) lineage.learn(facts(`/h/gone${index}`))
    await lineage.flush()
    for (let index = 0; index < 10; index += 1) lineage.forgotten(`/h/gone${index}`)
    now += 1000
    for (let index = 0; index < 40; index += 1) lineage.learn(facts(`/h/new${index}`))
    await settle(lineage)
    const of = (name: string, count: number): Promise<readonly string[]> => known(lineage, Array.from({ length: count }, (_, index) => `/h/${name}${index}`))
    const rows = await lineage.told((database) => database.all<{ path: string }>('SELECT path FROM file'), [])
    expect(rows.length).toBeLessThanOrEqual(100)
    expect(await of('gone', 10)).toEqual([])
    expect(rows.filter(({ path }) => path.includes('listed'))).toEqual([])
    expect((await of('new', 40)).length).toBe(40)
    expect((await of('carried', 20)).length).toBe(20)
    expect((await of('old', 40)).length).toBeGreaterThan(20)
    expect((await of('old', 40)).length).toBeLessThan(40)
  })

  it('says what fell out, how much and how old it was', async () => {
    const lineage = await open({ maxRows: 50 })
    for (let index = 0; index < 80; index += 1) lineage.learn(facts(`/h/f${index}`))
    await settle(lineage)
    const fellOut = warnings.find(({ message }) => message.includes('is full'))
    expect(fellOut?.object).toMatchObject({ maxRows: 50, lastSeen: new Date(now).toISOString() })
    expect(lineage.bound).toMatchObject({ maxRows: 50, lastSeenMs: now })
    expect(lineage.bound.fellOut).toBeGreaterThanOrEqual(30)
    expect(lineage.bound.rows).toBeLessThanOrEqual(50)
  })
})

describe('an index at its bound of bytes', () => {
  it('holds it on the disk, however long the paths are', async () => {
    const maxBytes = 2 << 20
    const lineage = await open({ maxBytes })
    for (let group = 0; group < 130; group += 1) {
      for (let index = 0; index < 100; index += 1) lineage.learn(facts(`/h/${'long/'.repeat(80)}${group}-${index}`))
      await lineage.flush()
    }
    await settle(lineage)
    expect(lineage.bound.bytes).toBeLessThanOrEqual(maxBytes)
    expect(lineage.bound.fellOut).toBeGreaterThan(0)
    await lineage.close()
    const onDisk = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    // Pages that were let go and not given back yet, and the log.
    expect(onDisk).toBeLessThan(8 * maxBytes)
  })
})

describe('after a restart', () => {
  it('the index knows sources, histories, the way of a content and what is in a container', async () => {
    const before = await open()
    before.learn(facts('/h/a', 'content'))
    before.learn(facts('/h/b', 'content'))
    before.copied('/h/a', true, { path: '/h/b', how: 'copied' })
    before.moved('/h/b', '/h/c')
    await before.close()
    const after = await open()
    expect(await sourceOf(after, 'content')).toBe('/h/c')
    expect(await after.historyOf('/h/a')).toMatchObject({ wasCopySource: true, wasExfiltrated: true })
    expect(await after.chainOf('/h/c')).toEqual([{ kind: 'origin', path: '/h/a' }, { kind: 'copied', path: '/h/b' }, { kind: 'renamed', path: '/h/c' }])
  })
})

describe('the way of a content', () => {
  it('ends where it goes in a circle, and is empty without a step', async () => {
    const lineage = await open()
    for (const path of ['/h/a', '/h/b', '/h/alone']) lineage.learn(facts(path, 'content'))
    lineage.copied('/h/a', false, { path: '/h/b', how: 'copied' })
    lineage.copied('/h/b', false, { path: '/h/a', how: 'copied' })
    expect((await lineage.chainOf('/h/a')).map(({ path }) => path)).toEqual(['/h/b', '/h/a'])
    expect(await lineage.chainOf('/h/alone')).toEqual([])
    expect(await lineage.chainOf('/h/unknown')).toEqual([])
  })
  it('is not passed on to another file that gets the path later', async () => {
    const lineage = await open()
    lineage.learn(facts('/h/a', 'one'))
    lineage.learn(facts('/h/b', 'one'))
    lineage.copied('/h/a', false, { path: '/h/b', how: 'copied' })
    lineage.forgotten('/h/b')
    lineage.learn(facts('/h/b', 'another'))
    expect(await lineage.chainOf('/h/b')).toEqual([])
  })
})

describe('the members of a container', () => {
  const container: InspectedFile = { path: '/h/x.zip', sizeBytes: 99, fingerprint: hex('zip'), sha256: '', mimeType: 'application/zip', state: 'stable', encrypted: false, mtimeMs: 1, ownerUid: 0 }
  let lists: number
  let reads: string[]
  const containersOf = (lineage: Lineage, listing: Partial<ArchiveListing>, files: Readonly<Record<string, ReadAnswer>> = {}) =>
    createContainers({
      lineage, now: () => now,
      deep: {
        list: async () => { lists += 1; return { state: 'complete', encrypted: false, count: listing.members?.length ?? 0, members: [], ...listing } },
        read: async (path) => { reads.push(path); return files[path] ?? notRead('gone') },
      },
    })
  const read = (content: string, crc32: number): ReadAnswer => ({ ...notRead('stable'), sizeBytes: 10, fingerprint: hex(content), sha256: '', mtimeMs: 2, crc32 })

  beforeEach(() => {
    lists = 0
    reads = []
  })

  it('are matched by CRC and size, by content, or by name and size where there is nothing else', async () => {
    const lineage = await open()
    lineage.learn(facts('/h/a.txt', 'a', 10, 111))
    lineage.learn(facts('/h/b.txt', 'b', 10, 222))
    lineage.learn(facts('/h/c.txt', 'c', 10, 333))
    const contents = await containersOf(lineage, { encrypted: true, members: [{ name: 'd/a', sizeBytes: 10, crc32: 111 }, { name: 'b', sizeBytes: 10, fingerprint: hex('b') }, { name: 'x/c.txt', sizeBytes: 10 }, { name: 'c', sizeBytes: 11, crc32: 333 }, { name: 'empty', sizeBytes: 0, crc32: 0 }] }).contentsOf(container)
    expect(contents).toMatchObject({ memberCount: 5, matchedCount: 3, encrypted: true, state: 'complete' })
    expect(contents.members.map(({ name, source }) => [name, source?.path])).toEqual([['d/a', '/h/a.txt'], ['b', '/h/b.txt'], ['x/c.txt', '/h/c.txt'], ['c', undefined], ['empty', undefined]])
  })

  it('that nobody has read are read below the folders of the process first, then by their size, and by nobody else', async () => {
    const lineage = await open()
    lineage.listed([{ path: '/h/far/z.txt', sizeBytes: 10, mtimeMs: 1, ctimeMs: 1, birthtimeMs: 1 }, { path: '/h/other', sizeBytes: 11, mtimeMs: 1, ctimeMs: 1, birthtimeMs: 1 }])
    const contents = await containersOf(lineage, { members: [{ name: 'docs/y.txt', sizeBytes: 10, crc32: 5 }, { name: 'z.txt', sizeBytes: 10, crc32: 6 }] }, { '/w/docs/y.txt': read('y', 5), '/h/far/z.txt': read('z', 6) }).contentsOf(container, { folders: ['/w'] })
    expect(contents.members.map(({ source }) => source?.path)).toEqual(['/w/docs/y.txt', '/h/far/z.txt'])
    expect(reads).toEqual(['/w/docs/y.txt', '/w/z.txt', '/h/far/z.txt'])
  })

  it('are listed once for each content, also after a restart and under another name', async () => {
    const before = await open()
    before.learn(facts('/h/a.txt', 'a', 10, 111))
    const containers = containersOf(before, { members: [{ name: 'a', sizeBytes: 10, crc32: 111 }] })
    await Promise.all([containers.contentsOf(container), containers.contentsOf(container)])
    await before.close()
    const after = await open()
    const again = await containersOf(after, {}).contentsOf({ ...container, path: '/stick/photo.jpg' })
    expect(lists).toBe(1)
    expect(again.members).toEqual([{ name: 'a', sizeBytes: 10, source: { path: '/h/a.txt', sizeBytes: 10, fingerprint: hex('a') } }])
  })

  it('that could not be listed are tried again', async () => {
    const lineage = await open()
    await containersOf(lineage, { state: 'timeout' }).contentsOf(container)
    await containersOf(lineage, { state: 'timeout' }).contentsOf(container)
    expect(lists).toBe(2)
  })

  it('name the file that was packed, or the container, for what comes out of it', async () => {
    const lineage = await open()
    lineage.learn(facts('/h/a.txt', 'a', 10, 111))
    const containers = containersOf(lineage, { members: [{ name: 'a.txt', sizeBytes: 10, crc32: 111 }, { name: 'strange.txt', sizeBytes: 12, crc32: 9 }] })
    await containers.contentsOf(container)
    const out = (crc32: number, sizeBytes: number): InspectedFile => ({ ...container, path: '/h/out', fingerprint: hex('x'), crc32, sizeBytes })
    expect(await containers.unpackedFrom(out(111, 10))).toMatchObject({ path: '/h/a.txt', container: '/h/x.zip' })
    expect(await containers.unpackedFrom(out(9, 12))).toMatchObject({ path: '/h/x.zip', container: '/h/x.zip' })
    expect(await containers.unpackedFrom(out(9, 13))).toBeUndefined()
  })
})

describe('a changed copy', () => {
  const sketch = (from: number): readonly number[] => Array.from({ length: 24 }, (_, index) => from + index)
  const file: InspectedFile = { path: '/stick/copy.txt', sizeBytes: 9000, fingerprint: hex('copy'), sha256: '', mimeType: '', state: 'stable', encrypted: false, mtimeMs: 1, ownerUid: 0 }

  it('names the file that it shares most with, and nothing when it shares too little', async () => {
    const lineage = await open()
    const sketches: Record<string, readonly number[]> = { '/h/near.txt': sketch(104), '/h/far.txt': sketch(120), '/stick/copy.txt': sketch(100), '/stick/else.txt': sketch(5000) }
    const resemblances = createResemblances({ lineage, deep: { sketch: async (path) => sketches[path] ?? [], read: async () => notRead('gone') } })
    for (const path of ['/h/near.txt', '/h/far.txt']) {
      lineage.learn(facts(path, path, 9000))
      resemblances.note({ path, sizeBytes: 9000 })
    }
    const found = await resemblances.resembling(file)
    expect(found).toMatchObject({ path: '/h/near.txt', fingerprint: hex('/h/near.txt') })
    expect(found?.similarity).toBeGreaterThan(0.6)
    expect(await resemblances.resembling({ ...file, path: '/stick/else.txt' })).toBeUndefined()
    resemblances.close()
  })

  it('is not sought where a hash is everybody’s', async () => {
    const lineage = await open()
    const resemblances = createResemblances({ lineage, deep: { sketch: async () => sketch(100), read: async () => notRead('gone') } })
    for (let index = 0; index < 100; index += 1) {
      const path = `/h/letter${index}.txt`
      lineage.learn(facts(path, path, 9000))
      resemblances.note({ path, sizeBytes: 9000 })
      await lineage.flush()
    }
    // A few at a time are looked at first; each copy takes some of those that wait.
    for (let round = 0; round < 8; round += 1) await resemblances.resembling({ ...file, path: `/stick/c${round}.txt` })
    expect(await resemblances.resembling(file)).toBeUndefined()
    resemblances.close()
  })
})
