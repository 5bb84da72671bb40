import type { BundleList, BundleRequest, BundleView, HandOverPreview, HandOverResult, HoldList, HoldView, OpenedLink, ShareLinkList, ShareLinkRequest, ShareLinkView, SigningKeyView, TicketList, TicketTargetList, TicketTargetRequest, TicketTargetView, TicketTest, TicketView } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)
/** Beside the other parts of a case, so that what makes those stale makes these stale. */
const part = (caseId: string, name: string) => ['cases', 'part', caseId, name] as const

const MAKING_MS = 1500
export const bundlesQuery = (caseId: string) => queryOptions({
  queryKey: part(caseId, 'bundles'), queryFn: ({ signal }) => api.get<BundleList>(`/cases/${path(caseId)}/bundles`, { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'queued' || one.state === 'running') === true ? MAKING_MS : false),
})
export const signingKeyQuery = () => queryOptions({ queryKey: ['signing-key'], queryFn: ({ signal }) => api.get<SigningKeyView>('/signing-key', { signal }) })
export const ticketsQuery = (caseId: string) => queryOptions({ queryKey: part(caseId, 'tickets'), queryFn: ({ signal }) => api.get<TicketList>(`/cases/${path(caseId)}/tickets`, { signal }) })
export const caseHoldsQuery = (caseId: string) => queryOptions({ queryKey: part(caseId, 'holds'), queryFn: ({ signal }) => api.get<HoldList>(`/cases/${path(caseId)}/holds`, { signal }) })
export const holdsQuery = (query: { readonly released?: boolean; readonly userId?: string }) => queryOptions({ queryKey: ['holds', query], queryFn: ({ signal }) => api.get<HoldList>('/holds', { query, signal }) })
export const shareLinksQuery = (query: { readonly ref?: string; readonly all?: boolean }) => queryOptions({ queryKey: ['share-links', query], queryFn: ({ signal }) => api.get<ShareLinkList>('/share-links', { query, signal }) })
export const ticketTargetsQuery = () => queryOptions({ queryKey: ['settings', 'tickets'], queryFn: ({ signal }) => api.get<TicketTargetList>('/settings/tickets', { signal }) })
export const handOverQuery = (fromId: string) => queryOptions({ queryKey: ['hand-over', fromId], queryFn: ({ signal }) => api.get<HandOverPreview>('/hand-over', { query: { fromId }, signal }) })

export const makeBundle = (caseId: string, body: BundleRequest): Promise<BundleView> => api.send('POST', `/cases/${path(caseId)}/bundles`, { body })
export const deleteBundle = (id: string): Promise<unknown> => api.send('DELETE', `/bundles/${path(id)}`)
/** Fetches the ZIP with a reason and hands it to the browser. */
export async function downloadBundle(id: string, reason: string): Promise<void> {
  const { content, name } = await api.blob('POST', `/bundles/${path(id)}/download`, { body: { reason } })
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it by the next turn; a minute is for slow disks.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
export const placeHold = (caseId: string, reason: string): Promise<HoldView> => api.send('POST', `/cases/${path(caseId)}/holds`, { body: { reason } })
export const releaseHold = (id: string, reason: string): Promise<HoldView> => api.send('POST', `/holds/${path(id)}/release`, { body: { reason } })
export const openTicket = (caseId: string, body: { readonly targetId: string; readonly summary?: string; readonly text?: string }): Promise<TicketView> => api.send('POST', `/cases/${path(caseId)}/tickets`, { body })
export const updateTicket = (caseId: string, id: string, text: string): Promise<TicketView> => api.send('POST', `/cases/${path(caseId)}/tickets/${path(id)}/updates`, { body: { text } })
export const retryTicket = (caseId: string, id: string): Promise<TicketView> => api.send('POST', `/cases/${path(caseId)}/tickets/${path(id)}/retry`)
export const saveTicketTarget = (body: TicketTargetRequest, known?: { readonly id: string; readonly revision: number }): Promise<TicketTargetView> =>
  known === undefined ? api.send('POST', '/settings/tickets', { body }) : api.send('PUT', `/settings/tickets/${path(known.id)}`, { revision: known.revision, body })
export const deleteTicketTarget = (id: string): Promise<unknown> => api.send('DELETE', `/settings/tickets/${path(id)}`)
export const testTicketTarget = (body: TicketTargetRequest, id?: string): Promise<TicketTest> => api.send('POST', '/settings/tickets/test', { body: { ...body, ...(id === undefined ? {} : { id }) } })
export const shareWith = (body: ShareLinkRequest): Promise<ShareLinkView> => api.send('POST', '/share-links', { body })
export const openShared = (id: string): Promise<OpenedLink> => api.send('POST', `/share-links/${path(id)}/open`)
export const revokeShare = (id: string): Promise<unknown> => api.send('DELETE', `/share-links/${path(id)}`)
export const handOver = (body: { readonly fromId: string; readonly toId: string; readonly reason: string; readonly expected: { readonly alerts: number; readonly cases: number } }): Promise<HandOverResult> => api.send('POST', '/hand-over', { body })
