// Boosters: named points beside a signal, each for a reason of its own. Each rule is one entry; the points stand in booster-table.ts.
import type { Policy } from '../policies/policy.ts'
import type { TriggerKind } from '../people/triggering-event.ts'
import { type BoosterId, boosters, COMPARISON_POINTS, HALF_INSIDE, INSIDE } from './booster-table.ts'
import type { ScoringContext } from './evaluation-input.ts'
import type { History } from './history.ts'
import { indicatorRow } from './indicators.ts'
import { dayOf } from './insight.ts'
import type { ScorePart } from './score.ts'
import { isLow, type Signal } from './signals.ts'
import { CURVE } from './thresholds.ts'
import { amountText, dayText } from './words.ts'

export const STRESSORS: readonly TriggerKind[] = ['hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change']
const STRESSOR_DAYS = 90
/** How far above the upper end of what is usual, for the user and for others: where nothing is taken off any more. */
const FAR_ABOVE_OWN = 3
const FAR_ABOVE_OTHERS = 2
/** Tells a member of a priority group from a user of high impact, who get the same booster. */
export const MEMBER_OF_PRIORITY_GROUP = 'The user is a member of a priority group.'
/** People below a user from which the user is one of high impact. */
export const HIGH_IMPACT_REPORTS = 10
/** Share of a day's events in quiet hours from which the day is outside the user's hours. */
const OFF_HOURS_SHARE = 0.5
/** And so many of them: one event is a coincidence. */
const OFF_HOURS_EVENTS = 3
/** The indicator of warnings, how long one is remembered, and how long reading one takes: what was copied in the same go says nothing. */
const WARNED = 'person_warned'
const WARNED_DAYS = 7
const TO_READ_MS = 60_000
/** Any of them is use of removable media. */
export const REMOVABLE: readonly string[] = ['copy_to_removable_media', 'volume_to_removable_media', 'removable_media_mounted', 'copy_from_removable_media']

export interface BoosterQuestion {
  readonly signal: Signal
  readonly history: History
  readonly context: ScoringContext
  readonly policy: Policy
  /** The window was opened by a stressor: it is no booster then. */
  readonly stressorTriggered: boolean
}

/** @returns one sentence when the booster applies */
type Rule = (question: BoosterQuestion) => string | undefined

const inMeasure = (signal: Signal, amount: number): string => amountText(Math.round(amount), indicatorRow(signal.insight.indicator)?.measure ?? 'events')
const neverHadMedia = ({ signal, history, context }: BoosterQuestion): boolean => {
  const { day, indicator } = signal.insight
  return signal.usual.kind === 'never' && REMOVABLE.includes(indicator) && (context.firstMediaDay ?? day) >= day && REMOVABLE.every((id) => (history.byIndicator.get(id)?.days[0] ?? day) >= day)
}

const rules: Readonly<Record<BoosterId, Rule>> = {
  above_own_usual: (question) => {
    const { signal } = question
    const { usual, amount } = signal
    // Once is no pattern: of what was never or hardly ever seen, only a day that is much by itself is told.
    if (usual.kind !== 'usual' && signal.raw < CURVE.medium) return undefined
    if (usual.kind === 'never') return neverHadMedia(question) && question.policy.boosters.first_removable_media ? undefined : `The user had not done this on any of the ${usual.observedDays} days before.`
    if (usual.kind === 'unknown' || amount < FAR_ABOVE_OWN * usual.upper) return undefined
    return usual.kind === 'rare' ? `The user did this on ${usual.activeDays} of the 90 days before, with at most ${inMeasure(signal, usual.upper)}.` : `Usual for the user are ${inMeasure(signal, usual.median)} a day, and up to ${inMeasure(signal, usual.upper)}.`
  },
  above_peers: ({ signal, history, context: { population, subject } }) => {
    const usual = population?.ofPeers(subject?.department ?? '', signal.insight.indicator, signal.insight.day, history.today)
    return usual !== undefined && signal.amount > FAR_ABOVE_OTHERS * usual.upper ? `Nineteen of twenty busy days in the user’s department stay below ${inMeasure(signal, usual.upper)}.` : undefined
  },
  above_organisation: ({ signal, history, context: { population, subject } }) => {
    // Whoever has peers is compared with them.
    if (population?.ofPeers(subject?.department ?? '', signal.insight.indicator, signal.insight.day, history.today) !== undefined) return undefined
    const usual = population?.ofOrganisation(signal.insight.indicator, signal.insight.day, history.today)
    return usual !== undefined && signal.amount > FAR_ABOVE_OTHERS * usual.upper ? `Nineteen of twenty busy days in the organisation stay below ${inMeasure(signal, usual.upper)}.` : undefined
  },
  priority_content: ({ signal, policy }) => {
    const events = signal.insight.priorityBy?.find((count) => count.policyId === policy.id)?.events ?? 0
    return events > 0 ? `Priority content was part of ${amountText(events, 'events')}.` : undefined
  },
  // Given once for everything that left, in assemble.ts.
  sensitive_content: () => undefined,
  unallowed_domain: ({ signal }) => {
    const events = signal.insight.unallowedEvents ?? 0
    return events > 0 ? `An unallowed domain was part of ${amountText(events, 'events')}.` : undefined
  },
  off_hours: ({ signal: { insight }, history }) => {
    if (insight.hours === undefined) return undefined
    const total = insight.hours.reduce((sum, [, events]) => sum + events, 0)
    const quiet = total < OFF_HOURS_EVENTS ? undefined : history.quietHours(insight.day)
    if (quiet === undefined) return undefined
    const outside = insight.hours.reduce((sum, [hour, events]) => sum + (quiet[hour] === true ? events : 0), 0)
    return outside >= OFF_HOURS_EVENTS && outside >= OFF_HOURS_SHARE * total ? `${outside} of ${amountText(total, 'events')} in hours in which the user is hardly ever active.` : undefined
  },
  first_removable_media: (question) => (neverHadMedia(question) ? `The user had not used removable media on any of the ${question.signal.usual.kind === 'never' ? question.signal.usual.observedDays : 0} days before.` : undefined),
  after_warning: ({ signal: { insight }, history }) => {
    if (indicatorRow(insight.indicator)?.category !== 'exfiltration') return undefined
    const warned = (history.byIndicator.get(WARNED)?.insights ?? []).filter((warning) => warning.day <= insight.day && warning.day >= insight.day - WARNED_DAYS && warning.events > warning.excludedEvents && insight.lastAtMs >= warning.firstAtMs + TO_READ_MS)
    const events = warned.reduce((sum, warning) => sum + warning.events - warning.excludedEvents, 0)
    const last = warned.at(-1)
    return last === undefined ? undefined : `The user had been warned on the device (${amountText(events, 'events')}, last on ${dayText(last.day)}) and went on.`
  },
  recent_stressor: ({ signal, context: { triggers = [] }, stressorTriggered }) => {
    if (stressorTriggered) return undefined
    const { day } = signal.insight
    const found = triggers.filter((trigger) => STRESSORS.includes(trigger.kind) && dayOf(trigger.atMs) <= day && dayOf(trigger.atMs) >= day - STRESSOR_DAYS).toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1))[0]
    return found === undefined ? undefined : `${found.reason.replace(/\.$/, '')} (${dayText(dayOf(found.atMs))}).`
  },
  earlier_violation: ({ signal, context: { confirmedAtMs = [] } }) => {
    const earlier = confirmedAtMs.filter((atMs) => atMs <= signal.insight.lastAtMs).length
    return earlier > 0 ? `${earlier === 1 ? 'An earlier alert of the user was' : `${earlier} earlier alerts of the user were`} confirmed.` : undefined
  },
  priority_user: ({ context: { subject } }) => {
    if ((subject?.priorityGroups?.length ?? 0) > 0) return MEMBER_OF_PRIORITY_GROUP
    if (subject?.privileged === true) return 'The user holds administrative rights.'
    const reports = subject?.reports ?? 0
    return reports >= HIGH_IMPACT_REPORTS ? `${reports} people report to the user.` : undefined
  },
}

/** A signal that says something by itself: low at least, and either above what is usual or strong all the same. */
const standsAlone = ({ points, damped }: Pick<Signal, 'points' | 'damped'>): boolean => points >= (damped === undefined ? CURVE.low : CURVE.medium)

/** Points of a booster for a signal: behaviour adds half to one below its low threshold, comparisons nothing, nor to what stays inside the organisation; circumstances add nothing to one that does not stand alone. */
export function boosterPoints(id: BoosterId, signal: Pick<Signal, 'points' | 'damped' | 'insight'>): number {
  const { kind, points: whole } = boosters[id]
  const inside = INSIDE.has(signal.insight.indicator)
  const points = inside && HALF_INSIDE.has(id) ? Math.floor(whole / 2) : whole
  if (kind === 'circumstance') return standsAlone(signal) ? points : 0
  if (kind === 'comparison') return isLow(signal) && !inside ? points : 0
  return isLow(signal) ? points : Math.floor(points / 2)
}

/** Boosters of a signal, in the order of the table. */
export function boostersOf(question: BoosterQuestion): readonly ScorePart[] {
  const { signal, policy } = question
  const parts: ScorePart[] = []
  let compared = 0
  for (const [id, rule] of Object.entries(rules) as [BoosterId, Rule][]) {
    if (!policy.boosters[id]) continue
    const why = rule(question)
    const comparison = boosters[id].kind === 'comparison'
    const points = Math.min(boosterPoints(id, signal), comparison ? COMPARISON_POINTS - compared : boosters[id].points)
    if (why === undefined || points <= 0) continue
    if (comparison) compared += points
    parts.push({ code: `booster.${id}`, points, reason: `${boosters[id].label}: ${why}`, indicator: signal.insight.indicator, day: signal.insight.day, evidence: [] })
  }
  return parts
}
