// How people sign in: which roles need a second factor, which groups of a directory give which roles, and the identity provider.
import type { StoreReader, StoreWriter } from '../store/store.ts'
import { isRole, type Role } from './permissions.ts'

export interface OidcSettings {
  readonly enabled: boolean
  /** Address whose `/.well-known/openid-configuration` tells the rest. */
  readonly issuer: string
  readonly clientId: string
  /** Sealed; absent for a public client. */
  readonly clientSecret?: string
  /** On the button: `Sign in with …`. */
  readonly label: string
  readonly scopes: readonly string[]
  /** Claim that lists a person's groups. */
  readonly groupsClaim: string
  /** Roles follow the groups at each sign-in; otherwise they are given by hand. */
  readonly rolesFromGroups: boolean
  /** An account is made at the first sign-in. */
  readonly justInTime: boolean
}

export interface AccessSettings {
  readonly revision: number
  /** Accounts with one of these roles must show a second factor. */
  readonly requireSecondFactor: readonly Role[]
  readonly groupRoles: readonly { readonly group: string; readonly roles: readonly Role[] }[]
  readonly oidc?: OidcSettings
}

const KEY = 'access'
export const CLIENT_SECRET = 'oidc client secret'
export const defaultAccessSettings: AccessSettings = { revision: 0, requireSecondFactor: [], groupRoles: [] }

export async function accessSettings(store: StoreReader): Promise<AccessSettings> {
  const text = await store.setting(KEY)
  return text === undefined ? defaultAccessSettings : (JSON.parse(text) as AccessSettings)
}

export const saveAccessSettings = (tx: StoreWriter, settings: AccessSettings): Promise<void> => tx.saveSetting(KEY, JSON.stringify(settings))

export const needsSecondFactor = (settings: AccessSettings, roles: readonly string[]): boolean => roles.some((role) => isRole(role) && settings.requireSecondFactor.includes(role))

/** Roles that groups give; a group of no row gives none. */
export const rolesOfGroups = (settings: AccessSettings, groups: readonly string[]): readonly Role[] => {
  const wanted = new Set(groups.map((group) => group.toLowerCase()))
  return [...new Set(settings.groupRoles.filter(({ group }) => wanted.has(group.toLowerCase())).flatMap(({ roles }) => roles))]
}
