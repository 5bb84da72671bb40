// What both SCIM bases share: bodies, answers and refusals in SCIM's own form (RFC 7644, 3.12).
import { STATUS_CODES } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, type ScimResource, USER_SCHEMA } from '../../connectors/directory/scim-map.ts'
import { ScimRefusal } from '../../connectors/directory/scim-patch.ts'
import { isObject, textAt } from '../../connectors/json-file.ts'
import { CodedError, errorTable } from '../../errors.ts'

export const SCIM_TYPE = 'application/scim+json'
export const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'
export const MAX_RESULTS = 500
const MAX_BODY = 1024 * 1024
export const SCIM_ID = /^[A-Za-z0-9_.:-]{1,128}$/

export type ScimKind = 'User' | 'Group'

/** Attributes that the server keeps itself are left out. @throws ScimRefusal */
export function ownDocument(body: unknown, kind: ScimKind): Record<string, unknown> {
  if (!isObject(body)) throw new ScimRefusal(400, 'the body must be a resource', 'invalidSyntax')
  const { id: _id, meta: _meta, groups: _groups, password: _password, schemas: _schemas, ...document } = body
  return { schemas: kind === 'Group' ? [GROUP_SCHEMA] : ENTERPRISE_SCHEMA in document ? [USER_SCHEMA, ENTERPRISE_SCHEMA] : [USER_SCHEMA], ...document }
}

/** @throws ScimRefusal */
export function nameOf(kind: ScimKind, document: ScimResource): string {
  const name = textAt(document, kind === 'User' ? 'userName' : 'displayName')
  if (name === '') throw new ScimRefusal(400, `${kind === 'User' ? 'userName' : 'displayName'} is missing`, 'invalidValue')
  return name
}

export const scimAnswer = (reply: FastifyReply, status: number, body: unknown): FastifyReply => reply.code(status).header('content-type', SCIM_TYPE).send(JSON.stringify(body))

export const scimList = (total: number, start: number, resources: readonly unknown[]) => ({ schemas: [LIST_SCHEMA], totalResults: total, startIndex: start, itemsPerPage: resources.length, Resources: resources })

/** Where a page begins (from 1) and how long it is. */
export function pageOf(query: Readonly<Record<string, string | undefined>>): { readonly start: number; readonly limit: number } {
  const wanted = Number.parseInt(query['count'] ?? '100', 10)
  return { start: Math.max(1, Number.parseInt(query['startIndex'] ?? '1', 10) || 1), limit: Math.min(MAX_RESULTS, Math.max(0, Number.isNaN(wanted) ? 100 : wanted)) }
}

/** Bodies and failures of a scope that speaks SCIM. */
export function installScim(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser([SCIM_TYPE, 'application/json'], { parseAs: 'string', bodyLimit: MAX_BODY }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)) as unknown)
    } catch {
      done(new ScimRefusal(400, 'the body is no JSON', 'invalidSyntax'))
    }
  })
  scope.setErrorHandler((error: Error & { readonly statusCode?: number; readonly code?: string }, request, reply) => {
    const coded = error instanceof CodedError ? error : undefined
    const status = error instanceof ScimRefusal ? error.status : coded === undefined ? (error.statusCode ?? 500) : errorTable[coded.code].status
    if (status >= 500) request.log.error({ err: error }, 'a request failed')
    const detail = status >= 500 ? errorTable.INTERNAL.message : error instanceof ScimRefusal || coded !== undefined ? error.message : (STATUS_CODES[status] ?? 'refused')
    return scimAnswer(reply, status, { schemas: [ERROR_SCHEMA], status: String(status), detail, ...(error instanceof ScimRefusal && error.scimType !== undefined ? { scimType: error.scimType } : {}), code: coded?.code ?? (status >= 500 ? 'INTERNAL' : 'REQUEST_INVALID') })
  })
}

const LISTS = new Set(['emails', 'roles', 'addresses', 'members'])
const COMPLEX = new Set(['name', 'manager', ...LISTS])
const attributeOf = (name: string) => ({ name, type: name === 'active' ? 'boolean' : COMPLEX.has(name) ? 'complex' : 'string', multiValued: LISTS.has(name), required: name === 'userName' || name === 'displayName', mutability: 'readWrite', returned: 'default', uniqueness: name === 'userName' ? 'server' : 'none' })

/** The three resources by which a SCIM server says what it can do; hidden from nobody who may use it. */
export function scimSelfDescription(scope: FastifyInstance, base: string, token: string, schemas: readonly { readonly id: string; readonly name: string; readonly attributes: readonly string[] }[]): void {
  const about = { schema: { tags: ['scim'], summary: 'SCIM 2.0: what this server can do.' } }
  scope.get(`${base}/ServiceProviderConfig`, about, async (_request, reply) => scimAnswer(reply, 200, {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'], patch: { supported: true }, bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 }, filter: { supported: true, maxResults: MAX_RESULTS },
    changePassword: { supported: false }, sort: { supported: false }, etag: { supported: false }, authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer token', description: token, primary: true }],
  }))
  const types = [['User', USER_SCHEMA], ['Group', GROUP_SCHEMA]] as const
  const extended = schemas.some(({ id }) => id === ENTERPRISE_SCHEMA)
  scope.get(`${base}/ResourceTypes`, about, async (_request, reply) => scimAnswer(reply, 200, scimList(types.length, 1,
    types.map(([name, schema]) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], id: name, name, endpoint: `/${name}s`, schema, ...(name === 'User' && extended ? { schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }] } : {}) })))))
  scope.get(`${base}/Schemas`, about, async (_request, reply) => scimAnswer(reply, 200, scimList(schemas.length, 1, schemas.map(({ id, name, attributes }) => ({ id, name, attributes: attributes.map(attributeOf) })))))
}
