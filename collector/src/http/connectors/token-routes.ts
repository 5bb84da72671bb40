import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { connectorsOf, makeApiToken } from '../../access/api-tokens.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CONNECTOR_IDS } from '../../connectors/registry.ts'
import { CodedError } from '../../errors.ts'
import type { ApiToken } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { TokenCreated, TokenView } from './schema.ts'

const MINUTE_SECS = 60
const YEAR_SECS = 366 * 86_400

const Wanted = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\w .-]+$' }),
  connectors: Type.Array(Type.Union(CONNECTOR_IDS.map((id) => Type.Literal(id))), { minItems: 1, maxItems: CONNECTOR_IDS.length, uniqueItems: true }),
  expiresInSecs: Type.Integer({ minimum: MINUTE_SECS, maximum: YEAR_SECS }),
}, { additionalProperties: false })

export const tokenRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const present = (token: ApiToken): TokenView => ({
    id: token.id, name: token.name, connectors: [...connectorsOf(token)], state: token.revoked ? 'revoked' : token.expiresAtMs <= deps.now() ? 'expired' : 'good', createdBy: token.createdBy,
    createdAt: new Date(token.createdAtMs).toISOString(), expiresAt: new Date(token.expiresAtMs).toISOString(), ...(token.lastUsedAtMs === undefined ? {} : { lastUsedAt: new Date(token.lastUsedAtMs).toISOString() }),
  })

  app.get('/api/v1/tokens', { schema: { tags: ['tokens'], summary: 'Tokens of programs.', response: { 200: Type.Object({ items: Type.Array(TokenView) }) } } }, async () => ({ items: (await store.apiTokens()).map(present) }))

  app.post('/api/v1/tokens', { schema: { tags: ['tokens'], summary: 'Make a token for a program; it is shown once.', body: Wanted, response: { 201: TokenCreated } } }, async (request, reply) => {
    const { name, connectors, expiresInSecs } = request.body
    const { actor } = principalOf(request)
    const { token, secret } = await store.write(async (tx) => {
      const made = await makeApiToken(tx, { name, connectors, expiresAtMs: deps.now() + expiresInSecs * 1000, createdBy: actor.name }, deps.now())
      await appendAudit(tx, { actor, action: 'token.created', targetKind: 'token', targetId: made.token.id, detail: { name, connectors, expiresAt: new Date(made.token.expiresAtMs).toISOString() }, atMs: deps.now() })
      return made
    })
    return reply.code(201).send({ ...present(token), token: secret })
  })

  app.delete('/api/v1/tokens/:id', { schema: { tags: ['tokens'], summary: 'Make a token useless.', params: Type.Object({ id: Id }), response: { 200: TokenView } } }, async (request) => {
    const revoked = await store.write(async (tx) => {
      const token = (await tx.apiTokens()).find((other) => other.id === request.params.id)
      if (token === undefined) throw new CodedError('NOT_FOUND', { what: 'token' })
      const next = { ...token, revoked: true }
      await tx.saveApiToken(next)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'token.revoked', targetKind: 'token', targetId: token.id, atMs: deps.now() })
      return next
    })
    return present(revoked)
  })
}
