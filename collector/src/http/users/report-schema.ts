import Type, { type Static } from 'typebox'
import { AlertView } from '../alerts/schema.ts'
import { Id, Instant, UserRef } from '../primitives.ts'
import { ChartPoint } from './schema.ts'

const Day = Type.String({ format: 'date' })

export const TriggerView = Type.Object({
  id: Id, kind: Type.String(), at: Instant, reason: Type.String(), source: Type.String(), until: Type.Optional(Instant), policyId: Type.Optional(Id), note: Type.Optional(Type.String({ description: 'Why somebody started it by hand.' })), isManual: Type.Boolean(),
}, { additionalProperties: false })
export type TriggerView = Static<typeof TriggerView>
export const TriggerList = Type.Object({ items: Type.Array(TriggerView) }, { additionalProperties: false })
export const ScoreRequest = Type.Object({
  days: Type.Integer({ minimum: 5, maximum: 30, description: 'How long the user is scored from now on.' }), reason: Type.String({ minLength: 3, maxLength: 1000 }), policyId: Type.Optional(Id),
}, { additionalProperties: false })

export const DismissalView = Type.Object({ activityId: Id, occurredAt: Instant, reason: Type.String(), dismissedBy: Type.String(), dismissedAt: Instant }, { additionalProperties: false })
export type DismissalView = Static<typeof DismissalView>
export const DismissalRequest = Type.Object({ activityIds: Type.Array(Id, { minItems: 1, maxItems: 400 }), reason: Type.String({ minLength: 3, maxLength: 1000 }) }, { additionalProperties: false })
export const DismissalList = Type.Object({ items: Type.Array(DismissalView) }, { additionalProperties: false })

export const RiskLevelName = Type.Union([Type.Literal('none'), Type.Literal('minor'), Type.Literal('moderate'), Type.Literal('elevated')])
export const RiskLevelView = Type.Object({
  user: UserRef, level: RiskLevelName, since: Type.Optional(Instant), expiresAt: Type.Optional(Instant), reason: Type.String(), alertIds: Type.Array(Id), resetAt: Type.Optional(Instant),
}, { additionalProperties: false })
export type RiskLevelView = Static<typeof RiskLevelView>

/** `YYYY-MM-DD`, both inclusive, UTC. */
export const ReportQuery = Type.Object({ from: Day, to: Day }, { additionalProperties: false })
export const ReportRequest = Type.Object({ from: Day, to: Day, reason: Type.Optional(Type.String({ minLength: 3, maxLength: 1000 })) }, { additionalProperties: false })
export const UserReport = Type.Object({
  user: UserRef, from: Day, to: Day, days: Type.Integer(),
  categories: Type.Array(Type.Object({ category: Type.String(), events: Type.Integer(), excludedEvents: Type.Integer(), days: Type.Integer({ description: 'Days on which it was seen.' }) }, { additionalProperties: false })),
  points: Type.Array(ChartPoint),
  alerts: Type.Array(AlertView), triggers: Type.Array(TriggerView), dismissed: Type.Array(DismissalView), riskLevel: RiskLevelView,
}, { additionalProperties: false })
export type UserReport = Static<typeof UserReport>
