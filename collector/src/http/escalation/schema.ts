import Type, { type Static } from 'typebox'
import { Id, Instant, Severity } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const literals = <const T extends readonly string[]>(list: T) => Type.Unsafe<T[number]>(Type.Union(list.map((value) => Type.Literal(value))))
export const AccountRef = Type.Object({ id: Id, name: Type.String() }, closed)
export const Reason = Type.String({ minLength: 3, maxLength: 1000, pattern: '\\S' })
const Names = Type.Union([Type.Literal('pseudonymous'), Type.Literal('named')])

export const BundleView = Type.Object({
  id: Id, caseId: Id, state: literals(['queued', 'running', 'done', 'failed']), progress: Type.Integer({ minimum: 0, maximum: 100 }), by: AccountRef, reason: Type.String(), names: Names, content: Type.Boolean(),
  createdAt: Instant, endedAt: Type.Optional(Instant), expiresAt: Instant, sizeBytes: Type.Optional(Type.Integer()), sha256: Type.Optional(Type.String()), manifestSha256: Type.Optional(Type.String()), counts: Type.Record(Type.String(), Type.Integer()), downloads: Type.Integer(), code: Type.Optional(Type.String()),
}, closed)
export type BundleView = Static<typeof BundleView>
export const BundleList = Type.Object({ items: Type.Array(BundleView) }, closed)
export type BundleList = Static<typeof BundleList>

export const BundleRequest = Type.Object({
  reason: Reason, names: Type.Optional(Names), content: Type.Optional(Type.Boolean({ description: 'Contents of files, for who may see them.' })), from: Type.Optional(Instant), to: Type.Optional(Instant),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: 'Until the file goes; 7 where nothing is said.' })),
}, closed)
export type BundleRequest = Static<typeof BundleRequest>

export const SigningKeyView = Type.Object({ algorithm: Type.Literal('Ed25519'), publicKeyPem: Type.String(), fingerprint: Type.String({ description: 'SHA-256 of the 32 bytes of the key, hex.' }) }, closed)
export type SigningKeyView = Static<typeof SigningKeyView>

const System = Type.Union([Type.Literal('servicenow'), Type.Literal('jira')])
export const TicketView = Type.Object({
  id: Id, caseId: Id, target: Type.Object({ id: Id, name: Type.String() }, closed), system: System, state: literals(['waiting', 'open', 'failed']), severity: Severity, createdAt: Instant, by: AccountRef,
  number: Type.Optional(Type.String()), link: Type.Optional(Type.String()), problem: Type.Optional(Type.String()), waiting: Type.Integer({ description: 'Messages on their way.' }), nextTryAt: Type.Optional(Instant),
}, closed)
export type TicketView = Static<typeof TicketView>
export const TicketList = Type.Object({ items: Type.Array(TicketView), targets: Type.Array(Type.Object({ id: Id, name: Type.String(), system: System }, closed)) }, closed)
export type TicketList = Static<typeof TicketList>
export const TicketRequest = Type.Object({ targetId: Id, summary: Type.Optional(Type.String({ minLength: 1, maxLength: 160, pattern: '\\S' })), text: Type.Optional(Type.String({ maxLength: 2000 })) }, closed)
export const TicketUpdateRequest = Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) }, closed)

const Level = Type.String({ maxLength: 40, pattern: '^[^\\u0000-\\u001f]*$' })
const targetFields = {
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$' }), system: System, url: Type.String({ maxLength: 300, description: 'Of the instance: https://example.service-now.com.' }), user: Type.String({ maxLength: 200, pattern: '^[^:\\u0000-\\u001f]*$', description: 'Empty: the secret is a bearer token.' }), allowPrivate: Type.Boolean(), caPem: Type.String({ maxLength: 20_000 }),
  severities: Type.Object({ high: Level, medium: Level, low: Level }, closed), project: Type.String({ maxLength: 60, pattern: '^[A-Za-z0-9_]*$', description: 'Jira: key of the project.' }), issueType: Type.String({ maxLength: 60 }), assignmentGroup: Type.String({ maxLength: 100 }),
}
export const TicketTargetView = Type.Object({ id: Id, ...targetFields, hasSecret: Type.Boolean(), revision: Type.Integer() }, closed)
export type TicketTargetView = Static<typeof TicketTargetView>
export const TicketTargetList = Type.Object({ items: Type.Array(TicketTargetView) }, closed)
export type TicketTargetList = Static<typeof TicketTargetList>
export const TicketTargetRequest = Type.Object({ ...targetFields, secret: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })) }, closed)
export type TicketTargetRequest = Static<typeof TicketTargetRequest>
export const TicketTestRequest = Type.Object({ ...TicketTargetRequest.properties, id: Type.Optional(Id) }, closed)
export const TicketTest = Type.Object({ ok: Type.Boolean(), as: Type.Optional(Type.String()), problem: Type.Optional(Type.Object({ kind: Type.String(), detail: Type.String(), advice: Type.String() }, closed)) }, closed)
export type TicketTest = Static<typeof TicketTest>

export const HandOverQuery = Type.Object({ fromId: Id }, closed)
export const HandOverPreview = Type.Object({ from: AccountRef, alerts: Type.Integer(), cases: Type.Integer(), recipients: Type.Array(AccountRef), sample: Type.Array(Type.Object({ kind: Type.Union([Type.Literal('alert'), Type.Literal('case')]), id: Id, text: Type.String() }, closed)) }, closed)
export type HandOverPreview = Static<typeof HandOverPreview>
export const HandOverRequest = Type.Object({ fromId: Id, toId: Id, reason: Reason, expected: Type.Object({ alerts: Type.Integer({ minimum: 0 }), cases: Type.Integer({ minimum: 0 }) }, closed) }, closed)
export const HandOverResult = Type.Object({ alerts: Type.Integer(), cases: Type.Integer(), failed: Type.Array(Type.Object({ id: Id, code: Type.String() }, closed)) }, closed)
export type HandOverResult = Static<typeof HandOverResult>
