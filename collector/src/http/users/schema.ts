import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery, Severity, UserRef } from '../primitives.ts'
import { AlertView } from '../alerts/schema.ts'
import { PrivacyRequestView, Reason, RevealReason } from '../privacy/schema.ts'

export const UserView = Type.Object({
  ...UserRef.properties, kind: Type.Union([Type.Literal('person'), Type.Literal('system')]), riskScore: Type.Integer(), severity: Type.Optional(Severity), openAlerts: Type.Integer(),
  department: Type.Optional(Type.String()), title: Type.Optional(Type.String()),
}, { additionalProperties: false })
export type UserView = Static<typeof UserView>
export const UserPage = Page(UserView)
export type UserPage = Static<typeof UserPage>
export const UserListQuery = Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 200 })), withAlerts: Type.Optional(Type.Boolean()) }, { additionalProperties: false })
export const UserDetail = Type.Object({ ...UserView.properties, alerts: Type.Array(AlertView), deviceIds: Type.Array(Id), firstSeenAt: Instant }, { additionalProperties: false })
export type UserDetail = Static<typeof UserDetail>

/** One bubble: one day and one indicator. */
export const ChartPoint = Type.Object({
  day: Type.String({ format: 'date' }), indicator: Type.String(), category: Type.String(), label: Type.String(), events: Type.Integer(), bytes: Type.Number(), files: Type.Integer(), score: Type.Number(), severity: Type.Optional(Severity), firstAt: Instant, lastAt: Instant,
}, { additionalProperties: false })
export const UserChart = Type.Object({ from: Type.String({ format: 'date' }), to: Type.String({ format: 'date' }), points: Type.Array(ChartPoint) }, { additionalProperties: false })
export type UserChart = Static<typeof UserChart>
export const UserChartQuery = Type.Object({ from: Type.Optional(Type.String({ format: 'date' })), to: Type.Optional(Type.String({ format: 'date' })) }, { additionalProperties: false })

export const RevealRequest = Type.Object({ kind: Type.Optional(RevealReason), reason: Reason }, { additionalProperties: false })
export const RevealedView = Type.Object({ ...UserView.properties, request: PrivacyRequestView }, { additionalProperties: false })
export type RevealedView = Static<typeof RevealedView>
