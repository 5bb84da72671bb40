// Names shown for a time, requests, how long things are kept, erasing a person, and the audit log's reports.
import type { AuditFacets, AuditPage, AuditTargetsView, ErasureView, LooksView, PrivacyRequestPage, PrivacyRequestView, PrivacySettingsView, RetentionRunView, RetentionView, RevealedView } from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)
const RUN_MS = 1000
const LIVE_MS = 30_000

export type PrivacySettings = Pick<PrivacySettingsView, 'revealNeedsSecond' | 'revealHours' | 'erasureNeedsSecond' | 'requestHours'>
export type AuditTargets = Pick<AuditTargetsView, 'syslog' | 'mail'>

export const privacySettingsQuery = () => queryOptions({ queryKey: ['privacy', 'settings'], queryFn: ({ signal }) => api.get<PrivacySettingsView>('/settings/privacy', { signal }) })
export const privacyRequestsQuery = (state: readonly string[]) => queryOptions({ queryKey: ['privacy', 'requests', state], queryFn: ({ signal }) => api.get<PrivacyRequestPage>('/privacy-requests', { query: { state, limit: 200 }, signal }), refetchInterval: LIVE_MS })
export const retentionQuery = () => queryOptions({ queryKey: ['privacy', 'retention'], queryFn: ({ signal }) => api.get<RetentionView>('/settings/retention', { signal }) })
export const retentionRunsQuery = () =>
  queryOptions({
    queryKey: ['privacy', 'runs'], queryFn: ({ signal }) => api.get<{ items: readonly RetentionRunView[] }>('/retention-runs', { signal }),
    refetchInterval: (query) => (query.state.data?.items[0]?.state === 'running' ? RUN_MS : false),
  })
export const auditTargetsQuery = () => queryOptions({ queryKey: ['privacy', 'targets'], queryFn: ({ signal }) => api.get<AuditTargetsView>('/settings/audit-targets', { signal }) })

/** Writes the reason to the audit log; the name comes with the answer, or after a second person has agreed. */
export const askForName = (id: string, kind: string, reason: string): Promise<RevealedView> => api.send('POST', `/users/${path(id)}/reveal`, { body: { kind, reason } })
/** @throws SECOND_PERSON, REQUEST_OVER */
export const decideRequest = (id: string, grant: boolean, note: string): Promise<PrivacyRequestView> => api.send('POST', `/privacy-requests/${path(id)}/decision`, { body: { grant, ...(note === '' ? {} : { note }) } })
export const endRequest = (id: string): Promise<PrivacyRequestView> => api.send('DELETE', `/privacy-requests/${path(id)}`)
export const savePrivacySettings = (revision: number, body: PrivacySettings): Promise<PrivacySettingsView> => api.send('PUT', '/settings/privacy', { revision, body })
export const saveRetention = (revision: number, days: Readonly<Record<string, number | null>>): Promise<RetentionView> => api.send('PUT', '/settings/retention', { revision, body: { days } })
export const startRetention = (): Promise<RetentionRunView> => api.send('POST', '/retention-runs')
/** @throws ERASURE_HELD, ERASURE_CASE_ACTIVE, ERASURE_DONE */
export const erasePerson = (identity: string, reasonKind: string, reason: string): Promise<ErasureView> => api.send('POST', '/erasures', { body: { ...(/^u_[0-9a-z_]+$/.test(identity) ? { userId: identity } : { identity }), reasonKind, reason } })
export const saveAuditTargets = (revision: number, body: AuditTargets): Promise<AuditTargetsView> => api.send('PUT', '/settings/audit-targets', { revision, body })
export const testAuditTargets = (): Promise<AuditTargetsView> => api.send('POST', '/settings/audit-targets/test')

export interface AuditFilter {
  readonly category: readonly string[]
  readonly action?: string
  readonly actor?: string
  readonly subject?: string
  readonly target?: string
  readonly from?: string
  readonly to?: string
}

export const auditLogQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filter], queryFn: ({ pageParam, signal }) => api.get<AuditPage>('/audit', { query: { ...filter, limit: 100, cursor: pageParam }, signal }), initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.nextCursor,
  })
export const auditFacetsQuery = () => queryOptions({ queryKey: ['audit', 'facets'], queryFn: ({ signal }) => api.get<AuditFacets>('/audit/facets', { signal }), staleTime: 60_000 })
export const looksQuery = (person: string) => queryOptions({ queryKey: ['audit', 'looks', person], queryFn: ({ signal }) => api.get<LooksView>('/audit/who-looked-at', { query: /^u_[0-9a-z_]+$/.test(person) ? { user: person } : { identity: person }, signal }), retry: false })
/** Address of the file that a filter gives. */
export const auditExportPath = (filter: AuditFilter, format: 'csv' | 'jsonl'): string => {
  const parameters = new URLSearchParams([['format', format], ...filter.category.map((name): [string, string] => ['category', name])])
  for (const key of ['action', 'actor', 'subject', 'target', 'from', 'to'] as const) if (filter[key] !== undefined) parameters.set(key, filter[key])
  return `/api/v1/audit/export?${parameters.toString()}`
}
