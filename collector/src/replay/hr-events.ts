// HR events: what the personnel office knows of a person and a day.
import { nearestWord } from '../domain/policies/policy-document.ts'
import { type FileProblem, readCsv } from './csv-file.ts'

export const HR_COLUMNS = ['user', 'kind', 'date', 'note'] as const
export const HR_KINDS = ['resignation', 'last_working_day', 'account_deleted', 'poor_review', 'improvement_plan', 'level_change'] as const
export type HrKind = (typeof HR_KINDS)[number]

export interface HrEvent {
  readonly user: string
  readonly kind: HrKind
  /** Start of the day, UTC. */
  readonly atMs: number
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[Tt].*)?$/

function dayMs(text: string): number | undefined {
  const [, day] = DATE.exec(text) ?? []
  if (day === undefined || Number.isNaN(Date.parse(text))) return undefined
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day) ? ms : undefined
}

/** Reads the HR file: one row for each event. */
export function readHrEvents(text: string): { readonly events: readonly HrEvent[]; readonly problems: readonly FileProblem[] } {
  const { rows, problems: found } = readCsv(text, HR_COLUMNS)
  const problems = [...found]
  const events: HrEvent[] = []
  for (const { line, values } of rows) {
    const kind = HR_KINDS.find((known) => known === values.kind.toLowerCase().replaceAll(/[\s-]+/g, '_'))
    const atMs = dayMs(values.date)
    if (values.user === '') problems.push({ line, problem: 'has no user' })
    else if (kind === undefined) problems.push({ line, problem: `there is no kind "${values.kind}"; the nearest is "${nearestWord(values.kind, HR_KINDS) ?? ''}"` })
    else if (atMs === undefined) problems.push({ line, problem: `"${values.date}" is not a date such as 2026-03-02` })
    else events.push({ user: values.user, kind, atMs })
  }
  return { events, problems }
}
