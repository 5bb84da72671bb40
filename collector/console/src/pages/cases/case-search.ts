// The address of the list of cases, and the question that it makes.
import type { CaseFilter } from '../../api/cases.ts'
import { listOf, oneOf, textOf } from '../../app/search-params.ts'

export const CASE_STATUSES = ['active', 'closed'] as const
export const DUES = ['overdue', 'week'] as const
const SORTS = ['-updatedAt', 'updatedAt', '-openedAt', 'openedAt', '-dueAt', 'dueAt'] as const

export interface CaseSearch {
  readonly status: readonly (typeof CASE_STATUSES)[number][]
  readonly assigneeId: string | undefined
  readonly userId: string | undefined
  readonly due: (typeof DUES)[number] | undefined
  readonly search: string | undefined
  readonly sort: (typeof SORTS)[number]
}

export const readCaseSearch = (raw: Record<string, unknown>): CaseSearch => ({
  status: listOf(raw['status'], CASE_STATUSES), assigneeId: textOf(raw['assigneeId']), userId: textOf(raw['userId']), due: oneOf(raw['due'], DUES, undefined), search: textOf(raw['search']), sort: oneOf(raw['sort'], SORTS, '-updatedAt'),
})

export const writeCaseSearch = (search: CaseSearch): Record<string, unknown> => ({ ...search, sort: search.sort === '-updatedAt' ? undefined : search.sort })

export const caseFilter = ({ status, assigneeId, userId, due, search, sort }: CaseSearch): CaseFilter => ({
  status, sort, ...(assigneeId === undefined ? {} : { assigneeId }), ...(userId === undefined ? {} : { userId }), ...(due === undefined ? {} : { due }), ...(search === undefined ? {} : { search }),
})

export const isFiltered = (search: CaseSearch): boolean => search.status.length > 0 || [search.assigneeId, search.userId, search.due, search.search].some((one) => one !== undefined)

/** Descending first, then turned round. */
export const nextSort = (current: CaseSearch['sort'], column: 'updatedAt' | 'openedAt' | 'dueAt'): CaseSearch['sort'] => (current === `-${column}` ? column : `-${column}`)
