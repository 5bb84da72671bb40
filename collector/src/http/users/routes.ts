import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { HIGH_IMPACT_REPORTS } from '../../domain/risk/boosters.ts'
import { presentAlerts } from '../alerts/routes.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, userOf, visibleOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { presentRequest } from '../privacy/present.ts'
import { askForReveal } from '../../privacy/requests.ts'
import { privacySettings } from '../../privacy/settings.ts'
import { chartOf } from './chart.ts'
import { presentUser, presentUserRows } from './list.ts'
import { RevealedView, RevealRequest, UserChart, UserChartQuery, UserDetail, UserListQuery, UserPage } from './schema.ts'

const DAY_MS = 86_400_000
/** How long a triggering event is told in the list. */
const TRIGGER_DAYS = 30
const Params = Type.Object({ id: Id })

export const userRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/users', { schema: { tags: ['users'], summary: 'Users, under their pseudonyms.', querystring: UserListQuery, response: { 200: UserPage } } }, async (request) => {
    const { limit = 50, cursor, search, withAlerts, openAlerts, trigger, byHand, priority, highImpact, inCase, level, kind, sort } = request.query
    // A search by name tells who is behind a pseudonym: without the permission it finds nobody, and with it it is a reveal.
    const byName = search !== undefined && !/^(?:ANON-[0-9A-Z]{7}|u_[0-9a-f]{32})$/i.test(search)
    const { permissions, actor } = principalOf(request)
    if (byName && !permissions.has('user.reveal')) return { items: [] }
    const nowMs = deps.now()
    const page = await store.users({
      limit, ...visibleOf(request), ...(cursor === undefined ? {} : { cursor }), ...(search === undefined ? {} : { search }), ...(withAlerts === undefined ? {} : { withAlerts }), ...(openAlerts === true ? { withOpenAlerts: true } : {}),
      ...(trigger === true ? { triggeredSinceMs: nowMs - TRIGGER_DAYS * DAY_MS } : {}), ...(byHand === true ? { scoredByHandAtMs: nowMs } : {}), ...(priority === true ? { ids: [...new Set((await store.priorityGroups()).flatMap(({ members }) => members))] } : {}),
      ...(highImpact === true ? { highImpactReports: HIGH_IMPACT_REPORTS } : {}), ...(inCase === true && permissions.has('case.manage') ? { inCase: true } : {}), ...(level === undefined ? {} : { levels: level }), ...(kind === undefined ? {} : { kind }), ...(sort === '-riskScore' ? { byRisk: true } : {}),
    })
    const settings = byName ? (await privacySettings(store)).value : undefined
    // Where a name needs a second person, a search must not tell it without one.
    const found = settings?.revealNeedsSecond === true ? page.items.filter((user) => namesOf(request).revealed.has(user.id)) : page.items
    if (byName) await store.write((tx) => appendAudit(tx, { actor, action: 'user.searched', targetKind: 'user', targetId: found.map((user) => user.id).join(',') || '-', atMs: deps.now() }))
    const items = await presentUserRows(store, found, { names: namesOf(request), seesCases: permissions.has('case.manage'), nowMs })
    return { items: [...items], ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(byName || page.total === undefined ? {} : { total: page.total }) }
  })

  app.get('/api/v1/users/:id', { schema: { tags: ['users'], summary: 'One user with all alerts.', params: Params, response: { 200: UserDetail } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, atMs: deps.now() }))
    const [alerts, recent] = await Promise.all([store.alertsOfUser(user.id), store.activities({ userId: user.id, limit: 200 })])
    return { ...presentUser(user, alerts, namesOf(request)), alerts: [...(await presentAlerts(store, alerts, namesOf(request), deps.now()))], deviceIds: [...new Set(recent.items.map((activity) => activity.deviceId))], firstSeenAt: new Date(user.createdAtMs).toISOString() }
  })

  app.get('/api/v1/users/:id/chart', { schema: { tags: ['users'], summary: 'One point for each day and indicator.', params: Params, querystring: UserChartQuery, response: { 200: UserChart } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'chart' }, atMs: deps.now() }))
    return chartOf(deps, user, request.query, { triggers: true, names: namesOf(request) })
  })

  app.post('/api/v1/users/:id/reveal', { schema: { tags: ['users'], summary: 'The name behind a pseudonym, for a time; 202 when somebody else must agree first.', params: Params, body: RevealRequest, response: { 200: RevealedView, 202: RevealedView } } }, async (request, reply) => {
    const user = await userOf(request, store, request.params.id)
    const { actor } = principalOf(request)
    const { kind = 'other', reason } = request.body
    const settings = (await privacySettings(store)).value
    const made = await store.write((tx) => askForReveal(tx, { userId: user.id, reasonKind: kind, reason }, actor, settings, deps.now()))
    if (made.state === 'pending') deps.live.publish({ topic: 'privacy.requested', requestId: made.id })
    const view = presentUser(user, await store.alertsOfUser(user.id))
    const asked = presentRequest(made, user, actor.id, deps.now())
    return reply.code(made.state === 'live' ? 200 : 202).send({ ...view, ...(made.state === 'live' ? { displayName: user.displayName } : {}), request: asked })
  })
}
