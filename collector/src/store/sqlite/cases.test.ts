import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildUser } from '../../testing/builders.ts'
import { buildCase } from '../../testing/cases-contract.ts'
import { type Connection, connect } from './connection.ts'
import { openSqliteStore } from './sqlite-store.ts'

describe('what was written into a case stays, also against statements', () => {
  let folder: string
  let db: Connection
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-cases-'))
    const path = join(folder, 'holdfast.db')
    const store = await openSqliteStore({ path })
    await store.write(async (tx) => {
      await tx.saveUser(buildUser())
      await tx.saveCase(buildCase())
      await tx.appendCaseNote({ id: 'cn_1', caseId: 'cs_1', atMs: 1, authorId: 'a_1', kind: 'note', text: 'as it was' })
      await tx.appendCaseEvent({ caseId: 'cs_1', atMs: 1, actorId: 'a_1', what: 'opened', detail: {} })
    })
    await store.close()
    db = await connect(path, { readOnly: false })
  })
  afterEach(async () => {
    await db.close()
    await rm(folder, { recursive: true })
  })
  test.each([
    ["UPDATE case_note SET body = 'something else'", 'notes of a case are append-only'], ['DELETE FROM case_note', 'notes of a case are append-only'], ["INSERT OR REPLACE INTO case_note (k, id, case_id, at, author_id, kind, body, search) VALUES (1, 'cn_1', 'cs_1', 1, 'a_1', 'note', 'x', 'x')", 'notes of a case are append-only'],
    ["UPDATE case_event SET what = 'nothing'", 'the history of a case is append-only'], ['DELETE FROM case_event', 'the history of a case is append-only'],
  ])('%s is refused', async (sql, why) => {
    // REPLACE fires the trigger of a delete only so.
    await db.exec('PRAGMA recursive_triggers = ON')
    await expect(db.exec(sql)).rejects.toThrow(why)
    expect(await db.get<{ body: string }>('SELECT body FROM case_note')).toEqual({ body: 'as it was' })
  })
  test('with the case itself its notes can go, once its time is over', async () => {
    await db.exec('PRAGMA foreign_keys = ON; BEGIN; DELETE FROM case_file; DELETE FROM case_note; DELETE FROM case_event; COMMIT')
    expect(await db.get<{ n: number }>('SELECT count(*) AS n FROM case_note')).toEqual({ n: 0 })
  })
})
