import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery, UserRef } from '../primitives.ts'

const closed = { additionalProperties: false }
const Text = Type.String({ minLength: 1, maxLength: 320 })

export const AuditEntryView = Type.Object({
  seq: Type.Integer(), at: Instant, category: Type.String(), actor: Type.String(), actorId: Type.String(), roles: Type.Array(Type.String(), { description: 'Of the actor, at the time.' }), action: Type.String(), targetKind: Type.String(), targetId: Type.String(),
  subjects: Type.Array(UserRef, { description: 'People whom it is about, at most 500.' }), detail: Type.Unknown(), before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()),
  erased: Type.Optional(Type.Literal(true, { description: 'Words in it were sealed under the key of a person who was erased.' })), hash: Type.String(),
}, closed)
export type AuditEntryView = Static<typeof AuditEntryView>
export const AuditPage = Page(AuditEntryView)
export type AuditPage = Static<typeof AuditPage>

const filters = {
  category: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 20 })), action: Type.Optional(Type.String({ maxLength: 64 })), actor: Type.Optional(Text), subject: Type.Optional(Text), target: Type.Optional(Text), from: Type.Optional(Instant), to: Type.Optional(Instant),
}
export const AuditListQuery = Type.Object({ ...PageQuery, ...filters }, closed)
export type AuditFilter = Omit<Static<typeof AuditListQuery>, 'limit' | 'cursor'>
export const AuditExportQuery = Type.Object({ ...filters, format: Type.Union([Type.Literal('csv'), Type.Literal('jsonl')]), bom: Type.Optional(Type.Boolean()) }, closed)
export const AuditFacets = Type.Object({ categories: Type.Array(Type.String()), actors: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, closed)), oldest: Type.Optional(Instant), checkpoint: Type.Optional(Type.Object({ seq: Type.Integer(), hash: Type.String(), at: Instant }, closed)) }, closed)
export type AuditFacets = Static<typeof AuditFacets>

export const AuditVerdict = Type.Object({
  ok: Type.Boolean(), entries: Type.Integer(), head: Type.String(), anchors: Type.Optional(Type.Integer()), anchorsBefore: Type.Optional(Type.Integer()),
  checkpoint: Type.Optional(Type.Object({ seq: Type.Integer(), hash: Type.String(), atMs: Type.Number(), signed: Type.String() }, closed)), firstBadSeq: Type.Optional(Type.Integer()), problem: Type.Optional(Type.String()),
}, closed)
export type AuditVerdict = Static<typeof AuditVerdict>

export const LooksQuery = Type.Object({ user: Type.Optional(Id), identity: Type.Optional(Text), from: Type.Optional(Instant), to: Type.Optional(Instant) }, closed)
export const LooksView = Type.Object({
  user: UserRef, from: Instant, to: Instant, total: Type.Integer(), people: Type.Integer({ description: 'Accounts that looked or did something.' }),
  byActor: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), roles: Type.Array(Type.String()), count: Type.Integer(), firstAt: Instant, lastAt: Instant, actions: Type.Array(Type.Object({ action: Type.String(), count: Type.Integer() }, closed)) }, closed)),
  byRole: Type.Array(Type.Object({ role: Type.String(), count: Type.Integer() }, closed)), byAction: Type.Array(Type.Object({ action: Type.String(), category: Type.String(), count: Type.Integer(), lastAt: Instant }, closed)), byDay: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), count: Type.Integer() }, closed)),
}, closed)
export type LooksView = Static<typeof LooksView>

const Host = Type.String({ minLength: 1, maxLength: 255, pattern: '^[A-Za-z0-9._:\\[\\]-]+$' })
export const SyslogTarget = Type.Object({ host: Host, port: Type.Integer({ minimum: 1, maximum: 65_535 }), transport: Type.Union([Type.Literal('udp'), Type.Literal('tcp'), Type.Literal('tls')]), caPem: Type.Optional(Type.String({ maxLength: 65_536, pattern: '^-----BEGIN CERTIFICATE-----' })) }, closed)
export const AuditTargetsBody = Type.Object({ syslog: Type.Union([SyslogTarget, Type.Null()]), mail: Type.Union([Type.Object({ to: Type.Array(Type.String({ format: 'email', maxLength: 254 }), { minItems: 1, maxItems: 10 }) }, closed), Type.Null()]) }, closed)
const State = Type.Object({ at: Instant, ok: Type.Boolean(), seq: Type.Optional(Type.Integer()), problem: Type.Optional(Type.String()) }, closed)
export const AuditTargetsView = Type.Object({ ...AuditTargetsBody.properties, revision: Type.Integer(), file: Type.Boolean({ description: 'Heads also go to a file of the data folder.' }), mailReady: Type.Boolean(), states: Type.Object({ syslog: Type.Optional(State), mail: Type.Optional(State) }, closed) }, closed)
export type AuditTargetsView = Static<typeof AuditTargetsView>
