import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import { type PastOfUser, readPast } from '../../analysis/past.ts'
import { appendAudit } from '../../audit/chain.ts'
import type { Alert } from '../../domain/cases/alert.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { toDocument, toPolicy } from '../../domain/policies/policy-document.ts'
import { whatIf, withChanges } from '../../domain/policies/what-if.ts'
import { alertLine, EVALUATION_DAYS, headline, type Scored } from '../../domain/risk/evaluate.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { alertOf, principalOf } from '../guard.ts'
import { readDocument } from '../policies/document.ts'
import { Id } from '../primitives.ts'
import { presentPart } from './present.ts'
import { WhatIfRequest, WhatIfView } from './schema.ts'

const present = (policy: Policy, scored: Scored | undefined): WhatIfView['before'] =>
  scored === undefined
    ? { score: 0, isAlert: false, headline: 'Nothing triggers the policy.', reasons: [] }
    : { score: scored.score, ...(scored.score > 0 ? { severity: severityOf(scored.score) } : {}), isAlert: scored.score >= alertLine(policy, scored), headline: headline(scored), reasons: scored.parts.map(presentPart) }

/** What an alert is scored again with, read once; `under` may be asked for any number of changed policies. */
export interface Rescoring {
  readonly past: PastOfUser
  under(changed: Policy): WhatIfView
}

/** @throws NOT_FOUND when the user or the policy is gone */
export async function openRescoring({ store, now }: Pick<HttpDeps, 'store' | 'now'>, analysis: Analysis, alert: Alert): Promise<Rescoring & { readonly policy: Policy }> {
  const policy = await store.policy(alert.policyId)
  const user = await store.user(alert.userId)
  if (policy === undefined || user === undefined) throw new CodedError('NOT_FOUND', { what: policy === undefined ? 'policy of the alert' : 'user of the alert' })
  const nowMs = now()
  const today = dayOf(nowMs)
  const [[past], population] = await Promise.all([readPast(store, [user], today - EVALUATION_DAYS, today + 1), analysis.population.at(nowMs)])
  if (past === undefined) throw new CodedError('NOT_FOUND', { what: 'user of the alert' })
  const { subject, triggers, insights, alerts, known } = past
  return {
    policy, past,
    under(changed) {
      const found = whatIf({ alert, policy, changed, insights, alerts, nowMs, context: { subject, triggers, population, ...known } })
      return { alertId: alert.id, score: alert.score, before: present(policy, found.before), after: present(changed, found.after), difference: (found.after?.score ?? 0) - (found.before?.score ?? 0) }
    },
  }
}

export const whatIfRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.post('/api/v1/alerts/:id/what-if', { schema: { tags: ['alerts'], summary: 'One alert scored again under other thresholds or choices of its policy.', params: Type.Object({ id: Id }), body: WhatIfRequest, response: { 200: WhatIfView } } }, async (request) => {
    const alert = await alertOf(request, store, request.params.id)
    const rescoring = await openRescoring(deps, analysis, alert)
    const { policy } = rescoring
    // Through the same checks as a document that is applied.
    const changed = toPolicy(readDocument(withChanges(toDocument(policy), request.body)), policy.id, deps.now(), policy)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'alert.what_if', targetKind: 'alert', targetId: alert.id, atMs: deps.now() }))
    return rescoring.under(changed)
  })
}
