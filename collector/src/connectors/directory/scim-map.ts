// SCIM 2.0 resources (RFC 7643) as facts of people and groups.
import type { UserIdentity } from '../../domain/people/user.ts'
import { type Fact, type GroupFact, type PersonFact, problem, type Source } from '../facts.ts'
import { at, isObject, readJson, textAt } from '../json-file.ts'
import { isName, normaliseName } from '../names.ts'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export type ScimResource = Readonly<Record<string, unknown>>

const MAX_FIELD = 256
const isTrue = (value: unknown): boolean => value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
/** Entra ID writes booleans as texts. */
const isFalse = (value: unknown): boolean => value === false || (typeof value === 'string' && value.toLowerCase() === 'false')

function valuesOf(list: unknown): readonly { readonly value: string; readonly primary: boolean; readonly display: string }[] {
  if (!Array.isArray(list)) return []
  return (list as readonly unknown[]).map((entry) => ({ value: typeof entry === 'string' ? entry : textAt(entry, 'value'), primary: isTrue(at(entry, 'primary')), display: textAt(entry, 'display') })).filter(({ value }) => value !== '')
}

/** The extension's name holds dots, so it is no path. */
const enterprise = (resource: ScimResource): ScimResource => {
  const found = resource[ENTERPRISE_SCHEMA]
  return isObject(found) ? found : {}
}

/** @param id of the resource; without one the file's own */
export function personOfScim(resource: ScimResource, line: number, id = textAt(resource, 'id')): Fact {
  const identities: UserIdentity[] = []
  const add = (kind: UserIdentity['kind'], text: string): void => {
    if (isName(text)) identities.push({ kind, value: normaliseName(text) })
  }
  const userName = textAt(resource, 'userName')
  if (userName === '') return problem(line, 'has no userName')
  add(userName.includes('@') ? 'upn' : 'account', userName)
  const emails = valuesOf(resource['emails']).toSorted((a, b) => Number(b.primary) - Number(a.primary))
  for (const { value } of emails) add('email', value)
  const extension = enterprise(resource)
  add('employee_id', textAt(extension, 'employeeNumber'))
  if (identities.length === 0) return problem(line, 'the userName is too long or holds control characters')
  const name = textAt(resource, 'displayName', 'name.formatted') || [textAt(resource, 'name.givenName'), textAt(resource, 'name.familyName')].filter((text) => text !== '').join(' ')
  const address = Array.isArray(resource['addresses']) ? (resource['addresses'] as readonly unknown[])[0] : undefined
  const put = (key: 'displayName' | 'department' | 'title' | 'country' | 'employeeType', text: string) => (text === '' ? {} : { [key]: text.slice(0, MAX_FIELD) })
  const groups = valuesOf(resource['groups']).map(({ display, value }) => display || value)
  const roles = [...valuesOf(resource['roles']), ...valuesOf(resource['entitlements'])].map(({ display, value }) => display || value)
  // A resource is whole: a manager who is not named is none.
  const manager = isObject(extension['manager']) ? textAt(extension['manager'], 'value') : typeof extension['manager'] === 'string' ? extension['manager'] : ''
  return {
    type: 'person', line, identities, directoryId: id || normaliseName(userName), active: !isFalse(resource['active']),
    ...put('displayName', name), ...put('department', textAt(extension, 'department')), ...put('title', textAt(resource, 'title')), ...put('employeeType', textAt(resource, 'userType')), ...put('country', textAt(address, 'country')),
    ...(Array.isArray(resource['groups']) || roles.length > 0 ? { groups: [...groups, ...roles] } : {}), manager,
  } satisfies PersonFact
}

export const groupOfScim = (resource: ScimResource, line: number): Fact => {
  const name = textAt(resource, 'displayName')
  return name === '' ? problem(line, 'the group has no displayName') : ({ type: 'group', line, name, members: valuesOf(resource['members']).map(({ value }) => value) } satisfies GroupFact)
}

/** Facts of a SCIM export: a ListResponse, an array, a resource, or one resource a line. @throws Broken */
export async function* readPeopleScim(source: Source): AsyncGenerator<readonly Fact[]> {
  for await (const items of readJson(source, ['Resources', 'resources'])) {
    yield items.map(({ line, value, problem: wrong }): Fact => {
      if (wrong !== undefined) return problem(line, wrong)
      if (!isObject(value)) return problem(line, 'is no resource')
      const schemas = Array.isArray(value['schemas']) ? (value['schemas'] as readonly unknown[]) : []
      if (schemas.includes(GROUP_SCHEMA) || (value['userName'] === undefined && Array.isArray(value['members']))) return groupOfScim(value, line)
      return personOfScim(value, line)
    })
  }
}
