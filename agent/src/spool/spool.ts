// The durable queue between the sensors and the uplink.
//
// Files, all 0600 in a folder of 0700:
//   spool.db (-wal, -shm)  the activities, gap records and epochs: format.ts
//   spool.state            epoch, last and acknowledged number, for when the database is gone: state-file.ts
//   spool.lock, spool.pid  one agent per folder: lock.ts
//   spool.db.damaged-*     what was set aside: recovery.ts
//
// Invariants
//   1. append() resolves after its COMMIT was synced (WAL, synchronous=FULL), and numbers follow the order of the calls.
//   2. Within an epoch numbers are 1, 2, 3 … without a hole and never given twice, also when everything was trimmed: the
//      last number stands in the epoch row from the moment that rows are deleted.
//   3. A number that was given ends in one of three ways: trimmed at the collector's watermark, sent for ever, or covered by
//      a gap record that was committed in the same transaction as the deletion.
//   4. What is read is what was committed: read() never looks beyond the last number that was promised.
//   5. Bytes are checked against their CRC before they leave; altered ones become a `record_corrupt` gap.
//
// When `maxBytes` would be passed the oldest activities go, with a `spool_full` gap: the newest say what happens now, and a
// flood cannot make a device blind. When the disk is full or fails nothing goes: append() rejects with SPOOL_IO, the number
// is given to the next one, and callers hold back until space returns. A reserve of free space is left alone by activities,
// so that gap records and trims still find room.
//
// What a crash can leave behind: a group of which no append() resolved may be there as a whole or not at all; trims may be
// undone (the activities are sent again and recognised); spool.state may be some moments old after a power cut.
//
// A number in the collector's watermark that it cannot have from this spool (above what was held at the opening or read
// since) means that the whole folder was rolled back (a restored disk image). The current epoch is then left behind: what
// it holds is sent under its own numbers, so that the collector absorbs what it knows and keeps what contradicts it, and
// new activities get a new epoch.
//
// When the files are removed under the running agent they are read through the descriptors that are still open, and written
// anew under their name; the activities of up to a second before that are saved with the others.
//
// Not handled: a local administrator who edits database and state file together; the collector sees that as a watermark
// that does not fit, or as a conflict of numbers.
import { randomBytes } from 'node:crypto'
import { access, chmod, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_ACTIVITY_BYTES } from '@holdfast/proto'
import { CodedError } from '../errors.ts'
import { type Connection, isDamage } from './connection.ts'
import type { Mark, SpoolContract, SpooledGap, SpooledRun, SpoolFigures } from './contract.ts'
import { appended, begin, corrupted, currentOf, type Draft, dropped, type HeldRow, renewed, type Totals, trimmed } from './draft.ts'
import { activityParameters, type ActivityRow, bodySum, dropMarksSql, FIRST_SCHEMA, idOf, INSERT_ACTIVITIES, type Loaded, ordinalOf, putMarksSql, RECORD_OVERHEAD_BYTES, seqOf } from './format.ts'
import { type FolderLock, lockFolder } from './lock.ts'
import { closeInOrder, openDatabase } from './open-database.ts'
import type { RecoveryLog } from './recovery.ts'
import { createSpaceGuard, type SpaceGuard, SpoolGone } from './space.ts'
import { openStateFile, type StateFile } from './state-file.ts'

export interface SpoolLog extends RecoveryLog {
  info(object: object, message: string): void
}

export interface SpoolOptions {
  /** Made when it is not there. */
  readonly folder: string
  /** Cap on bodies and their overhead; at least MIN_SPOOL_BYTES is used. The files take about a tenth more, and up to 20 MiB of WAL. */
  readonly maxBytes: number
  readonly now: () => number
  readonly log: SpoolLog
}

export interface Spool extends SpoolContract {
  /** Changes the cap; resolves when what does not fit any more was dropped, with its gap record. @throws SPOOL_IO */
  setMaxBytes(bytes: number): Promise<void>
}

export const MIN_SPOOL_BYTES = 8 * (MAX_ACTIVITY_BYTES + RECORD_OVERHEAD_BYTES)
/** Most of one transaction: keeps a single commit within some milliseconds and the memory for it small. */
const GROUP_RECORDS = 4000
const GROUP_BYTES = 4 * 1024 * 1024
/** Pages given back to the file system per trim, once the spool has shrunk to half of what it was. */
const VACUUM_PAGES = 2048
const VACUUM_FROM_BYTES = 8 * 1024 * 1024
/** Marks at once: what nobody can sort any more keeps its order. The highest rank finds room for as many again. */
export const MAX_MARKS = 16_384
const TOP_RANK = 3

interface Waiting {
  readonly bytes: Uint8Array
  readonly rank: number
  readonly resolve: (seq: number) => void
  readonly reject: (error: unknown) => void
}

/** Work of the writer besides appending. */
interface Chore {
  readonly plan: (draft: Draft) => Promise<Draft>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface Limits {
  readonly maxActivities: number
  readonly maxBytes: number
}

interface MarkRow {
  readonly id: number
  readonly rank: number
}

interface OpenedMarks {
  readonly rows: readonly MarkRow[]
  readonly kept: boolean
}

const noTotals: Totals = { count: 0, bodyBytes: 0 }

class SqliteSpool implements Spool {
  readonly #options: SpoolOptions
  readonly #path: string
  #lock: FolderLock
  #stateFile: StateFile
  #writer: Connection
  #reader: Connection
  #state: Loaded
  #maxBytes: number
  #appends: Waiting[] = []
  #chores: Chore[] = []
  #running: Promise<void> | undefined
  #closing: Promise<void> | undefined
  #waiters = new Set<() => void>()
  /** A sync failed: what lies in the WAL is written out again before anything is promised on top of it. */
  #suspect = false
  /** The database was found damaged, and a new one could not be made yet. */
  #broken = false
  #stateFileFails = false
  /** Epoch -> highest number that was read since the opening. */
  readonly #handedOut = new Map<string, number>()
  /** The epoch that was current at the opening, and its last number: only that one can have had another life. */
  readonly #opened: { readonly epoch: string; readonly lastSeq: number }
  /** Epochs that turned out to be rolled back: the collector's watermark speaks of other activities under their numbers. */
  readonly #rolledBack = new Set<string>()
  readonly #space: SpaceGuard
  /** Rising; of the epoch that is current, and of earlier ones until they are looked at again. */
  #marks: MarkRow[] = []
  /** There is a table for them. */
  #keepsMarks = false
  #peakBytes: number

  constructor(options: SpoolOptions, parts: { readonly path: string; readonly lock: FolderLock; readonly stateFile: StateFile; readonly writer: Connection; readonly reader: Connection; readonly state: Loaded; readonly marks: OpenedMarks }) {
    this.#options = options
    this.#path = parts.path
    this.#lock = parts.lock
    this.#stateFile = parts.stateFile
    this.#writer = parts.writer
    this.#reader = parts.reader
    this.#state = parts.state
    this.#takeMarks(parts.marks)
    this.#opened = currentOf(parts.state)
    this.#maxBytes = Math.max(MIN_SPOOL_BYTES, options.maxBytes)
    this.#peakBytes = parts.state.bytes
    this.#space = createSpaceGuard(parts.path)
  }

  get epoch(): string {
    return currentOf(this.#state).epoch
  }

  append(bytes: Uint8Array, rank = 0): Promise<number> {
    if (bytes.length > MAX_ACTIVITY_BYTES) return Promise.reject(new CodedError('SPOOL_RECORD_TOO_LARGE', { size: bytes.length, limit: MAX_ACTIVITY_BYTES }))
    if (bytes.length === 0) return Promise.reject(new CodedError('SPOOL_RECORD_EMPTY'))
    if (this.#closing !== undefined) return Promise.reject(new CodedError('SPOOL_CLOSED'))
    return new Promise((resolve, reject) => {
      this.#appends.push({ bytes, rank, resolve, reject })
      this.#wake()
    })
  }

  marked(beyond: number): readonly Mark[] {
    const { ordinal, ackedSeq } = currentOf(this.#state)
    const floor = idOf(ordinal, Math.max(beyond, ackedSeq))
    // Asked for the newest most of the time.
    let at = this.#marks.length
    while (at > 0 && (this.#marks[at - 1]?.id ?? 0) > floor) at -= 1
    return this.#marks.slice(at).map(({ id, rank }) => ({ seq: seqOf(id), rank }))
  }

  async read(fromSeq: number, limits: Limits): Promise<SpooledRun | undefined> {
    const { ordinal, epoch, lastSeq } = currentOf(this.#state)
    const found = await this.#readRun(idOf(ordinal, Math.max(1, fromSeq)), idOf(ordinal, lastSeq), limits)
    return found === undefined || this.epoch !== epoch ? undefined : this.#handOut({ epoch, ...found })
  }

  async readEarlier(after: { readonly epoch: string; readonly seq: number } | undefined, limits: Limits): Promise<SpooledRun | undefined> {
    const earlier = this.#state.epochs.slice(0, -1)
    const at = after === undefined ? 0 : Math.max(0, earlier.findIndex((row) => row.epoch === after.epoch))
    for (const row of earlier.slice(at)) {
      const from = row.epoch === after?.epoch ? after.seq + 1 : 1
      const found = await this.#readRun(idOf(row.ordinal, from), idOf(row.ordinal + 1, 0) - 1, limits)
      if (found !== undefined) return this.#handOut({ epoch: row.epoch, ...found })
    }
    return undefined
  }

  gaps(): Promise<readonly SpooledGap[]> {
    const names = new Map(this.#state.epochs.map((row) => [row.ordinal, row.epoch]))
    return Promise.resolve(this.#state.gaps.map((gap) => ({ firstSeq: gap.first, lastSeq: gap.last, reason: gap.reason, atMs: gap.atMs, epoch: names.get(gap.ordinal) ?? this.epoch })))
  }

  trim(epoch: string, committedSeq: number): Promise<void> {
    return this.#chore(async (draft) => {
      const row = draft.state.epochs.find((known) => known.epoch === epoch)
      if (row === undefined) return draft
      const current = currentOf(draft.state)
      // Also when more was appended meanwhile than the roll-back had taken away: what nobody read cannot be with the collector.
      const known = this.#opened.epoch === epoch && this.#opened.lastSeq > 0
        ? Math.max(this.#opened.lastSeq, this.#handedOut.get(epoch) ?? 0, ...draft.state.gaps.filter((gap) => gap.ordinal === row.ordinal).map((gap) => gap.last))
        : row.lastSeq
      if (row === current && committedSeq > known) {
        this.#options.log.error({ epoch, lastSeq: row.lastSeq, committedSeq }, 'the collector knows later numbers than the spool, which was rolled back; a new epoch begins')
        const { count } = await this.#totals(idOf(row.ordinal, 0), idOf(row.ordinal + 1, 0) - 1)
        this.#handedOut.delete(epoch)
        this.#rolledBack.add(epoch)
        return renewed(draft, randomBytes(16).toString('hex'), count)
      }
      const upTo = await this.#committed(row, committedSeq)
      const totals = await this.#totals(idOf(row.ordinal, 0), idOf(row.ordinal, upTo))
      const nothing = totals.count === 0 && upTo <= row.ackedSeq && !draft.state.gaps.some((gap) => gap.ordinal === row.ordinal && gap.last <= upTo)
      if (nothing) return draft
      const held = row === current ? 1 : (await this.#totals(idOf(row.ordinal, upTo + 1), idOf(row.ordinal + 1, 0) - 1)).count
      const next = trimmed(draft, row, upTo, totals, held)
      const [first, last] = [idOf(row.ordinal, 0), idOf(row.ordinal, upTo)]
      return this.#keepsMarks && this.#marks.some(({ id }) => id <= last) ? { ...next, sql: [...next.sql, dropMarksSql(first, last)] } : next
    })
  }

  /** How far a watermark may be believed: in a rolled-back epoch only as far as what is held was read again. */
  async #committed({ ordinal, epoch }: { readonly ordinal: number; readonly epoch: string }, committedSeq: number): Promise<number> {
    if (!this.#rolledBack.has(epoch)) return committedSeq
    const read = this.#handedOut.get(epoch) ?? 0
    const unread = await this.#totals(idOf(ordinal, read + 1), idOf(ordinal + 1, 0) - 1)
    return unread.count === 0 ? committedSeq : Math.min(committedSeq, read)
  }

  #handOut(run: SpooledRun): SpooledRun {
    this.#handedOut.set(run.epoch, Math.max(this.#handedOut.get(run.epoch) ?? 0, run.firstSeq + run.activities.length - 1))
    return run
  }

  setMaxBytes(bytes: number): Promise<void> {
    this.#maxBytes = Math.max(MIN_SPOOL_BYTES, bytes)
    // What is too much goes with every commit; this one has no other purpose.
    return this.#chore((draft) => Promise.resolve(draft))
  }

  figures(): SpoolFigures {
    const { epoch, lastSeq, ackedSeq, dropped: lost } = currentOf(this.#state)
    return { epoch, lastSeq, ackedSeq, firstHeldSeq: Math.min(this.#state.firstHeldSeq, lastSeq + 1), bytes: this.#state.bytes, maxBytes: this.#maxBytes, dropped: lost }
  }

  waitBeyond(seq: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || currentOf(this.#state).lastSeq > seq) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        if (!signal.aborted && currentOf(this.#state).lastSeq <= seq) return
        this.#waiters.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#waiters.add(done)
      signal.addEventListener('abort', done)
    })
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#running
      await this.#writeState(0, true)
      const settled = [...(await closeInOrder([this.#reader, this.#writer])), ...(await Promise.allSettled([this.#stateFile.close(), this.#lock.release()]))]
      for (const row of settled) if (row.status === 'rejected') this.#options.log.warn({ err: row.reason as unknown }, 'the spool was not closed cleanly; nothing that was promised is lost')
    })()
    return this.#closing
  }

  #chore(plan: Chore['plan']): Promise<void> {
    if (this.#closing !== undefined) return Promise.reject(new CodedError('SPOOL_CLOSED'))
    return new Promise((resolve, reject) => {
      this.#chores.push({ plan, resolve, reject })
      this.#wake()
    })
  }

  #wake(): void {
    this.#running ??= this.#write()
  }

  /** The only writer: one commit after the other, each with everything that came meanwhile. */
  async #write(): Promise<void> {
    // Calls of one turn of the event loop go together.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#appends.length + this.#chores.length > 0) {
      await this.#writeGroup(this.#chores.splice(0), this.#takeGroup())
      if (this.#appends.length + this.#chores.length === 0) await this.#writeState(0, false)
    }
    this.#running = undefined
  }

  async #writeGroup(chores: readonly Chore[], group: readonly Waiting[]): Promise<void> {
    try {
      if (this.#broken) await this.#startOver()
      const first = await this.#commit(chores, group).catch(async (error: unknown) => {
        if (!isDamage(error) && !(error instanceof SpoolGone)) throw error
        this.#options.log.error({ err: error }, 'the spool database is damaged')
        await this.#startOver()
        return this.#commit(chores, group)
      })
      for (const [index, waiting] of group.entries()) waiting.resolve(first + index)
      for (const chore of chores) chore.resolve()
      for (const waiter of this.#waiters) waiter()
    } catch (cause) {
      const error = new CodedError('SPOOL_IO', {}, { cause })
      for (const waiting of [...group, ...chores]) waiting.reject(error)
    }
  }

  #takeGroup(): Waiting[] {
    const most = Math.min(GROUP_BYTES, this.#maxBytes / 4)
    let bytes = 0
    let count = 0
    for (const waiting of this.#appends) {
      bytes += waiting.bytes.length + RECORD_OVERHEAD_BYTES
      if (count > 0 && (count >= GROUP_RECORDS || bytes > most)) break
      count += 1
    }
    return this.#appends.splice(0, count)
  }

  /** @returns the number of the first activity of the group */
  async #commit(chores: readonly Chore[], group: readonly Waiting[]): Promise<number> {
    if (this.#suspect) {
      // What a failed commit may have left was refused to its callers, so its numbers are free.
      const { ordinal, lastSeq } = currentOf(this.#state)
      await this.#writer.exec(`PRAGMA wal_checkpoint(FULL); DELETE FROM activity WHERE id > ${idOf(ordinal, lastSeq)}`)
      this.#suspect = false
    }
    const added: Totals = group.reduce((sum, { bytes }) => ({ count: sum.count + 1, bodyBytes: sum.bodyBytes + bytes.length }), noTotals)
    if (group.length > 0) await this.#space.need(added.bodyBytes)
    let draft = begin(this.#state)
    for (const chore of chores) draft = await chore.plan(draft)
    draft = await this.#makeRoom(draft, added)
    const { ordinal, lastSeq } = currentOf(draft.state)
    const rows = group.map(({ bytes }, index): ActivityRow => ({ id: idOf(ordinal, lastSeq + 1 + index), sum: bodySum(lastSeq + 1 + index, bytes), body: bytes }))
    const marks = this.#marksOf(group, idOf(ordinal, lastSeq + 1))
    if (group.length > 0) await this.#writeState(group.length, false)
    try {
      await this.#apply(marks.length === 0 || !this.#keepsMarks ? draft.sql : [...draft.sql, putMarksSql(marks)], rows)
    } catch (error) {
      this.#suspect ||= !isDamage(error)
      throw error
    }
    const isNewEpoch = this.epoch !== currentOf(draft.state).epoch
    this.#state = appended(draft.state, added)
    if (marks.length > 0) this.#marks.push(...marks)
    if (this.#marks.length > 0) this.#forgetMarks()
    if (isNewEpoch) await this.#writeState(0, true)
    if (draft.sql.length > 0) await this.#giveBack()
    return lastSeq + 1
  }

  /** @param firstId of the first of the group */
  #marksOf(group: readonly Waiting[], firstId: number): MarkRow[] {
    const marks: MarkRow[] = []
    for (const [index, { rank }] of group.entries()) {
      if (rank > 0 && this.#marks.length + marks.length < (rank >= TOP_RANK ? 2 * MAX_MARKS : MAX_MARKS)) marks.push({ id: firstId + index, rank })
    }
    return marks
  }

  #takeMarks({ rows, kept }: OpenedMarks): void {
    this.#marks = [...rows]
    this.#keepsMarks = kept
  }

  /** What was trimmed, and what an earlier epoch held. */
  #forgetMarks(): void {
    const { ordinal, ackedSeq } = currentOf(this.#state)
    const floor = idOf(ordinal, ackedSeq)
    const gone = this.#marks.findIndex(({ id }) => id > floor)
    if (gone !== 0) this.#marks = gone < 0 ? [] : this.#marks.slice(gone)
  }

  async #apply(sql: readonly string[], rows: readonly ActivityRow[]): Promise<void> {
    if (sql.length === 0) {
      if (rows.length > 0) await this.#writer.run(INSERT_ACTIVITIES, ...activityParameters(rows))
      return
    }
    try {
      await this.#writer.exec(`BEGIN IMMEDIATE; ${sql.join('\n')}`)
      if (rows.length > 0) await this.#writer.run(INSERT_ACTIVITIES, ...activityParameters(rows))
      await this.#writer.exec('COMMIT')
    } catch (error) {
      // SQLite has rolled back by itself after some failures and not after others.
      await this.#writer.exec('ROLLBACK').catch((problem: unknown) => this.#options.log.info({ err: problem }, 'nothing to roll back'))
      throw error
    }
  }

  async #makeRoom(draft: Draft, added: Totals): Promise<Draft> {
    let next = draft
    let excess = next.state.bytes + added.bodyBytes + added.count * RECORD_OVERHEAD_BYTES - this.#maxBytes
    if (excess <= 0) return next
    const victims: HeldRow[] = []
    let after = 0
    while (excess > 0) {
      const rows = await this.#writer.all<HeldRow>('SELECT id, length(body) AS size FROM activity WHERE id > ? ORDER BY id LIMIT 1000', after)
      // Chores of this draft may have deleted these already.
      const held = rows.filter((row) => !isGone(next.state, row.id))
      for (const row of held) {
        if (excess <= 0) break
        victims.push(row)
        excess -= row.size + RECORD_OVERHEAD_BYTES
      }
      if (rows.length < 1000) break
      after = rows.at(-1)?.id ?? after
    }
    const before = next.state.gaps.length
    next = dropped(next, victims, this.#options.now())
    if (next.state.gaps.length > before) this.#options.log.error({ activities: victims.length, maxBytes: this.#maxBytes }, 'the spool is full; its oldest activities are dropped, and a gap record says so')
    return next
  }

  async #totals(firstId: number, lastId: number): Promise<Totals> {
    return (await this.#writer.get<Totals>('SELECT count(*) AS count, coalesce(sum(length(body)), 0) AS bodyBytes FROM activity WHERE id BETWEEN ? AND ?', firstId, lastId)) ?? noTotals
  }

  async #giveBack(): Promise<void> {
    this.#peakBytes = Math.max(this.#peakBytes, this.#state.bytes)
    if (this.#peakBytes < VACUUM_FROM_BYTES || this.#state.bytes > this.#peakBytes / 2) return
    try {
      await this.#writer.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`)
      this.#peakBytes -= VACUUM_PAGES * 4096
    } catch (error) {
      if (isDamage(error)) throw error
      this.#options.log.warn({ err: error }, 'the spool could not give space back')
    }
  }

  /** @param intended how many numbers the next commit may give */
  async #writeState(intended: number, durable: boolean): Promise<void> {
    const { ordinal, epoch, lastSeq, ackedSeq } = currentOf(this.#state)
    try {
      this.#stateFile.write({ ordinal, epoch, committedSeq: lastSeq, intendedSeq: lastSeq + intended, ackedSeq })
      if (durable) await this.#stateFile.sync()
      this.#stateFileFails = false
    } catch (error) {
      // It only matters when the database is lost as well.
      if (!this.#stateFileFails) this.#options.log.warn({ err: error }, 'spool.state cannot be written')
      this.#stateFileFails = true
    }
  }

  async #readRun(firstId: number, lastId: number, limits: Limits): Promise<Omit<SpooledRun, 'epoch'> | undefined> {
    try {
      for (;;) {
        const rows = await this.#reader.all<ActivityRow>('SELECT id, sum, body FROM activity WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?', firstId, lastId, await this.#fitting(firstId, lastId, limits))
        const [first] = rows
        if (first === undefined) return undefined
        const bad = rows.findIndex((row) => row.sum !== bodySum(seqOf(row.id), row.body))
        if (bad === 0) {
          await this.#markCorrupt(first.id)
          continue
        }
        const whole = bad < 0 ? rows : rows.slice(0, bad)
        const jump = whole.findIndex((row, index) => row.id !== first.id + index)
        return { firstSeq: seqOf(first.id), activities: (jump < 0 ? whole : whole.slice(0, jump)).map((row) => row.body) }
      }
    } catch (error) {
      if (error instanceof CodedError) throw error
      if (!isDamage(error) || this.#closing !== undefined) throw new CodedError('SPOOL_IO', {}, { cause: error })
      // The writer makes a new file; it may not have met the damage yet.
      const broken = this.#state.epochs
      await this.#chore((draft) => (draft.state.epochs === broken ? Promise.reject(error) : Promise.resolve(draft)))
      return undefined
    }
  }

  /** How many rows fit the limits, at least one. */
  async #fitting(firstId: number, lastId: number, { maxActivities, maxBytes }: Limits): Promise<number> {
    if (this.#state.bytes <= maxBytes) return maxActivities
    const sizes = await this.#reader.all<{ size: number }>('SELECT length(body) AS size FROM activity WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?', firstId, lastId, maxActivities)
    let bytes = 0
    const over = sizes.findIndex(({ size }) => (bytes += size) > maxBytes)
    return over < 0 ? maxActivities : Math.max(1, over)
  }

  async #markCorrupt(id: number): Promise<void> {
    await this.#chore(async (draft) => {
      const row = await this.#writer.get<HeldRow>('SELECT id, length(body) AS size FROM activity WHERE id = ?', id)
      if (row === undefined || isGone(draft.state, id)) return draft
      this.#options.log.error({ epoch: draft.state.epochs.find((known) => known.ordinal === ordinalOf(id))?.epoch, seq: seqOf(id) }, 'an activity in the spool is damaged; a gap record replaces it')
      return corrupted(draft, row, this.#options.now())
    })
  }

  /** The file is broken or has lost its name: save what can be read, go on in a new epoch. */
  async #startOver(): Promise<void> {
    this.#broken = true
    const { ordinal, epoch, lastSeq, ackedSeq } = currentOf(this.#state)
    const { now, log } = this.#options
    const old = [this.#reader, this.#writer]
    const nameless = await access(this.#path).then(() => false, () => true)
    // A file without a name can still be read by who has it open, and by nobody else.
    if (nameless) await this.#makeFolderAgain()
    else await closeInOrder(old)
    // Memory knows best what was promised.
    const deps = { path: this.#path, state: { ordinal, epoch, committedSeq: lastSeq, intendedSeq: lastSeq, ackedSeq }, distrusted: true, now, log }
    const { writer, reader, state } = await openDatabase(nameless ? { ...deps, source: this.#writer } : deps)
    this.#state = state
    this.#writer = writer
    this.#reader = reader
    this.#suspect = false
    this.#broken = false
    this.#takeMarks(await openMarks(writer))
    if (nameless) await closeInOrder(old)
    await this.#writeState(0, true)
    for (const waiter of this.#waiters) waiter()
  }

  async #makeFolderAgain(): Promise<void> {
    const { folder } = this.#options
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (await access(join(folder, 'spool.lock')).then(() => false, () => true)) {
      const before = this.#lock
      this.#lock = await lockFolder(folder)
      await before.release()
    }
    await this.#stateFile.close()
    this.#stateFile = await openStateFile(join(folder, 'spool.state'))
  }
}

/** Was this activity deleted by what the draft has planned so far? */
function isGone(state: Loaded, id: number): boolean {
  const row = state.epochs.find((known) => known.ordinal === ordinalOf(id))
  const seq = seqOf(id)
  return row === undefined || seq <= row.ackedSeq || state.gaps.some((gap) => gap.ordinal === row.ordinal && gap.first <= seq && seq <= gap.last)
}

/**
 * Opens the spool of a folder, or makes one, and holds the folder until it is closed.
 *
 * @throws SPOOL_LOCKED with the other agent's pid, SPOOL_NEWER_FORMAT, SPOOL_IO
 */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, now, log } = options
  const path = join(folder, 'spool.db')
  let lock: FolderLock | undefined
  let stateFile: StateFile | undefined
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    lock = await lockFolder(folder)
    stateFile = await openStateFile(join(folder, 'spool.state'))
    const { state, ...pair } = await openDatabase({ path, state: stateFile.before, now, log })
    await writeFirstState(stateFile, state, folder)
    return new SqliteSpool(options, { path, lock, stateFile, ...pair, state, marks: await openMarks(pair.writer) })
  } catch (error) {
    await stateFile?.close()
    await lock?.release()
    throw error instanceof CodedError ? error : new CodedError('SPOOL_IO', {}, { cause: error })
  }
}

/** Marks of activities that are held, rising. Made on the way where an earlier release has left none. */
async function openMarks(writer: Connection): Promise<OpenedMarks> {
  try {
    await writer.exec(FIRST_SCHEMA)
    return { kept: true, rows: await writer.all<MarkRow>('SELECT first.id, first.rank FROM first JOIN activity ON activity.id = first.id ORDER BY first.id') }
  } catch {
    // A full or failing disk: the activities are what counts, and they go in their order.
    return { kept: false, rows: [] }
  }
}

/** Before the first append, so that a database that vanishes is always noticed. */
async function writeFirstState(stateFile: StateFile, state: Loaded, folder: string): Promise<void> {
  const { ordinal, epoch, lastSeq, ackedSeq } = currentOf(state)
  stateFile.write({ ordinal, epoch, committedSeq: lastSeq, intendedSeq: lastSeq, ackedSeq })
  await stateFile.sync()
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
