// The people of a replay: who an account belongs to, and what a policy's scope may say of that person.
import type { ResolvedAccount } from '../domain/people/identity.ts'
import type { Subject } from '../domain/risk/evaluate.ts'
import { type FileProblem, readCsv } from './csv-file.ts'

export const PEOPLE_COLUMNS = ['user', 'account', 'name', 'email', 'department', 'title', 'country', 'manager', 'groups'] as const

export interface People {
  /** The person of an account, or the account by itself. */
  subjectOf(account: ResolvedAccount): Subject
  /** The id of the person whom a file calls so. */
  find(name: string): string | undefined
  readonly count: number
}

const normalise = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/**
 * Reads the people file: one row for each person.
 *
 * `user` is what the person is called in the output and in the HR file; `account` is the account name on devices, plain
 * or as DOMAIN\name, where it differs. One of the two must be there. `groups` are separated by `;`.
 */
export function readPeople(text: string): { readonly people: People; readonly problems: readonly FileProblem[] } {
  const { rows, problems: found } = readCsv(text, PEOPLE_COLUMNS)
  const problems = [...found]
  const byName = new Map<string, { readonly subject: Subject; readonly line: number }>()
  let count = 0
  for (const { line, values } of rows) {
    const id = values.user === '' ? values.account : values.user
    if (id === '') {
      problems.push({ line, problem: 'has neither user nor account' })
      continue
    }
    const names = [...new Set([id, values.account, values.email, values.name].filter((name) => name !== ''))]
    const subject: Subject = {
      id, names, groups: values.groups.split(';').map((group) => group.trim()).filter((group) => group !== ''),
      ...(values.department === '' ? {} : { department: values.department }), ...(values.country === '' ? {} : { country: values.country }),
    }
    count += 1
    for (const name of new Set([id, values.account, values.email].filter((text_) => text_ !== '').map(normalise))) {
      const before = byName.get(name)
      if (before === undefined) byName.set(name, { subject, line })
      else problems.push({ line, problem: `"${name}" belongs to the person of line ${before.line} already` })
    }
  }
  const people: People = {
    count,
    find: (name) => byName.get(normalise(name))?.subject.id,
    subjectOf({ identity, kind, displayName }) {
      const own: Subject = { id: identity.value, names: [...new Set([displayName, identity.value])], groups: [] }
      // Root and service accounts belong to the device; a person of the same name must not get their activity.
      const candidates = kind === 'system' ? [identity.value] : [identity.value, identity.value.split('\\').at(-1) ?? identity.value]
      for (const candidate of candidates) {
        const person = byName.get(candidate)
        if (person !== undefined) return { ...person.subject, names: [...new Set([...person.subject.names, ...own.names])] }
      }
      return own
    },
  }
  return { people, problems }
}
