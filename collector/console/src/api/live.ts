// Exceptions for removable media, and live questions to devices.
import type { AskingPage, AskingView, ExceptionPage, ExceptionView, QuestionSettingsView } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)
const LIVE_MS = 30_000

export type ExceptionDecision = { readonly grant: true; readonly hours: number; readonly copies: boolean; readonly note?: string } | { readonly grant: false; readonly note: string }
export interface AskRequest {
  readonly question: AskingView['question']
  readonly reason: string
  readonly deviceIds?: readonly string[]
  readonly group?: string
  readonly minutes: number
}

export const exceptionsQuery = (state: readonly string[]) => queryOptions({ queryKey: ['exceptions', state], queryFn: ({ signal }) => api.get<ExceptionPage>('/exceptions', { query: { state, limit: 200 }, signal }), refetchInterval: LIVE_MS })
/** @throws SECOND_PERSON, REQUEST_OVER, EXCEPTION_REFUSED */
export const decideException = (id: string, body: ExceptionDecision): Promise<ExceptionView> => api.send('POST', `/exceptions/${path(id)}/decision`, { body })
export const revokeException = (id: string, note: string): Promise<ExceptionView> => api.send('POST', `/exceptions/${path(id)}/revoke`, { body: note === '' ? {} : { note } })

export const questionsQuery = (deviceId?: string) => queryOptions({ queryKey: ['questions', 'list', deviceId ?? ''], queryFn: ({ signal }) => api.get<AskingPage>('/questions', { query: { limit: 100, ...(deviceId === undefined ? {} : { deviceId }) }, signal }), refetchInterval: LIVE_MS })
/** Each look is audited, so it is not repeated by itself. */
export const questionQuery = (id: string) => queryOptions({ queryKey: ['questions', 'one', id], queryFn: ({ signal }) => api.get<AskingView>(`/questions/${path(id)}`, { signal }), staleTime: Infinity })
/** @throws QUESTION_REFUSED, NOT_FOUND */
export const askDevices = (body: AskRequest): Promise<AskingView> => api.send('POST', '/questions', { body })
export const decideQuestion = (id: string, grant: boolean): Promise<AskingView> => api.send('POST', `/questions/${path(id)}/decision`, { body: { grant } })
export const questionSettingsQuery = () => queryOptions({ queryKey: ['questions', 'settings'], queryFn: ({ signal }) => api.get<QuestionSettingsView>('/settings/questions', { signal }) })
export const saveQuestionSettings = (body: QuestionSettingsView): Promise<QuestionSettingsView> => api.send('PUT', '/settings/questions', { body })
