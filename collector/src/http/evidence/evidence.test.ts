import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { createEvidenceRoom, type EvidenceRoom } from '../../evidence/evidence.ts'
import { openVault, type Vault } from '../../evidence/vault.ts'
import type { EvidenceItem } from '../../store/evidence.ts'
import { buildAlert, buildDevice, buildRun, buildUser, MONDAY_MS } from '../../testing/builders.ts'
import { buildEvidence } from '../../testing/evidence-contract.ts'
import { makeEvidenceKeys, sealForTest, wholeOf } from '../../testing/sealed-copy.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { CustodyView, EvidenceFilePage, PreviewView } from './schema.ts'

const TEXT = 'Pay with 4111 1111 1111 1111 for alice.\nPassword: hunter2hunter2\n<script>alert(1)</script>\n'

describe('files and their copies', () => {
  let at: TestApp
  let folder: string
  let vault: Vault
  let room: EvidenceRoom
  const keys = makeEvidenceKeys()
  const get = (path: string) => at.app.inject({ url: path, headers: at.as('Investigator') })
  const post = (path: string, body: unknown) => at.app.inject({ method: 'POST', url: path, headers: { ...at.as('Investigator'), 'content-type': 'application/json' }, payload: JSON.stringify(body) })
  const ids: string[] = []

  /** A verified copy of one of the activities. */
  const keep = async (id: string, activity: number, content: Buffer, over: Partial<EvidenceItem> = {}): Promise<EvidenceItem> => {
    const sealed = sealForTest(content, keys)
    const name = vault.newName()
    await writeFile(vault.pathOf(name), wholeOf(sealed), { mode: 0o600 })
    const item = buildEvidence({ id, deviceRef: name, activityId: ids[activity] ?? '', storedName: name, sizeBytes: content.length, sealedBytes: 1, sha256: sealed.sha256, keyId: keys.keyId, ...over })
    await at.store.write((tx) => tx.saveEvidence(item))
    return item
  }
  const custodyOf = async (id: string): Promise<readonly string[]> => (await at.store.custody(id)).map(({ what }) => what)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-evidence-'))
    vault = await openVault(join(folder, 'evidence'))
    at = await openTestApp((store) => ({ evidence: (room = createEvidenceRoom({ store, vault, keys, now: () => at.nowMs })) }))
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.saveAlert(buildAlert())
      await tx.ingest([buildRun(1, 6)], countInsights, mergeInsights)
    })
    ids.push(...(await at.store.activities({ limit: 10, userId: 'u_1' })).items.map(({ id }) => id).toSorted())
    await keep('ev_text', 0, Buffer.from(TEXT), { findings: [{ type: 'payment_card', count: 1 }] })
    await keep('ev_png', 1, Buffer.from('89504e470d0a1a0a00', 'hex'), { form: 'image', mediaType: 'image/png' })
    await keep('ev_bin', 2, Buffer.from('<html><script>alert(1)</script>'), { form: 'other', mediaType: 'application/octet-stream' })
    await at.store.write((tx) => tx.saveSkippedEvidence([buildEvidence({ id: 'ev_skip', deviceRef: '', activityId: ids[3] ?? '', state: 'skipped', reason: 'too_large' })]))
  })
  afterAll(async () => {
    await at.close()
    await rm(folder, { recursive: true })
  })

  describe('the list', () => {
    test('holds files with a copy and files without one, each with why', async () => {
      const { items } = (await get('/api/v1/evidence/files?userId=u_1')).json<EvidenceFilePage>()
      expect(items.map(({ evidence, whyNone }) => whyNone ?? evidence?.state)).toEqual(['capture_off', 'capture_off', 'skipped_too_large', 'verified', 'verified', 'verified'])
    })
    test.each([
      ['finding=payment_card', 1], ['state=verified', 3], ['state=none', 2], ['state=skipped&state=none', 3], ['text=2.txt', 1], ['destination=removable', 6], ['destination=cloud_sync', 0], ['fileType=TXT', 6], ['fileType=pdf', 0],
      ['minBytes=1001', 0], ['maxBytes=1000', 6], [`sha256=${'0'.repeat(8)}`, 0], ['deviceId=d_1', 6], ['deviceId=d_2', 0], ['from=2026-03-02T09:00:03Z', 4], ['to=2026-03-02T09:00:03Z', 2], ['label=secret', 0],
    ])('is filtered by %s', async (filter, count) => {
      expect((await get(`/api/v1/evidence/files?userId=u_1&${filter}`)).json<EvidenceFilePage>().items).toHaveLength(count)
    })
    test('goes through all files by its cursor, each once', async () => {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = (await get(`/api/v1/evidence/files?userId=u_1&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`)).json<EvidenceFilePage>()
        seen.push(...page.items.map(({ activityId }) => activityId))
        cursor = page.nextCursor
      } while (cursor !== undefined)
      expect(seen.toSorted()).toEqual(ids)
    })
    test('wants to know whose files, and of an alert holds those around it', async () => {
      expect((await get('/api/v1/evidence/files')).statusCode).toBe(400)
      expect((await get('/api/v1/evidence/files?userId=u_1&alertId=al_1')).statusCode).toBe(400)
      expect((await get('/api/v1/evidence/files?alertId=none')).statusCode).toBe(404)
      expect((await get('/api/v1/evidence/files?alertId=al_1')).statusCode).toBe(200)
    })
  })

  describe('a look', () => {
    test('shows a text with findings, secrets and names masked, and is in custody and audit', async () => {
      const preview = (await get('/api/v1/evidence/ev_text/preview')).json<PreviewView>()
      expect(preview).toMatchObject({ form: 'text', masked: true, truncated: false })
      expect(preview.text).toContain('4111 **** **** 1111')
      expect(preview.text).not.toMatch(/hunter2|4111 1111|alice/)
      expect(preview.text).toContain('<script>alert(1)</script>')
      expect(await custodyOf('ev_text')).toEqual(['viewed'])
      expect((await at.store.auditEntries({ limit: 5 })).items[0]).toMatchObject({ action: 'evidence.viewed', targetId: 'ev_text', actorName: 'investigator' })
    })
    test('shows the text as it is with a reason, and not without one', async () => {
      expect((await post('/api/v1/evidence/ev_text/reveal', {})).statusCode).toBe(400)
      const shown = (await post('/api/v1/evidence/ev_text/reveal', { reason: 'case 14' })).json<PreviewView>()
      expect([shown.text, shown.masked]).toEqual([TEXT.replace('alice', 'ANON-AAAAAA1'), false])
      expect((await at.store.custody('ev_text')).at(-1)).toMatchObject({ what: 'revealed', detail: '{"reason":"case 14"}' })
    })
    test('serves an image as that image in a sandbox, and nothing else inline', async () => {
      const image = await get('/api/v1/evidence/ev_png/content')
      expect(image.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'", 'cache-control': 'no-store', 'content-disposition': 'inline; filename="holdfast-ev_png.png"' })
      expect((await get('/api/v1/evidence/ev_bin/content')).statusCode).toBe(409)
      expect((await get('/api/v1/evidence/ev_text/content')).statusCode).toBe(409)
    })
    test('downloads as an attachment of bytes under a made-up name, with a reason', async () => {
      const answer = await post('/api/v1/evidence/ev_bin/download', { reason: 'case 14' })
      expect(answer.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="holdfast-ev_bin.bin"', 'x-content-type-options': 'nosniff' })
      expect(answer.rawPayload.toString()).toBe('<html><script>alert(1)</script>')
      expect((await post('/api/v1/evidence/ev_bin/download', { reason: '' })).statusCode).toBe(400)
      expect(await custodyOf('ev_bin')).toEqual(['downloaded'])
    })
    test('at what is not here says so, and is no look', async () => {
      const answer = await get('/api/v1/evidence/ev_skip/preview')
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'EVIDENCE_NOT_HERE'])
      expect(await custodyOf('ev_skip')).toEqual([])
    })
  })

  describe('custody, holds and deletion', () => {
    test('the chain is told with a verdict on chain and content', async () => {
      const custody = (await get('/api/v1/evidence/ev_text/custody')).json<CustodyView>()
      expect([custody.chain, custody.content]).toEqual([expect.objectContaining({ ok: true, events: 2 }), { ok: true }])
    })
    test('what is held stays, is named, and goes once the hold is over; a tombstone stays', async () => {
      const actor = { id: 'a_1', name: 'ines' }
      expect(await room.hold(['ev_bin', 'ev_skip'], 'cs_1', 'legal hold', actor)).toEqual(['ev_bin'])
      expect(await room.deleteEvidence(['ev_bin', 'ev_png'], 'retention: evidence')).toEqual({ deleted: ['ev_png'], held: ['ev_bin'] })
      await room.release(['ev_bin'], 'cs_1', 'hold is over', actor)
      expect(await room.deleteEvidence(['ev_bin', 'ev_png'], 'retention: evidence')).toEqual({ deleted: ['ev_bin'], held: [] })
      expect(await custodyOf('ev_bin')).toEqual(['downloaded', 'held', 'released', 'deleted'])
      expect(await at.store.evidence('ev_bin')).toMatchObject({ state: 'deleted', reason: 'retention: evidence', deletedAtMs: MONDAY_MS })
      expect((await readdir(join(folder, 'evidence'))).filter((name) => name.endsWith('.sealed'))).toHaveLength(1)
      expect((await get('/api/v1/evidence/ev_bin/preview')).json<{ code: string }>().code).toBe('EVIDENCE_NOT_HERE')
    })
    test('a person under a legal hold keeps every copy', async () => {
      await at.store.write((tx) => tx.placeHold({ id: 'h_1', userId: 'u_1', reason: 'court', byId: 'a_1', atMs: MONDAY_MS }))
      expect(await room.deleteEvidence(['ev_text'], 'retention: evidence')).toEqual({ deleted: [], held: ['ev_text'] })
      expect((await at.store.auditEntries({ limit: 1 })).items[0]).toMatchObject({ action: 'evidence.deletion_refused' })
    })
    test('a file whose tombstone was written before a crash goes at the next sweep', async () => {
      const item = await keep('ev_crash', 4, Buffer.from('x'))
      await at.store.write((tx) => tx.saveEvidence({ ...item, state: 'deleted', sealedBytes: 0 }))
      expect([await room.sweep(), await room.sweep()]).toEqual([1, 0])
    })
    test('quotas are changed by who saw them last', async () => {
      const seen = await at.app.inject({ url: '/api/v1/settings/evidence', headers: at.as('Admin') })
      const put = () => at.app.inject({ method: 'PUT', url: '/api/v1/settings/evidence', headers: { ...at.as('Admin'), 'content-type': 'application/json', 'if-match': String(seen.headers['etag']) }, payload: JSON.stringify({ deviceQuotaBytes: 2 ** 20, organisationQuotaBytes: 2 ** 21, warnAtPercent: 50 }) })
      expect([(await put()).statusCode, (await put()).statusCode]).toEqual([200, 412])
    })
  })
})
