// A bundle from the request to the lawyer's desk: what is in it, who may have it, what it leaves behind, and that both
// verifiers find whatever was changed in it.
import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../access/permissions.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { type BundleJobs, createBundleJobs } from '../../escalation/bundle-jobs.ts'
import { signatureFile, signingKeyOf } from '../../escalation/signing.ts'
import { appendCustody } from '../../evidence/custody.ts'
import { createEvidenceRoom, type EvidenceRoom } from '../../evidence/evidence.ts'
import { openVault } from '../../evidence/vault.ts'
import { createPeople } from '../../privacy/people.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildUser, DAY_MS, EPOCH, MONDAY_MS } from '../../testing/builders.ts'
import { buildEvidence } from '../../testing/evidence-contract.ts'
import { makeEvidenceKeys, sealForTest, wholeOf } from '../../testing/sealed-copy.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { CaseDetail } from '../cases/schema.ts'
import type { Problem } from '../primitives.ts'
import type { BundleView } from './schema.ts'

const SECRET = Buffer.from('The recipe of Alice Liddell needs 417 grams.\n')
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200, 7)])
const python = spawnSync('python3', ['--version']).status === 0
const key = generateKeyPairSync('ed25519').privateKey
const fingerprint = signingKeyOf(key).fingerprint

let at: TestApp
let folder: string
let jobs: BundleJobs
let room: EvidenceRoom
const bundles = () => join(folder, 'bundles')
const jobsOf = (over: Partial<Parameters<typeof createBundleJobs>[0]> = {}): BundleJobs =>
  createBundleJobs({ store: at.store, evidence: room, names: () => createPeople(at.store).names(), key, sealKey: Buffer.alloc(32, 1), folder: bundles(), organisation: 'Test & Söhne', version: '0', now: () => at.nowMs, ...over })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-bundle-'))
  const vault = await openVault(join(folder, 'evidence'))
  const keys = makeEvidenceKeys()
  at = await openTestApp((store) => {
    room = createEvidenceRoom({ store, vault, keys, now: () => at.nowMs })
    return { evidence: room, installationKey: key, escalation: { bundles: { wake() {}, read: (bundle) => jobs.read(bundle), remove: (bundle) => jobs.remove(bundle) }, tickets: { wake() {} } } }
  })
  jobs = jobsOf()
  const copies = [['ev_text', SECRET, 'text/plain'], ['ev_image', PNG, 'image/png']] as const
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice({ hostname: 'alice-laptop' }))
    await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice@example.com', department: 'Sales', identities: [{ kind: 'account', value: 'alice' }] }))
    await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', displayName: 'Robert Dodgson', identities: [{ kind: 'account', value: 'dodgson' }] }))
    await tx.savePolicy(buildPolicy())
    await tx.saveAlerts([buildAlert({ score: 70, severity: 'high' })])
    await tx.ingest([buildRun(1, 700)], countInsights, mergeInsights)
    for (const [index, [id, content, mediaType]] of copies.entries()) {
      const parts = sealForTest(content, keys)
      const storedName = vault.newName()
      writeFileSync(vault.pathOf(storedName), wholeOf(parts))
      await tx.saveEvidence(buildEvidence({ id, deviceRef: String(index).repeat(32), activityId: `d_1.${EPOCH}.${index + 1}`, sha256: parts.sha256, activitySha256: parts.sha256, sizeBytes: content.length, storedName, mediaType, form: mediaType === 'image/png' ? 'image' : 'text', capturedAtMs: MONDAY_MS + index }))
      await appendCustody(tx, { evidenceId: id, actor: { id: 'd_1', name: 'd_1' }, what: 'captured', detail: { sha256: parts.sha256 }, atMs: MONDAY_MS })
    }
  })
})
afterEach(async () => {
  await at.close()
  rmSync(folder, { recursive: true })
})

const send = (role: Role, method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown) => at.app.inject({ method, url, headers: { ...at.as(role), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
const codeOf = (answer: { readonly statusCode: number; json<T>(): T }): string => `${answer.statusCode} ${answer.json<Problem>().code}`
const openCase = async (): Promise<CaseDetail> => (await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_1'], name: 'Stick of Alice Liddell', note: 'Alice Liddell said that Robert Dodgson asked for it.' })).json<CaseDetail>()
const ask = async (caseId: string, body: object = {}): Promise<BundleView> => (await send('Investigator', 'POST', `/api/v1/cases/${caseId}/bundles`, { reason: 'Court order about Alice Liddell', ...body })).json<BundleView>()

/** Downloads and unpacks. @returns the folder */
async function unpack(bundle: BundleView, name = 'out'): Promise<string> {
  const answer = await send('Investigator', 'POST', `/api/v1/bundles/${bundle.id}/download`, { reason: 'for the lawyer' })
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([200, 'application/zip', expect.stringMatching(/^attachment; filename="holdfast-[\w-]+\.zip"$/)])
  const zip = join(folder, `${name}.zip`)
  writeFileSync(zip, answer.rawPayload)
  const target = join(folder, name)
  mkdirSync(target)
  const done = spawnSync('python3', ['-m', 'zipfile', '-e', zip, target], { encoding: 'utf8' })
  expect(done.stderr).toBe('')
  return target
}
const verifyBy = { node: (dir: string, ...more: readonly string[]) => spawnSync(process.execPath, [join(dir, 'verify.mjs'), dir, ...more], { encoding: 'utf8' }), python: (dir: string, ...more: readonly string[]) => spawnSync('python3', ['-B', join(dir, 'verify.py'), dir, ...more], { encoding: 'utf8' }) }
const lines = <T>(dir: string, path: string): T[] => readFileSync(join(dir, path), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T)
const filesIn = (dir: string, inside = ''): string[] => readdirSync(join(dir, inside)).flatMap((name) => (statSync(join(dir, inside, name)).isDirectory() ? filesIn(dir, join(inside, name)) : [join(inside, name)]))

describe.runIf(python)('a bundle of a case', () => {
  test('holds everything, verifies with both verifiers, and every copy is the one that the device read', { timeout: 30_000 }, async () => {
    const found = await openCase()
    const asked = await ask(found.id)
    expect(asked).toMatchObject({ state: 'queued', names: 'pseudonymous', content: true, reason: 'Court order about ANON-AAAAAA1' })
    expect(await jobs.drain()).toBe(1)
    const done = (await send('Investigator', 'GET', `/api/v1/bundles/${asked.id}`)).json<BundleView>()
    expect(done).toMatchObject({ state: 'done', progress: 100, counts: { alerts: 1, activities: 700, copies: 2, files: 2, notes: 1 } })
    const dir = await unpack(done)
    expect(filesIn(dir).toSorted()).toEqual(['README.txt', 'activities/activities.csv', 'activities/activities.jsonl', 'alerts/alerts.csv', 'alerts/alerts.jsonl', 'alerts/history.jsonl', 'audit/extract.jsonl', 'case/case.json', 'case/history.jsonl', 'case/notes.jsonl', 'custody/custody.jsonl', 'evidence/files/HF0000001.txt', 'evidence/files/HF0000002.png', 'evidence/index.jsonl', 'load/concordance.dat', 'load/edrm.xml', 'load/images.opt', 'manifest.json', 'manifest.sig.json', 'verify.mjs', 'verify.py'])
    for (const run of Object.values(verifyBy)) {
      const verdict = run(dir, '--key', fingerprint)
      expect([verdict.stdout.split('\n').map((line) => line.slice(0, 7).trim()), verdict.stderr, verdict.status]).toEqual([['OK', 'OK', 'OK', 'OK', 'OK', 'OK: the', ''], '', 0])
    }
    expect(readFileSync(join(dir, 'evidence/files/HF0000001.txt'))).toEqual(SECRET)
    expect(lines<{ points: number; parts: { points: number }[] }>(dir, 'alerts/alerts.jsonl')[0]?.parts.map(({ points }) => points)).toEqual([25])
    // F-93: one hash from the device to the load file.
    const hash = createHash('sha256').update(SECRET).digest('hex')
    expect(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))).toMatchObject({ bundle: { by: { name: 'investigator' } }, installation: { key: { fingerprint } }, files: expect.arrayContaining([{ path: 'evidence/files/HF0000001.txt', sizeBytes: SECRET.length, sha256: hash }]) })
    expect(readFileSync(join(dir, 'load/concordance.dat'), 'utf8')).toContain(`\u00feHF0000001\u00fe\u0014`)
    expect(readFileSync(join(dir, 'load/edrm.xml'), 'utf8')).toContain(`Hash="${hash}"`)
    expect(readFileSync(join(dir, 'load/images.opt'), 'utf8')).toBe('HF0000002,HOLDFAST,..\\evidence\\files\\HF0000002.png,Y,,,1\r\n')
    // Every entry of the extract is in the installation's log, with the same hash.
    const log = new Map((await at.store.auditEntries({ limit: 500, ascending: true })).items.map((entry) => [entry.seq, entry.hash]))
    const [, ...extract] = lines<{ seq: number; hash: string; action: string }>(dir, 'audit/extract.jsonl')
    expect(extract.every(({ seq, hash: own }) => log.get(seq) === own)).toBe(true)
    expect(extract.map(({ action }) => action)).toEqual(expect.arrayContaining(['case.opened', 'bundle.requested', 'evidence.exported']))
    expect((await at.store.custody('ev_text')).map(({ what }) => what)).toEqual(['captured', 'exported'])
    expect((await at.store.caseEvents({ caseId: found.id, limit: 50 })).items.map(({ what }) => what)).toEqual(['bundle_downloaded', 'bundle_made', 'bundle_requested', 'opened'])
    expect(await at.audit()).toEqual(expect.arrayContaining(['bundle.requested case', 'bundle.made case', 'bundle.downloaded case']))
  })

  test('holds no name but in contents, whoever asks without a right to it; and with one, that of its person alone', { timeout: 30_000 }, async () => {
    const found = await openCase()
    await ask(found.id, { content: false })
    await ask(found.id, { names: 'named' })
    await jobs.drain()
    const [named, hidden] = (await send('Investigator', 'GET', `/api/v1/cases/${found.id}/bundles`)).json<{ items: BundleView[] }>().items
    if (named === undefined || hidden === undefined) throw new Error('two bundles are there')
    const [with_, without] = [await unpack(named, 'named'), await unpack(hidden, 'hidden')]
    const text = (dir: string): string => filesIn(dir).filter((path) => !path.startsWith('evidence/files')).map((path) => readFileSync(join(dir, path), 'utf8')).join('\n')
    expect(text(without).match(/liddell|alice|dodgson|robert/gi)).toBeNull()
    expect(text(with_)).toContain('Alice Liddell')
    expect(text(with_).match(/dodgson|robert/gi)).toBeNull()
    expect([existsSync(join(without, 'evidence/files')), lines<{ whyNone?: string }>(without, 'evidence/index.jsonl')[0]?.whyNone]).toEqual([false, 'contents were not asked for'])
    for (const run of Object.values(verifyBy)) for (const dir of [with_, without]) expect([run(dir).status, run(dir).stdout]).toEqual([0, expect.stringContaining('OK: the bundle is whole')])
  })

  test('a changed, missing or added file, a byte anywhere, a forged manifest: both verifiers find it', async () => {
    const found = await openCase()
    const asked = await ask(found.id, { from: new Date(MONDAY_MS - DAY_MS).toISOString(), to: new Date(MONDAY_MS + 5000).toISOString() })
    await jobs.drain()
    const good = await unpack((await send('Investigator', 'GET', `/api/v1/bundles/${asked.id}`)).json<BundleView>())
    const bad = join(folder, 'bad')
    const changed = (change: (dir: string) => void, expected: RegExp, runs = Object.values(verifyBy)): void => {
      cpSync(good, bad, { recursive: true })
      // The verifiers are parts of the bundle: whoever checks brings their own, as here, or compares its hash.
      change(bad)
      for (const run of runs) {
        const verdict = run(bad, '--key', fingerprint)
        expect([verdict.status === 0, `${verdict.stdout}${verdict.stderr}`]).toEqual([false, expect.stringMatching(expected)])
      }
      rmSync(bad, { recursive: true })
    }
    for (const path of filesIn(good)) {
      const size = statSync(join(good, path)).size
      for (const offset of new Set(path.startsWith('manifest') ? [0, Math.floor(size / 2), size - 1] : [Math.floor(size / 2)])) {
        const own = path.startsWith('verify.')
        changed((dir) => {
          const bytes = readFileSync(join(dir, path))
          bytes[offset] = (bytes[offset] ?? 0) ^ 1
          writeFileSync(join(dir, path), bytes)
        }, /FAILED|Error/, own ? [path === 'verify.py' ? verifyBy.node : verifyBy.python] : Object.values(verifyBy))
      }
    }
    changed((dir) => rmSync(join(dir, 'case/notes.jsonl')), /notes\.jsonl is missing/)
    changed((dir) => writeFileSync(join(dir, 'case/more.txt'), 'x'), /more\.txt is not in the manifest/)
    // Somebody changes a file, the manifest with it, and signs with a key of their own.
    changed((dir) => {
      writeFileSync(join(dir, 'case/notes.jsonl'), '')
      const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { files: { path: string; sizeBytes: number; sha256: string }[] }
      const text = `${JSON.stringify({ ...manifest, files: manifest.files.map((file) => (file.path === 'case/notes.jsonl' ? { ...file, sizeBytes: 0, sha256: createHash('sha256').digest('hex') } : file)) }, undefined, 2)}\n`
      writeFileSync(join(dir, 'manifest.json'), text)
      writeFileSync(join(dir, 'manifest.sig.json'), signatureFile(createHash('sha256').update(text).digest('hex'), generateKeyPairSync('ed25519').privateKey))
    }, /signed by the key [0-9a-f]{64}, not by/)
    // With the right key, but a chain that was altered before it was signed.
    for (const [path, part] of [['custody/custody.jsonl', 'custody'], ['audit/extract.jsonl', 'audit']] as const) {
      changed((dir) => {
        const text = readFileSync(join(dir, path), 'utf8').replace(/"actorName":"[^"]+"/, '"actorName":"eve"')
        writeFileSync(join(dir, path), text)
        const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { files: { path: string; sizeBytes: number; sha256: string }[] }
        const whole = `${JSON.stringify({ ...manifest, files: manifest.files.map((file) => (file.path === path ? { ...file, sizeBytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') } : file)) }, undefined, 2)}\n`
        writeFileSync(join(dir, 'manifest.json'), whole)
        writeFileSync(join(dir, 'manifest.sig.json'), signatureFile(createHash('sha256').update(whole).digest('hex'), key))
      }, new RegExp(`OK +files[^]*FAILED +${part} `))
    }
  }, 120_000)

  test('is there on disk only sealed, is made anew after a stop in the middle, and goes when it expires', async () => {
    const found = await openCase()
    const asked = await ask(found.id, { days: 1 })
    const stop = new AbortController()
    // Cut off while contents go out, as an end of the process would.
    const cut = jobsOf({ evidence: { ...room, stream: async (...given) => { stop.abort(); return room.stream(...given) } } })
    expect(await cut.drain(stop.signal)).toBe(0)
    expect((await at.store.caseBundle(asked.id))?.state).toBe('running')
    expect(codeOf(await send('Investigator', 'POST', `/api/v1/bundles/${asked.id}/download`, { reason: 'now' }))).toBe('409 BUNDLE_NOT_HERE')
    jobs = jobsOf()
    expect(await jobs.drain()).toBe(1)
    const dir = await unpack((await send('Investigator', 'GET', `/api/v1/bundles/${asked.id}`)).json<BundleView>())
    const verdict = verifyBy.node(dir)
    expect([verdict.status, verdict.signal, verdict.error]).toEqual([0, null, undefined])
    const [file] = readdirSync(bundles())
    const path = join(bundles(), file ?? '')
    expect([readdirSync(bundles()).length, statSync(path).mode & 0o777, statSync(bundles()).mode & 0o777, readFileSync(path).includes('manifest.json')]).toEqual([1, 0o600, 0o700, false])
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(codeOf(await send('Investigator', 'POST', `/api/v1/bundles/${asked.id}/download`, { reason: 'again' }))).toBe('409 BUNDLE_DAMAGED')
    at.nowMs += 2 * DAY_MS
    expect((await jobs.sweep()).map(({ id }) => id)).toEqual([asked.id])
    expect([readdirSync(bundles()), await at.store.caseBundle(asked.id)]).toEqual([[], undefined])
  }, 30_000)

  test('is for investigators, who must still be that when it is made; names wait for a second person where one is needed', async () => {
    const found = await openCase()
    for (const role of ['Analyst', 'Admin', 'Auditor', 'Approver', 'Read-only'] as const) expect(codeOf(await send(role, 'POST', `/api/v1/cases/${found.id}/bundles`, { reason: 'curious' }))).toBe('403 NOT_ALLOWED')
    const asked = await ask(found.id)
    const account = await at.store.account('a_Investigator')
    if (account === undefined) throw new Error('the account is there')
    await at.store.write((tx) => tx.saveAccount({ ...account, roles: ['Read-only'] }))
    await jobs.drain()
    expect(await at.store.caseBundle(asked.id)).toMatchObject({ state: 'failed', code: 'NOT_ALLOWED' })
    await at.store.write(async (tx) => {
      await tx.saveAccount(account)
      await tx.saveSetting('privacy', JSON.stringify({ value: { revealNeedsSecond: true }, revision: 1 }))
    })
    expect(codeOf(await send('Investigator', 'POST', `/api/v1/cases/${found.id}/bundles`, { reason: 'court', names: 'named' }))).toBe('409 BUNDLE_NAMES')
  })
})
