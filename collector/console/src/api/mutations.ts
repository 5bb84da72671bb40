// What the console changes.
import type { AccountView, AlertDetail, AlertPatch, AuditVerdict, DeviceView, EnrolmentCodeCreated, GroupSettings, GroupView, PolicyDocument, PolicyPreview, PolicyView, PreviewLine, RiskLevelView, ThresholdDataView, TriggerView, UserRef, UserReport } from '@holdfast/collector/contract'
import { api } from './client.ts'
import { ApiError } from './problem.ts'

const path = (segment: string): string => encodeURIComponent(segment)

export const signIn = (name: string, password: string): Promise<unknown> => api.send('POST', '/session', { body: { name, password } })
export const signOut = (): Promise<unknown> => api.send('DELETE', '/session')
export const setUp = (setupCode: string, name: string, password: string): Promise<unknown> => api.send('POST', '/setup', { body: { setupCode, name, password } })

/** @throws REVISION_CONFLICT when somebody changed the alert since `revision`, ALERT_TRANSITION */
export const changeAlert = (id: string, revision: number, patch: AlertPatch): Promise<AlertDetail> => api.send('PATCH', `/alerts/${path(id)}`, { revision, body: patch })

/** Writes the reason to the audit log, then answers with the name. */
export const revealUser = (id: string, reason: string): Promise<UserRef> => api.send('POST', `/users/${path(id)}/reveal`, { body: { reason } })

export const revokeDevice = (id: string): Promise<DeviceView> => api.send('POST', `/devices/${path(id)}/revoke`)
export const createEnrolmentCode = (body: { readonly group: string; readonly uses: number; readonly expiresInSecs: number }): Promise<EnrolmentCodeCreated> => api.send('POST', '/enrolment-codes', { body })
export const saveGroupSettings = (name: string, settings: GroupSettings): Promise<GroupView> => api.send('PUT', `/groups/${path(name)}/settings`, { body: settings })

export const applyPolicy = (document: PolicyDocument): Promise<PolicyView> => api.send('POST', '/policies', { body: document })
export type PreviewProgress = Extract<PreviewLine, { readonly progress: unknown }>['progress']

/** Scores the stored past; `onProgress` hears how far it is. @throws ApiError, also of a run that fails half way */
export const previewPolicy = async (document: PolicyDocument, days: number, onProgress: (progress: PreviewProgress) => void): Promise<PolicyPreview> => {
  let result: PolicyPreview | undefined
  const whole = await api.lines<PolicyPreview, PreviewLine>('/policies/preview', { query: { days }, body: document }, (line) => {
    if ('progress' in line) onProgress(line.progress)
    else if ('result' in line) result = line.result
    else throw new ApiError({ code: line.error.code, status: 500, title: line.error.detail })
  })
  const found = whole ?? result
  if (found === undefined) throw new ApiError({ code: 'ANSWER_UNREADABLE', status: 200, title: 'The preview ended without a result.' })
  return found
}
export const thresholdData = (document: PolicyDocument, signal?: AbortSignal): Promise<ThresholdDataView> => api.send('POST', '/policies/thresholds', { body: document, ...(signal === undefined ? {} : { signal }) })
export const makeQuickPolicy = (kind: 'data_leaks' | 'departing_users'): Promise<PolicyView> => api.send('POST', '/policies/quick', { body: { kind } })
export const switchAnalytics = (enabled: boolean): Promise<unknown> => api.send('PUT', '/analytics', { body: { enabled } })

export const startScoring = (id: string, body: { readonly days: number; readonly reason: string }): Promise<TriggerView> => api.send('POST', `/users/${path(id)}/triggers`, { body })
export const endScoring = (id: string, triggerId: string): Promise<unknown> => api.send('DELETE', `/users/${path(id)}/triggers/${path(triggerId)}`)
export const resetRiskLevel = (id: string, reason: string): Promise<RiskLevelView> => api.send('DELETE', `/users/${path(id)}/risk-level`, { body: { reason } })
/** Each look is written to the audit log with its reason. */
export const reportUser = (id: string, body: { readonly from: string; readonly to: string; readonly reason?: string }): Promise<UserReport> => api.send('POST', `/users/${path(id)}/report`, { body })
export const deletePolicy = (id: string): Promise<unknown> => api.send('DELETE', `/policies/${path(id)}`)

export const createAccount = (name: string, password: string, roles: readonly string[]): Promise<AccountView> => api.send('POST', '/accounts', { body: { name, password, roles } })
/** @throws LAST_ADMIN when nobody could administer any more */
export const changeAccount = (id: string, change: { readonly disabled: boolean }): Promise<AccountView> => api.send('PATCH', `/accounts/${path(id)}`, { body: change })

export const verifyAudit = (): Promise<AuditVerdict> => api.get('/audit/verify')
