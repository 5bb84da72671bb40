// Targets of exports and the pull feed.
import type { DeadLetterPage, FeedView, ReplayView, TargetCreated, TargetList, TargetRequest, TargetView, TestView } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (id: string): string => `/exports/${encodeURIComponent(id)}`

export const exportsQuery = () => queryOptions({ queryKey: ['exports'], queryFn: ({ signal }) => api.get<TargetList>('/exports', { signal }), refetchInterval: 5000 })
export const deadLettersQuery = (id: string) => queryOptions({ queryKey: ['exports', 'dead', id], queryFn: ({ signal }) => api.get<DeadLetterPage>(`${path(id)}/dead-letters`, { signal, query: { limit: 100 } }) })
export const feedQuery = () => queryOptions({ queryKey: ['feed'], queryFn: ({ signal }) => api.get<FeedView>('/settings/feed', { signal }) })

/** @throws EXPORT_INVALID, EXPORT_EXISTS, EXPORT_SECRET_NEEDED with the reason in words */
export const saveTarget = (known: TargetView | undefined, body: TargetRequest): Promise<TargetCreated> => (known === undefined ? api.send('POST', '/exports', { body }) : api.send('PUT', path(known.id), { revision: known.revision, body }))
export const testTarget = (id: string | undefined, target: TargetRequest): Promise<TestView> => api.send('POST', '/exports/test', { body: { ...(id === undefined ? {} : { id }), target } })
export const pauseTarget = (id: string, verb: 'pause' | 'resume'): Promise<TargetView> => api.send('POST', `${path(id)}/${verb}`)
export const deleteTarget = (id: string): Promise<unknown> => api.send('DELETE', path(id))
export const newSigningSecret = (id: string): Promise<TargetCreated> => api.send('POST', `${path(id)}/signing-secret`)
/** @throws EXPORT_RANGE */
export const replayTarget = (id: string, body: { readonly fromId: number; readonly toId: number } | { readonly from: string; readonly to: string }): Promise<ReplayView> => api.send('POST', `${path(id)}/replay`, { body })
export const decideLetters = (id: string, body: { readonly action: 'retry' | 'drop'; readonly ids: readonly number[]; readonly reason?: string }): Promise<{ readonly count: number }> => api.send('POST', `${path(id)}/dead-letters`, { body })
export const saveFeed = (revision: number, body: { readonly enabled: boolean; readonly names: boolean; readonly reason?: string }): Promise<FeedView> => api.send('PUT', '/settings/feed', { revision, body })
