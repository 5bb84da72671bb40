// Who signs in and how: what the pages of session, account and access read and change.
import type { AccessNoticeList, AccessSettingsView, AccountView, OidcTest, OwnAccount, PasskeyView, Preferences, RecoveryCodes, SessionList, SignInAnswer, SignInMethods, TokenCreated, TokenView, TotpBegin, UnitList, UnitView } from '@holdfast/collector/contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import type { Items } from './queries.ts'

const path = (segment: string): string => encodeURIComponent(segment)
/** A password where the session is too old to be proof enough. */
const proof = (password: string) => (password === '' ? {} : { password })

export const signInMethodsQuery = () => queryOptions({ queryKey: ['sign-in-methods'], queryFn: ({ signal }) => api.get<SignInMethods>('/session/methods', { signal }), retry: false })
export const enter = (name: string, password: string): Promise<SignInAnswer> => api.send('POST', '/session', { body: { name, password } })
/** @throws SECOND_FACTOR_REFUSED, PASSKEY_REFUSED, SIGN_IN_EXPIRED, TOO_MANY_TRIES */
export const secondFactor = (body: { readonly kind: 'totp' | 'recovery'; readonly code: string } | { readonly kind: 'passkey'; readonly response: unknown }): Promise<SignInAnswer> => api.send('POST', '/session/second-factor', { body })
export const passkeySignInOptions = (): Promise<Readonly<Record<string, unknown>>> => api.send('POST', '/session/passkey/options')
export const passkeySignIn = (response: unknown): Promise<SignInAnswer> => api.send('POST', '/session/passkey', { body: { response } })

export const ownAccountQuery = () => queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => api.get<OwnAccount>('/account', { signal }) })
export const ownSessionsQuery = () => queryOptions({ queryKey: ['account', 'sessions'], queryFn: ({ signal }) => api.get<SessionList>('/account/sessions', { signal }) })
export const savePreferences = (body: Preferences): Promise<Preferences> => api.send('PUT', '/account/preferences', { body })
export const changePassword = (password: string, newPassword: string): Promise<unknown> => api.send('POST', '/account/password', { body: { password, newPassword } })
export const beginTotp = (password: string): Promise<TotpBegin> => api.send('POST', '/account/totp', { body: proof(password) })
export const confirmTotp = (code: string): Promise<RecoveryCodes> => api.send('POST', '/account/totp/confirm', { body: { code } })
export const removeTotp = (password: string): Promise<unknown> => api.send('POST', '/account/totp/remove', { body: proof(password) })
export const makeRecoveryCodes = (password: string): Promise<RecoveryCodes> => api.send('POST', '/account/recovery-codes', { body: proof(password) })
export const passkeyOptions = (password: string): Promise<Readonly<Record<string, unknown>>> => api.send('POST', '/account/passkeys/options', { body: proof(password) })
export const addPasskey = (name: string, response: unknown): Promise<PasskeyView> => api.send('POST', '/account/passkeys', { body: { name, response } })
export const removePasskey = (id: string, password: string): Promise<unknown> => api.send('POST', '/account/passkeys/remove', { body: { id, ...proof(password) } })
export const endOwnSession = (id: string): Promise<unknown> => api.send('DELETE', `/account/sessions/${path(id)}`)

export const tokensQuery = () => queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => api.get<Items<TokenView>>('/tokens', { signal }) })
/** @throws TOKEN_TOO_WIDE */
export const createToken = (body: { readonly name: string; readonly permissions: readonly string[]; readonly expiresInSecs: number }): Promise<TokenCreated> => api.send('POST', '/tokens', { body })
export const revokeToken = (id: string): Promise<TokenView> => api.send('DELETE', `/tokens/${path(id)}`)

export const accessNoticesQuery = () => queryOptions({ queryKey: ['access-notices'], queryFn: ({ signal }) => api.get<AccessNoticeList>('/access/notices', { signal }), refetchInterval: 300_000 })
export const unitsQuery = () => queryOptions({ queryKey: ['units'], queryFn: ({ signal }) => api.get<UnitList>('/units', { signal }) })
export interface UnitDraft { readonly name: string; readonly parentId?: string | null; readonly departments?: readonly string[]; readonly countries?: readonly string[]; readonly groups?: readonly string[] }
export const saveUnit = (id: string | undefined, body: UnitDraft): Promise<UnitView> => (id === undefined ? api.send('POST', '/units', { body }) : api.send('PUT', `/units/${path(id)}`, { body }))
/** @throws UNIT_IN_USE, UNIT_HAS_UNITS */
export const deleteUnit = (id: string): Promise<unknown> => api.send('DELETE', `/units/${path(id)}`)

export const accessSettingsQuery = () => queryOptions({ queryKey: ['access-settings'], queryFn: ({ signal }) => api.get<AccessSettingsView>('/settings/access', { signal }) })
export const saveAccessSettings = (revision: number, body: object): Promise<AccessSettingsView> => api.send('PUT', '/settings/access', { revision, body })
/** @throws OIDC_UNAVAILABLE with the reason in words */
export const testOidc = (issuer: string, clientId: string): Promise<OidcTest> => api.send('POST', '/settings/access/oidc-test', { body: { issuer, clientId } })

/** @throws LAST_ADMIN when nobody could administer any more, ACCOUNT_MANAGED */
export const editAccount = (id: string, body: { readonly roles?: readonly string[]; readonly units?: readonly string[]; readonly disabled?: boolean; readonly email?: string | null }): Promise<AccountView> => api.send('PATCH', `/accounts/${path(id)}`, { body })
export const deleteAccount = (id: string): Promise<unknown> => api.send('DELETE', `/accounts/${path(id)}`)
export const resetPassword = (id: string, newPassword: string): Promise<AccountView> => api.send('POST', `/accounts/${path(id)}/password`, { body: { newPassword } })
export const resetSecondFactor = (id: string): Promise<AccountView> => api.send('DELETE', `/accounts/${path(id)}/second-factor`)
export const endSessionsOf = (id: string): Promise<unknown> => api.send('DELETE', `/accounts/${path(id)}/sessions`)
