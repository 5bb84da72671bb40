// Times come as UTC and are shown in the zone that the reader chose; the zone is always printed somewhere near.
import { language, type Language } from './language.ts'

/** `browser` or an IANA name. */
export type ZoneChoice = string

/** IANA name of a choice. */
export const zoneName = (choice: ZoneChoice): string => (choice === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : choice)

const parts = (at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): Record<string, string> =>
  Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options }).formatToParts(at).map(({ type, value }) => [type, value]))

const dayOf: Readonly<Record<Language, (year: string, month: string, day: string) => string>> = { en: (year, month, day) => `${year}-${month}-${day}`, de: (year, month, day) => `${day}.${month}.${year}` }

/** `2026-11-23 09:00`, in German `23.11.2026 09:00`; with seconds on demand. An unreadable instant comes back as it is. */
export const formatInstant = (iso: string, timeZone: string, withSeconds = false): string => {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const p = parts(at, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return `${dayOf[language()](p['year'] ?? '', p['month'] ?? '', p['day'] ?? '')} ${p['hour']}:${p['minute']}${withSeconds ? `:${p['second']}` : ''}`
}

/** A day that came as `2026-11-23`, as the language writes it. */
export const formatDay = (day: string): string => {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  return year === undefined || month === undefined || date === undefined ? day : dayOf[language()](year, month, date)
}

/** `UTC+01:00`, the offset of now. */
export const zoneOffset = (timeZone: string, now: Date): string => {
  const offset = parts(now, timeZone, { timeZoneName: 'longOffset' })['timeZoneName'] ?? 'GMT'
  return offset === 'GMT' || offset === 'GMT+00:00' ? 'UTC' : offset.replace('GMT', 'UTC')
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]]

/** `5 minutes ago`. */
export const formatAgo = (iso: string, nowMs: number, locale: string = language()): string => {
  const secs = Math.round((new Date(iso).getTime() - nowMs) / 1000)
  if (Number.isNaN(secs)) return iso
  const [unit, size] = UNITS.find(([, unitSecs]) => Math.abs(secs) >= unitSecs) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(secs / size), unit)
}

const DURATION_UNITS: Readonly<Record<Language, { readonly day: string; readonly hour: string }>> = { en: { day: 'd', hour: 'h' }, de: { day: 'T', hour: 'Std.' } }

/** `3 h 12 min`, in German `3 Std. 12 min`; the two largest units. */
export const formatDuration = (totalSecs: number): string => {
  const { day, hour } = DURATION_UNITS[language()]
  const secs = Math.max(0, Math.round(totalSecs))
  const days = Math.floor(secs / 86_400)
  const hours = Math.floor((secs % 86_400) / 3600)
  const minutes = Math.floor((secs % 3600) / 60)
  if (days > 0) return `${days} ${day} ${hours} ${hour}`
  if (hours > 0) return `${hours} ${hour} ${minutes} min`
  if (minutes > 0) return `${minutes} min ${secs % 60} s`
  return `${secs} s`
}

/** `2026-11-23`, the UTC day. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `Mon`, in German `Mo`. @param day 0 Sunday to 6 Saturday; 4 January 1970 was a Sunday */
export const formatWeekday = (day: number): string => new Intl.DateTimeFormat(language(), { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(1970, 0, 4 + day))
