// User activity reports: asked for, made in the background, kept, shared by link, taken away as files.
//
// A link is a key to one report that ends; it opens nothing by itself. Whoever follows it signs in, needs the permission for
// reports, and must be allowed to see the person. It narrows, and never widens, what an account may see.
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { v7 as uuid } from 'uuid'
import type { ReportJobs, ReportResult } from '../../analysis/report-jobs.ts'
import { permissionsOf } from '../../access/permissions.ts'
import { appendAudit } from '../../audit/chain.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { dayText } from '../../domain/risk/words.ts'
import type { User } from '../../domain/people/user.ts'
import { CodedError } from '../../errors.ts'
import { retentionSettings } from '../../privacy/settings.ts'
import type { ReportShare, StoredReport } from '../../store/reports.ts'
import type { StoreReader, StoreWriter } from '../../store/store.ts'
import { presentAlerts } from '../alerts/routes.ts'
import { accountNames } from '../cases/present.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { assertVisible, principalOf, userOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { hiddenNames, type Names, namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { sendRows } from '../rows-stream.ts'
import { presentPicture } from './present.ts'
import { presentDismissal } from './report-routes.ts'
import { ReportDetail, ReportListQuery, ReportOrder, ReportPage, type ReportView, ShareCreated, ShareRequest, type ShareView } from './stored-report-schema.ts'
import type { UserChart } from './schema.ts'

const DAY_MS = 86_400_000
/** More than 2 and at most 90 days; source: the published range of Purview's user activity reports. */
const LEAST_DAYS = 3
const MOST_DAYS = 90
const TOKEN_BYTES = 24
const Params = Type.Object({ id: Id })
const iso = (ms: number): string => new Date(ms).toISOString()
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

function presentReport(report: StoredReport, user: User | undefined, keptDays: number | null, names: Names): ReportView {
  return {
    id: report.id, user: names.ref(user, report.userId), from: dayText(report.fromDay), to: dayText(report.toDay), days: report.toDay - report.fromDay + 1, reason: names.text(report.reason, user), state: report.state, progress: report.progress, activities: report.activities,
    createdAt: iso(report.createdAtMs), createdBy: report.byName, ...(report.endedAtMs === undefined ? {} : { finishedAt: iso(report.endedAtMs) }), ...(keptDays === null ? {} : { keptUntil: iso(report.createdAtMs + keptDays * DAY_MS) }), ...(report.code === undefined ? {} : { code: report.code }),
  }
}

const presentShare = (share: ReportShare, naming: Awaited<ReturnType<typeof accountNames>>, nowMs: number): ShareView => ({
  id: share.id, createdAt: iso(share.createdAtMs), createdBy: share.byName, expiresAt: iso(share.expiresAtMs), state: share.revokedAtMs !== undefined ? 'revoked' : share.expiresAtMs <= nowMs ? 'expired' : 'live', accounts: share.accountIds.map(naming),
})

/** A report on a person whom the asker may see. @throws NOT_FOUND */
async function reportOf(request: FastifyRequest, reader: StoreReader, id: string): Promise<{ readonly report: StoredReport; readonly user: User }> {
  const report = await reader.report(id)
  const user = report === undefined ? undefined : await reader.user(report.userId)
  assertVisible(request, user, 'report')
  if (report === undefined) throw new CodedError('NOT_FOUND', { what: 'report' })
  return { report, user }
}

async function detailOf(store: StoreReader, report: StoredReport, user: User, names: Names, nowMs: number): Promise<ReportDetail> {
  const [text, shares, naming, { value }] = await Promise.all([store.reportResult(report.id), store.reportShares(report.id), accountNames(store), retentionSettings(store)])
  const view = { ...presentReport(report, user, value.days.reports, names), shares: shares.map((share) => presentShare(share, naming, nowMs)) }
  if (report.state !== 'done' || text === undefined) return view
  // This process or one before it wrote it.
  const { picture, ...result } = JSON.parse(text) as ReportResult
  const fromMs = report.fromDay * DAY_MS
  const toMs = (report.toDay + 1) * DAY_MS
  const [alerts, dismissed, { devices }] = await Promise.all([store.alertsOfUser(user.id), store.dismissedActivities(user.id, fromMs, toMs), lookUp(store, [], result.devices.map(({ name }) => name))])
  const own = alerts.filter((alert) => alert.lastActivityAtMs >= fromMs && alert.firstActivityAtMs < toMs)
  return {
    ...view,
    result: {
      ...result, chart: presentPicture(picture, user, { triggers: true }, names), categories: [...result.categories], kinds: [...result.kinds], hours: [...result.hours], destinations: [...result.destinations],
      programs: result.programs.map((row) => ({ ...row, name: names.text(row.name, user) })), devices: result.devices.map((row) => ({ ...row, id: row.name, name: names.host(devices.get(row.name)?.hostname ?? row.name, user) })),
      alerts: [...(await presentAlerts(store, own, names, nowMs))], dismissed: dismissed.map((row) => ({ ...presentDismissal(row), reason: names.text(row.reason, user) })),
    },
  }
}

const columns: Readonly<Record<string, (row: UserChart['points'][number]) => string | number | undefined>> = {
  day: (row) => row.day, indicator: (row) => row.indicator, label: (row) => row.label, category: (row) => row.category, score: (row) => row.score, severity: (row) => row.severity, events: (row) => row.events, excludedEvents: (row) => row.excludedEvents, reviewedEvents: (row) => row.reviewedEvents,
  files: (row) => row.files, bytes: (row) => row.bytes, firstAt: (row) => row.firstAt, lastAt: (row) => row.lastAt,
}

/** Accounts that may see reports, by id. @throws REQUEST_INVALID when one of the ids is none of them */
async function assertReaders(reader: StoreReader, ids: readonly string[]): Promise<void> {
  const readers = new Set((await reader.accounts()).filter((account) => !account.disabled && permissionsOf(account.roles).has('user.report')).map(({ id }) => id))
  const stranger = ids.findIndex((id) => !readers.has(id))
  if (stranger !== -1) throw new InvalidRequest([{ pointer: `/accountIds/${stranger}`, detail: 'is no account that may see reports' }])
}

export const storedReportRoutes = (deps: HttpDeps, jobs: ReportJobs): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['reports']
  const audit = (tx: StoreWriter, request: FastifyRequest, action: string, report: StoredReport, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    appendAudit(tx, { actor: principalOf(request).actor, action, targetKind: 'user', targetId: report.userId, detail: { report: report.id, ...detail }, atMs: deps.now() })

  app.get('/api/v1/user-reports', { schema: { tags, summary: 'Reports on what users did, newest first.', querystring: ReportListQuery, response: { 200: ReportPage } } }, async (request) => {
    const { limit = 50, ...query } = request.query
    const page = await store.reports({ limit, ...visibleOf(request), ...query })
    const { users } = await lookUp(store, page.items.map((report) => report.userId))
    const { value } = await retentionSettings(store)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'report.listed', targetKind: 'organisation', targetId: '-', detail: { rows: page.items.length }, atMs: deps.now() }))
    return { ...page, items: page.items.map((report) => presentReport(report, users.get(report.userId), value.days.reports, namesOf(request))) }
  })

  app.post('/api/v1/user-reports', { schema: { tags, summary: 'Ask for a report on any user over 3 to 90 days, policy or not; it is made in the background.', body: ReportOrder, response: { 202: ReportDetail } } }, async (request, reply) => {
    const { userId, from, to, reason } = request.body
    const fromDay = dayOf(Date.parse(from))
    const toDay = dayOf(Date.parse(to))
    const days = toDay - fromDay + 1
    if (days < LEAST_DAYS || days > MOST_DAYS) throw new InvalidRequest([{ pointer: '/to', detail: `must lie ${LEAST_DAYS - 1} to ${MOST_DAYS - 1} days after from: a report covers ${LEAST_DAYS} to ${MOST_DAYS} days` }])
    if (fromDay > dayOf(deps.now())) throw new InvalidRequest([{ pointer: '/from', detail: 'must not lie ahead' }])
    const { actor } = principalOf(request)
    const { report, user } = await store.write(async (tx) => {
      const about = await userOf(request, tx, userId)
      const made: StoredReport = { id: `ur_${uuid().replaceAll('-', '')}`, userId: about.id, fromDay, toDay, reason, state: 'queued', progress: 0, byId: actor.id, byName: actor.name, createdAtMs: deps.now(), activities: 0, tries: 0 }
      await tx.saveActivityReport(made)
      await audit(tx, request, 'report.requested', made, { from, to, reason })
      return { report: made, user: about }
    })
    jobs.wake()
    deps.live.publish({ topic: 'report.state', reportId: report.id, userId: report.userId, state: report.state, progress: 0 })
    return reply.code(202).send(await detailOf(store, report, user, namesOf(request), deps.now()))
  })

  app.get('/api/v1/user-reports/:id', { schema: { tags, summary: 'One report: how far it is, or what came out.', params: Params, response: { 200: ReportDetail } } }, async (request) => {
    const { report, user } = await reportOf(request, store, request.params.id)
    // Somebody who watches the progress looks once.
    if (report.state === 'done') await store.write((tx) => audit(tx, request, 'report.viewed', report))
    return detailOf(store, report, user, namesOf(request), deps.now())
  })

  app.delete('/api/v1/user-reports/:id', { schema: { tags, summary: 'Delete a report and the links to it; one that is being made ends.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const { report } = await reportOf(request, tx, request.params.id)
      await tx.deleteReport(report.id)
      await audit(tx, request, 'report.deleted', report)
    })
    return reply.code(204).send(null)
  })

  app.get('/api/v1/user-reports/:id/export', { schema: { tags, summary: 'The report as a file, under pseudonyms: CSV with a row for each day and indicator, or JSON with everything.', params: Params, querystring: Type.Object({ format: Type.Union([Type.Literal('csv'), Type.Literal('json')]), bom: Type.Optional(Type.Boolean()) }, { additionalProperties: false }) } }, async (request, reply) => {
    const { format, bom = false } = request.query
    const { report, user } = await reportOf(request, store, request.params.id)
    if (report.state !== 'done') throw new CodedError('REPORT_NOT_DONE')
    await store.write((tx) => audit(tx, request, 'report.exported', report, { format }))
    const { shares: _shares, ...detail } = await detailOf(store, report, user, hiddenNames, deps.now())
    const name = `user-report-${user.pseudonym}-${detail.from}-${detail.to}`
    if (format === 'csv') return sendRows(reply, { name, format, bom, columns, rows: (async function* () { yield* detail.result?.chart.points ?? [] })() })
    return reply.type('application/json; charset=utf-8').header('content-disposition', `attachment; filename="${name}.json"`).header('cache-control', 'no-store').send(JSON.stringify(detail, undefined, 2))
  })

  app.post('/api/v1/user-reports/:id/shares', { schema: { tags, summary: 'A link that ends, for accounts that may see reports; the token is shown once.', params: Params, body: ShareRequest, response: { 201: ShareCreated } } }, async (request, reply) => {
    const { days, accountIds = [] } = request.body
    const { actor } = principalOf(request)
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const share = await store.write(async (tx) => {
      const { report } = await reportOf(request, tx, request.params.id)
      await assertReaders(tx, accountIds)
      const made: ReportShare = { id: `us_${uuid().replaceAll('-', '')}`, reportId: report.id, tokenHash: hashOf(token), accountIds, createdAtMs: deps.now(), byId: actor.id, byName: actor.name, expiresAtMs: deps.now() + days * DAY_MS }
      await tx.saveReportShare(made)
      await audit(tx, request, 'report.shared', report, { share: made.id, days, accounts: accountIds })
      return made
    })
    return reply.code(201).send({ ...presentShare(share, await accountNames(store), deps.now()), token, path: `/reports/shared/${token}` })
  })

  app.delete('/api/v1/user-reports/:id/shares/:shareId', { schema: { tags, summary: 'End a link before its time.', params: Type.Object({ id: Id, shareId: Id }), response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      const { report } = await reportOf(request, tx, request.params.id)
      const share = await tx.reportShare(request.params.shareId)
      if (share === undefined || share.reportId !== report.id) throw new CodedError('NOT_FOUND', { what: 'link' })
      if (share.revokedAtMs === undefined) await tx.saveReportShare({ ...share, revokedAtMs: deps.now() })
      await audit(tx, request, 'report.share_ended', report, { share: share.id })
    })
    return reply.code(204).send(null)
  })

  app.get('/api/v1/user-reports/shared/:token', { schema: { tags, summary: 'The report behind a link, for an account that it is for.', params: Type.Object({ token: Type.String({ minLength: 32, maxLength: 32, pattern: '^[A-Za-z0-9_-]+$' }) }), response: { 200: ReportDetail } } }, async (request) => {
    const share = await store.reportShareByHash(hashOf(request.params.token))
    if (share === undefined) throw new CodedError('NOT_FOUND', { what: 'link' })
    const { report, user } = await reportOf(request, store, share.reportId)
    const { actor } = principalOf(request)
    const isOver = share.revokedAtMs !== undefined || share.expiresAtMs <= deps.now()
    if (isOver || (share.accountIds.length > 0 && !share.accountIds.includes(actor.id) && actor.id !== share.byId)) {
      await store.write((tx) => audit(tx, request, 'report.share_refused', report, { share: share.id }))
      throw new CodedError('SHARE_OVER')
    }
    await store.write((tx) => audit(tx, request, 'report.share_opened', report, { share: share.id }))
    return detailOf(store, report, user, namesOf(request), deps.now())
  })
}
