// What the console reads: one query a resource. Keys begin with the resource's name, so that a live message can invalidate by it.
import type {
  AccountList, ActivityPage, AnalyticsView, AlertDetail, AlertPage, AlertSettings, AlertStatistics, AssigneeList, AuditPage, DeviceDetail, DevicePage, EnrolmentCodeView, GroupView, IndicatorView, Me, Overview, PolicyView,
  RiskLevelView, SavedViewList, SetupState, TemplateView, TriggerView, TuningView, UserChart, UserDetail, UserPage, UserProfile, ChronologyPage,
} from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, type QueryValue } from './client.ts'

export interface Items<T> {
  readonly items: readonly T[]
}

const path = (segment: string): string => encodeURIComponent(segment)

export const setupQuery = () => queryOptions({ queryKey: ['setup'], queryFn: ({ signal }) => api.get<SetupState>('/setup', { signal }) })

export const meQuery = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: async ({ signal }) => {
      const me = await api.get<Me>('/me', { signal })
      api.useCsrfToken(me.csrfToken)
      return me
    },
    retry: false,
    staleTime: 60_000,
  })

export const overviewQuery = () => queryOptions({ queryKey: ['overview'], queryFn: ({ signal }) => api.get<Overview>('/overview', { signal }) })

/** In the words of GET /alerts. */
export type AlertFilter = Readonly<Partial<Record<'severity' | 'status' | 'policyId' | 'factor' | 'assignee' | 'trigger' | 'dismissReason', readonly string[]>>> & Readonly<Partial<Record<'hasCase' | 'overdue' | 'userId' | 'search' | 'from' | 'to' | 'sort', string>>>
export type ExplorerFilter = Readonly<Partial<Record<'kind' | 'factor' | 'indicator', readonly string[]>>> & Readonly<Partial<Record<'userId' | 'alertId' | 'scope' | 'reviewed' | 'q' | 'from' | 'to' | 'sort', string>>>

const nextCursor = (page: { readonly nextCursor?: string }): string | undefined => page.nextCursor

const pages = <T extends { nextCursor?: string }>(resource: string, at: string, query: Readonly<Record<string, QueryValue>>) =>
  infiniteQueryOptions({
    queryKey: [resource, 'list', query],
    queryFn: ({ pageParam, signal }) => api.get<T>(at, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextCursor,
  })

export const analyticsQuery = () => queryOptions({ queryKey: ['analytics'], queryFn: ({ signal }) => api.get<AnalyticsView>('/analytics', { signal }), staleTime: 60_000 })

export const alertsQuery = (filter: AlertFilter) => pages<AlertPage>('alerts', '/alerts', { ...filter, limit: 50 })
export const alertStatisticsQuery = () => queryOptions({ queryKey: ['alerts', 'statistics'], queryFn: ({ signal }) => api.get<AlertStatistics>('/alerts/statistics', { signal }) })
export const alertQuery = (id: string) => queryOptions({ queryKey: ['alerts', 'one', id], queryFn: ({ signal }) => api.get<AlertDetail>(`/alerts/${path(id)}`, { signal }) })

export const assigneesQuery = () => queryOptions({ queryKey: ['alerts', 'assignees'], queryFn: ({ signal }) => api.get<AssigneeList>('/alerts/assignees', { signal }), staleTime: 60_000 })
export const alertSettingsQuery = () => queryOptions({ queryKey: ['settings', 'alerts'], queryFn: ({ signal }) => api.getWithRevision<AlertSettings>('/settings/alerts', { signal }) })
export const tuningQuery = (id: string) => queryOptions({ queryKey: ['alerts', 'tuning', id], queryFn: ({ signal }) => api.get<TuningView>(`/alerts/${path(id)}/tuning`, { signal }) })
export const savedViewsQuery = (resource: string) => queryOptions({ queryKey: ['saved-views', resource], queryFn: ({ signal }) => api.get<SavedViewList>('/saved-views', { query: { resource, counts: true }, signal }), staleTime: 30_000 })
export const explorerQuery = (filter: ExplorerFilter) => pages<ActivityPage>('activities', '/activities', { ...filter, limit: 50 })

export const usersQuery = (filter: Readonly<Record<string, QueryValue>>) => pages<UserPage>('users', '/users', { ...filter, limit: 50 })
export const userQuery = (id: string) => queryOptions({ queryKey: ['users', 'one', id], queryFn: ({ signal }) => api.get<UserDetail>(`/users/${path(id)}`, { signal }) })
export const userChartQuery = (id: string, range: { readonly from: string; readonly to: string }) =>
  queryOptions({ queryKey: ['users', 'chart', id, range], queryFn: ({ signal }) => api.get<UserChart>(`/users/${path(id)}/chart`, { query: range, signal }) })

export const userProfileQuery = (id: string) => queryOptions({ queryKey: ['users', 'profile', id], queryFn: ({ signal }) => api.get<UserProfile>(`/users/${path(id)}/profile`, { signal }) })
export const userChronologyQuery = (id: string, filter: { readonly kind: readonly string[]; readonly severity: readonly string[] }) =>
  infiniteQueryOptions({
    queryKey: ['users', 'chronology', id, filter], queryFn: ({ pageParam, signal }) => api.get<ChronologyPage>(`/users/${path(id)}/chronology`, { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined, getNextPageParam: nextCursor,
  })
export const userTriggersQuery = (id: string) => queryOptions({ queryKey: ['users', 'triggers', id], queryFn: ({ signal }) => api.get<Items<TriggerView>>(`/users/${path(id)}/triggers`, { signal }) })
export const riskLevelQuery = (id: string) => queryOptions({ queryKey: ['users', 'risk-level', id], queryFn: ({ signal }) => api.get<RiskLevelView>(`/users/${path(id)}/risk-level`, { signal }) })

export const activitiesQuery = (filter: { readonly userId?: string; readonly deviceId?: string; readonly from?: string; readonly to?: string; readonly kind?: readonly string[] }) =>
  pages<ActivityPage>('activities', '/activities', { ...filter, limit: 100 })

export const devicesQuery = (filter: { readonly search?: string; readonly group?: string; readonly seesLess?: string; readonly drill?: string; readonly fault?: string; readonly tag?: string; readonly gone?: string }) => pages<DevicePage>('devices', '/devices', { ...filter, limit: 100 })
export const deviceQuery = (id: string) => queryOptions({ queryKey: ['devices', 'one', id], queryFn: ({ signal }) => api.get<DeviceDetail>(`/devices/${path(id)}`, { signal }) })
export const groupsQuery = () => queryOptions({ queryKey: ['groups'], queryFn: ({ signal }) => api.get<Items<GroupView>>('/groups', { signal }) })
export const groupQuery = (name: string) => queryOptions({ queryKey: ['groups', name], queryFn: ({ signal }) => api.get<GroupView>(`/groups/${path(name)}`, { signal }) })
export const enrolmentCodesQuery = () => queryOptions({ queryKey: ['enrolment-codes'], queryFn: ({ signal }) => api.get<Items<EnrolmentCodeView>>('/enrolment-codes', { signal }) })

export const policiesQuery = () => queryOptions({ queryKey: ['policies'], queryFn: ({ signal }) => api.get<Items<PolicyView>>('/policies', { signal }) })
export const policyQuery = (id: string) => queryOptions({ queryKey: ['policies', id], queryFn: ({ signal }) => api.get<PolicyView>(`/policies/${path(id)}`, { signal }) })
export const indicatorsQuery = () => queryOptions({ queryKey: ['indicators'], queryFn: ({ signal }) => api.get<Items<IndicatorView>>('/indicators', { signal }), staleTime: Number.POSITIVE_INFINITY })
export const templatesQuery = () => queryOptions({ queryKey: ['templates'], queryFn: ({ signal }) => api.get<Items<TemplateView>>('/templates', { signal }), staleTime: Number.POSITIVE_INFINITY })

export const auditQuery = (filter: { readonly action?: string }) => pages<AuditPage>('audit', '/audit', { ...filter, limit: 100 })
export const accountsQuery = () => queryOptions({ queryKey: ['accounts'], queryFn: ({ signal }) => api.get<AccountList>('/accounts', { signal }) })
