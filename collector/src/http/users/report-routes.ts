// What any user did over a range, policy or not; scoring by hand; activities that are benign; the risk level.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import { dismissActivities, type Recount, restoreActivity } from '../../analysis/dismissals.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { DismissedActivity } from '../../domain/adaptive/dismissed-activity.ts'
import type { RiskLevelState } from '../../domain/adaptive/risk-level.ts'
import type { StoredTrigger } from '../../domain/people/triggering-event.ts'
import type { User } from '../../domain/people/user.ts'
import { mergeInsights } from '../../domain/risk/count.ts'
import { dayOf, type Insight } from '../../domain/risk/insight.ts'
import { indicatorRow } from '../../domain/risk/indicators.ts'
import { dayText } from '../../domain/risk/words.ts'
import { CodedError } from '../../errors.ts'
import { presentAlerts } from '../alerts/routes.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf, userOf } from '../guard.ts'
import { hiddenNames, type Names, namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { presentPoint } from './present.ts'
import { DismissalList, DismissalRequest, type DismissalView, ReportQuery, ReportRequest, RiskLevelView, ScoreRequest, TriggerList, TriggerView, UserReport } from './report-schema.ts'

const DAY_MS = 86_400_000
const LEAST_DAYS = 2
const MOST_DAYS = 90
const Params = Type.Object({ id: Id })
const iso = (ms: number): string => new Date(ms).toISOString()

const presentTrigger = (trigger: StoredTrigger): TriggerView => ({
  id: trigger.id, kind: trigger.kind, at: iso(trigger.atMs), reason: trigger.reason, source: trigger.source, isManual: trigger.kind === 'manual', ...(trigger.untilMs === undefined ? {} : { until: iso(trigger.untilMs) }), ...(trigger.policyId === undefined ? {} : { policyId: trigger.policyId }),
  ...(trigger.kind === 'manual' && typeof trigger.detail['reason'] === 'string' ? { note: trigger.detail['reason'] } : {}),
})

export const presentDismissal = (row: DismissedActivity): DismissalView => ({ activityId: row.activityId, occurredAt: iso(row.occurredAtMs), reason: row.reason, dismissedBy: row.dismissedBy, dismissedAt: iso(row.dismissedAtMs) })

export const presentRiskLevel = (user: User | undefined, userId: string, state: RiskLevelState | undefined, names: Names = hiddenNames): RiskLevelView => ({
  user: names.ref(user, userId), level: state?.level ?? 'none', reason: state?.reason ?? 'Nothing in the window reaches a level.', alertIds: [...(state?.alertIds ?? [])],
  ...(state === undefined ? {} : { since: iso(state.sinceMs) }), ...(state?.expiresAtMs === undefined ? {} : { expiresAt: iso(state.expiresAtMs) }), ...(state?.resetAtMs === undefined ? {} : { resetAt: iso(state.resetAtMs) }),
})

/** Days of a range. @throws REQUEST_INVALID when it is shorter than 2 or longer than 90 */
function rangeOf({ from, to }: { readonly from: string; readonly to: string }): { readonly from: number; readonly to: number; readonly days: number } {
  const first = dayOf(Date.parse(from))
  const last = dayOf(Date.parse(to))
  const days = last - first + 1
  if (days < LEAST_DAYS || days > MOST_DAYS) throw new InvalidRequest([{ pointer: '/to', detail: `must lie ${LEAST_DAYS - 1} to ${MOST_DAYS - 1} days after from: a report covers ${LEAST_DAYS} to ${MOST_DAYS} days` }])
  return { from: first, to: last, days }
}

function categoriesOf(insights: readonly Insight[]): UserReport['categories'] {
  return [...Map.groupBy(insights, (insight) => indicatorRow(insight.indicator)?.category ?? 'context')].map(([category, own]) => ({
    category, events: own.reduce((sum, insight) => sum + insight.events, 0), excludedEvents: own.reduce((sum, insight) => sum + insight.excludedEvents, 0), days: new Set(own.map((insight) => insight.day)).size,
  })).toSorted((a, b) => b.events - a.events)
}

export const userReportRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const recount = (): Recount => ({ count: deps.detection.count, merge: mergeInsights, detection: deps.detection.compiled })
  const afterChange = () => {
    analysis.facts.forget()
    deps.evaluation?.wake()
  }

  const report = async (request: FastifyRequest, id: string, wanted: { readonly from: string; readonly to: string; readonly reason?: string }): Promise<UserReport> => {
    const { from, to, days } = rangeOf(wanted)
    const user = await userOf(request, store, id)
    const names = namesOf(request)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.reported', targetKind: 'user', targetId: user.id, detail: { from: dayText(from), to: dayText(to), ...(wanted.reason === undefined ? {} : { reason: wanted.reason }) }, atMs: deps.now() }))
    const fromMs = from * DAY_MS
    const toMs = (to + 1) * DAY_MS
    const [insights, alerts, triggers, dismissed, level] = await Promise.all([store.insights(user.id, from, to), store.alertsOfUser(user.id), store.triggersOf(user.id), store.dismissedActivities(user.id, fromMs, toMs), store.riskLevel(user.id)])
    return {
      user: names.ref(user, user.id), from: dayText(from), to: dayText(to), days, categories: categoriesOf(insights), points: insights.map(presentPoint),
      alerts: [...(await presentAlerts(store, alerts.filter((alert) => alert.lastActivityAtMs >= fromMs && alert.firstActivityAtMs < toMs), names, deps.now()))],
      triggers: triggers.filter((trigger) => trigger.atMs < toMs && (trigger.untilMs ?? trigger.atMs) >= fromMs).map(presentTrigger), dismissed: dismissed.map(presentDismissal), riskLevel: presentRiskLevel(user, user.id, level, names),
    }
  }
  app.get('/api/v1/users/:id/report', { schema: { tags: ['users'], summary: 'What a user did over 2 to 90 days, policy or not.', params: Params, querystring: ReportQuery, response: { 200: UserReport } } }, (request) => report(request, request.params.id, request.query))
  app.post('/api/v1/users/:id/report', { schema: { tags: ['users'], summary: 'The same, with the reason for looking in the audit log.', params: Params, body: ReportRequest, response: { 200: UserReport } } }, (request) => report(request, request.params.id, request.body))

  app.get('/api/v1/users/:id/triggers', { schema: { tags: ['users'], summary: 'What brings a user into scope.', params: Params, response: { 200: TriggerList } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'triggers' }, atMs: deps.now() }))
    return { items: (await store.triggersOf(user.id)).map(presentTrigger).toReversed() }
  })
  app.post('/api/v1/users/:id/triggers', { schema: { tags: ['users'], summary: 'Start scoring a user by hand, for 5 to 30 days; the look-back counts too.', params: Params, body: ScoreRequest, response: { 201: TriggerView } } }, async (request, reply) => {
    const { days, reason, policyId } = request.body
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const trigger = await store.write(async (tx) => {
      const user = await userOf(request, tx, request.params.id)
      if (policyId !== undefined && (await tx.policy(policyId)) === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
      const made: StoredTrigger = {
        id: `tr_${uuid().replaceAll('-', '')}`, userId: user.id, kind: 'manual', atMs, untilMs: atMs + days * DAY_MS, reason: `Scoring was started by hand for ${days} days.`, source: actor.id, detail: { reason }, ...(policyId === undefined ? {} : { policyId }),
      }
      await tx.saveTriggers([made])
      await appendAudit(tx, { actor, action: 'user.scoring_started', targetKind: 'user', targetId: user.id, detail: { trigger: made.id, days, reason, ...(policyId === undefined ? {} : { policyId }) }, atMs })
      return made
    })
    afterChange()
    return reply.code(201).send(presentTrigger(trigger))
  })
  app.delete('/api/v1/users/:id/triggers/:triggerId', { schema: { tags: ['users'], summary: 'End scoring that was started by hand; alerts stay.', params: Type.Object({ id: Id, triggerId: Id }), response: { 204: Type.Null() } } }, async (request, reply) => {
    await store.write(async (tx) => {
      await userOf(request, tx, request.params.id)
      const trigger = (await tx.triggersOf(request.params.id)).find((one) => one.id === request.params.triggerId)
      if (trigger === undefined) throw new CodedError('NOT_FOUND', { what: 'trigger' })
      if (trigger.kind !== 'manual') throw new CodedError('TRIGGER_NOT_MANUAL', { source: trigger.source })
      await tx.removeTriggers([trigger.id])
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'user.scoring_ended', targetKind: 'user', targetId: request.params.id, detail: { trigger: trigger.id }, atMs: deps.now() })
    })
    afterChange()
    return reply.code(204).send(null)
  })

  app.get('/api/v1/users/:id/dismissed-activities', { schema: { tags: ['users'], summary: 'Activities of a user that were found benign.', params: Params, response: { 200: DismissalList } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'dismissed' }, atMs: deps.now() }))
    return { items: (await store.dismissedActivities(user.id, 0, Number.MAX_SAFE_INTEGER)).map(presentDismissal).toReversed() }
  })
  app.post('/api/v1/users/:id/dismissed-activities', { schema: { tags: ['users'], summary: 'Find activities benign: they stay visible and count no more.', params: Params, body: DismissalRequest, response: { 200: DismissalList } } }, async (request) => {
    const { activityIds, reason } = request.body
    const { actor } = principalOf(request)
    const rows = await store.write(async (tx) => {
      const user = await userOf(request, tx, request.params.id)
      const found = await dismissActivities(tx, recount(), { userId: user.id, activityIds, reason, by: actor.name, atMs: deps.now() })
      if (found.length > 0) await appendAudit(tx, { actor, action: 'activity.dismissed', targetKind: 'user', targetId: user.id, detail: { activities: found.map((row) => row.activityId), reason }, atMs: deps.now() })
      return found
    })
    afterChange()
    return { items: rows.map(presentDismissal) }
  })
  app.delete('/api/v1/users/:id/dismissed-activities/:activityId', { schema: { tags: ['users'], summary: 'Take it back: the activity counts again.', params: Type.Object({ id: Id, activityId: Id }), response: { 204: Type.Null() } } }, async (request, reply) => {
    const { id, activityId } = request.params
    await store.write(async (tx) => {
      await restoreActivity(tx, recount(), (await userOf(request, tx, id)).id, activityId)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'activity.restored', targetKind: 'user', targetId: id, detail: { activities: [activityId] }, atMs: deps.now() })
    })
    afterChange()
    return reply.code(204).send(null)
  })

  app.get('/api/v1/users/:id/risk-level', { schema: { tags: ['users'], summary: 'How carefully a user is to be treated just now.', params: Params, response: { 200: RiskLevelView } } }, async (request) => {
    const user = await userOf(request, store, request.params.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'user.viewed', targetKind: 'user', targetId: user.id, detail: { view: 'risk level' }, atMs: deps.now() }))
    return presentRiskLevel(user, user.id, await store.riskLevel(user.id))
  })
  app.delete('/api/v1/users/:id/risk-level', { schema: { tags: ['users'], summary: 'End the level now; only what happens later can bring one back.', params: Params, body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 1000 }) }, { additionalProperties: false }), response: { 200: RiskLevelView } } }, async (request) => {
    const { reason } = request.body
    const { user, state } = await store.write(async (tx) => {
      const found = await userOf(request, tx, request.params.id)
      const before = await tx.riskLevel(found.id)
      const reset = await analysis.riskLevels.reset(tx, found.id, 'Ended by hand.')
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'user.risk_level_reset', targetKind: 'user', targetId: found.id, detail: { before: before?.level ?? 'none', reason }, atMs: deps.now() })
      return { user: found, state: reset }
    })
    analysis.riskLevels.announce(state)
    return presentRiskLevel(user, user.id, state)
  })
}
