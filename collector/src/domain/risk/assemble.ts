// From signals to one score: the strongest day with its boosters, breadth, sequences, what was sensitive, what adds up
// over a month. Every point is a named part with its evidence, and the parts add up (docs/adr/0010-a-score-is-a-sum-of-named-points.md).
import type { TriggeringEvent } from '../cases/alert.ts'
import type { Policy } from '../policies/policy.ts'
import type { Activation } from './activation.ts'
import { type OwnUsual, unusualness, usualBefore } from './baseline.ts'
import { boosterPoints, boostersOf, STRESSORS } from './boosters.ts'
import { boosters, INSIDE } from './booster-table.ts'
import { cumulativeOf, NEW_HABIT_POINTS } from './cumulative.ts'
import type { ScoringContext } from './evaluation-input.ts'
import type { History } from './history.ts'
import { indicatorRow } from './indicators.ts'
import type { Insight } from './insight.ts'
import { type Pause, SEVERAL_POINTS, severalProtections } from './pauses.ts'
import type { ScorePart } from './score.ts'
import { sequencePattern } from './sequence-patterns.ts'
import { leavingStep, type SequenceDay, type SequenceFinder } from './sequences.ts'
import { isLow, labelOf, shareAboveUsual, type Signal, signalOf, strongestSignals } from './signals.ts'
import { amountOf, amountPhrase, CURVE, insightScore } from './thresholds.ts'
import { amountText, dayText, plural } from './words.ts'

/** For every further signal, so many at most. */
export const BREADTH_POINTS = 3
export const BREADTH_SIGNALS = 4
/** When what left held sensitive content. */
export const SENSITIVE_POINTS = boosters.sensitive_content.points
/** What a cumulative amount adds to a stronger signal. */
export const CUMULATIVE_POINTS = 5
/** What is left of a sequence of three steps or more whose amounts are usual. */
const MANY_STEPS_SHARE = 0.4
/** What is left of a sequence whose files went to a share of the organisation, and nowhere else. */
const INSIDE_SHARE = 0.5
/** Strongest signals of which the one with the most points, boosters included, is the first part. */
const CONTENDERS = 5
const EVIDENCE_KEPT = 20

export interface Scored {
  readonly score: number
  readonly parts: readonly ScorePart[]
  readonly trigger: TriggeringEvent
  readonly firstActivityAtMs: number
  readonly lastActivityAtMs: number
}

/** The first, the last, the second, the last but one: how it began and where it ended tell more than what lies between. */
const fromBothEnds = (turn: number, length: number): number => (turn % 2 === 0 ? turn / 2 : length - (turn + 1) / 2)

/** Activities behind insights, from each of them some. */
function samples(insights: readonly Insight[]): readonly string[] {
  const found = new Set<string>()
  for (let turn = 0; found.size < EVIDENCE_KEPT; turn += 1) {
    const before = insights.some((insight) => turn < insight.samples.length)
    if (!before) break
    for (const insight of insights) {
      const sample = turn < insight.samples.length ? insight.samples[fromBothEnds(turn, insight.samples.length)] : undefined
      if (sample !== undefined && found.size < EVIDENCE_KEPT) found.add(sample.id)
    }
  }
  return [...found]
}

const measureOf = (indicator: string) => indicatorRow(indicator)?.measure ?? 'events'

function describe({ insight, amount, thresholds: { low, medium, high } }: Signal): string {
  const measure = measureOf(insight.indicator)
  const text = (value: number): string => amountText(Math.round(value), measure)
  const excluded = insight.excludedEvents > 0 ? `, ${insight.excludedEvents} more excluded` : ''
  return `${labelOf(insight.indicator)}: ${amountPhrase(insight, amount)} on ${dayText(insight.day)}${excluded} (a day: low ${text(low)}, medium ${text(medium)}, high ${text(high)}).`
}

const dampedCodes = { own: 'usual_for_user', before: 'usual_for_user', peers: 'usual_for_peers', pause: 'restored_within_hour' } as const
const pauseReason = ({ minutes }: Pause): string =>
  minutes === undefined ? 'Restored within the hour: one feature, switched off less than an hour ago, with nothing beside it, counts half until the hour is over.' : `Restored within the hour: one feature, off for ${plural(minutes, 'minute')}, with nothing beside it, counts half.`

function dampedPart({ insight, raw, points, damped }: Signal): readonly ScorePart[] {
  if (damped === undefined) return []
  const text = (value: number): string => amountText(Math.round(value), measureOf(insight.indicator))
  const reason = damped.by === 'own' ? `Near what is usual for the user: ${text(damped.usual.median)} a day, and up to ${text(damped.usual.upper)}, on ${damped.usual.activeDays} of the 90 days before.`
    : damped.by === 'pause' ? pauseReason(damped.pause)
    : damped.by === 'before' ? `Seen of the user more than ${damped.days} days before: up to ${text(damped.upTo)}.`
    : `Near what is usual among others on a busy day: ${text(damped.usual.median)}, and up to ${text(damped.usual.upper)}.`
  return [{ code: dampedCodes[damped.by], points: points - raw, reason, indicator: insight.indicator, day: insight.day, evidence: [] }]
}

interface FoundSequence {
  readonly found: SequenceDay
  /** As a signal of its own, and what it adds to a stronger one. */
  readonly points: number
  readonly bonus: number
}

/** 0 to 1: how far a day of a sequence is above what is usual for the user, or, where that is not known, how far one of its steps is. */
function sequenceShare({ pattern, files, steps }: SequenceDay, usual: OwnUsual, history: History, context: ScoringContext): number {
  const shareOf = (insights: readonly Insight[] = []): number => Math.max(0, ...insights.map((insight) => shareAboveUsual(insight, amountOf(insight), history, context).share))
  // Whoever does one of the steps as a matter of course is not found by it.
  if (pattern.join === 'user') return Math.min(...steps.map(shareOf))
  if (usual.kind === 'usual' || usual.kind === 'rare') return unusualness(files, usual.upper)
  // What leaves as ordinary work does so in two steps as well; more steps are a reason by themselves, though not all of one.
  const share = shareOf(steps[leavingStep(pattern)])
  return pattern.steps.length > 2 ? MANY_STEPS_SHARE + (1 - MANY_STEPS_SHARE) * share : share
}

function staysInside({ pattern, steps }: SequenceDay): boolean {
  const exits = steps[pattern.join === 'file' ? leavingStep(pattern) : steps.length - 1] ?? []
  return exits.length > 0 && exits.every(({ indicator }) => INSIDE.has(indicator))
}

/** The strongest day of each pattern, without patterns that a longer one covers. */
function sequencesOf(policy: Policy, counted: ReadonlySet<Insight>, finder: SequenceFinder, history: History, context: ScoringContext): readonly FoundSequence[] {
  const strongest: FoundSequence[] = []
  for (const [id, setting] of Object.entries(policy.sequences)) {
    const pattern = setting.enabled ? sequencePattern(id) : undefined
    if (pattern === undefined) continue
    const all = finder.days(pattern)
    if (all.length === 0) continue
    const usual = usualBefore(all.map((found) => found.day), all.map((found) => found.files), history.observedFromDay, history.today)
    let best: FoundSequence | undefined
    for (const [index, found] of all.entries()) {
      if (found.steps.at(-1)?.some((insight) => counted.has(insight)) !== true) continue
      const share = sequenceShare(found, usual[index] ?? { kind: 'unknown' }, history, context) * (staysInside(found) ? INSIDE_SHARE : 1)
      const thresholds = setting.thresholds ?? pattern.thresholds
      const extra = pattern.points * (pattern.join === 'user' || thresholds.low <= 1 ? 1 : Math.min(1, (found.files - 1) / (thresholds.low - 1)))
      const points = Math.round((insightScore(found.files, thresholds) + extra) * share)
      const candidate = { found, points, bonus: Math.round(extra * share) }
      if (points > 0 && (best === undefined || points > best.points)) best = candidate
    }
    if (best !== undefined) strongest.push(best)
  }
  const covered = new Set(strongest.flatMap(({ found, points }) => found.pattern.covers.filter((id) => strongest.some((other) => other.found.pattern.id === id && other.points <= points))))
  return strongest.filter(({ found }) => !covered.has(found.pattern.id)).toSorted((a, b) => b.points - a.points || (a.found.pattern.id < b.found.pattern.id ? -1 : 1))
}

function sequenceReason(found: SequenceDay): string {
  const { pattern, files, day } = found
  const inside = staysInside(found) ? '; they stayed inside the organisation, which counts half' : ''
  return pattern.join === 'file' ? `${pattern.label} (within ${pattern.withinHours} hours): ${amountText(files, 'files')} on ${dayText(day)}${inside}.` : `${pattern.label} (within ${pattern.withinHours} hours)${inside}.`
}

/** The strongest signal, boosters included, with its parts. */
function leading(signals: readonly Signal[], ask: (signal: Signal) => readonly ScorePart[]): { readonly signal: Signal; readonly boosted: readonly ScorePart[]; readonly points: number } | undefined {
  let best: { readonly signal: Signal; readonly boosted: readonly ScorePart[]; readonly points: number } | undefined
  for (const signal of signals.slice(0, CONTENDERS)) {
    const boosted = ask(signal)
    const points = boosted.reduce((sum, part) => sum + part.points, signal.points)
    if (best === undefined || points > best.points) best = { signal, boosted, points }
  }
  return best
}

/** The score of one window; undefined when nothing in it counts. @param insights those that may count (fresh ones) */
export function scoreWindow(policy: Policy, window: Activation, insights: readonly Insight[], finder: SequenceFinder, history: History, context: ScoringContext): Scored | undefined {
  const counted = insights.filter((insight) => insight.day >= window.from && insight.day <= window.to)
  const signals = strongestSignals(policy, counted, history, context)
  const stressorTriggered = STRESSORS.some((kind) => kind === window.trigger.kind)
  const top = leading(signals, (signal) => boostersOf({ signal, history, context, policy, stressorTriggered }))
  const sequences = sequencesOf(policy, new Set(counted), finder, history, context)
  const cumulative = cumulativeOf(policy, counted, history, context)
  if (top === undefined) return undefined

  const parts: ScorePart[] = [{ code: 'insight', points: top.signal.raw, reason: describe(top.signal), indicator: top.signal.insight.indicator, day: top.signal.insight.day, evidence: samples([top.signal.insight]) }, ...dampedPart(top.signal), ...top.boosted]
  const behind: Insight[] = [top.signal.insight]
  for (const signal of signals.filter((other) => other !== top.signal && isLow(other)).slice(0, BREADTH_SIGNALS)) {
    parts.push({ code: 'breadth', points: BREADTH_POINTS, reason: `Also ${describe(signal)}`, indicator: signal.insight.indicator, day: signal.insight.day, evidence: samples([signal.insight]) })
    behind.push(signal.insight)
  }
  // The strongest other kind of signal lifts the sum to its own points where they are more than what it adds.
  let lead = top.points
  for (const { found, points, bonus } of sequences) {
    const added = Math.max(lead >= CURVE.low ? bonus : 0, points - lead)
    if (added <= 0) continue
    lead += added
    const chain = found.steps.flat()
    parts.push({ code: `sequence.${found.pattern.id}`, points: added, reason: sequenceReason(found), ...(found.pattern.join === 'file' ? { day: found.day } : {}), evidence: samples(chain) })
    behind.push(...chain)
  }
  if (cumulative !== undefined) {
    const added = Math.max(lead >= CURVE.low && isLow(cumulative) ? CUMULATIVE_POINTS : 0, cumulative.points - lead)
    if (added > 0) {
      const whose = { own: 'the user’s own largest 30 days before', peers: 'nineteen of twenty in the department', organisation: 'nineteen of twenty in the organisation' }[cumulative.against]
      parts.push({ code: `cumulative.${cumulative.against}`, points: added, ...(cumulative.indicator === undefined ? {} : { indicator: cumulative.indicator }), reason: `${cumulative.indicator === undefined ? '' : `${labelOf(cumulative.indicator)}: `}${amountText(cumulative.files, 'files')} left in the 30 days to ${dayText(cumulative.day)}; ${whose} reach ${amountText(Math.round(cumulative.usual), 'files')}.`, day: cumulative.day, evidence: samples(cumulative.insights) })
      if (cumulative.newHabit && cumulative.indicator !== undefined) {
        parts.push({ code: 'new_habit', points: NEW_HABIT_POINTS, indicator: cumulative.indicator, day: cumulative.day, evidence: [], reason: `A new habit: ${labelOf(cumulative.indicator)} on ${plural(cumulative.activeDays, 'day')} of the 30, and on ${cumulative.activeDaysBefore} of any month before.` })
      }
      behind.push(...cumulative.insights)
    }
  }
  const several = severalPart(counted, history, context)
  if (several !== undefined) {
    parts.push(several.part)
    behind.push(...several.insights)
  }
  parts.push(...sensitivePart(policy, counted, top.signal, history, context))
  return finish(parts, behind, window.trigger)
}

/** Different protections that went in one night; less of it, to nothing, where the user does that as a matter of course. */
function severalPart(counted: readonly Insight[], history: History, context: ScoringContext): { readonly part: ScorePart; readonly insights: readonly Insight[] } | undefined {
  const several = severalProtections(counted)
  if (several === undefined) return undefined
  const points = Math.round(SEVERAL_POINTS * Math.max(...several.insights.map((insight) => shareAboveUsual(insight, amountOf(insight), history, context).share)))
  return points === 0 ? undefined : { part: { code: 'several_protections', points, reason: `${several.count} different protections were switched off or tampered with within twelve hours.`, evidence: samples(several.insights) }, insights: several.insights }
}

/** Sensitive content in what left, once: days that are usual for the user say nothing, but for the strongest. */
function sensitivePart(policy: Policy, counted: readonly Insight[], top: Signal, history: History, context: ScoringContext): readonly ScorePart[] {
  if (!policy.boosters.sensitive_content) return []
  // In order of time, whatever the order in which they were given: evidence is taken from the first.
  const sensitive = counted.filter((insight) => insight.sensitiveEvents > 0 && indicatorRow(insight.indicator)?.category === 'exfiltration' && (insight === top.insight || signalOf(policy, insight, history, context)?.damped === undefined))
    .toSorted((a, b) => a.day - b.day || (a.indicator < b.indicator ? -1 : 1))
  const held = sensitive.find((insight) => !INSIDE.has(insight.indicator)) ?? sensitive[0]
  if (held === undefined) return []
  const points = boosterPoints('sensitive_content', { ...top, insight: held })
  if (points === 0) return []
  const events = Math.max(...sensitive.map((insight) => insight.sensitiveEvents))
  return [{ code: 'booster.sensitive_content', points, reason: `Sensitive content was found in ${amountText(events, 'files')} that left.`, evidence: samples(sensitive) }]
}

function finish(parts: ScorePart[], behind: readonly Insight[], trigger: TriggeringEvent): Scored {
  const sum = parts.reduce((total, part) => total + part.points, 0)
  if (sum > 100) parts.push({ code: 'cap', points: 100 - sum, reason: 'A score ends at 100.', evidence: [] })
  return { score: Math.min(100, sum), parts, trigger, firstActivityAtMs: Math.min(...behind.map((insight) => insight.firstAtMs)), lastActivityAtMs: Math.max(...behind.map((insight) => insight.lastAtMs)) }
}

