// Numbers and days in the sentences that explain a score.
import type { Measure } from './indicators.ts'
import type { Day } from './insight.ts'

export const dayText = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit] ?? ''}`
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** An amount in the unit of a measure: `31 files`, `1.2 GiB`; an amount that activities bring themselves has none. */
export const amountText = (amount: number, measure: Measure): string => (measure === 'bytes' ? bytesText(amount) : measure === 'amount' ? String(amount) : plural(amount, measure === 'files' ? 'file' : 'event'))
