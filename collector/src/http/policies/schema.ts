import Type, { type Static } from 'typebox'
import { PolicyDocument, ThresholdsSchema } from '../../domain/policies/document-schema.ts'
import { Id, Instant, Severity } from '../primitives.ts'

export { PolicyDocument } from '../../domain/policies/document-schema.ts'

export const HealthMessageView = Type.Object({
  code: Type.String(), area: Type.Union([Type.Literal('configuration'), Type.Literal('indicators'), Type.Literal('triggers'), Type.Literal('volume')]), level: Type.Union([Type.Literal('warning'), Type.Literal('recommendation')]), text: Type.String(), fix: Type.String(),
}, { additionalProperties: false })
const HealthStatus = Type.Union([Type.Literal('healthy'), Type.Literal('recommendations'), Type.Literal('warnings')])
export const PolicyHealthView = Type.Object({
  policyId: Id, name: Type.String(), status: HealthStatus, messages: Type.Array(HealthMessageView),
  assigned: Type.Integer({ description: 'Users whom the scope names.' }), inScope: Type.Integer({ description: 'Users with a trigger in the last activation window.' }), checkedAt: Instant,
}, { additionalProperties: false })
export type PolicyHealthView = Static<typeof PolicyHealthView>

export const PolicyView = Type.Object({
  id: Id, name: Type.String(), description: Type.String(), template: Type.String(), templateName: Type.String(), status: Type.Union([Type.Literal('on'), Type.Literal('paused')]), version: Type.Integer(),
  document: PolicyDocument, openAlerts: Type.Integer(), createdAt: Instant, updatedAt: Instant,
  health: Type.Optional(PolicyHealthView),
  alerts: Type.Optional(Type.Object({ confirmed: Type.Integer(), dismissed: Type.Integer(), effectiveness: Type.Optional(Type.Number({ description: 'Confirmed of all that were confirmed or dismissed, 0 to 1.' })) }, { additionalProperties: false })),
}, { additionalProperties: false })
export type PolicyView = Static<typeof PolicyView>

export const IndicatorView = Type.Object({ id: Type.String(), summary: Type.String(), category: Type.String(), kinds: Type.Array(Type.String()), unit: Type.String(), thresholds: ThresholdsSchema, attack: Type.Array(Type.String()), source: Type.String() }, { additionalProperties: false })
export type IndicatorView = Static<typeof IndicatorView>

const Labelled = Type.Object({ id: Type.String(), label: Type.String() }, { additionalProperties: false })
export const TemplateView = Type.Object({
  id: Type.String(), name: Type.String(), summary: Type.String(), indicators: Type.Array(Type.String()), triggers: Type.Array(Type.Object({ indicator: Type.String(), threshold: Type.Number() })),
  /** Default thresholds, where the template is more sensitive than the indicator itself. */
  thresholds: Type.Record(Type.String(), ThresholdsSchema),
  events: Type.Array(Type.String()), allEvents: Type.Array(Type.String()), sequences: Type.Array(Labelled), boosters: Type.Array(Type.Object({ id: Type.String(), label: Type.String(), when: Type.String(), on: Type.Boolean() }, { additionalProperties: false })), cumulative: Type.Boolean(),
  prerequisites: Type.Array(Type.Object({ id: Type.String(), optional: Type.Boolean() }, { additionalProperties: false })), activationWindowDays: Type.Integer(), lookbackDays: Type.Integer(), userCap: Type.Integer(),
}, { additionalProperties: false })
export type TemplateView = Static<typeof TemplateView>

export const PolicyPreview = Type.Object({
  days: Type.Integer({ description: 'Days of activity that count.' }), users: Type.Integer(), inScope: Type.Integer(), activities: Type.Integer(), tookMs: Type.Integer(),
  alerts: Type.Object({ low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }),
  alertsPerDay: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }, { additionalProperties: false })),
  topIndicators: Type.Array(Type.Object({ indicator: Type.String(), users: Type.Integer(), events: Type.Number() })),
  examples: Type.Array(Type.Object({ pseudonym: Type.String(), score: Type.Integer(), severity: Severity, headline: Type.String() })),
  confirmed: Type.Object({ looked: Type.Integer(), missed: Type.Integer(), examples: Type.Array(Type.Object({ alertId: Id, pseudonym: Type.String(), score: Type.Integer(), wouldScore: Type.Integer() }, { additionalProperties: false })) }, { additionalProperties: false, description: 'Alerts that somebody confirmed, and those that this document would not make.' }),
  limits: Type.Array(Type.String(), { description: 'What the past cannot say about this document.' }),
}, { additionalProperties: false })
export type PolicyPreview = Static<typeof PolicyPreview>

/** Lines of application/x-ndjson; the last one has the result or the error. */
export type PreviewLine = { readonly progress: { readonly done: number; readonly total: number; readonly alerts: number } } | { readonly result: PolicyPreview } | { readonly error: { readonly code: string; readonly detail: string } }

export const ThresholdDataView = Type.Object({
  days: Type.Integer(), users: Type.Integer({ description: 'In the scope of the document.' }), over: Type.Integer({ description: 'Of them at or over the lowest threshold of at least one indicator.' }),
  indicators: Type.Array(Type.Object({ indicator: Type.String(), label: Type.String(), unit: Type.String(), thresholds: ThresholdsSchema, low: Type.Integer(), medium: Type.Integer(), high: Type.Integer(), largest: Type.Number(), usual: Type.Number() }, { additionalProperties: false })),
  top: Type.Array(Type.String()),
}, { additionalProperties: false })
export type ThresholdDataView = Static<typeof ThresholdDataView>
