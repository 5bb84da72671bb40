// A directory that goes wrong must not switch everybody off one request at a time: what SCIM switches off within a
// window that slides is held against the same ceiling as a file.
//
// Kept as one setting, `[[atMs, count], …]`, in the transaction of the change itself: what is refused is not counted, and
// a directory that tries again passes by itself once the window has moved on or a person has confirmed.
import { CodedError } from '../../errors.ts'
import type { StoreWriter } from '../../store/store.ts'
import { parseInstant } from '../files/times.ts'

const HOUR_MS = 3_600_000
const OFF_SETTING = 'connector:directory:scim-off'
const SETTINGS = 'connector:directory'
const PERCENT = 10
const WINDOW_HOURS = 24
/** With fewer people than this, one or two of them are always more than a tenth. */
const FROM_PEOPLE = 10
/** A confirmation that never ends would be none. */
export const CONFIRMED_AT_MOST_MS = 7 * 24 * HOUR_MS

export interface ScimCeilingSettings {
  readonly scimOffPercent?: number
  readonly scimOffWindowHours?: number
  /** ISO 8601. */
  readonly scimOffConfirmedUntil?: string
}

export interface ScimChange {
  /** Accounts that this request switches off. */
  readonly off: number
  /** People known before it. */
  readonly people: number
  readonly nowMs: number
}

/** Counts what a request switches off, and refuses it where that is too much. @throws CONNECTOR_SCIM_CEILING, with which the transaction ends */
export async function assertScimCeiling(tx: StoreWriter, { off, people, nowMs }: ScimChange): Promise<void> {
  if (off === 0) return
  const text = await tx.setting(SETTINGS)
  const { scimOffPercent = PERCENT, scimOffWindowHours = WINDOW_HOURS, scimOffConfirmedUntil } = text === undefined ? {} : (JSON.parse(text) as ScimCeilingSettings)
  const before = (JSON.parse((await tx.setting(OFF_SETTING)) ?? '[]') as readonly (readonly [number, number])[]).filter(([atMs]) => atMs > nowMs - scimOffWindowHours * HOUR_MS)
  const count = before.reduce((sum, [, own]) => sum + own, off)
  const untilMs = scimOffConfirmedUntil === undefined ? 0 : parseInstant(scimOffConfirmedUntil) ?? 0
  const confirmed = nowMs < untilMs && untilMs <= nowMs + CONFIRMED_AT_MOST_MS
  if (!confirmed && people >= FROM_PEOPLE && count > (people * scimOffPercent) / 100) {
    throw new CodedError('CONNECTOR_SCIM_CEILING', { count, people, hours: scimOffWindowHours, percent: Math.round((count / people) * 100), limit: scimOffPercent })
  }
  // What was confirmed is settled: the next window begins without it.
  await tx.saveSetting(OFF_SETTING, JSON.stringify(confirmed ? [] : [...before, [nowMs, off]]))
}
