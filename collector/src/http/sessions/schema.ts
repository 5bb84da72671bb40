import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

/** GET /api/v1/setup: whether the first account must still be made. */
export const SetupState = Type.Object({ needed: Type.Boolean(), organisation: Type.String() }, { additionalProperties: false })
export type SetupState = Static<typeof SetupState>
export const SetupRequest = Type.Object({ setupCode: Type.String({ minLength: 8, maxLength: 200 }), name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s]+$' }), password: Type.String({ minLength: 15, maxLength: 1024 }) }, { additionalProperties: false })
export const SignInRequest = Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }), password: Type.String({ minLength: 1, maxLength: 1024 }) }, { additionalProperties: false })

/** GET /api/v1/me: who is signed in and what they may do; the console shows only that. */
export const Me = Type.Object({ accountId: Id, name: Type.String(), roles: Type.Array(Type.String()), permissions: Type.Array(Type.String()), organisation: Type.String(), sessionExpiresAt: Instant, csrfToken: Type.String({ description: 'Sent back as the header x-holdfast-csrf on every change.' }) }, { additionalProperties: false })
export type Me = Static<typeof Me>

export const AccountView = Type.Object({ id: Id, name: Type.String(), roles: Type.Array(Type.String()), disabled: Type.Boolean(), createdAt: Instant }, { additionalProperties: false })
export type AccountView = Static<typeof AccountView>

/** GET /api/v1/accounts, with the roles that there are and what each may do. */
export const AccountList = Type.Object({ items: Type.Array(AccountView), roles: Type.Array(Type.Object({ name: Type.String(), permissions: Type.Array(Type.String()) })) }, { additionalProperties: false })
export type AccountList = Static<typeof AccountList>
