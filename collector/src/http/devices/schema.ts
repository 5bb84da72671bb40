import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery } from '../primitives.ts'

const Level = Type.Union([Type.Literal('minor'), Type.Literal('moderate'), Type.Literal('elevated')])
const Places = (maxItems: number) => Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems })

export const SensorView = Type.Object({
  name: Type.String(), tier: Type.Union([Type.Literal('full'), Type.Literal('degraded'), Type.Literal('blind'), Type.Literal('off')]),
  reason: Type.String(), fix: Type.String(), lastSelfTestAt: Type.Optional(Instant), selfTestPassed: Type.Boolean(), emitted: Type.Number(), watches: Type.Number(),
}, { additionalProperties: false })

export const DeviceView = Type.Object({
  id: Id, hostname: Type.String(), os: Type.String(), osVersion: Type.Optional(Type.String()), agentVersion: Type.Optional(Type.String()), group: Type.String(),
  /** Never merged with the policy revision. */
  health: Type.Union([Type.Literal('healthy'), Type.Literal('degraded'), Type.Literal('offline'), Type.Literal('never_seen'), Type.Literal('revoked')]),
  /** Why it is not healthy, each with what to do. */
  faults: Type.Array(Type.Object({ code: Type.String(), detail: Type.String(), fix: Type.String() })),
  enrolledAt: Instant, lastSeenAt: Type.Optional(Instant),
  policy: Type.Object({
    wantedVersion: Type.Integer(), wantedHash: Type.String(), runningVersion: Type.Integer(), runningHash: Type.String(),
    state: Type.Union([Type.Literal('current'), Type.Literal('behind'), Type.Literal('refused'), Type.Literal('unknown')]),
    refusedReason: Type.Optional(Type.String()), appliedAt: Type.Optional(Instant),
    stricter: Type.Optional(Type.Object({ level: Level, users: Type.Array(Type.String()), since: Instant }, { additionalProperties: false, description: 'The wanted policy is stricter than that of the group, because people who use the device have this risk level; under pseudonyms.' })),
  }),
  tiers: Type.Object({ full: Type.Integer(), degraded: Type.Integer(), blind: Type.Integer(), off: Type.Integer() }),
  /** Sequence numbers below the highest that neither arrived nor are explained. */
  unexplained: Type.Integer(),
}, { additionalProperties: false })
export type DeviceView = Static<typeof DeviceView>

export const LedgerView = Type.Object({
  epoch: Type.String(), firstSeq: Type.Integer(), lastSeq: Type.Integer(), kind: Type.Union([Type.Literal('received'), Type.Literal('gap'), Type.Literal('unexplained')]), reason: Type.Optional(Type.String()),
}, { additionalProperties: false })

export const DeviceDetail = Type.Object({
  ...DeviceView.properties,
  kernel: Type.Optional(Type.String()), elevated: Type.Optional(Type.Boolean()), sessionAccounts: Type.Array(Type.String(), { description: 'Pseudonyms of who has a session now; ANON for whoever has done nothing yet.' }),
  sensors: Type.Array(SensorView),
  spool: Type.Optional(Type.Object({ epoch: Type.String(), lastSeq: Type.Number(), ackedSeq: Type.Number(), bytes: Type.Number(), maxBytes: Type.Number(), dropped: Type.Number() })),
  usage: Type.Optional(Type.Object({ rssBytes: Type.Number(), cpuMillis: Type.Number() })),
  ledger: Type.Array(LedgerView),
  /** What it watches, from the policy that it should run. */
  wantedPolicy: Type.Optional(Type.Unknown()),
}, { additionalProperties: false })
export type DeviceDetail = Static<typeof DeviceDetail>

export const DevicePage = Page(DeviceView)
export type DevicePage = Static<typeof DevicePage>
export const DeviceListQuery = Type.Object({ ...PageQuery, group: Type.Optional(Id), search: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false })

const Capture = Type.Object({
  enabled: Type.Boolean(), destinations: Type.Array(Type.Union([Type.Literal('removable'), Type.Literal('network_share'), Type.Literal('cloud_sync')]), { maxItems: 3, uniqueItems: true }),
  fileTypes: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,32}$' }), { maxItems: 200, description: 'Endings without the dot; none means all.' }),
  maxFileBytes: Type.Integer({ minimum: 1, maximum: 1_073_741_824 }), maxDayBytes: Type.Integer({ minimum: 1, maximum: 1_099_511_627_776, description: 'Of one person in one UTC day.' }),
  maxFilesPerMinute: Type.Integer({ minimum: 1, maximum: 10_000 }), onlyWithFindings: Type.Boolean(), privatePaths: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { maxItems: 500, description: 'Never read, whether they are the copy or its source.' }),
  folderMaxBytes: Type.Integer({ minimum: 1_048_576, maximum: 1_099_511_627_776 }),
}, { additionalProperties: false, description: 'Which copied files are kept as evidence; absent in a change: as it was.' })

const OwnId = Type.String({ pattern: '^[a-z0-9][a-z0-9_.-]{0,63}$' })
const Named = { id: OwnId, name: Type.String({ maxLength: 200 }) }
const Inspection = Type.Object({
  enabled: Type.Boolean(), types: Type.Array(Type.String({ pattern: '^[a-z0-9_.]{1,64}$' }), { maxItems: 256, description: 'Ids of sensitive information types; none means all.' }),
  minConfidence: Type.Union([Type.Literal(65), Type.Literal(75), Type.Literal(85)]), maxFileBytes: Type.Integer({ minimum: 1, maximum: 134_217_728 }), maxFilesPerMinute: Type.Integer({ minimum: 1, maximum: 100_000 }),
  customTypes: Type.Array(Type.Object({
    ...Named, pattern: Type.String({ minLength: 1, maxLength: 1000, description: 'RE2 syntax.' }), keywords: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 200 })), proximity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    keywordRequired: Type.Optional(Type.Boolean()), caseSensitive: Type.Optional(Type.Boolean()), checksum: Type.Optional(Type.Union([Type.Literal(''), Type.Literal('luhn'), Type.Literal('iban'), Type.Literal('mod97'), Type.Literal('verhoeff')])),
  }, { additionalProperties: false }), { maxItems: 100 }),
  dictionaries: Type.Array(Type.Object({ ...Named, phrases: Type.Array(Type.String({ minLength: 2, maxLength: 100 }), { minItems: 1, maxItems: 5000 }), caseSensitive: Type.Optional(Type.Boolean()), minDistinct: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })) }, { additionalProperties: false }), { maxItems: 50 }),
  exactData: Type.Array(Type.Object({ ...Named, salt: Type.String({ minLength: 22, maxLength: 88, description: 'Base64, 16 to 64 bytes.' }), hashes: Type.String({ minLength: 11, maxLength: 10_800_000, description: 'Base64; 8 bytes of SHA-256(salt, normalised value) each.' }), maxWords: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })), minDistinct: Type.Optional(Type.Integer({ minimum: 1 })) }, { additionalProperties: false }), { maxItems: 20 }),
  labels: Type.Array(Type.Object({ id: Type.String({ maxLength: 64 }), name: Type.String({ maxLength: 200 }) }, { additionalProperties: false }), { maxItems: 256, description: 'Sensitivity labels from the least to the most sensitive.' }),
}, { additionalProperties: false, description: 'What the content of files is looked at for; absent in a change: as it was.' })

/** Watch settings of a device group; what policies need is compiled into them. */
export const GroupSettings = Type.Object({
  roots: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 500 }),
  excludes: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 500 }),
  removableRoots: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 100 }),
  networkShareRoots: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 100 }),
  cloudSyncRoots: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 100 }),
  hashLimitBytes: Type.Integer({ minimum: 0, maximum: 1_073_741_824 }),
  pollIntervalSecs: Type.Integer({ minimum: 1, maximum: 86_400 }),
  heartbeatIntervalSecs: Type.Integer({ minimum: 1, maximum: 3600 }),
  spoolMaxBytes: Type.Integer({ minimum: 1_048_576 }),
  evidence: Type.Optional(Capture),
  whenAtRisk: Type.Optional(Type.Object({
    level: Level, roots: Places(500), removableRoots: Places(100), networkShareRoots: Places(100), cloudSyncRoots: Places(100), watchExcluded: Places(500), everyIndicator: Type.Boolean(),
    hashLimitBytes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_073_741_824 })), pollIntervalSecs: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })), heartbeatIntervalSecs: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
  }, { additionalProperties: false, description: 'Watched in addition on devices of people who have at least this risk level, as long as they have it: more places, fewer excludes, every indicator, larger files hashed, shorter intervals.' })),
  inspection: Type.Optional(Inspection),
  uninstall: Type.Optional(Type.Union([Type.Object({ salt: Type.String({ pattern: '^[A-Za-z0-9+/]{22}==$' }), tokenHash: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }) }, { additionalProperties: false }), Type.Null()], { description: 'Salt and scrypt hash (N 32768, r 8, p 1) of the token without which the agent’s package is not removed; null: none is asked for; absent in a change: as it was.' })),
}, { additionalProperties: false })
export type GroupSettings = Static<typeof GroupSettings>
export const GroupView = Type.Object({ name: Id, devices: Type.Integer(), settings: GroupSettings, policyVersion: Type.Integer(), policyHash: Type.String() }, { additionalProperties: false })
export type GroupView = Static<typeof GroupView>
