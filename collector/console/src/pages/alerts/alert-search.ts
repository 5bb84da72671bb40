// The queue's filters as they stand in the URL: /alerts?severity=high&status=needs_review&range=7d&sort=-score&alert=…
import type { AlertView } from '@holdfast/collector/contract'
import type { AlertFilter } from '../../api/queries.ts'
import { listOf, oneOf, textOf, textsOf } from '../../app/search-params.ts'
import { SEVERITIES, type Severity } from '../../theme/severity.ts'

export type AlertStatus = AlertView['status']
export const STATUSES: readonly AlertStatus[] = ['needs_review', 'confirmed', 'dismissed', 'resolved']
export const RANGES = ['24h', '7d', '30d', '90d', 'all', 'custom'] as const
export type Range = (typeof RANGES)[number]
export const SORTS = ['-updatedAt', 'updatedAt', '-score', 'score', '-createdAt', 'createdAt'] as const
export type Sort = (typeof SORTS)[number]
export const DEFAULT_RANGE: Range = '30d'

export interface AlertSearch {
  readonly severity: readonly Severity[]
  readonly status: readonly AlertStatus[]
  readonly policy: readonly string[]
  readonly range: Range
  /** UTC days, both included; only with the range `custom`. */
  readonly from?: string
  readonly to?: string
  readonly sort: Sort
  /** The alert whose drawer is open. */
  readonly alert?: string
}

const dayOf = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}

/** Reads outside input: what is not known falls back to the default. */
export const parseAlertSearch = (raw: Record<string, unknown>): AlertSearch => {
  const from = dayOf(raw['from'])
  const to = dayOf(raw['to'])
  const alert = textOf(raw['alert'])
  return {
    severity: listOf(raw['severity'], SEVERITIES), status: listOf(raw['status'], STATUSES), policy: textsOf(raw['policy']),
    range: oneOf(raw['range'], RANGES, DEFAULT_RANGE), sort: oneOf(raw['sort'], SORTS, '-updatedAt'),
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(alert === undefined ? {} : { alert }),
  }
}

/** What goes into the URL: defaults stay out of it. */
export const alertSearchParams = (search: AlertSearch): Record<string, unknown> => ({
  ...search, range: search.range === DEFAULT_RANGE ? undefined : search.range, sort: search.sort === '-updatedAt' ? undefined : search.sort,
  ...(search.range === 'custom' ? {} : { from: undefined, to: undefined }),
})

const RANGE_HOURS: Readonly<Partial<Record<Range, number>>> = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 }
const HOUR_MS = 3_600_000

/** The question to the API. The present is rounded down to the hour, so that the same view is the same query. */
export const alertFilter = (search: AlertSearch, nowMs: number): AlertFilter => {
  const hours = RANGE_HOURS[search.range]
  const from = hours === undefined ? (search.range === 'custom' && search.from !== undefined ? `${search.from}T00:00:00.000Z` : undefined) : new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS - hours * HOUR_MS).toISOString()
  const to = search.range === 'custom' && search.to !== undefined ? `${search.to}T23:59:59.999Z` : undefined
  return { severity: search.severity, status: search.status, policyId: search.policy, sort: search.sort, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Whether a filter hides alerts; the default range counts as one, since it hides old ones. */
export const isFiltered = (search: AlertSearch): boolean => search.severity.length + search.status.length + search.policy.length > 0 || search.range !== 'all'

/** The sort after a click on a column: descending first, then turned round. */
export const nextSort = (current: Sort, column: 'updatedAt' | 'score'): Sort => (current === `-${column}` ? column : `-${column}`)
