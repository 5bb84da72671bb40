import Type, { type Static } from 'typebox'
import { MOST_HOURS } from '../../domain/cases/decision-clock.ts'
import { RISK_FACTORS, type RiskFactor } from '../../domain/cases/risk-factors.ts'
import { TIME_PATTERN } from '../../domain/cases/time-range.ts'
import { PolicyDocument, ThresholdsSchema } from '../../domain/policies/document-schema.ts'
import { ActivityView } from '../activities/schema.ts'
import { AlertStatus, DismissReason, Id, Instant, Page, PageQuery, Severity, UserRef } from '../primitives.ts'

export const RiskFactorName = Type.Unsafe<RiskFactor>(Type.Union(RISK_FACTORS.map((factor) => Type.Literal(factor))))
/** `now-30d`, `now-1d/d`, a day or a time; see domain/cases/time-range.ts. */
export const TimeWord = Type.String({ pattern: TIME_PATTERN, maxLength: 40, description: 'A time, a UTC day, or the present less something: now, now-30d, now-1d/d.' })

export const ScorePartView = Type.Object({
  code: Type.String(), points: Type.Number(), reason: Type.String(), indicator: Type.Optional(Type.String()), day: Type.Optional(Type.String({ format: 'date' })), factor: Type.Optional(RiskFactorName),
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
  factors: Type.Array(RiskFactorName, { description: 'Risk factors, read from the parts of the score. One that is shown need not be the cause.' }),
  openedAt: Type.String({ format: 'date-time', description: 'When it came to review: created, or reopened.' }),
  dueAt: Type.Optional(Type.String({ format: 'date-time', description: 'When a first decision is due; absent once there is one.' })), overdue: Type.Boolean(),
  dismissReason: Type.Optional(DismissReason), caseId: Type.Optional(Id),
}, { additionalProperties: false })
export type AlertView = Static<typeof AlertView>

export const AlertDetail = Type.Object({
  ...AlertView.properties,
  reasons: Type.Array(ScorePartView, { description: 'Points that add up to the score.' }),
  activities: Type.Array(ActivityView, { description: 'Every activity that a reason names.' }),
  history: Type.Array(Type.Object({ at: Instant, actor: Type.String(), what: Type.String(), from: Type.Optional(Type.String()), to: Type.Optional(Type.String()), note: Type.Optional(Type.String()) })),
  note: Type.Optional(Type.String()),
  sequences: Type.Array(Type.Object({
    id: Type.String(), label: Type.String(), points: Type.Number(), reason: Type.String(), withinHours: Type.Number(),
    steps: Type.Array(Type.Object({ label: Type.String(), activityIds: Type.Array(Id) })),
  }), { description: 'Sequences among the reasons: their steps in order, with the activities that are known of each.' }),
  undo: Type.Optional(Type.Object({ operationId: Id, until: Instant }, { additionalProperties: false, description: 'After a change: how long it can be taken back.' })),
}, { additionalProperties: false })
export type AlertDetail = Static<typeof AlertDetail>

export const AlertPage = Page(AlertView)
export type AlertPage = Static<typeof AlertPage>

/** Which alerts; the same words in an address, in a saved view and in what is done to many. Everything given must hold, of a list one. */
export const alertFilterProperties = {
  status: Type.Optional(Type.Array(AlertStatus, { maxItems: 4 })), severity: Type.Optional(Type.Array(Severity, { maxItems: 3 })), policyId: Type.Optional(Type.Array(Id, { maxItems: 100 })), userId: Type.Optional(Id),
  from: Type.Optional(TimeWord), to: Type.Optional(TimeWord),
  factor: Type.Optional(Type.Array(RiskFactorName, { maxItems: 7 })),
  assignee: Type.Optional(Type.Array(Id, { maxItems: 50, description: 'Account ids; me and nobody.' })),
  trigger: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z_]{1,64}$' }), { maxItems: 30, description: 'Kinds of triggering events.' })),
  dismissReason: Type.Optional(Type.Array(DismissReason, { maxItems: 4 })),
  hasCase: Type.Optional(Type.Boolean()), overdue: Type.Optional(Type.Boolean({ description: 'true: those that wait for a first decision longer than their severity allows.' })),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Beginning of an alert’s id or of a pseudonym.' })),
}
export const AlertFilter = Type.Object(alertFilterProperties, { additionalProperties: false })
export type AlertFilter = Static<typeof AlertFilter>

const SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', '-score', 'score'] as const
export const AlertSort = Type.Unsafe<(typeof SORTS)[number]>(Type.Union(SORTS.map((value) => Type.Literal(value))))
export const AlertListQuery = Type.Object({ ...PageQuery, ...alertFilterProperties, sort: Type.Optional(AlertSort) }, { additionalProperties: false })
export type AlertListQuery = Static<typeof AlertListQuery>
export const AlertExportQuery = Type.Object({ ...alertFilterProperties, sort: Type.Optional(AlertSort), format: Type.Union([Type.Literal('csv'), Type.Literal('jsonl')]), bom: Type.Optional(Type.Boolean({ description: 'A byte order mark for spreadsheets that guess the encoding.' })) }, { additionalProperties: false })

/** PATCH with If-Match: the revision in quotes. */
export const AlertPatch = Type.Union([
  Type.Object({ status: Type.Literal('confirmed'), note: Type.Optional(Type.String({ maxLength: 4000 })) }, { additionalProperties: false }),
  Type.Object({ status: Type.Literal('dismissed'), reason: DismissReason, note: Type.String({ minLength: 1, maxLength: 4000 }) }, { additionalProperties: false }),
  Type.Object({ status: Type.Literal('resolved'), note: Type.Optional(Type.String({ maxLength: 4000 })) }, { additionalProperties: false }),
  Type.Object({ status: Type.Literal('needs_review'), note: Type.Optional(Type.String({ maxLength: 4000 })) }, { additionalProperties: false }),
  Type.Object({ assigneeId: Type.Union([Id, Type.Null()], { description: 'An account’s id, me, or null for nobody.' }) }, { additionalProperties: false }),
])
export type AlertPatch = Static<typeof AlertPatch>

export const AlertStatistics = Type.Object({
  needsReview: Type.Object({ low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }),
  counts: Type.Array(Type.Object({ status: AlertStatus, severity: Severity, count: Type.Integer() })),
  meanDecisionSecs: Type.Optional(Type.Number({ description: 'From opened to closed, over what was closed in the last 30 days.' })),
  meanDecisionBySeverity: Type.Array(Type.Object({ severity: Severity, secs: Type.Number(), count: Type.Integer() })),
  openPerDay: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }), { description: 'Open at the end of each of the last 30 UTC days. An alert that was reopened counts from its reopening.' }),
  overdue: Type.Integer(),
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

const Hours = Type.Integer({ minimum: 1, maximum: MOST_HOURS })
export const AlertSettings = Type.Object({
  hoursToDecision: Type.Object({ high: Hours, medium: Hours, low: Hours }, { additionalProperties: false, description: 'How long an alert of each severity may wait for its first decision.' }),
  inlineTuning: Type.Boolean({ description: 'Whoever decides alerts may change thresholds from one. Who manages policies always may.' }),
}, { additionalProperties: false })
export type AlertSettings = Static<typeof AlertSettings>

export const MOST_AT_ONCE = 400
/** Named ones with the revisions that were seen, or all that match; not both. */
const Chosen = {
  alerts: Type.Optional(Type.Array(Type.Object({ id: Id, revision: Type.Optional(Type.Integer({ minimum: 1 })) }, { additionalProperties: false }), { minItems: 1, maxItems: MOST_AT_ONCE })),
  matching: Type.Optional(AlertFilter),
  expected: Type.Optional(Type.Integer({ minimum: 0, description: 'How many the asker saw match; when there are more now, nothing is done.' })),
}
export const AlertBulkRequest = Type.Union([
  Type.Object({ action: Type.Literal('dismiss'), reason: DismissReason, note: Type.String({ minLength: 1, maxLength: 4000 }), ...Chosen }, { additionalProperties: false }),
  Type.Object({ action: Type.Literal('assign'), assigneeId: Type.Union([Id, Type.Null()]), ...Chosen }, { additionalProperties: false }),
])
export type AlertBulkRequest = Static<typeof AlertBulkRequest>

export const AlertBulkResult = Type.Object({
  done: Type.Array(Id), failed: Type.Array(Type.Object({ id: Id, code: Type.String(), detail: Type.String() })),
  undo: Type.Optional(Type.Object({ operationId: Id, until: Instant }, { additionalProperties: false })),
}, { additionalProperties: false })
export type AlertBulkResult = Static<typeof AlertBulkResult>
export const AlertUndoRequest = Type.Object({ operationId: Id }, { additionalProperties: false })

export const AssigneeList = Type.Object({ items: Type.Array(Type.Object({ id: Id, name: Type.String() })) }, { additionalProperties: false })
export type AssigneeList = Static<typeof AssigneeList>

/** `raise`: to where this alert’s amount no longer reaches the low threshold; `stop`: the policy does not score the indicator any more. */
export const TuningRequest = Type.Union([
  Type.Object({ indicator: Type.String({ minLength: 1, maxLength: 200 }), choice: Type.Literal('raise') }, { additionalProperties: false }),
  Type.Object({ indicator: Type.String({ minLength: 1, maxLength: 200 }), choice: Type.Literal('custom'), thresholds: ThresholdsSchema }, { additionalProperties: false }),
  Type.Object({ indicator: Type.String({ minLength: 1, maxLength: 200 }), choice: Type.Literal('stop') }, { additionalProperties: false }),
])
export type TuningRequest = Static<typeof TuningRequest>
export const TuningApply = Type.Object({ tuning: TuningRequest, version: Type.Integer({ minimum: 1, description: 'Of the policy that was seen; another one is refused.' }) }, { additionalProperties: false })

const Counts = Type.Object({ low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }, { additionalProperties: false })
export const TuningView = Type.Object({
  mayTune: Type.Boolean(), policyId: Id, policy: Type.String(), version: Type.Integer(),
  indicators: Type.Array(Type.Object({ indicator: Type.String(), label: Type.String(), unit: Type.String(), amount: Type.Number({ description: 'The largest of a day in this alert.' }), thresholds: ThresholdsSchema }), { description: 'Indicators of this alert, with what they reached and the thresholds in force.' }),
}, { additionalProperties: false })
export type TuningView = Static<typeof TuningView>
export const TuningPreview = Type.Object({
  version: Type.Integer(), thresholds: Type.Optional(ThresholdsSchema), alert: WhatIfView,
  days: Type.Integer(), before: Counts, after: Counts,
  confirmedMissed: Type.Integer({ description: 'Confirmed alerts of these days that there would not have been.' }),
}, { additionalProperties: false })
export type TuningPreview = Static<typeof TuningPreview>
