// Bundles of cases: asking for one, watching it, and taking it away with a reason.
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import type { User } from '../../domain/people/user.ts'
import { CodedError } from '../../errors.ts'
import { signingKeyOf } from '../../escalation/signing.ts'
import { privacySettings } from '../../privacy/settings.ts'
import type { CaseBundle } from '../../store/escalation.ts'
import type { StoreReader } from '../../store/store.ts'
import { caseOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import { principalOf } from '../guard.ts'
import { maskNames, type Names, namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { BundleList, BundleRequest, BundleView, Reason, SigningKeyView } from './schema.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 7
/** Of one case: more at a time are a mistake. */
const MOST_WAITING = 3
const Params = Type.Object({ id: Id })
const iso = (ms: number): string => new Date(ms).toISOString()

export const presentBundle = (bundle: CaseBundle, user: User | undefined, names: Names): BundleView => ({
  id: bundle.id, caseId: bundle.caseId, state: bundle.state, progress: bundle.progress, by: { id: bundle.byId, name: bundle.byName }, reason: names.text(bundle.reason, user), names: bundle.names, content: bundle.content, createdAt: iso(bundle.createdAtMs), expiresAt: iso(bundle.expiresAtMs), downloads: bundle.downloads, counts: { ...bundle.counts },
  ...(bundle.endedAtMs === undefined ? {} : { endedAt: iso(bundle.endedAtMs) }), ...(bundle.sizeBytes === undefined ? {} : { sizeBytes: bundle.sizeBytes }), ...(bundle.sha256 === undefined ? {} : { sha256: bundle.sha256 }), ...(bundle.manifestSha256 === undefined ? {} : { manifestSha256: bundle.manifestSha256 }), ...(bundle.code === undefined ? {} : { code: bundle.code }),
})

export const bundleRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['escalation']
  /** Without names: it goes into the bundle and the custody of copies, which nobody masks later. */
  const reasonOf = (request: FastifyRequest, reason: string, user: User | undefined): string => maskNames(namesOf(request).text(reason.trim(), user), user)
  const publish = ({ id, caseId, userId, state, progress }: CaseBundle): void => deps.live.publish({ topic: 'bundle.state', bundleId: id, caseId, userId, state, progress })
  /** @throws NOT_FOUND also for one of a case that the asker may not see */
  const bundleOf = async (request: FastifyRequest, reader: StoreReader, id: string): Promise<CaseBundle> => {
    const bundle = await reader.caseBundle(id)
    if (bundle === undefined) throw new CodedError('NOT_FOUND', { what: 'bundle' })
    await caseOf(request, reader, bundle.caseId)
    return bundle
  }
  /** Whoever takes a bundle away must be able to see what is in it. */
  const assertMay = (request: FastifyRequest, { content, names: mode }: Pick<CaseBundle, 'content' | 'names'>): void => {
    const { permissions } = principalOf(request)
    if ((content && !permissions.has('evidence.read')) || (mode === 'named' && !permissions.has('user.reveal'))) throw new CodedError('NOT_ALLOWED')
  }

  app.get('/api/v1/cases/:id/bundles', { schema: { tags, summary: 'Bundles of a case, newest first.', params: Params, response: { 200: BundleList } } }, async (request) => {
    const found = await caseOf(request, store, request.params.id)
    const [bundles, user] = await Promise.all([store.bundlesOfCase(found.id), store.user(found.userId)])
    return { items: bundles.map((bundle) => presentBundle(bundle, user, namesOf(request))) }
  })

  app.post('/api/v1/cases/:id/bundles', { schema: { tags, summary: 'Make a bundle of a case in the background; names are in it only where the asker may see them.', params: Params, body: BundleRequest, response: { 202: BundleView } } }, async (request, reply) => {
    const { reason, names: mode = 'pseudonymous', content = principalOf(request).permissions.has('evidence.read'), from, to, days = DEFAULT_DAYS } = request.body
    const { actor } = principalOf(request)
    const fromMs = from === undefined ? undefined : Date.parse(from)
    const toMs = to === undefined ? undefined : Date.parse(to)
    if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) throw new InvalidRequest([{ pointer: '/to', detail: 'must be after from' }])
    assertMay(request, { content, names: mode })
    const atMs = deps.now()
    const made = await store.write(async (tx) => {
      const found = await caseOf(request, tx, request.params.id)
      const user = await tx.user(found.userId)
      if (mode === 'named' && !namesOf(request).revealed.has(found.userId) && (await privacySettings(tx)).value.revealNeedsSecond) throw new CodedError('BUNDLE_NAMES')
      if ((await tx.bundlesOfCase(found.id)).filter(({ state }) => state === 'queued' || state === 'running').length >= MOST_WAITING) throw new CodedError('BUNDLE_WAITING', { count: MOST_WAITING })
      const bundle: CaseBundle = {
        id: `cb_${uuid().replaceAll('-', '')}`, caseId: found.id, userId: found.userId, state: 'queued', progress: 0, byId: actor.id, byName: actor.name, byRoles: actor.roles ?? [], reason: reasonOf(request, reason, user), names: mode, content,
        ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }), createdAtMs: atMs, expiresAtMs: atMs + days * DAY_MS, tries: 0, downloads: 0,
      }
      await tx.saveCaseBundle(bundle)
      await tx.appendCaseEvent({ caseId: found.id, atMs, actorId: actor.id, what: 'bundle_requested', detail: { bundle: bundle.id, names: mode, reason: bundle.reason } })
      await appendAudit(tx, { actor, action: 'bundle.requested', targetKind: 'case', targetId: found.id, detail: { bundle: bundle.id, names: mode, content, reason, days, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { until: to }) }, atMs })
      return bundle
    })
    deps.escalation?.bundles.wake()
    publish(made)
    return reply.code(202).send(presentBundle(made, await store.user(made.userId), namesOf(request)))
  })

  app.get('/api/v1/bundles/:id', { schema: { tags, summary: 'How far a bundle is.', params: Params, response: { 200: BundleView } } }, async (request) => {
    const bundle = await bundleOf(request, store, request.params.id)
    return presentBundle(bundle, await store.user(bundle.userId), namesOf(request))
  })

  app.post('/api/v1/bundles/:id/download', { schema: { tags, summary: 'The ZIP as an attachment, with a reason.', params: Params, body: Type.Object({ reason: Reason }, { additionalProperties: false }) } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const atMs = deps.now()
    const room = deps.escalation
    const bundle = await store.write(async (tx) => {
      const found = await bundleOf(request, tx, request.params.id)
      assertMay(request, found)
      if (found.state !== 'done' || found.expiresAtMs <= atMs || room === undefined) throw new CodedError('BUNDLE_NOT_HERE', { state: found.state === 'done' ? 'not here any more' : found.state })
      const reason = reasonOf(request, request.body.reason, await tx.user(found.userId))
      await tx.saveCaseBundle({ ...found, downloads: found.downloads + 1 })
      await tx.appendCaseEvent({ caseId: found.caseId, atMs, actorId: actor.id, what: 'bundle_downloaded', detail: { bundle: found.id, reason } })
      await appendAudit(tx, { actor, action: 'bundle.downloaded', targetKind: 'case', targetId: found.caseId, detail: { bundle: found.id, names: found.names, content: found.content, sha256: found.sha256 ?? '', reason: request.body.reason }, atMs })
      return found
    })
    const pieces = room?.bundles.read(bundle)[Symbol.asyncIterator]()
    if (pieces === undefined) throw new CodedError('BUNDLE_NOT_HERE', { state: 'not here' })
    // A file that is not there or not ours is told as a problem, not as an answer that breaks.
    const first = await pieces.next()
    const all = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (let piece = first; piece.done !== true; piece = await pieces.next()) yield piece.value
      } finally {
        // Also when whoever downloads goes away.
        await pieces.return?.()
      }
    }
    void reply.headers({ 'content-disposition': `attachment; filename="holdfast-${bundle.caseId.slice(-12)}-${bundle.id.slice(-8)}.zip"`, 'content-length': bundle.sizeBytes ?? 0, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-holdfast-sha256': bundle.sha256 ?? '' })
    return reply.type('application/zip').send(Readable.from(all(), { objectMode: false }))
  })

  app.delete('/api/v1/bundles/:id', { schema: { tags, summary: 'Take a bundle away before it expires.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { actor } = principalOf(request)
    const bundle = await store.write(async (tx) => {
      const found = await bundleOf(request, tx, request.params.id)
      await tx.deleteCaseBundle(found.id)
      await tx.appendCaseEvent({ caseId: found.caseId, atMs: deps.now(), actorId: actor.id, what: 'bundle_deleted', detail: { bundle: found.id } })
      await appendAudit(tx, { actor, action: 'bundle.deleted', targetKind: 'case', targetId: found.caseId, detail: { bundle: found.id }, atMs: deps.now() })
      return found
    })
    await deps.escalation?.bundles.remove(bundle)
    return reply.code(204).send(null)
  })

  app.get('/api/v1/signing-key', { schema: { tags, summary: 'The key that signs the manifests of bundles; compare its fingerprint with that of a bundle.', response: { 200: SigningKeyView } } }, async () => {
    if (deps.installationKey === undefined) throw new CodedError('NOT_FOUND', { what: 'key' })
    const { publicKeyPem, fingerprint } = signingKeyOf(deps.installationKey)
    return { algorithm: 'Ed25519' as const, publicKeyPem, fingerprint }
  })
}
