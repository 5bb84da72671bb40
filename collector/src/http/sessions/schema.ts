import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

/** GET /api/v1/setup: whether the first account must still be made. */
export const SetupState = Type.Object({ needed: Type.Boolean(), organisation: Type.String() }, { additionalProperties: false })
export type SetupState = Static<typeof SetupState>
export const AccountName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s]+$' })
/** 15 characters or more; no rule about kinds of letters, no expiry. */
export const NewPassword = Type.String({ minLength: 15, maxLength: 1024 })
export const SetupRequest = Type.Object({ setupCode: Type.String({ minLength: 8, maxLength: 200 }), name: AccountName, password: NewPassword }, { additionalProperties: false })
export const SignInRequest = Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }), password: Type.String({ minLength: 1, maxLength: 1024 }) }, { additionalProperties: false })

/** What an authenticator is asked, and what it answers, as WebAuthn's JSON; checked by the library that made the question. */
export const WebAuthnJson = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true })

const Factor = Type.Union([Type.Literal('totp'), Type.Literal('passkey'), Type.Literal('recovery')])
/** Answer to a name and a password: signed in, or one more step, whose state is in a cookie of its own. */
export const SignInAnswer = Type.Object({ name: Type.String(), step: Type.Union([Type.Literal('done'), Type.Literal('second_factor')]), factors: Type.Optional(Type.Array(Factor)), passkeyOptions: Type.Optional(WebAuthnJson) }, { additionalProperties: false })
export type SignInAnswer = Static<typeof SignInAnswer>
export const SecondFactorRequest = Type.Union([
  Type.Object({ kind: Type.Literal('totp'), code: Type.String({ minLength: 6, maxLength: 16 }) }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('recovery'), code: Type.String({ minLength: 8, maxLength: 32 }) }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('passkey'), response: WebAuthnJson }, { additionalProperties: false }),
])
export type SecondFactorRequest = Static<typeof SecondFactorRequest>
export const SignInMethods = Type.Object({ oidc: Type.Optional(Type.Object({ label: Type.String() }, { additionalProperties: false })) }, { additionalProperties: false })
export type SignInMethods = Static<typeof SignInMethods>

export const Preferences = Type.Object({
  timeZone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA name; absent: that of the browser.' })), language: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('de')])),
  noticesSeenSeq: Type.Optional(Type.Integer({ minimum: 0 })),
}, { additionalProperties: false })
export type Preferences = Static<typeof Preferences>

/** GET /api/v1/me: who is signed in and what they may do; the console shows only that. */
export const Me = Type.Object({
  accountId: Id, name: Type.String(), roles: Type.Array(Type.String()), permissions: Type.Array(Type.String()), organisation: Type.String(), sessionExpiresAt: Instant, csrfToken: Type.String({ description: 'Sent back as the header x-holdfast-csrf on every change.' }),
  mustEnrol: Type.Optional(Type.Boolean({ description: 'The roles ask for a second factor that is not set up: nothing is open but the own account.' })), limited: Type.Optional(Type.Boolean({ description: 'Some people are out of sight.' })), ofUnits: Type.Optional(Type.Boolean({ description: 'The account is limited to administrative units: settings of the whole organisation are closed to it.' })), preferences: Type.Optional(Preferences),
}, { additionalProperties: false })
export type Me = Static<typeof Me>
