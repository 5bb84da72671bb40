import { language } from './language.ts'

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** `1.5 MiB`, in German `1,5 MiB`; powers of 1024, one digit below ten. */
export const formatBytes = (bytes: number): string => {
  if (!Number.isFinite(bytes) || bytes < 0) return '–'
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), BINARY.length - 1)
  const value = bytes / 1024 ** power
  const digits = power > 0 && value < 10 ? 1 : 0
  return `${formatDecimal(value, digits)} ${BINARY[power]}`
}

/** A number with so many digits behind the point, and no mark between thousands. */
export const formatDecimal = (value: number, digits: number): string => new Intl.NumberFormat(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }).format(value)

/** `12,345` in the reader's language. */
export const formatCount = (count: number): string => new Intl.NumberFormat(language()).format(count)

/** `+25`, `−8`, `+12.5`: points always show their sign. */
export const formatPoints = (points: number): string => {
  const rounded = Math.abs(Math.round(points * 10) / 10)
  return `${points < 0 && rounded > 0 ? '−' : '+'}${formatDecimal(rounded, Number.isInteger(rounded) ? 0 : 1)}`
}
