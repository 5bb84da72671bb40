import Type, { type Static } from 'typebox'
import { ThresholdsSchema } from '../../domain/policies/document-schema.ts'

/** A number of users, told only when it is 0 or at least 10. */
export const AnonymousCount = Type.Union([
  Type.Object({ users: Type.Integer(), share: Type.Number({ description: '0 to 1.' }) }, { additionalProperties: false }),
  Type.Object({ fewerThan: Type.Integer() }, { additionalProperties: false }),
])
export const AnalyticsQuery = Type.Object({ days: Type.Optional(Type.Integer({ minimum: 10, maximum: 90 })) }, { additionalProperties: false })
export const AnalyticsView = Type.Object({
  enabled: Type.Boolean({ description: 'Whether devices report everything that indicators count, also without a policy.' }),
  days: Type.Integer({ description: 'Days that were looked at.' }), observedDays: Type.Integer({ description: 'Days since anything was counted first.' }), isGrowing: Type.Boolean({ description: 'More days would be looked at if there were any.' }),
  users: AnonymousCount,
  kinds: Type.Array(Type.Object({ kind: Type.String(), title: Type.String(), template: Type.String(), over: AnonymousCount }, { additionalProperties: false })),
  topIndicators: Type.Array(Type.Object({ indicator: Type.String(), label: Type.String(), over: AnonymousCount }, { additionalProperties: false })),
  recommended: Type.Object({ template: Type.String(), templateName: Type.String(), reason: Type.String(), thresholds: Type.Record(Type.String(), ThresholdsSchema), over: Type.Optional(AnonymousCount) }, { additionalProperties: false }),
}, { additionalProperties: false })
export type AnalyticsView = Static<typeof AnalyticsView>
export const AnalyticsSwitch = Type.Object({ enabled: Type.Boolean() }, { additionalProperties: false })
