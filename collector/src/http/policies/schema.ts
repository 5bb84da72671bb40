import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

export const ThresholdsSchema = Type.Object({ low: Type.Number({ minimum: 1 }), medium: Type.Number({ minimum: 1 }), high: Type.Number({ minimum: 1 }) }, { additionalProperties: false })
const scopeList = Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 10_000 })

/** What a person writes, as YAML or in the form; what is left out takes the template's default. */
export const PolicyDocument = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128 }), template: Type.String({ minLength: 1, maxLength: 64 }), description: Type.Optional(Type.String({ maxLength: 2000 })),
  status: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('paused')])),
  scope: Type.Optional(Type.Object({
    users: Type.Optional(Type.Union([Type.Literal('all'), scopeList])), groups: Type.Optional(scopeList),
    exclude: Type.Optional(Type.Object({ users: Type.Optional(scopeList), groups: Type.Optional(scopeList), departments: Type.Optional(scopeList), countries: Type.Optional(scopeList) }, { additionalProperties: false })),
  }, { additionalProperties: false })),
  indicators: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Object({ enabled: Type.Optional(Type.Boolean()), thresholds: Type.Optional(ThresholdsSchema) }, { additionalProperties: false })]))),
  triggers: Type.Optional(Type.Array(Type.Object({ indicator: Type.String(), threshold: Type.Number({ minimum: 1 }) }, { additionalProperties: false }))),
  activationWindowDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })), lookbackDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 90 })),
  alertVolume: Type.Optional(Type.Union([Type.Literal('fewer'), Type.Literal('default'), Type.Literal('more')])),
}, { additionalProperties: false })
export type PolicyDocument = Static<typeof PolicyDocument>

export const PolicyView = Type.Object({
  id: Id, name: Type.String(), description: Type.String(), template: Type.String(), templateName: Type.String(), status: Type.Union([Type.Literal('on'), Type.Literal('paused')]), version: Type.Integer(),
  document: PolicyDocument, openAlerts: Type.Integer(), createdAt: Instant, updatedAt: Instant,
}, { additionalProperties: false })
export type PolicyView = Static<typeof PolicyView>

export const IndicatorView = Type.Object({ id: Type.String(), summary: Type.String(), category: Type.String(), kinds: Type.Array(Type.String()), unit: Type.String(), thresholds: ThresholdsSchema, attack: Type.Array(Type.String()), source: Type.String() }, { additionalProperties: false })
export type IndicatorView = Static<typeof IndicatorView>
export const TemplateView = Type.Object({ id: Type.String(), name: Type.String(), summary: Type.String(), indicators: Type.Array(Type.String()), triggers: Type.Array(Type.Object({ indicator: Type.String(), threshold: Type.Number() })) }, { additionalProperties: false })
export type TemplateView = Static<typeof TemplateView>

export const PolicyPreview = Type.Object({
  days: Type.Integer(), users: Type.Integer(), activities: Type.Integer(), alerts: Type.Object({ low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }),
  topIndicators: Type.Array(Type.Object({ indicator: Type.String(), users: Type.Integer(), events: Type.Integer() })),
  examples: Type.Array(Type.Object({ pseudonym: Type.String(), score: Type.Integer(), headline: Type.String() })),
}, { additionalProperties: false })
export type PolicyPreview = Static<typeof PolicyPreview>
