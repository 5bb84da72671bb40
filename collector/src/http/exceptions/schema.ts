import Type, { type Static } from 'typebox'
import { EXCEPTION_STATES, MAX_EXCEPTION_HOURS } from '../../domain/exclusions/media-exception.ts'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'

const closed = { additionalProperties: false }
const literals = <const T extends readonly string[]>(list: T) => Type.Unsafe<T[number]>(Type.Union(list.map((value) => Type.Literal(value))))

export const ExceptionStateName = literals(EXCEPTION_STATES)
export const ExceptionView = Type.Object({
  id: Id, state: ExceptionStateName, user: UserRef, deviceId: Id, deviceName: Type.Optional(Type.String()), account: Type.Optional(Type.String()),
  medium: Type.Object({ vendor: Type.Optional(Type.String()), model: Type.Optional(Type.String()), serial: Type.Optional(Type.String()), vendorId: Type.Optional(Type.String()), productId: Type.Optional(Type.String()), deviceId: Type.Optional(Type.String()) }, closed),
  canGrant: Type.Boolean({ description: 'The medium can be told from every other one.' }),
  reason: Type.String(), hours: Type.Integer({ description: 'How long it was asked for.' }), via: Type.String(), requestedAt: Instant, decideBy: Type.Optional(Instant),
  decidedAt: Type.Optional(Instant), decidedBy: Type.Optional(Type.String()), note: Type.Optional(Type.String()), from: Type.Optional(Instant), until: Type.Optional(Instant), copies: Type.Optional(Type.Boolean({ description: 'Copies to the medium are covered, too.' })),
  told: Type.Optional(Type.String({ description: 'What the device answered when the person was to be told: shown, no_session, failed, unknown. Absent: it has not heard of it yet.' })),
}, closed)
export type ExceptionView = Static<typeof ExceptionView>
export const ExceptionPage = Page(ExceptionView)
export type ExceptionPage = Static<typeof ExceptionPage>
export const ExceptionListQuery = Type.Object({ ...PageQuery, state: Type.Optional(Type.Array(ExceptionStateName, { maxItems: 6 })), userId: Type.Optional(Id), deviceId: Type.Optional(Id) }, closed)
export const ExceptionDecision = Type.Object({
  grant: Type.Boolean(), hours: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_EXCEPTION_HOURS, description: 'Of a grant; absent: as long as it was asked for.' })),
  copies: Type.Optional(Type.Boolean({ description: 'Copies to the medium are covered, too; default true.' })), note: Type.Optional(Type.String({ maxLength: 500, description: 'The person is told it. A refusal needs one.' })),
}, closed)
export const ExceptionEnd = Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }, closed)
