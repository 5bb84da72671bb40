// The queue's filters as they stand in the URL: /alerts?severity=high&status=needs_review&from=now-7d&sort=-score&alert=…
// The words are those of the API, so that an address, a saved view and a command line say the same.
import type { AlertFilter as ApiFilter, AlertView } from '@holdfast/collector/contract'
import type { AlertFilter } from '../../api/queries.ts'
import { listOf, oneOf, textOf, textsOf } from '../../app/search-params.ts'
import { SEVERITIES, type Severity } from '../../theme/severity.ts'

export type AlertStatus = AlertView['status']
export type Factor = AlertView['factors'][number]
export type DismissReason = NonNullable<AlertView['dismissReason']>
export const STATUSES: readonly AlertStatus[] = ['needs_review', 'confirmed', 'dismissed', 'resolved']
export const FACTORS: readonly Factor[] = ['unusual', 'sequence', 'cumulative', 'priority_content', 'unallowed_domain', 'priority_user', 'high_impact_user']
export const REASONS: readonly DismissReason[] = ['expected_for_user', 'not_impactful', 'too_much_activity', 'false_detection']
export const TRIGGERS = ['indicator_threshold', 'sequence_threshold', 'cumulative_exfiltration', 'hr_resignation', 'hr_last_working_day', 'account_deleted', 'hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change', 'security_alert', 'custom_indicator', 'patient_defence_evasion', 'manual'] as const
/** `all` is no time of the API: it stands for no limit. */
export const RANGES = ['now-24h', 'now-7d', 'now-30d', 'now-90d', 'all'] as const
export const SORTS = ['-updatedAt', 'updatedAt', '-score', 'score', '-createdAt', 'createdAt'] as const
export type Sort = (typeof SORTS)[number]
export const DEFAULT_FROM = 'now-30d'

export interface AlertSearch {
  readonly severity: readonly Severity[]
  readonly status: readonly AlertStatus[]
  readonly policyId: readonly string[]
  readonly factor: readonly Factor[]
  /** Account ids, `me`, `nobody`. */
  readonly assignee: readonly string[]
  readonly trigger: readonly string[]
  readonly dismissReason: readonly DismissReason[]
  readonly hasCase?: 'true' | 'false'
  readonly overdue?: 'true'
  readonly userId?: string
  readonly search?: string
  /** `now-30d`, a day, a time, or `all`. */
  readonly from: string
  readonly to?: string
  readonly sort: Sort
  /** The alert whose drawer is open. */
  readonly alert?: string
}

const TIME = /^(now(-\d{1,5}[mhdw])?(\/[hdw])?|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?)$/
/** A time as the API reads it; days that do not exist are none. */
export const timeWord = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text !== undefined && TIME.test(text) && (text.startsWith('now') || !Number.isNaN(Date.parse(text))) ? text : undefined
}
const wordsOf = (value: unknown): readonly string[] => textsOf(value).filter((word) => /^[A-Za-z0-9_.:-]{1,128}$/.test(word))

/** What older addresses said. */
const olderRanges: Readonly<Record<string, string>> = { '24h': 'now-24h', '7d': 'now-7d', '30d': 'now-30d', '90d': 'now-90d', all: 'all' }

/** Reads outside input: what is not known falls back to the default. */
export const parseAlertSearch = (raw: Record<string, unknown>): AlertSearch => {
  const from = raw['from'] === 'all' ? 'all' : (timeWord(raw['from']) ?? olderRanges[String(raw['range'])] ?? DEFAULT_FROM)
  const optional = {
    hasCase: oneOf(raw['hasCase'], ['true', 'false'] as const, undefined), overdue: oneOf(raw['overdue'], ['true'] as const, undefined), userId: wordsOf(raw['userId'])[0], search: textOf(raw['search'])?.slice(0, 64), to: timeWord(raw['to']), alert: textOf(raw['alert']),
  }
  return {
    severity: listOf(raw['severity'], SEVERITIES), status: listOf(raw['status'], STATUSES), policyId: wordsOf(raw['policyId'] ?? raw['policy']), factor: listOf(raw['factor'], FACTORS), assignee: wordsOf(raw['assignee']), trigger: listOf(raw['trigger'], TRIGGERS),
    dismissReason: listOf(raw['dismissReason'], REASONS), from, sort: oneOf(raw['sort'], SORTS, '-updatedAt'), ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }
}

export const emptySearch: AlertSearch = parseAlertSearch({ from: 'all' })

/** What goes into the URL: defaults stay out of it. */
export const alertSearchParams = (search: AlertSearch): Record<string, unknown> => ({ ...search, from: search.from === DEFAULT_FROM ? undefined : search.from, sort: search.sort === '-updatedAt' ? undefined : search.sort })

/** The question to the API; times go as words, so that the same view stays the same query. */
export const alertFilter = ({ alert: _alert, from, ...search }: AlertSearch): AlertFilter => ({ ...search, ...(from === 'all' ? {} : { from }) })

/** The filter as a document: for a saved view and for what is done to all that match. */
export const filterDocument = (search: AlertSearch): ApiFilter => {
  const { sort: _sort, hasCase, overdue, ...rest } = alertFilter(search) as Omit<AlertSearch, 'alert'>
  const lists = Object.entries(rest).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
  return { ...(Object.fromEntries(lists) as ApiFilter), ...(hasCase === undefined ? {} : { hasCase: hasCase === 'true' }), ...(overdue === undefined ? {} : { overdue: true }) }
}

/** A saved view's filter as an address; a view without a time means any time. */
export const searchOfView = (filter: Readonly<Record<string, unknown>>, sort: string | undefined): AlertSearch =>
  parseAlertSearch({ from: 'all', ...Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, typeof value === 'boolean' ? String(value) : value])), sort })

const listsOf = (search: AlertSearch): number => search.severity.length + search.status.length + search.policyId.length + search.factor.length + search.assignee.length + search.trigger.length + search.dismissReason.length
const othersOf = (search: AlertSearch): number => [search.hasCase, search.overdue, search.userId, search.search, search.to].filter((one) => one !== undefined).length

/** Whether a filter hides alerts; the default range counts as one, since it hides old ones. */
export const isFiltered = (search: AlertSearch): boolean => listsOf(search) + othersOf(search) > 0 || search.from !== 'all'
/** Whether anything differs from the queue as it opens. */
export const differs = (search: AlertSearch): boolean => listsOf(search) + othersOf(search) > 0 || search.from !== DEFAULT_FROM
/** Filters of the second row that are set. */
export const moreFilters = (search: AlertSearch): number => search.factor.length + search.trigger.length + search.dismissReason.length + [search.hasCase, search.overdue].filter((one) => one !== undefined).length

/** The sort after a click on a column: descending first, then turned round. */
export const nextSort = (current: Sort, column: 'updatedAt' | 'score' | 'createdAt'): Sort => (current === `-${column}` ? column : `-${column}`)
