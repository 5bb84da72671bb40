// Gap records as the spool keeps them: few, sorted by nobody, neighbours of one reason grown together.
import type { SpooledGap } from './contract.ts'

export interface GapRow {
  readonly ordinal: number
  readonly first: number
  readonly last: number
  readonly reason: SpooledGap['reason']
  readonly atMs: number
}

/**
 * Adds a gap and joins it with neighbours of the same epoch and reason; the earliest time stays.
 *
 * @returns the rows afterwards, those that went, and the one that came
 */
export function addGap(rows: readonly GapRow[], gap: GapRow): { readonly rows: readonly GapRow[]; readonly removed: readonly GapRow[]; readonly added: GapRow } {
  const removed = rows.filter((row) => row.ordinal === gap.ordinal && row.reason === gap.reason && row.last + 1 >= gap.first && row.first <= gap.last + 1)
  const added = removed.reduce((joined, row) => ({ ...joined, first: Math.min(joined.first, row.first), last: Math.max(joined.last, row.last), atMs: Math.min(joined.atMs, row.atMs) }), gap)
  return { rows: [...rows.filter((row) => !removed.includes(row)), added], removed, added }
}

/** The parts of first..last that no range of `held` covers. `held` need not be sorted. */
export function holes(held: readonly { readonly first: number; readonly last: number }[], first: number, last: number): { readonly first: number; readonly last: number }[] {
  const out: { first: number; last: number }[] = []
  let next = first
  for (const range of held.toSorted((a, b) => a.first - b.first)) {
    if (range.last < next) continue
    if (range.first > last) break
    if (range.first > next) out.push({ first: next, last: range.first - 1 })
    next = range.last + 1
  }
  if (next <= last) out.push({ first: next, last })
  return out
}
