// Devices that wait for approval.
import type { EnrolmentDecisionResult, EnrolmentRequestPage } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

/** The oldest 100. */
export const waitingDevicesQuery = () => queryOptions({ queryKey: ['enrolment-requests'], queryFn: ({ signal }) => api.get<EnrolmentRequestPage>('/enrolment-requests?state=waiting&limit=100', { signal }), refetchInterval: 30_000 })
export const decideDevices = (body: { readonly ids: readonly string[]; readonly approve: boolean; readonly note?: string }): Promise<EnrolmentDecisionResult> => api.send('POST', '/enrolment-requests/decisions', { body })
