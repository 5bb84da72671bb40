import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { permissionsOf } from '../../access/permissions.ts'
import { appendAudit } from '../../audit/chain.ts'
import { decide } from '../../domain/cases/alert-transitions.ts'
import type { Alert, AlertStatus } from '../../domain/cases/alert.ts'
import { type Case, changeCase, openCase, reopenCase, resolveCase, touchCase } from '../../domain/cases/case.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { CodedError } from '../../errors.ts'
import { mailOf } from '../../notices/address.ts'
import { readCaseSettings, saveCaseSettings } from '../../notices/settings.ts'
import type { CaseQuery } from '../../store/cases.ts'
import type { StoreReader, StoreWriter } from '../../store/store.ts'
import { presentAlerts } from '../alerts/routes.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { alertOf, principalOf, visibleOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { assertActive, caseOf, contributorOf, revisionOf, seenCaseOf } from './access.ts'
import { accountNames, presentCase } from './present.ts'
import { CaseAlertsRequest, CaseDetail, CaseListQuery, CasePage, CasePatch, CaseRequest, CaseSettingsView, CaseStatistics, ReopenRequest, ResolutionRequest } from './schema.ts'

const Params = Type.Object({ id: Id })
const WEEK_MS = 7 * 86_400_000
const sorts: Readonly<Record<string, CaseQuery['sort']>> = { openedAt: 'opened_at', updatedAt: 'updated_at', dueAt: 'due_at' }

/** Alert to case: it is confirmed with the case, or stays so. */
async function takeAlert(tx: StoreWriter, alert: Alert, caseId: string, actor: { readonly id: string; readonly name: string }, atMs: number): Promise<void> {
  let taken: Alert = { ...alert, caseId, revision: alert.revision + 1, updatedAtMs: atMs }
  if (alert.status !== 'confirmed') {
    const outcome = decide(alert, { to: 'confirmed' }, atMs)
    if (outcome.kind === 'refused') throw new CodedError('CASE_ALERTS', { problem: `${alert.id} is ${alert.status}; put it back to review first` })
    taken = { ...outcome.alert, caseId }
    await tx.appendAlertHistory({ alertId: alert.id, atMs, actorId: actor.name, what: 'status', from: alert.status, to: 'confirmed' })
  }
  await tx.saveAlert(taken)
  await tx.appendAlertHistory({ alertId: alert.id, atMs, actorId: actor.name, what: 'case', to: caseId })
}

/** Open alerts of a closed case are resolved with it; dismissed ones stay so. @returns ids of those that changed */
async function settleAlerts(tx: StoreWriter, caseId: string, from: readonly AlertStatus[], to: AlertStatus, actor: { readonly name: string }, note: string, atMs: number): Promise<readonly Alert[]> {
  const changed: Alert[] = []
  for (const alert of await tx.alertsOfCase(caseId)) {
    if (!from.includes(alert.status)) continue
    const outcome = decide(alert, { to, note }, atMs)
    if (outcome.kind === 'refused') continue
    await tx.saveAlert(outcome.alert)
    await tx.appendAlertHistory({ alertId: alert.id, atMs, actorId: actor.name, what: 'status', from: alert.status, to, note })
    changed.push(outcome.alert)
  }
  return changed
}

async function checkAccounts(reader: StoreReader, ids: readonly string[], pointer: string, permission: 'case.contribute' | 'case.manage'): Promise<void> {
  for (const id of ids) {
    const account = await reader.account(id)
    if (account === undefined || account.disabled || !permissionsOf(account.roles).has(permission)) throw new InvalidRequest([{ pointer, detail: `${id} is no account that may work on cases` }])
  }
}

export const caseRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['cases']

  const publish = (found: Case, alerts: readonly Alert[] = []): void => {
    deps.live.publish({ topic: 'case.updated', caseId: found.id, userId: found.userId })
    for (const alert of alerts) deps.live.publish({ topic: 'alert.updated', alertId: alert.id, severity: alert.severity, userId: alert.userId })
  }
  /** Time that a change of the risk levels and scores of a user is looked at after. */
  const reconsider = async (userId: string): Promise<void> => {
    deps.evaluation?.wake()
    await deps.riskLevels?.consider([userId]).catch(() => [])
  }

  const present = async (request: FastifyRequest, found: Case): Promise<CaseDetail> => {
    const { permissions } = principalOf(request)
    const names = namesOf(request)
    const [user, alerts, accounts, all] = await Promise.all([store.user(found.userId), store.alertsOfCase(found.id), store.accounts(), store.alertsOfUser(found.userId)])
    const [manager, naming, views] = await Promise.all([user?.managerId === undefined ? undefined : store.user(user.managerId), accountNames(store), presentAlerts(store, alerts, names, deps.now())])
    const open = all.filter((alert) => alert.status === 'needs_review' || alert.status === 'confirmed')
    const riskScore = Math.max(0, ...open.map((alert) => alert.score))
    const able = accounts.filter((account) => !account.disabled)
    const managing = able.filter((account) => permissionsOf(account.roles).has('case.manage'))
    const guests = found.contributors.flatMap((id) => accounts.filter((account) => account.id === id))
    const row = (account: (typeof accounts)[number], isGuest: boolean) => ({ id: account.id, name: account.name, roles: [...account.roles], isGuest })
    return {
      ...presentCase(found, user, alerts.length, naming, names, deps.now()), riskScore, ...(riskScore > 0 ? { severity: severityOf(riskScore) } : {}),
      ...(user?.department === undefined ? {} : { department: user.department }), ...(user?.title === undefined ? {} : { title: user.title }), ...(manager === undefined ? {} : { manager: names.ref(manager, manager.id) }),
      hasAddress: user !== undefined && mailOf(user) !== undefined, contributors: [...managing.map((account) => row(account, false)), ...guests.filter((guest) => !managing.includes(guest)).map((account) => row(account, true))],
      candidates: able.filter((account) => !managing.includes(account) && !found.contributors.includes(account.id) && permissionsOf(account.roles).has('case.contribute')).map(({ id, name }) => ({ id, name })),
      assignees: able.filter((account) => managing.includes(account) || found.contributors.includes(account.id)).map(({ id, name }) => ({ id, name })),
      alerts: [...views], may: { manage: permissions.has('case.manage'), triage: permissions.has('alert.triage'), content: permissions.has('evidence.read') },
    }
  }
  const answer = async (request: FastifyRequest, reply: FastifyReply, found: Case): Promise<CaseDetail> => {
    void reply.header('etag', `"${found.revision}"`)
    return present(request, found)
  }
  /** Alerts of one user whom the asker may see. */
  const alertsOf = async (request: FastifyRequest, tx: StoreWriter, ids: readonly string[]): Promise<readonly Alert[]> => {
    const alerts: Alert[] = []
    for (const id of ids) alerts.push(await alertOf(request, tx, id))
    const [first] = alerts
    if (first === undefined || alerts.some((alert) => alert.userId !== first.userId)) throw new CodedError('CASE_ALERTS', { problem: 'they are of more than one user' })
    return alerts
  }
  /** An alert of another active case stays there. */
  const assertFree = async (tx: StoreWriter, alerts: readonly Alert[], caseId?: string): Promise<void> => {
    const others = await tx.casesByIds([...new Set(alerts.flatMap((alert) => (alert.caseId === undefined || alert.caseId === caseId ? [] : [alert.caseId])))])
    const other = others.find((one) => one.status === 'active')
    if (other !== undefined) throw new CodedError('CASE_ALERTS', { problem: `one is part of the active case ${other.id}` })
  }

  app.get('/api/v1/cases', { schema: { tags, summary: 'Cases; of who only contributes, those that they were added to.', querystring: CaseListQuery, response: { 200: CasePage } } }, async (request) => {
    const { limit = 50, cursor, status, userId, assigneeId, due, search, from, to, sort = '-updatedAt' } = request.query
    const page = await store.cases({
      limit, ...visibleOf(request), ...contributorOf(request), ...(cursor === undefined ? {} : { cursor }), ...(status === undefined ? {} : { status }), ...(userId === undefined ? {} : { userId }), ...(search === undefined ? {} : { text: search }),
      ...(assigneeId === undefined ? {} : assigneeId === 'none' ? { unassigned: true } : { assigneeId: assigneeId === 'me' ? principalOf(request).actor.id : assigneeId }),
      ...(due === undefined ? {} : { dueBeforeMs: deps.now() + (due === 'week' ? WEEK_MS : 0) }), ...(from === undefined ? {} : { openedFromMs: Date.parse(from) }), ...(to === undefined ? {} : { openedToMs: Date.parse(to) }),
      sort: sorts[sort.replace('-', '')] ?? 'updated_at', descending: sort.startsWith('-'),
    })
    const [{ users }, counts, naming] = await Promise.all([lookUp(store, page.items.map((found) => found.userId)), store.caseAlertCounts(page.items.map((found) => found.id)), accountNames(store)])
    const items = page.items.map((found) => presentCase(found, users.get(found.userId), counts.get(found.id) ?? 0, naming, namesOf(request), deps.now()))
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }) }
  })

  app.get('/api/v1/cases/statistics', { schema: { tags, summary: 'Active cases, those of the last 30 days, their mean age, and what is overdue.', response: { 200: CaseStatistics } } }, async (request) => {
    const [found, settings] = await Promise.all([store.caseStatistics({ nowMs: deps.now(), ...visibleOf(request), ...contributorOf(request) }), readCaseSettings(store)])
    return { active: found.active, openedIn30Days: found.openedIn30Days, overdue: found.overdue, limit: settings.value.maxActive, ...(found.meanAgeMs === undefined ? {} : { meanAgeSecs: Math.round(found.meanAgeMs / 1000) }) }
  })

  app.post('/api/v1/cases', { schema: { tags, summary: 'Open a case from alerts of one user; they are confirmed with it.', body: CaseRequest, response: { 201: CaseDetail } } }, async (request, reply) => {
    const { alertIds, name, note, contributors = [] } = request.body
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const { opened, alerts } = await store.write(async (tx) => {
      const taken = await alertsOf(request, tx, alertIds)
      const userId = taken[0]?.userId ?? ''
      const active = await tx.activeCaseOf(userId)
      if (active !== undefined) throw new CodedError('CASE_EXISTS', { id: active.id })
      const { value: settings } = await readCaseSettings(tx)
      if ((await tx.caseStatistics({ nowMs: atMs })).active >= settings.maxActive) throw new CodedError('CASE_LIMIT', { limit: settings.maxActive })
      await checkAccounts(tx, contributors, '/contributors', 'case.contribute')
      const made = openCase({ id: `cs_${uuid().replaceAll('-', '')}`, name: name.trim(), userId, by: actor.id, contributors, atMs, dueDays: settings.dueDays })
      await tx.saveCase(made)
      for (const alert of taken) await takeAlert(tx, alert, made.id, actor, atMs)
      await tx.appendCaseEvent({ caseId: made.id, atMs, actorId: actor.id, what: 'opened', detail: { alerts: alertIds.length } })
      if (note !== undefined) await tx.appendCaseNote({ id: `cn_${uuid().replaceAll('-', '')}`, caseId: made.id, atMs, authorId: actor.id, kind: 'opened', text: note })
      await appendAudit(tx, { actor, action: 'case.opened', targetKind: 'case', targetId: made.id, detail: { userId, alertIds, contributors }, atMs })
      return { opened: made, alerts: taken }
    })
    publish(opened, alerts)
    await reconsider(opened.userId)
    return reply.code(201).send(await answer(request, reply, opened))
  })

  app.get('/api/v1/cases/:id', { schema: { tags, summary: 'One case.', params: Params, response: { 200: CaseDetail } } }, async (request, reply) => {
    const found = await caseOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'case.viewed', targetKind: 'case', targetId: found.id, detail: { userId: found.userId }, atMs: deps.now() }))
    return answer(request, reply, found)
  })

  app.patch('/api/v1/cases/:id', { schema: { tags, summary: 'Rename, assign, set a date, or choose who contributes.', params: Params, body: CasePatch, response: { 200: CaseDetail } } }, async (request, reply) => {
    const { name, assigneeId, dueAt, contributors } = request.body
    const { actor, permissions } = principalOf(request)
    if (contributors !== undefined && !permissions.has('case.manage')) throw new CodedError('NOT_ALLOWED')
    const atMs = deps.now()
    const changed = await store.write(async (tx) => {
      const before = await seenCaseOf(request, tx, request.params.id)
      assertActive(before)
      if (contributors !== undefined) await checkAccounts(tx, contributors.filter((id) => !before.contributors.includes(id)), '/contributors', 'case.contribute')
      if (typeof assigneeId === 'string' && assigneeId !== actor.id && !(contributors ?? before.contributors).includes(assigneeId)) await checkAccounts(tx, [assigneeId], '/assigneeId', 'case.manage')
      const next = changeCase(before, { ...(name === undefined ? {} : { name: name.trim() }), ...(assigneeId === undefined ? {} : { assigneeId }), ...(dueAt === undefined ? {} : { dueAtMs: dueAt === null ? null : Date.parse(dueAt) }), ...(contributors === undefined ? {} : { contributors }) }, actor.id, atMs)
      await tx.saveCase(next)
      const event = (what: string, detail: Readonly<Record<string, string>>) => tx.appendCaseEvent({ caseId: next.id, atMs, actorId: actor.id, what, detail })
      if (name !== undefined) await event('renamed', { from: before.name, to: next.name })
      if (assigneeId !== undefined) await event('assigned', { ...(before.assigneeId === undefined ? {} : { from: before.assigneeId }), ...(assigneeId === null ? {} : { to: assigneeId }) })
      if (dueAt !== undefined) await event('due_date', dueAt === null ? {} : { to: dueAt })
      for (const id of next.contributors) if (!before.contributors.includes(id)) await event('contributor_added', { account: id })
      for (const id of before.contributors) if (!next.contributors.includes(id)) await event('contributor_removed', { account: id })
      await appendAudit(tx, { actor, action: 'case.changed', targetKind: 'case', targetId: next.id, detail: { before: { assigneeId: before.assigneeId, dueAtMs: before.dueAtMs, contributors: before.contributors }, after: { assigneeId: next.assigneeId, dueAtMs: next.dueAtMs, contributors: next.contributors } }, atMs })
      return next
    })
    publish(changed)
    return answer(request, reply, changed)
  })

  app.post('/api/v1/cases/:id/alerts', { schema: { tags, summary: 'Add alerts of the same user; they are confirmed with it.', params: Params, body: CaseAlertsRequest, response: { 200: CaseDetail } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { alertIds } = request.body
    const atMs = deps.now()
    const { changed, alerts } = await store.write(async (tx) => {
      const before = await seenCaseOf(request, tx, request.params.id)
      assertActive(before)
      const taken = (await alertsOf(request, tx, alertIds)).filter((alert) => alert.caseId !== before.id || alert.status !== 'confirmed')
      if (taken.some((alert) => alert.userId !== before.userId)) throw new CodedError('CASE_ALERTS', { problem: 'the case is of another user' })
      await assertFree(tx, taken, before.id)
      for (const alert of taken) {
        await takeAlert(tx, alert, before.id, actor, atMs)
        await tx.appendCaseEvent({ caseId: before.id, atMs, actorId: actor.id, what: 'alert_added', detail: { alert: alert.id } })
      }
      const next = touchCase(before, actor.id, atMs)
      await tx.saveCase(next)
      await appendAudit(tx, { actor, action: 'case.alerts_added', targetKind: 'case', targetId: next.id, detail: { alertIds: taken.map((alert) => alert.id) }, atMs })
      return { changed: next, alerts: taken }
    })
    publish(changed, alerts)
    await reconsider(changed.userId)
    return answer(request, reply, changed)
  })

  app.post('/api/v1/cases/:id/resolution', { schema: { tags, summary: 'Close a case as benign or as a confirmed violation; its open alerts are resolved.', params: Params, body: ResolutionRequest, response: { 200: CaseDetail } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { outcome, reason } = request.body
    const atMs = deps.now()
    const { changed, alerts } = await store.write(async (tx) => {
      const before = await seenCaseOf(request, tx, request.params.id)
      const next = resolveCase(before, outcome, reason.trim(), actor.id, atMs)
      if (next === undefined) throw new CodedError('CASE_STATE', { status: before.status })
      await tx.saveCase(next)
      const settled = await settleAlerts(tx, next.id, ['needs_review', 'confirmed'], 'resolved', actor, outcome === 'benign' ? 'The case was resolved as benign.' : 'The case was resolved as a confirmed violation.', atMs)
      await tx.appendCaseNote({ id: `cn_${uuid().replaceAll('-', '')}`, caseId: next.id, atMs, authorId: actor.id, kind: 'resolution', text: `${outcome === 'benign' ? 'Resolved as benign' : 'Resolved as a confirmed policy violation'}.\n${reason.trim()}` })
      await tx.appendCaseEvent({ caseId: next.id, atMs, actorId: actor.id, what: 'resolved', detail: { outcome, alerts: settled.length } })
      await appendAudit(tx, { actor, action: 'case.resolved', targetKind: 'case', targetId: next.id, detail: { outcome, reason: reason.trim(), alertIds: settled.map((alert) => alert.id) }, atMs })
      // What is known of a user from before counts in every score of what comes after.
      await tx.markUser(next.userId)
      return { changed: next, alerts: settled }
    })
    publish(changed, alerts)
    await reconsider(changed.userId)
    return answer(request, reply, changed)
  })

  app.post('/api/v1/cases/:id/reopen', { schema: { tags, summary: 'Open a closed case again; the alerts that were resolved with it stay so.', params: Params, body: ReopenRequest, response: { 200: CaseDetail } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const reason = request.body.reason.trim()
    const atMs = deps.now()
    const changed = await store.write(async (tx) => {
      const before = await seenCaseOf(request, tx, request.params.id)
      const next = reopenCase(before, actor.id, atMs)
      if (next === undefined) throw new CodedError('CASE_STATE', { status: before.status })
      const { value: settings } = await readCaseSettings(tx)
      if ((await tx.caseStatistics({ nowMs: atMs })).active >= settings.maxActive) throw new CodedError('CASE_LIMIT', { limit: settings.maxActive })
      await tx.saveCase(next)
      await tx.appendCaseNote({ id: `cn_${uuid().replaceAll('-', '')}`, caseId: next.id, atMs, authorId: actor.id, kind: 'reopened', text: `Opened again.\n${reason}` })
      await tx.appendCaseEvent({ caseId: next.id, atMs, actorId: actor.id, what: 'reopened', detail: {} })
      await appendAudit(tx, { actor, action: 'case.reopened', targetKind: 'case', targetId: next.id, detail: { reason }, atMs })
      await tx.markUser(next.userId)
      return next
    })
    publish(changed)
    await reconsider(changed.userId)
    return answer(request, reply, changed)
  })

  app.get('/api/v1/settings/cases', { schema: { tags: ['settings'], summary: 'How many cases, how long, and where training is.', response: { 200: CaseSettingsView } } }, async (_request, reply) => {
    const { value, revision } = await readCaseSettings(store)
    void reply.header('etag', `"${revision}"`)
    return { ...value }
  })
  app.put('/api/v1/settings/cases', { schema: { tags: ['settings'], summary: 'Change the settings of cases.', body: CaseSettingsView, response: { 200: CaseSettingsView } } }, async (request, reply) => {
    const wanted = revisionOf(request)
    await store.write(async (tx) => {
      const before = await readCaseSettings(tx)
      if (before.revision !== wanted) throw new CodedError('REVISION_CONFLICT')
      await saveCaseSettings(tx, request.body, wanted + 1)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'cases.settings_changed', targetKind: 'settings', targetId: 'cases', detail: { before: before.value, after: request.body }, atMs: deps.now() })
    })
    void reply.header('etag', `"${wanted + 1}"`)
    return request.body
  })
}
