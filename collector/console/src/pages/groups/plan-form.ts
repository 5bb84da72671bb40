// A plan as the form holds it: rings as text, times in minutes and hours.
import type { RolloutPlanView } from '@holdfast/collector/contract'
import { linesOf } from './settings-form.ts'

type Limits = RolloutPlanView['halt']

/** A maintenance window as the form has it. */
export interface WindowRow {
  /** 0 Sunday to 6 Saturday. */
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  readonly zone: string
}

/** From Monday on; a week begins where people plan it. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const
const CLOCK = /^([01][0-9]|2[0-3]):[0-5][0-9]$/

/** Nights of working days, in the zone of the browser. */
export const newWindow = (zone: string): WindowRow => ({ days: [1, 2, 3, 4, 5], from: '22:00', to: '05:00', zone })

/** What is missing of a window; undefined when nothing is. */
export function windowProblem({ days, from, to, zone }: WindowRow): 'noDays' | 'badTime' | 'noZone' | undefined {
  if (days.length === 0) return 'noDays'
  if (!CLOCK.test(from) || !CLOCK.test(to)) return 'badTime'
  return zone === '' ? 'noZone' : undefined
}

/** A window that ends at or before its begin does so on the day after. */
export const endsNextDay = ({ from, to }: WindowRow): boolean => CLOCK.test(from) && CLOCK.test(to) && to <= from

export interface PlanForm {
  readonly rings: string
  readonly soakMins: number | string
  readonly confirmedPercent: number | string
  readonly answerSecs: number | string
  readonly silenceHours: number | string
  readonly windows: readonly WindowRow[]
  readonly firstDevices: string
  readonly afterGroups: string
  readonly halt: Readonly<Record<keyof Limits, number | string>>
  /** What the form does not show is written back unchanged. */
  readonly kept: RolloutPlanView
}

export const planFormOf = (plan: RolloutPlanView): PlanForm => ({
  rings: plan.ringPercents.join(', '), soakMins: plan.soakSecs / 60, confirmedPercent: plan.confirmedPercent, answerSecs: plan.answerSecs, silenceHours: plan.silenceSecs / 3600, windows: plan.windows, firstDevices: plan.firstDevices.join('\n'), afterGroups: plan.afterGroups.join('\n'), halt: plan.halt, kept: plan,
})

const ringsOf = ({ rings }: PlanForm): readonly number[] => rings.split(/[,;\s]+/).filter((text) => text !== '').map(Number)
export function ringsRise(form: PlanForm): boolean {
  const rings = ringsOf(form)
  return rings.length > 0 && rings.every((percent, index) => percent > (rings[index - 1] ?? 0)) && rings.at(-1) === 100
}

/** @returns undefined where a number is none, a window is not whole, or the rings do not rise to 100 */
export function planOf(form: PlanForm): RolloutPlanView | undefined {
  const limits = Object.entries(form.halt).map(([name, value]) => [name, value === '' ? Number.NaN : Number(value)] as const)
  const numbers = [form.soakMins, form.confirmedPercent, form.answerSecs, form.silenceHours].map((value) => (value === '' ? Number.NaN : Number(value)))
  const [soakMins = 0, confirmedPercent = 0, answerSecs = 0, silenceHours = 0] = numbers
  if (!ringsRise(form) || [...numbers, ...limits.map(([, value]) => value)].some((value) => !(value >= 0)) || confirmedPercent > 100 || answerSecs < 5 || silenceHours * 60 < 1 || form.windows.some((row) => windowProblem(row) !== undefined)) return undefined
  return { ...form.kept, ringPercents: [...ringsOf(form)], soakSecs: Math.round(soakMins * 60), confirmedPercent, answerSecs: Math.round(answerSecs), silenceSecs: Math.round(silenceHours * 3600), windows: form.windows.map((row) => ({ ...row, days: row.days.toSorted((a, b) => a - b) })), firstDevices: linesOf(form.firstDevices), afterGroups: linesOf(form.afterGroups), halt: Object.fromEntries(limits) as Limits }
}
