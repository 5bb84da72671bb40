import Type, { type Static } from 'typebox'
import { Id, Instant, UserRef } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const AccountRef = Type.Object({ id: Id, name: Type.String() }, closed)

export const HoldView = Type.Object({
  id: Id, user: UserRef, caseId: Type.Optional(Id), caseName: Type.Optional(Type.String()), reason: Type.String(), by: AccountRef, at: Instant, releasedAt: Type.Optional(Instant), releasedBy: Type.Optional(AccountRef), releaseReason: Type.Optional(Type.String()), copies: Type.Optional(Type.Integer({ description: 'Copies of files that it was written into the custody of.' })),
}, closed)
export type HoldView = Static<typeof HoldView>
export const HoldList = Type.Object({ items: Type.Array(HoldView) }, closed)
export type HoldList = Static<typeof HoldList>
export const HoldQuery = Type.Object({ userId: Type.Optional(Id), caseId: Type.Optional(Id), released: Type.Optional(Type.Boolean({ description: 'Those that were released as well.' })) }, closed)
export const HoldReason = Type.Object({ reason: Type.String({ minLength: 3, maxLength: 1000, pattern: '\\S' }) }, closed)
