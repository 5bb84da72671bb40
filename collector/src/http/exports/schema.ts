import Type, { type Static } from 'typebox'
import { problemKinds } from '../../exports/problem.ts'
import { FORMATS } from '../../exports/targets.ts'
import { Id, Instant, Page } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))))

const url = Type.String({ minLength: 8, maxLength: 2048, description: 'https, or http where private addresses are allowed; without credentials.' })
const Webhook = Type.Object({ kind: Type.Literal('webhook'), url, payload: literals(['thin', 'full']), envelope: literals(['none', 'cloudevents']) }, closed)
const Syslog = Type.Object({ kind: Type.Literal('syslog'), host: Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9.:\\[\\]_-]+$' }), port: Type.Integer({ minimum: 1, maximum: 65_535 }), transport: literals(['udp', 'tcp', 'tls']), facility: Type.Integer({ minimum: 0, maximum: 23 }) }, closed)
const Splunk = Type.Object({ kind: Type.Literal('splunk_hec'), url, index: Type.Optional(Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-z0-9_][a-z0-9_-]*$' })), acknowledge: Type.Boolean() }, closed)
const elastic = { url, index: Type.String({ minLength: 1, maxLength: 200, pattern: '^[a-z0-9.][a-z0-9._-]*$' }), user: Type.Optional(Type.String({ minLength: 1, maxLength: 128, pattern: '^[^:\\p{Cc}]+$' })) }
const Elastic = Type.Object({ kind: Type.Literal('elastic'), ...elastic }, closed)
const OpenSearch = Type.Object({ kind: Type.Literal('opensearch'), ...elastic }, closed)
const File = Type.Object({ kind: Type.Literal('file'), fileName: Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' }), maxBytes: Type.Integer({ minimum: 65_536, maximum: 10_737_418_240 }), keep: Type.Integer({ minimum: 0, maximum: 100 }) }, closed)
export const Place = Type.Union([Webhook, Syslog, Splunk, Elastic, OpenSearch, File])

const pem = Type.String({ maxLength: 65_536 })
const secret = Type.Union([Type.String({ minLength: 1, maxLength: 16_384 }), Type.Null()])
export const SecretValues = Type.Object({ token: Type.Optional(secret), apiKey: Type.Optional(secret), password: Type.Optional(secret), clientKeyPem: Type.Optional(secret) }, { ...closed, description: 'Written and never read back. Absent: as it was. Null: taken away.' })

export const TargetRequest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*$' }),
  place: Place,
  format: Type.Optional(literals(FORMATS)),
  batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  allowPrivate: Type.Optional(Type.Boolean({ description: 'The receiver may be at a loopback or private address.' })),
  names: Type.Optional(Type.Boolean({ description: 'The receiver is told names. Switching it on needs a reason.' })),
  reason: Type.Optional(Type.String({ minLength: 5, maxLength: 500 })),
  tls: Type.Optional(Type.Object({ caPem: Type.Optional(pem), certPem: Type.Optional(pem) }, closed)),
  secrets: Type.Optional(SecretValues),
  begin: Type.Optional(literals(['now', 'kept'])),
}, closed)
export type TargetRequest = Static<typeof TargetRequest>

export const ProblemView = Type.Object({
  kind: literals(Object.keys(problemKinds) as (keyof typeof problemKinds)[]), detail: Type.String(), advice: Type.String(), status: Type.Optional(Type.Integer()),
  certificate: Type.Optional(Type.Object({ subject: Type.String(), issuer: Type.String(), names: Type.String(), validFrom: Type.String(), validTo: Type.String(), fingerprint: Type.String() })),
})
export type ProblemView = Static<typeof ProblemView>

export const TargetView = Type.Object({
  id: Id, name: Type.String(), place: Place, format: literals(FORMATS), batchSize: Type.Integer(), allowPrivate: Type.Boolean(), names: Type.Boolean(), tls: Type.Object({ caPem: Type.Optional(Type.String()), certPem: Type.Optional(Type.String()) }),
  /** Which are set. */
  secrets: Type.Array(literals(['signingSecret', 'token', 'apiKey', 'password', 'clientKeyPem'])),
  paused: Type.Boolean(), revision: Type.Integer(),
  state: literals(['good', 'behind', 'failing', 'open', 'paused']),
  sent: Type.Integer(), dropped: Type.Integer(), deadLetters: Type.Integer(), failures: Type.Integer(),
  lag: Type.Object({ records: Type.Integer(), seconds: Type.Integer() }),
  replays: Type.Array(Type.Object({ nextId: Type.Integer(), toId: Type.Integer() })),
  lastSentAt: Type.Optional(Instant), lastFailureAt: Type.Optional(Instant), nextTryAt: Type.Optional(Instant), problem: Type.Optional(ProblemView),
}, closed)
export type TargetView = Static<typeof TargetView>

export const TargetCreated = Type.Object({ target: TargetView, signingSecret: Type.Optional(Type.String({ description: 'Shown this once.' })) }, closed)
export type TargetCreated = Static<typeof TargetCreated>
export const TargetList = Type.Object({
  items: Type.Array(TargetView),
  outbox: Type.Object({ records: Type.Integer(), oldestId: Type.Integer(), newestId: Type.Integer(), oldestAt: Type.Optional(Instant), keptDays: Type.Union([Type.Integer(), Type.Null()]) }),
  kinds: Type.Array(Type.Object({ kind: Type.String(), doc: Type.String(), formats: Type.Array(literals(FORMATS)), secrets: Type.Array(Type.String()) })),
}, closed)
export type TargetList = Static<typeof TargetList>

export const TestRequest = Type.Object({ id: Type.Optional(Id), target: TargetRequest }, { ...closed, description: 'Settings as they would be saved; with an id the secrets that are kept are used where none is given.' })
export const TestView = Type.Object({ ok: Type.Boolean(), tookMs: Type.Integer(), recordId: Type.Optional(Type.String()), problem: Type.Optional(ProblemView), unsure: Type.Boolean({ description: 'Nobody says whether it arrived (UDP).' }) }, closed)
export type TestView = Static<typeof TestView>

export const ReplayRequest = Type.Object({ fromId: Type.Optional(Type.Integer({ minimum: 1 })), toId: Type.Optional(Type.Integer({ minimum: 1 })), from: Type.Optional(Instant), to: Type.Optional(Instant) }, { ...closed, description: 'Ids, both inclusive, or times, the end exclusive.' })
export const ReplayView = Type.Object({ fromId: Type.Integer(), toId: Type.Integer(), records: Type.Integer() }, closed)
export type ReplayView = Static<typeof ReplayView>

/** Never the record itself: whoever keeps exports running need not see alerts. */
export const DeadLetterView = Type.Object({ id: Type.Integer(), kind: literals(['alert', 'case']), ref: Id, at: Instant, refusedAt: Instant, reason: Type.String() }, closed)
export type DeadLetterView = Static<typeof DeadLetterView>
export const DeadLetterPage = Page(DeadLetterView)
export type DeadLetterPage = Static<typeof DeadLetterPage>
export const DeadLetterRequest = Type.Object({ action: literals(['retry', 'drop']), ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 500, uniqueItems: true }), reason: Type.Optional(Type.String({ minLength: 5, maxLength: 500 })) }, closed)
export const DeadLetterResult = Type.Object({ count: Type.Integer() }, closed)

export const FeedRequest = Type.Object({ enabled: Type.Boolean(), names: Type.Boolean(), reason: Type.Optional(Type.String({ minLength: 5, maxLength: 500 })) }, closed)
export const FeedView = Type.Object({ enabled: Type.Boolean(), names: Type.Boolean(), tenantId: Type.String(), rootUrl: Type.String(), subscribedAt: Type.Optional(Instant), revision: Type.Integer() }, closed)
export type FeedView = Static<typeof FeedView>

export const SigmaList = Type.Object({ items: Type.Array(Type.Object({ name: Type.String(), yaml: Type.String() })) }, closed)
export type SigmaList = Static<typeof SigmaList>
