// A policy template: what a policy of its kind watches for. Data only; behaviour lives in risk/evaluate.ts.
import type { IndicatorId } from '../../risk/indicators.ts'

export interface PolicyTemplate {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly indicators: readonly IndicatorId[]
  /** Indicators whose day brings a user into scope, at the amount given; absent amount: the indicator's low threshold. */
  readonly triggers: readonly { readonly indicator: IndicatorId; readonly threshold?: number }[]
  readonly sequences: readonly SequencePattern[]
  readonly activationWindowDays: number
  readonly lookbackDays: number
}

/** Steps in order on the same user within a window; each step is a set of indicators. */
export interface SequencePattern {
  readonly id: string
  readonly label: string
  readonly steps: readonly (readonly IndicatorId[])[]
  readonly withinHours: number
  /** Added to the score when it is found. */
  readonly points: number
}
