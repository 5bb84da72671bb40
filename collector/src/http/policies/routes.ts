import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { type PolicyInput, toDocument, toPolicy } from '../../domain/policies/policy-document.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { previewPolicy, type PreviewUser } from '../../domain/policies/preview.ts'
import { readPolicyDocuments } from '../../domain/policies/read-document.ts'
import { templateById, templates } from '../../domain/policies/templates.ts'
import { INDICATOR_IDS, indicators, type IndicatorRow } from '../../domain/risk/indicators.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { bandOf, bothIds } from '../../domain/risk/techniques.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { IndicatorView, type PolicyDocument, PolicyPreview, PolicyView, TemplateView } from './schema.ts'

const PREVIEW_DAYS = 120
const Params = Type.Object({ id: Id })

/** The policy of a request, as JSON or as YAML text. @throws POLICY_INVALID naming each place */
export function readDocument(body: unknown): PolicyInput {
  const { inputs, problems } = readPolicyDocuments(typeof body === 'string' ? body : JSON.stringify(body ?? null))
  const [input, another] = inputs
  if (problems.length > 0) throw new InvalidRequest(problems.map(({ pointer, detail, line }) => ({ pointer, detail: typeof body === 'string' ? `line ${line}: ${detail}` : detail })), 'POLICY_INVALID')
  if (input === undefined || another !== undefined) throw new InvalidRequest([{ pointer: '/', detail: 'holds more than one policy; send them one by one' }], 'POLICY_INVALID')
  return input
}

export const policyRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store, fleet } = deps
  app.addContentTypeParser(['application/yaml', 'text/yaml', 'application/x-yaml'], { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const present = async (policy: Policy): Promise<PolicyView> => {
    const open = await store.alerts({ limit: 1, policyId: [policy.id], status: ['needs_review', 'confirmed'], sort: 'created_at', descending: true })
    return {
      id: policy.id, name: policy.name, description: policy.description, template: policy.template, templateName: templateById(policy.template)?.name ?? policy.template, status: policy.status, version: policy.version,
      document: toDocument(policy) as PolicyDocument, openAlerts: open.total ?? open.items.length, createdAt: new Date(policy.createdAtMs).toISOString(), updatedAt: new Date(policy.updatedAtMs).toISOString(),
    }
  }
  const draft = (document: PolicyInput, id: string, previous?: Policy): Policy => {
    if (previous !== undefined && previous.template !== document.template) throw new InvalidRequest([{ pointer: '/template', detail: 'cannot change; make a policy of another name' }], 'POLICY_INVALID')
    return toPolicy(document, id, deps.now(), previous)
  }
  const afterChange = async (groups: readonly string[], policyId: string) => {
    // A policy's priority content is marked as activities are counted.
    await deps.detection.reload()
    await fleet.pushPolicies(groups)
    deps.evaluation?.wake()
    deps.live.publish({ topic: 'policy.updated', policyId })
  }

  app.get('/api/v1/policies', { schema: { tags: ['policies'], summary: 'All policies.', response: { 200: Type.Object({ items: Type.Array(PolicyView) }) } } }, async () => ({ items: await Promise.all((await store.policies()).map(present)) }))

  app.post('/api/v1/policies', { schema: { tags: ['policies'], summary: 'Apply a document (JSON or YAML): make the policy, or change the one of its name.', response: { 200: PolicyView } } }, async (request) => {
    const { actor } = principalOf(request)
    const document = readDocument(request.body)
    const { policy, groups } = await store.write(async (tx) => {
      const previous = await tx.policyByName(document.name)
      const next = draft(document, previous?.id ?? `p_${uuid().replaceAll('-', '')}`, previous)
      await tx.savePolicy(next)
      await tx.markAllUsers()
      await appendAudit(tx, { actor, action: previous === undefined ? 'policy.created' : 'policy.changed', targetKind: 'policy', targetId: next.id, detail: { version: next.version, ...(previous === undefined ? {} : { before: toDocument(previous) }), after: toDocument(next) }, atMs: deps.now() })
      return { policy: next, groups: (await fleet.compilePolicies(tx)).map((revision) => revision.group) }
    })
    await afterChange(groups, policy.id)
    return present(policy)
  })

  app.get('/api/v1/policies/:id', { schema: { tags: ['policies'], summary: 'One policy.', params: Params, response: { 200: PolicyView } } }, async (request) => {
    const policy = (await store.policy(request.params.id)) ?? (await store.policyByName(request.params.id))
    if (policy === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
    return present(policy)
  })

  app.delete('/api/v1/policies/:id', { schema: { tags: ['policies'], summary: 'Delete a policy; its alerts stay.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    const groups = await store.write(async (tx) => {
      const policy = await tx.policy(request.params.id)
      if (policy === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
      await tx.deletePolicy(policy.id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'policy.deleted', targetKind: 'policy', targetId: policy.id, detail: { before: toDocument(policy) }, atMs: deps.now() })
      return (await fleet.compilePolicies(tx)).map((revision) => revision.group)
    })
    await afterChange(groups, request.params.id)
    return reply.code(204).send(null)
  })

  app.post('/api/v1/policies/preview', { schema: { tags: ['policies'], summary: 'What a document would have done with the stored past.', response: { 200: PolicyPreview } } }, async (request) => {
    const policy = draft(readDocument(request.body), 'preview')
    const today = dayOf(deps.now())
    const users: PreviewUser[] = []
    let cursor: string | undefined
    do {
      const page = await store.users({ limit: 500, ...(cursor === undefined ? {} : { cursor }) })
      users.push(...(await Promise.all(page.items.map(async (user) => ({ pseudonym: user.pseudonym, insights: await store.insights(user.id, today - PREVIEW_DAYS, today) })))))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    const outcome = previewPolicy(policy, users)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'policy.previewed', targetKind: 'policy', targetId: policy.name, atMs: deps.now() }))
    return { ...outcome, days: PREVIEW_DAYS, activities: await store.activityCount(), topIndicators: [...outcome.topIndicators], examples: [...outcome.examples] }
  })

  app.get('/api/v1/indicators', { schema: { tags: ['policies'], summary: 'Every indicator with its default thresholds.', response: { 200: Type.Object({ items: Type.Array(IndicatorView) }) } } }, async () => ({
    items: INDICATOR_IDS.map((id) => {
      const row: IndicatorRow = indicators[id]
      const { now, before } = bothIds(row.attack)
      return { id, summary: row.summary, category: row.category, kinds: [...row.kinds], unit: row.measure, thresholds: row.thresholds, attack: [...now], attackBefore: [...before], frequencyBand: bandOf(row.attack), label: row.label, doc: row.doc, source: row.source }
    }),
  }))

  app.get('/api/v1/templates', { schema: { tags: ['policies'], summary: 'Policy templates.', response: { 200: Type.Object({ items: Type.Array(TemplateView) }) } } }, async () => ({
    items: templates.map((template) => ({ id: template.id, name: template.name, summary: template.summary, indicators: [...template.indicators], triggers: template.triggers.map((trigger) => ({ indicator: trigger.indicator, threshold: trigger.threshold ?? indicators[trigger.indicator].thresholds.low })) })),
  }))
}
