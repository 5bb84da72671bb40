// The hot path: one transaction's activities, ledger, insights and marks.
//
// Activities go in with one statement: jsonb_each over their numbers, and slices of one blob for their bodies, so that
// nothing is bound row by row. What is new is known from the ledger before; the UNIQUE index only guards.
import { createHash } from 'node:crypto'
import { activityKinds } from '@holdfast/proto'
import type { Insight } from '../../domain/risk/insight.ts'
import { addRange, contiguous, holds, type Range, uncovered } from '../ranges.ts'
import type { IngestOutcome, IngestRun, InsightCounter, InsightMerge, StoredActivity } from '../store.ts'
import type { Connection } from './connection.ts'
import { type InsightRow, toInsight } from './rows.ts'

/** Interned ids that this connection has seen; emptied when a transaction is rolled back. */
export interface Interned {
  readonly devices: Map<string, number>
  readonly epochs: Map<string, number>
  readonly people: Map<string, number>
  clear(): void
}

const INTERNED_MAX = 100_000

export function createInterned(): Interned {
  const maps = { devices: new Map<string, number>(), epochs: new Map<string, number>(), people: new Map<string, number>() }
  return { ...maps, clear: () => Object.values(maps).forEach((map) => map.clear()) }
}

function remember(map: Map<string, number>, key: string, value: number): number {
  if (map.size >= INTERNED_MAX) map.clear()
  map.set(key, value)
  return value
}

async function deviceKey(db: Connection, interned: Interned, deviceId: string): Promise<number | undefined> {
  const known = interned.devices.get(deviceId)
  if (known !== undefined) return known
  const row = await db.get<{ k: number }>('SELECT k FROM device WHERE id = ?', deviceId)
  return row === undefined ? undefined : remember(interned.devices, deviceId, row.k)
}

async function epochKey(db: Connection, interned: Interned, device: number, epoch: string): Promise<number> {
  const name = `${device} ${epoch}`
  const known = interned.epochs.get(name)
  if (known !== undefined) return known
  await db.run('INSERT INTO epoch (device, epoch) VALUES (?, ?) ON CONFLICT DO NOTHING', device, epoch)
  const row = await db.get<{ k: number }>('SELECT k FROM epoch WHERE device = ? AND epoch = ?', device, epoch)
  return remember(interned.epochs, name, row?.k ?? -1)
}

interface EpochState {
  readonly key: number
  readonly deviceId: string
  readonly epoch: string
  received: Range[]
  gaps: (Range & { readonly reason: string })[]
  changed: boolean
}

async function loadEpoch(db: Connection, interned: Interned, device: number, deviceId: string, epoch: string): Promise<EpochState> {
  const key = await epochKey(db, interned, device, epoch)
  const found = await db.all<{ first: number; last: number; kind: string; reason: string | null }>('SELECT first_seq AS first, last_seq AS last, kind, reason FROM ledger WHERE epoch = ? ORDER BY first_seq', key)
  return {
    key, deviceId, epoch, changed: false,
    received: found.filter((row) => row.kind === 'received').map(({ first, last }) => ({ first, last })),
    gaps: found.filter((row) => row.kind === 'gap').map(({ first, last, reason }) => ({ first, last, reason: reason ?? '' })),
  }
}

async function saveEpoch(db: Connection, state: EpochState): Promise<void> {
  // What arrived after all is no gap.
  const gaps = state.gaps.flatMap((gap) => uncovered(state.received, gap).map((range) => ({ ...range, reason: gap.reason })))
  await db.run('DELETE FROM ledger WHERE epoch = ?', state.key)
  const ledger = [...state.received.map((range) => [range.first, range.last, 'received', null]), ...gaps.map((gap) => [gap.first, gap.last, 'gap', gap.reason])]
  if (ledger.length > 0) await db.run('INSERT INTO ledger (epoch, first_seq, last_seq, kind, reason) SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2)', state.key, JSON.stringify(ledger))
}

async function peopleKeys(db: Connection, interned: Interned, ids: Iterable<string>): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !interned.people.has(id))
  if (missing.length === 0) return
  for (const row of await db.all<{ id: string; k: number }>('SELECT id, k FROM person WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(missing))) remember(interned.people, row.id, row.k)
}

export const INSERT_ACTIVITIES = `INSERT INTO activity (epoch, seq, person, kind, occurred_at, received_at, body)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, substr(?2, value ->> 6, value ->> 7) FROM jsonb_each(?1)`

/** The two parameters of INSERT_ACTIVITIES. Numbers only, so the JSON is put together by hand. */
export function activityParameters(rows: readonly { readonly epoch: number; readonly seq: number; readonly person: number; readonly kind: number; readonly occurredAtMs: number; readonly receivedAtMs: number; readonly body: Uint8Array }[]): { readonly json: string; readonly bodies: Buffer } {
  let offset = 1
  let json = '['
  for (const [index, row] of rows.entries()) {
    json += `${index === 0 ? '' : ','}[${row.epoch},${row.seq},${row.person},${row.kind},${row.occurredAtMs},${row.receivedAtMs},${offset},${row.body.length}]`
    offset += row.body.length
  }
  return { json: `${json}]`, bodies: Buffer.concat(rows.map((row) => row.body), offset - 1) }
}

async function quarantineConflicts(db: Connection, state: EpochState, stored: readonly StoredActivity[], firstSeq: number, receivedAtMs: number): Promise<void> {
  const known = new Map((await db.all<{ seq: number; body: Uint8Array }>('SELECT seq, body FROM activity WHERE epoch = ? AND seq BETWEEN ? AND ?', state.key, firstSeq, firstSeq + stored.length - 1)).map((row) => [row.seq, row.body]))
  for (const [index, { body }] of stored.entries()) {
    const before = known.get(firstSeq + index)
    if (before === undefined || Buffer.compare(before, body) === 0) continue
    const subject = `${state.deviceId}.${state.epoch}.${firstSeq + index}`
    await db.run(
      'INSERT INTO quarantine (at, subject, reason, detail, tries, bytes, bytes_hash) VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (subject, bytes_hash) DO UPDATE SET tries = tries + 1',
      receivedAtMs, subject, 'SEQ_CONFLICT', 'another activity has this number already: a cloned or rolled-back device', body, createHash('sha256').update(body).digest('hex'))
  }
}

async function mergeIntoInsights(db: Connection, interned: Interned, added: readonly Insight[], merge: InsightMerge): Promise<void> {
  if (added.length === 0) return
  const keys = added.map((insight) => [interned.people.get(insight.userId), insight.day, insight.indicator])
  const before = new Map(
    (await db.all<InsightRow>('SELECT p.id AS person_id, i.* FROM json_each(?) w JOIN insight i ON i.person = w.value ->> 0 AND i.day = w.value ->> 1 AND i.indicator = w.value ->> 2 JOIN person p ON p.k = i.person', JSON.stringify(keys)))
      .map((row) => [`${row.person_id} ${row.day} ${row.indicator}`, toInsight(row)]))
  const merged = added.map((insight) => {
    const old = before.get(`${insight.userId} ${insight.day} ${insight.indicator}`)
    return old === undefined ? insight : merge(old, insight)
  })
  await db.run(
    `INSERT OR REPLACE INTO insight (person, day, indicator, events, bytes, priority_events, sensitive_events, excluded_events, first_at, last_at, files, samples)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11 FROM jsonb_each(?)`,
    JSON.stringify(merged.map((insight) => [interned.people.get(insight.userId), insight.day, insight.indicator, insight.events, insight.bytes, insight.priorityEvents, insight.sensitiveEvents, insight.excludedEvents, insight.firstAtMs, insight.lastAtMs, insight.files.join(' '), JSON.stringify(insight.samples)])))
}

/** Inside an open transaction. */
export async function ingestRuns(db: Connection, interned: Interned, runs: readonly IngestRun[], count: InsightCounter, merge: InsightMerge): Promise<IngestOutcome> {
  const epochs = new Map<string, EpochState>()
  const fresh: { readonly state: EpochState; readonly seq: number; readonly stored: StoredActivity; readonly receivedAtMs: number }[] = []
  let duplicates = 0
  const epochOf = async (deviceId: string, device: number, epoch: string): Promise<EpochState> => {
    const name = `${deviceId} ${epoch}`
    const state = epochs.get(name) ?? (await loadEpoch(db, interned, device, deviceId, epoch))
    epochs.set(name, state)
    return state
  }

  for (const run of runs) {
    const device = await deviceKey(db, interned, run.deviceId)
    // A device that is not there was removed while its credential still lived; ingest quarantines before it comes here.
    if (device === undefined) continue
    const state = await epochOf(run.deviceId, device, run.epoch)
    if (run.activities.length > 0) {
      const wanted = { first: run.firstSeq, last: run.firstSeq + run.activities.length - 1 }
      const missing = uncovered(state.received, wanted)
      const added = missing.reduce((sum, range) => sum + range.last - range.first + 1, 0)
      if (added < run.activities.length) {
        duplicates += run.activities.length - added
        await quarantineConflicts(db, state, run.activities, run.firstSeq, run.receivedAtMs)
      }
      for (const [index, stored] of run.activities.entries()) {
        const seq = run.firstSeq + index
        if (added === run.activities.length || holds(missing, seq)) fresh.push({ state, seq, stored, receivedAtMs: run.receivedAtMs })
      }
      if (added > 0) {
        state.received = addRange(state.received, wanted)
        state.changed = true
      }
    }
    for (const gap of run.gaps) {
      const target = await epochOf(run.deviceId, device, gap.epoch)
      const held = [...target.received, ...target.gaps].toSorted((a, b) => a.first - b.first)
      const news = uncovered(held, { first: gap.firstSeq, last: gap.lastSeq })
      if (news.length > 0) {
        target.gaps.push(...news.map((range) => ({ ...range, reason: gap.reason })))
        target.changed = true
      }
    }
  }

  if (fresh.length > 0) {
    await peopleKeys(db, interned, fresh.map((row) => row.stored.activity.userId))
    const { json, bodies } = activityParameters(fresh.map(({ state, seq, stored, receivedAtMs }) => ({
      epoch: state.key, seq, person: interned.people.get(stored.activity.userId) ?? -1, kind: activityKinds[stored.activity.kind].number, occurredAtMs: stored.activity.occurredAtMs, receivedAtMs, body: stored.body,
    })))
    await db.run(INSERT_ACTIVITIES, json, bodies)
    await mergeIntoInsights(db, interned, count(fresh.map((row) => row.stored.activity)), merge)
  }
  const users = [...new Set(fresh.map((row) => row.stored.activity.userId))]
  if (users.length > 0) {
    await db.run('INSERT INTO mark (person, mark) SELECT value, 1 FROM json_each(?) WHERE true ON CONFLICT (person) DO UPDATE SET mark = mark + 1', JSON.stringify(users.map((id) => interned.people.get(id))))
  }
  for (const state of epochs.values()) if (state.changed) await saveEpoch(db, state)
  return {
    stored: fresh.length, duplicates, users,
    watermarks: [...epochs.values()].map((state) => ({ deviceId: state.deviceId, epoch: state.epoch, committedSeq: contiguous([...state.received, ...state.gaps].toSorted((a, b) => a.first - b.first)) })),
  }
}
