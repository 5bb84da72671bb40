import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { CodedError } from '../../errors.ts'
import { buildDevice, buildRun, buildUser } from '../../testing/builders.ts'
import { describeStore } from '../../testing/store-contract.ts'
import { openTemporaryStore } from '../../testing/temporary-store.ts'
import type { Store } from '../store.ts'
import { migrations } from './migrations.ts'
import { openSqliteStore } from './sqlite-store.ts'

describeStore('sqlite', async () => {
  const temporary = await openTemporaryStore()
  let current = temporary.store
  return {
    store: current,
    async reopen() {
      await current.close()
      current = await openSqliteStore({ path: temporary.path })
      return current
    },
    second: () => openSqliteStore({ path: temporary.path }),
    async remove() {
      await current.close()
      await rm(temporary.folder, { recursive: true, force: true })
    },
  }
}, { secondHandle: true, anyText: true })

const raw = (path: string, sql: string): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, (failed) => {
      if (failed !== null) reject(failed)
    })
    database.all(sql, (problem, rows) => {
      database.close(() => (problem === null ? resolve(rows) : reject(problem)))
    })
  })

describe('the file', () => {
  let folder: string
  let path: string
  let store: Store | undefined
  const open = async (at = path): Promise<Store> => (store = await openSqliteStore({ path: at }))
  const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : String(error)))
  const fill = async (): Promise<Store> => {
    const opened = await open()
    await opened.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.ingest([buildRun(1, 400)], countInsights, mergeInsights)
    })
    return opened
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-sqlite-'))
    path = join(folder, 'holdfast.db')
  })
  afterEach(async () => {
    await store?.close().catch(() => undefined)
    store = undefined
    await rm(folder, { recursive: true, force: true })
  })

  test('and the log beside it can be read by nobody else', async () => {
    await fill()
    for (const name of await readdir(folder)) expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600])
  })
  test('says how durable it is as read back from the engine', async () => {
    expect(await (await open()).describe()).toMatchObject({ engine: 'sqlite', journal: 'wal', synchronous: '2' })
  })
  test('that is no database is refused, and left as it is', async () => {
    await writeFile(path, 'this is not a database, and long enough to be looked at '.repeat(100))
    const before = await readFile(path)
    expect(await codeOf(open())).toBe('STORE_CORRUPT')
    expect(await readFile(path)).toEqual(before)
  })
  test('that is damaged in any of its first pages is refused or read, and the process lives', async () => {
    await (await fill()).close()
    store = undefined
    const good = await readFile(path)
    const verdicts = new Set<string>()
    for (const page of [0, 1, 2, 4, 8, 12, 20]) {
      if ((page + 1) * 4096 > good.length) continue
      const bad = Buffer.from(good)
      bad.fill(0xa5, page * 4096 + (page === 0 ? 100 : 0), (page + 1) * 4096)
      const damaged = join(folder, `damaged-${page}.db`)
      await writeFile(damaged, bad)
      const verdict = await codeOf(open(damaged).then((opened) => opened.close()))
      verdicts.add(verdict)
      store = undefined
      expect(['STORE_CORRUPT', 'nothing']).toContain(verdict)
    }
    expect(verdicts).toContain('STORE_CORRUPT')
  })
  test('that was cut short is refused', async () => {
    await (await fill()).close()
    store = undefined
    await writeFile(path, (await readFile(path)).subarray(0, 20_000))
    expect(await codeOf(open())).toBe('STORE_CORRUPT')
  })
  test('of a newer program is refused, and left as it is', async () => {
    await (await open()).close()
    store = undefined
    await raw(path, 'PRAGMA user_version = 999')
    expect(await codeOf(open())).toBe('STORE_CORRUPT')
    expect(await raw(path, 'PRAGMA user_version')).toEqual([{ user_version: 999 }])
  })
  test('of the first schema is brought to the present one with what it holds', async () => {
    for (const statement of (migrations[0] ?? '').split(/;\s*\n(?=\s*CREATE|\s*$)/).filter((text) => text.trim() !== '')) await raw(path, statement)
    await raw(path, `INSERT INTO person (id, pseudonym, display_name, kind, doc) VALUES ('u_1', 'ANON-AAAAAA1', 'alice', 'person', '{"createdAtMs":1,"department":"R&D"}')`)
    await raw(path, `INSERT INTO identity (kind, value, person) VALUES ('account', 'alice', 1)`)
    await raw(path, 'INSERT INTO mark (person, mark) VALUES (1, 7)')
    await raw(path, 'PRAGMA user_version = 1')
    const again = await open()
    expect(await again.markedUsers(5)).toEqual([{ userId: 'u_1', mark: 7 }])
    expect(await again.user('u_1')).toEqual({ id: 'u_1', pseudonym: 'ANON-AAAAAA1', displayName: 'alice', kind: 'person', identities: [{ kind: 'account', value: 'alice' }], createdAtMs: 1, department: 'R&D', groups: [] })
    expect(await again.triggersOf('u_1')).toEqual([])
  })
  test('is refused when it is a folder', async () => {
    expect(await codeOf(open(folder))).not.toBe('nothing')
  })
  test('keeps its audit log from being changed by statements', async () => {
    await (await open()).write((tx) => tx.appendAudit({ seq: 1, atMs: 1, actorId: 'a', actorName: 'a', action: 'x', targetKind: 'x', targetId: 'x', detail: '{}', hash: 'h' }))
    await expect(raw(path, "UPDATE audit SET action = 'y'")).rejects.toThrow('append-only')
    await expect(raw(path, 'DELETE FROM audit')).rejects.toThrow('append-only')
  })
  test('that another process is writing to is waited for', async () => {
    const first = await open()
    const blocker = new sqlite3.Database(path)
    await new Promise<void>((resolve, reject) => blocker.exec('BEGIN IMMEDIATE', (problem) => (problem === null ? resolve() : reject(problem))))
    const waiting = codeOf(openSqliteStore({ path }))
    // Given back while the second one waits for it: nothing is busy for less than the time-out.
    await new Promise<void>((resolve, reject) => blocker.exec('ROLLBACK', (problem) => (problem === null ? resolve() : reject(problem))))
    await new Promise<void>((resolve) => blocker.close(() => resolve()))
    expect(await waiting).toBe('nothing')
    expect(await first.activityCount()).toBe(0)
  })

  describe('a backup', () => {
    test('is whole, is for the owner alone, and opens as a store', async () => {
      const opened = await fill()
      const target = join(folder, 'copy.db')
      await opened.backup(target)
      expect((await stat(target)).mode & 0o777).toBe(0o600)
      const copy = await openSqliteStore({ path: target })
      expect(await copy.activityCount()).toBe(400)
      await copy.close()
      expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([])
    })
    test('is taken while the store is written to', async () => {
      const opened = await fill()
      const writing = Array.from({ length: 20 }, (_, index) => opened.write((tx) => tx.saveSetting(`k${index}`, 'v')))
      await Promise.all([opened.backup(join(folder, 'copy.db')), ...writing])
      const copy = await openSqliteStore({ path: join(folder, 'copy.db') })
      expect(await copy.activityCount()).toBe(400)
      await copy.close()
    })
    test('over the database itself is refused, by whatever name it is called', async () => {
      const opened = await fill()
      expect(await codeOf(opened.backup(path))).toBe('CONFIG_INVALID')
      expect(await codeOf(opened.backup(join(folder, '.', '..', folder.split('/').at(-1) ?? '', 'holdfast.db')))).toBe('CONFIG_INVALID')
      expect(await opened.activityCount()).toBe(400)
    })
    test('that fails leaves the earlier one alone', async () => {
      const opened = await fill()
      const target = join(folder, 'copy.db')
      await opened.backup(target)
      const before = await readFile(target)
      // A folder in the way of the draft's name: nothing can be written there.
      const blocked = join(folder, 'missing', 'copy.db')
      expect(await codeOf(opened.backup(blocked))).not.toBe('nothing')
      expect(await readFile(target)).toEqual(before)
    })
    test('replaces an earlier one', async () => {
      const opened = await fill()
      const target = join(folder, 'copy.db')
      await copyFile(path, target)
      await chmod(target, 0o644)
      await opened.backup(target)
      expect((await stat(target)).mode & 0o777).toBe(0o600)
    })
  })
})
