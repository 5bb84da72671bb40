// Changes of a SCIM resource by PATCH (RFC 7644, 3.5.2), and the filters of a listing (3.4.2.2).
//
// Paths: `active`, `name.givenName`, `emails[type eq "work"].value`, `members[value eq "u_1"]`, and an attribute behind the
// urn of an extension. Operations in any letter case and booleans as texts are taken, as Entra ID writes them.
import { isObject } from '../json-file.ts'
import { ENTERPRISE_SCHEMA, type ScimResource, USER_SCHEMA, GROUP_SCHEMA } from './scim-map.ts'

const MAX_OPERATIONS = 1000
/** What a client may never write. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** A refusal with the `scimType` of RFC 7644, table 9. */
export class ScimRefusal extends Error {
  readonly status: number
  readonly scimType: string | undefined

  constructor(status: number, detail: string, scimType?: string) {
    super(detail)
    this.status = status
    this.scimType = scimType
  }
}

type Mutable = Record<string, unknown>

interface Path {
  /** Urn of an extension; empty for the resource itself. */
  readonly extension: string
  readonly attribute: string
  readonly filter?: { readonly attribute: string; readonly value: string }
  readonly sub?: string
}

const PATH = /^([A-Za-z$][\w$-]*)(?:\[\s*([A-Za-z$][\w$-]*)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false|\d+)\s*\])?(?:\.([A-Za-z$][\w$-]*))?$/i

function parsePath(text: string): Path {
  let rest = text.trim()
  let extension = ''
  for (const schema of [ENTERPRISE_SCHEMA, USER_SCHEMA, GROUP_SCHEMA]) {
    if (!rest.toLowerCase().startsWith(`${schema.toLowerCase()}:`)) continue
    rest = rest.slice(schema.length + 1)
    extension = schema === ENTERPRISE_SCHEMA ? schema : ''
    break
  }
  const found = PATH.exec(rest)
  const [, attribute = '', filterAttribute, filterValue = '', sub] = found ?? []
  if (found === null || FORBIDDEN.has(attribute) || FORBIDDEN.has(sub ?? '')) throw new ScimRefusal(400, 'the path is not understood', 'invalidPath')
  return {
    extension, attribute, ...(sub === undefined ? {} : { sub }),
    ...(filterAttribute === undefined ? {} : { filter: { attribute: filterAttribute, value: filterValue.startsWith('"') ? String(JSON.parse(filterValue)) : filterValue } }),
  }
}

/** The name as the object writes it: attribute names have no case. */
const keyIn = (target: ScimResource, name: string): string => Object.keys(target).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name
const sameValue = (a: unknown, b: string): boolean => String(a).toLowerCase() === b.toLowerCase()
const valueOf = (item: unknown): unknown => (isObject(item) ? item['value'] : item)

function merge(list: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const out = [...list]
  for (const item of added) {
    const at = out.findIndex((other) => valueOf(other) !== undefined && valueOf(other) === valueOf(item))
    if (at < 0) out.push(item)
    else out[at] = item
  }
  return out
}

function setAt(target: Mutable, key: string, verb: 'add' | 'replace', value: unknown): void {
  const before = target[key]
  if (Array.isArray(before) && verb === 'add') target[key] = merge(before as readonly unknown[], Array.isArray(value) ? (value as readonly unknown[]) : [value])
  else if (isObject(before) && isObject(value)) target[key] = { ...before, ...value }
  else target[key] = value
}

function applyFiltered(target: Mutable, key: string, path: Path, verb: string, value: unknown): void {
  const { filter, sub } = path
  if (filter === undefined) return
  const list = Array.isArray(target[key]) ? (target[key] as readonly unknown[]) : []
  const matches = (item: unknown): boolean => isObject(item) && sameValue(item[keyIn(item, filter.attribute)], filter.value)
  if (verb === 'remove') {
    target[key] = sub === undefined ? list.filter((item) => !matches(item)) : list.map((item) => (matches(item) && isObject(item) ? Object.fromEntries(Object.entries(item).filter(([name]) => name.toLowerCase() !== sub.toLowerCase())) : item))
    return
  }
  const put = (item: Mutable): Mutable => (sub === undefined ? { ...item, ...(isObject(value) ? value : { value }) } : { ...item, [keyIn(item, sub)]: value })
  // A work address that is not there yet is made by naming it.
  target[key] = list.some(matches) ? list.map((item) => (matches(item) ? put(item as Mutable) : item)) : [...list, put({ [filter.attribute]: filter.value })]
}

function applyOne(document: Mutable, verb: string, pathText: string | undefined, value: unknown): void {
  if (verb !== 'add' && verb !== 'replace' && verb !== 'remove') throw new ScimRefusal(400, 'the operation is neither add, replace nor remove', 'invalidSyntax')
  if (pathText === undefined || pathText === '') {
    if (verb === 'remove') throw new ScimRefusal(400, 'a removal needs a path', 'noTarget')
    if (!isObject(value)) throw new ScimRefusal(400, 'without a path the value must be an object', 'invalidValue')
    // Names in the value may be paths as well, as Entra ID writes them.
    for (const [name, inner] of Object.entries(value)) {
      if (name.toLowerCase() === ENTERPRISE_SCHEMA.toLowerCase() && isObject(inner)) setAt(document, ENTERPRISE_SCHEMA, verb, inner)
      else if (name !== 'schemas') applyOne(document, verb, name, inner)
    }
    return
  }
  const path = parsePath(pathText)
  let target = document
  if (path.extension !== '') {
    const inner: Mutable = isObject(document[path.extension]) ? { ...(document[path.extension] as Mutable) } : {}
    document[path.extension] = inner
    target = inner
  }
  const key = keyIn(target, path.attribute)
  if (path.filter !== undefined) applyFiltered(target, key, path, verb, value)
  else if (path.sub !== undefined) {
    const inner: Mutable = isObject(target[key]) ? { ...(target[key] as Mutable) } : {}
    if (verb === 'remove') delete inner[keyIn(inner, path.sub)]
    else inner[keyIn(inner, path.sub)] = value
    target[key] = inner
  } else if (verb === 'remove') {
    // `remove members` with values takes away these only.
    if (Array.isArray(value) && Array.isArray(target[key])) {
      const gone = new Set((value as readonly unknown[]).map(valueOf))
      target[key] = (target[key] as readonly unknown[]).filter((item) => !gone.has(valueOf(item)))
    } else delete target[key]
  } else setAt(target, key, verb, value)
}

/** The resource after the operations of a PatchOp message; the one given is not changed. @throws ScimRefusal */
export function patchResource(resource: ScimResource, message: unknown): ScimResource {
  const operations = isObject(message) ? Object.entries(message).find(([name]) => name.toLowerCase() === 'operations')?.[1] : undefined
  if (!Array.isArray(operations) || operations.length === 0) throw new ScimRefusal(400, 'Operations is missing', 'invalidSyntax')
  if (operations.length > MAX_OPERATIONS) throw new ScimRefusal(413, `there are more than ${MAX_OPERATIONS} operations`, 'tooMany')
  const document = structuredClone(resource) as Mutable
  for (const operation of operations as readonly unknown[]) {
    const { op, path, value } = isObject(operation) ? operation : {}
    if (typeof op !== 'string' || (path !== undefined && typeof path !== 'string')) throw new ScimRefusal(400, 'an operation has no op', 'invalidSyntax')
    applyOne(document, op.toLowerCase(), path, value)
  }
  return document
}

export interface ScimFilter {
  readonly attribute: 'name' | 'externalId' | 'id'
  readonly value: string
}

const NAMES: Readonly<Record<string, ScimFilter['attribute']>> = { username: 'name', displayname: 'name', externalid: 'externalId', id: 'id' }

/** `userName eq "x"`, and the same of externalId, id and a group's displayName. @throws ScimRefusal */
export function parseFilter(text: string | undefined, kind: 'User' | 'Group'): ScimFilter | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const found = /^\s*(?:urn:[\w:.]+:)?([A-Za-z]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(text)
  const attribute = NAMES[found?.[1]?.toLowerCase() ?? '']
  const isOther = found?.[1]?.toLowerCase() === (kind === 'User' ? 'displayname' : 'username')
  if (found === null || attribute === undefined || isOther) throw new ScimRefusal(400, `only ${kind === 'User' ? 'userName' : 'displayName'}, externalId and id can be filtered by, with eq`, 'invalidFilter')
  let value: string
  try {
    value = String(JSON.parse(found[2] ?? '""'))
  } catch {
    throw new ScimRefusal(400, 'the value of the filter is no text', 'invalidFilter')
  }
  return { attribute, value }
}
