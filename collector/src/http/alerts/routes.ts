import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import { assign, decide } from '../../domain/cases/alert-transitions.ts'
import { CodedError } from '../../errors.ts'
import type { AlertQuery, PersonFilter, StoreReader } from '../../store/store.ts'
import { presentActivity } from '../activities/present.ts'
import type { HttpDeps } from '../context.ts'
import { alertOf, principalOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { Id } from '../primitives.ts'
import { presentAlert, presentAlertDetail } from './present.ts'
import { AlertDetail, AlertListQuery, AlertPage, AlertPatch, AlertStatistics, type AlertView } from './schema.ts'

const sorts: Readonly<Record<string, AlertQuery['sort']>> = { createdAt: 'created_at', updatedAt: 'updated_at', score: 'score' }

/** The revision of an If-Match header such as `"3"`. */
function revisionOf(header: string | undefined): number {
  const found = /^(?:W\/)?"(\d+)"$/.exec(header ?? '')
  if (found?.[1] === undefined) throw new CodedError('REVISION_REQUIRED')
  return Number(found[1])
}

export async function presentAlerts(store: StoreReader, alerts: readonly Alert[]): Promise<readonly AlertView[]> {
  const [{ users }, policies, accounts] = await Promise.all([lookUp(store, alerts.map((alert) => alert.userId)), store.policies(), store.accounts()])
  const policyById = new Map(policies.map((policy) => [policy.id, policy]))
  const names = new Map(accounts.map((account) => [account.id, account.name]))
  return alerts.map((alert) => presentAlert(alert, policyById.get(alert.policyId), users.get(alert.userId), alert.assigneeId === undefined ? undefined : names.get(alert.assigneeId)))
}

export const alertRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const detailOf = async (reader: StoreReader, alert: Alert) => {
    const activities = await reader.activitiesByIds([...new Set(alert.parts.flatMap((part) => [...part.evidence]))])
    const [[view], known, history] = await Promise.all([presentAlerts(reader, [alert]), lookUp(reader, [alert.userId], activities.map((activity) => activity.deviceId)), reader.alertHistory(alert.id)])
    if (view === undefined) throw new CodedError('NOT_FOUND', { what: 'alert' })
    return presentAlertDetail(alert, view, activities.map((activity) => presentActivity(activity, known.users.get(activity.userId), known.devices.get(activity.deviceId)?.hostname, deps.detection)), history)
  }

  app.get('/api/v1/alerts', { schema: { tags: ['alerts'], summary: 'The alert queue.', querystring: AlertListQuery, response: { 200: AlertPage } } }, async (request) => {
    const { limit = 50, cursor, status, severity, policyId, userId, from, to, sort = '-updatedAt' } = request.query
    const page = await store.alerts({
      limit, ...visibleOf(request), ...(cursor === undefined ? {} : { cursor }), ...(status === undefined ? {} : { status }), ...(severity === undefined ? {} : { severity }), ...(policyId === undefined ? {} : { policyId }), ...(userId === undefined ? {} : { userId }),
      ...(from === undefined ? {} : { createdFromMs: Date.parse(from) }), ...(to === undefined ? {} : { createdToMs: Date.parse(to) }),
      sort: sorts[sort.replace('-', '')] ?? 'updated_at', descending: sort.startsWith('-'),
    })
    return { items: [...(await presentAlerts(store, page.items))], ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  app.get('/api/v1/alerts/statistics', { schema: { tags: ['alerts'], summary: 'Alerts by status and severity.', response: { 200: AlertStatistics } } }, async (request) => alertStatistics(deps, visibleOf(request).visible))

  app.get('/api/v1/alerts/:id', { schema: { tags: ['alerts'], summary: 'One alert with everything behind it.', params: Type.Object({ id: Id }), response: { 200: AlertDetail } } }, async (request, reply) => {
    const alert = await alertOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'alert.viewed', targetKind: 'alert', targetId: alert.id, atMs: deps.now() }))
    void reply.header('etag', `"${alert.revision}"`)
    return detailOf(store, alert)
  })

  app.patch('/api/v1/alerts/:id', { schema: { tags: ['alerts'], summary: 'Decide on an alert, or give it to somebody.', params: Type.Object({ id: Id }), body: AlertPatch, response: { 200: AlertDetail } } }, async (request, reply) => {
    const revision = revisionOf(request.headers['if-match'])
    const { body } = request
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const changed = await store.write(async (tx) => {
      const alert = await alertOf(request, tx, request.params.id)
      if (alert.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      if ('assigneeId' in body) {
        if (body.assigneeId !== null && (await tx.account(body.assigneeId)) === undefined) throw new CodedError('NOT_FOUND', { what: 'account' })
        const assigned = assign(alert, body.assigneeId ?? undefined, atMs)
        await tx.saveAlert(assigned)
        await tx.appendAlertHistory({ alertId: alert.id, atMs, actorId: actor.name, what: 'assigned', ...(body.assigneeId === null ? {} : { to: body.assigneeId }) })
        await appendAudit(tx, { actor, action: 'alert.assigned', targetKind: 'alert', targetId: alert.id, detail: { assigneeId: body.assigneeId }, atMs })
        return assigned
      }
      // One open alert for each user and policy: what a second one would hold has joined the first.
      const opens = body.status === 'needs_review' || body.status === 'confirmed'
      if (opens && (await tx.alertsOfUser(alert.userId)).some((other) => other.id !== alert.id && other.policyId === alert.policyId && (other.status === 'needs_review' || other.status === 'confirmed'))) throw new CodedError('ALERT_TRANSITION', { from: alert.status, to: body.status })
      const outcome = decide(alert, { to: body.status, ...('reason' in body ? { reason: body.reason } : {}), ...(body.note === undefined ? {} : { note: body.note }) }, atMs)
      if (outcome.kind === 'refused') throw new CodedError('ALERT_TRANSITION', { from: outcome.from, to: outcome.to })
      await tx.saveAlert(outcome.alert)
      await tx.appendAlertHistory({ alertId: alert.id, atMs, actorId: actor.name, what: 'status', from: alert.status, to: outcome.alert.status, ...(body.note === undefined ? {} : { note: body.note }) })
      await appendAudit(tx, { actor, action: `alert.${outcome.alert.status}`, targetKind: 'alert', targetId: alert.id, detail: { from: alert.status, ...('reason' in body ? { reason: body.reason } : {}) }, atMs })
      return outcome.alert
    })
    // A level that rests on this alert may end with it; if this fails, the next evaluation of the user finds it.
    await deps.riskLevels?.consider([changed.userId]).catch(() => [])
    deps.live.publish({ topic: 'alert.updated', alertId: changed.id, severity: changed.severity, userId: changed.userId })
    void reply.header('etag', `"${changed.revision}"`)
    return detailOf(store, changed)
  })
}

export async function alertStatistics(deps: HttpDeps, visible?: PersonFilter) {
  const { counts, meanDecisionMs } = await deps.store.alertStatistics(deps.now(), visible)
  const needs = (severity: string) => counts.find((row) => row.status === 'needs_review' && row.severity === severity)?.count ?? 0
  return { needsReview: { low: needs('low'), medium: needs('medium'), high: needs('high') }, counts: [...counts], ...(meanDecisionMs === undefined ? {} : { meanDecisionSecs: meanDecisionMs / 1000 }) }
}
