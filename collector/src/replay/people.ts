// The people of a replay: who an account belongs to, and what a policy's scope may say of that person. The file is the
// one that `holdfast directory import` takes.
import { countReports } from '../connectors/directory/apply-directory.ts'
import { personColumns, personOfRow } from '../connectors/directory/read-people-csv.ts'
import type { PersonFact } from '../connectors/facts.ts'
import { PRIVILEGED_GROUPS } from '../connectors/directory/privileged-groups.ts'
import { normaliseName, plainAccount } from '../connectors/names.ts'
import type { ResolvedAccount } from '../domain/people/identity.ts'
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import type { Subject } from '../domain/risk/evaluate.ts'
import { triggerId } from '../connectors/apply.ts'
import { type FileProblem, readCsv } from './csv-file.ts'

export interface People {
  /** The person of an account, or the account by itself. */
  subjectOf(account: ResolvedAccount): Subject
  /** The id of the person whom a file calls so. */
  find(name: string): string | undefined
  /** The same; of somebody whom the file does not name, the account that the name is on devices. */
  idOf(name: string): string
  /** Accounts that the file says are gone, with the day. */
  readonly triggers: readonly StoredTrigger[]
  readonly count: number
}

const privileged = new Set(PRIVILEGED_GROUPS.map(normaliseName))

function subjectOf(fact: PersonFact, id: string, names: readonly string[], reports: number | undefined): Subject {
  const groups = fact.groups ?? []
  const isPrivileged = fact.privileged ?? groups.some((group) => privileged.has(normaliseName(group)))
  return {
    id, names: [...new Set(names)], groups,
    ...(fact.department === undefined ? {} : { department: fact.department }), ...(fact.country === undefined ? {} : { country: fact.country }), ...(fact.title === undefined ? {} : { title: fact.title }),
    ...(fact.jobLevel === undefined ? {} : { jobLevel: fact.jobLevel }), ...(isPrivileged ? { privileged: true } : {}), ...(reports === undefined ? {} : { reports }),
  }
}

interface Row {
  readonly line: number
  readonly id: string
  readonly names: readonly string[]
  readonly fact: PersonFact
}

/**
 * Reads the people file: one row for each person.
 *
 * `user` is what the person is called in the output and in the HR file; `account` is the account name on devices, plain
 * or as DOMAIN\name, where it differs. One name must be there. `groups` are separated by `;`.
 */
export function readPeople(text: string): { readonly people: People; readonly problems: readonly FileProblem[] } {
  const { rows, problems: found } = readCsv(text, personColumns)
  const problems = [...found]
  const people: Row[] = []
  const byName = new Map<string, Row>()
  for (const { line, values } of rows) {
    const fact = personOfRow(line, (role) => values[role])
    if (fact.type === 'problem') {
      problems.push({ line, problem: fact.problem })
      continue
    }
    if (fact.type !== 'person') continue
    const identities = fact.identities.map((identity) => identity.value)
    const id = values.user || values.account || identities[0] || ''
    const row: Row = { line, id, fact, names: [id, values.account, values.email, values.name, ...identities].filter((name) => name !== '') }
    people.push(row)
    for (const name of new Set([id, values.account, values.email, ...identities].filter((other) => other !== '').map(normaliseName))) {
      const before = byName.get(name)
      if (before === undefined) byName.set(name, row)
      else problems.push({ line, problem: `"${name}" belongs to the person of line ${before.line} already` })
    }
  }
  // The short name of an address is the person where nobody else has it.
  for (const row of people) {
    for (const name of row.names) {
      const plain = name.includes('@') ? plainAccount(name)?.value : undefined
      if (plain !== undefined && !byName.has(plain)) byName.set(plain, row)
    }
  }
  const rowOf = (name: string): Row | undefined => byName.get(normaliseName(name)) ?? byName.get(plainAccount(name)?.value ?? '')
  const reports = countReports(new Map(people.flatMap((row) => {
    const manager = row.fact.manager === undefined ? undefined : rowOf(row.fact.manager)
    return manager === undefined || manager === row ? [] : [[row.id, manager.id] as const]
  })))
  const subjects = new Map(people.map((row) => [row, subjectOf(row.fact, row.id, row.names, reports.get(row.id))]))
  const triggers = people.flatMap(({ id, fact }): StoredTrigger[] => (fact.inactiveSinceMs === undefined ? [] : [{
    id: triggerId('directory', id, 'account_deleted', String(fact.inactiveSinceMs)), userId: id, kind: 'account_deleted', atMs: fact.inactiveSinceMs, reason: 'The account was switched off or deleted in the directory.', source: 'directory', detail: {},
  }]))
  const known: People = {
    count: people.length, triggers,
    find: (name) => rowOf(name)?.id,
    idOf: (name) => known.find(name) ?? plainAccount(name)?.value ?? normaliseName(name),
    subjectOf({ identity, kind, displayName }) {
      const own: Subject = { id: identity.value, names: [...new Set([displayName, identity.value])], groups: [] }
      // Root and service accounts belong to the device; a person of the same name must not get their activity.
      const candidates = kind === 'system' ? [identity.value] : [identity.value, identity.value.split('\\').at(-1) ?? identity.value]
      for (const candidate of candidates) {
        const row = byName.get(candidate)
        const subject = row === undefined ? undefined : subjects.get(row)
        if (subject !== undefined) return { ...subject, names: [...new Set([...subject.names, ...own.names])] }
      }
      return own
    },
  }
  return { people: known, problems }
}
