// Files that were cut, zeroed, flipped, deleted or replaced: nothing that was promised may be missing without a word.
import { copyFile, mkdir, open as openFile, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDatabase } from './format.ts'
import { openSpool, type Spool } from './spool.ts'
import { audit, bodyOf, copySpool, type Promised, quiet, temporaryFolder } from './testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let lives = 0
const opened: Spool[] = []

async function open(path: string): Promise<Spool> {
  const spool = await openSpool({ folder: path, maxBytes: 64 * 1024 * 1024, now: () => 1_700_000_000_000, log: quiet })
  opened.push(spool)
  return spool
}

/** A spool of 400 activities, the first 50 acknowledged: once closed, once as a crash leaves it, most of it in the WAL. */
async function specimen(name: string, kind: 'closed' | 'crashed'): Promise<Promised & { readonly path: string }> {
  const live = folder.sub(`${name}-live`)
  const spool = await open(live)
  const bodies = Array.from({ length: 400 }, (_, index) => bodyOf(index, index % 40 === 0 ? 9000 : 50 + (index % 300)))
  for (let at = 0; at < bodies.length; at += 25) await Promise.all(bodies.slice(at, at + 25).map((body) => spool.append(body)))
  await spool.trim(spool.epoch, 50)
  const { epoch } = spool
  const path = folder.sub(name)
  if (kind === 'closed') await spool.close()
  await mkdir(path)
  await copySpool(live, path)
  await spool.close()
  return { path, epoch, ackedSeq: 50, bodies }
}

async function copyOf(path: string): Promise<string> {
  lives += 1
  const copy = folder.sub(`copy-${lives}`)
  await mkdir(copy)
  await copySpool(path, copy)
  return copy
}

/** Opens, compares with what was promised, appends one more, opens again and compares again. */
async function conserved(path: string, promised: Promised): Promise<Awaited<ReturnType<typeof audit>>> {
  const spool = await open(path)
  const found = await audit(spool, promised)
  expect({ missing: found.missing, altered: found.altered }).toEqual({ missing: [], altered: [] })
  const extra = await spool.append(bodyOf(9999, 33))
  const { epoch } = spool
  await spool.close()
  const again = await open(path)
  const after = await audit(again, promised)
  expect({ missing: after.missing, altered: after.altered, held: after.held }).toEqual({ missing: [], altered: [], held: found.held })
  expect(again.epoch).toBe(epoch)
  expect(await again.read(extra, { maxActivities: 1, maxBytes: 1e6 })).toMatchObject({ firstSeq: extra, activities: [bodyOf(9999, 33)] })
  await again.close()
  return found
}

const damaged = async (path: string): Promise<string[]> => (await readdir(path)).filter((name) => name.includes('.damaged-'))

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close()
  await folder.remove()
})

describe('a file that was cut', { timeout: 120_000 }, () => {
  for (const [kind, name] of [['closed', 'spool.db'], ['crashed', 'spool.db'], ['crashed', 'spool.db-wal']] as const) {
    it(`loses nothing in silence, wherever ${name} of a ${kind} spool ends`, async () => {
      const whole = await specimen('whole', kind)
      const { size } = await stat(join(whole.path, name))
      const lengths = new Set([0, 1, 99, 100, 101, 511, 4095, 4096, 4097, size - 1, ...Array.from({ length: 24 }, (_, index) => Math.floor((size * index) / 24) + (index % 3))])
      for (const length of [...lengths].filter((bytes) => bytes < size)) {
        const path = await copyOf(whole.path)
        await truncate(join(path, name), length)
        expect(await conserved(path, whole)).toMatchObject({ missing: [], altered: [] })
        await rm(path, { recursive: true })
      }
    })
  }

  it('keeps every whole group wherever the last three groups are cut', async () => {
    const path = folder.sub('tail')
    const spool = await open(path)
    const bodies = Array.from({ length: 12 }, (_, index) => bodyOf(index, 30))
    for (let at = 0; at < 9; at += 1) await spool.append(bodies[at] ?? bodyOf(0, 1))
    const wal = join(path, 'spool.db-wal')
    const from = (await stat(wal)).size
    for (let at = 9; at < 12; at += 1) await spool.append(bodies[at] ?? bodyOf(0, 1))
    const promised = { epoch: spool.epoch, ackedSeq: 0, bodies }
    const whole = folder.sub('tail-whole')
    await mkdir(whole)
    await copySpool(path, whole)
    const { size } = await stat(wal)
    for (let length = from; length < size; length += 397) {
      const copy = await copyOf(whole)
      await truncate(join(copy, 'spool.db-wal'), length)
      const found = await conserved(copy, promised)
      expect(found.held).toBeGreaterThanOrEqual(9)
      await rm(copy, { recursive: true })
    }
  })
})

describe('a file that was overwritten', { timeout: 120_000 }, () => {
  it('is set aside when it is all zeros, and the old epoch is explained', async () => {
    const whole = await specimen('whole', 'closed')
    await writeFile(join(whole.path, 'spool.db'), Buffer.alloc((await stat(join(whole.path, 'spool.db'))).size))
    const found = await conserved(whole.path, whole)
    expect(found.held).toBe(0)
    expect(await damaged(whole.path)).toHaveLength(1)
  })

  it('gives back what is left when some pages are zeros', async () => {
    const whole = await specimen('whole', 'closed')
    const pages = (await stat(join(whole.path, 'spool.db'))).size / 4096
    let salvaged = 0
    for (let page = 0; page < pages; page += 1) {
      const path = await copyOf(whole.path)
      const file = await openFile(join(path, 'spool.db'), 'r+')
      await file.write(Buffer.alloc(4096), 0, 4096, page * 4096)
      await file.close()
      salvaged += (await conserved(path, whole)).held
      await rm(path, { recursive: true })
    }
    // One page of many holds some of 350 activities; most must survive most of the time.
    expect(salvaged / pages).toBeGreaterThan(300)
  })

  it('never delivers an altered activity, whichever bit was flipped', async () => {
    const whole = await specimen('whole', 'crashed')
    let state = 12345
    const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31)
    for (let turn = 0; turn < 120; turn += 1) {
      const path = await copyOf(whole.path)
      const target = join(path, ['spool.db', 'spool.db-wal', 'spool.db-wal', 'spool.state'][turn % 4] ?? '')
      const bytes = await readFile(target)
      // Every third turn hits the first page, where the structure is.
      const at = random() % (turn % 3 === 0 ? Math.min(4096, bytes.length) : bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (random() % 8))
      await writeFile(target, bytes)
      expect(await conserved(path, whole)).toMatchObject({ missing: [], altered: [] })
      await rm(path, { recursive: true })
    }
  })

  it('replaces an activity with altered bytes by a gap record, and delivers its neighbours', async () => {
    const whole = await specimen('whole', 'closed')
    const file = join(whole.path, 'spool.db')
    const bytes = await readFile(file)
    const body = whole.bodies[210] ?? bodyOf(0, 1)
    const at = bytes.indexOf(body)
    bytes[at + 20] = (bytes[at + 20] ?? 0) ^ 4
    await writeFile(file, bytes)
    const spool = await open(whole.path)
    expect(spool.epoch).toBe(whole.epoch)
    expect(await audit(spool, whole)).toMatchObject({ missing: [], altered: [], held: 349 })
    expect(await spool.gaps()).toMatchObject([{ firstSeq: 211, lastSeq: 211, reason: 'record_corrupt' }])
  })
})

describe('a file that is gone or old', () => {
  it('begins a new epoch and explains the old one when the database was deleted', async () => {
    const whole = await specimen('whole', 'closed')
    await rm(join(whole.path, 'spool.db'))
    const spool = await open(whole.path)
    expect(spool.epoch).not.toBe(whole.epoch)
    expect(await spool.gaps()).toEqual([{ epoch: whole.epoch, firstSeq: 51, lastSeq: 400, reason: 'epoch_abandoned', atMs: 1_700_000_000_000 }])
  })

  it('goes on as before when only the state file was deleted', async () => {
    const whole = await specimen('whole', 'closed')
    await rm(join(whole.path, 'spool.state'))
    const spool = await open(whole.path)
    expect(spool.epoch).toBe(whole.epoch)
    expect(await audit(spool, whole)).toMatchObject({ missing: [], altered: [], held: 350 })
  })

  it('explains an epoch even when its database is deleted after another one was abandoned already', async () => {
    const whole = await specimen('whole', 'closed')
    await rm(join(whole.path, 'spool.db'))
    const second = await open(whole.path)
    await second.append(bodyOf(1, 10))
    const { epoch } = second
    await second.close()
    await rm(join(whole.path, 'spool.db'))
    const third = await open(whole.path)
    expect(await third.gaps()).toMatchObject([{ epoch, firstSeq: 1, lastSeq: 1, reason: 'epoch_abandoned' }])
  })

  it('takes the new database when the exchange was interrupted between its two names', async () => {
    const whole = await specimen('whole', 'closed')
    await rm(join(whole.path, 'spool.db'))
    const spool = await open(whole.path)
    const { epoch } = spool
    await spool.close()
    const { rename } = await import('node:fs/promises')
    await rename(join(whole.path, 'spool.db'), join(whole.path, 'spool.db.new'))
    await writeFile(join(whole.path, 'spool.db.making'), 'half')
    const again = await open(whole.path)
    expect(again.epoch).toBe(epoch)
    expect(await audit(again, whole)).toMatchObject({ missing: [] })
  })

  it('is opened with the journal that a crash left before it became a log', async () => {
    const live = folder.sub('making')
    await mkdir(live)
    const db = await createDatabase(join(live, 'spool.db'))
    // More than the cache holds, so that pages go to the file before the commit and the journal is hot.
    await db.exec(`PRAGMA cache_size = 1; BEGIN IMMEDIATE; ${Array.from({ length: 40 }, (_, index) => `INSERT INTO activity VALUES (${index + 1}, 0, zeroblob(4000));`).join(' ')}`)
    const path = folder.sub('journal')
    await mkdir(path)
    for (const name of ['spool.db', 'spool.db-journal']) await copyFile(join(live, name), join(path, name))
    await db.close()
    const spool = await open(path)
    expect(await spool.append(bodyOf(1, 40))).toBe(1)
    expect(await readdir(path)).not.toContain('spool.db-journal')
  })

  it('is refused, and left as it is, when a newer agent wrote it', async () => {
    const whole = await specimen('whole', 'closed')
    const { connect } = await import('./connection.ts')
    const db = await connect(join(whole.path, 'spool.db'), 'write')
    await db.exec('PRAGMA user_version = 2; PRAGMA application_id = 1212576514')
    await db.close()
    const before = await readFile(join(whole.path, 'spool.db'))
    await expect(open(whole.path)).rejects.toMatchObject({ code: 'SPOOL_NEWER_FORMAT', parameters: { found: 2, known: 1 } })
    expect(Buffer.compare(before, await readFile(join(whole.path, 'spool.db')))).toBe(0)
    expect(await damaged(whole.path)).toEqual([])
  })
})

describe('damage while the spool is in use', () => {
  it('begins a new epoch, keeps what can be read, and takes the append that met it', async () => {
    const path = folder.sub('live')
    const spool = await open(path)
    const bodies = Array.from({ length: 3000 }, (_, index) => bodyOf(index, 400))
    await Promise.all(bodies.map((body) => spool.append(body)))
    const promised = { epoch: spool.epoch, ackedSeq: 0, bodies }
    // Into the WAL's pages and the database alike, behind SQLite's back.
    const saved = folder.sub('saved')
    await copyFile(join(path, 'spool.db'), saved)
    for (const name of ['spool.db', 'spool.db-wal']) {
      const { size } = await stat(join(path, name))
      const file = await openFile(join(path, name), 'r+')
      for (let at = 32 * 1024; at + 4096 < size; at += 16 * 1024) await file.write(Buffer.alloc(2048, 0xff), 0, 2048, at)
      await file.close()
    }
    const found = await audit(spool, promised)
    const seq = await spool.append(bodyOf(5000, 100))
    const after = await audit(spool, promised)
    expect({ missing: after.missing, altered: [...found.altered, ...after.altered] }).toEqual({ missing: [], altered: [] })
    expect(await spool.read(seq, { maxActivities: 1, maxBytes: 1e6 })).toMatchObject({ firstSeq: seq, activities: [bodyOf(5000, 100)] })
  })

  it('saves everything through the open files when the whole folder is removed, and goes on under its own name', { timeout: 30_000 }, async () => {
    const path = folder.sub('live')
    const spool = await open(path)
    const bodies = Array.from({ length: 500 }, (_, index) => bodyOf(index, 300))
    await Promise.all(bodies.map((body) => spool.append(body)))
    await spool.trim(spool.epoch, 20)
    const promised = { epoch: spool.epoch, ackedSeq: 20, bodies }
    await rm(path, { recursive: true })
    // Noticed with the next look at the free space; until then the nameless files take what comes.
    while (spool.epoch === promised.epoch) bodies.push(...(await Promise.all([bodyOf(bodies.length, 50)].map(async (body) => (await spool.append(body), spool.epoch === promised.epoch ? [body] : [])))).flat())
    expect(await audit(spool, promised)).toMatchObject({ missing: [], altered: [], held: bodies.length - 20 })
    await spool.close()
    const again = await open(path)
    expect(await audit(again, promised)).toMatchObject({ missing: [], altered: [], held: bodies.length - 20 })
    await expect(open(path)).rejects.toMatchObject({ code: 'SPOOL_LOCKED' })
  })
})
