// Connectors, their runs and the tokens of programs as the API shows them.
import Type, { type Static } from 'typebox'
import { Id, Instant } from '../primitives.ts'

const Count = Type.Integer({ minimum: 0 })

export const ConnectorRunView = Type.Object({
  id: Id, at: Instant, by: Type.String(), outcome: Type.Union([Type.Literal('done'), Type.Literal('refused')]), code: Type.Optional(Type.String()), fileHash: Type.String(), bytes: Count,
  rows: Count, problems: Count, repeats: Count, usersCreated: Count, usersChanged: Count, triggers: Count, activities: Count,
}, { additionalProperties: false })
export type ConnectorRunView = Static<typeof ConnectorRunView>

export const ConnectorView = Type.Object({
  id: Id, title: Type.String(), summary: Type.String(), maxBytes: Count, state: Type.Union([Type.Literal('never'), Type.Literal('working'), Type.Literal('stale'), Type.Literal('failing')]),
  lastDoneAt: Type.Optional(Instant), warning: Type.Optional(Type.String({ description: 'What is wrong, and what to do.' })), lastRun: Type.Optional(ConnectorRunView),
}, { additionalProperties: false })
export type ConnectorView = Static<typeof ConnectorView>

export const ImportQuery = Type.Object({
  dryRun: Type.Optional(Type.Boolean({ description: 'Say what would change, and change nothing.' })),
  confirm: Type.Optional(Type.Boolean({ description: 'The change may be larger than a tenth of the people.' })),
  skipBad: Type.Optional(Type.Boolean({ description: 'Leave bad rows out instead of refusing the file.' })),
  full: Type.Optional(Type.Boolean({ description: 'Directory: the file names everybody; whose entry is missing is gone.' })),
  format: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('ldif'), Type.Literal('scim')], { description: 'Directory: form of the file.' })),
  indicator: Type.Optional(Type.String({ maxLength: 40, description: 'Custom indicators: the one that the file is of.' })),
  settings: Type.Optional(Type.String({ maxLength: 16_384, description: 'JSON; over the stored settings of the connector, for this file.' })),
}, { additionalProperties: false })

export type ImportQuery = Static<typeof ImportQuery>

export const ImportView = Type.Object({
  connector: Id, dryRun: Type.Boolean(), runId: Type.Optional(Id),
  totals: Type.Object({ rows: Count, passed: Count, repeats: Count, usersCreated: Count, usersChanged: Count, triggers: Count, activities: Count, unattributed: Count, leavers: Count, accountsOff: Count }),
  problemCount: Count,
  problems: Type.Array(Type.Object({ line: Count, problem: Type.String() })),
  changes: Type.Array(Type.Object({ line: Count, pseudonym: Type.String(), what: Type.String(), fields: Type.Array(Type.String()), at: Type.Optional(Instant) })),
}, { additionalProperties: false })
export type ImportView = Static<typeof ImportView>

export const TokenView = Type.Object({
  id: Id, name: Type.String(), connectors: Type.Array(Type.String()), permissions: Type.Array(Type.String()), state: Type.Union([Type.Literal('good'), Type.Literal('expired'), Type.Literal('revoked')]), createdBy: Type.String(), createdAt: Instant, expiresAt: Instant, lastUsedAt: Type.Optional(Instant),
}, { additionalProperties: false })
export type TokenView = Static<typeof TokenView>

export const TokenCreated = Type.Object({ ...TokenView.properties, token: Type.String({ description: 'Shown once.' }) }, { additionalProperties: false })
export type TokenCreated = Static<typeof TokenCreated>
