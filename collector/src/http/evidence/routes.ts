// Files and what was kept of them. Whatever gives a content away writes custody and audit first, in one transaction.
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { appendAudit } from '../../audit/chain.ts'
import { CodedError } from '../../errors.ts'
import { verifyCustody } from '../../evidence/custody.ts'
import { type EvidenceRoom, whyNotHere } from '../../evidence/evidence.ts'
import { textOf } from '../../evidence/look.ts'
import { findSensitive, maskSensitive } from '../../evidence/sensitive-text.ts'
import { EVIDENCE_SETTING, readEvidenceSettings } from '../../evidence/settings.ts'
import type { EvidenceItem } from '../../store/evidence.ts'
import type { StoreReader } from '../../store/store.ts'
import { revisionOf } from '../cases/access.ts'
import type { HttpDeps } from '../context.ts'
import { assertVisible, principalOf } from '../guard.ts'
import { lookUp } from '../look-up.ts'
import { maskNames, namesOf } from '../names.ts'
import { Id } from '../primitives.ts'
import { listFiles, presentFile, scopeOf } from './files.ts'
import { CustodyView, EvidenceFile, EvidenceFilePage, EvidenceFileQuery, EvidenceSettingsBody, EvidenceSettingsView, PreviewView, ReasonBody } from './schema.ts'

/** Text of one preview; more is for the download. */
const PREVIEW_BYTES = 256 * 1024
const HEX_BYTES = 4096
const HEX_ROW = 16
/** A finding that begins inside of the preview is found to its end. */
const OVERLAP_BYTES = 1024

const Params = Type.Object({ id: Id })
const ENDINGS: Readonly<Record<string, string>> = { 'text/plain': 'txt', 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'image/webp': 'webp' }

/** A name that says nothing of the file but what it is: the real one may be hostile, or a person's. */
export const downloadName = (item: EvidenceItem): string => `holdfast-${item.id.replaceAll(/\W/g, '').slice(-12)}.${ENDINGS[item.mediaType ?? ''] ?? 'bin'}`

/** Headers of a content from a device: no page of ours, no script, no frame, nothing sniffed, nothing kept. */
export function contentHeaders(reply: FastifyReply, item: EvidenceItem, inline: boolean): void {
  void reply.headers({
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer',
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="${downloadName(item)}"`, 'content-length': item.sizeBytes,
  })
  // Also where it is attached: an image that is displayed must be one, and everything else is bytes.
  void reply.type(inline ? (item.mediaType ?? 'application/octet-stream') : 'application/octet-stream')
}

function hexRows(bytes: Buffer): NonNullable<PreviewView['hex']> {
  const rows: NonNullable<PreviewView['hex']> = []
  for (let offset = 0; offset < bytes.length; offset += HEX_ROW) {
    const row = bytes.subarray(offset, offset + HEX_ROW)
    rows.push({ offset, bytes: row.toString('hex').replaceAll(/(..)(?=.)/g, '$1 '), text: row.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.') })
  }
  return rows
}

export const evidenceRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  const tags = ['evidence']
  const room = (): EvidenceRoom => {
    if (deps.evidence === undefined) throw new CodedError('EVIDENCE_NOT_HERE', { why: 'this process has no evidence folder' })
    return deps.evidence
  }
  /** @throws NOT_FOUND also for a copy of somebody whom the asker may not see */
  const itemOf = async (request: FastifyRequest, reader: StoreReader, id: string): Promise<EvidenceItem> => {
    const item = await reader.evidence(id)
    if (item === undefined) throw new CodedError('NOT_FOUND', { what: 'evidence' })
    if (principalOf(request).visible !== undefined) assertVisible(request, await reader.user(item.userId), 'evidence')
    return item
  }
  /** Without names: what is chained is never changed, so it must not need a mask later. */
  const reasonOf = async (request: FastifyRequest, item: EvidenceItem, reason: string): Promise<string> => {
    const user = await store.user(item.userId)
    return maskNames(namesOf(request).text(reason, user), user)
  }
  const here = (item: EvidenceItem): EvidenceItem => {
    if (item.state !== 'verified') throw new CodedError('EVIDENCE_NOT_HERE', { why: whyNotHere(item) })
    return item
  }

  app.get('/api/v1/evidence/files', { schema: { tags, summary: 'Files of a case, an alert or a person, with what was kept of them or why nothing was; newest first. Follow the cursor also where a page is short.', querystring: EvidenceFileQuery, response: { 200: EvidenceFilePage } } }, async (request) => {
    const scope = await scopeOf(request, deps, request.query)
    const page = await listFiles(deps, scope, request.query, namesOf(request))
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'evidence.listed', targetKind: scope.target.kind, targetId: scope.target.id, detail: { rows: page.items.length }, atMs: deps.now() }))
    return { items: [...page.items], ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) }
  })

  app.get('/api/v1/evidence/:id', { schema: { tags, summary: 'What is known of one copy, without its content.', params: Params, response: { 200: EvidenceFile } } }, async (request) => {
    const item = await itemOf(request, store, request.params.id)
    const [activity] = await store.activitiesByIds([item.activityId])
    if (activity === undefined) throw new CodedError('NOT_FOUND', { what: 'evidence' })
    const known = await lookUp(store, [activity.userId], [activity.deviceId])
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'evidence.listed', targetKind: 'evidence', targetId: item.id, atMs: deps.now() }))
    return presentFile(activity, item, { user: known.users.get(activity.userId), deviceName: known.devices.get(activity.deviceId)?.hostname, captureOn: true, names: namesOf(request) })
  })

  const previewOf = async (request: FastifyRequest, item: EvidenceItem, reason: string | undefined): Promise<PreviewView> => {
    const { actor } = principalOf(request)
    const common = { id: item.id, form: item.form ?? 'other', mediaType: item.mediaType ?? 'application/octet-stream', sizeBytes: item.sizeBytes, findings: [...(item.findings ?? [])], masked: reason === undefined }
    // The content of these is asked for by itself, and that is the look that counts.
    if (item.form === 'pdf' || item.form === 'image') return { ...common, masked: false, truncated: false }
    const { beginning } = await room().look(item, { actor, what: reason === undefined ? 'viewed' : 'revealed', ...(reason === undefined ? {} : { detail: { reason: await reasonOf(request, item, reason) } }) }, PREVIEW_BYTES + OVERLAP_BYTES)
    if (item.form !== 'text') return { ...common, truncated: item.sizeBytes > HEX_BYTES, hex: hexRows(beginning.subarray(0, HEX_BYTES)), masked: false }
    const text = textOf(beginning)
    const truncated = item.sizeBytes > PREVIEW_BYTES
    // Whose name may be shown is decided by a reveal of the person, not of a file.
    const shown = namesOf(request).text(reason === undefined ? maskSensitive(text, findSensitive(text)) : text, await store.user(item.userId))
    // Masking keeps the length of what it masks, but for passwords and names; cut after it, so that no half of a number shows.
    return { ...common, text: truncated ? shown.slice(0, Math.max(0, shown.length - OVERLAP_BYTES)) : shown, truncated }
  }

  app.get('/api/v1/evidence/:id/preview', { schema: { tags, summary: 'The beginning of a text with findings and names masked, or bytes; recorded as a look.', params: Params, response: { 200: PreviewView } } }, async (request) => previewOf(request, here(await itemOf(request, store, request.params.id)), undefined))

  app.post('/api/v1/evidence/:id/reveal', { schema: { tags, summary: 'The beginning of a text as it is, with a reason.', params: Params, body: ReasonBody, response: { 200: PreviewView } } }, async (request) => previewOf(request, here(await itemOf(request, store, request.params.id)), request.body.reason))

  app.get('/api/v1/evidence/:id/content', { schema: { tags, summary: 'The content of an image or a PDF, to be looked at; recorded as a look.', params: Params } }, async (request, reply) => {
    const item = here(await itemOf(request, store, request.params.id))
    if (item.form !== 'image' && item.form !== 'pdf') throw new CodedError('EVIDENCE_NOT_HERE', { why: 'only images and PDF are looked at as a whole; download the others' })
    const chunks = await room().stream(item, { actor: principalOf(request).actor, what: 'viewed' })
    contentHeaders(reply, item, item.form === 'image')
    return reply.send(Readable.from(chunks))
  })

  app.post('/api/v1/evidence/:id/download', { schema: { tags, summary: 'The content as an attachment, with a reason.', params: Params, body: ReasonBody } }, async (request, reply) => {
    const item = here(await itemOf(request, store, request.params.id))
    const chunks = await room().stream(item, { actor: principalOf(request).actor, what: 'downloaded', detail: { reason: await reasonOf(request, item, request.body.reason) } })
    contentHeaders(reply, item, false)
    void reply.header('x-holdfast-sha256', item.sha256 ?? '')
    return reply.send(Readable.from(chunks))
  })

  app.get('/api/v1/evidence/:id/custody', { schema: { tags, summary: 'What happened to a copy, as a chain of hashes, and whether chain and content are whole now.', params: Params, response: { 200: CustodyView } } }, async (request) => {
    const item = await itemOf(request, store, request.params.id)
    const events = await store.custody(item.id)
    await store.write((tx) => appendAudit(tx, { actor: principalOf(request).actor, action: 'evidence.custody_read', targetKind: 'evidence', targetId: item.id, atMs: deps.now() }))
    return { evidenceId: item.id, events: events.map(({ actorName, ...event }) => ({ ...event, actor: actorName })), chain: verifyCustody(events), content: deps.evidence === undefined ? { ok: false, problem: 'this process has no evidence folder' } : await deps.evidence.check(item) }
  })

  const settingsView = async (reader: StoreReader): Promise<{ readonly view: EvidenceSettingsView; readonly revision: number }> => {
    const [{ revision, ...settings }, used] = await Promise.all([readEvidenceSettings(reader), reader.evidenceUse()])
    return { revision, view: { ...settings, usedBytes: used.bytes, copies: used.items, warned: used.bytes * 100 >= settings.organisationQuotaBytes * settings.warnAtPercent } }
  }

  app.get('/api/v1/settings/evidence', { schema: { tags, summary: 'How much evidence is kept, and how much there is.', response: { 200: EvidenceSettingsView } } }, async (_request, reply) => {
    const { view, revision } = await settingsView(store)
    void reply.header('etag', `"${revision}"`)
    return view
  })

  app.put('/api/v1/settings/evidence', { schema: { tags, summary: 'Change the quotas. Nothing that is here goes when they shrink.', body: EvidenceSettingsBody, response: { 200: EvidenceSettingsView } } }, async (request, reply) => {
    const seen = revisionOf(request)
    const { view, revision } = await store.write(async (tx) => {
      const before = await readEvidenceSettings(tx)
      if (before.revision !== seen) throw new CodedError('REVISION_CONFLICT')
      const after = { ...request.body, revision: before.revision + 1 }
      await tx.saveSetting(EVIDENCE_SETTING, JSON.stringify(after))
      await appendAudit(tx, { actor: principalOf(request).actor, action: 'evidence.settings_changed', targetKind: 'settings', targetId: 'evidence', detail: { before, after }, atMs: deps.now() })
      return settingsView(tx)
    })
    void reply.header('etag', `"${revision}"`)
    return view
  })
}
