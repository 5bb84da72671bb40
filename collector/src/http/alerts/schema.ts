import Type, { type Static } from 'typebox'
import { PolicyDocument } from '../../domain/policies/document-schema.ts'
import { ActivityView } from '../activities/schema.ts'
import { AlertStatus, DismissReason, Id, Instant, Page, PageQuery, Severity, UserRef } from '../primitives.ts'

export const ScorePartView = Type.Object({
  code: Type.String(), points: Type.Number(), reason: Type.String(), indicator: Type.Optional(Type.String()), day: Type.Optional(Type.String({ format: 'date' })),
  evidence: Type.Array(Id),
}, { additionalProperties: false })

export const AlertView = Type.Object({
  id: Id, policyId: Id, policy: Type.String(), template: Type.String(), user: UserRef, status: AlertStatus, severity: Severity, score: Type.Integer({ minimum: 0, maximum: 100 }),
  /** The one sentence that says why. */
  headline: Type.String(),
  trigger: Type.Object({ kind: Type.String(), at: Instant, reason: Type.String() }),
  firstActivityAt: Instant, lastActivityAt: Instant, createdAt: Instant, updatedAt: Instant,
  assignee: Type.Optional(Type.Object({ id: Id, name: Type.String() })),
  belowLine: Type.Optional(Type.Literal(true, { description: 'What counts now would make no alert; it waits to be closed.' })),
  newData: Type.Boolean(), revision: Type.Integer(),
}, { additionalProperties: false })
export type AlertView = Static<typeof AlertView>

export const AlertDetail = Type.Object({
  ...AlertView.properties,
  reasons: Type.Array(ScorePartView, { description: 'Points that add up to the score.' }),
  activities: Type.Array(ActivityView, { description: 'Every activity that a reason names.' }),
  history: Type.Array(Type.Object({ at: Instant, actor: Type.String(), what: Type.String(), from: Type.Optional(Type.String()), to: Type.Optional(Type.String()), note: Type.Optional(Type.String()) })),
  dismissReason: Type.Optional(DismissReason), note: Type.Optional(Type.String()),
}, { additionalProperties: false })
export type AlertDetail = Static<typeof AlertDetail>

export const AlertPage = Page(AlertView)
export type AlertPage = Static<typeof AlertPage>

export const AlertListQuery = Type.Object({
  ...PageQuery,
  status: Type.Optional(Type.Array(AlertStatus)), severity: Type.Optional(Type.Array(Severity)), policyId: Type.Optional(Type.Array(Id)), userId: Type.Optional(Id),
  from: Type.Optional(Instant), to: Type.Optional(Instant),
  sort: Type.Optional(Type.Union(['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', '-score', 'score'].map((value) => Type.Literal(value)), { default: '-updatedAt' })),
}, { additionalProperties: false })
export type AlertListQuery = Static<typeof AlertListQuery>

/** PATCH with If-Match: the revision in quotes. */
export const AlertPatch = Type.Union([
  Type.Object({ status: Type.Literal('confirmed'), note: Type.Optional(Type.String({ maxLength: 4000 })) }, { additionalProperties: false }),
  Type.Object({ status: Type.Literal('dismissed'), reason: DismissReason, note: Type.String({ minLength: 1, maxLength: 4000 }) }, { additionalProperties: false }),
  Type.Object({ status: Type.Literal('resolved'), note: Type.Optional(Type.String({ maxLength: 4000 })) }, { additionalProperties: false }),
  Type.Object({ status: Type.Literal('needs_review'), note: Type.Optional(Type.String({ maxLength: 4000 })) }, { additionalProperties: false }),
  Type.Object({ assigneeId: Type.Union([Id, Type.Null()]) }, { additionalProperties: false }),
])
export type AlertPatch = Static<typeof AlertPatch>

export const AlertStatistics = Type.Object({
  needsReview: Type.Object({ low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }),
  counts: Type.Array(Type.Object({ status: AlertStatus, severity: Severity, count: Type.Integer() })),
  meanDecisionSecs: Type.Optional(Type.Number()),
}, { additionalProperties: false })
export type AlertStatistics = Static<typeof AlertStatistics>

const parts = PolicyDocument.properties
/** What may be changed to see what it would do; each part lies over that of the policy. */
export const WhatIfRequest = Type.Object({
  indicators: parts.indicators, triggers: parts.triggers, triggerEvents: parts.triggerEvents, triggerSequences: parts.triggerSequences, boosters: parts.boosters, sequences: parts.sequences, cumulative: parts.cumulative,
  activationWindowDays: parts.activationWindowDays, lookbackDays: parts.lookbackDays, alertVolume: parts.alertVolume, scoreOnlyPriorityContent: parts.scoreOnlyPriorityContent,
}, { additionalProperties: false })
export type WhatIfRequest = Static<typeof WhatIfRequest>

const ScoredView = Type.Object({ score: Type.Integer(), severity: Type.Optional(Severity), isAlert: Type.Boolean(), headline: Type.String(), reasons: Type.Array(ScorePartView) }, { additionalProperties: false })
export const WhatIfView = Type.Object({
  alertId: Id, score: Type.Integer({ description: 'Of the alert as it stands.' }),
  before: ScoredView, after: ScoredView, difference: Type.Integer({ description: 'Points of after less those of before.' }),
}, { additionalProperties: false, description: 'The alert scored again now, under its policy and under the changed one. Nothing is stored.' })
export type WhatIfView = Static<typeof WhatIfView>
