// The hot path: one transaction's activities, ledger, insights and marks.
//
// Activities go in with one statement of each database's own. What is new is known from the ledger before; the UNIQUE index only guards.
import { createHash } from 'node:crypto'
import { activityKinds } from '@holdfast/proto'
import type { Insight } from '../../domain/risk/insight.ts'
import { addRange, contiguous, holds, type Range, uncovered } from '../ranges.ts'
import type { IngestOutcome, IngestRun, InsightCounter, InsightMerge, StoredActivity } from '../store.ts'
import type { Connection } from './connection.ts'
import { markKeys } from './marks.ts'
import { INSERT_INSIGHTS, type InsightRow, insightValues, toInsight } from './insight-rows.ts'

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

/** States of several epochs at once: a group of messages touches many devices, and each statement is a journey to another thread. */
async function loadEpochs(db: Connection, states: readonly EpochState[]): Promise<void> {
  if (states.length === 0) return
  const byKey = new Map(states.map((state) => [state.key, state]))
  const found = await db.all<{ epoch: number; first: number; last: number; kind: string; reason: string | null }>(
    'SELECT epoch, first_seq AS first, last_seq AS last, kind, reason FROM ledger WHERE epoch IN (SELECT value FROM each_number(?)) ORDER BY epoch, first_seq', JSON.stringify([...byKey.keys()]))
  for (const { epoch, first, last, kind, reason } of found) {
    const state = byKey.get(epoch)
    if (kind === 'received') state?.received.push({ first, last })
    else state?.gaps.push({ first, last, reason: reason ?? '' })
  }
}

async function saveEpochs(db: Connection, states: readonly EpochState[]): Promise<void> {
  if (states.length === 0) return
  const ledger = states.flatMap((state) => {
    // What arrived after all is no gap.
    const gaps = state.gaps.flatMap((gap) => uncovered(state.received, gap).map((range) => ({ ...range, reason: gap.reason })))
    return [...state.received.map((range) => [state.key, range.first, range.last, 'received', null]), ...gaps.map((gap) => [state.key, gap.first, gap.last, 'gap', gap.reason])]
  })
  await db.run('DELETE FROM ledger WHERE epoch IN (SELECT value FROM each_number(?))', JSON.stringify(states.map((state) => state.key)))
  await db.run('INSERT INTO ledger (epoch, first_seq, last_seq, kind, reason) SELECT CAST(w.value ->> 0 AS BIGINT), CAST(w.value ->> 1 AS BIGINT), CAST(w.value ->> 2 AS BIGINT), w.value ->> 3, w.value ->> 4 FROM each_row(?) w', JSON.stringify(ledger))
}

async function peopleKeys(db: Connection, interned: Interned, ids: Iterable<string>): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !interned.people.has(id))
  if (missing.length === 0) return
  for (const row of await db.all<{ id: string; k: number }>('SELECT id, k FROM person WHERE id IN (SELECT value FROM each_text(?))', JSON.stringify(missing))) remember(interned.people, row.id, row.k)
}

/** A row of the table of activities, with interned ids. */
export interface NewActivity {
  readonly epoch: number
  readonly seq: number
  readonly person: number
  readonly kind: number
  readonly occurredAtMs: number
  readonly receivedAtMs: number
  readonly body: Uint8Array
}

/** What of the hot path each database does in its own way. */
export interface IngestWays {
  /** Adds rows that are known to be new. */
  insertActivities(db: Connection, rows: readonly NewActivity[]): Promise<void>
}

/** @param pending activities of this transaction that are not in the table yet, by number */
async function quarantineConflicts(db: Connection, state: EpochState, stored: readonly StoredActivity[], firstSeq: number, receivedAtMs: number, pending: ReadonlyMap<number, Uint8Array>): Promise<void> {
  const known = new Map((await db.all<{ seq: number; body: Uint8Array }>('SELECT seq, body FROM activity WHERE epoch = ? AND seq BETWEEN ? AND ?', state.key, firstSeq, firstSeq + stored.length - 1)).map((row) => [row.seq, row.body]))
  for (const [index, { body }] of stored.entries()) {
    const before = known.get(firstSeq + index) ?? pending.get(firstSeq + index)
    if (before === undefined || Buffer.compare(before, body) === 0) continue
    const subject = `${state.deviceId}.${state.epoch}.${firstSeq + index}`
    await db.run(
      'INSERT INTO quarantine (at, subject, reason, detail, tries, bytes, bytes_hash) VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (subject, bytes_hash) DO UPDATE SET tries = quarantine.tries + 1',
      receivedAtMs, subject, 'SEQ_CONFLICT', 'another activity has this number already: a cloned or rolled-back device', body, createHash('sha256').update(body).digest('hex'))
  }
}

async function mergeIntoInsights(db: Connection, interned: Interned, added: readonly Insight[], merge: InsightMerge): Promise<void> {
  if (added.length === 0) return
  const keys = added.map((insight) => [interned.people.get(insight.userId), insight.day, insight.indicator])
  const before = new Map(
    (await db.all<InsightRow>('SELECT p.id AS person_id, i.* FROM each_row(?) w JOIN insight i ON i.person = CAST(w.value ->> 0 AS BIGINT) AND i.day = CAST(w.value ->> 1 AS BIGINT) AND i.indicator = w.value ->> 2 JOIN person p ON p.k = i.person', JSON.stringify(keys)))
      .map((row) => [`${row.person_id} ${row.day} ${row.indicator}`, toInsight(row)]))
  const merged = added.map((insight) => {
    const old = before.get(`${insight.userId} ${insight.day} ${insight.indicator}`)
    return old === undefined ? insight : merge(old, insight)
  })
  await db.run(INSERT_INSIGHTS, JSON.stringify(merged.map((insight) => insightValues(insight, interned.people.get(insight.userId) ?? -1))))
}

interface Fresh {
  readonly state: EpochState
  readonly seq: number
  readonly stored: StoredActivity
  readonly receivedAtMs: number
}

/** The devices and epochs that the runs speak of, with their ledgers. A device that is not there has no entry. */
async function statesOf(db: Connection, interned: Interned, runs: readonly IngestRun[]): Promise<Map<string, EpochState>> {
  const states = new Map<string, EpochState>()
  for (const run of runs) {
    const device = await deviceKey(db, interned, run.deviceId)
    if (device === undefined) continue
    for (const epoch of new Set([run.epoch, ...run.gaps.map((gap) => gap.epoch)])) {
      const name = `${run.deviceId} ${epoch}`
      if (!states.has(name)) states.set(name, { key: await epochKey(db, interned, device, epoch), deviceId: run.deviceId, epoch, received: [], gaps: [], changed: false })
    }
  }
  await loadEpochs(db, [...states.values()])
  return states
}

/** Enters a run into its ledger; adds what is new to `fresh`. @returns how many were there before */
async function takeActivities(db: Connection, state: EpochState, run: IngestRun, fresh: Fresh[]): Promise<number> {
  const wanted = { first: run.firstSeq, last: run.firstSeq + run.activities.length - 1 }
  const missing = uncovered(state.received, wanted)
  const added = missing.reduce((sum, range) => sum + range.last - range.first + 1, 0)
  if (added < run.activities.length) await quarantineConflicts(db, state, run.activities, run.firstSeq, run.receivedAtMs, new Map(fresh.filter((row) => row.state === state).map((row) => [row.seq, row.stored.body])))
  for (const [index, stored] of run.activities.entries()) {
    const seq = run.firstSeq + index
    if (added === run.activities.length || holds(missing, seq)) fresh.push({ state, seq, stored, receivedAtMs: run.receivedAtMs })
  }
  if (added > 0) {
    state.received = addRange(state.received, wanted)
    state.changed = true
  }
  return run.activities.length - added
}

function takeGaps(states: ReadonlyMap<string, EpochState>, run: IngestRun): void {
  for (const gap of run.gaps) {
    const target = states.get(`${run.deviceId} ${gap.epoch}`)
    if (target === undefined) continue
    const held = [...target.received, ...target.gaps].toSorted((a, b) => a.first - b.first)
    const news = uncovered(held, { first: gap.firstSeq, last: gap.lastSeq })
    if (news.length === 0) continue
    target.gaps.push(...news.map((range) => ({ ...range, reason: gap.reason })))
    target.changed = true
  }
}

/** Inside an open transaction. */
export async function ingestRuns(db: Connection, interned: Interned, ways: IngestWays, runs: readonly IngestRun[], count: InsightCounter, merge: InsightMerge): Promise<IngestOutcome> {
  const states = await statesOf(db, interned, runs)
  const fresh: Fresh[] = []
  let duplicates = 0
  for (const run of runs) {
    const state = states.get(`${run.deviceId} ${run.epoch}`)
    // Ingest quarantines what comes from a device that is not known; nothing may be dropped here without a word.
    if (state === undefined) throw new Error('a run of a device that is not in the store')
    if (run.activities.length > 0) duplicates += await takeActivities(db, state, run, fresh)
    takeGaps(states, run)
  }

  // Acts of a fire drill are stored under an account of their own, which nobody evaluates.
  const users = [...new Set(fresh.flatMap(({ stored: { activity } }) => (activity.drill === undefined ? [activity.userId] : [])))]
  if (fresh.length > 0) {
    await peopleKeys(db, interned, fresh.map((row) => row.stored.activity.userId))
    // Counting goes on here while the rows are written elsewhere; whatever it does, the statement ends first.
    const inserting = ways.insertActivities(db, fresh.map(({ state, seq, stored, receivedAtMs }) => ({
      epoch: state.key, seq, person: interned.people.get(stored.activity.userId) ?? -1, kind: activityKinds[stored.activity.kind].number, occurredAtMs: stored.activity.occurredAtMs, receivedAtMs, body: stored.body,
    })))
    let added: readonly Insight[] = []
    try {
      added = count(fresh.map((row) => row.stored.activity))
    } finally {
      await inserting
    }
    // Marks before counters, and in order: where several processes write, their rows keep others of the same people away until this is committed.
    await markKeys(db, users.map((id) => interned.people.get(id) ?? -1).toSorted((a, b) => a - b))
    await mergeIntoInsights(db, interned, added, merge)
  }
  await saveEpochs(db, [...states.values()].filter((state) => state.changed))
  return {
    stored: fresh.length, duplicates, users,
    watermarks: [...states.values()].map((state) => ({ deviceId: state.deviceId, epoch: state.epoch, committedSeq: contiguous([...state.received, ...state.gaps].toSorted((a, b) => a.first - b.first)) })),
  }
}
