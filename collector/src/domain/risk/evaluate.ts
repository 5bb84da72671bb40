// From insights to alerts: pure, so that stored activities give the same alerts again.
//
//   trigger     a day on which a trigger indicator reaches its threshold opens an activation window
//   signals     every enabled indicator's strongest day inside the window and the look-back before it
//   score       strongest signal + 3 a further signal (at most 4) + sequences + sensitive content, capped at 100
//   alert       one for each user and policy; it grows while it is open, and new evidence reopens a closed one
import { createHash } from 'node:crypto'
import type { Alert, TriggeringEvent } from '../cases/alert.ts'
import { thresholdsOf } from '../policies/policy-document.ts'
import type { Policy, PolicyScope, Thresholds } from '../policies/policy.ts'
import { templateById } from '../policies/templates.ts'
import { distinctFiles } from './distinct-files.ts'
import type { EvaluationInput, EvaluationResult, Subject } from './evaluation-input.ts'
import { indicatorRow } from './indicators.ts'
import type { Day, Insight } from './insight.ts'
import { type ScorePart, severityOf } from './score.ts'
import { type SequencePattern, sequencePattern } from './sequence-patterns.ts'
import { amountText, dayText } from './words.ts'

/** Score from which there is an alert. At 20 one indicator has reached its low threshold. */
export const ALERT_LINE = { fewer: 45, default: 20, more: 10 } as const
/** Points of the thresholds, and of three times the high one. */
export const CURVE = { low: 20, medium: 45, high: 70, tripleHigh: 90 } as const
/** For every further signal, so many at most. */
export const BREADTH_POINTS = 3
export const BREADTH_SIGNALS = 4
/** When what left held sensitive content. */
export const SENSITIVE_POINTS = 10
/** Days of insights that an evaluation looks at: the longest window and look-back of a policy, twice over for late arrivals. */
export const EVALUATION_DAYS = 240
/** What a closed alert must gain on the day of its decision before it comes back. */
const REOPEN_GAIN = 5
const EVIDENCE_KEPT = 20

export type { EvaluationInput, EvaluationResult, Subject } from './evaluation-input.ts'

/** Amount of an insight in the measure of its indicator. */
export function amountOf(insight: Insight): number {
  const measure = indicatorRow(insight.indicator)?.measure ?? 'events'
  if (measure === 'bytes') return insight.bytes
  return measure === 'files' && insight.files.length > 0 ? Math.min(distinctFiles(insight.files), insight.events) : insight.events
}

/** 0 to 90: piecewise linear through (0, 0), (low, 20), (medium, 45), (high, 70), (3 x high, 90). Where two thresholds are equal the higher one counts. */
export function insightScore(amount: number, { low, medium, high }: Thresholds): number {
  const between = (from: number, to: number, base: number, top: number) => base + ((amount - from) / (to - from)) * (top - base)
  if (amount >= 3 * high) return CURVE.tripleHigh
  if (amount >= high) return Math.round(between(high, 3 * high, CURVE.high, CURVE.tripleHigh))
  if (amount >= medium) return Math.round(between(medium, high, CURVE.medium, CURVE.high))
  if (amount >= low) return Math.round(between(low, medium, CURVE.low, CURVE.medium))
  return Math.floor(between(0, low, 0, CURVE.low))
}

function inScope(subject: Subject, scope: PolicyScope): boolean {
  // An exclusion that fails for a capital letter would watch somebody who must not be watched.
  const holds = (list: readonly string[] | undefined, words: readonly (string | undefined)[]): boolean => list !== undefined && words.some((word) => word !== undefined && list.some((entry) => entry.toLowerCase() === word.toLowerCase()))
  const { exclude } = scope
  if (holds(exclude?.users, subject.names) || holds(exclude?.groups, subject.groups) || holds(exclude?.departments, [subject.department]) || holds(exclude?.countries, [subject.country])) return false
  return scope.users === 'all' || holds(scope.users, subject.names) || holds(scope.groups, subject.groups)
}

interface Activation {
  readonly from: Day
  readonly to: Day
  readonly trigger: TriggeringEvent
}

/** Windows opened by trigger days; a trigger inside a window extends it. */
function activations(policy: Policy, insights: readonly Insight[]): readonly Activation[] {
  const triggers = insights
    .filter((insight) => policy.triggers.some((trigger) => trigger.indicator === insight.indicator && amountOf(insight) >= trigger.threshold))
    .toSorted((a, b) => a.day - b.day || a.firstAtMs - b.firstAtMs || (a.indicator < b.indicator ? -1 : 1))
  const windows: Activation[] = []
  for (const insight of triggers) {
    const last = windows.at(-1)
    if (last !== undefined && insight.day <= last.to) {
      windows[windows.length - 1] = { ...last, to: insight.day + policy.activationWindowDays }
      continue
    }
    const row = indicatorRow(insight.indicator)
    const amount = amountText(amountOf(insight), row?.measure ?? 'events')
    windows.push({
      from: insight.day, to: insight.day + policy.activationWindowDays,
      trigger: { kind: 'indicator_threshold', atMs: insight.firstAtMs, indicator: insight.indicator, reason: `${row?.label ?? insight.indicator}: ${amount} on ${dayText(insight.day)}.` },
    })
  }
  return windows
}

interface Signal {
  readonly insight: Insight
  readonly points: number
}

const samples = (insights: readonly Insight[]): readonly string[] => [...new Set(insights.flatMap((insight) => insight.samples.map((sample) => sample.id)))].slice(0, EVIDENCE_KEPT)

function findSequence(pattern: SequencePattern, insights: readonly Insight[]): readonly Insight[] | undefined {
  let chain: Insight[] | undefined
  const [firstStep, ...laterSteps] = pattern.steps
  for (const start of insights.filter((insight) => firstStep?.some((id) => id === insight.indicator) === true)) {
    const found = [start]
    let afterMs = start.firstAtMs
    for (const step of laterSteps) {
      const next = insights.find((insight) => step.some((id) => id === insight.indicator) && insight.lastAtMs >= afterMs && insight.lastAtMs - start.firstAtMs <= (pattern.withinHours + 24) * 3_600_000 && insight.firstAtMs - start.firstAtMs <= pattern.withinHours * 3_600_000)
      if (next === undefined) break
      found.push(next)
      afterMs = Math.max(afterMs, next.firstAtMs)
    }
    if (found.length === pattern.steps.length) chain = found
    if (chain !== undefined) break
  }
  return chain
}

interface Scored {
  readonly score: number
  readonly parts: readonly ScorePart[]
  readonly trigger: TriggeringEvent
  readonly firstActivityAtMs: number
  readonly lastActivityAtMs: number
}

function scoreWindow(policy: Policy, window: Activation, insights: readonly Insight[]): Scored | undefined {
  const counted = insights.filter((insight) => insight.day >= window.from - policy.lookbackDays && insight.day <= window.to && policy.indicators[insight.indicator]?.enabled === true && insight.events > insight.excludedEvents)
  const strongest = new Map<string, Signal>()
  for (const insight of counted) {
    const thresholds = thresholdsOf(policy, insight.indicator)
    if (thresholds === undefined) continue
    const points = insightScore(amountOf(insight), thresholds)
    const best = strongest.get(insight.indicator)
    if (best === undefined || points > best.points || (points === best.points && insight.day < best.insight.day)) strongest.set(insight.indicator, { insight, points })
  }
  const signals = [...strongest.values()].filter((signal) => signal.points > 0).toSorted((a, b) => b.points - a.points || (a.insight.indicator < b.insight.indicator ? -1 : 1))
  const [top, ...others] = signals
  if (top === undefined) return undefined

  const describe = ({ insight }: Signal): string => {
    const row = indicatorRow(insight.indicator)
    const thresholds = thresholdsOf(policy, insight.indicator)
    const measure = row?.measure ?? 'events'
    const bounds = thresholds === undefined ? '' : ` (a day: low ${amountText(thresholds.low, measure)}, medium ${amountText(thresholds.medium, measure)}, high ${amountText(thresholds.high, measure)})`
    return `${row?.label ?? insight.indicator}: ${amountText(amountOf(insight), measure)} on ${dayText(insight.day)}${bounds}.`
  }
  const parts: ScorePart[] = [{ code: 'insight', points: top.points, reason: describe(top), indicator: top.insight.indicator, day: top.insight.day, evidence: samples([top.insight]) }]
  for (const signal of others.filter((other) => other.points >= CURVE.low).slice(0, BREADTH_SIGNALS)) {
    parts.push({ code: 'breadth', points: BREADTH_POINTS, reason: `Also ${describe(signal)}`, indicator: signal.insight.indicator, day: signal.insight.day, evidence: samples([signal.insight]) })
  }
  const behind = [top, ...others.filter((other) => other.points >= CURVE.low)].map((signal) => signal.insight)
  for (const pattern of (templateById(policy.template)?.sequences ?? []).map(sequencePattern).filter((found) => found !== undefined)) {
    const chain = findSequence(pattern, counted.toSorted((a, b) => a.firstAtMs - b.firstAtMs || (a.indicator < b.indicator ? -1 : 1)))
    if (chain !== undefined) {
      parts.push({ code: `sequence.${pattern.id}`, points: pattern.points, reason: `${pattern.label} (within ${pattern.withinHours} hours).`, evidence: samples(chain) })
      behind.push(...chain)
    }
  }
  const sensitive = counted.filter((insight) => insight.sensitiveEvents > 0 && indicatorRow(insight.indicator)?.category === 'exfiltration')
  if (sensitive.length > 0) {
    const events = Math.max(...sensitive.map((insight) => insight.sensitiveEvents))
    parts.push({ code: 'booster.sensitive_content', points: SENSITIVE_POINTS, reason: `Sensitive content was found in ${amountText(events, 'files')} that left.`, evidence: samples(sensitive) })
  }
  const sum = parts.reduce((total, part) => total + part.points, 0)
  if (sum > 100) parts.push({ code: 'cap', points: 100 - sum, reason: 'A score ends at 100.', evidence: [] })
  return {
    score: Math.min(100, sum), parts, trigger: window.trigger,
    firstActivityAtMs: Math.min(...behind.map((insight) => insight.firstAtMs)), lastActivityAtMs: Math.max(...behind.map((insight) => insight.lastAtMs)),
  }
}

/** The best score of a user under a policy, or undefined when nothing triggered it. */
export function scorePolicy(policy: Policy, insights: readonly Insight[]): Scored | undefined {
  let best: Scored | undefined
  for (const window of activations(policy, insights)) {
    const scored = scoreWindow(policy, window, insights)
    if (scored !== undefined && (best === undefined || scored.score > best.score)) best = scored
  }
  return best
}

/** `al_` and 26 characters over policy, user and the number of alerts that were resolved before. */
export const alertId = (policyId: string, userId: string, ordinal: number): string =>
  `al_${createHash('sha256').update(`${policyId}\n${userId}\n${ordinal}`).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 26)}`

const sameParts = (a: readonly ScorePart[], b: readonly ScorePart[]): boolean => JSON.stringify(a) === JSON.stringify(b)

function evaluatePolicy(policy: Policy, { subject, insights, alerts, nowMs }: EvaluationInput): Alert | undefined {
  const own = alerts.filter((alert) => alert.policyId === policy.id).toSorted((a, b) => a.createdAtMs - b.createdAtMs)
  const resolved = own.filter((alert) => alert.status === 'resolved')
  const open = own.find((alert) => alert.status === 'needs_review' || alert.status === 'confirmed')
  const dismissed = open === undefined ? own.findLast((alert) => alert.status === 'dismissed') : undefined
  // What was decided on is not evidence again: only days with activity after the last decision count.
  const decidedAtMs = open === undefined ? Math.max(0, ...own.map((alert) => alert.decidedAtMs ?? 0)) : Math.max(0, ...resolved.map((alert) => alert.decidedAtMs ?? 0))
  const fresh = decidedAtMs === 0 ? insights : insights.filter((insight) => insight.lastAtMs > decidedAtMs)
  const closed = open === undefined ? dismissed ?? resolved.at(-1) : undefined
  const line = ALERT_LINE[policy.alertVolume]
  let scored = scorePolicy(policy, fresh)
  if (closed !== undefined && (scored === undefined || scored.score < line) && closed.policyVersion === policy.version) {
    // What happened before the decision and arrived after it (a laptop that was offline) was not known to whoever decided.
    const whole = scorePolicy(policy, insights)
    if (whole !== undefined && whole.score >= closed.score + REOPEN_GAIN) scored = whole
  }
  if (scored === undefined || scored.score < line) return undefined

  const fields = { policyVersion: policy.version, score: scored.score, severity: severityOf(scored.score), parts: scored.parts, trigger: scored.trigger, firstActivityAtMs: scored.firstActivityAtMs, lastActivityAtMs: scored.lastActivityAtMs }
  if (open !== undefined) {
    if (open.score === scored.score && open.lastActivityAtMs === scored.lastActivityAtMs && sameParts(open.parts, scored.parts)) return undefined
    return { ...open, ...fields, updatedAtMs: nowMs, revision: open.revision + 1 }
  }
  if (closed !== undefined && scored.firstActivityAtMs <= decidedAtMs && scored.score < closed.score + REOPEN_GAIN) return undefined
  if (dismissed !== undefined) {
    const { decidedAtMs: _decided, dismissReason: _reason, ...rest } = dismissed
    return { ...rest, ...fields, status: 'needs_review', newData: true, updatedAtMs: nowMs, revision: dismissed.revision + 1 }
  }
  return { id: alertId(policy.id, subject.id, resolved.length), policyId: policy.id, userId: subject.id, status: 'needs_review', ...fields, createdAtMs: nowMs, updatedAtMs: nowMs, newData: resolved.length > 0, revision: 1 }
}

/** Alerts of one user that are new or changed. */
export function evaluateUser(input: EvaluationInput): EvaluationResult {
  const alerts: Alert[] = []
  for (const policy of input.policies) {
    if (policy.status !== 'on' || !inScope(input.subject, policy.scope)) continue
    const alert = evaluatePolicy(policy, input)
    if (alert !== undefined) alerts.push(alert)
  }
  return { alerts }
}

/** The one sentence that says why. */
export function headline(alert: Pick<Alert, 'parts'>): string {
  const [top, ...rest] = alert.parts.filter((part) => part.points > 0)
  if (top === undefined) return ''
  const row = top.indicator === undefined ? undefined : indicatorRow(top.indicator)
  const short = row === undefined ? top.reason : top.reason.replace(/ \(a day: [^)]*\)/, '').replace(/\.$/, '')
  const sequence = rest.find((part) => part.code.startsWith('sequence.'))
  const more = rest.filter((part) => part !== sequence).length
  return `${short}${sequence === undefined ? '' : `; ${sequence.reason.replace(/ \(within.*$/, '').replace(/^./, (first) => first.toLowerCase())}`}${more === 0 ? '' : `; and ${more} more`}`
}
