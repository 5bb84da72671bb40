// What a policy, saved or draft, would have done with the stored past.
import type { Insight } from '../risk/insight.ts'
import { ALERT_LINE, amountOf, headline, scorePolicy } from '../risk/evaluate.ts'
import { severityOf } from '../risk/score.ts'
import type { Policy } from './policy.ts'

export interface PreviewUser {
  readonly pseudonym: string
  readonly insights: readonly Insight[]
}

export interface PreviewOutcome {
  readonly users: number
  readonly alerts: { readonly low: number; readonly medium: number; readonly high: number }
  readonly topIndicators: readonly { readonly indicator: string; readonly users: number; readonly events: number }[]
  readonly examples: readonly { readonly pseudonym: string; readonly score: number; readonly headline: string }[]
}

/** Scores each user on its own; nothing is stored. */
export function previewPolicy(policy: Policy, users: Iterable<PreviewUser>): PreviewOutcome {
  const alerts = { low: 0, medium: 0, high: 0 }
  const reach = new Map<string, { users: number; events: number }>()
  const examples: { pseudonym: string; score: number; headline: string }[] = []
  let seen = 0
  for (const user of users) {
    seen += 1
    for (const indicator of new Set(user.insights.map((insight) => insight.indicator))) {
      if (policy.indicators[indicator]?.enabled !== true) continue
      const entry = reach.get(indicator) ?? { users: 0, events: 0 }
      reach.set(indicator, { users: entry.users + 1, events: entry.events + user.insights.filter((insight) => insight.indicator === indicator).reduce((sum, insight) => sum + amountOf(insight), 0) })
    }
    const scored = scorePolicy(policy, user.insights)
    if (scored === undefined || scored.score < ALERT_LINE[policy.alertVolume]) continue
    alerts[severityOf(scored.score)] += 1
    examples.push({ pseudonym: user.pseudonym, score: scored.score, headline: headline(scored) })
  }
  return {
    users: seen, alerts,
    topIndicators: [...reach].map(([indicator, entry]) => ({ indicator, ...entry })).toSorted((a, b) => b.users - a.users || b.events - a.events).slice(0, 5),
    examples: examples.toSorted((a, b) => b.score - a.score).slice(0, 10),
  }
}
