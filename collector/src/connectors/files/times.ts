// The times that outside files write, as milliseconds since 1970 UTC.
//
//   2019-04-23T15:18:02.4675041+05:30   ISO 8601 with any number of fraction digits; the zone as Z, +05:30, +0530 or +05
//   2019-04-23T15:18:02                 no zone: UTC
//   2019-04-23 15:18[:02]               a space for the T, seconds left out
//   2019-04-23                          midnight UTC
//   20190423151802Z                     generalised time of LDAP
//   4/23/2019 3:18:02 PM                only where the order of day and month was set: 4/5/2019 is two different days

/** How `4/5/2019` is read; `iso` refuses it. */
export type DateOrder = 'iso' | 'mdy' | 'dmy'

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/
const GENERALISED = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?([Zz]|[+-]\d{4})?)?$/
const SLASHED = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([AaPp][Mm])?)?$/
const MINUTE_MS = 60_000
/** Nothing of what is imported happened before or will happen after. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2199

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === '' || zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || '0')
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly fraction: string
  readonly zone: string | undefined
}

function toMs({ year, month, day, hour, minute, second, fraction, zone }: Parts): number | undefined {
  const offset = zoneMinutes(zone)
  if (offset === undefined || year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return undefined
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0')))
  const date = new Date(ms)
  // Date.UTC moves the 30th of February on to March.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const at = ms - offset * MINUTE_MS
  return at < 0 ? undefined : at
}

function slashed(text: string, order: 'mdy' | 'dmy'): number | undefined {
  const found = SLASHED.exec(text)
  if (found === null) return undefined
  const [, one = '', two = '', year = '', hourText = '0', minute = '0', second = '0', fraction = '', half] = found
  const hour = Number(hourText)
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  return toMs({ year: Number(year), month: Number(order === 'mdy' ? one : two), day: Number(order === 'mdy' ? two : one), hour: hours, minute: Number(minute), second: Number(second), fraction, zone: undefined })
}

/** @returns undefined when the text is no time of the forms above, or no day of the calendar */
export function parseInstant(text: string, order: DateOrder = 'iso'): number | undefined {
  const trimmed = text.trim()
  const found = ISO.exec(trimmed) ?? GENERALISED.exec(trimmed)
  if (found === null) return order === 'iso' ? undefined : slashed(trimmed, order)
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone] = found
  return toMs({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second), fraction, zone })
}

export const dayOfMs = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
