import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type ActivityKind, activityKinds } from '@holdfast/proto'
import { isVisible } from '../../access/visibility.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { timeOf } from '../alerts/selection.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { alertOf, principalOf, userOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { hiddenNames, type Names, namesOf } from '../names.ts'
import { sendRows } from '../rows-stream.ts'
import { type Explorer, openExplorer } from './explorer.ts'
import { presentActivity } from './present.ts'
import { ActivityExportQuery, type ActivityFilter, ActivityListQuery, ActivityPage, type ActivityView, ReviewRequest } from './schema.ts'

type Sort = '-occurredAt' | 'occurredAt' | '-score'
const isKind = (kind: string): kind is ActivityKind => Object.hasOwn(activityKinds, kind)
const EXPORT_PAGE = 500

const columns: Readonly<Record<string, (row: ActivityView) => string | number | boolean | undefined>> = {
  id: (row) => row.id, occurredAt: (row) => row.occurredAt, kind: (row) => row.kind, category: (row) => row.category, user: (row) => row.user.pseudonym, device: (row) => row.deviceName ?? row.deviceId, summary: (row) => row.summary, path: (row) => row.file?.path,
  sizeBytes: (row) => row.file?.sizeBytes, location: (row) => row.file?.location, sha256: (row) => row.file?.sha256, source: (row) => row.source?.path ?? row.oldPath, process: (row) => row.process, score: (row) => row.score, indicators: (row) => row.indicators.join(' '),
  factors: (row) => row.factors?.join(' '), reviewedAt: (row) => row.reviewed?.at, dismissedAt: (row) => row.dismissed?.at, excludedBy: (row) => row.excluded?.rule,
}

export const activityRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['activities']
  const assertKinds = (kind: readonly string[] | undefined): void => {
    const unknown = kind?.find((name) => !isKind(name))
    if (unknown !== undefined) throw new InvalidRequest([{ pointer: '/querystring/kind', detail: `there is no kind "${unknown}"` }])
  }
  const rangeOf = ({ from, to }: ActivityFilter) => {
    const fromMs = timeOf(from, deps.now(), 'from')
    const toMs = timeOf(to, deps.now(), 'to')
    return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) }
  }
  /** The explorer of the user that a filter is about, who may be seen; undefined when it is about nobody. */
  const explorerOf = async (request: FastifyRequest, given: ActivityFilter, sort: Sort, names: Names): Promise<{ readonly explorer: Explorer; readonly userId: string } | undefined> => {
    assertKinds(given.kind)
    const { userId, alertId, deviceId, from: _from, to: _to, ...filter } = given
    const alert = alertId === undefined ? undefined : await alertOf(request, store, alertId)
    const id = alert?.userId ?? userId
    const asksForOne = filter.scope !== undefined || filter.factor !== undefined || filter.indicator !== undefined || filter.reviewed !== undefined || filter.q !== undefined || sort !== '-occurredAt'
    if (id === undefined) {
      if (asksForOne) throw new InvalidRequest([{ pointer: '/querystring', detail: 'needs userId or alertId for this filter or order' }])
      return undefined
    }
    if (deviceId !== undefined) {
      if (asksForOne || alert !== undefined) throw new InvalidRequest([{ pointer: '/querystring/deviceId', detail: 'cannot be asked for together with the filters of one user' }])
      return undefined
    }
    if (alert !== undefined && userId !== undefined && alert.userId !== userId) throw new CodedError('NOT_FOUND', { what: 'alert' })
    // Whose activities were never seen here has none to show.
    const user = await store.user(id)
    if (user === undefined || !isVisible(principalOf(request).visible, user)) return alert === undefined ? undefined : { explorer: { page: async () => ({ items: [] }) }, userId: id }
    return { explorer: await openExplorer(store, deps.detection, { filter, user, sort, nowMs: deps.now(), names, ...(alert === undefined ? {} : { alert }), ...rangeOf(given) }), userId: id }
  }
  const audit = (request: FastifyRequest, action: string, userId: string | undefined, detail: Readonly<Record<string, unknown>>): Promise<void> =>
    store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action, targetKind: userId === undefined ? 'organisation' : 'user', targetId: userId ?? '-', detail, atMs: deps.now() }))

  app.get('/api/v1/activities', { schema: { tags, summary: 'Activities, newest first; of one user or one alert with everything that the explorer asks for.', querystring: ActivityListQuery, response: { 200: ActivityPage } } }, async (request) => {
    const { limit = 50, cursor, sort = '-occurredAt', ...filter } = request.query
    const names = namesOf(request)
    const found = await explorerOf(request, filter, sort, names)
    if (found !== undefined) {
      const page = await found.explorer.page(limit, cursor)
      await audit(request, 'activities.listed', found.userId, { rows: page.items.length, ...(filter.alertId === undefined ? {} : { alertId: filter.alertId }) })
      return { items: [...page.items], ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
    }
    const { userId, deviceId, kind } = filter
    const page = await store.activities({
      limit, ...visibleOf(request), ...(cursor === undefined ? {} : { cursor }), ...(userId === undefined ? {} : { userId }), ...(deviceId === undefined ? {} : { deviceId }), ...rangeOf(filter), ...(kind === undefined ? {} : { kinds: kind.filter(isKind) }),
    })
    await audit(request, 'activities.listed', userId, { rows: page.items.length, ...(deviceId === undefined ? {} : { deviceId }) })
    const known = await lookUp(store, page.items.map((activity) => activity.userId), page.items.map((activity) => activity.deviceId))
    return { items: page.items.map((activity) => presentActivity(activity, known.users.get(activity.userId), known.devices.get(activity.deviceId)?.hostname, deps.detection, names)), ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })

  app.get('/api/v1/activities/export', { schema: { tags, summary: 'All activities of a user or an alert that match, as CSV or JSON lines, under pseudonyms.', querystring: ActivityExportQuery } }, async (request, reply) => {
    const { format, bom = false, sort = '-occurredAt', ...filter } = request.query
    const found = await explorerOf(request, filter, sort, hiddenNames)
    if (found === undefined) throw new InvalidRequest([{ pointer: '/querystring', detail: 'needs the userId or the alertId of somebody who is known' }])
    await audit(request, 'activities.exported', found.userId, { format, filter })
    const rows = async function* (): AsyncGenerator<ActivityView> {
      let cursor: string | undefined
      do {
        const page = await found.explorer.page(EXPORT_PAGE, cursor)
        yield* page.items
        cursor = page.nextCursor
      } while (cursor !== undefined)
    }
    return sendRows(reply, { name: `activities-${new Date(deps.now()).toISOString().slice(0, 10)}`, format, bom, columns, rows: rows() })
  })

  app.post('/api/v1/activities/reviews', { schema: { tags, summary: 'Say that somebody has looked at activities, or take it back.', body: ReviewRequest, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { activityIds, reviewed } = request.body
    const { actor } = principalOf(request)
    await store.write(async (tx) => {
      const activities = await tx.activitiesByIds(activityIds)
      if (activities.length < new Set(activityIds).size) throw new CodedError('NOT_FOUND', { what: 'activity' })
      for (const userId of new Set(activities.map((activity) => activity.userId))) await userOf(request, tx, userId)
      if (reviewed) await tx.saveReviews(activityIds.map((activityId) => ({ activityId, atMs: deps.now(), by: actor.name })))
      else await tx.deleteReviews(activityIds)
      for (const [userId, own] of Map.groupBy(activities, (activity) => activity.userId)) await appendAudit(tx, { actor, action: reviewed ? 'activity.reviewed' : 'activity.review_withdrawn', targetKind: 'user', targetId: userId, detail: { activities: own.map(({ id }) => id) }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })
}
