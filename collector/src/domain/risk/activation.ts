// What brings a user into a policy's scope, and for which days.
//
//   trigger day   of an indicator or sequence that reaches its trigger threshold, or of a month that adds up; of a stored
//                 trigger, its date
//   window        from lookbackDays before it to activationWindowDays after it, both inclusive, in UTC days
//
// A trigger inside a window extends it. A date that lies ahead (a resignation to the end of a month, a last working day)
// counts from activationWindowDays before it, so that what happens before people leave is seen before they have left,
// and a contract that ends in a year watches nobody. Scoring by hand ends at its own time, or at that of the window,
// whichever is later. What happened before a trigger that arrives late is scored then: windows are made anew each time.
import type { TriggeringEvent } from '../cases/alert.ts'
import type { TriggerKind } from '../people/triggering-event.ts'
import type { Policy } from '../policies/policy.ts'
import { cumulativeOf } from './cumulative.ts'
import type { ScoringContext } from './evaluation-input.ts'
import type { History } from './history.ts'
import { indicatorRow } from './indicators.ts'
import { type Day, dayOf } from './insight.ts'
import { sequencePattern } from './sequence-patterns.ts'
import type { SequenceFinder } from './sequences.ts'
import { amountPhrase, CURVE, scoredAmount } from './thresholds.ts'
import { amountText, dayText } from './words.ts'

const DAY_MS = 86_400_000

export interface Activation {
  /** First and last day that count, the look-back among them. */
  readonly from: Day
  readonly to: Day
  /** The first that opened it. */
  readonly trigger: TriggeringEvent
}

interface Opening {
  readonly day: Day
  readonly until: Day
  readonly trigger: TriggeringEvent
}

/** The latest last working day that is known: of the person, or of a trigger. */
export function lastWorkingDay({ subject, triggers = [] }: ScoringContext): number | undefined {
  const known = [subject?.lastWorkingDayMs, ...triggers.map((trigger) => (trigger.kind === 'hr_last_working_day' ? trigger.atMs : undefined))].filter((atMs) => atMs !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

/** Whether a day counts for an indicator: some count after the last working day only. */
export const countsOn = (indicator: string, day: Day, lastWorkingDayMs: number | undefined): boolean =>
  indicatorRow(indicator)?.afterDeparture !== true || (lastWorkingDayMs !== undefined && day > dayOf(lastWorkingDayMs))

function byIndicators(policy: Policy, history: History, context: ScoringContext): readonly Opening[] {
  const openings: Opening[] = []
  const departedMs = lastWorkingDay(context)
  for (const { indicator, threshold } of policy.triggers) {
    for (const insight of history.byIndicator.get(indicator)?.insights ?? []) {
      if (!countsOn(indicator, insight.day, departedMs)) continue
      const amount = scoredAmount(policy, insight)
      if (amount < threshold) continue
      openings.push({
        day: insight.day, until: insight.day + policy.activationWindowDays,
        trigger: { kind: 'indicator_threshold', atMs: insight.firstAtMs, indicator, reason: `${indicatorRow(indicator)?.label ?? indicator}: ${amountPhrase(insight, amount)} on ${dayText(insight.day)}.` },
      })
    }
  }
  return openings
}

function bySequences(policy: Policy, finder: SequenceFinder): readonly Opening[] {
  return policy.triggerSequences.flatMap(({ sequence, files }) => {
    const pattern = sequencePattern(sequence)
    if (pattern === undefined) return []
    return finder.days(pattern).filter((found) => found.files >= files).map((found): Opening => ({
      day: found.day, until: found.day + policy.activationWindowDays,
      trigger: { kind: 'sequence_threshold', atMs: Math.min(...found.steps.flat().map((insight) => insight.firstAtMs)), sequence, reason: `${pattern.label}: ${amountText(found.files, 'files')} on ${dayText(found.day)}.` },
    }))
  })
}

const applies = (policy: Policy, kind: TriggerKind, policyId: string | undefined): boolean => (kind === 'manual' ? policyId === undefined || policyId === policy.id : policy.triggerEvents.includes(kind))

function byEvents(policy: Policy, { triggers = [], nowMs = Number.POSITIVE_INFINITY }: ScoringContext): readonly Opening[] {
  return triggers
    .filter((trigger) => applies(policy, trigger.kind, trigger.policyId) && trigger.atMs <= nowMs + policy.activationWindowDays * DAY_MS)
    .map((trigger): Opening => ({
      day: dayOf(trigger.atMs), until: Math.max(dayOf(trigger.atMs) + policy.activationWindowDays, trigger.untilMs === undefined ? 0 : dayOf(trigger.untilMs)),
      trigger: { kind: trigger.kind, atMs: trigger.atMs, reason: trigger.reason, triggerId: trigger.id },
    }))
}

/** What adds up over a month triggers where indicators do: a slow drip passes below each of them. */
function byCumulative(policy: Policy, history: History, context: ScoringContext): readonly Opening[] {
  if (policy.triggers.length === 0) return []
  const found = cumulativeOf(policy, undefined, history, context)
  if (found === undefined || found.points < CURVE.low) return []
  return [{ day: found.day, until: found.day + policy.activationWindowDays, trigger: { kind: 'cumulative_exfiltration', atMs: Math.min(...found.insights.map((insight) => insight.firstAtMs)), reason: `${amountText(found.files, 'files')} left in the 30 days to ${dayText(found.day)}.` } }]
}

const nameOf = ({ trigger }: Opening): string => trigger.indicator ?? trigger.sequence ?? trigger.triggerId ?? ''

/** The windows of a user under a policy, in order of time; none: nothing is scored. */
export function activationsOf(policy: Policy, history: History, finder: SequenceFinder, context: ScoringContext): readonly Activation[] {
  const openings = [...byIndicators(policy, history, context), ...bySequences(policy, finder), ...byCumulative(policy, history, context), ...byEvents(policy, context)]
    .toSorted((a, b) => a.day - b.day || a.trigger.atMs - b.trigger.atMs || (nameOf(a) < nameOf(b) ? -1 : 1))
  const windows: Activation[] = []
  for (const { day, until, trigger } of openings) {
    const last = windows.at(-1)
    if (last !== undefined && day <= last.to) windows[windows.length - 1] = { ...last, to: Math.max(last.to, until) }
    else windows.push({ from: day - policy.lookbackDays, to: until, trigger })
  }
  return windows
}
