// The shape of the document that a person writes; one schema for the API, the command line, replay and the reference page.
import Type, { type Static } from 'typebox'
import { TRIGGER_KINDS } from '../people/triggering-event.ts'
import { BOOSTER_IDS, boosters } from '../risk/booster-table.ts'

export const ThresholdsSchema = Type.Object({
  low: Type.Number({ minimum: 1, description: 'Amount a day that scores 20.' }), medium: Type.Number({ minimum: 1, description: 'Amount a day that scores 45.' }), high: Type.Number({ minimum: 1, description: 'Amount a day that scores 70.' }),
}, { additionalProperties: false })
const scopeList = (description: string) => Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 10_000, description })

/** What a person writes, as YAML or in the form; what is left out takes the template's default. */
export const PolicyDocument = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128, description: 'What it is called; applying a document of the same name changes the policy.' }),
  template: Type.String({ minLength: 1, maxLength: 64, description: 'Id of a template.' }),
  description: Type.Optional(Type.String({ maxLength: 2000, description: 'For people. Default: the template’s summary.' })),
  status: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('paused')], { description: 'Default: on.' })),
  scope: Type.Optional(Type.Object({
    users: Type.Optional(Type.Union([Type.Literal('all'), scopeList('Account names, addresses or display names.')], { description: 'all, or a list of names. Default: all, or nobody by name when groups are given.' })),
    groups: Type.Optional(scopeList('Members of these groups.')),
    priorityGroups: Type.Optional(scopeList('Members of these priority groups.')),
    exclude: Type.Optional(Type.Object({ users: Type.Optional(scopeList('Never these.')), groups: Type.Optional(scopeList('Never members of these.')), priorityGroups: Type.Optional(scopeList('Never members of these priority groups.')), departments: Type.Optional(scopeList('Never people of these departments.')), countries: Type.Optional(scopeList('Never people in these countries.')) }, { additionalProperties: false, description: 'Who is never in scope, whatever else is written.' })),
  }, { additionalProperties: false, description: 'Whose activity counts. Letter case does not matter.' })),
  priorityContent: Type.Optional(Type.Object({
    extensions: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 32 }), { maxItems: 50, description: 'File name endings, with or without the dot.' })),
    paths: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { maxItems: 500, description: 'Folders (with what is below them) or parts of a path, written as path exclusions are.' })),
    sensitiveTypes: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 500, description: 'Types of content findings, such as iban.' })),
    labels: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 50, description: 'Sensitivity labels.' })),
    domains: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 500, description: 'Where files come from or go to, written as domains are in the detection settings.' })),
  }, { additionalProperties: false, description: 'What counts as priority content. Default: nothing.' })),
  scoreOnlyPriorityContent: Type.Optional(Type.Boolean({ description: 'Everything else stays visible and scores nothing. Needs priorityContent. Default: false.' })),
  indicators: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Object({
    enabled: Type.Optional(Type.Boolean()),
    thresholds: Type.Optional(ThresholdsSchema),
    mode: Type.Optional(Type.Union([Type.Literal('default'), Type.Literal('custom'), Type.Literal('above_usual')], { description: 'default: the thresholds of the indicator; custom: those written here; above_usual: what is above the user’s own usual day. Default: custom where thresholds are written, else default.' })),
  }, { additionalProperties: false })]), { description: 'Indicators of the template, or their variants as id#variant, to switch off or to give other thresholds. Default: all of the template, at their own thresholds.' })),
  triggers: Type.Optional(Type.Array(Type.Object({ indicator: Type.String({ description: 'Id of an indicator.' }), threshold: Type.Number({ minimum: 1, description: 'Amount a day.' }) }, { additionalProperties: false }), { description: 'What brings a user into scope: an indicator that reaches an amount on one day. Default: the template’s, at their low thresholds.' })),
  triggerEvents: Type.Optional(Type.Array(Type.Union(TRIGGER_KINDS.map((kind) => Type.Literal(kind))), { maxItems: 20, description: 'Events that bring a user into scope. Scoring by hand always does. Default: the template’s.' })),
  triggerSequences: Type.Optional(Type.Array(Type.Object({ sequence: Type.String({ description: 'Id of a sequence.' }), files: Type.Integer({ minimum: 1, description: 'Files that went through it.' }) }, { additionalProperties: false }), { maxItems: 50, description: 'Sequences that bring a user into scope. Default: none.' })),
  boosters: Type.Optional(Type.Object(Object.fromEntries(BOOSTER_IDS.map((id) => [id, Type.Optional(Type.Boolean({ description: boosters[id].when }))])), { additionalProperties: false, description: 'Boosters to switch on or off. Default: the template’s.' })),
  sequences: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Object({ enabled: Type.Optional(Type.Boolean()), thresholds: Type.Optional(ThresholdsSchema) }, { additionalProperties: false })]), { description: 'Sequences of the template to switch off, or to give other numbers of files. Default: all of the template.' })),
  cumulative: Type.Optional(Type.Boolean({ description: 'Whether everything that left in 30 days counts together. Default: the template’s.' })),
  activationWindowDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, description: 'Days that a user stays in scope after a trigger.' })),
  lookbackDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 90, description: 'Days before the trigger that count too.' })),
  alertVolume: Type.Optional(Type.Union([Type.Literal('fewer'), Type.Literal('default'), Type.Literal('more')], { description: 'Score from which there is an alert: 45, 20 or 10; 10 more where the strongest signal is near what is usual. Default: default.' })),
}, { additionalProperties: false })
export type PolicyDocument = Static<typeof PolicyDocument>
