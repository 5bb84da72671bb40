// Protection that is off for a while: a short pause of one feature by itself, and several of them gone in one night.
//
//   pause     one protective feature, switched off once, on again within the hour, and nothing beside it for which
//             somebody would want it off: it weighs half. As long as the hour is not over it may still become one.
//   several   three different protections or more switched off or tampered with within twelve hours: points of their own
//
// Sources: ATT&CK T1685 (Impair Defenses): adversaries keep a defence off while they act, and take several away, so that
// none tells of the other. Rules and sizes: docs/adr/0013-pauses-of-protection-and-files-that-stay-inside.md.
import { lowerBound } from './baseline.ts'
import { hashOf, minuteOf } from './distinct-files.ts'
import type { History } from './history.ts'
import { type IndicatorId, indicators } from './indicators.ts'
import type { Insight } from './insight.ts'
import { amountOf } from './thresholds.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What an installation, a test or a look for a fault takes. */
export const PAUSE_MS = HOUR_MS
/** From dusk to dawn: what lies further apart is another occasion. */
export const NIGHT_MS = 12 * HOUR_MS
/** Different protections in one night from which they are no accident, and what they add. */
export const SEVERAL_PROTECTIONS = 3
export const SEVERAL_POINTS = 15

const OFF: IndicatorId = 'protective_feature_disabled'
/** No policy scores it, and its files are needed all the same: they are the features that came back. */
export const FEATURE_RESTORED: IndicatorId = 'protective_feature_restored'
/** Beside any of these within a night a pause is none. */
const NEVER_BESIDE: readonly IndicatorId[] = ['telemetry_tampered', 'security_alert_defence_evasion', 'unwanted_application_installed', 'security_alert_unwanted_software', 'command_history_deleted']
/** Nor within a night of a day on which one of these reached its low threshold, or half of it with events in the hours in which the feature was off: what protection would have seen. Paper and the own shares are not among them. */
const LEAVING: readonly IndicatorId[] = ['copy_to_removable_media', 'copy_to_cloud_sync', 'copy_to_remote_session', 'file_read_by_transfer_tool', 'browser_upload', 'transfer_to_unallowed_domain']
/** What counts as a protection of its own, besides each feature. */
const OTHER_PROTECTIONS: readonly string[] = ['telemetry_tampered', 'security_alert_defence_evasion']

export interface Pause {
  /** After how many minutes it was on again; undefined: it may still be within the hour. */
  readonly minutes?: number
}

const scoredEvents = ({ events, excludedEvents }: Insight): number => events - excludedEvents

/** Insights of an indicator whose days touch a span of time. */
function around({ byIndicator }: History, indicator: string, fromMs: number, toMs: number): readonly Insight[] {
  const entry = byIndicator.get(indicator)
  if (entry === undefined) return []
  const found: Insight[] = []
  for (let at = lowerBound(entry.days, Math.floor(fromMs / DAY_MS)); (entry.days[at] ?? Number.POSITIVE_INFINITY) <= Math.floor(toMs / DAY_MS); at += 1) {
    const insight = entry.insights[at]
    if (insight !== undefined && scoredEvents(insight) > 0 && insight.firstAtMs <= toMs && insight.lastAtMs >= fromMs) found.push(insight)
  }
  return found
}

/** Whether any of its events may lie in a span, by the hours that it keeps. */
function activeWithin({ day, hours }: Insight, fromMs: number, toMs: number): boolean {
  return hours === undefined || hours.some(([hour]) => day * DAY_MS + (hour + 1) * HOUR_MS > fromMs && day * DAY_MS + hour * HOUR_MS <= toMs)
}

/** When a feature was on again after a moment, within a pause; undefined: not seen. */
function restoredAt(history: History, feature: string, offMs: number): number | undefined {
  const times = around(history, FEATURE_RESTORED, offMs, offMs + PAUSE_MS).flatMap((insight) => {
    const entry = insight.files.find((one) => hashOf(one) === feature)
    if (entry === undefined) return []
    const minute = minuteOf(entry)
    // A minute is kept of the first time of the day; of a later one only where there is but one feature.
    return [...(minute === undefined ? [] : [insight.day * DAY_MS + minute * MINUTE_MS + MINUTE_MS - 1]), ...(insight.files.length === 1 ? [insight.lastAtMs] : [])]
  })
  return times.filter((atMs) => atMs >= offMs && atMs - offMs < PAUSE_MS + MINUTE_MS).toSorted((a, b) => a - b)[0]
}

/**
 * Whether a day on which protection was switched off is a short pause of one feature and nothing more.
 *
 * @param insight of `protective_feature_disabled`; others are none
 * @param nowMs absent: the hour is over
 */
export function pauseOf(insight: Insight, history: History, nowMs = Number.POSITIVE_INFINITY): Pause | undefined {
  const [entry] = insight.files
  if (insight.indicator !== OFF || scoredEvents(insight) !== 1 || entry === undefined) return undefined
  const offMs = insight.firstAtMs
  const onMs = restoredAt(history, hashOf(entry), offMs)
  if (onMs === undefined && nowMs - offMs >= PAUSE_MS) return undefined
  const [nightFrom, nightTo] = [offMs - NIGHT_MS, offMs + NIGHT_MS]
  if (around(history, OFF, nightFrom, nightTo).some((other) => other.day !== insight.day)) return undefined
  if (NEVER_BESIDE.some((id) => around(history, id, nightFrom, nightTo).length > 0)) return undefined
  const endMs = onMs ?? offMs + PAUSE_MS
  const left = (id: IndicatorId): boolean => around(history, id, nightFrom, nightTo).some((other) => {
    const { low } = indicators[id].thresholds
    const amount = amountOf(other)
    return amount >= low || (2 * amount >= low && activeWithin(other, offMs, endMs))
  })
  if (LEAVING.some(left)) return undefined
  return onMs === undefined ? {} : { minutes: Math.max(1, Math.floor((onMs - offMs) / MINUTE_MS)) }
}

/** When a user whose protection may still be paused is to be looked at again, with or without news; undefined: no need. */
export function pauseEndsMs(history: History, nowMs: number): number | undefined {
  const last = around(history, OFF, nowMs - PAUSE_MS, nowMs).at(-1)
  const endsMs = last === undefined ? nowMs : last.lastAtMs + PAUSE_MS
  return endsMs > nowMs ? endsMs : undefined
}

export interface SeveralProtections {
  readonly count: number
  readonly insights: readonly Insight[]
}

/** The most different protections that went within one night, from SEVERAL_PROTECTIONS on. @param insights that count, in any order */
export function severalProtections(insights: readonly Insight[]): SeveralProtections | undefined {
  const gone = insights.flatMap((insight): readonly { readonly name: string; readonly atMs: number; readonly insight: Insight }[] => {
    if (OTHER_PROTECTIONS.includes(insight.indicator)) return [{ name: insight.indicator, atMs: insight.firstAtMs, insight }]
    if (insight.indicator !== OFF) return []
    return insight.files.map((entry) => {
      const minute = minuteOf(entry)
      return { name: hashOf(entry), atMs: minute === undefined ? insight.firstAtMs : insight.day * DAY_MS + minute * MINUTE_MS, insight }
    })
  }).toSorted((a, b) => a.atMs - b.atMs || (a.name < b.name ? -1 : 1))
  let best: SeveralProtections | undefined
  for (const [index, { atMs: fromMs }] of gone.entries()) {
    const night = gone.slice(index).filter(({ atMs }) => atMs <= fromMs + NIGHT_MS)
    const count = new Set(night.map(({ name }) => name)).size
    if (count >= SEVERAL_PROTECTIONS && count > (best?.count ?? 0)) best = { count, insights: [...new Set(night.map(({ insight }) => insight))] }
  }
  return best
}
