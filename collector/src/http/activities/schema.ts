import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'

export const FileView = Type.Object({
  path: Type.String(), sizeBytes: Type.Number(), sha256: Type.Optional(Type.String()), fingerprint: Type.Optional(Type.String()),
  location: Type.String(), state: Type.Optional(Type.String()),
}, { additionalProperties: false })

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
  severity: Type.Optional(Type.String({ description: 'Of the security feature or the unwanted application.' })), applicationClass: Type.Optional(Type.String()), domainClass: Type.Optional(Type.String()),
}, { additionalProperties: false })
export type ActivityView = Static<typeof ActivityView>

export const ActivityPage = Page(ActivityView)
export type ActivityPage = Static<typeof ActivityPage>

export const ActivityListQuery = Type.Object({
  ...PageQuery, userId: Type.Optional(Id), deviceId: Type.Optional(Id), from: Type.Optional(Instant), to: Type.Optional(Instant),
  kind: Type.Optional(Type.Array(Type.String(), { maxItems: 40 })),
}, { additionalProperties: false })
