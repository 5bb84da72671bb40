// Names shown for a time, requests and their decisions, how long things are kept, and erasing one person.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { assertErasable, erase, eraseEvidence, finishErasure } from '../../privacy/erasure.ts'
import { askForErasure, assertDecidable, decideRequest, endRequest } from '../../privacy/requests.ts'
import { planRetention, type Retention } from '../../privacy/retention.ts'
import { MOST_DAYS, privacySettings, type RetentionSettings, retentionClasses, retentionSettings, savePrivacySettings, saveRetentionSettings } from '../../privacy/settings.ts'
import { RETENTION_CLASSES } from '../../store/privacy.ts'
import { revisionOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { personOf } from './look-up.ts'
import { presentRequest, presentRetention, presentRun } from './present.ts'
import { DecisionRequest, ErasureRequest, ErasureView, PrivacyRequestListQuery, PrivacyRequestPage, PrivacyRequestView, PrivacySettingsBody, PrivacySettingsView, RetentionRunView, RetentionSettingsBody, RetentionView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const Params = Type.Object({ id: Id })

export const privacyRoutes = (deps: HttpDeps, retention: Retention): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps

  const settingsView = async () => {
    const [stored, accounts] = await Promise.all([privacySettings(store), store.accounts()])
    return {
      ...stored.value, revision: stored.revision, ...(stored.changedAtMs === undefined ? {} : { changedAt: iso(stored.changedAtMs) }), ...(stored.changedBy === undefined ? {} : { changedBy: stored.changedBy }),
      approvers: accounts.filter((account) => !account.disabled && account.roles.includes('Approver')).length,
    }
  }
  app.get('/api/v1/settings/privacy', { schema: { tags: ['privacy'], summary: 'Whether a name needs a second person, and for how long it is shown.', response: { 200: PrivacySettingsView } } }, async (_request, reply) => {
    const view = await settingsView()
    void reply.header('etag', `"${view.revision}"`)
    return view
  })
  app.put('/api/v1/settings/privacy', { schema: { tags: ['privacy'], summary: 'Change that.', body: PrivacySettingsBody, response: { 200: PrivacySettingsView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const revision = revisionOf(request)
    await store.write(async (tx) => {
      const before = await privacySettings(tx)
      if (before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      await savePrivacySettings(tx, { value: request.body, revision: revision + 1, changedAtMs: atMs, changedBy: actor.name })
      await appendAudit(tx, { actor, action: 'settings.privacy_changed', targetKind: 'settings', targetId: 'privacy', detail: { before: before.value, after: request.body }, atMs })
    })
    const view = await settingsView()
    void reply.header('etag', `"${view.revision}"`)
    return view
  })

  app.get('/api/v1/privacy-requests', { schema: { tags: ['privacy'], summary: 'Requests to see a name or to erase a person: one’s own, and for an approver everybody’s.', querystring: PrivacyRequestListQuery, response: { 200: PrivacyRequestPage } } }, async (request) => {
    const { limit = 50, cursor, state } = request.query
    const { actor, permissions } = principalOf(request)
    const page = await store.privacyRequests({ limit, ...(cursor === undefined ? {} : { cursor }), ...(state === undefined ? {} : { states: state }), ...(permissions.has('privacy.approve') ? {} : { accountId: actor.id }) })
    const users = new Map((await store.usersByIds([...new Set(page.items.map(({ userId }) => userId))])).map((user) => [user.id, user]))
    // A state that the clock has overtaken is not what was asked for.
    const items = page.items.map((row) => presentRequest(row, users.get(row.userId), actor.id, deps.now(), namesOf(request))).filter((row) => state === undefined || state.includes(row.state))
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })

  app.post('/api/v1/privacy-requests/:id/decision', { schema: { tags: ['privacy'], summary: 'Agree to somebody else’s request, or refuse it.', params: Params, body: DecisionRequest, response: { 200: PrivacyRequestView } } }, async (request) => {
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const settings = (await privacySettings(store)).value
    const { grant, note } = request.body
    const asked = assertDecidable(await store.privacyRequest(request.params.id), actor, atMs)
    // Copies of files go first: one that a hold keeps refuses the decision.
    if (grant && asked.kind === 'erasure') {
      await assertErasable(store, asked.userId)
      await eraseEvidence(store, deps.evidence, asked.userId)
    }
    const decided = await store.write(async (tx) => {
      const next = await decideRequest(tx, request.params.id, { grant, ...(note === undefined ? {} : { note }) }, actor, settings, atMs)
      if (next.state === 'done') await erase(tx, next.userId, { reasonKind: next.reasonKind, reason: next.reason, request: next.id, approvedBy: actor.id }, { id: next.accountId, name: next.accountName }, atMs)
      return next
    })
    const user = await store.user(decided.userId)
    if (decided.state === 'done' && user !== undefined) await finishErasure(store, deps.erasuresPath, user, atMs)
    deps.live.publish({ topic: 'privacy.decided', requestId: decided.id, accountId: decided.accountId })
    return presentRequest(decided, user, actor.id, deps.now(), namesOf(request))
  })
  app.delete('/api/v1/privacy-requests/:id', { schema: { tags: ['privacy'], summary: 'Hide a name before its time, or take a request back.', params: Params, response: { 200: PrivacyRequestView } } }, async (request) => {
    const { actor, permissions } = principalOf(request)
    const ended = await store.write((tx) => endRequest(tx, request.params.id, actor, permissions.has('privacy.approve'), deps.now()))
    deps.live.publish({ topic: 'privacy.decided', requestId: ended.id, accountId: ended.accountId })
    return presentRequest(ended, await store.user(ended.userId), actor.id, deps.now())
  })

  app.post('/api/v1/erasures', { schema: { tags: ['privacy'], summary: 'Erase one person: everything that tells who they are goes, pseudonymous counts stay.', body: ErasureRequest, response: { 200: ErasureView, 202: ErasureView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const { reasonKind, reason, userId, identity } = request.body
    const atMs = deps.now()
    const settings = (await privacySettings(store)).value
    const user = await personOf(store, { ...(userId === undefined ? {} : { userId }), ...(identity === undefined ? {} : { identity }) })
    await assertErasable(store, user.id)
    const ref = { id: user.id, pseudonym: user.pseudonym }
    if (settings.erasureNeedsSecond) {
      const made = await store.write((tx) => askForErasure(tx, { userId: user.id, reasonKind, reason }, actor, settings, atMs))
      deps.live.publish({ topic: 'privacy.requested', requestId: made.id })
      return reply.code(202).send({ state: 'pending' as const, user: ref, request: made.id })
    }
    await eraseEvidence(store, deps.evidence, user.id)
    const rows = await store.write((tx) => erase(tx, user.id, { reasonKind, reason }, actor, atMs))
    return { state: 'done' as const, user: ref, rows: { ...rows }, rewritten: await finishErasure(store, deps.erasuresPath, user, atMs) }
  })

  const retentionView = async () => presentRetention(await planRetention(store, deps.now()), await retentionSettings(store))
  app.get('/api/v1/settings/retention', { schema: { tags: ['privacy'], summary: 'How long each class is kept, and what a run would take away now.', response: { 200: RetentionView } } }, async (_request, reply) => {
    const view = await retentionView()
    void reply.header('etag', `"${view.revision}"`)
    return view
  })
  app.put('/api/v1/settings/retention', { schema: { tags: ['privacy'], summary: 'Change how long classes are kept; null is for ever.', body: RetentionSettingsBody, response: { 200: RetentionView } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const given = request.body.days as Partial<RetentionSettings['days']>
    const wrong = RETENTION_CLASSES.filter((cls) => typeof given[cls] === 'number' && given[cls] < retentionClasses[cls].least)
    if (wrong.length > 0) throw new InvalidRequest(wrong.map((cls) => ({ pointer: `/body/days/${cls}`, detail: `must be ${retentionClasses[cls].least} to ${MOST_DAYS} days` })))
    const atMs = deps.now()
    const revision = revisionOf(request)
    await store.write(async (tx) => {
      const before = await retentionSettings(tx)
      if (before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      const value: RetentionSettings = { days: { ...before.value.days, ...given } }
      await saveRetentionSettings(tx, { value, revision: revision + 1, changedAtMs: atMs, changedBy: actor.name })
      await appendAudit(tx, { actor, action: 'settings.retention_changed', targetKind: 'settings', targetId: 'retention', detail: { before: before.value.days, after: value.days }, atMs })
    })
    const view = await retentionView()
    void reply.header('etag', `"${view.revision}"`)
    return view
  })
  app.get('/api/v1/retention-runs', { schema: { tags: ['privacy'], summary: 'Clean-ups, newest first.', response: { 200: Type.Object({ items: Type.Array(RetentionRunView) }) } } }, async () => ({ items: (await store.retentionRuns(50)).map(presentRun) }))
  app.post('/api/v1/retention-runs', { schema: { tags: ['privacy'], summary: 'Clean up now.', response: { 202: RetentionRunView } } }, async (request, reply) => reply.code(202).send(presentRun(await retention.start(principalOf(request).actor))))
}
