import Type, { type Static } from 'typebox'
import { RISK_FACTORS, type RiskFactor } from '../../domain/cases/risk-factors.ts'
import { TIME_PATTERN } from '../../domain/cases/time-range.ts'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'

export const FileView = Type.Object({
  path: Type.String(), sizeBytes: Type.Number(), sha256: Type.Optional(Type.String()), fingerprint: Type.Optional(Type.String()),
  location: Type.String(), state: Type.Optional(Type.String()),
}, { additionalProperties: false })

const Factor = Type.Unsafe<RiskFactor>(Type.Union(RISK_FACTORS.map((factor) => Type.Literal(factor))))
const TimeWord = Type.String({ pattern: TIME_PATTERN, maxLength: 40 })

export const ActivityView = Type.Object({
  id: Id, kind: Type.String(), category: Type.String(), occurredAt: Instant, deviceId: Id, deviceName: Type.Optional(Type.String()), user: UserRef,
  /** One sentence: what happened to which object. */
  summary: Type.String(),
  account: Type.Optional(Type.String()), process: Type.Optional(Type.String()), sensor: Type.String(), recovered: Type.Boolean(),
  file: Type.Optional(FileView), source: Type.Optional(FileView), oldPath: Type.Optional(Type.String()),
  media: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  feature: Type.Optional(Type.Object({ id: Type.String(), from: Type.String(), to: Type.String(), fromValue: Type.Optional(Type.String()), toValue: Type.Optional(Type.String()) })),
  application: Type.Optional(Type.Object({ name: Type.String(), version: Type.Optional(Type.String()), source: Type.Optional(Type.String()) })),
  indicators: Type.Array(Type.String(), { description: 'Ids of the indicators that count this activity.' }),
  excluded: Type.Optional(Type.Object({ rule: Type.String(), why: Type.String() }, { additionalProperties: false, description: 'It scores nothing under the settings in force, and why.' })),
  exception: Type.Optional(Type.Object({ id: Id, until: Instant, by: Type.String(), reason: Type.String(), copies: Type.Boolean() }, { additionalProperties: false, description: 'The exception for the medium that held for the person then, whether or not it still scores.' })),
  severity: Type.Optional(Type.String({ description: 'Of the security feature or the unwanted application.' })), applicationClass: Type.Optional(Type.String()), domainClass: Type.Optional(Type.String()),
  metadata: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), { description: 'Everything else that is known of it.' }),
  score: Type.Optional(Type.Number({ description: 'Of its day: the largest among the indicators that count it. Only of one user’s.' })), factors: Type.Optional(Type.Array(Factor, { description: 'Risk factors of the user’s alerts that it is part of.' })),
  drill: Type.Optional(Type.Boolean({ description: 'An act of a fire drill, done by the agent itself: it counts for nobody.' })),
  isEvidence: Type.Optional(Type.Boolean({ description: 'A reason of the alert names it.' })),
  reviewed: Type.Optional(Type.Object({ at: Instant, by: Type.String() }, { additionalProperties: false })),
  dismissed: Type.Optional(Type.Object({ at: Instant, by: Type.String(), reason: Type.String() }, { additionalProperties: false, description: 'Found benign: it counts no more.' })),
}, { additionalProperties: false })
export type ActivityView = Static<typeof ActivityView>

export const ActivityPage = Page(ActivityView)
export type ActivityPage = Static<typeof ActivityPage>

export const activityFilterProperties = {
  userId: Type.Optional(Id), deviceId: Type.Optional(Id), from: Type.Optional(TimeWord), to: Type.Optional(TimeWord), kind: Type.Optional(Type.Array(Type.String(), { maxItems: 40 })),
  alertId: Type.Optional(Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9_.:-]+$', description: 'The user of an alert; with the scope alert, what that alert counts.' })),
  scope: Type.Optional(Type.Union([Type.Literal('alert'), Type.Literal('scored'), Type.Literal('all')], { description: 'alert: what the alert counts; scored: what any indicator counts; all: everything. Default: alert with an alertId, else all.' })),
  factor: Type.Optional(Type.Array(Factor, { maxItems: 7 })), indicator: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 40 })),
  reviewed: Type.Optional(Type.Boolean()), q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'In the sentence, the paths, the program or the metadata; letter case does not matter.' })),
}
const ActivitySort = Type.Union([Type.Literal('-occurredAt'), Type.Literal('occurredAt'), Type.Literal('-score')], { default: '-occurredAt' })
export const ActivityListQuery = Type.Object({ ...PageQuery, ...activityFilterProperties, sort: Type.Optional(ActivitySort) }, { additionalProperties: false })
export const ActivityExportQuery = Type.Object({ ...activityFilterProperties, sort: Type.Optional(ActivitySort), format: Type.Union([Type.Literal('csv'), Type.Literal('jsonl')]), bom: Type.Optional(Type.Boolean()) }, { additionalProperties: false })
export const ActivityFilter = Type.Object(activityFilterProperties, { additionalProperties: false })
export type ActivityFilter = Static<typeof ActivityFilter>
export const ReviewRequest = Type.Object({ activityIds: Type.Array(Id, { minItems: 1, maxItems: 500 }), reviewed: Type.Boolean() }, { additionalProperties: false })
