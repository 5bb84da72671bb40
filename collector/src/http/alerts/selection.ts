// The words of a filter as the store asks for alerts.
import { overdueBefore } from '../../domain/cases/decision-clock.ts'
import { parseTime } from '../../domain/cases/time-range.ts'
import type { AlertQuery, AlertSelection } from '../../store/alerts.ts'
import type { StoreReader } from '../../store/store.ts'
import type { PersonFilter } from '../../store/access.ts'
import { InvalidRequest } from '../error-response.ts'
import type { AlertFilter } from './schema.ts'
import { alertSettings } from './settings.ts'

export interface Asker {
  readonly accountId: string
  readonly visible?: PersonFilter
}

/** A time of a filter. @throws REQUEST_INVALID for a day that does not exist */
export function timeOf(word: string | undefined, nowMs: number, side: 'from' | 'to'): number | undefined {
  if (word === undefined) return undefined
  const atMs = parseTime(word, nowMs, side)
  if (atMs === undefined) throw new InvalidRequest([{ pointer: `/${side}`, detail: 'is no time; write now-30d, 2026-03-01 or 2026-03-01T09:00:00Z' }])
  return atMs
}

const assigneeOf = (word: string, accountId: string): string | null => (word === 'nobody' ? null : word === 'me' ? accountId : word)

/** @throws REQUEST_INVALID */
export async function selectionOf(reader: StoreReader, filter: AlertFilter, nowMs: number, { accountId, visible }: Asker): Promise<AlertSelection> {
  const createdFromMs = timeOf(filter.from, nowMs, 'from')
  const createdToMs = timeOf(filter.to, nowMs, 'to')
  return {
    ...(visible === undefined ? {} : { visible }), ...(filter.status === undefined ? {} : { status: filter.status }), ...(filter.severity === undefined ? {} : { severity: filter.severity }), ...(filter.policyId === undefined ? {} : { policyId: filter.policyId }),
    ...(filter.userId === undefined ? {} : { userId: filter.userId }), ...(createdFromMs === undefined ? {} : { createdFromMs }), ...(createdToMs === undefined ? {} : { createdToMs }),
    ...(filter.factor === undefined ? {} : { factors: filter.factor }), ...(filter.assignee === undefined ? {} : { assignees: filter.assignee.map((word) => assigneeOf(word, accountId)) }), ...(filter.trigger === undefined ? {} : { triggerKinds: filter.trigger }),
    ...(filter.dismissReason === undefined ? {} : { dismissReasons: filter.dismissReason }), ...(filter.hasCase === undefined ? {} : { hasCase: filter.hasCase }), ...(filter.search === undefined ? {} : { search: filter.search.trim() }),
    ...(filter.overdue === true ? { openedBeforeMs: overdueBefore((await alertSettings(reader)).settings.hoursToDecision, nowMs) } : {}),
  }
}

const sorts: Readonly<Record<string, AlertQuery['sort']>> = { createdAt: 'created_at', updatedAt: 'updated_at', score: 'score' }
/** @param sort  `-updatedAt`, `score`, ...; checked by its schema */
export const orderOf = (sort: string): Pick<AlertQuery, 'sort' | 'descending'> => ({ sort: sorts[sort.replace('-', '')] ?? 'updated_at', descending: sort.startsWith('-') })
