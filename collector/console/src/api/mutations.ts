// What the console changes.
import type { AccountView, AlertBulkRequest, AlertBulkResult, AlertDetail, AlertPatch, AlertSettings, AuditVerdict, DeviceView, EnrolmentCodeCreated, PolicyDocument, PolicyPreview, PolicyView, PreviewLine, RiskLevelView, SavedViewRequest, SavedViewView, ThresholdDataView, TriggerView, TuningPreview, TuningRequest, TuningView, WhatIfRequest, WhatIfView } from '@holdfast/collector/contract'
import { api } from './client.ts'
import { ApiError } from './problem.ts'

const path = (segment: string): string => encodeURIComponent(segment)

export const signIn = (name: string, password: string): Promise<unknown> => api.send('POST', '/session', { body: { name, password } })
/** @returns where the identity provider ends its session, when it began there */
export const signOut = (): Promise<{ readonly logoutUrl: string } | undefined> => api.send('DELETE', '/session')
export const setUp = (setupCode: string, name: string, password: string): Promise<unknown> => api.send('POST', '/setup', { body: { setupCode, name, password } })

/** @throws REVISION_CONFLICT when somebody changed the alert since `revision`, ALERT_TRANSITION */
export const changeAlert = (id: string, revision: number, patch: AlertPatch): Promise<AlertDetail> => api.send('PATCH', `/alerts/${path(id)}`, { revision, body: patch })

/** Up to 400 at once. @throws ALERT_BULK_LIMIT, ALERT_BULK_CHANGED; what cannot be changed is named in the answer */
export const changeAlerts = (request: AlertBulkRequest): Promise<AlertBulkResult> => api.send('POST', '/alerts/bulk', { body: request })
/** @throws UNDO_EXPIRED after ten seconds, NOT_FOUND */
export const undoAlerts = (operationId: string): Promise<AlertBulkResult> => api.send('POST', '/alerts/undo', { body: { operationId } })
export const saveAlertSettings = (revision: number, settings: AlertSettings): Promise<AlertSettings> => api.send('PUT', '/settings/alerts', { revision, body: settings })
export const previewTuning = (alertId: string, tuning: TuningRequest): Promise<TuningPreview> => api.send('POST', `/alerts/${path(alertId)}/tuning/preview`, { body: tuning })
/** @throws REVISION_CONFLICT when the policy is another version by now */
export const applyTuning = (alertId: string, tuning: TuningRequest, version: number): Promise<TuningView> => api.send('POST', `/alerts/${path(alertId)}/tuning`, { body: { tuning, version } })
export const whatIf = (alertId: string, changes: WhatIfRequest): Promise<WhatIfView> => api.send('POST', `/alerts/${path(alertId)}/what-if`, { body: changes })

export const saveView = (view: SavedViewRequest): Promise<SavedViewView> => api.send('POST', '/saved-views', { body: view })
export const changeView = (id: string, revision: number, view: SavedViewRequest): Promise<SavedViewView> => api.send('PUT', `/saved-views/${path(id)}`, { revision, body: view })
export const deleteView = (id: string, revision: number): Promise<unknown> => api.send('DELETE', `/saved-views/${path(id)}`, { revision })
export const chooseView = (resource: SavedViewRequest['resource'], viewId: string | null): Promise<unknown> => api.send('PUT', '/saved-views/default', { body: { resource, viewId } })

export const markReviewed = (activityIds: readonly string[], reviewed: boolean): Promise<unknown> => api.send('POST', '/activities/reviews', { body: { activityIds, reviewed } })
export const dismissActivities = (userId: string, activityIds: readonly string[], reason: string): Promise<unknown> => api.send('POST', `/users/${path(userId)}/dismissed-activities`, { body: { activityIds, reason } })
export const restoreActivity = (userId: string, activityId: string): Promise<unknown> => api.send('DELETE', `/users/${path(userId)}/dismissed-activities/${path(activityId)}`)

export const revokeDevice = (id: string): Promise<DeviceView> => api.send('POST', `/devices/${path(id)}/revoke`)
export const createEnrolmentCode = (body: { readonly group: string; readonly uses: number; readonly expiresInSecs: number; readonly needsApproval: boolean }): Promise<EnrolmentCodeCreated> => api.send('POST', '/enrolment-codes', { body })

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

export const startScoring = (id: string, body: { readonly days: number; readonly reason: string; readonly policyId?: string }): Promise<TriggerView> => api.send('POST', `/users/${path(id)}/triggers`, { body })
export const endScoring = (id: string, triggerId: string): Promise<unknown> => api.send('DELETE', `/users/${path(id)}/triggers/${path(triggerId)}`)
export const resetRiskLevel = (id: string, reason: string): Promise<RiskLevelView> => api.send('DELETE', `/users/${path(id)}/risk-level`, { body: { reason } })
export const deletePolicy = (id: string): Promise<unknown> => api.send('DELETE', `/policies/${path(id)}`)

export const createAccount = (name: string, password: string, roles: readonly string[]): Promise<AccountView> => api.send('POST', '/accounts', { body: { name, password, roles } })
/** @throws LAST_ADMIN when nobody could administer any more */
export const changeAccount = (id: string, change: { readonly disabled: boolean }): Promise<AccountView> => api.send('PATCH', `/accounts/${path(id)}`, { body: change })

export const verifyAudit = (): Promise<AuditVerdict> => api.get('/audit/verify')
