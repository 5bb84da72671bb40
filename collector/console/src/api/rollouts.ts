// Roll-outs, plans of groups, and what groups watch as text.
import type { AgentPolicyApplied, AgentPolicyDiff, GroupPreview, GroupSettings, GroupView, PlanView, RolloutDetail, RolloutDevicePage, RolloutPage, RolloutPlanView } from '@holdfast/collector/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)
const LIVE_MS = 10_000

export const rolloutsQuery = (group?: string) => infiniteQueryOptions({
  queryKey: ['rollouts', 'list', group ?? ''], queryFn: ({ pageParam, signal }) => api.get<RolloutPage>('/rollouts', { query: { limit: 50, ...(group === undefined ? {} : { group }), cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined, getNextPageParam: (last: RolloutPage) => last.nextCursor,
})
export const rolloutQuery = (id: string) => queryOptions({ queryKey: ['rollouts', 'one', id], queryFn: ({ signal }) => api.get<RolloutDetail>(`/rollouts/${path(id)}`, { signal }), refetchInterval: LIVE_MS })
export const rolloutDevicesQuery = (id: string, state: string | undefined) => infiniteQueryOptions({
  queryKey: ['rollouts', 'one', id, 'devices', state ?? ''], queryFn: ({ pageParam, signal }) => api.get<RolloutDevicePage>(`/rollouts/${path(id)}/devices`, { query: { limit: 50, ...(state === undefined ? {} : { state }), cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined, getNextPageParam: (last: RolloutDevicePage) => last.nextCursor,
})
export const planQuery = (group: string) => queryOptions({ queryKey: ['groups', group, 'rollout-plan'], queryFn: ({ signal }) => api.get<PlanView>(`/groups/${path(group)}/rollout-plan`, { signal }) })
/** With the revision of settings and plan together, for `applyText`. */
export const groupTextQuery = (group: string) => queryOptions({ queryKey: ['groups', group, 'text'], queryFn: ({ signal }) => api.getWithRevision<{ text: string }>('/agent-policies', { query: { group }, signal }) })

export type RolloutAct = 'pause' | 'resume' | 'halt' | 'roll-back'
/** @throws ROLLOUT_STATE when it is not in a state for it any more */
export const actOnRollout = (id: string, act: RolloutAct): Promise<RolloutDetail> => api.send('POST', `/rollouts/${path(id)}/${act}`, act === 'halt' ? { body: {} } : {})
/** @throws REVISION_CONFLICT when somebody changed it since it was read */
export const savePlan = (group: string, revision: number, plan: RolloutPlanView | null): Promise<PlanView> => api.send('PUT', `/groups/${path(group)}/rollout-plan`, { revision, body: { plan } })
export const previewGroup = (group: string, settings: GroupSettings): Promise<GroupPreview> => api.send('POST', `/groups/${path(group)}/preview`, { body: settings })
export type Way = 'plan' | 'rings' | 'at_once'
/** @throws REVISION_CONFLICT when somebody changed them since they were read */
export const saveGroupBy = ({ name, revision }: Pick<GroupView, 'name' | 'revision'>, settings: GroupSettings, way: Way): Promise<GroupView> => api.send('PUT', `/groups/${path(name)}/settings${way === 'plan' ? '' : `?rollout=${way}`}`, { revision, body: settings })
export const diffText = (text: string): Promise<AgentPolicyDiff> => api.send('POST', '/agent-policies/diff', { body: text })
/** @throws REVISION_CONFLICT when settings or plan were changed since the text was read */
export const applyText = (text: string, revision: number): Promise<AgentPolicyApplied> => api.send('POST', '/agent-policies', { revision, body: text })
