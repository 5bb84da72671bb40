// Cases, notices, mail and notifications: what the console reads and changes of them.
import type {
  ActivityPage, CaseDetail, CaseEventPage, CaseNotePage, CaseNoteView, CasePage, CasePatch, CaseSettingsView, CaseStatistics, MailSettingsRequest, MailSettingsView, MailTest, MyNotifications, MyNotificationsRequest, NoticeContentView, NoticePage, NoticePreview,
  NoticeTemplateList, NoticeTemplateRequest, NoticeTemplateView, NoticeView, NotificationSettingsView, UserChart,
} from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, type QueryValue } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)

const pages = <T extends { nextCursor?: string }>(key: readonly string[], at: string, query: Readonly<Record<string, QueryValue>>) =>
  infiniteQueryOptions({
    queryKey: [...key, query],
    queryFn: ({ pageParam, signal }) => api.get<T>(at, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: T): string | undefined => page.nextCursor,
  })

/** In the words of GET /cases. */
export type CaseFilter = Readonly<Partial<Record<'assigneeId' | 'userId' | 'due' | 'search' | 'from' | 'to' | 'sort', string>>> & { readonly status?: readonly string[] }

export const casesQuery = (filter: CaseFilter) => pages<CasePage>(['cases', 'list'], '/cases', { ...filter, limit: 50 })
export const caseStatisticsQuery = () => queryOptions({ queryKey: ['cases', 'statistics'], queryFn: ({ signal }) => api.get<CaseStatistics>('/cases/statistics', { signal }) })
export const caseQuery = (id: string) => queryOptions({ queryKey: ['cases', 'one', id], queryFn: ({ signal }) => api.get<CaseDetail>(`/cases/${path(id)}`, { signal }) })
export const caseNotesQuery = (id: string, search: string | undefined) => pages<CaseNotePage>(['cases', 'part', id, 'notes'], `/cases/${path(id)}/notes`, { search, limit: 50 })
export const caseEventsQuery = (id: string) => pages<CaseEventPage>(['cases', 'part', id, 'events'], `/cases/${path(id)}/events`, { limit: 50 })
export const caseNoticesQuery = (id: string) => pages<NoticePage>(['cases', 'part', id, 'notices'], `/cases/${path(id)}/notices`, { limit: 50 })
export const caseActivitiesQuery = (id: string, filter: { readonly kind?: readonly string[]; readonly from?: string; readonly to?: string }) => pages<ActivityPage>(['cases', 'activities', id], `/cases/${path(id)}/activities`, { ...filter, limit: 100 })
export const caseChartQuery = (id: string, range: { readonly from: string; readonly to: string }) => queryOptions({ queryKey: ['cases', 'chart', id, range], queryFn: ({ signal }) => api.get<UserChart>(`/cases/${path(id)}/chart`, { query: range, signal }) })

export const noticesQuery = () => pages<NoticePage>(['notices', 'list'], '/notices', { limit: 50 })
export const noticeTemplatesQuery = () => queryOptions({ queryKey: ['notices', 'templates'], queryFn: ({ signal }) => api.get<NoticeTemplateList>('/notice-templates', { signal }) })

export const caseSettingsQuery = () => queryOptions({ queryKey: ['settings', 'cases'], queryFn: ({ signal }) => api.getWithRevision<CaseSettingsView>('/settings/cases', { signal }) })
export const mailSettingsQuery = () => queryOptions({ queryKey: ['settings', 'mail'], queryFn: ({ signal }) => api.getWithRevision<MailSettingsView>('/settings/mail', { signal }) })
export const notificationSettingsQuery = () => queryOptions({ queryKey: ['settings', 'notifications'], queryFn: ({ signal }) => api.getWithRevision<NotificationSettingsView>('/settings/notifications', { signal }) })
export const myNotificationsQuery = () => queryOptions({ queryKey: ['me-notifications'], queryFn: ({ signal }) => api.getWithRevision<MyNotifications>('/me/notifications', { signal }) })

/** @throws CASE_EXISTS, CASE_LIMIT, CASE_ALERTS */
export const openCase = (body: { readonly alertIds: readonly string[]; readonly name: string; readonly note?: string }): Promise<CaseDetail> => api.send('POST', '/cases', { body })
export const changeCase = (id: string, revision: number, patch: CasePatch): Promise<CaseDetail> => api.send('PATCH', `/cases/${path(id)}`, { revision, body: patch })
export const addAlerts = (id: string, revision: number, alertIds: readonly string[]): Promise<CaseDetail> => api.send('POST', `/cases/${path(id)}/alerts`, { revision, body: { alertIds } })
export const resolveCase = (id: string, revision: number, body: { readonly outcome: 'benign' | 'confirmed_violation'; readonly reason: string }): Promise<CaseDetail> => api.send('POST', `/cases/${path(id)}/resolution`, { revision, body })
export const reopenCase = (id: string, revision: number, reason: string): Promise<CaseDetail> => api.send('POST', `/cases/${path(id)}/reopen`, { revision, body: { reason } })
export const writeNote = (id: string, text: string): Promise<CaseNoteView> => api.send('POST', `/cases/${path(id)}/notes`, { body: { text } })

export const saveTemplate = (template: NoticeTemplateRequest, at?: { readonly id: string; readonly revision: number }): Promise<NoticeTemplateView> =>
  at === undefined ? api.send('POST', '/notice-templates', { body: template }) : api.send('PUT', `/notice-templates/${path(at.id)}`, { revision: at.revision, body: template })
export const deleteTemplate = (id: string): Promise<unknown> => api.send('DELETE', `/notice-templates/${path(id)}`)
export const previewNotice = (content: NoticeContentView, caseId?: string): Promise<NoticePreview> => api.send('POST', '/notice-templates/preview', { body: { ...content, ...(caseId === undefined ? {} : { caseId }) } })
/** @throws MAIL_NOT_SET_UP, NOTICE_NO_ADDRESS, NOTICE_COPIES, NOTICE_INVALID */
export const sendNotice = (caseId: string, content: NoticeContentView, templateId: string | undefined): Promise<NoticeView> => api.send('POST', `/cases/${path(caseId)}/notices`, { body: { ...content, ...(templateId === undefined ? {} : { templateId }) } })
export const retryNotice = (id: string, acceptDuplicate: boolean): Promise<NoticeView> => api.send('POST', `/notices/${path(id)}/retry`, { body: acceptDuplicate ? { acceptDuplicate } : {} })

export const saveCaseSettings = (revision: number, settings: CaseSettingsView): Promise<CaseSettingsView> => api.send('PUT', '/settings/cases', { revision, body: settings })
export const saveMailSettings = (revision: number, settings: MailSettingsRequest): Promise<MailSettingsView> => api.send('PUT', '/settings/mail', { revision, body: settings })
export const testMail = (settings: MailSettingsRequest, to: string): Promise<MailTest> => api.send('POST', '/settings/mail/test', { body: { ...settings, ...(to === '' ? {} : { to }) } })
export const saveNotificationSettings = (revision: number, settings: NotificationSettingsView): Promise<NotificationSettingsView> => api.send('PUT', '/settings/notifications', { revision, body: settings })
export const saveMyNotifications = (revision: number, mine: MyNotificationsRequest): Promise<MyNotifications> => api.send('PUT', '/me/notifications', { revision, body: mine })
export const testMyNotifications = (channel: 'mail' | 'webhook'): Promise<MailTest> => api.send('POST', '/me/notifications/test', { body: { channel } })
