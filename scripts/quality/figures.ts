// The measures of quality: how well a score tells insiders from others, and what it costs the people who look.

/**
 * Area under the ROC curve: the chance that an insider scores above an innocent user, a tie counting half.
 * Source: Mann and Whitney, 1947.
 *
 * @returns NaN when one of the two is missing
 */
export function rocAuc(insiders: readonly number[], others: readonly number[]): number {
  if (insiders.length === 0 || others.length === 0) return Number.NaN
  const sorted = others.toSorted((a, b) => a - b)
  // Others below, and others below or equal, by bisection.
  const rank = (value: number, equal: boolean): number => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const at = sorted[middle] ?? 0
      if (at < value || (equal && at === value)) low = middle + 1
      else high = middle
    }
    return low
  }
  return insiders.reduce((sum, value) => sum + (rank(value, false) + rank(value, true)) / 2, 0) / (insiders.length * others.length)
}

/**
 * Share of the insiders among the highest users: the top `share` of all of them, rounded up. Who ties with the last
 * place counts by the part of the places that are left for those who tie.
 */
export function shareInTop(insiders: readonly number[], others: readonly number[], share: number): number {
  if (insiders.length === 0) return Number.NaN
  const places = Math.ceil((insiders.length + others.length) * share)
  const line = [...insiders, ...others].toSorted((a, b) => b - a)[places - 1] ?? 0
  const above = (scores: readonly number[]): number => scores.filter((score) => score > line).length
  const at = (scores: readonly number[]): number => scores.filter((score) => score === line).length
  const left = places - above(insiders) - above(others)
  // A score of nothing is no place.
  const tied = line === 0 ? 0 : at(insiders) * Math.min(1, left / Math.max(1, at(insiders) + at(others)))
  return (above(insiders) + tied) / insiders.length
}

export function quantileOf(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? null
}
