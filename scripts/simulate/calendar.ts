// Days and working hours of the simulated organisation. Offsets are fixed: nobody's clock is moved in spring.

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
export const MINUTE_MS = 60_000

export interface Country {
  readonly code: string
  readonly share: number
  readonly offsetMs: number
  /** `MM-DD` */
  readonly holidays: readonly string[]
}

export const countries: readonly Country[] = [
  { code: 'DE', share: 0.55, offsetMs: HOUR_MS, holidays: ['01-01', '05-01', '10-03', '12-25', '12-26'] },
  { code: 'GB', share: 0.15, offsetMs: 0, holidays: ['01-01', '05-04', '08-31', '12-25', '12-28'] },
  { code: 'US', share: 0.2, offsetMs: -5 * HOUR_MS, holidays: ['01-01', '05-25', '07-03', '09-07', '11-26', '12-25'] },
  { code: 'IN', share: 0.1, offsetMs: 5.5 * HOUR_MS, holidays: ['01-26', '08-15', '10-02', '11-09', '12-25'] },
]

export const isoDay = (dayMs: number): string => new Date(dayMs).toISOString().slice(0, 10)

/** Whether people of a country work on the day that begins at this moment (UTC midnight stands for the local day). */
export function isWorkday(dayMs: number, country: Country): boolean {
  const date = new Date(dayMs)
  const weekday = date.getUTCDay()
  return weekday !== 0 && weekday !== 6 && !country.holidays.includes(date.toISOString().slice(5, 10))
}
