// One change of the spool, thought through before it is written: the statements, and what memory says after the commit.
//
// A draft that fails is thrown away; the state that it started from stays true.
import type { Loaded } from './format.ts'
import { dropGapSql, type EpochRow, idOf, ordinalOf, putEpochSql, putGapSql, RECORD_OVERHEAD_BYTES, seqOf } from './format.ts'
import { addGap, type GapRow } from './gaps.ts'

export interface HeldRow {
  readonly id: number
  /** Bytes of the body. */
  readonly size: number
}

export interface Totals {
  readonly count: number
  readonly bodyBytes: number
}

export interface Draft {
  readonly sql: readonly string[]
  readonly state: Loaded
}

const totalsOf = ({ count, bodyBytes }: Totals) => ({ count, bytes: bodyBytes + count * RECORD_OVERHEAD_BYTES })

export const begin = (state: Loaded): Draft => ({ sql: [], state })

export function currentOf(state: Loaded): EpochRow {
  const row = state.epochs.at(-1)
  if (row === undefined) throw new Error('a spool without an epoch')
  return row
}

const put = (draft: Draft, row: EpochRow): Draft =>
  ({ sql: [...draft.sql, putEpochSql(row)], state: { ...draft.state, epochs: draft.state.epochs.map((old) => (old.ordinal === row.ordinal ? row : old)) } })

function withGap(draft: Draft, gap: GapRow): Draft {
  const { rows, removed, added } = addGap(draft.state.gaps, gap)
  return { sql: [...draft.sql, ...removed.map(dropGapSql), putGapSql(added)], state: { ...draft.state, gaps: rows } }
}

const less = (state: Loaded, totals: Totals): Loaded => ({ ...state, count: state.count - totals.count, bytes: state.bytes - totalsOf(totals).bytes })

/** An earlier epoch of which nothing is held and nothing left to explain is forgotten. */
function forgetIfEmpty(draft: Draft, ordinal: number, held: number): Draft {
  if (held > 0 || ordinal === currentOf(draft.state).ordinal || draft.state.gaps.some((gap) => gap.ordinal === ordinal)) return draft
  return { sql: [...draft.sql, `DELETE FROM epoch WHERE ordinal = ${ordinal};`], state: { ...draft.state, epochs: draft.state.epochs.filter((row) => row.ordinal !== ordinal) } }
}

/** Removes everything up to a number that the collector has committed. @param held how many activities of this epoch stay */
export function trimmed(draft: Draft, row: EpochRow, seq: number, totals: Totals, held: number): Draft {
  const gone = draft.state.gaps.filter((gap) => gap.ordinal === row.ordinal && gap.last <= seq)
  const isCurrent = row.ordinal === currentOf(draft.state).ordinal
  const state = less({ ...draft.state, gaps: draft.state.gaps.filter((gap) => !gone.includes(gap)), firstHeldSeq: isCurrent ? Math.max(draft.state.firstHeldSeq, seq + 1) : draft.state.firstHeldSeq }, totals)
  const next: Draft = { sql: [...draft.sql, `DELETE FROM activity WHERE id BETWEEN ${idOf(row.ordinal, 0)} AND ${idOf(row.ordinal, seq)};`, ...gone.map(dropGapSql)], state }
  return forgetIfEmpty(put(next, { ...row, ackedSeq: Math.max(row.ackedSeq, seq) }), row.ordinal, held)
}

/** Drops the oldest activities and says so; gap records first, in the same transaction. */
export function dropped(draft: Draft, rows: readonly HeldRow[], atMs: number): Draft {
  const last = rows.at(-1)
  if (last === undefined) return draft
  let next = draft
  for (const ordinal of new Set(rows.map((row) => ordinalOf(row.id)))) {
    const seqs = rows.filter((row) => ordinalOf(row.id) === ordinal).map((row) => seqOf(row.id))
    // A hole between them has its own gap record already.
    for (let from = 0; from < seqs.length;) {
      let to = from
      while (to + 1 < seqs.length && seqs[to + 1] === (seqs[to] ?? 0) + 1) to += 1
      next = withGap(next, { ordinal, first: seqs[from] ?? 0, last: seqs[to] ?? 0, reason: 'spool_full', atMs })
      from = to + 1
    }
  }
  const current = currentOf(next.state)
  const state = less(next.state, { count: rows.length, bodyBytes: rows.reduce((sum, row) => sum + row.size, 0) })
  const firstHeldSeq = ordinalOf(last.id) === current.ordinal ? Math.max(state.firstHeldSeq, seqOf(last.id) + 1) : state.firstHeldSeq
  return put({ sql: [...next.sql, `DELETE FROM activity WHERE id <= ${last.id};`], state: { ...state, firstHeldSeq } }, { ...current, dropped: current.dropped + rows.length })
}

/** Replaces one activity whose bytes are not what was written by a gap record. */
export function corrupted(draft: Draft, row: HeldRow, atMs: number): Draft {
  const next = withGap(draft, { ordinal: ordinalOf(row.id), first: seqOf(row.id), last: seqOf(row.id), reason: 'record_corrupt', atMs })
  return put({ sql: [...next.sql, `DELETE FROM activity WHERE id = ${row.id};`], state: less(next.state, { count: 1, bodyBytes: row.size }) }, currentOf(next.state))
}

/** Leaves the current epoch behind, with all that it holds, and begins another. @param held how many activities it holds */
export function renewed(draft: Draft, epoch: string, held: number): Draft {
  const old = currentOf(draft.state)
  const row: EpochRow = { ordinal: old.ordinal + 1, epoch, lastSeq: 0, ackedSeq: 0, dropped: old.dropped }
  const next: Draft = { sql: [...draft.sql, putEpochSql(old), putEpochSql(row)], state: { ...draft.state, epochs: [...draft.state.epochs, row], firstHeldSeq: 1 } }
  return forgetIfEmpty(next, old.ordinal, held)
}

/** What memory says after a group was added; the numbers themselves stand in the rows. */
export function appended(state: Loaded, totals: Totals): Loaded {
  const { count, bytes } = totalsOf(totals)
  const current = currentOf(state)
  return { ...state, count: state.count + count, bytes: state.bytes + bytes, epochs: state.epochs.map((row) => (row === current ? { ...row, lastSeq: row.lastSeq + count } : row)) }
}
