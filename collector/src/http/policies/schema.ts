import Type, { type Static } from 'typebox'
import { PolicyDocument, ThresholdsSchema } from '../../domain/policies/document-schema.ts'
import { Id, Instant } from '../primitives.ts'

export { PolicyDocument } from '../../domain/policies/document-schema.ts'

export const PolicyView = Type.Object({
  id: Id, name: Type.String(), description: Type.String(), template: Type.String(), templateName: Type.String(), status: Type.Union([Type.Literal('on'), Type.Literal('paused')]), version: Type.Integer(),
  document: PolicyDocument, openAlerts: Type.Integer(), createdAt: Instant, updatedAt: Instant,
}, { additionalProperties: false })
export type PolicyView = Static<typeof PolicyView>

export const IndicatorView = Type.Object({ id: Type.String(), summary: Type.String(), category: Type.String(), kinds: Type.Array(Type.String()), unit: Type.String(), thresholds: ThresholdsSchema, attack: Type.Array(Type.String(), { description: 'ATT&CK ids of today.' }), attackBefore: Type.Optional(Type.Array(Type.String(), { description: 'The ids before ATT&CK moved some, in the same order.' })), frequencyBand: Type.Optional(Type.Integer({ description: '3: in more than 16 % of insider cases, 2: 6 to 15 %, 1: under 5 %, 0: none.' })), label: Type.Optional(Type.String()), doc: Type.Optional(Type.String()), source: Type.String() }, { additionalProperties: false })
export type IndicatorView = Static<typeof IndicatorView>
export const TemplateView = Type.Object({ id: Type.String(), name: Type.String(), summary: Type.String(), indicators: Type.Array(Type.String()), triggers: Type.Array(Type.Object({ indicator: Type.String(), threshold: Type.Number() })) }, { additionalProperties: false })
export type TemplateView = Static<typeof TemplateView>

export const PolicyPreview = Type.Object({
  days: Type.Integer(), users: Type.Integer(), activities: Type.Integer(), alerts: Type.Object({ low: Type.Integer(), medium: Type.Integer(), high: Type.Integer() }),
  topIndicators: Type.Array(Type.Object({ indicator: Type.String(), users: Type.Integer(), events: Type.Integer() })),
  examples: Type.Array(Type.Object({ pseudonym: Type.String(), score: Type.Integer(), headline: Type.String() })),
}, { additionalProperties: false })
export type PolicyPreview = Static<typeof PolicyPreview>
