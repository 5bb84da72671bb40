// Entries of a directory as people and groups: the attributes of Active Directory, OpenLDAP and 389.
import type { UserIdentity } from '../../domain/people/user.ts'
import { type Fact, fatal, type PersonFact, problem, type Source } from '../facts.ts'
import { parseInstant } from '../files/times.ts'
import { isName, normaliseName } from '../names.ts'
import { type LdifEntry, readLdif } from './ldif.ts'
import { groupsOf } from './read-people-csv.ts'

const GROUP = 500
const MAX_FIELD = 256
const PERSON_CLASSES = new Set(['person', 'inetorgperson', 'organizationalperson', 'user', 'posixaccount', 'account'])
const GROUP_CLASSES = new Set(['group', 'groupofnames', 'groupofuniquenames', 'posixgroup', 'groupofmembers'])
/** Bit of userAccountControl: ACCOUNTDISABLE. */
const ACCOUNT_DISABLED = 2

/** A binary security id as `S-1-5-21-…`; source: [MS-DTYP] 2.4.2.2. */
export function sidText(bytes: Uint8Array): string | undefined {
  const view = Buffer.from(bytes)
  const count = view[1] ?? 0
  if (view.length < 8 || view[0] !== 1 || view.length !== 8 + count * 4) return undefined
  return `S-1-${view.readUIntBE(2, 6)}${Array.from({ length: count }, (_, index) => `-${view.readUInt32LE(8 + index * 4)}`).join('')}`
}

const textsOf = (entry: LdifEntry, name: string): readonly string[] => (entry.attributes.get(name) ?? []).map((value) => Buffer.from(value).toString('utf8').trim()).filter((text) => text !== '')

/** Whether the entry says that the account is off; undefined when it says nothing. */
function isOff(entry: LdifEntry): boolean | undefined {
  const [control] = textsOf(entry, 'useraccountcontrol')
  if (control !== undefined && /^\d+$/.test(control)) return (Number(control) & ACCOUNT_DISABLED) !== 0
  const [lock] = textsOf(entry, 'nsaccountlock')
  if (lock !== undefined) return lock.toLowerCase() === 'true'
  const [login] = textsOf(entry, 'logindisabled')
  if (login !== undefined) return login.toLowerCase() === 'true'
  // OpenLDAP's password policy: this time means that an administrator locked the account.
  const [locked] = textsOf(entry, 'pwdaccountlockedtime')
  return locked === undefined ? undefined : locked.startsWith('000001010000')
}

function identitiesOf(entry: LdifEntry): readonly UserIdentity[] {
  const found: UserIdentity[] = []
  const add = (kind: UserIdentity['kind'], ...names: readonly string[]): void => {
    for (const name of names) for (const text of textsOf(entry, name)) found.push({ kind, value: normaliseName(text) })
  }
  add('account', 'samaccountname', 'uid', 'krbprincipalname')
  add('email', 'mail', 'rfc822mailbox')
  add('upn', 'userprincipalname')
  add('employee_id', 'employeenumber', 'employeeid')
  for (const value of entry.attributes.get('objectsid') ?? []) {
    const sid = sidText(value) ?? Buffer.from(value).toString('utf8')
    if (/^S-1-[\d-]+$/.test(sid)) found.push({ kind: 'sid', value: normaliseName(sid) })
  }
  return [...new Map(found.filter(({ value }) => isName(value)).map((identity) => [`${identity.kind} ${identity.value}`, identity])).values()]
}

function personOf(entry: LdifEntry): Fact {
  const identities = identitiesOf(entry)
  const off = isOff(entry)
  const put = (key: 'displayName' | 'department' | 'title' | 'country' | 'employeeType', ...names: readonly string[]) => {
    const text = names.flatMap((name) => textsOf(entry, name))[0]
    return text === undefined ? {} : { [key]: text.slice(0, MAX_FIELD) }
  }
  const [disabledAt] = textsOf(entry, 'accountdisabledat')
  const sinceMs = disabledAt === undefined ? undefined : parseInstant(disabledAt)
  const memberOf = textsOf(entry, 'memberof')
  const manager = entry.removed.includes('manager') ? '' : textsOf(entry, 'manager')[0]
  return {
    type: 'person', line: entry.line, identities, directoryId: entry.dn, ...(off === undefined ? {} : { active: !off }), ...(sinceMs === undefined ? {} : { inactiveSinceMs: sinceMs }),
    ...put('displayName', 'displayname', 'cn', 'name'), ...put('department', 'department', 'ou', 'departmentnumber'), ...put('title', 'title'), ...put('country', 'c', 'co', 'countrycode'), ...put('employeeType', 'employeetype'),
    ...(memberOf.length > 0 ? { groups: memberOf.flatMap((dn) => groupsOf(dn)) } : entry.removed.includes('memberof') ? { groups: [] } : {}), ...(manager === undefined ? {} : { manager }),
  } satisfies PersonFact
}

function factOf(entry: LdifEntry): Fact {
  if (entry.change === 'delete') return { type: 'gone', line: entry.line, directoryId: entry.dn }
  if (entry.change === 'rename') return problem(entry.line, 'renames an entry; export the entry as it is now, or delete and add it')
  const classes = new Set(textsOf(entry, 'objectclass').map((name) => name.toLowerCase()))
  if ([...classes].some((name) => GROUP_CLASSES.has(name))) {
    const name = textsOf(entry, 'cn')[0] ?? groupsOf(entry.dn)[0] ?? entry.dn
    return { type: 'group', line: entry.line, name, members: ['member', 'uniquemember', 'memberuid'].flatMap((attribute) => textsOf(entry, attribute)) }
  }
  // Computers are of the class user, too.
  if (classes.has('computer') || (classes.size > 0 && ![...classes].some((name) => PERSON_CLASSES.has(name)))) return { type: 'passed', line: entry.line, why: 'the entry is no person and no group' }
  const fact = personOf(entry)
  if (fact.type === 'person' && fact.identities.length === 0 && entry.change !== 'modify') {
    return classes.size === 0 ? { type: 'passed', line: entry.line, why: 'the entry names no account' } : problem(entry.line, 'names neither sAMAccountName, uid, mail, userPrincipalName, employeeNumber nor objectSid')
  }
  return fact
}

/** Facts of an LDIF file, in groups. @throws Broken */
export async function* readPeopleLdif(source: Source): AsyncGenerator<readonly Fact[]> {
  let facts: Fact[] = []
  let entries = 0
  for await (const entry of readLdif(source)) {
    entries += 1
    facts.push('problem' in entry ? problem(entry.line, entry.problem) : factOf(entry))
    if (facts.length >= GROUP) {
      yield facts
      facts = []
    }
  }
  if (facts.length > 0) yield facts
  if (entries === 0) yield [fatal(1, 'holds no entry')]
}
