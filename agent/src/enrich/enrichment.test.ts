import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLinuxPlatform } from '../platform/linux/platform.ts'
import type { Enrichment } from './contract.ts'
import { createEnrichment } from './enrichment.ts'
import { commonParts } from './lineage.ts'

const log = { debug() {}, warn() {} }
const limits = { hashLimitBytes: 1 << 20 }
const platform = createLinuxPlatform()

let folder: string
let now = 1_700_000_000_000
let opened: Enrichment[] = []

const open = async (name = 'agent'): Promise<Enrichment> => {
  const enrichment = await createEnrichment({ folder: join(folder, name), platform, now: () => now, log, walkEntriesPerSecond: 100_000 })
  opened.push(enrichment)
  return enrichment
}
const write = (path: string, text: string): string => {
  const whole = join(folder, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, text)
  return whole
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lineage-')))
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((enrichment) => enrichment.close()))
  rmSync(folder, { recursive: true, force: true })
})

describe('the source of a copy', () => {
  it('is found by content, whatever the copy is called', async () => {
    const enrichment = await open()
    const source = write('home/plan.txt', 'the plan')
    enrichment.learn(await enrichment.inspect(source, limits))
    const copy = await enrichment.inspect(write('stick/holiday.jpg', 'the plan'), limits)
    expect(await enrichment.sourceOf(copy)).toMatchObject({ path: source, fingerprint: copy.fingerprint, sha256: copy.sha256, sizeBytes: 8 })
  })

  it('is found for a file that was there before the agent, by reading only files of its size', async () => {
    const enrichment = await open()
    const source = write('home/deep/er/report.txt', 'annual report')
    for (let index = 0; index < 300; index++) write(`home/other/${index}`, 'x'.repeat(index))
    enrichment.watch({ roots: [join(folder, 'home')], excluded: () => false })
    const copy = await enrichment.inspect(write('stick/r', 'annual report'), limits)
    await vi.waitFor(async () => expect(await enrichment.sourceOf(copy)).toMatchObject({ path: source }), { timeout: 20_000, interval: 50 })
  })

  it('is found in the folders of the copying process when nothing was listed yet', async () => {
    const enrichment = await open()
    const source = write('home/docs/a/b.txt', 'not listed')
    const copy = await enrichment.inspect(write('stick/docs/a/b.txt', 'not listed'), limits)
    expect(await enrichment.sourceOf(copy)).toBeUndefined()
    expect(await enrichment.sourceOf(copy, { folders: [join(folder, 'home/docs'), join(folder, 'home')] })).toMatchObject({ path: source })
  })

  it('is not made up: another content of the same name and size is no source, and empty files have none', async () => {
    const enrichment = await open()
    write('home/a.txt', 'AAAA')
    enrichment.learn(await enrichment.inspect(write('home/empty', ''), limits))
    const copy = await enrichment.inspect(write('stick/a.txt', 'BBBB'), limits)
    expect(await enrichment.sourceOf(copy, { folders: [join(folder, 'home')] })).toBeUndefined()
    expect(await enrichment.sourceOf(await enrichment.inspect(write('stick/empty', ''), limits))).toBeUndefined()
  })

  it('of many files of one name and size is the one in folders of the same names', async () => {
    expect(commonParts('/home/docs/17/index.html', '/stick/docs/17/index.html')).toBe(3)
    const enrichment = await open()
    for (let index = 0; index < 60; index++) write(`home/docs/${index}/index.html`, `page ${index + 10}`)
    enrichment.watch({ roots: [join(folder, 'home')], excluded: () => false })
    const copy = await enrichment.inspect(write('stick/docs/41/index.html', 'page 51'), limits)
    await vi.waitFor(async () => expect(await enrichment.sourceOf(copy)).toMatchObject({ path: join(folder, 'home/docs/41/index.html') }), { timeout: 20_000, interval: 50 })
  })

  it('is still known after it was deleted, for a day', async () => {
    const enrichment = await open()
    const source = write('home/gone.txt', 'moved to the stick')
    enrichment.learn(await enrichment.inspect(source, limits))
    enrichment.forgotten(source)
    const copy = await enrichment.inspect(write('stick/gone.txt', 'moved to the stick'), limits)
    expect(await enrichment.sourceOf(copy)).toMatchObject({ path: source })
  })
})

describe('the history of a path', () => {
  it('says whether it was copied and whether it left the device, also after a rename of its folder', async () => {
    const enrichment = await open()
    const source = write('home/old/a.txt', 'secret')
    const facts = await enrichment.inspect(source, limits)
    enrichment.learn(facts)
    expect(await enrichment.historyOf(source)).toEqual({ fingerprint: facts.fingerprint, wasCopySource: false, wasExfiltrated: false })
    enrichment.copied(source, true)
    renameSync(join(folder, 'home/old'), join(folder, 'home/new'))
    enrichment.moved(join(folder, 'home/old'), join(folder, 'home/new'))
    expect(await enrichment.historyOf(join(folder, 'home/new/a.txt'))).toEqual({ fingerprint: facts.fingerprint, wasCopySource: true, wasExfiltrated: true })
    expect(await enrichment.historyOf(source)).toEqual({ fingerprint: '', wasCopySource: false, wasExfiltrated: false })
  })

  it('does not pass from a deleted file to a new one of the same path', async () => {
    const enrichment = await open()
    const path = write('home/a.txt', 'one')
    enrichment.learn(await enrichment.inspect(path, limits))
    enrichment.copied(path, true)
    enrichment.forgotten(path)
    writeFileSync(path, 'two')
    const again = await enrichment.inspect(path, limits)
    enrichment.learn(again)
    expect(await enrichment.historyOf(path)).toEqual({ fingerprint: again.fingerprint, wasCopySource: false, wasExfiltrated: false })
  })
})

describe('the index on disk', () => {
  it('survives a restart, in a folder that only the agent may enter', async () => {
    const first = await open()
    const source = write('home/plan.txt', 'the plan')
    first.learn(await first.inspect(source, limits))
    await first.close()
    const second = await open()
    expect(await second.sourceOf(await second.inspect(write('stick/p', 'the plan'), limits))).toMatchObject({ path: source })
    expect(statSync(join(folder, 'agent')).mode & 0o777).toBe(0o700)
  })

  it('that is damaged is thrown away and collected again', async () => {
    mkdirSync(join(folder, 'agent'))
    writeFileSync(join(folder, 'agent/lineage.db'), 'this is no database, and it is long enough to be looked at. '.repeat(100))
    const enrichment = await open()
    const source = write('home/plan.txt', 'the plan')
    enrichment.learn(await enrichment.inspect(source, limits))
    expect(await enrichment.sourceOf(await enrichment.inspect(write('stick/p', 'the plan'), limits))).toMatchObject({ path: source })
  })
})

describe('the walk', () => {
  it('leaves out what is excluded, other file systems and links, and follows a change of roots', async () => {
    const enrichment = await open()
    write('home/skip/a', 'excluded content')
    write('outside/b', 'linked content')
    execFileSync('ln', ['-s', join(folder, 'outside'), join(folder, 'home/link')])
    const last = write('home/z/c', 'listed content')
    enrichment.watch({ roots: [join(folder, 'home')], excluded: (path) => path.includes('/skip') })
    const copyOf = async (name: string, text: string) => enrichment.sourceOf(await enrichment.inspect(write(`stick/${name}`, text), limits))
    await vi.waitFor(async () => expect(await copyOf('c', 'listed content')).toMatchObject({ path: last }), { timeout: 20_000, interval: 50 })
    expect(await copyOf('a', 'excluded content')).toBeUndefined()
    expect(await copyOf('b', 'linked content')).toBeUndefined()
    enrichment.watch({ roots: [join(folder, 'outside')], excluded: () => false })
    await vi.waitFor(async () => expect(await copyOf('b', 'linked content')).toMatchObject({ path: join(folder, 'outside/b') }), { timeout: 20_000, interval: 50 })
  })
})

describe('twenty thousand contents', () => {
  it('are learnt and asked for without one being lost', async () => {
    const enrichment = await open()
    const count = 20_000
    const facts = Array.from({ length: count }, (_, index) => ({ path: `/home/f${index}`, sizeBytes: 1, fingerprint: createHash('sha256').update(`content ${index}`).digest('hex'), state: 'stable' }))
    for (const file of facts) enrichment.learn(file)
    const sources = await Promise.all(facts.map((file) => enrichment.sourceOf({ ...file, path: `/stick${file.path}` }, { knownOnly: true })))
    expect(sources.map((source) => source?.path)).toEqual(facts.map((file) => file.path))
  })
})
