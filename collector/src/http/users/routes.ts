import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import type { User } from '../../domain/people/user.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { dayText } from '../../domain/risk/words.ts'
import { presentAlerts } from '../alerts/routes.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, userOf, visibleOf } from '../guard.ts'
import { namesOf, presentUserRef } from '../names.ts'
import { Id } from '../primitives.ts'
import { presentRequest } from '../privacy/present.ts'
import { askForReveal } from '../../privacy/requests.ts'
import { privacySettings } from '../../privacy/settings.ts'
import { presentPoint } from './present.ts'
import { RevealedView, RevealRequest, UserChart, UserChartQuery, UserDetail, UserListQuery, UserPage, UserView } from './schema.ts'

const CHART_DAYS = 90
const Params = Type.Object({ id: Id })

/** A user's risk is that of the strongest alert that nobody has closed. */
function presentUser(user: User, alerts: readonly Alert[]): UserView {
  const open = alerts.filter((alert) => alert.status === 'needs_review' || alert.status === 'confirmed')
  const riskScore = Math.max(0, ...open.map((alert) => alert.score))
  return {
    ...presentUserRef(user, user.id), kind: user.kind, riskScore, ...(riskScore > 0 ? { severity: severityOf(riskScore) } : {}), openAlerts: open.length,
    ...(user.department === undefined ? {} : { department: user.department }), ...(user.title === undefined ? {} : { title: user.title }),
  }
}

export const userRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/users', { schema: { tags: ['users'], summary: 'Users, under their pseudonyms.', querystring: UserListQuery, response: { 200: UserPage } } }, async (request) => {
    const { limit = 50, cursor, search, withAlerts } = request.query
    // A search by name tells who is behind a pseudonym: without the permission it finds nobody, and with it it is a reveal.
    const byName = search !== undefined && !/^(?:ANON-[0-9A-Z]{7}|u_[0-9a-f]{32})$/i.test(search)
    const { permissions, actor } = principalOf(request)
    if (byName && !permissions.has('user.reveal')) return { items: [] }
    const page = await store.users({ limit, ...visibleOf(request), ...(cursor === undefined ? {} : { cursor }), ...(search === undefined ? {} : { search }), ...(withAlerts === undefined ? {} : { withAlerts }) })
    const settings = byName ? (await privacySettings(store)).value : undefined
    // Where a name needs a second person, a search must not tell it without one.
    const found = settings?.revealNeedsSecond === true ? page.items.filter((user) => namesOf(request).revealed.has(user.id)) : page.items
    if (byName) await store.write((tx) => appendAudit(tx, { actor, action: 'user.searched', targetKind: 'user', targetId: found.map((user) => user.id).join(',') || '-', atMs: deps.now() }))
    const items = await Promise.all(found.map(async (user) => presentUser(user, await store.alertsOfUser(user.id))))
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })

  app.get('/api/v1/users/:id', { schema: { tags: ['users'], summary: 'One user with all alerts.', params: Params, response: { 200: UserDetail } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, atMs: deps.now() }))
    const [alerts, recent] = await Promise.all([store.alertsOfUser(user.id), store.activities({ userId: user.id, limit: 200 })])
    return { ...presentUser(user, alerts), alerts: [...(await presentAlerts(store, alerts))], deviceIds: [...new Set(recent.items.map((activity) => activity.deviceId))], firstSeenAt: new Date(user.createdAtMs).toISOString() }
  })

  app.get('/api/v1/users/:id/chart', { schema: { tags: ['users'], summary: 'One point for each day and indicator.', params: Params, querystring: UserChartQuery, response: { 200: UserChart } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    const to = request.query.to === undefined ? dayOf(deps.now()) : dayOf(Date.parse(request.query.to))
    const from = request.query.from === undefined ? to - CHART_DAYS : dayOf(Date.parse(request.query.from))
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'chart' }, atMs: deps.now() }))
    const insights = await store.insights(user.id, from, to)
    const points = insights.map(presentPoint)
    return { from: dayText(from), to: dayText(to), points }
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
