import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { Refusal } from '../../domain/wire/decode.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { Instant, Page, PageQuery } from '../primitives.ts'

const QuarantineView = Type.Object({ id: Type.Integer(), at: Instant, subject: Type.String(), reason: Type.String(), detail: Type.String(), tries: Type.Integer(), bytes: Type.Integer(), replayedAt: Type.Optional(Instant) }, { additionalProperties: false })

export const quarantineRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/quarantine', { schema: { tags: ['quarantine'], summary: 'Messages that could not be taken, with the reason.', querystring: Type.Object(PageQuery, { additionalProperties: false }), response: { 200: Page(QuarantineView) } } }, async (request) => {
    const { limit = 50, cursor } = request.query
    const page = await store.quarantined({ limit, ...(cursor === undefined ? {} : { cursor }) })
    return {
      items: page.items.map((row) => ({ id: row.id, at: new Date(row.atMs).toISOString(), subject: row.subject, reason: row.reason, detail: row.detail, tries: row.tries, bytes: row.bytes.length, ...(row.replayedAtMs === undefined ? {} : { replayedAt: new Date(row.replayedAtMs).toISOString() }) })),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }), ...(page.total === undefined ? {} : { total: page.total }),
    }
  })
  app.post('/api/v1/quarantine/:id/replay', { schema: { tags: ['quarantine'], summary: 'Take a message as if it came now.', params: Type.Object({ id: Type.Integer({ minimum: 1 }) }), response: { 200: Type.Object({ stored: Type.Integer(), duplicates: Type.Integer() }) } } }, async (request) => {
    const { id } = request.params
    const row = await store.quarantinedById(id)
    if (row === undefined || deps.ingest === undefined) throw new CodedError('NOT_FOUND', { what: 'quarantined message' })
    try {
      const outcome = await deps.ingest.replayQuarantined(row.subject, row.bytes, async (tx, { stored }) => {
        await tx.markReplayed(id, deps.now())
        await appendAudit(tx, { actor: principalOf(request).actor, action: 'quarantine.replayed', targetKind: 'quarantine', targetId: String(id), detail: { stored }, atMs: deps.now() })
      })
      return { stored: outcome.stored, duplicates: outcome.duplicates }
    } catch (error) {
      if (error instanceof Refusal) throw new CodedError('QUARANTINE_REFUSED', { reason: error.reason }, { cause: error })
      throw error
    }
  })
}
