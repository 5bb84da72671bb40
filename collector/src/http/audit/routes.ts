import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { appendAudit, verifyAudit } from '../../audit/chain.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { AuditListQuery, AuditPage, AuditVerdict } from './schema.ts'

export const auditRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/audit', { schema: { tags: ['audit'], summary: 'The audit log, newest first.', querystring: AuditListQuery, response: { 200: AuditPage } } }, async (request) => {
    const { limit = 50, cursor, action, from, to } = request.query
    const page = await store.auditEntries({ limit, ...(cursor === undefined ? {} : { cursor }), ...(action === undefined ? {} : { action }), ...(from === undefined ? {} : { fromMs: Date.parse(from) }), ...(to === undefined ? {} : { toMs: Date.parse(to) }) })
    // Looking at the log is a look as well; the pages after the first belong to the same one.
    if (cursor === undefined) await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'audit.viewed', targetKind: 'audit', targetId: '-', atMs: deps.now() }))
    return {
      items: page.items.map((entry) => ({ seq: entry.seq, at: new Date(entry.atMs).toISOString(), actor: entry.actorName, action: entry.action, targetKind: entry.targetKind, targetId: entry.targetId, detail: JSON.parse(entry.detail) as unknown, hash: entry.hash })),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    }
  })
  app.get('/api/v1/audit/verify', { schema: { tags: ['audit'], summary: 'Walk the whole chain.', response: { 200: AuditVerdict } } }, async () => verifyAudit(store))
}
