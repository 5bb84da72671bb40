// Who a person is at work, and what happened, in order.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf, userOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { CHRONOLOGY_DAYS, chronologyPage } from './chronology.ts'
import { CHRONOLOGY_KINDS, ChronologyPage, ChronologyQuery, UserProfile } from './person-schema.ts'
import { profileOf } from './profile.ts'

const DAY_MS = 86_400_000
const Params = Type.Object({ id: Id })

export const personRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/users/:id/profile', { schema: { tags: ['users'], summary: 'What is known of a user, and the policies that hold the user.', params: Params, response: { 200: UserProfile } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    const { actor, permissions } = principalOf(request)
    await store.write((tx) => appendAudit(tx, { actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'profile' }, atMs: deps.now() }))
    return profileOf(store, user, { names: namesOf(request), nowMs: deps.now(), seesCases: permissions.has('case.manage') })
  })

  app.get('/api/v1/users/:id/chronology', { schema: { tags: ['users'], summary: 'Alerts, decisions, triggers, sequences, insights and cases of a user, newest first.', params: Params, querystring: ChronologyQuery, response: { 200: ChronologyPage } } }, async (request) => {
    const { limit = 50, cursor, kind, severity, from, to } = request.query
    const user = await userOf(request, store, request.params.id)
    const { actor, permissions } = principalOf(request)
    // A resignation takes effect later: what lies a year ahead is known today.
    const toMs = to === undefined ? deps.now() + 366 * DAY_MS : Date.parse(to) + DAY_MS
    const fromMs = from === undefined ? deps.now() - CHRONOLOGY_DAYS * DAY_MS : Date.parse(from)
    if (fromMs >= toMs) throw new InvalidRequest([{ pointer: '/querystring/to', detail: 'must not lie before from' }])
    await store.write((tx) => appendAudit(tx, { actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'chronology' }, atMs: deps.now() }))
    const sees = (found: { readonly contributors: readonly string[] }): boolean => permissions.has('case.manage') || (permissions.has('case.contribute') && found.contributors.includes(actor.id))
    const page = await chronologyPage(store, { user, kinds: new Set(kind ?? CHRONOLOGY_KINDS), ...(severity === undefined ? {} : { severities: new Set(severity) }), fromMs, toMs, names: namesOf(request), sees }, limit, cursor)
    return { ...page, items: [...page.items] }
  })
}
