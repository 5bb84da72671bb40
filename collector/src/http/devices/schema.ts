import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery } from '../primitives.ts'

const Level = Type.Union([Type.Literal('minor'), Type.Literal('moderate'), Type.Literal('elevated')])
const Places = (maxItems: number) => Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems })

/** Lower case, as it is kept and compared. */
export const Tag = Type.String({ pattern: '^[a-z0-9][a-z0-9_.:-]{0,39}$' })
const GroupName = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
const Reason = Type.String({ minLength: 1, maxLength: 500 })

export const SensorView = Type.Object({
  name: Type.String(), tier: Type.Union([Type.Literal('full'), Type.Literal('degraded'), Type.Literal('blind'), Type.Literal('off')]),
  reason: Type.String(), fix: Type.String(), lastSelfTestAt: Type.Optional(Instant), selfTestPassed: Type.Boolean(), emitted: Type.Number(), watches: Type.Number(), restarts: Type.Number({ description: 'Times it had to be started again since the agent runs.' }),
}, { additionalProperties: false })

const DrillState = Type.Union([Type.Literal('never'), Type.Literal('running'), Type.Literal('passed'), Type.Literal('failed'), Type.Literal('stopped')])
const Ms = Type.Optional(Type.Integer({ description: 'Milliseconds after the act, by the clock of the device.' }))

/** The last fire drill of a device. */
export const DrillView = Type.Object({
  id: Type.String(), state: DrillState, startedAt: Type.Optional(Instant), endedAt: Type.Optional(Instant),
  signals: Type.Array(Type.Object({
    kind: Type.String(), act: Type.String(), outcome: Type.Union([Type.Literal('alerted'), Type.Literal('scored'), Type.Literal('stored'), Type.Literal('kept'), Type.Literal('missed'), Type.Literal('not_done'), Type.Literal('not_expected')]),
    reason: Type.String(), fix: Type.String(), durableMs: Ms, storedMs: Ms, scoredMs: Ms, alertedMs: Ms,
    confirmed: Type.Boolean({ description: 'What the device says of it agrees with what arrived here.' }),
    indicators: Type.Array(Type.String()), alert: Type.Optional(Type.Object({ policy: Type.String(), score: Type.Integer() }, { description: 'The alert that it would have been part of.' })),
  }, { additionalProperties: false })),
}, { additionalProperties: false })
export type DrillView = Static<typeof DrillView>

export const DeviceView = Type.Object({
  id: Id, hostname: Type.String(), os: Type.String(), osVersion: Type.Optional(Type.String()), agentVersion: Type.Optional(Type.String()), group: Type.String(),
  /** Never merged with the policy revision. */
  health: Type.Union([Type.Literal('healthy'), Type.Literal('degraded'), Type.Literal('offline'), Type.Literal('never_seen'), Type.Literal('revoked')]),
  /** Why it is not healthy, each with what to do. */
  faults: Type.Array(Type.Object({
    code: Type.String({ description: 'See GET /api/v1/device-faults.' }), severity: Type.Union([Type.Literal('critical'), Type.Literal('warning'), Type.Literal('hint')]), action: Type.Optional(Type.String({ description: 'What of the console puts it right.' })),
    detail: Type.String(), fix: Type.String(), values: Type.Record(Type.String(), Type.String(), { description: 'What goes into the sentences of other languages.' }),
  }, { additionalProperties: false })),
  tags: Type.Array(Type.String()), keepsGroup: Type.Boolean({ description: 'Moved by hand: rules on groups leave it where it is.' }),
  owner: Type.Optional(Type.Object({ id: Id, pseudonym: Type.String() }, { additionalProperties: false })),
  maintenance: Type.Optional(Type.Object({ until: Instant, reason: Type.String(), by: Type.String() }, { additionalProperties: false, description: 'Faults are shown and nobody is told of them.' })),
  retired: Type.Optional(Type.Object({ at: Instant, reason: Type.String(), by: Type.String() }, { additionalProperties: false })),
  mergedInto: Type.Optional(Id), cutOff: Type.Optional(Type.Object({ at: Instant, why: Type.Union([Type.Literal('cloned'), Type.Literal('retired'), Type.Literal('merged'), Type.Literal('revoked')]) }, { additionalProperties: false })),
  enrolledAt: Instant, lastSeenAt: Type.Optional(Instant),
  policy: Type.Object({
    wantedVersion: Type.Integer(), wantedHash: Type.String(), runningVersion: Type.Integer(), runningHash: Type.String(),
    state: Type.Union([Type.Literal('current'), Type.Literal('behind'), Type.Literal('refused'), Type.Literal('unknown')]),
    refusedReason: Type.Optional(Type.String()), appliedAt: Type.Optional(Instant),
    stricter: Type.Optional(Type.Object({ level: Level, users: Type.Array(Type.String()), since: Instant }, { additionalProperties: false, description: 'The wanted policy is stricter than that of the group, because people who use the device have this risk level; under pseudonyms.' })),
  }),
  tiers: Type.Object({ full: Type.Integer(), degraded: Type.Integer(), blind: Type.Integer(), off: Type.Integer() }),
  /** Its last fire drill. */
  drill: Type.Object({ state: DrillState, at: Type.Optional(Instant) }, { additionalProperties: false }),
  /** Sequence numbers below the highest that neither arrived nor are explained. */
  unexplained: Type.Integer(),
}, { additionalProperties: false })
export type DeviceView = Static<typeof DeviceView>

export const LedgerView = Type.Object({
  epoch: Type.String(), firstSeq: Type.Integer(), lastSeq: Type.Integer(), kind: Type.Union([Type.Literal('received'), Type.Literal('gap'), Type.Literal('awaited'), Type.Literal('unexplained')]), reason: Type.Optional(Type.String()),
}, { additionalProperties: false })

export const DeviceDetail = Type.Object({
  ...DeviceView.properties,
  address: Type.Optional(Type.String({ description: 'Where its connection came from last, as the broker saw it; kept only while a rule on groups asks for a network.' })), kernel: Type.Optional(Type.String()), elevated: Type.Optional(Type.Boolean()), sessionAccounts: Type.Array(Type.String(), { description: 'Pseudonyms of who has a session now; ANON for whoever has done nothing yet.' }),
  sensors: Type.Array(SensorView),
  /** Devices whose history is shown under this one. */
  merged: Type.Array(Type.Object({ id: Id, hostname: Type.String(), enrolledAt: Instant, lastSeenAt: Type.Optional(Instant), ledger: Type.Array(LedgerView) }, { additionalProperties: false })),
  lastDrill: Type.Optional(DrillView),
  spool: Type.Optional(Type.Object({ epoch: Type.String(), lastSeq: Type.Number(), ackedSeq: Type.Number(), bytes: Type.Number(), maxBytes: Type.Number(), dropped: Type.Number() })),
  usage: Type.Optional(Type.Object({ rssBytes: Type.Number(), cpuMillis: Type.Number() })),
  ledger: Type.Array(LedgerView),
  /** What it watches, from the policy that it should run. */
  wantedPolicy: Type.Optional(Type.Unknown()),
}, { additionalProperties: false })
export type DeviceDetail = Static<typeof DeviceDetail>

export const DevicePage = Page(DeviceView)
export type DevicePage = Static<typeof DevicePage>
export const DeviceListQuery = Type.Object({ ...PageQuery, group: Type.Optional(Id), search: Type.Optional(Type.String({ maxLength: 200 })),
  seesLess: Type.Optional(Type.Boolean({ description: 'Only devices of which a sensor sees less than it should.' })), drill: Type.Optional(Type.Union([Type.Literal('never'), Type.Literal('failed')], { description: 'Only devices that never had a fire drill, or whose last one did not pass.' })),
  fault: Type.Optional(Type.String({ pattern: '^[A-Z_]{1,40}(,[A-Z_]{1,40}){0,20}$', description: 'Only devices that have one of these faults, as last looked at.' })), tag: Type.Optional(Tag),
  status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('revoked')])), gone: Type.Optional(Type.Boolean({ description: 'Retired devices and those shown under another, too.' })),
}, { additionalProperties: false })

/** What changes of a device; what is absent stays. */
const patchFields = {
  addTags: Type.Optional(Type.Array(Tag, { maxItems: 30 })), removeTags: Type.Optional(Type.Array(Tag, { maxItems: 30 })),
  group: Type.Optional(Type.Union([GroupName, Type.Null()], { description: 'Moves it by hand; null: rules on groups decide again.' })),
  maintenance: Type.Optional(Type.Union([Type.Object({ until: Type.String({ format: 'date-time' }), reason: Reason }, { additionalProperties: false }), Type.Null()], { description: 'Nobody is told of its faults until then, 90 days at most; null ends it.' })),
}
export const DevicePatchRequest = Type.Object({ ...patchFields, owner: Type.Optional(Type.Union([Id, Type.Null()], { description: 'Id of a user; null: nobody’s.' })) }, { additionalProperties: false, minProperties: 1 })
export type DevicePatchRequest = Static<typeof DevicePatchRequest>
export const DeviceBulkRequest = Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }), ...patchFields, retire: Type.Optional(Type.Object({ reason: Reason }, { additionalProperties: false })) }, { additionalProperties: false, minProperties: 2 })
export type DeviceBulkRequest = Static<typeof DeviceBulkRequest>
export const DeviceBulkResult = Type.Object({ changed: Type.Integer(), failed: Type.Array(Type.Object({ id: Id, code: Type.String(), detail: Type.String() }, { additionalProperties: false })) }, { additionalProperties: false })
export type DeviceBulkResult = Static<typeof DeviceBulkResult>
export const ReasonRequest = Type.Object({ reason: Reason }, { additionalProperties: false })
export const MergeRequest = Type.Object({ into: Id }, { additionalProperties: false })

const FaultText = Type.Object({ title: Type.String(), detail: Type.String(), fix: Type.String() }, { additionalProperties: false })
/** Every fault that a device can have, in both languages, and how many devices have it. */
export const DeviceFaultList = Type.Object({ items: Type.Array(Type.Object({ code: Type.String(), severity: Type.String(), when: Type.String(), en: FaultText, de: FaultText, devices: Type.Integer() }, { additionalProperties: false })) }, { additionalProperties: false })
export type DeviceFaultList = Static<typeof DeviceFaultList>
export const DeviceTagList = Type.Object({ items: Type.Array(Type.Object({ tag: Type.String(), devices: Type.Integer() }, { additionalProperties: false })) }, { additionalProperties: false })
export type DeviceTagList = Static<typeof DeviceTagList>

export const FleetNoticeView = Type.Object({
  id: Id, kind: Type.String(), deviceId: Type.Optional(Id), rolloutId: Type.Optional(Id), detail: Type.String(), fix: Type.String(), raisedAt: Instant, clearedAt: Type.Optional(Instant), clearedBy: Type.Optional(Type.String()),
}, { additionalProperties: false })
export type FleetNoticeView = Static<typeof FleetNoticeView>
export const FleetNoticePage = Page(FleetNoticeView)
export type FleetNoticePage = Static<typeof FleetNoticePage>
export const FleetNoticeQuery = Type.Object({ ...PageQuery, open: Type.Optional(Type.Boolean()), deviceId: Type.Optional(Id) }, { additionalProperties: false })

export const GroupRule = Type.Object({
  group: GroupName, os: Type.Optional(Type.Union([Type.Literal('linux'), Type.Literal('darwin'), Type.Literal('windows')])), hostname: Type.Optional(Type.String({ minLength: 1, maxLength: 253, description: 'With * and ?.' })), tag: Type.Optional(Tag), agentVersion: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'With * and ?.' })),
  network: Type.Optional(Type.String({ pattern: '^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$', description: 'Where its connection comes from, as the broker sees it: 10.20.0.0/16, 2001:db8::/32, or one address.' })),
}, { additionalProperties: false, minProperties: 2 })
export const GroupRulesView = Type.Object({ revision: Type.Integer(), rules: Type.Array(GroupRule, { maxItems: 200 }), matches: Type.Array(Type.Integer(), { description: 'Devices that each rule has, in the order of the rules.' }) }, { additionalProperties: false })
export type GroupRulesView = Static<typeof GroupRulesView>
export const GroupRulesRequest = Type.Object({ rules: Type.Array(GroupRule, { maxItems: 200 }) }, { additionalProperties: false })

const Capture = Type.Object({
  enabled: Type.Boolean(), destinations: Type.Array(Type.Union([Type.Literal('removable'), Type.Literal('network_share'), Type.Literal('cloud_sync'), Type.Literal('remote_session')]), { maxItems: 4, uniqueItems: true }),
  fileTypes: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,32}$' }), { maxItems: 200, description: 'Endings without the dot; none means all.' }),
  maxFileBytes: Type.Integer({ minimum: 1, maximum: 1_073_741_824 }), maxDayBytes: Type.Integer({ minimum: 1, maximum: 1_099_511_627_776, description: 'Of one person in one UTC day.' }),
  maxFilesPerMinute: Type.Integer({ minimum: 1, maximum: 10_000 }), onlyWithFindings: Type.Boolean(), privatePaths: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { maxItems: 500, description: 'Never read, whether they are the copy or its source.' }),
  folderMaxBytes: Type.Integer({ minimum: 1_048_576, maximum: 1_099_511_627_776 }),
}, { additionalProperties: false, description: 'Which copied files are kept as evidence; absent in a change: as it was.' })

/** Kinds that somebody at the keyboard can be warned of. */
const EdgeKind = Type.Union([Type.Literal('file_copied'), Type.Literal('file_read_by_transfer_tool'), Type.Literal('file_printed'), Type.Literal('archive_created'), Type.Literal('file_downloaded'), Type.Literal('label_changed'), Type.Literal('file_renamed'), Type.Literal('application_run'), Type.Literal('removable_media_mounted')])
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

const Transfers = Type.Object({
  allowedPrograms: Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9 ._+-]{0,63}$' }), { maxItems: 500, uniqueItems: true, description: 'Names of program files, in lower case and without `.exe`, of which nothing is told.' }),
  // A dot and one label would be all of a country.
  knownDestinations: Type.Array(Type.String({ pattern: '^(?:(?:s3|gs|oss|b2)://)?(?:[^\\s/@?#.][^\\s/@?#]{0,252}|\\.[^\\s/@?#.]+\\.[^\\s/@?#]{1,200})$' }), { maxItems: 500, uniqueItems: true, description: 'Hosts, `.example.org` for all below it, and `s3://bucket`, of which a transfer is not told.' }),
  uploads: Type.Boolean({ description: 'Files that browsers, mail and chat programs open are told as possible uploads.' }),
}, { additionalProperties: false, description: 'Programs that can send files; absent in a change: as it was.' })

const UsbNumber = Type.String({ pattern: '^[0-9a-fA-F]{4}$', description: 'Four hex digits, as on USB.' })
const AllowedMedia = Type.Array(Type.Object({
  vendorId: Type.Optional(UsbNumber), productId: Type.Optional(UsbNumber), serial: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: 'With vendor and product; without it every device of the kind.' })),
  deviceClass: Type.Optional(Type.Union([Type.Literal('mass_storage'), Type.Literal('card'), Type.Literal('optical'), Type.Literal('mtp'), Type.Literal('ptp'), Type.Literal('bluetooth')], { description: 'Instead of vendor and product.' })),
  reason: Type.String({ minLength: 1, maxLength: 500 }), from: Type.Optional(Instant), until: Type.Optional(Type.String({ format: 'date-time', description: 'It ends by itself: what happens from then on counts.' })),
  users: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200, description: 'Users that it holds for; absent: everybody on the group’s devices.' })),
  copies: Type.Optional(Type.Boolean({ description: 'It covers what is copied to the medium, too; else only that it came, went and was mounted.' })),
}, { additionalProperties: false }), { maxItems: 500, description: 'Media that the group’s devices may have: what they do stays visible and scores nothing. Absent in a change: as it was.' })

const EdgeRule = Type.Object({
  id: OwnId, enabled: Type.Boolean(),
  kinds: Type.Array(EdgeKind, { maxItems: 9, uniqueItems: true, description: 'What it looks at; none means file_copied. Only what a policy has collected is looked at.' }),
  destinations: Type.Array(Type.Union([Type.Literal('removable'), Type.Literal('network_share'), Type.Literal('cloud_sync'), Type.Literal('remote_session')]), { maxItems: 4, uniqueItems: true, description: 'None means any place.' }),
  sensitive: Type.Boolean({ description: 'Sensitive content was found.' }), types: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,128}$' }), { maxItems: 256, description: 'Of one of these types; none means any.' }),
  minCount: Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Matches in one file.' }), labels: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 256 }),
  minActivities: Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'So many within the window; 0: not asked for.' }), minBytes: Type.Integer({ minimum: 0, maximum: 1_099_511_627_776 }), windowSecs: Type.Integer({ minimum: 1, maximum: 86_400 }),
  unallowedDevice: Type.Boolean({ description: 'The medium is not on the group’s list of allowed media.' }), warn: Type.Boolean({ description: 'The person gets a notice on the desktop.' }), first: Type.Boolean({ description: 'What matches is sent before everything else after an outage.' }),
  maxPerHour: Type.Integer({ minimum: 1, maximum: 60, description: 'Notices of one person.' }), ask: Type.Union([Type.Literal(''), Type.Literal('acknowledge'), Type.Literal('reason')]),
  texts: Type.Array(Type.Object({ language: Type.String({ pattern: '^[a-z]{2}$' }), title: Type.String({ maxLength: 120 }), body: Type.String({ maxLength: 1000, description: '{file} is the file’s name, {place} where it went.' }) }, { additionalProperties: false }), { maxItems: 20, description: 'The organisation’s own words; empty ones are the agent’s.' }),
}, { additionalProperties: false })
const Edge = Type.Object({ languages: Type.Array(Type.String({ pattern: '^[a-z]{2}$' }), { maxItems: 20, uniqueItems: true }), rules: Type.Array(EdgeRule, { maxItems: 50 }) }, { additionalProperties: false, description: 'What devices do by themselves, offline as well; absent in a change: as it was.' })

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
  cpuLimitPercent: Type.Optional(Type.Integer({ minimum: 5, maximum: 400, description: 'Of one core, for all processes of the agent under load; above it the agent slows something and says so. Absent: 25.' })),
  memoryLimitBytes: Type.Optional(Type.Integer({ minimum: 150 * 1_048_576, maximum: 4096 * 1_048_576, description: 'Of all processes of the agent under load. Absent: 360 MiB.' })),
  quarantineRevoked: Type.Optional(Type.Boolean({ description: 'What came of a device and was not stored yet when it is revoked goes into quarantine, from where it can be replayed. Absent: it is stored.' })),
  silentAfterHeartbeats: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, description: 'Heartbeats that a device may miss before it counts as silent and somebody is told; 0: nobody is. Absent: 3.' })),
  evidence: Type.Optional(Capture),
  whenAtRisk: Type.Optional(Type.Object({
    level: Level, roots: Places(500), removableRoots: Places(100), networkShareRoots: Places(100), cloudSyncRoots: Places(100), watchExcluded: Places(500), everyIndicator: Type.Boolean(),
    hashLimitBytes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_073_741_824 })), pollIntervalSecs: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })), heartbeatIntervalSecs: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
  }, { additionalProperties: false, description: 'Watched in addition on devices of people who have at least this risk level, as long as they have it: more places, fewer excludes, every indicator, larger files hashed, shorter intervals.' })),
  inspection: Type.Optional(Inspection),
  transfers: Type.Optional(Transfers),
  edge: Type.Optional(Edge),
  allowedMedia: Type.Optional(AllowedMedia),
  uninstall: Type.Optional(Type.Union([Type.Object({ salt: Type.String({ pattern: '^[A-Za-z0-9+/]{22}==$' }), tokenHash: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }) }, { additionalProperties: false }), Type.Null()], { description: 'Salt and scrypt hash (N 32768, r 8, p 1) of the token without which the agent’s package is not removed; null: none is asked for; absent in a change: as it was.' })),
}, { additionalProperties: false })
export type GroupSettings = Static<typeof GroupSettings>
export const GroupView = Type.Object({ name: Id, revision: Type.Integer({ description: 'Rises with every change of the settings; the ETag.' }), devices: Type.Integer(), settings: GroupSettings, policyVersion: Type.Integer(), policyHash: Type.String() }, { additionalProperties: false })
export type GroupView = Static<typeof GroupView>
