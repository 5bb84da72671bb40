// Files and their copies: what the content explorer reads and asks for.
import type { CustodyView, EvidenceFilePage, PreviewView } from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, type QueryValue } from './client.ts'

const path = (id: string): string => `/evidence/${encodeURIComponent(id)}`

export const evidenceFilesQuery = (query: Readonly<Record<string, QueryValue>>) =>
  infiniteQueryOptions({
    queryKey: ['evidence', 'files', query],
    queryFn: ({ pageParam, signal }) => api.get<EvidenceFilePage>('/evidence/files', { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: EvidenceFilePage): string | undefined => page.nextCursor,
  })

export const custodyQuery = (id: string) => queryOptions({ queryKey: ['evidence', 'custody', id], queryFn: ({ signal }) => api.get<CustodyView>(`${path(id)}/custody`, { signal }), staleTime: 0 })
/** Each time it is asked for is a look that is recorded, so what was shown is kept and not asked for again by itself. */
const once = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false } as const
export const previewQuery = (id: string) => queryOptions({ queryKey: ['evidence-content', 'preview', id], queryFn: ({ signal }) => api.get<PreviewView>(`${path(id)}/preview`, { signal }), ...once })
export const evidenceBytesQuery = (id: string) => queryOptions({ queryKey: ['evidence-content', 'bytes', id], queryFn: async ({ signal }) => new Uint8Array(await (await api.blob('GET', `${path(id)}/content`, { signal })).content.arrayBuffer()), ...once })

export const revealEvidence = (id: string, reason: string): Promise<PreviewView> => api.send('POST', `${path(id)}/reveal`, { body: { reason } })

/** Saves the content as a file under the collector's made-up name. */
export async function downloadEvidence(id: string, reason: string): Promise<void> {
  const { content, name } = await api.blob('POST', `${path(id)}/download`, { body: { reason } })
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it by the next turn; a minute is for slow disks.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
