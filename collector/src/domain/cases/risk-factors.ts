// Risk factors of an alert: what is special about it, read from the parts of its score. Names and meaning follow Purview's filter.
import { MEMBER_OF_PRIORITY_GROUP } from '../risk/boosters.ts'
import type { ScorePart } from '../risk/score.ts'
import type { Alert } from './alert.ts'

export const RISK_FACTORS = ['unusual', 'sequence', 'cumulative', 'priority_content', 'unallowed_domain', 'priority_user', 'high_impact_user'] as const
export type RiskFactor = (typeof RISK_FACTORS)[number]

const UNUSUAL: ReadonlySet<string> = new Set(['above_own_usual', 'above_peers', 'above_organisation', 'off_hours', 'first_removable_media'].map((id) => `booster.${id}`))

/** The factor that a part stands for; parts that say how much happened stand for none. */
export function factorOf({ code, reason }: Pick<ScorePart, 'code' | 'reason'>): RiskFactor | undefined {
  if (UNUSUAL.has(code)) return 'unusual'
  if (code.startsWith('sequence.')) return 'sequence'
  if (code.startsWith('cumulative.')) return 'cumulative'
  if (code === 'booster.priority_content') return 'priority_content'
  if (code === 'booster.unallowed_domain') return 'unallowed_domain'
  if (code === 'booster.priority_user') return reason.includes(MEMBER_OF_PRIORITY_GROUP) ? 'priority_user' : 'high_impact_user'
  return undefined
}

/** In the order of RISK_FACTORS; a triggering sequence or cumulative exfiltration counts as well. */
export function factorsOf({ parts, trigger }: Pick<Alert, 'parts' | 'trigger'>): readonly RiskFactor[] {
  const found = new Set(parts.map(factorOf))
  if (trigger.sequence !== undefined) found.add('sequence')
  if (trigger.kind === 'cumulative_exfiltration') found.add('cumulative')
  return RISK_FACTORS.filter((factor) => found.has(factor))
}

/** One bit a factor, in the order of RISK_FACTORS; that order is stored and is only ever added to. */
export const factorBits = (factors: readonly RiskFactor[]): number => factors.reduce((bits, factor) => bits | (1 << RISK_FACTORS.indexOf(factor)), 0)
