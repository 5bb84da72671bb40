import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { AlertSelection } from '../../store/alerts.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf, visibleOf } from '../guard.ts'
import { sendRows } from '../rows-stream.ts'
import { presentAlerts } from './views.ts'
import { AlertExportQuery, type AlertView } from './schema.ts'
import { orderOf, selectionOf } from './selection.ts'

const PAGE = 500

const columns: Readonly<Record<string, (alert: AlertView) => string | number | boolean | undefined>> = {
  id: (alert) => alert.id, severity: (alert) => alert.severity, score: (alert) => alert.score, status: (alert) => alert.status, headline: (alert) => alert.headline, user: (alert) => alert.user.pseudonym, policy: (alert) => alert.policy,
  trigger: (alert) => alert.trigger.kind, factors: (alert) => alert.factors.join(' '), assignee: (alert) => alert.assignee?.name, dismissReason: (alert) => alert.dismissReason, caseId: (alert) => alert.caseId, newData: (alert) => alert.newData,
  firstActivityAt: (alert) => alert.firstActivityAt, lastActivityAt: (alert) => alert.lastActivityAt, createdAt: (alert) => alert.createdAt, updatedAt: (alert) => alert.updatedAt, dueAt: (alert) => alert.dueAt, overdue: (alert) => alert.overdue,
}

export const exportRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  /** Page by page; names stay hidden whatever is revealed, because a file goes anywhere. */
  async function* rowsOf(selection: AlertSelection, sort: string): AsyncGenerator<AlertView> {
    let cursor: string | undefined
    do {
      const page = await store.alerts({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }), ...selection, ...orderOf(sort) })
      yield* await presentAlerts(store, page.items, undefined, deps.now())
      cursor = page.nextCursor
    } while (cursor !== undefined)
  }
  app.get('/api/v1/alerts/export', { schema: { tags: ['alerts'], summary: 'All alerts that match, as CSV or JSON lines, under pseudonyms.', querystring: AlertExportQuery } }, async (request, reply) => {
    const { format, bom = false, sort = '-updatedAt', ...filter } = request.query
    const { actor } = principalOf(request)
    const selection = await selectionOf(store, filter, deps.now(), { accountId: actor.id, ...visibleOf(request) })
    const rows = await store.alertCount(selection)
    await store.write((tx) => appendAudit(tx, { actor, action: 'alert.exported', targetKind: 'alert', targetId: '-', detail: { format, filter, rows }, atMs: deps.now() }))
    return sendRows(reply, { name: `alerts-${new Date(deps.now()).toISOString().slice(0, 10)}`, format, bom, columns, rows: rowsOf(selection, sort) })
  })
}
