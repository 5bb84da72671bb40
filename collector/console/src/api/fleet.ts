// Faults by name, what is done to devices, rules on groups, and notices on the fleet.
import type { DeviceBulkRequest, DeviceBulkResult, DeviceFaultList, DevicePatchRequest, DeviceTagList, DeviceView, FleetNoticePage, GroupRulesView } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const path = (segment: string): string => encodeURIComponent(segment)

export const deviceFaultsQuery = () => queryOptions({ queryKey: ['devices', 'faults'], queryFn: ({ signal }) => api.get<DeviceFaultList>('/device-faults', { signal }), staleTime: 60_000 })
export const deviceTagsQuery = () => queryOptions({ queryKey: ['devices', 'tags'], queryFn: ({ signal }) => api.get<DeviceTagList>('/device-tags', { signal }) })
/** The latest 50. */
export const fleetNoticesQuery = (open: boolean) => queryOptions({ queryKey: ['devices', 'notices', open], queryFn: ({ signal }) => api.get<FleetNoticePage>(`/fleet-notices?limit=50${open ? '&open=true' : ''}`, { signal }), refetchInterval: 15_000 })
export const groupRulesQuery = () => queryOptions({ queryKey: ['groups', 'rules-of-all'], queryFn: ({ signal }) => api.get<GroupRulesView>('/group-rules', { signal }) })

export const patchDevice = (id: string, body: DevicePatchRequest): Promise<DeviceView> => api.send('PATCH', `/devices/${path(id)}`, { body })
export const changeDevices = (body: DeviceBulkRequest): Promise<DeviceBulkResult> => api.send('POST', '/devices/bulk', { body })
export const retireDevice = (id: string, reason: string): Promise<DeviceView> => api.send('POST', `/devices/${path(id)}/retire`, { body: { reason } })
export const reKeyDevice = (id: string, reason: string): Promise<DeviceView> => api.send('POST', `/devices/${path(id)}/re-key`, { body: { reason } })
export const mergeDevice = (id: string, into: string): Promise<DeviceView> => api.send('POST', `/devices/${path(id)}/merge`, { body: { into } })
export const unmergeDevice = (id: string): Promise<DeviceView> => api.send('POST', `/devices/${path(id)}/unmerge`)
export const clearFleetNotice = (id: string): Promise<unknown> => api.send('POST', `/fleet-notices/${path(id)}/clear`)
/** @throws REVISION_CONFLICT when somebody changed them since */
export const saveGroupRules = (revision: number, rules: GroupRulesView['rules']): Promise<GroupRulesView> => api.send('PUT', '/group-rules', { revision, body: { rules } })
