import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { permissionsOf } from '../../access/permissions.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import { overdueBefore } from '../../domain/cases/decision-clock.ts'
import { SEVERITIES } from '../../domain/risk/score.ts'
import { dayText } from '../../domain/risk/words.ts'
import { CodedError } from '../../errors.ts'
import type { AlertFlow } from '../../store/alerts.ts'
import type { AlertHistoryRow, PersonFilter, StoreReader } from '../../store/store.ts'
import { presentActivity } from '../activities/present.ts'
import type { HttpDeps } from '../context.ts'
import { alertOf, principalOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { type Names, namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { act, type Deed, presentUndo } from './deeds.ts'
import { exportRoutes } from './export-routes.ts'
import { presentAlertDetail } from './present.ts'
import { AlertDetail, AlertListQuery, AlertPage, AlertPatch, AlertSettings, AlertStatistics, AssigneeList } from './schema.ts'
import { orderOf, selectionOf } from './selection.ts'
import { alertSettings, SETTING } from './settings.ts'
import { afterChange, assigneeOf, presentAlerts } from './views.ts'

export { afterChange, presentAlerts } from './views.ts'

const DAY_MS = 86_400_000

/** The revision of an If-Match header such as `"3"`. @throws REVISION_REQUIRED */
export function revisionOf(header: string | undefined): number {
  const found = /^(?:W\/)?"(\d+)"$/.exec(header ?? '')
  if (found?.[1] === undefined) throw new CodedError('REVISION_REQUIRED')
  return Number(found[1])
}

async function deedOf(tx: StoreReader, body: AlertPatch, actorId: string): Promise<Deed> {
  if ('assigneeId' in body) return { kind: 'assign', assigneeId: body.assigneeId === null ? undefined : await assigneeOf(tx, body.assigneeId, actorId) }
  return { kind: 'decide', to: body.status, ...('reason' in body ? { reason: body.reason } : {}), ...(body.note === undefined ? {} : { note: body.note }) }
}

/** History rows hold an assignee as an id, which outlives a new name; whoever reads it sees the name of today. */
async function namedHistory(reader: StoreReader, history: readonly AlertHistoryRow[]): Promise<readonly AlertHistoryRow[]> {
  if (!history.some(({ what, to }) => to !== undefined && (what === 'assigned' || what === 'undone'))) return history
  const names = new Map((await reader.accounts()).map(({ id, name }) => [id, name]))
  return history.map((row) => (row.to === undefined ? row : { ...row, to: names.get(row.to) ?? row.to }))
}

export const alertRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['alerts']
  const detailOf = async (reader: StoreReader, alert: Alert, names: Names) => {
    const activities = await reader.activitiesByIds([...new Set(alert.parts.flatMap((part) => [...part.evidence]))])
    const [[view], known, history] = await Promise.all([presentAlerts(reader, [alert], names, deps.now()), lookUp(reader, [alert.userId], activities.map((activity) => activity.deviceId)), reader.alertHistory(alert.id)])
    if (view === undefined) throw new CodedError('NOT_FOUND', { what: 'alert' })
    const presented = activities.map((activity) => presentActivity(activity, known.users.get(activity.userId), known.devices.get(activity.deviceId)?.hostname, deps.detection, names))
    return presentAlertDetail(alert, view, presented, await namedHistory(reader, history), known.users.get(alert.userId), names)
  }

  await app.register(bulkRoutes(deps))
  await app.register(exportRoutes(deps))

  app.get('/api/v1/alerts', { schema: { tags, summary: 'The alert queue.', querystring: AlertListQuery, response: { 200: AlertPage } } }, async (request) => {
    const { limit = 50, cursor, sort = '-updatedAt', ...filter } = request.query
    const selection = await selectionOf(store, filter, deps.now(), { accountId: principalOf(request).actor.id, ...visibleOf(request) })
    const page = await store.alerts({ limit, ...(cursor === undefined ? {} : { cursor }), ...selection, ...orderOf(sort) })
    return { items: [...(await presentAlerts(store, page.items, namesOf(request), deps.now()))], ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  app.get('/api/v1/alerts/statistics', { schema: { tags, summary: 'Alerts by status and severity, open ones over 30 days, and how long decisions take.', response: { 200: AlertStatistics } } }, async (request) => alertStatistics(deps, visibleOf(request).visible))

  app.get('/api/v1/alerts/assignees', { schema: { tags, summary: 'Accounts that an alert can be given to.', response: { 200: AssigneeList } } }, async () => ({
    items: (await store.accounts()).filter((account) => !account.disabled && permissionsOf(account.roles).has('alert.triage')).map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name)),
  }))

  app.get('/api/v1/settings/alerts', { schema: { tags, summary: 'How long alerts may wait for their first decision.', response: { 200: AlertSettings } } }, async (_request, reply) => {
    const { settings, revision } = await alertSettings(store)
    void reply.header('etag', `"${revision}"`)
    return settings
  })
  app.put('/api/v1/settings/alerts', { schema: { tags, summary: 'Change it; clocks of open alerts follow at once.', body: AlertSettings, response: { 200: AlertSettings } } }, async (request, reply) => {
    const seen = revisionOf(request.headers['if-match'])
    const revision = await store.write(async (tx) => {
      const before = await alertSettings(tx)
      if (before.revision !== seen) throw new CodedError('REVISION_CONFLICT')
      await tx.saveSetting(SETTING, JSON.stringify({ settings: request.body, revision: seen + 1 }))
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'settings.changed', targetKind: 'settings', targetId: SETTING, detail: { before: before.settings, after: request.body }, atMs: deps.now() })
      return seen + 1
    })
    void reply.header('etag', `"${revision}"`)
    return request.body
  })

  app.get('/api/v1/alerts/:id', { schema: { tags, summary: 'One alert with everything behind it.', params: Type.Object({ id: Id }), response: { 200: AlertDetail } } }, async (request, reply) => {
    const alert = await alertOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'alert.viewed', targetKind: 'alert', targetId: alert.id, atMs: deps.now() }))
    void reply.header('etag', `"${alert.revision}"`)
    return detailOf(store, alert, namesOf(request))
  })

  app.patch('/api/v1/alerts/:id', { schema: { tags, summary: 'Decide on an alert, or give it to somebody.', params: Type.Object({ id: Id }), body: AlertPatch, response: { 200: AlertDetail } } }, async (request, reply) => {
    const revision = revisionOf(request.headers['if-match'])
    const { actor } = principalOf(request)
    const { changed, operation } = await store.write(async (tx) => {
      const alert = await alertOf(request, tx, request.params.id)
      if (alert.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      const deed = await deedOf(tx, request.body, actor.id)
      const outcome = await act(tx, { actor, wanted: [{ id: alert.id }], deed, atMs: deps.now(), find: async () => alert })
      if (outcome.failed[0] !== undefined) throw new CodedError('ALERT_TRANSITION', { from: alert.status, to: deed.kind === 'decide' ? deed.to : alert.status })
      return outcome
    })
    const [after] = changed
    if (after === undefined) throw new CodedError('NOT_FOUND', { what: 'alert' })
    await afterChange(deps, changed)
    void reply.header('etag', `"${after.revision}"`)
    return { ...(await detailOf(store, after, namesOf(request))), ...(operation === undefined ? {} : { undo: presentUndo(operation) }) }
  })
}

/** Open at the end of each of the last 30 days, from what is open now back through what was opened and closed since. */
function openPerDay(openNow: Readonly<Record<string, number>>, opened: readonly AlertFlow[], closed: readonly AlertFlow[], nowMs: number): AlertStatistics['openPerDay'] {
  const today = Math.floor(nowMs / DAY_MS)
  const flow = new Map<string, number>()
  for (const { day, severity, count } of opened) flow.set(`${day} ${severity}`, (flow.get(`${day} ${severity}`) ?? 0) + count)
  for (const { day, severity, count } of closed) flow.set(`${day} ${severity}`, (flow.get(`${day} ${severity}`) ?? 0) - count)
  const rows: AlertStatistics['openPerDay'] = []
  const open = { low: openNow['low'] ?? 0, medium: openNow['medium'] ?? 0, high: openNow['high'] ?? 0 }
  for (let day = today; day > today - 30; day -= 1) {
    rows.push({ day: dayText(day), low: Math.max(0, open.low), medium: Math.max(0, open.medium), high: Math.max(0, open.high) })
    for (const severity of SEVERITIES) open[severity] -= flow.get(`${day} ${severity}`) ?? 0
  }
  return rows.toReversed()
}

export async function alertStatistics({ store, now }: Pick<HttpDeps, 'store' | 'now'>, visible?: PersonFilter): Promise<AlertStatistics> {
  const nowMs = now()
  const { settings } = await alertSettings(store)
  const [{ counts, meanDecisionMs, meanDecisionMsBySeverity, opened, closed }, overdue] = await Promise.all([
    store.alertStatistics(nowMs, visible), store.alertCount({ ...(visible === undefined ? {} : { visible }), openedBeforeMs: overdueBefore(settings.hoursToDecision, nowMs) }),
  ])
  const sum = (severity: string, ...status: readonly string[]) => counts.filter((row) => row.severity === severity && status.includes(row.status)).reduce((total, row) => total + row.count, 0)
  return {
    needsReview: { low: sum('low', 'needs_review'), medium: sum('medium', 'needs_review'), high: sum('high', 'needs_review') }, counts: [...counts], ...(meanDecisionMs === undefined ? {} : { meanDecisionSecs: meanDecisionMs / 1000 }),
    meanDecisionBySeverity: meanDecisionMsBySeverity.map(({ severity, meanMs, count }) => ({ severity, secs: meanMs / 1000, count })), overdue,
    openPerDay: openPerDay(Object.fromEntries(SEVERITIES.map((severity) => [severity, sum(severity, 'needs_review', 'confirmed')])), opened, closed, nowMs),
  }
}
