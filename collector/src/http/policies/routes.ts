import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import type { Actor } from '../../audit/chain.ts'
import { appendAudit } from '../../audit/chain.ts'
import { QUICK_POLICIES, quickPolicy, type QuickPolicy } from '../../domain/analytics/analytics.ts'
import { TRIGGER_KINDS } from '../../domain/people/triggering-event.ts'
import { policyHealth } from '../../domain/policies/health.ts'
import { defaultThresholds, toDocument } from '../../domain/policies/policy-document.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { templateById, templates } from '../../domain/policies/templates.ts'
import type { PolicyTemplate } from '../../domain/policies/templates/template.ts'
import { BOOSTER_IDS, boosters } from '../../domain/risk/booster-table.ts'
import { INDICATOR_IDS, indicatorRow, indicators, type IndicatorRow } from '../../domain/risk/indicators.ts'
import { sequencePattern } from '../../domain/risk/sequence-patterns.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { createPolicyChanges } from './apply.ts'
import { readDocument } from './document.ts'
import { previewRoutes } from './preview-routes.ts'
import { IndicatorView, type PolicyDocument, PolicyHealthView, PolicyView, TemplateView } from './schema.ts'

const Params = Type.Object({ id: Id })
const QUICK_DAYS = 30
/** Effectiveness is told over a year. */
const YEAR_MS = 365 * 86_400_000

function presentTemplate(template: PolicyTemplate): TemplateView {
  const ids = template.indicators as readonly string[]
  return {
    id: template.id, name: template.name, summary: template.summary, indicators: [...ids],
    triggers: template.triggers.map((trigger) => ({ indicator: trigger.indicator, threshold: trigger.threshold ?? defaultThresholds(template, trigger.indicator)?.low ?? 1 })),
    thresholds: Object.fromEntries(ids.flatMap((id) => {
      const own = defaultThresholds(template, id)
      return own === undefined ? [] : [[id, { ...own }]]
    })),
    events: [...template.events], allEvents: TRIGGER_KINDS.filter((kind) => kind !== 'manual'), sequences: template.sequences.map((id) => ({ id, label: sequencePattern(id)?.label ?? id })),
    boosters: BOOSTER_IDS.map((id) => ({ id, label: boosters[id].label, when: boosters[id].when, on: !template.boostersOff.includes(id) })), cumulative: template.cumulative,
    prerequisites: template.prerequisites.map(({ id, optional = false }) => ({ id, optional })), activationWindowDays: template.activationWindowDays, lookbackDays: template.lookbackDays, userCap: template.userCap,
  }
}

export const policyRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet } = deps
  app.addContentTypeParser(['application/yaml', 'text/yaml', 'application/x-yaml'], { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const findPolicy = async (id: string, reader: StoreReader = store): Promise<Policy> => {
    const policy = (await reader.policy(id)) ?? (await reader.policyByName(id))
    if (policy === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
    return policy
  }
  /** Undefined when the policy was made while everybody was looked at. */
  const healthOf = async (policy: Policy): Promise<PolicyHealthView | undefined> => {
    const facts = (await analysis.facts.all()).get(policy.id)
    if (facts === undefined) return undefined
    const { status, messages } = policyHealth({ ...facts, policy })
    return { policyId: policy.id, name: policy.name, status, messages: messages.map((message) => ({ ...message })), assigned: facts.assigned, inScope: facts.inScope, checkedAt: new Date(facts.nowMs).toISOString() }
  }
  const countAlerts = async (policyId: string, status: readonly ('confirmed' | 'dismissed' | 'needs_review')[], createdFromMs?: number): Promise<number> => {
    const page = await store.alerts({ limit: 1, policyId: [policyId], status, sort: 'created_at', descending: true, ...(createdFromMs === undefined ? {} : { createdFromMs }) })
    return page.total ?? page.items.length
  }
  const present = async (policy: Policy): Promise<PolicyView> => {
    const fromMs = deps.now() - YEAR_MS
    const [openAlerts, confirmed, dismissed] = await Promise.all([countAlerts(policy.id, ['needs_review', 'confirmed']), countAlerts(policy.id, ['confirmed'], fromMs), countAlerts(policy.id, ['dismissed'], fromMs)])
    return {
      id: policy.id, name: policy.name, description: policy.description, template: policy.template, templateName: templateById(policy.template)?.name ?? policy.template, status: policy.status, version: policy.version,
      document: toDocument(policy) as PolicyDocument, openAlerts, createdAt: new Date(policy.createdAtMs).toISOString(), updatedAt: new Date(policy.updatedAtMs).toISOString(),
      alerts: { confirmed, dismissed, ...(confirmed + dismissed === 0 ? {} : { effectiveness: confirmed / (confirmed + dismissed) }) },
    }
  }
  const presentWithHealth = async (policy: Policy): Promise<PolicyView> => {
    const [view, health] = await Promise.all([present(policy), healthOf(policy)])
    return health === undefined ? view : { ...view, health }
  }
  const changes = createPolicyChanges(deps, analysis)
  /** Pausing and resuming change nothing else, so they need no document. */
  const switchTo = async (actor: Actor, id: string, status: Policy['status']): Promise<Policy> => {
    const policy = await findPolicy(id)
    return policy.status === status ? policy : changes.apply(actor, { ...toDocument(policy), status })
  }

  await app.register(previewRoutes(deps, analysis))

  app.get('/api/v1/policies', { schema: { tags: ['policies'], summary: 'All policies, with their health.', response: { 200: Type.Object({ items: Type.Array(PolicyView) }) } } }, async () => ({ items: await Promise.all((await store.policies()).map(presentWithHealth)) }))

  app.post('/api/v1/policies', { schema: { tags: ['policies'], summary: 'Apply a document (JSON or YAML): make the policy, or change the one of its name.', response: { 200: PolicyView } } }, async (request) => present(await changes.apply(principalOf(request).actor, readDocument(request.body))))

  app.post('/api/v1/policies/quick', { schema: { tags: ['policies'], summary: 'A policy in one step, with thresholds that the analytics of the last 30 days recommend.', body: Type.Object({ kind: Type.Union((Object.keys(QUICK_POLICIES) as QuickPolicy[]).map((kind) => Type.Literal(kind))), name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })) }, { additionalProperties: false }), response: { 200: PolicyView } } }, async (request) => {
    const { kind } = request.body
    const { users } = await analysis.busiest.of(QUICK_DAYS)
    const name = request.body.name ?? `${templateById(QUICK_POLICIES[kind])?.name ?? kind} (quick)`
    return present(await changes.apply(principalOf(request).actor, quickPolicy(kind, users, name), { detail: { quick: kind }, isNew: true }))
  })

  app.get('/api/v1/policies/:id', { schema: { tags: ['policies'], summary: 'One policy.', params: Params, response: { 200: PolicyView } } }, async (request) => presentWithHealth(await findPolicy(request.params.id)))

  app.get('/api/v1/policies/:id/health', { schema: { tags: ['policies'], summary: 'What keeps a policy from finding what it is there for, and how to fix it.', params: Params, response: { 200: PolicyHealthView } } }, async (request) => {
    analysis.facts.forget()
    const health = await healthOf(await findPolicy(request.params.id))
    if (health === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
    return health
  })

  app.post('/api/v1/policies/:id/copy', { schema: { tags: ['policies'], summary: 'The same under another name, paused.', params: Params, body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }) }, { additionalProperties: false }), response: { 200: PolicyView } } }, async (request) => {
    const policy = await findPolicy(request.params.id)
    return present(await changes.apply(principalOf(request).actor, { ...toDocument(policy), name: request.body.name, status: 'paused' }, { detail: { copyOf: policy.id }, isNew: true }))
  })
  app.post('/api/v1/policies/:id/pause', { schema: { tags: ['policies'], summary: 'Score nothing under it until it is resumed; its alerts stay.', params: Params, response: { 200: PolicyView } } }, async (request) => present(await switchTo(principalOf(request).actor, request.params.id, 'paused')))
  app.post('/api/v1/policies/:id/resume', { schema: { tags: ['policies'], summary: 'Score under it again.', params: Params, response: { 200: PolicyView } } }, async (request) => present(await switchTo(principalOf(request).actor, request.params.id, 'on')))

  app.delete('/api/v1/policies/:id', { schema: { tags: ['policies'], summary: 'Delete a policy; its alerts stay.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    const groups = await store.write(async (tx) => {
      const policy = await tx.policy(request.params.id)
      if (policy === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
      await tx.deletePolicy(policy.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'policy.deleted', targetKind: 'policy', targetId: policy.id, detail: { before: toDocument(policy) }, atMs: deps.now() })
      return (await fleet.compilePolicies(tx)).map((revision) => revision.group)
    })
    await changes.afterChange(groups, request.params.id)
    return reply.code(204).send(null)
  })

  app.get('/api/v1/indicators', { schema: { tags: ['policies'], summary: 'Every indicator with its default thresholds.', response: { 200: Type.Object({ items: Type.Array(IndicatorView) }) } } }, async () => ({
    items: INDICATOR_IDS.map((id) => {
      const row: IndicatorRow = indicatorRow(id) ?? indicators[id]
      return { id, summary: row.summary, category: row.category, kinds: [...row.kinds], unit: row.measure, thresholds: row.thresholds, attack: [...row.attack], source: row.source }
    }),
  }))

  app.get('/api/v1/templates', { schema: { tags: ['policies'], summary: 'Policy templates, with every choice that a policy has.', response: { 200: Type.Object({ items: Type.Array(TemplateView) }) } } }, async () => ({ items: templates.map(presentTemplate) }))
}
