// The installation itself: its settings in one list, what is wrong with it, and its backups.
import type { BackupsView, DoctorView, SettingList } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

export const settingsQuery = () => queryOptions({ queryKey: ['system', 'settings'], queryFn: ({ signal }) => api.get<SettingList>('/settings', { signal }) })
/** Asks mail server and identity provider: not by itself again and again. */
export const doctorQuery = () => queryOptions({ queryKey: ['system', 'doctor'], queryFn: ({ signal }) => api.get<DoctorView>('/doctor', { signal }), staleTime: 60_000, refetchOnWindowFocus: false })
export const backupsQuery = () => queryOptions({ queryKey: ['system', 'backups'], queryFn: ({ signal }) => api.get<BackupsView>('/backups', { signal }) })
