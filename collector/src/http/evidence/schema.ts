import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'

export const EvidenceState = Type.Union([Type.Literal('verified'), Type.Literal('receiving'), Type.Literal('refused'), Type.Literal('skipped'), Type.Literal('damaged'), Type.Literal('deleted')], { description: 'verified: its content is here.' })
const Finding = Type.Object({ type: Type.String(), count: Type.Integer() }, { additionalProperties: false })

export const EvidenceRef = Type.Object({
  id: Id, state: EvidenceState, reason: Type.Optional(Type.String({ description: 'Code, or the words of whoever deleted it.' })), sizeBytes: Type.Number(), sha256: Type.Optional(Type.String()),
  changed: Type.Boolean({ description: 'The file was another one when it was read than when the activity was seen; both check sums are here.' }),
  capturedAt: Instant, receivedAt: Type.Optional(Instant), form: Type.Optional(Type.Union([Type.Literal('text'), Type.Literal('pdf'), Type.Literal('image'), Type.Literal('other')])), mediaType: Type.Optional(Type.String()), held: Type.Boolean(),
}, { additionalProperties: false })

export const EvidenceFile = Type.Object({
  activityId: Id, kind: Type.String(), at: Instant, user: UserRef, deviceId: Id, deviceName: Type.Optional(Type.String()),
  path: Type.String(), name: Type.String(), fileType: Type.String({ description: 'Ending in lower case, without the dot.' }), sizeBytes: Type.Number(), destination: Type.String(), sha256: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()), label: Type.Optional(Type.String()), findings: Type.Array(Finding),
  evidence: Type.Optional(EvidenceRef), whyNone: Type.Optional(Type.String({ description: 'Why there is no content: a code.' })),
}, { additionalProperties: false })
export type EvidenceFile = Static<typeof EvidenceFile>
export const EvidenceFilePage = Page(EvidenceFile)
export type EvidenceFilePage = Static<typeof EvidenceFilePage>

const Words = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }))
const List = <T extends Type.TSchema>(item: T) => Type.Optional(Type.Array(item, { maxItems: 40 }))
export const EvidenceFileQuery = Type.Object({
  ...PageQuery, caseId: Type.Optional(Id), alertId: Type.Optional(Id), userId: Type.Optional(Id),
  from: Type.Optional(Instant), to: Type.Optional(Instant), fileType: List(Type.String({ maxLength: 32 })), minBytes: Type.Optional(Type.Integer({ minimum: 0 })), maxBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  text: Words(500), label: Words(200), finding: Words(128), destination: List(Type.String({ maxLength: 32 })), deviceId: Type.Optional(Id), sha256: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F]{4,64}$' })),
  state: List(Type.Union([EvidenceState, Type.Literal('none')])), activityId: Type.Optional(Id),
}, { additionalProperties: false })
export type EvidenceFileQuery = Static<typeof EvidenceFileQuery>

export const CustodyEventView = Type.Object({
  evidenceId: Id, n: Type.Integer(), atMs: Type.Number(), actorId: Type.String(), actor: Type.String(), what: Type.String(), detail: Type.String(), hash: Type.String(),
}, { additionalProperties: false, description: 'As it is chained: holdfast evidence verify reads exactly this.' })
export const CustodyView = Type.Object({
  evidenceId: Id, events: Type.Array(CustodyEventView), chain: Type.Object({ ok: Type.Boolean(), events: Type.Integer(), head: Type.String(), problem: Type.Optional(Type.String()) }, { additionalProperties: false }),
  content: Type.Object({ ok: Type.Boolean(), problem: Type.Optional(Type.String()) }, { additionalProperties: false, description: 'Opened now and compared with the check sum.' }),
}, { additionalProperties: false })
export type CustodyView = Static<typeof CustodyView>

export const PreviewView = Type.Object({
  id: Id, form: Type.String(), mediaType: Type.String(), sizeBytes: Type.Number(), findings: Type.Array(Finding),
  text: Type.Optional(Type.String({ description: 'With findings and names masked, unless it was revealed.' })), masked: Type.Boolean(), truncated: Type.Boolean(),
  hex: Type.Optional(Type.Array(Type.Object({ offset: Type.Integer(), bytes: Type.String(), text: Type.String() }, { additionalProperties: false }))),
}, { additionalProperties: false })
export type PreviewView = Static<typeof PreviewView>

export const ReasonBody = Type.Object({ reason: Type.String({ minLength: 3, maxLength: 1000 }) }, { additionalProperties: false })

export const EvidenceSettingsBody = Type.Object({
  deviceQuotaBytes: Type.Integer({ minimum: 1_048_576 }), organisationQuotaBytes: Type.Integer({ minimum: 1_048_576 }), warnAtPercent: Type.Integer({ minimum: 10, maximum: 100 }),
}, { additionalProperties: false })
export const EvidenceSettingsView = Type.Object({
  ...EvidenceSettingsBody.properties, usedBytes: Type.Number(), copies: Type.Integer(), warned: Type.Boolean({ description: 'The organisation’s quota is used up to the share.' }),
}, { additionalProperties: false })
export type EvidenceSettingsView = Static<typeof EvidenceSettingsView>
