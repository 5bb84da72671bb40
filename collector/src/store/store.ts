// The store's interface, over domain types. A backend is a folder beside this file; only main imports one.
//
// Reading is free; everything that changes goes through write(), which is one transaction: all of it is durable when
// the promise resolves, or none of it happened. Writers are serialised by the backend.
import type { DismissedActivity } from '../domain/adaptive/dismissed-activity.ts'
import type { RiskLevel, RiskLevelState } from '../domain/adaptive/risk-level.ts'
import type { Device, DeviceReport, LedgerRange } from '../domain/people/device.ts'
import type { PriorityGroup } from '../domain/people/priority-group.ts'
import type { StoredTrigger, TriggerKind } from '../domain/people/triggering-event.ts'
import type { User, UserIdentity } from '../domain/people/user.ts'
import type { Policy } from '../domain/policies/policy.ts'
import type { Activity, ActivityKind } from '../domain/risk/activity.ts'
import type { Day, Insight } from '../domain/risk/insight.ts'
import type { PopulationCell } from '../domain/risk/population.ts'
import type { AgentPackageReader, AgentPackageWriter } from './agent-packages.ts'
import type { WorkLocks } from './work-locks.ts'
import type { CaseReader, CaseWriter } from './cases.ts'
import type { DrillReader, DrillWriter } from './drills.ts'
import type { EnrolmentReader, EnrolmentWriter } from './enrolment.ts'
import type { FleetReader, FleetWriter } from './fleet.ts'
import type { LiveReader, LiveWriter } from './live.ts'
import type { EvidenceReader, EvidenceWriter } from './evidence.ts'
import type { ExportReader, ExportWriter } from './exports.ts'
import type { ReportReader, ReportWriter } from './reports.ts'
import type { RolloutReader, RolloutWriter } from './rollouts.ts'
import type { EscalationReader, EscalationWriter } from './escalation.ts'
import type { AccessReader, AccessWriter, PersonFilter } from './access.ts'
import type { AlertReader, AlertWriter } from './alerts.ts'
import type { AuditQuery, PrivacyReader, PrivacyWriter } from './privacy.ts'

export type { AdministrativeUnit, PersonFilter } from './access.ts'
export type { AlertQuery, AlertSelection } from './alerts.ts'

export interface Page<T> {
  readonly items: readonly T[]
  /** Opaque; absent on the last page. */
  readonly nextCursor?: string
  /** All rows that match, when the backend can tell cheaply. */
  readonly total?: number
}

export interface PageRequest {
  /** 1 to 500. */
  readonly limit: number
  readonly cursor?: string
}

/** An activity with the bytes that the device sent. */
export interface StoredActivity {
  readonly activity: Activity
  /** Encoded wire.Activity, unchanged. */
  readonly body: Uint8Array
}

/** What one device sent, already decoded and checked: consecutive numbers from firstSeq. */
export interface IngestRun {
  readonly deviceId: string
  readonly epoch: string
  readonly firstSeq: number
  readonly activities: readonly StoredActivity[]
  readonly gaps: readonly { readonly epoch: string; readonly firstSeq: number; readonly lastSeq: number; readonly reason: string; readonly atMs: number }[]
  readonly receivedAtMs: number
}

export interface IngestOutcome {
  readonly stored: number
  /** Already there: resent after a lost answer. */
  readonly duplicates: number
  /** One for each (device, epoch) touched. */
  readonly watermarks: readonly { readonly deviceId: string; readonly epoch: string; readonly committedSeq: number }[]
  /** Users who have new activity now. */
  readonly users: readonly string[]
}

/** Turns the newly inserted activities of one transaction into what is added to the daily counters. */
export type InsightCounter = (activities: readonly Activity[]) => readonly Insight[]
export type InsightMerge = (a: Insight, b: Insight) => Insight

export interface ActivityQuery extends PageRequest {
  readonly visible?: PersonFilter
  readonly userId?: string
  readonly deviceId?: string
  /** Inclusive, milliseconds. */
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  readonly kinds?: readonly ActivityKind[]
}

export interface Account {
  readonly id: string
  readonly name: string
  /** PHC string of argon2id; never leaves the server. */
  readonly passwordHash: string
  readonly roles: readonly string[]
  readonly disabled: boolean
  readonly createdAtMs: number
  readonly passwordChangedAtMs: number
  /** Administrative units; an account that has any sees only their people. */
  readonly units?: readonly string[]
  readonly email?: string
  /** Who the identity provider says it is. */
  readonly sso?: { readonly issuer: string; readonly subject: string }
  /** A directory keeps the account: its roles follow its groups and cannot be given by hand. */
  readonly provisioned?: { readonly externalId?: string; readonly changedAtMs: number }
  /** Sealed secret, and the last step whose code was taken. */
  readonly totp?: { readonly secret: string; readonly lastStep: number; readonly enrolledAtMs: number }
  /** SHA-256 of the codes that are left, hex. */
  readonly recoveryCodes?: readonly string[]
  readonly passkeys?: readonly Passkey[]
  readonly preferences?: { readonly timeZone?: string; readonly language?: string; readonly noticesSeenSeq?: number }
}

/** A WebAuthn credential of an account. */
export interface Passkey {
  /** base64url, as the authenticator made it. */
  readonly id: string
  readonly name: string
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  /** Host that it was made for. */
  readonly rpId: string
  readonly createdAtMs: number
  readonly lastUsedAtMs?: number
}

export interface Session {
  /** SHA-256 of the cookie's token, hex. */
  readonly tokenHash: string
  readonly accountId: string
  readonly createdAtMs: number
  readonly lastSeenAtMs: number
  readonly expiresAtMs: number
  readonly address: string
  readonly userAgent: string
  /** How it began; absent in sessions from before there was a choice. */
  readonly method?: 'password' | 'passkey' | 'oidc'
  /** A second factor was shown: a code, a passkey that verified its user, or whatever the identity provider asks for. */
  readonly secondFactor?: boolean
  /** Of the identity provider, sealed: to end its session too, and so that it can end this one. */
  readonly oidc?: { readonly issuer: string; readonly subject: string; readonly sid?: string; readonly idToken: string }
}

export interface EnrolmentCode {
  readonly id: string
  /** SHA-256 of the secret part, hex; the code itself is shown once. */
  readonly secretHash: string
  readonly group: string
  readonly maxUses: number
  readonly uses: number
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly createdBy: string
  readonly revoked: boolean
  /** What comes with it waits until an administrator has said yes; a use is taken when it asks. */
  readonly needsApproval?: boolean
}

export interface AuditEntry {
  /** 1, 2, 3 … without a hole. */
  readonly seq: number
  readonly atMs: number
  readonly actorId: string
  readonly actorName: string
  /** `alert.viewed`, `policy.applied`, `session.created`, ... */
  readonly action: string
  readonly targetKind: string
  readonly targetId: string
  /** JSON text: reason, before, after. */
  readonly detail: string
  /** Hex SHA-256 over the previous hash and this entry; see audit/chain.ts. */
  readonly hash: string
}

export interface Quarantined {
  readonly id: number
  readonly atMs: number
  readonly subject: string
  readonly reason: string
  readonly detail: string
  readonly tries: number
  readonly bytes: Uint8Array
  readonly replayedAtMs?: number
}

/** A compiled and signed agent policy of a device group. */
export interface AgentPolicyRevision {
  readonly group: string
  readonly version: number
  /** Hex SHA-256 of the body. */
  readonly hash: string
  /** Encoded SignedPolicy. */
  readonly signed: Uint8Array
  /** The policy as JSON text, for people. */
  readonly readable: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** The agent policy of one device, in the place of its group's while its version is the higher one. */
export interface DevicePolicyRevision extends AgentPolicyRevision {
  readonly deviceId: string
  /** Why it is stricter than the group's; absent: it says what the group's says, and only took a stricter one back. */
  readonly why?: { readonly level: RiskLevel; readonly userIds: readonly string[] }
}

export interface AlertHistoryRow {
  readonly alertId: string
  readonly atMs: number
  readonly actorId: string
  readonly what: string
  readonly from?: string
  readonly to?: string
  readonly note?: string
}

/** Conditions that are left out say nothing. */
export interface UserQuery extends PageRequest {
  /** A pseudonym, an id, or a whole identity. */
  readonly search?: string
  readonly withAlerts?: boolean
  readonly visible?: PersonFilter
  /** Has an alert that nobody has closed. */
  readonly withOpenAlerts?: boolean
  /** Has a triggering event at or after this time, or one that lasts until then. */
  readonly triggeredSinceMs?: number
  /** Is scored by hand at this time. */
  readonly scoredByHandAtMs?: number
  readonly ids?: readonly string[]
  /** Holds administrative rights, or so many people report to the user. */
  readonly highImpactReports?: number
  readonly levels?: readonly RiskLevel[]
  readonly inCase?: boolean
  readonly kind?: User['kind']
  /** By the strongest open alert, instead of by when they were first seen. */
  readonly byRisk?: boolean
}

export interface TriggerQuery extends PageRequest {
  readonly visible?: PersonFilter
  readonly userId?: string
  readonly kinds?: readonly TriggerKind[]
  readonly source?: string
  /** Inclusive, milliseconds. */
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
}

/** One import that was tried. */
export interface ConnectorRun {
  readonly id: string
  readonly connector: string
  readonly atMs: number
  readonly actorId: string
  readonly outcome: 'done' | 'refused'
  /** Error code of a refusal. */
  readonly code?: string
  /** Hex SHA-256 of the file. */
  readonly fileHash: string
  readonly bytes: number
  /** Data rows or records of the file. */
  readonly rows: number
  /** Rows that cannot be taken. */
  readonly problems: number
  /** Facts that an earlier run had brought already. */
  readonly repeats: number
  readonly usersCreated: number
  readonly usersChanged: number
  readonly triggers: number
  readonly activities: number
}

/** A user or a group as a directory keeps it here over SCIM; accounts of the console and their groups apart. */
export interface ScimStored {
  readonly kind: 'User' | 'Group' | 'Account' | 'AccountGroup'
  /** Of a user: the user's id; of an account: the account's. */
  readonly id: string
  /** userName or displayName in lower case; one resource of a kind has it. */
  readonly name: string
  readonly externalId?: string
  readonly createdAtMs: number
  readonly changedAtMs: number
  /** The resource without its meta. */
  readonly document: Readonly<Record<string, unknown>>
}

export interface ScimQuery {
  readonly kind: ScimStored['kind']
  readonly name?: string
  readonly externalId?: string
  readonly id?: string
  /** From 0. */
  readonly offset: number
  readonly limit: number
}

/** What lets a program in, with few permissions and for a time. */
export interface ApiToken {
  readonly id: string
  readonly name: string
  /** SHA-256 of the token, hex; the token itself is shown once. */
  readonly tokenHash: string
  /** Permissions by name, and `connector:<id>`. */
  readonly permissions: readonly string[]
  readonly createdBy: string
  /** Account that made it: the token may never do what that account may not, and dies with it. Absent: the owner of the server. */
  readonly makerId?: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly lastUsedAtMs?: number
  readonly revoked: boolean
}

/** The largest amount of one day that a user reached under an indicator. */
export interface BusiestDay {
  readonly userId: string
  readonly indicator: string
  readonly amount: number
}

/** A day of a user on which an indicator reached an amount. */
export interface DayOver {
  readonly userId: string
  readonly indicator: string
  readonly day: Day
  readonly amount: number
}

export interface StoreReader extends AccessReader, AlertReader, CaseReader, PrivacyReader, EvidenceReader, DrillReader, FleetReader, LiveReader, ExportReader, ReportReader, EscalationReader, RolloutReader, AgentPackageReader, EnrolmentReader {
  device(id: string): Promise<Device | undefined>
  deviceByHardwareId(hardwareId: string): Promise<Device | undefined>
  devices(query: PageRequest & { readonly group?: string; /** Of one of these groups. */ readonly groups?: readonly string[]; readonly search?: string; /** Those of which a sensor is degraded or blind. */ readonly seesLess?: boolean; /** By the state of their last drill. */ readonly drill?: readonly ('never' | 'running' | 'passed' | 'failed' | 'stopped')[]; readonly tag?: string; /** Those that had one of these faults when last looked at. */ readonly fault?: readonly string[]; readonly status?: Device['status']; /** `true`: those of which people are done, too: retired, or shown under another. */ readonly gone?: boolean }): Promise<Page<Device>>
  deviceGroups(): Promise<readonly string[]>
  /** Received ranges and gaps, ordered by epoch's first arrival and sequence. */
  ledger(deviceId: string): Promise<readonly LedgerRange[]>
  /** Highest contiguous sequence number of an epoch; 0 when nothing is there. */
  watermark(deviceId: string, epoch: string): Promise<number>
  user(id: string): Promise<User | undefined>
  usersByIds(ids: readonly string[]): Promise<readonly User[]>
  userByIdentity(identity: UserIdentity): Promise<User | undefined>
  users(query: UserQuery): Promise<Page<User>>
  activities(query: ActivityQuery): Promise<Page<Activity>>
  activitiesByIds(ids: readonly string[]): Promise<readonly Activity[]>
  activityCount(): Promise<number>
  insights(userId: string, fromDay: Day, toDay: Day): Promise<readonly Insight[]>
  /** Of many users at once, in one consistent state; days inclusive, ordered by day and indicator within a user. */
  insightsOfUsers(userIds: readonly string[], fromDay: Day, toDay: Day): Promise<readonly Insight[]>
  /** The same without their samples, for whoever scores many and shows no evidence. */
  insightsWithoutSamples(userIds: readonly string[], fromDay: Day, toDay: Day): Promise<readonly Insight[]>
  /** First days on which anything of a user was counted, and on which removable media were used; of users who have any. */
  firstDays(userIds: readonly string[]): Promise<ReadonlyMap<string, { readonly observed: Day; readonly media?: Day }>>
  /** Amounts as they count, without excluded events; days inclusive. */
  busiestDays(userIds: readonly string[], fromDay: Day, toDay: Day): Promise<readonly BusiestDay[]>
  /** Days on which an indicator reached the least amount given for it. */
  daysOver(userIds: readonly string[], fromDay: Day, toDay: Day, least: ReadonlyMap<string, number>): Promise<readonly DayOver[]>
  /** By time; `toMs` is exclusive. */
  dismissedActivities(userId: string, fromMs: number, toMs: number): Promise<readonly DismissedActivity[]>
  riskLevel(userId: string): Promise<RiskLevelState | undefined>
  /** Users who have a level, the highest first. */
  riskLevels(query: PageRequest & { readonly levels?: readonly RiskLevel[]; readonly visible?: PersonFilter }): Promise<Page<RiskLevelState>>
  /** Levels whose time is over, the oldest first. */
  riskLevelsToExpire(nowMs: number, limit: number): Promise<readonly RiskLevelState[]>
  /** What one week says of what is usual among people; costs a short range a person. */
  populationCells(week: number): Promise<readonly PopulationCell[]>
  alertHistory(alertId: string): Promise<readonly AlertHistoryRow[]>
  policy(id: string): Promise<Policy | undefined>
  policyByName(name: string): Promise<Policy | undefined>
  policies(): Promise<readonly Policy[]>
  agentPolicy(group: string): Promise<AgentPolicyRevision | undefined>
  devicePolicy(deviceId: string): Promise<DevicePolicyRevision | undefined>
  devicePolicies(): Promise<readonly DevicePolicyRevision[]>
  /** Devices on which users were active since then, each pair once. */
  devicesOfUsers(userIds: readonly string[], fromMs: number): Promise<readonly { readonly userId: string; readonly deviceId: string }[]>
  /** Settings of a device group: watch roots, excludes, ... as JSON text. */
  setting(key: string): Promise<string | undefined>
  account(id: string): Promise<Account | undefined>
  accountByName(name: string): Promise<Account | undefined>
  accounts(): Promise<readonly Account[]>
  session(tokenHash: string): Promise<Session | undefined>
  enrolmentCodes(): Promise<readonly EnrolmentCode[]>
  enrolmentCodeBySecretHash(secretHash: string): Promise<EnrolmentCode | undefined>
  auditHead(): Promise<AuditEntry | undefined>
  auditEntries(query: AuditQuery): Promise<Page<AuditEntry>>
  quarantined(query: PageRequest): Promise<Page<Quarantined>>
  quarantinedById(id: number): Promise<Quarantined | undefined>
  /** Users with activity that was not evaluated yet, oldest mark first; those put off until later than `nowMs` are left out, and all of them without it. */
  markedUsers(limit: number, nowMs?: number): Promise<readonly { readonly userId: string; readonly mark: number }[]>
  /** People of the given identities, each once. */
  usersByIdentities(identities: readonly UserIdentity[]): Promise<readonly User[]>
  /** Number of users of the kind `person`. */
  personCount(): Promise<number>
  /** By time, oldest first. */
  triggersOf(userId: string): Promise<readonly StoredTrigger[]>
  /** Of many users at once, ordered by user and time. */
  triggersOfUsers(userIds: readonly string[]): Promise<readonly StoredTrigger[]>
  /** Newest time first. */
  triggers(query: TriggerQuery): Promise<Page<StoredTrigger>>
  priorityGroups(): Promise<readonly PriorityGroup[]>
  /** Newest first; of every connector when none is named. */
  connectorRuns(connector: string | undefined, limit: number): Promise<readonly ConnectorRun[]>
  /** What a connector remembers under the keys; keys that it does not know are left out. */
  connectorItems(connector: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Groups of facts that an import has staged, in their order; opaque to the store. */
  stagedFacts(run: string, afterSeq: number, limit: number): Promise<readonly { readonly seq: number; readonly facts: Uint8Array }[]>
  scimResource(kind: ScimStored['kind'], id: string): Promise<ScimStored | undefined>
  scimResources(query: ScimQuery): Promise<{ readonly total: number; readonly items: readonly ScimStored[] }>
  apiTokens(): Promise<readonly ApiToken[]>
  apiTokenByHash(tokenHash: string): Promise<ApiToken | undefined>
}

export interface StoreWriter extends StoreReader, AccessWriter, AlertWriter, CaseWriter, PrivacyWriter, EvidenceWriter, DrillWriter, FleetWriter, LiveWriter, ExportWriter, ReportWriter, EscalationWriter, RolloutWriter, AgentPackageWriter, EnrolmentWriter {
  /** Activities, ledger and watermark, daily counters and marks of everything in the runs that is new. */
  ingest(runs: readonly IngestRun[], count: InsightCounter, merge: InsightMerge): Promise<IngestOutcome>
  /**
   * Those of the users whose mark is still there, the one that was read or risen from it; one that another process took away and that was made
   * anew begins elsewhere. Until the end of the transaction nobody else gets them: of several processes that look at a user, one writes.
   */
  takeMarks(marks: readonly { readonly userId: string; readonly mark: number }[]): Promise<readonly string[]>
  /** Takes the marks away, but for those that have risen since they were read. */
  clearMarks(marks: readonly { readonly userId: string; readonly mark: number; /** Stays, and is given out again from then on. */ readonly againAtMs?: number }[]): Promise<void>
  markUser(userId: string): Promise<void>
  markAllUsers(): Promise<void>
  /** Finds the user of an identity or makes one; race-free. */
  ensureUser(identity: UserIdentity, make: () => User): Promise<User>
  saveUser(user: User): Promise<void>
  saveDevice(device: Device): Promise<void>
  saveReport(deviceId: string, report: DeviceReport): Promise<void>
  appendAlertHistory(...history: readonly AlertHistoryRow[]): Promise<void>
  savePolicy(policy: Policy): Promise<void>
  deletePolicy(id: string): Promise<void>
  saveAgentPolicy(revision: AgentPolicyRevision): Promise<void>
  saveDevicePolicy(revision: DevicePolicyRevision): Promise<void>
  deleteDevicePolicy(deviceId: string): Promise<void>
  saveSetting(key: string, value: string): Promise<void>
  saveAccount(account: Account): Promise<void>
  saveSession(session: Session): Promise<void>
  deleteSession(tokenHash: string): Promise<void>
  deleteSessionsOf(accountId: string): Promise<void>
  deleteExpiredSessions(nowMs: number): Promise<number>
  saveEnrolmentCode(code: EnrolmentCode): Promise<void>
  /** Adds one use when there is one left and the code has neither expired nor been revoked; false otherwise. */
  useEnrolmentCode(id: string, nowMs: number): Promise<boolean>
  appendAudit(entry: AuditEntry): Promise<void>
  /** The same bytes under the same subject raise `tries` of the row that is there. */
  quarantine(row: Omit<Quarantined, 'id' | 'tries'>): Promise<void>
  markReplayed(id: number, atMs: number): Promise<void>
  saveUsers(users: readonly User[]): Promise<void>
  markUsers(userIds: readonly string[]): Promise<void>
  /** Puts insights in the place of those of one user, day and list of indicators; marks the user. */
  replaceInsights(userId: string, day: Day, indicators: readonly string[], insights: readonly Insight[]): Promise<void>
  /** What is dismissed already stays as it is. */
  saveDismissedActivities(list: readonly DismissedActivity[]): Promise<void>
  deleteDismissedActivities(activityIds: readonly string[]): Promise<void>
  saveRiskLevel(state: RiskLevelState): Promise<void>
  /** Marks the users whose triggers are new or say something else than before. @returns those triggers */
  saveTriggers(triggers: readonly StoredTrigger[]): Promise<readonly StoredTrigger[]>
  /** Marks the users who lose one. */
  removeTriggers(ids: readonly string[]): Promise<void>
  savePriorityGroup(group: PriorityGroup): Promise<void>
  deletePriorityGroup(id: string): Promise<void>
  /** Remembers keys. @returns those that were not known, in the order given */
  claimItems(connector: string, keys: readonly string[]): Promise<readonly string[]>
  /** Remembers a value under each key, over what was there. */
  saveConnectorItems(connector: string, items: ReadonlyMap<string, string>): Promise<void>
  stageFacts(run: string, seq: number, facts: Uint8Array): Promise<void>
  /** Removes staged groups, those of one run excepted. @returns how many there were, at most `limit` */
  dropStagedFacts(except: string | undefined, limit: number): Promise<number>
  saveConnectorRun(run: ConnectorRun): Promise<void>
  saveScimResource(resource: ScimStored): Promise<void>
  deleteScimResource(kind: ScimStored['kind'], id: string): Promise<void>
  saveApiToken(token: ApiToken): Promise<void>
}

/** Setting of a SQLite file whose store is elsewhere now: when it moved. Nothing is served from it any more. */
export const MOVED_SETTING = 'store.moved'

/**
 * What a transaction keeps to, so that others that say the same may run beside it, in this process and in others. It may then ingest, attribute,
 * take and clear marks, save alerts and note audit entries, and nothing that others decide on meanwhile: settings, policies, devices.
 */
export interface WriteScope {
  /** Devices whose ledgers and drills it touches; held until it ends. */
  readonly devices: readonly string[]
}

export interface Store extends StoreReader {
  /**
   * One transaction; rolled back when work throws. Do not nest. Without a scope nothing else is written meanwhile.
   *
   * @throws STORE_BUSY when it waited too long or would have waited for ever, STORE_UNREACHABLE when the database went away. After the latter it is not known
   *   whether the transaction was committed: whoever tries again must find out from what is there, as ingest does from the ledger.
   */
  write<T>(work: (tx: StoreWriter) => Promise<T>, scope?: WriteScope): Promise<T>
  /** For /readyz and doctor: engine, version, durability as read back from it. */
  describe(): Promise<Readonly<Record<string, string>>>
  /** Verified copy of the whole store, while it is in use. A copy that is there already is replaced only by a good one. */
  backup(path: string): Promise<void>
  /**
   * Makes what was deleted unreadable in the files too: the log is folded in and cut, and the file is rewritten where it is small enough.
   * @returns whether it was rewritten; if not, freed pages hold zeros and only splits of pages can have left copies
   */
  scrub(): Promise<{ readonly rewritten: boolean }>
  /**
   * Gives a part of the room that clean-ups left back to the file system, between other transactions. Absent where the engine does it by itself.
   *
   * @returns whether there is more to give back; call again then
   */
  giveBack?(): Promise<{ readonly freedBytes: number; readonly more: boolean }>
  /** Of work that one of several processes does; absent where one process has the store. */
  readonly locks?: WorkLocks
  close(): Promise<void>
}
