import Type, { type Static } from 'typebox'
import { Instant, Page, PageQuery } from '../primitives.ts'

export const AuditEntryView = Type.Object({ seq: Type.Integer(), at: Instant, actor: Type.String(), action: Type.String(), targetKind: Type.String(), targetId: Type.String(), detail: Type.Unknown(), hash: Type.String() }, { additionalProperties: false })
export type AuditEntryView = Static<typeof AuditEntryView>
export const AuditPage = Page(AuditEntryView)
export type AuditPage = Static<typeof AuditPage>
export const AuditListQuery = Type.Object({ ...PageQuery, action: Type.Optional(Type.String({ maxLength: 64 })), from: Type.Optional(Instant), to: Type.Optional(Instant) }, { additionalProperties: false })
export const AuditVerdict = Type.Object({ ok: Type.Boolean(), entries: Type.Integer(), head: Type.String(), firstBadSeq: Type.Optional(Type.Integer()), problem: Type.Optional(Type.String()) }, { additionalProperties: false })
export type AuditVerdict = Static<typeof AuditVerdict>
