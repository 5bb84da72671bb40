// Changing a threshold of a policy from one of its alerts: what it would do first, then the new version.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import { type PolicyInput, toDocument, toPolicy } from '../../domain/policies/policy-document.ts'
import type { Policy, Thresholds } from '../../domain/policies/policy.ts'
import { withChanges } from '../../domain/policies/what-if.ts'
import { indicatorRow } from '../../domain/risk/indicators.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { scoredAmount, thresholdsFor } from '../../domain/risk/thresholds.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { alertOf, principalOf } from '../guard.ts'
import { createPolicyChanges } from '../policies/apply.ts'
import { readDocument } from '../policies/document.ts'
import { Id } from '../primitives.ts'
import { TuningApply, TuningPreview, TuningRequest, TuningView } from './schema.ts'
import { alertSettings } from './settings.ts'
import { openRescoring, type Rescoring } from './what-if-routes.ts'

const PREVIEW_DAYS = 30
/** Thresholds are raised in these steps until the alert would not have been. */
const STEPS = [1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16] as const
const Params = Type.Object({ id: Id })

type Amounts = ReadonlyMap<string, number>

/** The largest amount of a day of the alert, for each of its indicators. */
function amountsOf(alert: Alert, policy: Policy, { past }: Rescoring): Amounts {
  const ids = new Set(alert.parts.flatMap((part) => (part.indicator === undefined ? [] : [part.indicator])))
  const [from, to] = [dayOf(alert.firstActivityAtMs), dayOf(alert.lastActivityAtMs)]
  const amounts = new Map<string, number>()
  for (const insight of past.insights) {
    if (ids.has(insight.indicator) && insight.day >= from && insight.day <= to) amounts.set(insight.indicator, Math.max(amounts.get(insight.indicator) ?? 0, scoredAmount(policy, insight)))
  }
  return amounts
}

const inForce = (policy: Policy, indicator: string): Thresholds | undefined => thresholdsFor(policy, indicator, { kind: 'unknown' })

/** All three thresholds times one factor, so that the low one lies above the amount. */
function raised({ low, medium, high }: Thresholds, amount: number, step: number): Thresholds {
  const factor = Math.max(1, (amount + 1) / low) * step
  return { low: Math.ceil(low * factor), medium: Math.ceil(medium * factor), high: Math.ceil(high * factor) }
}

export const tuningRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['alerts']
  const changes = createPolicyChanges(deps, analysis)
  const mayTune = async (request: FastifyRequest): Promise<boolean> => principalOf(request).permissions.has('policy.manage') || (await alertSettings(store)).settings.inlineTuning
  const assertMayTune = async (request: FastifyRequest): Promise<void> => {
    if (!(await mayTune(request))) throw new CodedError('NOT_ALLOWED')
  }
  const draft = (policy: Policy, document: PolicyInput): Policy => toPolicy(readDocument(document), policy.id, deps.now(), policy)

  /** The document with the change in it. @throws TUNING_REFUSED for an indicator that this alert is not about */
  const tuned = (policy: Policy, request: TuningRequest, rescoring: Rescoring, amounts: Amounts): { readonly document: PolicyInput; readonly thresholds?: Thresholds } => {
    const amount = amounts.get(request.indicator)
    const now = inForce(policy, request.indicator)
    if (amount === undefined) throw new CodedError('TUNING_REFUSED', { problem: 'no reason of it is about this indicator, or its days are not stored any more' })
    const documentWith = (setting: NonNullable<PolicyInput['indicators']>[string]): PolicyInput => withChanges(toDocument(policy), { indicators: { [request.indicator]: setting } })
    if (request.choice === 'stop') return { document: documentWith(false) }
    if (request.choice === 'custom') return { document: documentWith({ enabled: true, thresholds: request.thresholds }), thresholds: request.thresholds }
    if (now === undefined) throw new CodedError('TUNING_REFUSED', { problem: 'the policy judges the indicator by what is usual for each user, without thresholds' })
    for (const step of STEPS) {
      const thresholds = raised(now, amount, step)
      const document = documentWith({ enabled: true, thresholds })
      if (!rescoring.under(draft(policy, document)).after.isAlert) return { document, thresholds }
    }
    // Other indicators are enough for an alert: then this one is raised to where it adds the least.
    const thresholds = raised(now, amount, 1)
    return { document: documentWith({ enabled: true, thresholds }), thresholds }
  }
  const open = async (request: FastifyRequest, id: string) => {
    const alert = await alertOf(request, store, id)
    const rescoring = await openRescoring(deps, analysis, alert)
    return { alert, rescoring, policy: rescoring.policy, amounts: amountsOf(alert, rescoring.policy, rescoring) }
  }

  app.get('/api/v1/alerts/:id/tuning', { schema: { tags, summary: 'What of its policy can be changed from an alert.', params: Params, response: { 200: TuningView } } }, async (request) => {
    const { policy, amounts } = await open(request, request.params.id)
    return {
      mayTune: await mayTune(request), policyId: policy.id, policy: policy.name, version: policy.version,
      indicators: [...amounts].flatMap(([indicator, amount]) => {
        const thresholds = inForce(policy, indicator)
        const row = indicatorRow(indicator)
        return thresholds === undefined || row === undefined ? [] : [{ indicator, label: row.label, unit: row.measure, amount, thresholds }]
      }),
    }
  })

  app.post('/api/v1/alerts/:id/tuning/preview', { schema: { tags, summary: 'What a change would do to this alert, and to everybody over the last 30 days. Nothing is stored.', params: Params, body: TuningRequest, response: { 200: TuningPreview } } }, async (request) => {
    const { alert, policy, rescoring, amounts } = await open(request, request.params.id)
    await assertMayTune(request)
    const { document, thresholds } = tuned(policy, request.body, rescoring, amounts)
    const changed = draft(policy, document)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'alert.tuning_previewed', targetKind: 'alert', targetId: alert.id, detail: { ...request.body }, atMs: deps.now() }))
    const [before, after] = [await analysis.previews.run({ policy, saved: policy, days: PREVIEW_DAYS }), await analysis.previews.run({ policy: changed, saved: policy, days: PREVIEW_DAYS })]
    return { version: policy.version, ...(thresholds === undefined ? {} : { thresholds: { ...thresholds } }), alert: rescoring.under(changed), days: PREVIEW_DAYS, before: { ...before.alerts }, after: { ...after.alerts }, confirmedMissed: Math.max(0, after.confirmed.missed - before.confirmed.missed) }
  })

  app.post('/api/v1/alerts/:id/tuning', { schema: { tags, summary: 'Change the policy so: a new version, for everybody.', params: Params, body: TuningApply, response: { 200: TuningView } } }, async (request) => {
    const { alert, policy, rescoring, amounts } = await open(request, request.params.id)
    await assertMayTune(request)
    const { tuning, version } = request.body
    if (policy.version !== version) throw new CodedError('REVISION_CONFLICT')
    const { document } = tuned(policy, tuning, rescoring, amounts)
    const saved = await changes.apply(principalOf(request).actor, document, { version, detail: { fromAlert: alert.id, tuning } })
    await store.write((tx) => tx.appendAlertHistory({ alertId: alert.id, atMs: deps.now(), actorId: principalOf(request).actor.name, what: 'policy_tuned', to: `${tuning.indicator}: ${tuning.choice}` }))
    return { mayTune: true, policyId: saved.id, policy: saved.name, version: saved.version, indicators: [] }
  })
}
