// How carefully a user is to be treated just now: a level with an end, for whatever other system wants to know.
//
// The built-in rules are those that Purview documents for adaptive protection: by alerts (their severity, and whether
// somebody confirmed one) or by insights (how many exfiltration days of which severity). Any condition of a level
// suffices, and the highest level that holds wins. A level lasts lifeDays from the last day on which its rule held; the
// same or a higher one extends it, a lower one waits until it has ended. A person may end it before: what had happened
// by then does not bring it back.
import type { Alert } from '../cases/alert.ts'
import { indicatorRow } from '../risk/indicators.ts'
import { type Day, dayOf, type Insight } from '../risk/insight.ts'
import { type Severity, severityOf } from '../risk/score.ts'
import { amountOf, insightScore } from '../risk/thresholds.ts'

export const RISK_LEVELS = ['none', 'minor', 'moderate', 'elevated'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]
const DAY_MS = 86_400_000

/** Conditions of one level; those that are absent say nothing. */
export interface LevelRule {
  /** An alert of at least this severity. */
  readonly alert?: Severity
  /** So many confirmed alerts of at least this severity. */
  readonly confirmed?: { readonly severity: Severity; readonly count: number }
  /** So many exfiltration insights (a day and an indicator) of at least this severity by the indicator's own thresholds. */
  readonly insights?: { readonly severity: Severity; readonly count: number }
  /** So many alerts of at least this severity in whose score a sequence has a part. */
  readonly sequences?: { readonly severity: Severity; readonly count: number }
}

export interface RiskLevelSettings {
  readonly enabled: boolean
  /** 5 to 30: days back that count. */
  readonly windowDays: number
  /** 5 to 30: how long a level lasts. */
  readonly lifeDays: number
  /** Whether a level that rests on an alert ends with its dismissal. */
  readonly resetOnDismissal: boolean
  readonly rules: Readonly<Record<Exclude<RiskLevel, 'none'>, LevelRule>>
}

export const defaultRiskLevelSettings: RiskLevelSettings = {
  enabled: true, windowDays: 7, lifeDays: 7, resetOnDismissal: true,
  rules: {
    elevated: { alert: 'high', confirmed: { severity: 'high', count: 1 }, sequences: { severity: 'high', count: 3 } },
    moderate: { alert: 'medium', insights: { severity: 'high', count: 2 } },
    minor: { alert: 'low', insights: { severity: 'high', count: 1 } },
  },
}

export interface RiskLevelState {
  readonly userId: string
  readonly level: RiskLevel
  /** When this level began. */
  readonly sinceMs: number
  /** Absent: no level. */
  readonly expiresAtMs?: number
  /** One sentence. */
  readonly reason: string
  /** Alerts that it rests on. */
  readonly alertIds: readonly string[]
  /** Ended by a person: only what happened later counts. */
  readonly resetAtMs?: number
  readonly updatedAtMs: number
}

export interface RiskLevelInput {
  readonly userId: string
  readonly alerts: readonly Alert[]
  readonly insights: readonly Insight[]
  readonly before?: RiskLevelState
  readonly settings: RiskLevelSettings
  readonly nowMs: number
}

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high']
const reaches = (severity: Severity, least: Severity): boolean => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)
export const rankOf = (level: RiskLevel): number => RISK_LEVELS.indexOf(level)

/** Severity of an insight by its indicator's own thresholds; undefined below the low one. */
export function insightSeverity(insight: Insight): Severity | undefined {
  const row = indicatorRow(insight.indicator)
  const amount = amountOf(insight)
  if (row === undefined || amount < row.thresholds.low) return undefined
  return severityOf(insightScore(amount, row.thresholds))
}

interface Held {
  readonly reason: string
  /** Of the youngest thing that it rests on. */
  readonly atMs: number
  readonly alertIds: readonly string[]
}

interface Seen {
  readonly alerts: readonly Alert[]
  readonly insights: readonly { readonly severity: Severity; readonly atMs: number }[]
}

function ruleHolds(rule: LevelRule, seen: Seen): Held | undefined {
  const held = (alerts: readonly Alert[], reason: string): Held => ({ reason, atMs: Math.max(...alerts.map((alert) => alert.lastActivityAtMs)), alertIds: alerts.map((alert) => alert.id) })
  if (rule.confirmed !== undefined) {
    const { severity, count } = rule.confirmed
    const found = seen.alerts.filter((alert) => alert.status === 'confirmed' && reaches(alert.severity, severity))
    if (found.length >= count) return held(found, `${found.length === 1 ? 'An alert' : `${found.length} alerts`} of at least ${severity} severity ${found.length === 1 ? 'was' : 'were'} confirmed.`)
  }
  if (rule.sequences !== undefined) {
    const { severity, count } = rule.sequences
    const found = seen.alerts.filter((alert) => reaches(alert.severity, severity) && alert.parts.some((part) => part.code.startsWith('sequence.')))
    const sequences = found.reduce((sum, alert) => sum + alert.parts.filter((part) => part.code.startsWith('sequence.')).length, 0)
    if (sequences >= count) return held(found, `${sequences} sequences in alerts of at least ${severity} severity.`)
  }
  if (rule.alert !== undefined) {
    const least = rule.alert
    const found = seen.alerts.filter((alert) => reaches(alert.severity, least))
    if (found.length > 0) return held(found, `${found.length === 1 ? 'An alert' : `${found.length} alerts`} of at least ${least} severity.`)
  }
  if (rule.insights !== undefined) {
    const { severity, count } = rule.insights
    const found = seen.insights.filter((insight) => reaches(insight.severity, severity))
    if (found.length >= count) return { reason: `${found.length === 1 ? 'One day' : `${found.length} days`} of exfiltration of at least ${severity} severity.`, atMs: Math.max(...found.map((insight) => insight.atMs)), alertIds: [] }
  }
  return undefined
}

/** Alerts and insights of the window that still count: nothing from before a reset, nothing that was dismissed or resolved. */
function seenOf({ alerts, insights, before, settings, nowMs }: RiskLevelInput): Seen {
  const fromMs = Math.max(nowMs - settings.windowDays * DAY_MS, before?.resetAtMs ?? 0)
  // What would be no alert any more counts only where a person has confirmed it.
  const counts = (alert: Alert): boolean => (alert.belowLine !== true || alert.status === 'confirmed') && (alert.status === 'needs_review' || alert.status === 'confirmed' || (alert.status === 'dismissed' && !settings.resetOnDismissal))
  return {
    alerts: alerts.filter((alert) => alert.lastActivityAtMs > fromMs && alert.lastActivityAtMs <= nowMs && counts(alert)),
    insights: insights.flatMap((insight) => {
      if (insight.lastAtMs <= fromMs || insight.day > dayOf(nowMs) || indicatorRow(insight.indicator)?.category !== 'exfiltration') return []
      const severity = insightSeverity(insight)
      return severity === undefined ? [] : [{ severity, atMs: insight.lastAtMs }]
    }),
  }
}

/** First day of insights that the levels look at. */
export const riskLevelFromDay = (settings: RiskLevelSettings, nowMs: number): Day => dayOf(nowMs) - settings.windowDays

/** The level of a user as it stands now. The same state comes back when nothing has changed. */
export function riskLevelOf(input: RiskLevelInput): RiskLevelState {
  const { userId, before, settings, nowMs, alerts } = input
  const none = (reason: string): RiskLevelState =>
    before !== undefined && before.level === 'none' ? before : { userId, level: 'none', sinceMs: nowMs, reason, alertIds: [], ...(before?.resetAtMs === undefined ? {} : { resetAtMs: before.resetAtMs }), updatedAtMs: nowMs }
  if (!settings.enabled) return none('Risk levels are switched off.')

  const seen = seenOf(input)
  // Everything that the level rested on was put away since.
  const gone = before !== undefined && settings.resetOnDismissal && before.alertIds.length > 0
    && before.alertIds.every((id) => alerts.some((alert) => alert.id === id && (alert.status === 'dismissed' || alert.status === 'resolved' || (alert.belowLine === true && alert.status !== 'confirmed'))))
  const standing = before !== undefined && before.level !== 'none' && !gone && (before.expiresAtMs ?? 0) > nowMs ? before : undefined
  for (const level of ['elevated', 'moderate', 'minor'] as const) {
    if (standing !== undefined && rankOf(level) < rankOf(standing.level)) break
    const found = ruleHolds(settings.rules[level], seen)
    if (found === undefined) continue
    const expiresAtMs = found.atMs + settings.lifeDays * DAY_MS
    if (expiresAtMs <= nowMs) continue
    const same = standing?.level === level
    if (same && standing.expiresAtMs !== undefined && standing.expiresAtMs >= expiresAtMs && standing.reason === found.reason && standing.alertIds.join() === found.alertIds.join()) return standing
    return {
      userId, level, sinceMs: same ? standing.sinceMs : nowMs, expiresAtMs: Math.max(expiresAtMs, same ? standing.expiresAtMs ?? 0 : 0), reason: found.reason, alertIds: found.alertIds,
      ...(before?.resetAtMs === undefined ? {} : { resetAtMs: before.resetAtMs }), updatedAtMs: nowMs,
    }
  }
  return standing ?? none(gone ? 'What it rested on was dismissed, resolved or found not to count.' : 'Nothing in the window reaches a level.')
}

/** Ended by a person. */
export const resetRiskLevel = (userId: string, reason: string, nowMs: number): RiskLevelState => ({ userId, level: 'none', sinceMs: nowMs, reason, alertIds: [], resetAtMs: nowMs, updatedAtMs: nowMs })
