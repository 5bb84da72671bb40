// Previews and threshold data: what a document, saved or not, would do with the stored past.
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Analysis } from '../../analysis/analysis.ts'
import { MOST_PREVIEW_DAYS, PREVIEW_DAYS, type PreviewProgress, type PreviewRun } from '../../analysis/preview.ts'
import { appendAudit } from '../../audit/chain.ts'
import { thresholdData } from '../../domain/analytics/threshold-data.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { toPolicy } from '../../domain/policies/policy-document.ts'
import { indicatorRow } from '../../domain/risk/indicators.ts'
import { inScope } from '../../domain/risk/scope.ts'
import { dayText } from '../../domain/risk/words.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { Id } from '../primitives.ts'
import { readDocument } from './document.ts'
import { PolicyPreview, type PreviewLine, ThresholdDataView } from './schema.ts'

const NDJSON = 'application/x-ndjson'
const PreviewQuery = Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_PREVIEW_DAYS })) }, { additionalProperties: false })
const ThresholdQuery = Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })) }, { additionalProperties: false })
const DEFAULT_THRESHOLD_DAYS = 10

const presentRun = (run: PreviewRun, activities: number): PolicyPreview => ({
  days: run.days, users: run.users, inScope: run.inScope, activities, tookMs: run.tookMs, alerts: run.alerts, alertsPerDay: run.alertsPerDay.map((row) => ({ ...row, day: dayText(row.day) })),
  topIndicators: [...run.topIndicators], examples: [...run.examples], confirmed: { ...run.confirmed, examples: [...run.confirmed.examples] }, limits: [...run.limits],
})

/** Whoever waits behind another preview hears at least this often that somebody is there. */
const SILENT_MS = 10_000

/** Lines as they come: each progress, then the result or the error. */
async function* linesOf(work: (onProgress: (progress: PreviewProgress) => void) => Promise<PolicyPreview>): AsyncGenerator<string> {
  const waiting: PreviewLine[] = []
  let wake: (() => void) | undefined
  const put = (line: PreviewLine): void => {
    waiting.push(line)
    wake?.()
  }
  const state = { ended: false }
  let latest: PreviewLine = { progress: { done: 0, total: 0, alerts: 0 } }
  void work((progress) => put({ progress })).then((result) => put({ result }), (error: unknown) => put({ error: error instanceof CodedError ? { code: error.code, detail: error.message } : { code: 'INTERNAL', detail: 'Something went wrong on our side.' } })).finally(() => {
    state.ended = true
    wake?.()
  })
  while (!state.ended || waiting.length > 0) {
    const line = waiting.shift()
    if (line !== undefined) {
      if ('progress' in line) latest = line
      yield `${JSON.stringify(line)}\n`
      continue
    }
    let timer: NodeJS.Timeout | undefined
    const isSilent = await new Promise<boolean>((resolve) => {
      wake = () => resolve(false)
      timer = setTimeout(() => resolve(true), SILENT_MS)
    })
    clearTimeout(timer)
    if (isSilent) yield `${JSON.stringify(latest)}\n`
  }
}

export const previewRoutes = (deps: HttpDeps, analysis: Analysis): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps

  const preview = async (request: FastifyRequest, reply: FastifyReply, policy: Policy, saved: Policy | undefined, days: number) => {
    const { actor } = principalOf(request)
    await store.write((tx) => appendAudit(tx, { actor, action: 'policy.previewed', targetKind: 'policy', targetId: policy.name, detail: { days }, atMs: deps.now() }))
    const left = new AbortController()
    reply.raw.once('close', () => left.abort())
    const run = async (onProgress?: (progress: PreviewProgress) => void): Promise<PolicyPreview> => {
      const found = await analysis.previews.run({ policy, days, signal: left.signal, ...(saved === undefined ? {} : { saved }), ...(onProgress === undefined ? {} : { onProgress }) })
      return presentRun(found, await store.activityCount())
    }
    if (request.headers.accept?.includes(NDJSON) !== true) return run()
    return reply.header('content-type', NDJSON).send(Readable.from(linesOf(run)))
  }

  app.post('/api/v1/policies/preview', { schema: { tags: ['policies'], summary: 'What a document would have done with the stored past. With Accept: application/x-ndjson, progress comes line by line before the result.', querystring: PreviewQuery, response: { 200: PolicyPreview } } }, async (request, reply) => {
    const document = readDocument(request.body)
    const saved = await store.policyByName(document.name)
    // The id of the policy that it would replace: what is counted for that one counts for the draft.
    return preview(request, reply, toPolicy(document, saved?.id ?? 'preview', deps.now(), saved), saved, request.query.days ?? PREVIEW_DAYS)
  })

  app.post('/api/v1/policies/:id/preview', { schema: { tags: ['policies'], summary: 'The same for a policy as it is saved.', params: Type.Object({ id: Id }), querystring: PreviewQuery, response: { 200: PolicyPreview } } }, async (request, reply) => {
    const policy = (await store.policy(request.params.id)) ?? (await store.policyByName(request.params.id))
    if (policy === undefined) throw new CodedError('NOT_FOUND', { what: 'policy' })
    return preview(request, reply, policy, policy, request.query.days ?? PREVIEW_DAYS)
  })

  app.post('/api/v1/policies/thresholds', { schema: { tags: ['policies'], summary: 'How many users the thresholds of a document would reach, by their busiest day of the last 10 (or so many) days.', querystring: ThresholdQuery, response: { 200: ThresholdDataView } } }, async (request) => {
    const document = readDocument(request.body)
    const days = request.query.days ?? DEFAULT_THRESHOLD_DAYS
    const saved = await store.policyByName(document.name)
    const policy = toPolicy(document, saved?.id ?? 'preview', deps.now(), saved)
    const { users } = await analysis.busiest.of(days)
    const data = thresholdData(policy, users.filter(({ subject, triggers }) => inScope(subject, policy, triggers)))
    return {
      days, users: data.users, over: data.over, top: [...data.top],
      indicators: data.indicators.map((row) => ({ ...row, label: indicatorRow(row.indicator)?.label ?? row.indicator, unit: indicatorRow(row.indicator)?.measure ?? 'events', thresholds: { ...row.thresholds } })),
    }
  })
}
