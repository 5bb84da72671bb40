// Targets of exports: what they are, how far they are, and what can be done about it. Secrets are taken and never given.
import { hostname } from 'node:os'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { v7 as uuid } from 'uuid'
import type { Sealer } from '../../access/seal.ts'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { readFeedSettings, installationIdOf } from '../../exports/feed-settings.ts'
import { FRESH, readSettings, type Secrets, TARGET_KINDS, targetKinds } from '../../exports/targets.ts'
import { tryOut } from '../../exports/try-out.ts'
import { sigmaFiles } from '../../exports/sigma.ts'
import { retentionSettings } from '../../privacy/settings.ts'
import type { StoredTarget } from '../../store/exports.ts'
import type { StoreReader } from '../../store/store.ts'
import { revisionOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { principalOf } from '../guard.ts'
import { Id, PageQuery } from '../primitives.ts'
import { presentDeadLetter, presentProblem, presentTarget } from './present.ts'
import { DeadLetterPage, DeadLetterRequest, DeadLetterResult, ReplayRequest, ReplayView, SigmaList, TargetCreated, TargetList, TargetRequest, TargetView, TestRequest, TestView } from './schema.ts'
import { auditable, makeSigningSecret, openSecrets, sealSecrets, secretNames, secretsOf, settingsOf } from './settings.ts'

const MOST_TARGETS = 50
const tags = ['exports']
const Params = Type.Object({ id: Id })
const quoted = (revision: number): string => `"${revision}"`

export const exportRoutes = (deps: HttpDeps, sealer: Sealer): FastifyPluginAsyncTypebox => async (app) => {
  const { store, now } = deps
  const place = deps.exportPlace ?? { hostname: hostname(), folder: '' }
  const changed = (targetId: string): void => {
    deps.exportDelivery?.wake()
    deps.live.publish({ topic: 'export.state', targetId })
  }

  const targetOf = async (reader: StoreReader, id: string): Promise<StoredTarget> => {
    const target = await reader.exportTarget(id)
    if (target === undefined) throw new CodedError('NOT_FOUND', { what: 'export target' })
    return target
  }
  const view = async (target: StoredTarget, counts?: ReadonlyMap<string, number>) => {
    const [lag, replays, dead] = await Promise.all([store.outboxLag(target.cursor), store.exportReplays(target.id), counts ?? store.deadLetterCounts()])
    return presentTarget(target, { lag, replays, deadLetters: dead.get(target.id) ?? 0, secrets: secretNames(sealer, target), nowMs: now() })
  }
  const viewOf = async (id: string) => view(await targetOf(store, id))

  /** Before somebody begins to listen, what waits for nobody is passed over, unless it is wanted. @returns where a new target begins */
  const beginning = async (tx: Parameters<Parameters<HttpDeps['store']['write']>[0]>[0], wanted: 'now' | 'kept'): Promise<number> => {
    if (wanted === 'kept') return 0
    const isAlone = (await tx.exportTargets()).length === 0 && !(await readFeedSettings(tx)).enabled
    if (isAlone) await tx.passOverOutbox(now())
    const [waiting] = await tx.outboxChanges(1)
    return waiting === undefined ? (await tx.outboxSpan()).newestSeq : waiting.seq - 1
  }
  const assertFree = async (tx: StoreReader, name: string, id?: string): Promise<void> => {
    const targets = await tx.exportTargets()
    if (targets.some((target) => target.id !== id && target.name.toLowerCase() === name.toLowerCase())) throw new CodedError('EXPORT_EXISTS', { name })
    if (id === undefined && targets.length >= MOST_TARGETS) throw new CodedError('EXPORT_LIMIT', { limit: MOST_TARGETS })
  }
  const assertReason = (reason: string | undefined): string => {
    if (reason === undefined) throw new CodedError('EXPORT_INVALID', { problem: 'telling a receiver names needs a reason' })
    return reason
  }

  app.get('/api/v1/exports', { schema: { tags, summary: 'Targets, how far they are, and what the outbox holds.', response: { 200: TargetList } } }, async () => {
    const [targets, counts, span, retention] = await Promise.all([store.exportTargets(), store.deadLetterCounts(), store.outboxSpan(), retentionSettings(store)])
    return {
      items: await Promise.all(targets.map((target) => view(target, counts))),
      outbox: { records: span.rows, oldestId: span.oldestSeq, newestId: span.newestSeq, keptDays: retention.value.days.outbox, ...(span.oldestAtMs === undefined ? {} : { oldestAt: new Date(span.oldestAtMs).toISOString() }) },
      kinds: TARGET_KINDS.map((kind) => ({ kind, doc: targetKinds[kind].doc, formats: [...targetKinds[kind].formats], secrets: [...targetKinds[kind].secrets] })),
    }
  })
  app.get('/api/v1/exports/:id', { schema: { tags, summary: 'One target.', params: Params, response: { 200: TargetView } } }, async (request, reply) => {
    const found = await viewOf(request.params.id)
    void reply.header('etag', quoted(found.revision))
    return found
  })

  app.post('/api/v1/exports', { schema: { tags, summary: 'Add a target; the signing secret of a webhook is shown this once.', body: TargetRequest, response: { 201: TargetCreated } } }, async (request, reply) => {
    const { name, begin = 'now', reason } = request.body
    const settings = settingsOf(request.body)
    const id = `xt_${uuid().replaceAll('-', '')}`
    const signingSecret = settings.place.kind === 'webhook' ? makeSigningSecret() : undefined
    const secrets: Secrets = { ...secretsOf(settings, request.body, undefined), ...(signingSecret === undefined ? {} : { signingSecret }) }
    const { actor } = principalOf(request)
    await store.write(async (tx) => {
      await assertFree(tx, name)
      const cursor = await beginning(tx, begin)
      await tx.saveExportTarget({ id, name, doc: JSON.stringify(settings), secrets: sealSecrets(sealer, id, secrets), isPaused: false, revision: 1, cursor, state: JSON.stringify(FRESH) })
      await appendAudit(tx, { actor, action: 'export.created', targetKind: 'export', targetId: id, detail: { name, settings: auditable(settings), begin }, atMs: now() })
      if (settings.names) await appendAudit(tx, { actor, action: 'export.names_on', targetKind: 'export', targetId: id, detail: { name, reason: assertReason(reason) }, atMs: now() })
    })
    changed(id)
    return reply.code(201).send({ target: await viewOf(id), ...(signingSecret === undefined ? {} : { signingSecret }) })
  })

  app.put('/api/v1/exports/:id', { schema: { tags, summary: 'Change a target; how far it is stays.', params: Params, body: TargetRequest, response: { 200: TargetCreated } } }, async (request, reply) => {
    const { id } = request.params
    const revision = revisionOf(request)
    const { actor } = principalOf(request)
    const settings = settingsOf(request.body)
    const signingSecret = await store.write(async (tx) => {
      const target = await targetOf(tx, id)
      if (target.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      await assertFree(tx, request.body.name, id)
      const before = readSettings(target.doc)
      const kept = openKept(target)
      const made = settings.place.kind === 'webhook' && kept.signingSecret === undefined ? makeSigningSecret() : undefined
      const secrets: Secrets = { ...secretsOf(settings, request.body, { settings: before, secrets: kept }), ...(made === undefined ? {} : { signingSecret: made }) }
      await tx.saveExportTarget({ ...target, name: request.body.name, doc: JSON.stringify(settings), secrets: sealSecrets(sealer, id, secrets), revision: revision + 1, state: JSON.stringify(FRESH) })
      await appendAudit(tx, { actor, action: 'export.changed', targetKind: 'export', targetId: id, detail: { name: request.body.name, before: auditable(before), after: auditable(settings), secretsGiven: Object.keys(request.body.secrets ?? {}) }, atMs: now() })
      if (settings.names && !before.names) await appendAudit(tx, { actor, action: 'export.names_on', targetKind: 'export', targetId: id, detail: { name: request.body.name, reason: assertReason(request.body.reason) }, atMs: now() })
      return made
    })
    changed(id)
    const found = await viewOf(id)
    void reply.header('etag', quoted(found.revision))
    return { target: found, ...(signingSecret === undefined ? {} : { signingSecret }) }
  })
  /** Those that cannot be read any more have to be given again; nothing else is wrong with the target. */
  const openKept = (target: StoredTarget): Secrets => (secretNames(sealer, target).length === 0 ? {} : openSecrets(sealer, target))

  app.delete('/api/v1/exports/:id', { schema: { tags, summary: 'Take a target away, with its dead letters and replays.', params: Params, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { id } = request.params
    await store.write(async (tx) => {
      const target = await targetOf(tx, id)
      const lag = await tx.outboxLag(target.cursor)
      await tx.deleteExportTarget(id)
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'export.deleted', targetKind: 'export', targetId: id, detail: { name: target.name, notSent: lag.records }, atMs: now() })
    })
    changed(id)
    return reply.code(204).send(null)
  })

  for (const verb of ['pause', 'resume'] as const) {
    app.post(`/api/v1/exports/:id/${verb}`, { schema: { tags, summary: verb === 'pause' ? 'Send nothing until it is resumed; records wait.' : 'Go on, and try at once.', params: Params, response: { 200: TargetView } } }, async (request) => {
      const { id } = request.params
      await store.write(async (tx) => {
        const target = await targetOf(tx, id)
        await tx.saveExportTarget({ ...target, isPaused: verb === 'pause', revision: target.revision + 1, ...(verb === 'resume' ? { state: JSON.stringify(FRESH) } : {}) })
        await appendAudit(tx, { actor: principalOf(request).actor, action: `export.${verb}d`, targetKind: 'export', targetId: id, detail: { name: target.name }, atMs: now() })
      })
      changed(id)
      return viewOf(id)
    })
  }

  app.post('/api/v1/exports/:id/signing-secret', { schema: { tags, summary: 'Make a new signing secret for a webhook; it is shown this once, and the old one is good no more.', params: Params, response: { 200: TargetCreated } } }, async (request) => {
    const { id } = request.params
    const signingSecret = makeSigningSecret()
    await store.write(async (tx) => {
      const target = await targetOf(tx, id)
      if (readSettings(target.doc).place.kind !== 'webhook') throw new CodedError('EXPORT_INVALID', { problem: 'only webhooks are signed' })
      await tx.saveExportTarget({ ...target, secrets: sealSecrets(sealer, id, { ...openKept(target), signingSecret }), revision: target.revision + 1 })
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'export.secret_made', targetKind: 'export', targetId: id, detail: { name: target.name }, atMs: now() })
    })
    changed(id)
    return { target: await viewOf(id), signingSecret }
  })

  app.post('/api/v1/exports/test', { schema: { tags, summary: 'Send one record that says it is a test, and tell what became of it.', body: TestRequest, response: { 200: TestView } } }, async (request) => {
    const { id, target: wanted } = request.body
    const settings = settingsOf(wanted)
    const known = id === undefined ? undefined : await targetOf(store, id)
    const secrets = { ...secretsOf(settings, wanted, known === undefined ? undefined : { settings: readSettings(known.doc), secrets: openKept(known) }) }
    // A webhook that is not saved yet has no secret; the test is signed with one that nobody keeps.
    if (settings.place.kind === 'webhook') secrets.signingSecret ??= makeSigningSecret()
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'export.tested', targetKind: 'export', targetId: id ?? 'new', detail: { settings: auditable(settings) }, atMs: now() }))
    const outcome = await tryOut(settings, secrets, place, { organisation: deps.organisation, installationId: await installationIdOf(store), version: deps.version, consoleUrl: deps.collectorUrl }, now())
    const unsure = settings.place.kind === 'syslog' && settings.place.transport === 'udp'
    return outcome.ok ? { ok: true, tookMs: outcome.tookMs, recordId: outcome.recordId, unsure } : { ok: false, tookMs: outcome.tookMs, problem: presentProblem(outcome.problem), unsure: false }
  })

  app.post('/api/v1/exports/:id/replay', { schema: { tags, summary: 'Send a range of records once more, under the same record ids.', params: Params, body: ReplayRequest, response: { 200: ReplayView } } }, async (request) => {
    const { id } = request.params
    const { fromId, toId, from, to } = request.body
    const byId = fromId !== undefined && toId !== undefined && from === undefined && to === undefined
    const byTime = from !== undefined && to !== undefined && fromId === undefined && toId === undefined
    if (!byId && !byTime) throw new CodedError('EXPORT_RANGE', { problem: 'give fromId and toId, or from and to' })
    const range = await store.write(async (tx) => {
      const target = await targetOf(tx, id)
      const found = byTime ? await tx.outboxRange(Date.parse(from), Date.parse(to)) : { firstSeq: fromId as number, lastSeq: toId as number }
      const span = await tx.outboxSpan()
      const first = Math.max(found?.firstSeq ?? 1, span.oldestSeq)
      // What it has not had yet comes by itself.
      const last = Math.min(found?.lastSeq ?? 0, target.cursor)
      if (found === undefined || last < first) throw new CodedError('EXPORT_RANGE', { problem: 'the outbox holds nothing of it that was sent already' })
      await tx.addReplay(id, first, last)
      const records = (await tx.outboxLag(first - 1)).records - (await tx.outboxLag(last)).records
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'export.replayed', targetKind: 'export', targetId: id, detail: { name: target.name, fromId: first, toId: last, records }, atMs: now() })
      return { fromId: first, toId: last, records }
    })
    changed(id)
    return range
  })

  app.get('/api/v1/exports/:id/dead-letters', { schema: { tags, summary: 'Records that the receiver refused for good, without their content.', params: Params, querystring: Type.Object(PageQuery, { additionalProperties: false }), response: { 200: DeadLetterPage } } }, async (request) => {
    await targetOf(store, request.params.id)
    const { limit = 50, cursor } = request.query
    const page = await store.deadLetters({ targetId: request.params.id, limit, ...(cursor === undefined ? {} : { cursor }) })
    return { ...page, items: page.items.map(presentDeadLetter) }
  })
  app.post('/api/v1/exports/:id/dead-letters', { schema: { tags, summary: 'Try dead letters again, or drop them with a reason.', params: Params, body: DeadLetterRequest, response: { 200: DeadLetterResult } } }, async (request) => {
    const { id } = request.params
    const { action, ids, reason } = request.body
    if (action === 'drop' && reason === undefined) throw new CodedError('EXPORT_INVALID', { problem: 'dropping records needs a reason' })
    const count = await store.write(async (tx) => {
      const target = await targetOf(tx, id)
      const found = await tx.removeDeadLetters(id, ids)
      if (action === 'retry') for (const seq of found) await tx.addReplay(id, seq, seq)
      await appendAudit(tx, { actor: principalOf(request).actor, action: action === 'retry' ? 'export.letters_retried' : 'export.letters_dropped', targetKind: 'export', targetId: id, detail: { name: target.name, records: found, ...(reason === undefined ? {} : { reason }) }, atMs: now() })
      return found.length
    })
    changed(id)
    return { count }
  })

  app.get('/api/v1/sigma', { schema: { tags, summary: 'The indicators and sequences as Sigma rules.', response: { 200: SigmaList } } }, async () => ({ items: [...sigmaFiles()] }))
}
