import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const Words = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 500, uniqueItems: true })
const RoleNames = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 16, uniqueItems: true })

const GroupNames = Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), { minItems: 1, maxItems: 500, uniqueItems: true })
export const UnitRequest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }), parentId: Type.Optional(Type.Union([Id, Type.Null()], { description: 'The unit above; null or absent: it stands at the top.' })),
  departments: Type.Optional(Words), countries: Type.Optional(Words), groups: Type.Optional(GroupNames),
}, closed)
export type UnitRequest = Static<typeof UnitRequest>
const Limits = { departments: Type.Optional(Type.Array(Type.String())), countries: Type.Optional(Type.Array(Type.String())), groups: Type.Optional(Type.Array(Type.String())) }
export const UnitView = Type.Object({
  id: Id, name: Type.String(), parentId: Type.Optional(Id), ...Limits, path: Type.Array(Type.String(), { description: 'Names from the top down to this one; empty where the tree is damaged.' }),
  inherits: Type.Object(Limits, { ...closed, description: 'What it does not name itself and has from a unit above.' }),
  devices: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'Device groups that its accounts reach, with those of the units below; null: all of them, because no group is named above or below.' }),
  accounts: Type.Integer({ description: 'Accounts that are limited to it.' }), below: Type.Integer({ description: 'Units below it.' }), people: Type.Integer({ description: 'People that its accounts see, with those of the units below.' }),
}, closed)
export type UnitView = Static<typeof UnitView>
/** Units from the top down, and the departments, countries and device groups that there are, to choose from. */
export const UnitList = Type.Object({ items: Type.Array(UnitView), departments: Type.Array(Type.String()), countries: Type.Array(Type.String()), groups: Type.Array(Type.String()) }, closed)
export type UnitList = Static<typeof UnitList>

const OidcProperties = {
  enabled: Type.Boolean(), issuer: Type.String({ minLength: 8, maxLength: 500, description: 'https address of the provider, as it writes it itself.' }), clientId: Type.String({ minLength: 1, maxLength: 200 }), label: Type.String({ minLength: 1, maxLength: 60, description: 'On the button.' }),
  scopes: Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,100}$' }), { maxItems: 20 }), groupsClaim: Type.String({ minLength: 1, maxLength: 200 }),
  rolesFromGroups: Type.Boolean({ description: 'Roles follow the groups at each sign-in.' }), justInTime: Type.Boolean({ description: 'An account is made at the first sign-in.' }),
}
export const OidcView = Type.Object({ ...OidcProperties, hasClientSecret: Type.Boolean() }, closed)
export const OidcRequest = Type.Object({ ...OidcProperties, clientSecret: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Null()], { description: 'Absent: it stays as it is; null: none. It never comes back.' })) }, closed)
export type OidcRequest = Static<typeof OidcRequest>

const AccessProperties = {
  requireSecondFactor: RoleNames,
  groupRoles: Type.Array(Type.Object({ group: Type.String({ minLength: 1, maxLength: 300 }), roles: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 16, uniqueItems: true }) }, closed), { maxItems: 200 }),
}
export const AccessSettingsView = Type.Object({ revision: Type.Integer(), ...AccessProperties, oidc: Type.Optional(OidcView), redirectUri: Type.String({ description: 'What the identity provider must know as the place to come back to.' }), scimBase: Type.String() }, closed)
export type AccessSettingsView = Static<typeof AccessSettingsView>
export const AccessSettingsRequest = Type.Object({ ...AccessProperties, oidc: Type.Optional(Type.Union([OidcRequest, Type.Null()])) }, closed)
export const OidcTest = Type.Object({ authorizationEndpoint: Type.String(), endSession: Type.Boolean(), scopes: Type.Array(Type.String()) }, closed)
export type OidcTest = Static<typeof OidcTest>

/** Somebody was given powers, as the audit log has it. */
export const AccessNotice = Type.Object({ seq: Type.Integer(), at: Instant, actor: Type.String(), account: Type.String(), roles: Type.Array(Type.String()), isSelf: Type.Boolean({ description: 'By themself.' }) }, closed)
export const AccessNoticeList = Type.Object({ items: Type.Array(AccessNotice) }, closed)
export type AccessNoticeList = Static<typeof AccessNoticeList>
