// From insights to alerts: pure, so that stored activities give the same alerts again.
//
//   trigger     an event, or a day on which an indicator or a sequence reaches its trigger threshold, opens a window (activation.ts)
//   signals     every enabled indicator's strongest day in it, held against what is usual (signals.ts, baseline.ts)
//   score       strongest signal with boosters + breadth + sequences + cumulative, capped at 100 (assemble.ts)
//   alert       one for each user and policy; it grows while it is open, and new evidence reopens a closed one
import { createHash } from 'node:crypto'
import type { Alert } from '../cases/alert.ts'
import type { Policy } from '../policies/policy.ts'
import { activationsOf, countsOn, lastWorkingDay } from './activation.ts'
import { type Scored, scoreWindow } from './assemble.ts'
import type { EvaluationInput, EvaluationResult, ScoringContext } from './evaluation-input.ts'
import { BASELINE_DAYS } from './baseline.ts'
import { createHistory, type History } from './history.ts'
import { indicatorRow } from './indicators.ts'
import { dayOf, inOrder, type Insight } from './insight.ts'
import { pauseEndsMs } from './pauses.ts'
import { inScope } from './scope.ts'
import { type ScorePart, severityOf } from './score.ts'
import { createSequenceFinder } from './sequences.ts'
import { settingOf } from './thresholds.ts'

export { BREADTH_POINTS, BREADTH_SIGNALS, type Scored, SENSITIVE_POINTS } from './assemble.ts'
export type { EvaluationInput, EvaluationResult, ScoringContext, Subject } from './evaluation-input.ts'
export { amountOf, CURVE, insightScore } from './thresholds.ts'

/** Score from which there is an alert. At 20 one indicator has reached its low threshold. */
export const ALERT_LINE = { fewer: 45, default: 20, more: 10 } as const
/** So much more it takes where the first signal is near what is usual for the user or for others: a little above an ordinary day needs a reason more. */
export const NEAR_USUAL_MORE = 10
/** Score from which this is an alert under the policy. */
export const alertLine = (policy: Pick<Policy, 'alertVolume'>, { parts }: Pick<Scored, 'parts'>): number =>
  ALERT_LINE[policy.alertVolume] + (parts.some(({ code }) => code === 'usual_for_user' || code === 'usual_for_peers') ? NEAR_USUAL_MORE : 0)
const crosses = (policy: Policy, scored: Scored | undefined): scored is Scored => scored !== undefined && scored.score >= alertLine(policy, scored)
/** Days of insights that an evaluation looks at: the longest window, look-back and baseline of a policy, and a month for late arrivals. */
export const EVALUATION_DAYS = 240
/** Days that may score: those whose own 90 days before are among what an evaluation looks at, so that what is usual is judged alike whenever it is asked. */
export const SCORED_DAYS = EVALUATION_DAYS - BASELINE_DAYS
/** What a closed alert must gain on the day of its decision before it comes back. */
const REOPEN_GAIN = 5

/** Whether an insight may score under a policy at all. */
function mayScore(policy: Policy, { indicator, events, excludedEvents, day }: Insight, lastWorkingDayMs: number | undefined): boolean {
  if (events <= excludedEvents || settingOf(policy, indicator)?.enabled !== true) return false
  return countsOn(indicator, day, lastWorkingDayMs)
}

function scoreWith(policy: Policy, insights: readonly Insight[], history: History, context: ScoringContext): Scored | undefined {
  const finder = createSequenceFinder(history, (indicator) => settingOf(policy, indicator)?.enabled === true)
  const windows = activationsOf(policy, history, finder, context)
  if (windows.length === 0) return undefined
  const departedMs = lastWorkingDay(context)
  const firstDay = context.nowMs === undefined ? Number.NEGATIVE_INFINITY : dayOf(context.nowMs) - SCORED_DAYS
  const scorable = insights.filter((insight) => insight.day >= firstDay && mayScore(policy, insight, departedMs))
  let best: Scored | undefined
  for (const window of windows) {
    const scored = scoreWindow(policy, window, scorable, finder, history, context)
    if (scored !== undefined && (best === undefined || scored.score > best.score)) best = scored
  }
  return best
}

/** The best score of a user under a policy, or undefined when nothing triggered it. What the context leaves out is not judged. */
export const scorePolicy = (policy: Policy, insights: readonly Insight[], context: ScoringContext = {}): Scored | undefined => {
  const history = createHistory(insights, context)
  return scoreWith(policy, history.insights, history, context)
}

/** The same, where only some insights may score; the history, of all of them, says what is usual and what triggers. */
export const scoreAmong = (policy: Policy, counted: readonly Insight[], history: History, context: ScoringContext): Scored | undefined => scoreWith(policy, inOrder(counted), history, context)

/** `al_` and 26 characters over policy, user and the number of alerts that were resolved before. */
export const alertId = (policyId: string, userId: string, ordinal: number): string =>
  `al_${createHash('sha256').update(`${policyId}\n${userId}\n${ordinal}`).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 26)}`

const sameParts = (a: readonly ScorePart[], b: readonly ScorePart[]): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * An open alert that what counts now would not make any more: it shows the sum as it stands, and waits for a person to close it.
 *
 * @returns undefined when it says so already, and where days of it are older than an evaluation looks: nobody changed those
 */
function fallen(open: Alert, policy: Policy, scored: Scored | undefined, nowMs: number): Alert | undefined {
  const firstDay = dayOf(nowMs) - SCORED_DAYS
  if (dayOf(open.firstActivityAtMs) < firstDay || open.parts.some((part) => part.day !== undefined && part.day < firstDay)) return undefined
  const parts = scored?.parts ?? []
  if (open.belowLine === true && sameParts(open.parts, parts)) return undefined
  const score = scored?.score ?? 0
  const times = scored === undefined ? {} : { trigger: scored.trigger, firstActivityAtMs: scored.firstActivityAtMs, lastActivityAtMs: scored.lastActivityAtMs }
  return { ...open, ...times, policyVersion: policy.version, score, severity: severityOf(score), parts, belowLine: true, updatedAtMs: nowMs, revision: open.revision + 1 }
}

function evaluatePolicy(policy: Policy, { subject, insights: _given, alerts, nowMs, ...known }: EvaluationInput, history: History): Alert | undefined {
  const context = { ...known, subject, nowMs }
  const { insights } = history
  const own = alerts.filter((alert) => alert.policyId === policy.id).toSorted((a, b) => a.createdAtMs - b.createdAtMs)
  const resolved = own.filter((alert) => alert.status === 'resolved')
  const open = own.find((alert) => alert.status === 'needs_review' || alert.status === 'confirmed')
  const dismissed = open === undefined ? own.findLast((alert) => alert.status === 'dismissed') : undefined
  // What was decided on is not evidence again: only days with activity after the last decision count.
  const decidedAtMs = open === undefined ? Math.max(0, ...own.map((alert) => alert.decidedAtMs ?? 0)) : Math.max(0, ...resolved.map((alert) => alert.decidedAtMs ?? 0))
  const fresh = decidedAtMs === 0 ? insights : insights.filter((insight) => insight.lastAtMs > decidedAtMs)
  const closed = open === undefined ? dismissed ?? resolved.at(-1) : undefined
  let scored = scoreWith(policy, fresh, history, context)
  if (closed !== undefined && !crosses(policy, scored) && closed.policyVersion === policy.version) {
    // What happened before the decision and arrived after it (a laptop that was offline) was not known to whoever decided.
    const whole = scoreWith(policy, insights, history, context)
    if (whole !== undefined && whole.score >= closed.score + REOPEN_GAIN) scored = whole
  }
  // The same of an alert that such evidence made: the days before the decision are its own.
  if (open !== undefined && !crosses(policy, scored) && open.lastActivityAtMs <= decidedAtMs) scored = scoreWith(policy, insights, history, context)
  if (!crosses(policy, scored)) return open === undefined ? undefined : fallen(open, policy, scored, nowMs)

  const fields = { policyVersion: policy.version, score: scored.score, severity: severityOf(scored.score), parts: scored.parts, trigger: scored.trigger, firstActivityAtMs: scored.firstActivityAtMs, lastActivityAtMs: scored.lastActivityAtMs }
  if (open !== undefined) {
    if (open.belowLine !== true && open.score === scored.score && open.lastActivityAtMs === scored.lastActivityAtMs && sameParts(open.parts, scored.parts)) return undefined
    const { belowLine: _below, ...above } = open
    return { ...above, ...fields, updatedAtMs: nowMs, revision: open.revision + 1 }
  }
  if (closed !== undefined && scored.firstActivityAtMs <= decidedAtMs && scored.score < closed.score + REOPEN_GAIN) return undefined
  if (dismissed !== undefined) {
    const { decidedAtMs: _decided, dismissReason: _reason, belowLine: _below, ...rest } = dismissed
    return { ...rest, ...fields, status: 'needs_review', newData: true, reopenedAtMs: nowMs, updatedAtMs: nowMs, revision: dismissed.revision + 1 }
  }
  return { id: alertId(policy.id, subject.id, resolved.length), policyId: policy.id, userId: subject.id, status: 'needs_review', ...fields, createdAtMs: nowMs, updatedAtMs: nowMs, newData: resolved.length > 0, revision: 1 }
}

/** Times at which other policies' alerts of the user were about something that somebody has confirmed. */
const confirmedElsewhere = (policy: Policy, { alerts, confirmedAtMs = [] }: EvaluationInput): readonly number[] =>
  [...confirmedAtMs, ...alerts.filter((alert) => alert.status === 'confirmed' && alert.policyId !== policy.id).map((alert) => alert.lastActivityAtMs)]

/** Alerts of one user that are new or changed. */
export function evaluateUser(input: EvaluationInput): EvaluationResult {
  const alerts: Alert[] = []
  let history: History | undefined
  for (const policy of input.policies) {
    if (policy.status !== 'on' || !inScope(input.subject, policy, input.triggers)) continue
    history ??= createHistory(input.insights, input)
    const alert = evaluatePolicy(policy, { ...input, confirmedAtMs: confirmedElsewhere(policy, input) }, history)
    if (alert !== undefined) alerts.push(alert)
  }
  const againAtMs = history === undefined ? undefined : pauseEndsMs(history, input.nowMs)
  return { alerts, ...(againAtMs === undefined ? {} : { againAtMs }) }
}

/** Instead of a reason where none counts any more. */
export const NOTHING_LEFT = 'Nothing of it counts any more.'

/** The one sentence that says why. */
export function headline(alert: Pick<Alert, 'parts'>): string {
  const [top, ...rest] = alert.parts.filter((part) => part.points > 0)
  if (top === undefined) return NOTHING_LEFT
  const row = top.indicator === undefined ? undefined : indicatorRow(top.indicator)
  const short = row === undefined ? top.reason : top.reason.replace(/ \(a day: [^)]*\)/, '').replace(/\.$/, '')
  const sequence = rest.find((part) => part.code.startsWith('sequence.'))
  const more = rest.filter((part) => part !== sequence).length
  return `${short}${sequence === undefined ? '' : `; ${sequence.reason.replace(/ \(within.*$/, '').replace(/^./, (first) => first.toLowerCase())}`}${more === 0 ? '' : `; and ${more} more`}`
}
