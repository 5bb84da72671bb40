// The filter of the log as the address holds it.
import { listOf, textOf } from '../../app/search-params.ts'
import type { AuditFilter } from '../../api/privacy.ts'

export const AUDIT_CATEGORIES = ['alerts', 'cases', 'users', 'policies', 'notices', 'evidence', 'exports', 'privacy', 'settings', 'devices', 'connectors', 'accounts', 'audit'] as const

const TEXTS = ['action', 'actor', 'subject', 'target', 'from', 'to'] as const
const DAY_MS = 86_400_000

export function filterOf(raw: Readonly<Record<string, unknown>>): AuditFilter {
  const filter: Record<string, unknown> = { category: listOf(raw['category'], AUDIT_CATEGORIES) }
  for (const key of TEXTS) {
    const text = textOf(raw[key])
    if (text !== undefined) filter[key] = text
  }
  return filter as unknown as AuditFilter
}

export const isFiltered = (filter: AuditFilter): boolean => filter.category.length > 0 || TEXTS.some((key) => filter[key] !== undefined)

/** A day of a date field as the instant at which it begins, some days later. */
export const isoOfDay = (day: string, later: number): string => (day === '' || Number.isNaN(Date.parse(day)) ? '' : new Date(Date.parse(`${day}T00:00:00Z`) + later * DAY_MS).toISOString())
/** The inverse. */
export const dayOfIso = (instant: string | undefined, later = 0): string => (instant === undefined || Number.isNaN(Date.parse(instant)) ? '' : new Date(Date.parse(instant) + later * DAY_MS).toISOString().slice(0, 10))
