// Facts into the store, inside one transaction: people first, then their triggering events, then activities.
//
// Everything is idempotent by what the facts say of themselves: a file that comes twice changes nothing the second time.
// A dry run is the same work in a transaction that is rolled back, so that it cannot say anything else than the run.
import { createHash, hash } from 'node:crypto'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { resolveAccount } from '../domain/people/identity.ts'
import type { StoredTrigger, TriggerKind } from '../domain/people/triggering-event.ts'
import type { User } from '../domain/people/user.ts'
import { decodeActivity } from '../domain/wire/decode.ts'
import type { InsightCounter, InsightMerge, StoredActivity, StoreWriter } from '../store/store.ts'
import { createDirectoryApplier } from './directory/apply-directory.ts'
import type { ActivityFact, Fact, PersonFact, RecordedFact, RowProblem, TriggerFact } from './facts.ts'
import { homeKeys, patientKey } from './homes.ts'
import { identitiesOfName, isName, isSystemName, plainAccount } from './names.ts'
import { candidatesOf, createImportPeople, type ImportPeople } from './people.ts'
import { createRelations } from './relations.ts'

const DAY_MS = 86_400_000
/** All activities that are imported stand in one epoch of their device. */
const IMPORT_EPOCH = createHash('sha256').update('holdfast import').digest('hex').slice(0, 32)
/** Devices that one file of activities may name. */
const MAX_DEVICES = 10_000
const CHANGES_KEPT = 200

export interface ImportChange {
  readonly line: number
  readonly pseudonym: string
  readonly what: 'user_created' | 'user_changed' | 'trigger' | 'account_off'
  /** Names of what changed, or the kind of the trigger; never a value. */
  readonly fields: readonly string[]
  readonly at?: string
}

export interface ImportTotals {
  rows: number
  passed: number
  repeats: number
  usersCreated: number
  usersChanged: number
  triggers: number
  activities: number
  /** Activities whose person is nobody that is known; they are kept as the system's. */
  unattributed: number
  /** People who became leavers by this import. */
  leavers: number
  /** People whose account was switched off or deleted by this import. */
  accountsOff: number
}

export interface ApplyContext {
  readonly tx: StoreWriter
  readonly connector: string
  readonly nowMs: number
  readonly count: InsightCounter
  readonly merge: InsightMerge
  /** Of the installation, for homes and patients. */
  readonly homeKey: string
  readonly privilegedGroups: readonly string[]
}

export interface Applier {
  apply(facts: readonly Fact[]): Promise<readonly RowProblem[]>
  /** @param full the file names everybody: whose entry is missing is gone */
  /** @param options.few the facts are of one request, not of a whole file */
  finish(options: { readonly full: boolean; readonly few: boolean }): Promise<void>
  readonly totals: Readonly<ImportTotals>
  /** The first of them. */
  readonly changes: readonly ImportChange[]
  readonly users: ReadonlySet<string>
}

export const triggerId = (connector: string, userId: string, kind: TriggerKind, key: string): string => `t_${hash('sha256', JSON.stringify([connector, userId, kind, key])).slice(0, 32)}`

const LEAVING = new Set<TriggerKind>(['hr_resignation', 'hr_last_working_day'])
/** What is said of a row that may mean two people. */
export const TWO_PEOPLE = 'names somebody who may be either of two known people'
const twoPeople = (line: number): RowProblem => ({ type: 'problem', line, problem: TWO_PEOPLE })

/** Names of the fields that differ. */
const differing = (before: User, after: User): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => JSON.stringify(before[key as keyof User]) !== JSON.stringify(after[key as keyof User]))

export function createApplier({ tx, connector, nowMs, count, merge, homeKey, privilegedGroups }: ApplyContext): Applier {
  const totals: ImportTotals = { rows: 0, passed: 0, repeats: 0, usersCreated: 0, usersChanged: 0, triggers: 0, activities: 0, unattributed: 0, leavers: 0, accountsOff: 0 }
  const changes: ImportChange[] = []
  const touched = new Set<string>()
  const leavers = new Set<string>()
  const people = createImportPeople(tx, nowMs)
  const relations = createRelations(tx)
  const devices = new Map<string, number>()
  const deviceId = `c_${connector}`
  let pending: StoredTrigger[] = []
  const lines = new Map<string, number>()
  let lastLine = -1

  const note = (change: ImportChange): void => {
    if (changes.length < CHANGES_KEPT) changes.push(change)
  }
  const addTrigger = (user: User, fact: Omit<TriggerFact, 'type' | 'who' | 'lastWorkingDayMs' | 'jobLevel'>): void => {
    const id = triggerId(connector, user.id, fact.kind, fact.key)
    pending.push({ id, userId: user.id, kind: fact.kind, atMs: fact.atMs, reason: fact.reason, source: connector, detail: fact.detail })
    lines.set(id, fact.line)
  }
  const noteChange = (line: number, before: User | undefined, after: User): void => {
    if (before === undefined) note({ line, pseudonym: after.pseudonym, what: 'user_created', fields: [] })
    else if (before !== after) note({ line, pseudonym: after.pseudonym, what: 'user_changed', fields: differing(before, after) })
  }
  const directory = createDirectoryApplier({
    tx, people, nowMs, privilegedGroups,
    onOff: (user, line, atMs, key) => {
      totals.accountsOff += 1
      note({ line, pseudonym: user.pseudonym, what: 'account_off', fields: [] })
      addTrigger(user, { line, kind: 'account_deleted', atMs, key, reason: 'The account was switched off or deleted in the directory.', detail: {} })
    },
  })

  /** Somebody whom no directory knows yet. */
  const makeByName = (name: string, line: number): User => {
    const plain = plainAccount(name)
    const own = identitiesOfName(name)
    const identities = own.length === 2 && own[0]?.kind === 'account' ? own.slice(/^\d+$/.test(name.trim()) ? 1 : 0).slice(0, 1) : own
    const user = people.make(name.includes('@') && plain !== undefined ? [...identities, plain] : identities, { displayName: name.trim(), ...(name.includes('@') ? { email: own[0]?.value ?? name } : {}) })
    noteChange(line, undefined, user)
    return user
  }
  /** @returns undefined when nobody is known and nobody is to be made */
  const personOf = (name: string, line: number, make: boolean): User | RowProblem | undefined => {
    const found = people.findByName(name)
    if (found === 'conflict') return twoPeople(line)
    if (found === undefined) return make ? makeByName(name, line) : undefined
    return people.addIdentities(found, name.includes('@') ? identitiesOfName(name) : [])
  }

  const applyTrigger = (fact: TriggerFact): RowProblem | undefined => {
    const user = personOf(fact.who, fact.line, true)
    if (user === undefined || 'type' in user) return user
    const next = people.change(user, { ...user, ...(fact.lastWorkingDayMs === undefined ? {} : { lastWorkingDayMs: fact.lastWorkingDayMs }), ...(fact.jobLevel === undefined ? {} : { jobLevel: fact.jobLevel }) })
    if (!people.created.has(user.id)) noteChange(fact.line, user, next)
    addTrigger(user, fact)
    return undefined
  }
  const applyPerson = async (fact: PersonFact): Promise<RowProblem | undefined> => {
    const entry = fact.directoryId === undefined ? undefined : directory.userOf(fact.directoryId)
    const byName = people.find(fact.identities)
    // The entry of a person whose new address belongs to somebody else.
    let found = entry !== undefined && byName !== undefined && byName !== 'conflict' && byName.id !== entry.id ? 'conflict' : byName === 'conflict' ? byName : entry ?? byName
    if (found === undefined) {
      if (fact.identities.length === 0) {
        totals.passed += 1
        return undefined
      }
      // Devices and HR may know the person under a name that the directory writes in another way.
      const named = new Set(fact.identities.map((identity) => people.findByName(identity.value)).filter((user) => user !== undefined))
      found = named.size > 1 ? 'conflict' : [...named][0]
    }
    if (found === 'conflict') return twoPeople(fact.line)
    const before = found
    const user = before === undefined ? people.make(fact.identities, {}) : people.addIdentities(before, fact.identities)
    const home = fact.home === undefined ? undefined : homeKeys(homeKey, fact.home)
    const next = people.change(user, {
      ...user,
      ...(fact.displayName === undefined ? {} : { displayName: fact.displayName }), ...(fact.department === undefined ? {} : { department: fact.department }), ...(fact.title === undefined ? {} : { title: fact.title }),
      ...(fact.country === undefined ? {} : { country: fact.country }), ...(fact.jobLevel === undefined ? {} : { jobLevel: fact.jobLevel }), ...(fact.employeeType === undefined ? {} : { employeeType: fact.employeeType }),
      ...(home === undefined ? {} : { address: home }), ...mailOf(fact), ...(fact.groups === undefined ? {} : { groups: [...new Set(fact.groups)].toSorted() }),
    })
    directory.take(fact, next, before !== undefined)
    noteChange(fact.line, before, people.get(user.id) ?? next)
    return undefined
  }

  const deviceFor = async (id: string, line: number): Promise<number | RowProblem> => {
    const known = devices.get(id)
    if (known !== undefined) return known
    if (devices.size >= MAX_DEVICES) return { type: 'problem', line, problem: `names more than ${MAX_DEVICES} devices` }
    if ((await tx.device(id)) === undefined) await tx.saveDevice({ id, hostname: id, os: 'connector', group: 'default', hardwareId: `connector:${id}`, publicKey: '', status: 'active', enrolledAtMs: nowMs })
    const next = (await tx.watermark(id, IMPORT_EPOCH)) + 1
    devices.set(id, next)
    return next
  }
  /** Stores activities of one device, numbered from where the last import ended. */
  const ingest = async (deviceId: string, rows: readonly { readonly user: User; readonly body: Uint8Array }[]): Promise<void> => {
    const firstSeq = devices.get(deviceId) ?? 1
    const activities = rows.map(({ user, body }, index): StoredActivity => {
      const { actor: _actor, ...activity } = decodeActivity(body, `${deviceId}.${IMPORT_EPOCH}.${firstSeq + index}`, deviceId)
      touched.add(user.id)
      return { activity: { ...activity, userId: user.id }, body }
    })
    devices.set(deviceId, firstSeq + rows.length)
    const outcome = await tx.ingest([{ deviceId, epoch: IMPORT_EPOCH, firstSeq, activities, gaps: [], receivedAtMs: nowMs }], count, merge)
    totals.activities += outcome.stored
  }

  /** What of an alert was not known yet, with the status that it had before. */
  const newStatuses = async (facts: readonly ActivityFact[]): Promise<readonly ActivityFact[]> => {
    const known = new Map(await tx.connectorItems(`${connector} alerts`, facts.flatMap((fact) => (fact.status === undefined ? [] : [fact.status.alertKey]))))
    const news = new Map<string, string>()
    const out: ActivityFact[] = []
    for (const fact of facts) {
      if (fact.status === undefined) {
        out.push(fact)
        continue
      }
      const { alertKey, status, changedAtMs } = fact.status
      const [before, at = '0'] = (known.get(alertKey) ?? '').split(' ')
      // A file may hold an older state of the alert than the one before it did.
      if (before === status || (before !== '' && changedAtMs < Number(at))) totals.repeats += 1
      else {
        const { securityAlertRaised } = fact.detail
        out.push(before === '' || before === undefined || securityAlertRaised === undefined ? fact : { ...fact, detail: { ...fact.detail, securityAlertRaised: { ...securityAlertRaised, previousStatus: before } } })
        known.set(alertKey, `${status} ${changedAtMs}`)
        news.set(alertKey, `${status} ${changedAtMs}`)
      }
    }
    await tx.saveConnectorItems(`${connector} alerts`, news)
    return out
  }

  /** What nobody can be found for is kept, and counts for no person. */
  const nobody = (): User => {
    const identity = { kind: 'device_account', value: `unattributed@${deviceId}` } as const
    const found = people.find([identity])
    return found === undefined || found === 'conflict' ? people.make([identity], { displayName: 'unattributed', kind: 'system' }) : found
  }

  const applyActivities = async (facts: readonly ActivityFact[]): Promise<readonly RowProblem[]> => {
    const problems: RowProblem[] = []
    const attributed: { readonly fact: ActivityFact; readonly user: User }[] = []
    for (const fact of await newStatuses(facts)) {
      const user = fact.who === '' || isSystemName(fact.who) ? undefined : personOf(fact.who, fact.line, fact.unknown === 'make')
      if (user !== undefined && 'type' in user) problems.push(user)
      else if (user !== undefined) attributed.push({ fact, user })
      else if (fact.unknown === 'refuse') problems.push({ type: 'problem', line: fact.line, problem: 'names a person who is not known' })
      else {
        totals.unattributed += 1
        attributed.push({ fact, user: nobody() })
      }
    }
    const names = attributed.map(({ fact }) => fact.key)
    const fresh = new Set(await tx.claimItems(connector, names))
    const rows: { user: User; body: Uint8Array }[] = []
    await people.save()
    for (const { fact, user } of attributed) {
      if (!fresh.delete(fact.key)) {
        totals.repeats += 1
        continue
      }
      if (fact.trigger !== undefined && user.kind === 'person') addTrigger(user, { ...fact.trigger, line: fact.line, atMs: fact.atMs })
      if (fact.status?.withdrawn === true) await tx.removeTriggers([triggerId(connector, user.id, 'security_alert', fact.status.alertKey)])
      let { detail } = fact
      const { patientRecordAccessed } = detail
      if (fact.patient !== undefined && patientRecordAccessed !== undefined && patientRecordAccessed !== null) {
        const relation = await relations.relationOf(user, homeKeys(homeKey, fact.patient), patientRecordAccessed.restrictedReason !== '')
        detail = { ...detail, patientRecordAccessed: { ...patientRecordAccessed, patient: patientKey(homeKey, fact.patient), relation } }
      }
      rows.push({ user, body: wire.Activity.encode({ occurredAt: toWireTimestamp(fact.atMs), observedAt: toWireTimestamp(nowMs), sensor: connector, ...detail }).finish() })
    }
    if (rows.length === 0) return problems
    await deviceFor(deviceId, 0)
    await ingest(deviceId, rows)
    return problems
  }

  const applyRecorded = async (facts: readonly RecordedFact[]): Promise<readonly RowProblem[]> => {
    const problems: RowProblem[] = []
    const known = new Map(await tx.connectorItems(connector, facts.map((fact) => fact.key)))
    const news = new Map<string, string>()
    const wanted: { readonly fact: RecordedFact; readonly account: ReturnType<typeof resolveAccount> }[] = []
    for (const fact of facts) {
      const digest = Buffer.from(fact.digest).toString('hex')
      const before = known.get(fact.key)
      if (before !== undefined) {
        if (before === digest) totals.repeats += 1
        else problems.push({ type: 'problem', line: fact.line, problem: 'has the id or number of another activity' })
        continue
      }
      const { actor, occurredAtMs } = decodeActivity(fact.body, fact.key, fact.deviceId)
      if (occurredAtMs > nowMs + DAY_MS) {
        problems.push({ type: 'problem', line: fact.line, problem: 'lies more than a day ahead' })
        continue
      }
      known.set(fact.key, digest)
      news.set(fact.key, digest)
      wanted.push({ fact, account: resolveAccount(actor, fact.deviceId) })
    }
    await people.load(wanted.map(({ account }) => account.identity))
    const byDevice = new Map<string, { user: User; body: Uint8Array }[]>()
    for (const { fact, account } of wanted) {
      const found = people.find([account.identity])
      const user = found === undefined || found === 'conflict' ? people.make([account.identity], { displayName: account.displayName, kind: account.kind }) : found
      const device = await deviceFor(fact.deviceId, fact.line)
      if (typeof device !== 'number') problems.push(device)
      else {
        const rows = byDevice.get(fact.deviceId) ?? []
        rows.push({ user, body: fact.body })
        byDevice.set(fact.deviceId, rows)
      }
    }
    await people.save()
    for (const [deviceId, rows] of byDevice) await ingest(deviceId, rows)
    await tx.saveConnectorItems(connector, news)
    return problems
  }

  const saveTriggers = async (): Promise<void> => {
    const news = await tx.saveTriggers(pending)
    totals.triggers += news.length
    totals.repeats += pending.length - news.length
    for (const trigger of news) {
      touched.add(trigger.userId)
      if (LEAVING.has(trigger.kind)) leavers.add(trigger.userId)
      note({ line: lines.get(trigger.id) ?? 0, pseudonym: people.get(trigger.userId)?.pseudonym ?? '', what: 'trigger', fields: [trigger.kind], at: new Date(trigger.atMs).toISOString() })
    }
    totals.leavers = leavers.size
    pending = []
    lines.clear()
  }
  const nameProblem = (fact: Fact): RowProblem | undefined => ('who' in fact && fact.who !== '' && !isName(fact.who) ? { type: 'problem', line: fact.line, problem: 'the name of the person is too long or holds control characters' } : undefined)

  return {
    totals, changes, users: touched,
    async apply(facts) {
      const problems: RowProblem[] = []
      await people.load([{ kind: 'device_account', value: `unattributed@${deviceId}` }])
      await people.load(facts.flatMap((fact) => (fact.type === 'person' ? fact.identities.flatMap((identity) => [identity, ...candidatesOf(identity.value)]) : 'who' in fact ? candidatesOf(fact.who) : [])))
      await directory.load(facts)
      const activities: ActivityFact[] = []
      const recorded: RecordedFact[] = []
      for (const fact of facts) {
        // One row may be several facts.
        if (fact.line !== lastLine) totals.rows += 1
        lastLine = fact.line
        const wrong = nameProblem(fact)
        if (wrong !== undefined) problems.push(wrong)
        else if (fact.type === 'problem') problems.push(fact)
        else if (fact.type === 'passed') totals.passed += 1
        else if (fact.type === 'activity') activities.push(fact)
        else if (fact.type === 'recorded') recorded.push(fact)
        else if (fact.type === 'group' || fact.type === 'gone') directory.takeEntry(fact)
        else {
          const bad = fact.type === 'trigger' ? applyTrigger(fact) : await applyPerson(fact)
          if (bad !== undefined) problems.push(bad)
        }
      }
      await people.save()
      if (activities.length > 0) problems.push(...(await applyActivities(activities)))
      if (recorded.length > 0) problems.push(...(await applyRecorded(recorded)))
      await saveTriggers()
      await directory.save()
      return problems
    },
    async finish(options) {
      await directory.finish(options)
      await people.save()
      await saveTriggers()
      totals.usersCreated = people.created.size
      totals.usersChanged = people.changed.size
      // What a policy asks of a person may have changed with them.
      for (const id of [...people.created, ...people.changed]) {
        touched.add(id)
        await tx.markUser(id)
      }
    },
  }
}

const mailOf = (fact: PersonFact): { readonly email?: string } => {
  const mail = fact.identities.find(({ kind }) => kind === 'email') ?? fact.identities.find(({ kind, value }) => kind === 'upn' && value.includes('@'))
  return mail === undefined ? {} : { email: mail.value }
}

export type { ImportPeople }
