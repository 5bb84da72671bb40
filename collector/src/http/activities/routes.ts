import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type ActivityKind, activityKinds } from '@holdfast/proto'
import { appendAudit } from '../../audit/chain.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { presentActivity } from './present.ts'
import { ActivityListQuery, ActivityPage } from './schema.ts'

const isKind = (kind: string): kind is ActivityKind => Object.hasOwn(activityKinds, kind)

export const activityRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/v1/activities', { schema: { tags: ['activities'], summary: 'Activities, newest first.', querystring: ActivityListQuery, response: { 200: ActivityPage } } }, async (request) => {
    const { limit = 50, cursor, userId, deviceId, from, to, kind } = request.query
    const unknown = kind?.find((name) => !isKind(name))
    if (unknown !== undefined) throw new InvalidRequest([{ pointer: '/querystring/kind', detail: `there is no kind "${unknown}"` }])
    const page = await deps.store.activities({
      limit, ...visibleOf(request), ...(cursor === undefined ? {} : { cursor }), ...(userId === undefined ? {} : { userId }), ...(deviceId === undefined ? {} : { deviceId }),
      ...(from === undefined ? {} : { fromMs: Date.parse(from) }), ...(to === undefined ? {} : { toMs: Date.parse(to) }), ...(kind === undefined ? {} : { kinds: kind.filter(isKind) }),
    })
    await deps.store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'activities.listed', targetKind: userId === undefined ? 'organisation' : 'user', targetId: userId ?? '-', detail: { rows: page.items.length, ...(deviceId === undefined ? {} : { deviceId }) }, atMs: deps.now() }))
    const known = await lookUp(deps.store, page.items.map((activity) => activity.userId), page.items.map((activity) => activity.deviceId))
    return { items: page.items.map((activity) => presentActivity(activity, known.users.get(activity.userId), known.devices.get(activity.deviceId)?.hostname, deps.detection)), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })
}
