// From what was done and how far it came to a report: pure, and from its file back.
import { ACTIVITY_KINDS, type ActivityKind, toWireTimestamp, type wire } from '@holdfast/proto'
import type { DrillProgress, DrillReport, SignalOutcome, SignalResult } from './contract.ts'

const OUTCOMES: readonly SignalOutcome[] = ['alerted', 'scored', 'stored', 'kept', 'missed', 'not_done', 'not_expected']

/** One signal of the drill as it was attempted. */
export interface Attempt {
  readonly kind: ActivityKind
  readonly sensor: string
  readonly act: string
  /** Before the first act; absent when it was not done. */
  readonly actedAtMs?: number
  /** Why nothing is expected here, or why it could not be done. */
  readonly problem?: { readonly outcome: 'not_done' | 'not_expected'; readonly reason: string; readonly fix: string }
}

/** What may be said of a sensor beside its times. */
export interface SensorWord {
  readonly tier: string
  readonly reason: string
  readonly fix: string
}

const WHY: Readonly<Record<'stored' | 'kept' | 'missed', { readonly reason: string; readonly fix: string }>> = {
  stored: { reason: 'It is stored, and no indicator of a policy that is on counts it.', fix: 'Switch on a policy that uses it, or leave the signal out with --signal.' },
  kept: { reason: 'It is safe on this device and did not reach the collector in time.', fix: 'Look at the line “collector” of holdfast-agent status; holdfast-agent doctor examines the way.' },
  missed: { reason: 'Its sensor said nothing of it in time.', fix: 'Look at the sensor in holdfast-agent status, and whether its places and sources are watched; raise --timeout on a busy device.' },
}

const since = (from: number, to: number | undefined): number | undefined => (to === undefined ? undefined : Math.max(0, to - from))

function resultOf(attempt: Attempt, progress: DrillProgress | undefined, word: SensorWord | undefined): SignalResult {
  const { kind, sensor, act, actedAtMs, problem } = attempt
  const head = { kind, sensor, act }
  if (problem !== undefined || actedAtMs === undefined) return { ...head, outcome: problem?.outcome ?? 'not_done', reason: problem?.reason ?? 'The drill was stopped before it.', fix: problem?.fix ?? 'Run it again.', indicators: [] }
  const seen = progress?.kinds[kind]
  const outcome: SignalOutcome = seen?.alertedAtMs !== undefined ? 'alerted' : seen?.scoredAtMs !== undefined && seen.indicators.length > 0 ? 'scored' : seen?.storedAtMs !== undefined ? 'stored' : seen?.durableAtMs !== undefined ? 'kept' : 'missed'
  const why = outcome === 'alerted' || outcome === 'scored' ? { reason: '', fix: '' } : WHY[outcome]
  const tier = outcome === 'missed' && word !== undefined && word.tier !== 'full' ? { reason: `${why.reason} It is ${word.tier}: ${word.reason}`, fix: word.fix === '' ? why.fix : word.fix } : why
  const times = { durableMs: since(actedAtMs, seen?.durableAtMs), storedMs: since(actedAtMs, seen?.storedAtMs), scoredMs: since(actedAtMs, seen?.scoredAtMs), alertedMs: since(actedAtMs, seen?.alertedAtMs) }
  return {
    ...head, outcome, ...tier, indicators: seen?.indicators ?? [],
    ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined)),
    ...(seen?.policy === undefined ? {} : { policy: seen.policy, score: seen.score ?? 0 }),
  }
}

/** Whether a signal needs nothing more: waiting longer would not change it for the better, but for an alert that may still come. */
export const hasArrived = ({ outcome }: Pick<SignalResult, 'outcome'>): boolean => outcome === 'alerted' || outcome === 'scored'

/** @param stopped somebody ended it before it was over */
export function makeReport(id: string, times: { readonly startedAtMs: number; readonly endedAtMs: number }, attempts: readonly Attempt[], progress: DrillProgress | undefined, sensors: ReadonlyMap<string, SensorWord>, stopped: boolean): DrillReport {
  const signals = attempts.map((attempt) => resultOf(attempt, progress, sensors.get(attempt.sensor)))
  const expected = signals.filter(({ outcome }) => outcome !== 'not_expected')
  return { format: 1, id, ...times, outcome: stopped ? 'stopped' : expected.length > 0 && expected.every(hasArrived) ? 'passed' : 'failed', signals }
}

const isNumber = (value: unknown): boolean => value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0)

/** Our own file; what is not whole is none. */
export function parseReport(value: unknown): DrillReport | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { format, id, startedAtMs, endedAtMs, outcome, signals } = value as Partial<DrillReport>
  if (format !== 1 || typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || !Number.isSafeInteger(startedAtMs) || !Number.isSafeInteger(endedAtMs) || !['passed', 'failed', 'stopped'].includes(outcome ?? '') || !Array.isArray(signals)) return undefined
  const good = signals.every((signal: Partial<SignalResult> | null) => signal !== null && ACTIVITY_KINDS.includes(signal.kind as ActivityKind) && OUTCOMES.includes(signal.outcome as SignalOutcome) && typeof signal.act === 'string' && typeof signal.reason === 'string' && typeof signal.fix === 'string'
    && [signal.durableMs, signal.storedMs, signal.scoredMs, signal.alertedMs].every(isNumber))
  return good ? (value as DrillReport) : undefined
}

/** As it goes out with heartbeats. */
export const onWire = ({ id, startedAtMs, endedAtMs, outcome, signals }: DrillReport): wire.DrillReport.$Properties => ({
  id, startedAt: toWireTimestamp(startedAtMs), endedAt: toWireTimestamp(endedAtMs), outcome,
  signals: signals.map(({ kind, act, outcome: of, reason, fix, durableMs, storedMs, scoredMs, alertedMs }) => ({
    kind, act, outcome: of, reason, fix,
    ...(durableMs === undefined ? {} : { durableMs }), ...(storedMs === undefined ? {} : { storedMs }), ...(scoredMs === undefined ? {} : { scoredMs }), ...(alertedMs === undefined ? {} : { alertedMs }),
  })),
})
