import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery, Severity, UserRef } from '../primitives.ts'
import { AlertView } from '../alerts/schema.ts'
import { PrivacyRequestView, Reason, RevealReason } from '../privacy/schema.ts'

export const LevelName = Type.Union([Type.Literal('none'), Type.Literal('minor'), Type.Literal('moderate'), Type.Literal('elevated')])
/** Columns of the list of users; only lists fill them. */
const listColumns = {
  level: Type.Optional(LevelName), levelExpiresAt: Type.Optional(Instant), confirmedViolations: Type.Optional(Type.Integer({ description: 'Cases that were closed as a violation.' })),
  case: Type.Optional(Type.Object({ id: Id, name: Type.String() }, { additionalProperties: false, description: 'The active one, where the asker may see it.' })),
  trigger: Type.Optional(Type.Object({ kind: Type.String(), at: Instant, until: Type.Optional(Instant), id: Id }, { additionalProperties: false, description: 'The latest; of one by hand, while it lasts.' })),
  isPriority: Type.Optional(Type.Boolean()), isHighImpact: Type.Optional(Type.Boolean()),
}
export const UserView = Type.Object({
  ...UserRef.properties, kind: Type.Union([Type.Literal('person'), Type.Literal('system')]), riskScore: Type.Integer(), severity: Type.Optional(Severity), openAlerts: Type.Integer(),
  department: Type.Optional(Type.String()), title: Type.Optional(Type.String()), ...listColumns,
}, { additionalProperties: false })
export type UserView = Static<typeof UserView>
export const UserPage = Page(UserView)
export type UserPage = Static<typeof UserPage>
export const UserListQuery = Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 200 })), withAlerts: Type.Optional(Type.Boolean({ description: 'Any alert, also closed ones.' })),
  openAlerts: Type.Optional(Type.Boolean()), trigger: Type.Optional(Type.Boolean({ description: 'A triggering event in the last 30 days, or one that lasts.' })), byHand: Type.Optional(Type.Boolean({ description: 'Scored by hand now.' })),
  priority: Type.Optional(Type.Boolean({ description: 'Member of a priority group.' })), highImpact: Type.Optional(Type.Boolean()), inCase: Type.Optional(Type.Boolean()), level: Type.Optional(Type.Array(LevelName, { maxItems: 4 })),
  kind: Type.Optional(Type.Union([Type.Literal('person'), Type.Literal('system')])), sort: Type.Optional(Type.Union([Type.Literal('-riskScore'), Type.Literal('firstSeen')], { default: 'firstSeen' })),
}, { additionalProperties: false })
export const UserDetail = Type.Object({ ...UserView.properties, alerts: Type.Array(AlertView), deviceIds: Type.Array(Id), firstSeenAt: Instant }, { additionalProperties: false })
export type UserDetail = Static<typeof UserDetail>

/** One bubble: one day and one indicator. */
export const ChartPoint = Type.Object({
  day: Type.String({ format: 'date' }), indicator: Type.String(), category: Type.String(), label: Type.String(), events: Type.Integer(), excludedEvents: Type.Integer(), reviewedEvents: Type.Integer(), bytes: Type.Number(), files: Type.Integer(), score: Type.Number(), severity: Type.Optional(Severity), firstAt: Instant, lastAt: Instant,
}, { additionalProperties: false })
const Day = Type.String({ format: 'date' })
/** A chain over points of the chart; drawn above them, at its own score. */
export const ChartSequence = Type.Object({
  id: Type.String(), label: Type.String(), day: Day, files: Type.Integer(), score: Type.Number(), severity: Type.Optional(Severity), points: Type.Array(Type.Object({ day: Day, indicator: Type.String() }, { additionalProperties: false })), alertIds: Type.Array(Id),
}, { additionalProperties: false })
export const ChartMarker = Type.Object({
  kind: Type.Union([Type.Literal('trigger'), Type.Literal('policy'), Type.Literal('alert'), Type.Literal('decision'), Type.Literal('case')]), at: Instant, what: Type.String(), text: Type.String(), severity: Type.Optional(Severity), score: Type.Optional(Type.Integer()),
  alertId: Type.Optional(Id), caseId: Type.Optional(Id), policyId: Type.Optional(Id),
}, { additionalProperties: false })
/** A single activity, where the range is short enough to draw each. */
export const ChartEvent = Type.Object({
  id: Id, at: Instant, kind: Type.String(), indicator: Type.String(), category: Type.String(), label: Type.String(), bytes: Type.Number(), score: Type.Number(), severity: Type.Optional(Severity),
}, { additionalProperties: false })
export const UserChart = Type.Object({
  from: Day, to: Day, points: Type.Array(ChartPoint), sequences: Type.Array(ChartSequence), markers: Type.Array(ChartMarker),
  cumulative: Type.Array(Type.Object({ day: Day, files: Type.Integer(), bytes: Type.Number() }, { additionalProperties: false, description: 'What had left by the end of the day since the range began; a file weighs as much as its channel.' })),
  events: Type.Optional(Type.Array(ChartEvent, { description: 'Of a range of at most three days.' })), tooManyEvents: Type.Optional(Type.Boolean({ description: 'The range is short, but each activity would be a smear.' })),
}, { additionalProperties: false })
export type UserChart = Static<typeof UserChart>
export const UserChartQuery = Type.Object({ from: Type.Optional(Type.String({ format: 'date' })), to: Type.Optional(Type.String({ format: 'date' })) }, { additionalProperties: false })

export const RevealRequest = Type.Object({ kind: Type.Optional(RevealReason), reason: Reason }, { additionalProperties: false })
export const RevealedView = Type.Object({ ...UserView.properties, request: PrivacyRequestView }, { additionalProperties: false })
export type RevealedView = Static<typeof RevealedView>
