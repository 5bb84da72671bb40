// Where heads of the audit log go besides the file.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { hostname } from 'node:os'
import type { Sealer } from '../../access/seal.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { createMailer } from '../../exports/mail.ts'
import { readMailSettings, usableMailSettings } from '../../notices/settings.ts'
import { auditTargets, saveAuditTargets, sendHead, type TargetState, targetStates } from '../../privacy/audit-targets.ts'
import { revisionOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { AuditTargetsBody, AuditTargetsView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const presentState = ({ atMs, ...state }: TargetState) => ({ ...state, at: iso(atMs) })

export const auditTargetRoutes = (deps: HttpDeps, sealer: Sealer): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const mailer = async () => {
    const settings = await usableMailSettings(store, sealer)
    return settings === undefined ? undefined : createMailer(settings)
  }
  const view = async () => {
    const [{ syslog, mail, revision }, states, mailSettings] = await Promise.all([auditTargets(store), targetStates(store), readMailSettings(store)])
    return {
      syslog: syslog === null ? null : { ...syslog }, mail: mail === null ? null : { to: [...mail.to] }, revision, file: deps.anchorsPath !== undefined, mailReady: mailSettings.value !== undefined,
      states: { ...(states.syslog === undefined || syslog === null ? {} : { syslog: presentState(states.syslog) }), ...(states.mail === undefined || mail === null ? {} : { mail: presentState(states.mail) }) },
    }
  }
  const targetDeps = { store, now: deps.now, organisation: deps.organisation, hostname: hostname(), mailer }

  app.get('/api/v1/settings/audit-targets', { schema: { tags: ['audit'], summary: 'Where heads of the audit log go besides the file.', response: { 200: AuditTargetsView } } }, async (_request, reply) => {
    const found = await view()
    void reply.header('etag', `"${found.revision}"`)
    return found
  })
  app.put('/api/v1/settings/audit-targets', { schema: { tags: ['audit'], summary: 'Change that; the targets that were set hear of it first.', body: AuditTargetsBody, response: { 200: AuditTargetsView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const revision = revisionOf(request)
    await store.write(async (tx) => {
      const before = await auditTargets(tx)
      if (before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      const { syslog, mail } = request.body
      await appendAudit(tx, { actor, action: 'audit.targets_changed', targetKind: 'settings', targetId: 'audit-targets', detail: { before: { syslog: before.syslog, mail: before.mail }, after: request.body }, atMs: deps.now() })
      await saveAuditTargets(tx, { syslog, mail, revision: revision + 1 })
    })
    const found = await view()
    void reply.header('etag', `"${found.revision}"`)
    return found
  })
  app.post('/api/v1/settings/audit-targets/test', { schema: { tags: ['audit'], summary: 'Send the present head now.', response: { 200: AuditTargetsView } } }, async (request) => {
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'audit.anchor_sent', targetKind: 'settings', targetId: 'audit-targets', atMs: deps.now() }))
    await sendHead(targetDeps, { again: true })
    return view()
  })
}
