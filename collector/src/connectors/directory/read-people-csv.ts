// People as delimited text: the form that replay's --people reads, and the exports of directories.
import { cell, type Columns, layoutOf, missingColumns } from '../columns.ts'
import { type Fact, fatal, type PersonFact, problem, type Source } from '../facts.ts'
import { columnKey, readTable } from '../files/table.ts'
import { parseInstant } from '../files/times.ts'
import { identitiesOfName, isName, normaliseName } from '../names.ts'
import type { UserIdentity } from '../../domain/people/user.ts'

export type PersonColumn = 'user' | 'account' | 'email' | 'upn' | 'employeeId' | 'sid' | 'name' | 'department' | 'title' | 'country' | 'manager' | 'groups' | 'jobLevel' | 'employeeType' | 'privileged' | 'status' | 'inactiveSince' | 'directoryId'

export const personColumns: Columns<PersonColumn> = {
  user: { names: ['user', 'user_id', 'userId'] },
  account: { names: ['account', 'account_name', 'sAMAccountName', 'uid', 'login', 'username', 'onPremisesSamAccountName'] },
  email: { names: ['email', 'mail', 'emailAddress', 'email_address'] },
  upn: { names: ['upn', 'userPrincipalName'] },
  employeeId: { names: ['employee_id', 'employeeNumber', 'employee_number'] },
  sid: { names: ['sid', 'objectSid', 'onPremisesSecurityIdentifier'] },
  name: { names: ['name', 'displayName', 'full_name', 'employee_name', 'cn'] },
  department: { names: ['department', 'dept'] },
  title: { names: ['title', 'job_title', 'role'] },
  country: { names: ['country', 'country_code', 'c', 'co', 'usageLocation'] },
  manager: { names: ['manager', 'supervisor', 'manager_email'] },
  groups: { names: ['groups', 'member_of', 'memberOf'] },
  jobLevel: { names: ['job_level', 'level', 'grade'] },
  employeeType: { names: ['employee_type', 'type'] },
  privileged: { names: ['privileged', 'is_admin', 'admin'] },
  status: { names: ['status', 'state', 'active', 'enabled', 'account_enabled', 'accountEnabled'] },
  inactiveSince: { names: ['inactive_since', 'deleted_at', 'disabled_at', 'deletedDateTime', 'end_date'] },
  directoryId: { names: ['id', 'object_id', 'objectGUID', 'dn', 'distinguishedName', 'external_id'] },
}

const ON = new Set(['', 'active', 'enabled', 'true', 'yes', '1', 'on', 'employed', 'current'])
const OFF = new Set(['inactive', 'disabled', 'deleted', 'terminated', 'false', 'no', '0', 'off', 'left', 'suspended', 'removed', 'gone', 'locked'])
const MAX_GROUPS = 2000
const MAX_FIELD = 256

/** Group names of a cell: separated by `;` or `|`; of a DN its first name. */
export const groupsOf = (text: string): readonly string[] => text.split(/[;|]/).map((group) => group.trim()).filter((group) => group !== '').map((group) => /^cn=((?:\\.|[^,\\])+)/i.exec(group)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? group).slice(0, MAX_GROUPS)

/** One person, or what is wrong with the row. @param row the cell of a column, trimmed */
export function personOfRow(line: number, row: (role: PersonColumn) => string): Fact {
  const identities: UserIdentity[] = []
  const add = (kind: UserIdentity['kind'], text: string): void => {
    if (text !== '') identities.push({ kind, value: normaliseName(text) })
  }
  // What a file calls the person is the account, unless it says otherwise.
  const user = row('user')
  if (row('account') === '' && user !== '') identities.push(...identitiesOfName(user).slice(0, user.includes('@') ? 2 : 1))
  else if (user.includes('@')) identities.push(...identitiesOfName(user))
  add('account', row('account'))
  add('email', row('email'))
  add('upn', row('upn'))
  add('employee_id', row('employeeId'))
  add('sid', row('sid'))
  const unique = [...new Map(identities.map((identity) => [`${identity.kind} ${identity.value}`, identity])).values()]
  const [first] = unique
  if (first === undefined) return problem(line, 'has neither user, account, email, upn, employee_id nor sid')
  if (!unique.every((identity) => isName(identity.value))) return problem(line, 'a name is too long or holds control characters')
  const status = row('status').toLowerCase()
  if (!ON.has(status) && !OFF.has(status)) return problem(line, `the status is neither active nor inactive`)
  const since = row('inactiveSince')
  const sinceMs = since === '' ? undefined : parseInstant(since)
  if (since !== '' && sinceMs === undefined) return problem(line, 'the day of deletion is no time such as 2026-03-02')
  const put = (key: 'displayName' | 'department' | 'title' | 'country' | 'jobLevel' | 'employeeType', role: PersonColumn) => (row(role) === '' ? {} : { [key]: row(role).slice(0, MAX_FIELD) })
  const privileged = row('privileged').toLowerCase()
  return {
    type: 'person', line, identities: unique, directoryId: row('directoryId') === '' ? `${first.kind} ${first.value}` : row('directoryId'), active: !OFF.has(status) && sinceMs === undefined,
    ...(sinceMs === undefined ? {} : { inactiveSinceMs: sinceMs }), ...put('displayName', 'name'), ...put('department', 'department'), ...put('title', 'title'), ...put('country', 'country'), ...put('jobLevel', 'jobLevel'), ...put('employeeType', 'employeeType'),
    ...(row('groups') === '' ? {} : { groups: groupsOf(row('groups')) }), ...(row('manager') === '' ? {} : { manager: row('manager') }), ...(privileged === '' ? {} : { privileged: ON.has(privileged) }),
  } satisfies PersonFact
}

/** Columns of an HR file: taken for a list of people, it would put everybody of it into the directory and lose its dates. */
const HR_COLUMNS = new Set(['ResignationDate', 'LastWorkingDate', 'EffectiveDate', 'HRScenario', 'PerformanceRating', 'ImprovementRemarks', 'OldLevel', 'NewLevel'].map(columnKey))
const foreignColumns = (head: readonly string[]): readonly string[] => {
  const found = head.filter((name) => HR_COLUMNS.has(columnKey(name)))
  return found.length === 0 ? [] : [`the column${found.length === 1 ? '' : 's'} ${found.join(', ')} ${found.length === 1 ? 'is' : 'are'} of an HR file; import it with: holdfast hr import`]
}

/** Facts of a people file, in groups. @throws Broken */
export async function* readPeopleCsv(source: Source, mapping: Readonly<Record<string, string>> = {}): AsyncGenerator<readonly Fact[]> {
  let head: readonly string[] | undefined
  let layout: ReturnType<typeof layoutOf<PersonColumn>>['layout'] = {}
  for await (const rows of readTable(source)) {
    const facts: Fact[] = []
    for (const { line, cells } of rows) {
      if (head === undefined) {
        head = cells
        const found = layoutOf(cells, personColumns, mapping)
        layout = found.layout
        const named = (['user', 'account', 'email', 'upn', 'employeeId', 'sid'] as const).some((role) => layout[role] !== undefined)
        const problems = [...found.problems, ...foreignColumns(cells), ...(named ? [] : missingColumns(cells, personColumns, layout, ['user']))]
        if (problems.length > 0) {
          yield problems.map((text) => fatal(line, text))
          return
        }
      } else if (cells.length > head.length) facts.push(problem(line, `has ${cells.length} values where the head line has ${head.length}`))
      else facts.push(personOfRow(line, (role) => cell(cells, layout, role)))
    }
    if (facts.length > 0) yield facts
  }
  if (head === undefined) yield [fatal(1, 'has no head line')]
}
