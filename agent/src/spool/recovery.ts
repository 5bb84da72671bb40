// Opening the files of a spool, whatever state they are in.
//
// A database that is damaged, rolled back or gone is never repaired in place: a new one is made beside it, with a new
// epoch, whatever could be read of the old epochs under their own numbers, and an `epoch_abandoned` gap for every number
// of them that was promised, not acknowledged and cannot be read. Then the names are exchanged:
//
//   spool.db.making   being filled; removed at the next opening
//   spool.db.new      complete, the exchange was interrupted: taken when spool.db is not there, else removed
//   spool.db.damaged-<time>  what was set aside, never deleted by the agent
//
// The collector recognises what it has already by (device, epoch, number), so sending salvaged activities again is safe.
import { randomBytes } from 'node:crypto'
import { access, constants, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CodedError } from '../errors.ts'
import { type Connection, connect } from './connection.ts'
import { type ActivityRow, activityParameters, bodySum, createDatabase, type EpochRow, FORMAT, formatOf, idOf, INSERT_ACTIVITIES, type Loaded, loadDatabase, ordinalOf, putEpochSql, putGapSql, readEpochs, readGaps, seqOf } from './format.ts'
import { type GapRow, holes } from './gaps.ts'
import type { SpoolState } from './state-file.ts'

export interface RecoveryLog {
  warn(object: object, message: string): void
  error(object: object, message: string): void
}

export interface RecoveryDeps {
  readonly path: string
  readonly state: SpoolState | undefined
  /** The database was found broken while it was used, whatever a check says. */
  readonly distrusted?: boolean
  /** A connection to a file that has no name any more; what it still reads is saved. The caller closes it. */
  readonly source?: Connection
  readonly now: () => number
  readonly log: RecoveryLog
}

type Verdict = { readonly kind: 'good'; readonly loaded: Loaded } | { readonly kind: 'bad'; readonly why: 'missing' | 'unreadable' | 'older_copy' }

const exists = (path: string): Promise<boolean> => access(path, constants.F_OK).then(() => true, () => false)
const newEpoch = (): string => randomBytes(16).toString('hex')

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Is this copy the one that the state file speaks of, or a later one? */
function isCurrent(loaded: Loaded, state: SpoolState | undefined): boolean {
  const current = loaded.epochs.at(-1)
  if (state === undefined || current === undefined || current.ordinal > state.ordinal) return true
  return current.ordinal === state.ordinal && current.epoch === state.epoch && current.lastSeq >= state.committedSeq
}

async function judge({ path, state, distrusted }: RecoveryDeps): Promise<Verdict> {
  if (!(await exists(path))) return { kind: 'bad', why: 'missing' }
  let db: Connection | undefined
  try {
    // A crash while the file was made, or became WAL, leaves a journal, and only a writer may roll that back.
    db = await connect(path, (await exists(`${path}-journal`)) ? 'write' : 'read')
    const format = await formatOf(db)
    if (format !== undefined && format > FORMAT) throw new CodedError('SPOOL_NEWER_FORMAT', { found: format, known: FORMAT })
    if (format === undefined || distrusted === true) return { kind: 'bad', why: 'unreadable' }
    const check = await db.all<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (check[0]?.quick_check !== 'ok') return { kind: 'bad', why: 'unreadable' }
    const loaded = await loadDatabase(db)
    if (loaded === undefined) return { kind: 'bad', why: 'unreadable' }
    return isCurrent(loaded, state) ? { kind: 'good', loaded } : { kind: 'bad', why: 'older_copy' }
  } catch (error) {
    if (error instanceof CodedError) throw error
    if (error instanceof Error && 'code' in error && ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_ERROR'].includes(String(error.code))) return { kind: 'bad', why: 'unreadable' }
    throw new CodedError('SPOOL_IO', {}, { cause: error })
  } finally {
    await db?.close()
  }
}

const SALVAGE_ROWS = 256

/** Reads activities from one end until the file cannot be read any further. */
async function* readable(db: Connection, direction: 'up' | 'down', from: number): AsyncGenerator<readonly ActivityRow[]> {
  let edge = direction === 'up' ? from : Number.MAX_SAFE_INTEGER
  for (let limit = SALVAGE_ROWS; ;) {
    let rows: ActivityRow[]
    try {
      rows = direction === 'up'
        ? await db.all<ActivityRow>('SELECT id, sum, body FROM activity WHERE id > ? ORDER BY id LIMIT ?', edge, limit)
        : await db.all<ActivityRow>('SELECT id, sum, body FROM activity WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?', from, edge, limit)
    } catch (error) {
      if (!(error instanceof Error) || limit === 1) return
      // Closer to the broken place, in smaller steps.
      limit = Math.ceil(limit / 8)
      continue
    }
    if (rows.length > 0) yield rows
    if (rows.length < limit) return
    edge = rows.at(-1)?.id ?? edge
  }
}

/** Known epochs of the old file, with what the state file knows better. */
function knownEpochs(rows: readonly EpochRow[], state: SpoolState | undefined): EpochRow[] {
  const known = [...rows]
  if (state === undefined) return known
  const at = known.findIndex((row) => row.epoch === state.epoch)
  const old = known[at]
  const better: EpochRow = {
    ordinal: old?.ordinal ?? state.ordinal, epoch: state.epoch, dropped: old?.dropped ?? rows.at(-1)?.dropped ?? 0,
    lastSeq: Math.max(old?.lastSeq ?? 0, state.intendedSeq), ackedSeq: Math.max(old?.ackedSeq ?? 0, state.ackedSeq),
  }
  if (at >= 0) known[at] = better
  else known.push(better)
  return known
}

interface Salvage {
  readonly target: Connection
  readonly epochs: readonly EpochRow[]
  /** Old ordinal -> new one. */
  readonly ordinals: ReadonlyMap<number, number>
}

/** Copies what is whole and not acknowledged; returns the numbers taken, by new ordinal. */
async function copyActivities(source: Connection, { target, epochs, ordinals }: Salvage): Promise<Map<number, { first: number; last: number }[]>> {
  const taken = new Map<number, { first: number; last: number }[]>()
  const acked = new Map(epochs.map((row) => [row.ordinal, row.ackedSeq]))
  let highest = 0
  const take = async (rows: readonly ActivityRow[]): Promise<void> => {
    const whole = rows.flatMap((row): ActivityRow[] => {
      const ordinal = ordinals.get(ordinalOf(row.id))
      const seq = seqOf(row.id)
      if (ordinal === undefined || seq <= (acked.get(ordinal) ?? 0) || !(row.body instanceof Uint8Array) || row.sum !== bodySum(seq, row.body)) return []
      return [{ id: idOf(ordinal, seq), sum: row.sum, body: row.body }]
    })
    for (const { id } of whole) {
      const ranges = taken.get(ordinalOf(id)) ?? []
      const last = ranges.at(-1)
      if (last !== undefined && last.last + 1 === seqOf(id)) last.last = seqOf(id)
      else if (last !== undefined && last.first - 1 === seqOf(id)) last.first = seqOf(id)
      else ranges.push({ first: seqOf(id), last: seqOf(id) })
      taken.set(ordinalOf(id), ranges)
    }
    if (whole.length > 0) await target.run(INSERT_ACTIVITIES.replace('INSERT INTO', 'INSERT OR IGNORE INTO'), ...activityParameters(whole))
  }
  for await (const rows of readable(source, 'up', 0)) {
    await take(rows)
    highest = rows.at(-1)?.id ?? highest
  }
  // Past a hole in the middle, from the other end.
  for await (const rows of readable(source, 'down', highest)) await take(rows)
  return taken
}

async function salvageInto(target: Connection, { path, state, now, log }: RecoveryDeps, old: Connection | undefined): Promise<string> {
  const ignored = (error: unknown): { rows: never[] } => {
    log.warn({ err: error }, 'a table of the old spool cannot be read')
    return { rows: [] }
  }
  const oldEpochs = old === undefined ? [] : (await readEpochs(old).catch(ignored)).rows
  const oldGaps = old === undefined ? [] : (await readGaps(old).catch(ignored)).rows
  const known = knownEpochs(oldEpochs, state)
  const base = Math.max(0, ...known.map((row) => row.ordinal))
  // New ordinals in the old order, so that two epochs can never share one.
  const epochs = known.map((row, index) => ({ ...row, ordinal: base + 1 + index }))
  const ordinals = new Map(epochs.flatMap((row, index): [number, number][] => [[known[index]?.ordinal ?? 0, row.ordinal]]).toReversed())
  const current: EpochRow = { ordinal: base + 1 + epochs.length, epoch: newEpoch(), lastSeq: 0, ackedSeq: 0, dropped: epochs.at(-1)?.dropped ?? 0 }
  await target.exec('BEGIN')
  const taken = old === undefined ? new Map<number, { first: number; last: number }[]>() : await copyActivities(old, { target, epochs, ordinals })
  const sql = [putEpochSql(current)]
  for (const row of epochs) {
    const gaps = oldGaps.flatMap((gap): GapRow[] => (ordinals.get(gap.ordinal) === row.ordinal && gap.last > row.ackedSeq ? [{ ...gap, ordinal: row.ordinal }] : []))
    const held = taken.get(row.ordinal) ?? []
    const lastSeq = Math.max(row.lastSeq, ...held.map((range) => range.last))
    const lost = holes([...held, ...gaps], row.ackedSeq + 1, lastSeq).map(({ first, last }): GapRow => ({ ordinal: row.ordinal, first, last, reason: 'epoch_abandoned', atMs: now() }))
    if (held.length + gaps.length + lost.length === 0) continue
    sql.push(putEpochSql({ ...row, lastSeq }), ...[...gaps, ...lost].map(putGapSql))
    log.error({ epoch: row.epoch, salvaged: held.reduce((sum, range) => sum + range.last - range.first + 1, 0), lost: lost.reduce((sum, gap) => sum + gap.last - gap.first + 1, 0), path }, 'an epoch of the spool was abandoned')
  }
  await target.exec(`${sql.join('\n')} COMMIT`)
  return current.epoch
}

async function setAside(path: string, now: () => number): Promise<void> {
  const stamp = new Date(now()).toISOString().replaceAll(':', '-')
  let aside = `${path}.damaged-${stamp}`
  for (let copy = 2; (await exists(aside)) || (await exists(`${aside}-wal`)); copy += 1) aside = `${path}.damaged-${stamp}-${copy}`
  for (const suffix of ['', '-wal']) if (await exists(`${path}${suffix}`)) await rename(`${path}${suffix}`, `${aside}${suffix}`)
}

/** Makes a new database from what can be read of the old one, and exchanges them. */
async function rebuild(deps: RecoveryDeps): Promise<void> {
  const { path, now, source } = deps
  await removeDatabase(`${path}.making`)
  const target = await createDatabase(`${path}.making`)
  // A file that cannot even be opened has nothing to salvage.
  const old = (await exists(path)) && (await stat(path)).size > 0 ? await connect(path, 'read').catch(() => undefined) : undefined
  try {
    await salvageInto(target, deps, source ?? old)
  } finally {
    await old?.close()
    await target.close()
  }
  await rename(`${path}.making`, `${path}.new`)
  await setAside(path, now)
  await removeDatabase(path)
  await rename(`${path}.new`, path)
  await syncFolder(path)
}

const removeDatabase = async (path: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(`${path}${suffix}`, { force: true })
}

/**
 * Leaves a whole database at `path` and says what is in it.
 *
 * @throws SPOOL_NEWER_FORMAT, SPOOL_IO
 */
export async function recoverDatabase(deps: RecoveryDeps): Promise<Loaded> {
  const { path, log } = deps
  await removeDatabase(`${path}.making`)
  if (await exists(`${path}.new`)) {
    if (await exists(path)) await removeDatabase(`${path}.new`)
    else {
      // The WAL of the old database must not be replayed into the new one.
      await setAside(path, deps.now)
      await removeDatabase(path)
      await rename(`${path}.new`, path)
    }
  }
  const verdict = await judge(deps)
  if (verdict.kind === 'good') return verdict.loaded
  if (verdict.why !== 'missing' || deps.state !== undefined) log.error({ why: verdict.why }, 'the spool cannot go on as it was; a new epoch begins')
  await rebuild(deps)
  const again = await judge({ path, state: undefined, now: deps.now, log })
  if (again.kind === 'bad') throw new CodedError('SPOOL_IO', {}, { cause: new Error(`a new database is ${again.why}`) })
  return again.loaded
}
