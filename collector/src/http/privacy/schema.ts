import Type, { type Static } from 'typebox'
import { ERASURE_REASONS, REVEAL_REASONS } from '../../privacy/settings.ts'
import { RETENTION_CLASSES } from '../../store/privacy.ts'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'

const closed = { additionalProperties: false }
const literals = <const T extends readonly string[]>(list: T) => Type.Unsafe<T[number]>(Type.Union(list.map((value) => Type.Literal(value))))
export const Reason = Type.String({ minLength: 3, maxLength: 1000 })
export const RevealReason = literals(REVEAL_REASONS)
export const ErasureReason = literals(ERASURE_REASONS)

export const PrivacyRequestState = literals(['pending', 'live', 'done', 'refused', 'withdrawn', 'ended', 'expired'] as const)
export const PrivacyRequestView = Type.Object({
  id: Id, kind: literals(['reveal', 'erasure'] as const), state: PrivacyRequestState, user: UserRef, requester: Type.Object({ id: Id, name: Type.String() }, closed), isOwn: Type.Boolean(), reasonKind: Type.String(), reason: Type.String(), requestedAt: Instant,
  decideBy: Type.Optional(Instant), decidedAt: Type.Optional(Instant), decidedBy: Type.Optional(Type.String()), note: Type.Optional(Type.String()), until: Type.Optional(Instant), endedAt: Type.Optional(Instant),
}, closed)
export type PrivacyRequestView = Static<typeof PrivacyRequestView>
export const PrivacyRequestPage = Page(PrivacyRequestView)
export type PrivacyRequestPage = Static<typeof PrivacyRequestPage>
export const PrivacyRequestListQuery = Type.Object({ ...PageQuery, state: Type.Optional(Type.Array(PrivacyRequestState, { maxItems: 7 })) }, closed)
export const DecisionRequest = Type.Object({ grant: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 1000 })) }, closed)

export const PrivacySettingsBody = Type.Object({
  revealNeedsSecond: Type.Boolean(), revealHours: Type.Number({ minimum: 0.25, maximum: 72 }), erasureNeedsSecond: Type.Boolean(), requestHours: Type.Number({ minimum: 1, maximum: 168 }),
}, closed)
export const PrivacySettingsView = Type.Object({ ...PrivacySettingsBody.properties, revision: Type.Integer(), changedAt: Type.Optional(Instant), changedBy: Type.Optional(Type.String()), approvers: Type.Integer({ description: 'Enabled accounts that may agree.' }) }, closed)
export type PrivacySettingsView = Static<typeof PrivacySettingsView>

const days = Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()])
export const RetentionSettingsBody = Type.Object({ days: Type.Object(Object.fromEntries(RETENTION_CLASSES.map((cls) => [cls, Type.Optional(days)])), closed) }, closed)
export const RetentionLine = Type.Object({
  cls: literals(RETENTION_CLASSES), days: Type.Union([Type.Integer(), Type.Null()]), defaultDays: Type.Integer(), leastDays: Type.Integer(), doc: Type.String(), before: Type.Optional(Instant),
  due: Type.Integer({ description: 'A run would take these away now.' }), held: Type.Integer({ description: 'Old enough, but of people under a legal hold.' }), inCases: Type.Integer({ description: 'Old enough, but of people with an active case.' }),
}, closed)
export const RetentionView = Type.Object({ lines: Type.Array(RetentionLine), revision: Type.Integer(), changedAt: Type.Optional(Instant), changedBy: Type.Optional(Type.String()) }, closed)
export type RetentionView = Static<typeof RetentionView>
export const RetentionRunView = Type.Object({
  id: Id, startedAt: Instant, endedAt: Type.Optional(Instant), state: literals(['running', 'done', 'failed', 'interrupted'] as const), by: Type.String(), removed: Type.Record(Type.String(), Type.Integer()), held: Type.Record(Type.String(), Type.Integer()), code: Type.Optional(Type.String()),
}, closed)
export type RetentionRunView = Static<typeof RetentionRunView>

export const ErasureRequest = Type.Object({ userId: Type.Optional(Id), identity: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })), reasonKind: ErasureReason, reason: Reason }, closed)
export const ErasureView = Type.Object({ state: literals(['pending', 'done'] as const), user: UserRef, request: Type.Optional(Id), rows: Type.Optional(Type.Record(Type.String(), Type.Integer())), rewritten: Type.Optional(Type.Boolean()) }, closed)
export type ErasureView = Static<typeof ErasureView>
