// What is kept for a number of days takes a bounded file and a bounded log, however long the collector runs, and a shorter
// time gives room back while others write and read.
import { statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { createRetention } from '../../privacy/retention.ts'
import { DEFAULT_RETENTION, saveRetentionSettings } from '../../privacy/settings.ts'
import { buildDevice, buildRun, buildUser, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../../testing/temporary-store.ts'
import { connect } from './connection.ts'
import { openSqliteStore } from './sqlite-store.ts'

/** A day of one device. */
const A_DAY = 400
const KEPT_DAYS = 10

let at: TemporaryStore
let nowMs: number
let seq: number
beforeEach(async () => {
  at = await openTemporaryStore()
  nowMs = MONDAY_MS
  seq = 1
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser())
  })
})
afterEach(() => at.remove())

const sizeOf = (end = ''): number => statSync(`${at.path}${end}`).size
const keep = (days: number, revision: number) => at.store.write((tx) => saveRetentionSettings(tx, { value: { days: { ...DEFAULT_RETENTION.days, activities: days } }, revision, changedAtMs: nowMs, changedBy: 'test' }))

/** Of the file, with all of the log in it. */
async function settledSize(): Promise<number> {
  const db = await connect(at.path, { readOnly: false })
  try {
    await db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    await db.close()
  }
  return sizeOf()
}

async function rows(): Promise<number> {
  const db = await connect(at.path, { readOnly: true })
  try {
    return (await db.get<{ n: number }>('SELECT count(*) AS n FROM activity'))?.n ?? 0
  } finally {
    await db.close()
  }
}

async function liveADay(): Promise<void> {
  const run = buildRun(seq, A_DAY, { receivedAtMs: nowMs })
  seq += A_DAY
  await at.store.write((tx) => tx.ingest([{ ...run, activities: run.activities.map((row) => ({ ...row, body: Buffer.alloc(300, seq % 251) })) }], countInsights, mergeInsights))
  nowMs += DAY_MS
}
async function cleanUp(): Promise<void> {
  const retention = createRetention({ store: at.store, now: () => nowMs })
  await retention.start({ id: 'system', name: 'system' })
  await retention.idle()
  expect((await at.store.retentionRuns(1))[0]).toMatchObject({ state: 'done' })
}

describe('a database that runs for months', () => {
  test('stops growing once the days that are kept are full', async () => {
    await keep(KEPT_DAYS, 1)
    const sizes: number[] = []
    for (let day = 0; day < 6 * KEPT_DAYS; day += 1) {
      await liveADay()
      await cleanUp()
      if (day % KEPT_DAYS === KEPT_DAYS - 1) sizes.push(await settledSize())
    }
    expect(await rows()).toBeLessThanOrEqual((KEPT_DAYS + 1) * A_DAY)
    expect(await rows()).toBeGreaterThanOrEqual((KEPT_DAYS - 1) * A_DAY)
    const [, second = 0, ...later] = sizes
    // Counters of people and days (insights) are kept for longer, which is what still grows.
    expect(later).toHaveLength(4)
    for (const size of later) expect(size).toBeLessThan(second * 1.15)
  })
  test('gives room back when less is kept, in steps between which others write', async () => {
    await keep(365, 1)
    for (let day = 0; day < 60; day += 1) await liveADay()
    await at.store.scrub()
    const full = sizeOf()
    await keep(7, 2)
    const retention = createRetention({ store: at.store, now: () => nowMs })
    await retention.start({ id: 'system', name: 'system' })
    const state = { ended: false }
    const over = retention.idle().then(() => void (state.ended = true))
    let written = 0
    for (; !state.ended; written += 1) await at.store.write((tx) => tx.saveSetting('meanwhile', String(written)))
    await over
    expect(written).toBeGreaterThan(20)
    expect(await at.store.setting('meanwhile')).toBe(String(written - 1))
    // A tenth of what is left stays free: each round leaves less over.
    for (let freed = 1; freed > 0; ) freed = (await at.store.giveBack?.())?.freedBytes ?? 0
    expect(sizeOf()).toBeLessThan(full / 2)
    const db = await connect(at.path, { readOnly: true })
    expect((await db.get<{ quick_check: string }>('PRAGMA quick_check'))?.quick_check).toBe('ok')
    await db.close()
  })
  test('keeps its log within its limit while it is written to without a pause', async () => {
    for (let day = 0; day < 40; day += 1) await liveADay()
    expect(sizeOf('-wal')).toBeLessThanOrEqual(4000 * 4152 * 2)
  })
})

describe('a database of an earlier release', () => {
  test('without a map of its pages gives none back, and has one after a backup was restored', async () => {
    const path = `${at.folder}/old.db`
    const old = await connect(path, { readOnly: false })
    await old.exec('PRAGMA journal_mode = WAL; CREATE TABLE before (x)')
    await old.exec('DROP TABLE before')
    await old.close()
    const store = await openSqliteStore({ path })
    expect(await store.giveBack?.()).toEqual({ freedBytes: 0, more: false })
    await store.backup(`${at.folder}/copy.db`)
    await store.close()
    const copy = await connect(`${at.folder}/copy.db`, { readOnly: true })
    expect((await copy.get<{ auto_vacuum: number }>('PRAGMA auto_vacuum'))?.auto_vacuum).toBe(2)
    await copy.close()
  })
})
