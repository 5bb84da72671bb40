import Type, { type Static } from 'typebox'
import { DetectionSettingsDocument } from '../../domain/exclusions/settings-schema.ts'
import { Instant } from '../primitives.ts'

export const DetectionView = Type.Object({ version: Type.Integer({ description: 'The If-Match of a change; 0 before the first.' }), updatedAt: Type.Optional(Instant), settings: DetectionSettingsDocument }, { additionalProperties: false })
export type DetectionView = Static<typeof DetectionView>

export const DetectionDefaults = Type.Object({
  limits: Type.Object({ entries: Type.Integer(), groupEntries: Type.Integer(), variantsPerIndicator: Type.Integer(), groups: Type.Integer() }),
  exclusions: Type.Array(Type.Object({ id: Type.String(), system: Type.String(), paths: Type.Array(Type.String()), why: Type.String(), on: Type.Boolean({ description: 'Not unticked in the settings in force.' }) })),
  applicationClasses: Type.Array(Type.Object({ class: Type.String(), summary: Type.String(), severity: Type.String(), source: Type.String() })),
}, { additionalProperties: false })
export type DetectionDefaults = Static<typeof DetectionDefaults>

const text = (maxLength: number, description: string) => Type.Optional(Type.String({ minLength: 1, maxLength, description }))

export const DetectionTest = Type.Object({
  settings: Type.Optional(Type.Unknown({ description: 'A draft to test instead of the settings in force.' })),
  activity: Type.Optional(Type.Unknown({ description: 'An activity, written as a line of a replay file.' })),
  path: text(8192, 'A file: once staying on the device, once leaving it.'),
  domain: text(4096, 'A domain or an address: once as an upload, once as a download.'),
  application: text(512, 'Name of an application that is installed.'), source: text(64, 'Its installer.'),
}, { additionalProperties: false })
export type DetectionTest = Static<typeof DetectionTest>

const Excluded = Type.Object({ rule: Type.String(), why: Type.String() }, { additionalProperties: false })
export const DetectionVerdict = Type.Object({
  cases: Type.Array(Type.Object({
    what: Type.String(), indicators: Type.Array(Type.String()), excluded: Type.Optional(Excluded), domainClass: Type.Optional(Type.String()), sensitive: Type.Boolean(), priorityOf: Type.Array(Type.String()), applicationClass: Type.Optional(Type.String()),
    variants: Type.Array(Type.Object({ id: Type.String(), counted: Type.Boolean(), excluded: Type.Optional(Excluded) }, { additionalProperties: false })),
  }, { additionalProperties: false })),
}, { additionalProperties: false })
export type DetectionVerdict = Static<typeof DetectionVerdict>
