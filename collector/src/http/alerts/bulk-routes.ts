// The same decision about many alerts at once, and taking the last decision back.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { isVisible } from '../../access/visibility.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import { CodedError } from '../../errors.ts'
import type { StoreWriter } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { act, type Deed, dismissal, type Outcome, presentUndo, takeBack, type Wanted } from './deeds.ts'
import { afterChange, assigneeOf } from './views.ts'
import { type AlertBulkRequest, AlertBulkRequest as Body, AlertBulkResult, AlertUndoRequest, MOST_AT_ONCE } from './schema.ts'
import { selectionOf } from './selection.ts'

/** Those alerts of a list that the asker may see. */
async function seenOf(tx: StoreWriter, request: FastifyRequest, ids: readonly string[]): Promise<ReadonlyMap<string, Alert>> {
  const { visible } = principalOf(request)
  const alerts = await tx.alertsByIds(ids)
  if (visible === undefined) return new Map(alerts.map((alert) => [alert.id, alert]))
  const users = new Map((await tx.usersByIds([...new Set(alerts.map((alert) => alert.userId))])).map((user) => [user.id, user]))
  return new Map(alerts.flatMap((alert) => {
    const user = users.get(alert.userId)
    return user !== undefined && isVisible(visible, user) ? [[alert.id, alert] as const] : []
  }))
}

const present = ({ changed, failed, operation }: Outcome): AlertBulkResult => ({ done: changed.map(({ id }) => id), failed: failed.map((row) => ({ ...row })), ...(operation === undefined ? {} : { undo: presentUndo(operation) }) })

export const bulkRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  /** Which are meant. @throws ALERT_BULK_LIMIT, ALERT_BULK_CHANGED */
  const wantedOf = async (tx: StoreWriter, request: FastifyRequest, { alerts, matching, expected }: AlertBulkRequest): Promise<readonly Wanted[]> => {
    if ((alerts === undefined) === (matching === undefined)) throw new InvalidRequest([{ pointer: '/body', detail: 'needs either alerts or matching' }])
    if (alerts !== undefined) return alerts.filter((one, index) => alerts.findIndex(({ id }) => id === one.id) === index)
    const selection = await selectionOf(tx, matching ?? {}, deps.now(), { accountId: principalOf(request).actor.id, ...visibleOf(request) })
    const page = await tx.alerts({ ...selection, limit: MOST_AT_ONCE, sort: 'updated_at', descending: true })
    const count = page.total ?? page.items.length
    if (expected !== undefined && count > expected) throw new CodedError('ALERT_BULK_CHANGED', { count, expected })
    if (count > MOST_AT_ONCE) throw new CodedError('ALERT_BULK_LIMIT', { count, limit: MOST_AT_ONCE })
    return page.items.map(({ id, revision }) => ({ id, revision }))
  }

  app.post('/api/v1/alerts/bulk', { schema: { tags: ['alerts'], summary: `Dismiss or assign up to ${MOST_AT_ONCE} alerts; those that cannot be changed are named.`, body: Body, response: { 200: AlertBulkResult } } }, async (request) => {
    const { body } = request
    const { actor } = principalOf(request)
    const outcome = await store.write(async (tx) => {
      const wanted = await wantedOf(tx, request, body)
      const deed: Deed = body.action === 'dismiss' ? dismissal(body.reason, body.note) : { kind: 'assign', assigneeId: body.assigneeId === null ? undefined : await assigneeOf(tx, body.assigneeId, actor.id) }
      const seen = await seenOf(tx, request, wanted.map(({ id }) => id))
      return act(tx, { actor, wanted, deed, atMs: deps.now(), find: async (id) => seen.get(id), ...(body.action === 'dismiss' ? { from: 'needs_review' } : {}) })
    })
    await afterChange(deps, outcome.changed)
    return present(outcome)
  })

  app.post('/api/v1/alerts/undo', { schema: { tags: ['alerts'], summary: 'Take one’s own last change back, within ten seconds; what was changed since is named and stays.', body: AlertUndoRequest, response: { 200: AlertBulkResult } } }, async (request) => {
    const outcome = await store.write((tx) => takeBack(tx, { actor: principalOf(request).actor, operationId: request.body.operationId, atMs: deps.now() }))
    await afterChange(deps, outcome.changed)
    return present(outcome)
  })
}
