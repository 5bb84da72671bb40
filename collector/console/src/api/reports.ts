// User activity reports: what the console asks and does.
import type { ReportDetail, ReportPage, ShareCreated } from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)
/** Live messages say when a report moves on; this is for a page whose connection is away. */
const LOOK_AGAIN_MS = 3000
const unfinished = (report: Pick<ReportDetail, 'state'>): boolean => report.state === 'queued' || report.state === 'running'

export const reportsQuery = (userId?: string) =>
  infiniteQueryOptions({
    queryKey: ['reports', 'list', userId ?? ''],
    queryFn: ({ pageParam, signal }) => api.get<ReportPage>('/user-reports', { query: { userId, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ReportPage): string | undefined => page.nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(unfinished)) === true ? LOOK_AGAIN_MS : false),
  })
export const reportQuery = (id: string) => queryOptions({ queryKey: ['reports', 'one', id], queryFn: ({ signal }) => api.get<ReportDetail>(`/user-reports/${path(id)}`, { signal }), refetchInterval: ({ state }) => (state.data !== undefined && unfinished(state.data) ? LOOK_AGAIN_MS : false) })
export const sharedReportQuery = (token: string) => queryOptions({ queryKey: ['reports', 'shared', token], queryFn: ({ signal }) => api.get<ReportDetail>(`/user-reports/shared/${path(token)}`, { signal }), retry: false })

export const askForReport = (body: { readonly userId: string; readonly from: string; readonly to: string; readonly reason: string }): Promise<ReportDetail> => api.send('POST', '/user-reports', { body })
export const deleteReport = (id: string): Promise<unknown> => api.send('DELETE', `/user-reports/${path(id)}`)
export const shareReport = (id: string, days: number): Promise<ShareCreated> => api.send('POST', `/user-reports/${path(id)}/shares`, { body: { days } })
export const endShare = (id: string, shareId: string): Promise<unknown> => api.send('DELETE', `/user-reports/${path(id)}/shares/${path(shareId)}`)
