// What the console changes.
import type { AccountView, AlertDetail, AlertPatch, AuditVerdict, DeviceView, EnrolmentCodeCreated, GroupSettings, GroupView, PolicyDocument, PolicyPreview, PolicyView, UserRef } from '@holdfast/collector/contract'
import { api } from './client.ts'

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
export const previewPolicy = (document: PolicyDocument): Promise<PolicyPreview> => api.send('POST', '/policies/preview', { body: document })
export const deletePolicy = (id: string): Promise<unknown> => api.send('DELETE', `/policies/${path(id)}`)

export const createAccount = (name: string, password: string, roles: readonly string[]): Promise<AccountView> => api.send('POST', '/accounts', { body: { name, password, roles } })
/** @throws LAST_ADMIN when nobody could administer any more */
export const changeAccount = (id: string, change: { readonly disabled: boolean }): Promise<AccountView> => api.send('PATCH', `/accounts/${path(id)}`, { body: change })

export const verifyAudit = (): Promise<AuditVerdict> => api.get('/audit/verify')
