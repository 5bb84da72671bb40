import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import type { Permission } from '../../access/permissions.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import type { SavedView } from '../../store/alerts.ts'
import type { StoreReader } from '../../store/store.ts'
import { revisionOf } from '../alerts/routes.ts'
import { selectionOf } from '../alerts/selection.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { DefaultViewRequest, SavedViewList, SavedViewQuery, SavedViewRequest, SavedViewView } from './schema.ts'

const MOST_VIEWS = 100
const MOST_COUNTED = 1000
const Params = Type.Object({ id: Id })
/** Who may see the list may keep views of it. */
const needs: Readonly<Record<string, Permission>> = { alerts: 'alert.read', activities: 'activity.read', users: 'user.read', audit: 'audit.read' }
const maySee = (request: FastifyRequest, resource: string): boolean => needs[resource] === undefined || principalOf(request).permissions.has(needs[resource])

export const savedViewRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['saved-views']
  const present = (view: SavedView, accountId: string, isDefault: boolean, count?: number): SavedViewView => ({
    id: view.id, resource: view.resource, name: view.name, isShared: view.isShared, isMine: view.ownerId === accountId, owner: view.ownerName, isDefault, filter: view.filter as SavedViewView['filter'], ...(view.columns === undefined ? {} : { columns: [...view.columns] }),
    ...(view.sort === undefined ? {} : { sort: view.sort }), updatedAt: new Date(view.updatedAtMs).toISOString(), revision: view.revision, ...(count === undefined ? {} : { count }),
  })
  /** A view of one's own or a shared one. @throws NOT_FOUND */
  const viewOf = async (reader: StoreReader, id: string, accountId: string): Promise<SavedView> => {
    const view = await reader.savedView(id)
    if (view === undefined || (view.ownerId !== accountId && !view.isShared)) throw new CodedError('NOT_FOUND', { what: 'view' })
    return view
  }
  /** Only who made it changes it. @throws NOT_FOUND, NOT_ALLOWED, REVISION_CONFLICT */
  const ownOf = async (reader: StoreReader, request: FastifyRequest, id: string): Promise<SavedView> => {
    const { actor } = principalOf(request)
    const view = await viewOf(reader, id, actor.id)
    if (view.ownerId !== actor.id) throw new CodedError('NOT_ALLOWED')
    if (view.revision !== revisionOf(request.headers['if-match'])) throw new CodedError('REVISION_CONFLICT')
    return view
  }
  const countOf = async (request: FastifyRequest, view: SavedView): Promise<number | undefined> => {
    const { permissions, actor } = principalOf(request)
    if (view.resource !== 'alerts' || !permissions.has('alert.read')) return undefined
    return store.alertCount(await selectionOf(store, view.filter, deps.now(), { accountId: actor.id, ...visibleOf(request) }), MOST_COUNTED)
  }

  app.get('/api/v1/saved-views', { schema: { tags, summary: 'One’s own views of a list and the shared ones, with how much each holds.', querystring: SavedViewQuery, response: { 200: SavedViewList } } }, async (request) => {
    const { actor } = principalOf(request)
    const { resource, counts = false } = request.query
    if (!maySee(request, resource)) return { items: [] }
    const [views, chosen] = await Promise.all([store.savedViews(actor.id, resource), store.defaultView(actor.id, resource)])
    return { items: await Promise.all(views.map(async (view) => present(view, actor.id, view.id === chosen, counts ? await countOf(request, view) : undefined))) }
  })

  app.post('/api/v1/saved-views', { schema: { tags, summary: 'Keep a view.', body: SavedViewRequest, response: { 201: SavedViewView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { resource, name, isShared, filter, columns, sort } = request.body
    if (!maySee(request, resource)) throw new CodedError('NOT_ALLOWED')
    const view: SavedView = { id: `sv_${uuid().replaceAll('-', '')}`, resource, name: name.trim(), isShared, filter, ownerId: actor.id, ownerName: actor.name, updatedAtMs: deps.now(), revision: 1, ...(columns === undefined ? {} : { columns }), ...(sort === undefined ? {} : { sort }) }
    await store.write(async (tx) => {
      if ((await tx.savedViews(actor.id, resource)).filter((one) => one.ownerId === actor.id).length >= MOST_VIEWS) throw new CodedError('SAVED_VIEW_LIMIT', { limit: MOST_VIEWS })
      await tx.saveSavedView(view)
      await appendAudit(tx, { actor, action: 'saved_view.created', targetKind: 'saved_view', targetId: view.id, detail: { resource, name: view.name, isShared, filter }, atMs: deps.now() })
    })
    return reply.code(201).header('etag', '"1"').send(present(view, actor.id, false))
  })

  app.put('/api/v1/saved-views/default', { schema: { tags, summary: 'The view that a list begins with for oneself; null for none.', body: DefaultViewRequest, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { resource, viewId } = request.body
    await store.write(async (tx) => {
      if (viewId !== null && (await viewOf(tx, viewId, actor.id)).resource !== resource) throw new CodedError('NOT_FOUND', { what: 'view' })
      await tx.saveDefaultView(actor.id, resource, viewId ?? undefined)
      await appendAudit(tx, { actor, action: 'saved_view.default_chosen', targetKind: 'saved_view', targetId: viewId ?? '-', detail: { resource }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })

  app.put('/api/v1/saved-views/:id', { schema: { tags, summary: 'Change a view of one’s own.', params: Params, body: SavedViewRequest, response: { 200: SavedViewView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { resource, name, isShared, filter, columns, sort } = request.body
    const view = await store.write(async (tx) => {
      const before = await ownOf(tx, request, request.params.id)
      if (before.resource !== resource) throw new CodedError('NOT_FOUND', { what: 'view' })
      const next: SavedView = { id: before.id, resource, name: name.trim(), isShared, filter, ownerId: before.ownerId, ownerName: actor.name, updatedAtMs: deps.now(), revision: before.revision + 1, ...(columns === undefined ? {} : { columns }), ...(sort === undefined ? {} : { sort }) }
      await tx.saveSavedView(next)
      await appendAudit(tx, { actor, action: 'saved_view.changed', targetKind: 'saved_view', targetId: next.id, detail: { before: { name: before.name, isShared: before.isShared, filter: before.filter }, after: { name: next.name, isShared, filter } }, atMs: deps.now() })
      return next
    })
    void reply.header('etag', `"${view.revision}"`)
    return present(view, actor.id, (await store.defaultView(actor.id, resource)) === view.id)
  })

  app.delete('/api/v1/saved-views/:id', { schema: { tags, summary: 'Delete a view of one’s own; whoever began with it begins with none.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const before = await ownOf(tx, request, request.params.id)
      await tx.deleteSavedView(before.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'saved_view.deleted', targetKind: 'saved_view', targetId: before.id, detail: { name: before.name, isShared: before.isShared }, atMs: deps.now() })
    })
    return reply.code(204).send(null)
  })
}
