// Tokens of programs: anybody makes their own, for no more than they may do themselves; who manages accounts sees and revokes all.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { connectorsOf, isPermission, makeApiToken, scopesOf } from '../../access/api-tokens.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CONNECTOR_IDS } from '../../connectors/registry.ts'
import { CodedError } from '../../errors.ts'
import type { ApiToken } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { TokenCreated, TokenView } from './schema.ts'

const MINUTE_SECS = 60
const YEAR_SECS = 366 * 86_400

const Wanted = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\w .-]+$' }),
  connectors: Type.Optional(Type.Array(Type.Union(CONNECTOR_IDS.map((id) => Type.Literal(id))), { maxItems: CONNECTOR_IDS.length, uniqueItems: true })),
  permissions: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64, uniqueItems: true })),
  expiresInSecs: Type.Integer({ minimum: MINUTE_SECS, maximum: YEAR_SECS }),
}, { additionalProperties: false })

export const tokenRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const present = (token: ApiToken): TokenView => ({
    id: token.id, name: token.name, connectors: [...connectorsOf(token)], permissions: [...scopesOf(token)], state: token.revoked ? 'revoked' : token.expiresAtMs <= deps.now() ? 'expired' : 'good', createdBy: token.createdBy,
    createdAt: new Date(token.createdAtMs).toISOString(), expiresAt: new Date(token.expiresAtMs).toISOString(), ...(token.lastUsedAtMs === undefined ? {} : { lastUsedAt: new Date(token.lastUsedAtMs).toISOString() }),
  })
  const isTheirs = (request: FastifyRequest, token: ApiToken): boolean => {
    const { actor, permissions } = principalOf(request)
    return permissions.has('account.manage') || token.makerId === actor.id
  }

  app.get('/api/v1/tokens', { schema: { tags: ['tokens'], summary: 'Tokens of programs: one\'s own, or all for who manages accounts.', response: { 200: Type.Object({ items: Type.Array(TokenView) }) } } }, async (request) => ({ items: (await store.apiTokens()).filter((token) => isTheirs(request, token)).map(present) }))

  app.post('/api/v1/tokens', { schema: { tags: ['tokens'], summary: 'Make a token for a program; it is shown once, and can never do more than its maker may.', body: Wanted, response: { 201: TokenCreated } } }, async (request, reply) => {
    const { name, connectors = [], permissions = [], expiresInSecs } = request.body
    const unknown = permissions.findIndex((permission) => !isPermission(permission))
    if (unknown >= 0) throw new InvalidRequest([{ pointer: `/body/permissions/${unknown}`, detail: 'is no permission' }])
    if (connectors.length + permissions.length === 0) throw new InvalidRequest([{ pointer: '/body', detail: 'name permissions, connectors or both' }])
    const { actor, token: session, permissions: may } = principalOf(request)
    const { token, secret } = await store.write(async (tx) => {
      const made = await makeApiToken(tx, { name, connectors, permissions: permissions.filter(isPermission), expiresAtMs: deps.now() + expiresInSecs * 1000, createdBy: actor.name, ...(session === undefined ? {} : { makerId: actor.id }) }, deps.now(), may)
      await appendAudit(tx, { actor, action: 'token.created', targetKind: 'token', targetId: made.token.id, detail: { name, connectors, permissions, expiresAt: new Date(made.token.expiresAtMs).toISOString() }, atMs: deps.now() })
      return made
    })
    return reply.code(201).send({ ...present(token), token: secret })
  })

  app.delete('/api/v1/tokens/:id', { schema: { tags: ['tokens'], summary: 'Make a token useless.', params: Type.Object({ id: Id }), response: { 200: TokenView } } }, async (request) => {
    const revoked = await store.write(async (tx) => {
      const token = (await tx.apiTokens()).find((other) => other.id === request.params.id)
      if (token === undefined || !isTheirs(request, token)) throw new CodedError('NOT_FOUND', { what: 'token' })
      const next = { ...token, revoked: true }
      await tx.saveApiToken(next)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'token.revoked', targetKind: 'token', targetId: token.id, atMs: deps.now() })
      return next
    })
    return present(revoked)
  })
}
