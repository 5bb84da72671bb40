// A score is a sum of named points; what the points say is all that there is to say about the score.

export const SEVERITIES = ['low', 'medium', 'high'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One named share of a risk score. The parts of a score add up to it exactly; a cap is a part of its own, with negative points. */
export interface ScorePart {
  /** Stable code: `insight`, `booster.above_own_usual`, `breadth`, `cap`, ... */
  readonly code: string
  readonly points: number
  /** One plain sentence with the numbers in it. */
  readonly reason: string
  readonly indicator?: string
  readonly day?: number
  /** Activities behind it, up to 20. */
  readonly evidence: readonly string[]
}

/** Low 1 to 33, medium 34 to 66, high 67 to 100; the bounds are those that Purview documents for high, in equal thirds below. */
export const severityOf = (score: number): Severity => (score >= 67 ? 'high' : score >= 34 ? 'medium' : 'low')
