// The pull feed: its settings, and the four operations of the Office 365 Management Activity API that readers of it use.
// Its errors have that API's shape and codes.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { CONTENT_TYPE, KEPT_MS, listContents, readContent, WIDEST_MS } from '../../exports/feed.ts'
import { type FeedSettings, installationIdOf, readFeedSettings, saveFeedSettings } from '../../exports/feed-settings.ts'
import { revisionOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { FeedRequest, FeedView } from './schema.ts'

const tags = ['feed']
const DAY_MS = 86_400_000
const refusals = {
  AF10001: [403, 'The feed is off; an administrator switches it on in the settings.'],
  AF20010: [400, 'The tenant of the address is not this installation.'],
  AF20020: [400, `The content type is not valid; there is ${CONTENT_TYPE}.`],
  AF20022: [400, 'There is no subscription; start one first.'],
  AF20024: [400, 'The subscription is started already.'],
  AF20030: [400, 'Give startTime and endTime, or neither; no more than 24 hours apart, and startTime no more than 7 days ago.'],
  AF20031: [400, 'nextPage is not one that was handed out.'],
  AF20050: [404, 'There is no such content.'],
  AF20051: [410, 'The content is older than 7 days.'],
} as const
type Refusal = keyof typeof refusals

const Tenant = Type.Object({ tenantId: Type.String({ maxLength: 64 }) })
const Subscription = Type.Object({ contentType: Type.String(), status: Type.String(), webhook: Type.Null() })
const Failure = Type.Object({ error: Type.Object({ code: Type.String(), message: Type.String() }) })
const failures = { 400: Failure, 403: Failure, 404: Failure, 410: Failure }
const time = Type.String({ maxLength: 40 })
const WithType = Type.Object({ contentType: Type.Optional(Type.String({ maxLength: 64 })), PublisherIdentifier: Type.Optional(Type.String({ maxLength: 64 })) }, { additionalProperties: false })
const Listing = Type.Object({ ...WithType.properties, startTime: Type.Optional(time), endTime: Type.Optional(time), nextPage: Type.Optional(Type.String({ maxLength: 20 })) }, { additionalProperties: false })

/** UTC, with or without its Z, as readers of that API write it. */
const readTime = (text: string): number => (/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?)?Z?$/.test(text) ? Date.parse(/T/.test(text) ? `${text.replace(/Z$/, '')}Z` : text.replace(/Z$/, '')) : Number.NaN)

export const feedRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, now } = deps
  const base = '/api/v1.0/:tenantId/activity/feed'
  const rootOf = (tenant: string): string => `${deps.collectorUrl}/api/v1.0/${tenant}/activity/feed`
  const refuse = (reply: FastifyReply, code: Refusal): FastifyReply => reply.code(refusals[code][0]).send({ error: { code, message: refusals[code][1] } })
  const view = async (settings: FeedSettings): Promise<FeedView> => {
    const tenantId = await installationIdOf(store)
    return { enabled: settings.enabled, names: settings.names, tenantId, rootUrl: rootOf(tenantId), revision: settings.revision, ...(settings.subscribedAtMs === undefined ? {} : { subscribedAt: new Date(settings.subscribedAtMs).toISOString() }) }
  }

  app.get('/api/v1/settings/feed', { schema: { tags, summary: 'Whether other systems may pull alerts, and where.', response: { 200: FeedView } } }, async (_request, reply) => {
    const found = await view(await readFeedSettings(store))
    void reply.header('etag', `"${found.revision}"`)
    return found
  })
  app.put('/api/v1/settings/feed', { schema: { tags, summary: 'Change that; telling names needs a reason.', body: FeedRequest, response: { 200: FeedView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const revision = revisionOf(request)
    const { enabled, names, reason } = request.body
    const saved = await store.write(async (tx) => {
      const before = await readFeedSettings(tx)
      if (before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      if (names && !before.names && reason === undefined) throw new CodedError('EXPORT_INVALID', { problem: 'telling a receiver names needs a reason' })
      // What waited while nobody was there is not told to the first who comes.
      if (enabled && !before.enabled && (await tx.exportTargets()).length === 0) await tx.passOverOutbox(now())
      const { subscribedAtMs, ...rest } = before
      const after = { ...rest, ...(enabled && subscribedAtMs !== undefined ? { subscribedAtMs } : {}), enabled, names, revision: revision + 1 }
      await saveFeedSettings(tx, after)
      await appendAudit(tx, { actor, action: 'feed.changed', targetKind: 'settings', targetId: 'feed', detail: { before: { enabled: before.enabled, names: before.names }, after: { enabled, names } }, atMs: now() })
      if (names && !before.names) await appendAudit(tx, { actor, action: 'export.names_on', targetKind: 'settings', targetId: 'feed', detail: { reason: reason ?? '' }, atMs: now() })
      return after
    })
    deps.exportDelivery?.wake()
    const found = await view(saved)
    void reply.header('etag', `"${found.revision}"`)
    return found
  })

  /** What keeps somebody out before anything else is looked at. */
  const gate = async (tenant: string, contentType: string | undefined): Promise<{ readonly settings: FeedSettings } | Refusal> => {
    const settings = await readFeedSettings(store)
    if (!settings.enabled) return 'AF10001'
    if (tenant.toLowerCase() !== (await installationIdOf(store))) return 'AF20010'
    return contentType === undefined || contentType.toLowerCase() === CONTENT_TYPE.toLowerCase() ? { settings } : 'AF20020'
  }

  for (const verb of ['start', 'stop'] as const) {
    app.post(`${base}/subscriptions/${verb}`, { schema: { tags, summary: verb === 'start' ? 'Subscribe to a content type.' : 'End the subscription.', params: Tenant, querystring: WithType, response: { 200: Type.Union([Subscription, Type.Null()]), ...failures } } }, async (request, reply) => {
      const entry = await gate(request.params.tenantId, request.query.contentType ?? '')
      if (typeof entry === 'string') return refuse(reply, entry)
      const refused = await store.write(async (tx): Promise<Refusal | undefined> => {
        const { subscribedAtMs, ...rest } = await readFeedSettings(tx)
        if (verb === 'start' && subscribedAtMs !== undefined) return 'AF20024'
        if (verb === 'stop' && subscribedAtMs === undefined) return 'AF20022'
        await saveFeedSettings(tx, { ...rest, ...(verb === 'start' ? { subscribedAtMs: now() } : {}), revision: rest.revision + 1 })
        await appendAudit(tx, { actor: principalOf(request).actor, action: `feed.${verb === 'start' ? 'subscribed' : 'unsubscribed'}`, targetKind: 'settings', targetId: 'feed', atMs: now() })
        return undefined
      })
      if (refused !== undefined) return refuse(reply, refused)
      return reply.send(verb === 'start' ? { contentType: CONTENT_TYPE, status: 'enabled', webhook: null } : null)
    })
  }
  app.get(`${base}/subscriptions/list`, { schema: { tags, summary: 'The subscriptions.', params: Tenant, querystring: WithType, response: { 200: Type.Array(Subscription), ...failures } } }, async (request, reply) => {
    const entry = await gate(request.params.tenantId, undefined)
    if (typeof entry === 'string') return refuse(reply, entry)
    return reply.send(entry.settings.subscribedAtMs === undefined ? [] : [{ contentType: CONTENT_TYPE, status: 'enabled', webhook: null }])
  })

  const Content = Type.Object({ contentType: Type.String(), contentId: Type.String(), contentUri: Type.String(), contentCreated: Type.String(), contentExpiration: Type.String() })
  app.get(`${base}/subscriptions/content`, { schema: { tags, summary: 'Contents that became available in a span of time, the last 24 hours where none is given.', params: Tenant, querystring: Listing, response: { 200: Type.Array(Content), ...failures } } }, async (request: FastifyRequest<{ Params: { tenantId: string }; Querystring: { contentType?: string; startTime?: string; endTime?: string; nextPage?: string } }>, reply) => {
    const { tenantId } = request.params
    const { contentType = '', startTime, endTime, nextPage } = request.query
    const entry = await gate(tenantId, contentType)
    if (typeof entry === 'string') return refuse(reply, entry)
    const { subscribedAtMs } = entry.settings
    if (subscribedAtMs === undefined) return refuse(reply, 'AF20022')
    // Without an end, what became available just now is in it.
    const toMs = endTime === undefined ? now() + 1 : readTime(endTime)
    const fromMs = startTime === undefined ? toMs - DAY_MS : readTime(startTime)
    const isSpan = (startTime === undefined) === (endTime === undefined) && toMs > fromMs && toMs - fromMs <= WIDEST_MS && fromMs >= now() - KEPT_MS
    if (!isSpan) return refuse(reply, 'AF20030')
    if (nextPage !== undefined && !/^\d{1,15}$/.test(nextPage)) return refuse(reply, 'AF20031')
    // What was made before somebody subscribed is not for them.
    const { items, nextSeq } = await listContents(store, { fromMs: Math.max(fromMs, subscribedAtMs), toMs, nowMs: now(), afterSeq: Number(nextPage ?? 0), ...visibleOf(request) })
    if (nextSeq !== undefined) {
      const query = new URLSearchParams({ contentType: CONTENT_TYPE, startTime: new Date(fromMs).toISOString(), endTime: new Date(toMs).toISOString(), nextPage: String(nextSeq) })
      void reply.header('NextPageUri', `${rootOf(tenantId)}/subscriptions/content?${query.toString()}`)
    }
    return reply.send(items.map(({ contentId, createdAtMs, expiresAtMs }) => ({ contentType: CONTENT_TYPE, contentId, contentUri: `${rootOf(tenantId)}/audit/${contentId}`, contentCreated: new Date(createdAtMs).toISOString(), contentExpiration: new Date(expiresAtMs).toISOString() })))
  })

  app.get(`${base}/audit/:contentId`, { schema: { tags, summary: 'The records of a content.', params: Type.Object({ ...Tenant.properties, contentId: Type.String({ maxLength: 64 }) }), querystring: WithType, response: { 200: Type.Array(Type.Record(Type.String(), Type.Unknown())), ...failures } } }, async (request, reply) => {
    const { tenantId, contentId } = request.params
    const entry = await gate(tenantId, undefined)
    if (typeof entry === 'string') return refuse(reply, entry)
    if (entry.settings.subscribedAtMs === undefined) return refuse(reply, 'AF20022')
    const { visible } = visibleOf(request)
    const found = await readContent(store, contentId, now(), visible, entry.settings.names ? (ids) => store.usersByIds(ids) : undefined)
    if (found.kind !== 'content') return refuse(reply, found.kind === 'none' ? 'AF20050' : 'AF20051')
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'feed.read', targetKind: 'feed', targetId: contentId, detail: { records: found.records.length, names: entry.settings.names }, atMs: now() }))
    return reply.send([...found.records])
  })
}
