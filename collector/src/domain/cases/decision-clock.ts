// How long an alert may wait for its first decision. The hours are ours: a working morning, a day, three days.
import type { Severity } from '../risk/score.ts'
import type { Alert } from './alert.ts'

export type HoursToDecision = Readonly<Record<Severity, number>>
export const defaultHoursToDecision: HoursToDecision = { high: 4, medium: 24, low: 72 }
/** A quarter of a year; whoever wants no clock sets this. */
export const MOST_HOURS = 2160

const HOUR_MS = 3_600_000

/** Since when it waits. */
export const openedAtMs = (alert: Pick<Alert, 'createdAtMs' | 'reopenedAtMs'>): number => alert.reopenedAtMs ?? alert.createdAtMs

/** When a decision is due; undefined once there is one. */
export const dueAtMs = (alert: Pick<Alert, 'status' | 'severity' | 'createdAtMs' | 'reopenedAtMs'>, hours: HoursToDecision): number | undefined =>
  alert.status === 'needs_review' ? openedAtMs(alert) + hours[alert.severity] * HOUR_MS : undefined

/** For each severity, the time before which an alert must have opened to be overdue now. */
export const overdueBefore = (hours: HoursToDecision, nowMs: number): Readonly<Record<Severity, number>> => ({
  low: nowMs - hours.low * HOUR_MS, medium: nowMs - hours.medium * HOUR_MS, high: nowMs - hours.high * HOUR_MS,
})
