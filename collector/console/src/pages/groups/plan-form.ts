// A plan as the form holds it: rings as text, times in minutes.
import type { RolloutPlanView } from '@holdfast/collector/contract'
import { linesOf } from './settings-form.ts'

type Limits = RolloutPlanView['halt']

export interface PlanForm {
  readonly rings: string
  readonly soakMins: number | string
  readonly confirmedPercent: number | string
  readonly answerSecs: number | string
  readonly firstDevices: string
  readonly afterGroups: string
  readonly halt: Readonly<Record<keyof Limits, number | string>>
  /** What the form does not show is written back unchanged. */
  readonly kept: RolloutPlanView
}

export const planFormOf = (plan: RolloutPlanView): PlanForm => ({
  rings: plan.ringPercents.join(', '), soakMins: plan.soakSecs / 60, confirmedPercent: plan.confirmedPercent, answerSecs: plan.answerSecs, firstDevices: plan.firstDevices.join('\n'), afterGroups: plan.afterGroups.join('\n'), halt: plan.halt, kept: plan,
})

/** @returns undefined where a number is none, or the rings do not rise to 100 */
export function planOf(form: PlanForm): RolloutPlanView | undefined {
  const ringPercents = form.rings.split(/[,;\s]+/).filter((text) => text !== '').map(Number)
  const limits = Object.entries(form.halt).map(([name, value]) => [name, value === '' ? Number.NaN : Number(value)] as const)
  const numbers = [form.soakMins, form.confirmedPercent, form.answerSecs].map((value) => (value === '' ? Number.NaN : Number(value)))
  const rises = ringPercents.length > 0 && ringPercents.every((percent, index) => percent > (ringPercents[index - 1] ?? 0)) && ringPercents.at(-1) === 100
  const [soakMins = 0, confirmedPercent = 0, answerSecs = 0] = numbers
  if (!rises || [...numbers, ...limits.map(([, value]) => value)].some((value) => !(value >= 0)) || confirmedPercent > 100 || answerSecs < 5) return undefined
  return { ...form.kept, ringPercents, soakSecs: Math.round(soakMins * 60), confirmedPercent, answerSecs: Math.round(answerSecs), firstDevices: linesOf(form.firstDevices), afterGroups: linesOf(form.afterGroups), halt: Object.fromEntries(limits) as Limits }
}
