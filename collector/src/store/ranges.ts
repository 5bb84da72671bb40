// Sets of sequence numbers as sorted, disjoint, closed ranges.

export interface Range {
  readonly first: number
  readonly last: number
}

/** Union with one more range; neighbours grow together. */
export function addRange(ranges: readonly Range[], added: Range): Range[] {
  const out: Range[] = []
  let { first, last } = added
  for (const range of ranges) {
    if (range.last + 1 < first) out.push(range)
    else if (range.first > last + 1) out.push(range)
    else {
      first = Math.min(first, range.first)
      last = Math.max(last, range.last)
    }
  }
  out.push({ first, last })
  return out.toSorted((a, b) => a.first - b.first)
}

/** What of a range no other range holds. */
export function uncovered(ranges: readonly Range[], wanted: Range): Range[] {
  const out: Range[] = []
  let next = wanted.first
  for (const range of ranges) {
    if (range.last < next) continue
    if (range.first > wanted.last) break
    if (range.first > next) out.push({ first: next, last: range.first - 1 })
    next = Math.max(next, range.last + 1)
  }
  if (next <= wanted.last) out.push({ first: next, last: wanted.last })
  return out
}

/** Highest number such that 1 to it are all held; 0 when 1 is not. */
export function contiguous(ranges: readonly Range[]): number {
  let reached = 0
  for (const range of ranges) {
    if (range.first > reached + 1) break
    reached = Math.max(reached, range.last)
  }
  return reached
}

export const holds = (ranges: readonly Range[], value: number): boolean => ranges.some((range) => range.first <= value && value <= range.last)
