// Facts into the store, inside one transaction: people first, then their triggering events, then activities.
//
// Everything is idempotent by what the facts say of themselves: a file that comes twice changes nothing the second time.
// A dry run is the same work in a transaction that is rolled back, so that it cannot say anything else than the run.
import { hash } from 'node:crypto'
import type { StoredTrigger, TriggerKind } from '../domain/people/triggering-event.ts'
import type { User } from '../domain/people/user.ts'
import type { InsightCounter, InsightMerge, StoreWriter } from '../store/store.ts'
import { createActivityApplier } from './apply-activities.ts'
import { createDirectoryApplier } from './directory/apply-directory.ts'
import type { ActivityFact, Fact, PersonFact, RecordedFact, RowProblem, TriggerFact } from './facts.ts'
import { homeKeys } from './homes.ts'
import { identitiesOfName, isName, plainAccount } from './names.ts'
import { candidatesOf, createImportPeople } from './people.ts'

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
  /** A transaction has ended and another begins: people are looked up anew. */
  forget(): void
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

  const activities = createActivityApplier({ tx, connector, nowMs, count, merge, homeKey, people, totals, touched, personOf, addTrigger: (user, fact) => addTrigger(user, fact), triggerIdOf: (user, kind, key) => triggerId(connector, user.id, kind, key) })

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
    forget: () => people.forget(),
    async apply(facts) {
      const problems: RowProblem[] = []
      await people.load(facts.flatMap((fact) => (fact.type === 'person' ? fact.identities.flatMap((identity) => [identity, ...candidatesOf(identity.value)]) : 'who' in fact ? candidatesOf(fact.who) : [])))
      await directory.load(facts)
      const seen: ActivityFact[] = []
      const recorded: RecordedFact[] = []
      for (const fact of facts) {
        // One row may be several facts.
        if (fact.line !== lastLine) totals.rows += 1
        lastLine = fact.line
        const wrong = nameProblem(fact)
        if (wrong !== undefined) problems.push(wrong)
        else if (fact.type === 'problem') problems.push(fact)
        else if (fact.type === 'passed') totals.passed += 1
        else if (fact.type === 'activity') seen.push(fact)
        else if (fact.type === 'recorded') recorded.push(fact)
        else if (fact.type === 'group' || fact.type === 'gone') directory.takeEntry(fact)
        else {
          const bad = fact.type === 'trigger' ? applyTrigger(fact) : await applyPerson(fact)
          if (bad !== undefined) problems.push(bad)
        }
      }
      await people.save()
      if (seen.length > 0) problems.push(...(await activities.apply(seen)))
      if (recorded.length > 0) problems.push(...(await activities.applyRecorded(recorded)))
      await saveTriggers()
      await directory.save()
      return problems
    },
    async finish(options) {
      await directory.finish(options)
      await people.save()
      await saveTriggers()
      totals.usersCreated = people.personsCreated()
      totals.usersChanged = people.changed.size
      // What a policy asks of a person may have changed with them.
      const news = [...people.created, ...people.changed]
      for (const id of news) touched.add(id)
      await tx.markUsers(news)
    },
  }
}

const mailOf = (fact: PersonFact): { readonly email?: string } => {
  const mail = fact.identities.find(({ kind }) => kind === 'email') ?? fact.identities.find(({ kind, value }) => kind === 'upn' && value.includes('@'))
  return mail === undefined ? {} : { email: mail.value }
}
