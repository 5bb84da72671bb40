// Activities out of files into the store, in the transaction of the import: each once, under its person, numbered on from
// where the last import ended.
//
// They stand under a device of their own, `c_<connector>`, or under the device that a line names, always in one epoch
// that no agent ever uses, so that numbers never meet those of a device.
import { createHash } from 'node:crypto'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { resolveAccount } from '../domain/people/identity.ts'
import type { TriggerKind } from '../domain/people/triggering-event.ts'
import type { User } from '../domain/people/user.ts'
import { decodeActivity } from '../domain/wire/decode.ts'
import type { StoredActivity } from '../store/store.ts'
import type { ApplyContext, ImportTotals } from './apply.ts'
import type { ActivityFact, RecordedFact, RowProblem, TriggerFact } from './facts.ts'
import { homeKeys, patientKey } from './homes.ts'
import { isSystemName } from './names.ts'
import type { ImportPeople } from './people.ts'
import { createRelations } from './relations.ts'

const DAY_MS = 86_400_000
const IMPORT_EPOCH = createHash('sha256').update('holdfast import').digest('hex').slice(0, 32)
/** Of the content of a line: enough to tell two contents under one id apart. */
const DIGEST_HEX = 16
/** Devices that one file of activities may name. */
const MAX_DEVICES = 10_000

export interface ActivityApplierDeps extends Omit<ApplyContext, 'privilegedGroups'> {
  readonly people: ImportPeople
  readonly totals: ImportTotals
  /** Gets the ids of users who have new activities. */
  readonly touched: Set<string>
  /** @returns undefined when nobody is known and nobody is to be made */
  readonly personOf: (name: string, line: number, make: boolean) => User | RowProblem | undefined
  readonly addTrigger: (user: User, fact: Omit<TriggerFact, 'type' | 'who' | 'lastWorkingDayMs' | 'jobLevel'>) => void
  readonly triggerIdOf: (user: User, kind: TriggerKind, key: string) => string
}

export interface ActivityApplier {
  apply(facts: readonly ActivityFact[]): Promise<readonly RowProblem[]>
  applyRecorded(facts: readonly RecordedFact[]): Promise<readonly RowProblem[]>
}

interface Row { readonly user: User; readonly body: Uint8Array }

export function createActivityApplier({ tx, connector, nowMs, count, merge, homeKey, people, totals, touched, personOf, addTrigger, triggerIdOf }: ActivityApplierDeps): ActivityApplier {
  const relations = createRelations(tx)
  /** The next number of each device. */
  const devices = new Map<string, number>()
  const ownDevice = `c_${connector}`
  const nobodyIdentity = { kind: 'device_account', value: `unattributed@${ownDevice}` } as const

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
  const ingest = async (onDevice: string, rows: readonly Row[]): Promise<void> => {
    const firstSeq = devices.get(onDevice) ?? 1
    const activities = rows.map(({ user, body }, index): StoredActivity => {
      const { actor: _actor, ...activity } = decodeActivity(body, `${onDevice}.${IMPORT_EPOCH}.${firstSeq + index}`, onDevice)
      touched.add(user.id)
      return { activity: { ...activity, userId: user.id }, body }
    })
    devices.set(onDevice, firstSeq + rows.length)
    const outcome = await tx.ingest([{ deviceId: onDevice, epoch: IMPORT_EPOCH, firstSeq, activities, gaps: [], receivedAtMs: nowMs }], count, merge)
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
    const found = people.find([nobodyIdentity])
    return found === undefined || found === 'conflict' ? people.make([nobodyIdentity], { displayName: 'unattributed', kind: 'system' }) : found
  }

  /** The bytes of an activity; how a patient is related to the person is settled here. */
  const encode = async (fact: ActivityFact, user: User): Promise<Uint8Array> => {
    let { detail } = fact
    const { patientRecordAccessed } = detail
    if (fact.patient !== undefined && patientRecordAccessed !== undefined && patientRecordAccessed !== null) {
      const relation = await relations.relationOf(user, homeKeys(homeKey, fact.patient), patientRecordAccessed.restrictedReason !== '')
      detail = { ...detail, patientRecordAccessed: { ...patientRecordAccessed, patient: patientKey(homeKey, fact.patient), relation } }
    }
    return wire.Activity.encode({ occurredAt: toWireTimestamp(fact.atMs), observedAt: toWireTimestamp(nowMs), sensor: connector, ...detail }).finish()
  }

  const applyActivities = async (facts: readonly ActivityFact[]): Promise<readonly RowProblem[]> => {
    const problems: RowProblem[] = []
    const attributed: { readonly fact: ActivityFact; readonly user: User }[] = []
    await people.load([nobodyIdentity])
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
    const rows: Row[] = []
    await people.save()
    for (const { fact, user } of attributed) {
      if (!fresh.delete(fact.key)) {
        totals.repeats += 1
        continue
      }
      if (fact.trigger !== undefined && user.kind === 'person') addTrigger(user, { ...fact.trigger, line: fact.line, atMs: fact.atMs })
      if (fact.status?.withdrawn === true) await tx.removeTriggers([triggerIdOf(user, 'security_alert', fact.status.alertKey)])
      rows.push({ user, body: await encode(fact, user) })
    }
    if (rows.length === 0) return problems
    await deviceFor(ownDevice, 0)
    await ingest(ownDevice, rows)
    return problems
  }

  const applyRecorded = async (facts: readonly RecordedFact[]): Promise<readonly RowProblem[]> => {
    const problems: RowProblem[] = []
    const known = new Map(await tx.connectorItems(connector, facts.map((fact) => fact.key)))
    const news = new Map<string, string>()
    const wanted: { readonly fact: RecordedFact; readonly account: ReturnType<typeof resolveAccount> }[] = []
    for (const fact of facts) {
      const digest = Buffer.from(fact.digest).toString('hex').slice(0, DIGEST_HEX)
      const before = known.get(fact.key)
      if (before !== undefined) {
        if (before.slice(0, DIGEST_HEX) === digest) totals.repeats += 1
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
    const byDevice = new Map<string, Row[]>()
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
    for (const [onDevice, rows] of byDevice) await ingest(onDevice, rows)
    await tx.saveConnectorItems(connector, news)
    return problems
  }

  return { apply: applyActivities, applyRecorded }
}
