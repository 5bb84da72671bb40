import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'
import { AccountName, NewPassword, Preferences, WebAuthnJson } from '../sessions/schema.ts'

const closed = { additionalProperties: false } as const
const RoleNames = Type.Array(Type.String(), { maxItems: 16, uniqueItems: true })
const Email = Type.String({ maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' })

export const AccountView = Type.Object({
  id: Id, name: Type.String(), roles: Type.Array(Type.String()), disabled: Type.Boolean(), createdAt: Instant,
  units: Type.Array(Id, { description: 'Administrative units; empty: sees everybody.' }), email: Type.Optional(Type.String()), signIn: Type.Array(Type.Union([Type.Literal('password'), Type.Literal('passkey'), Type.Literal('oidc')])),
  secondFactor: Type.Boolean(), isManaged: Type.Boolean({ description: 'Roles follow the groups of the identity provider.' }), lastSeenAt: Type.Optional(Instant),
}, closed)
export type AccountView = Static<typeof AccountView>

/** GET /api/v1/accounts, with the roles that there are and what each may do. */
export const AccountList = Type.Object({ items: Type.Array(AccountView), roles: Type.Array(Type.Object({ name: Type.String(), permissions: Type.Array(Type.String()) })), permissions: Type.Array(Type.Object({ name: Type.String(), description: Type.String() }, closed)) }, closed)
export type AccountList = Static<typeof AccountList>
export const AccountCreate = Type.Object({ name: AccountName, password: Type.Optional(NewPassword), roles: Type.Array(Type.String(), { minItems: 1, maxItems: 16, uniqueItems: true }), units: Type.Optional(Type.Array(Id, { maxItems: 50, uniqueItems: true })), email: Type.Optional(Email) }, closed)
export const AccountPatch = Type.Object({ roles: Type.Optional(RoleNames), disabled: Type.Optional(Type.Boolean()), units: Type.Optional(Type.Array(Id, { maxItems: 50, uniqueItems: true })), email: Type.Optional(Type.Union([Email, Type.Null()])) }, closed)

export const SessionView = Type.Object({ id: Id, isCurrent: Type.Boolean(), createdAt: Instant, lastSeenAt: Instant, expiresAt: Instant, address: Type.String(), userAgent: Type.String(), method: Type.Union([Type.Literal('password'), Type.Literal('passkey'), Type.Literal('oidc')]), secondFactor: Type.Boolean() }, closed)
export type SessionView = Static<typeof SessionView>
export const SessionList = Type.Object({ items: Type.Array(SessionView) }, closed)
export type SessionList = Static<typeof SessionList>

export const PasskeyView = Type.Object({ id: Type.String(), name: Type.String(), createdAt: Instant, lastUsedAt: Type.Optional(Instant) }, closed)
export type PasskeyView = Static<typeof PasskeyView>

/** GET /api/v1/account: one's own. */
export const OwnAccount = Type.Object({
  id: Id, name: Type.String(), email: Type.Optional(Type.String()), roles: Type.Array(Type.String()), hasPassword: Type.Boolean(), totp: Type.Boolean(), totpEnrolledAt: Type.Optional(Instant), recoveryCodesLeft: Type.Integer(), passkeys: Type.Array(PasskeyView),
  secondFactorRequired: Type.Boolean(), needsPassword: Type.Boolean({ description: 'The session is too old for changes here: send the present password with them.' }), preferences: Preferences,
}, closed)
export type OwnAccount = Static<typeof OwnAccount>

/** The present password, which a session of more than some minutes needs for changes of how one signs in. */
const Proof = { password: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })) }
export const ProofRequest = Type.Object(Proof, closed)
export const PasswordChange = Type.Object({ password: Type.String({ minLength: 1, maxLength: 1024 }), newPassword: NewPassword }, closed)
/** Shown once; the secret counts only after a first code of it was given back. */
export const TotpBegin = Type.Object({ secret: Type.String({ description: 'base32, to type in.' }), uri: Type.String({ description: 'otpauth address, for the picture.' }) }, closed)
export type TotpBegin = Static<typeof TotpBegin>
export const TotpConfirm = Type.Object({ code: Type.String({ pattern: '^\\d{6}$' }) }, closed)
export const RecoveryCodes = Type.Object({ codes: Type.Array(Type.String(), { description: 'Each lets in once; shown once. Empty: those that there are stay.' }) }, closed)
export type RecoveryCodes = Static<typeof RecoveryCodes>
export const PasskeyCreate = Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }), response: WebAuthnJson }, closed)
export const PasskeyRemove = Type.Object({ id: Type.String({ minLength: 1, maxLength: 1024 }), ...Proof }, closed)
