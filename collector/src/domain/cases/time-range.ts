// Times as people and addresses write them: `now`, `now-30d`, `now-1d/d`, `2026-03-01`, `2026-03-01T09:00:00Z`. All in UTC.
//
// Source: the grammar of Grafana's time ranges, without what it adds to the present.

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }
const RELATIVE = /^now(?:-(\d{1,5})([mhdw]))?(?:\/([hdw]))?$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/
const DAY_MS = 86_400_000
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const MONDAY_OFFSET_MS = 3 * DAY_MS

/** For schemas; whether the day exists is asked by parseTime. */
export const TIME_PATTERN = '^(now(-\\d{1,5}[mhdw])?(/[hdw])?|\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2}))?)$'

/** The start of the unit that a time lies in. */
function startOf(ms: number, unit: string): number {
  if (unit === 'w') return Math.floor((ms + MONDAY_OFFSET_MS) / (7 * DAY_MS)) * 7 * DAY_MS - MONDAY_OFFSET_MS
  const size = UNIT_MS[unit] ?? 1
  return Math.floor(ms / size) * size
}

/**
 * @param side  `from`: inclusive, a day or a rounded time means its start. `to`: exclusive, it means the end, so that both ends of a range are in it
 * @returns milliseconds, or undefined for what is no time
 */
export function parseTime(text: string, nowMs: number, side: 'from' | 'to'): number | undefined {
  const relative = RELATIVE.exec(text)
  if (relative !== null) {
    const [, count, unit, rounded] = relative
    const at = nowMs - Number(count ?? 0) * (UNIT_MS[unit ?? ''] ?? 0)
    if (rounded === undefined) return side === 'to' && count === undefined ? nowMs + 1 : at
    return startOf(at, rounded) + (side === 'to' ? (UNIT_MS[rounded] ?? 0) : 0)
  }
  if (!DAY.test(text) && !INSTANT.test(text)) return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) return undefined
  // 2026-02-30 is read as a day of March by some engines, and is none.
  if (new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)).toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined
  return DAY.test(text) && side === 'to' ? at + DAY_MS : at
}
