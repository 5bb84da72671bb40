import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAX_EVIDENCE_CHUNK_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { buildDevice, buildRun, buildUser, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { makeEvidenceKeys, sealForTest, wholeOf } from '../testing/sealed-copy.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { verifyCustody } from './custody.ts'
import { createReceiver, type Receiver } from './receive.ts'
import { EVIDENCE_SETTING } from './settings.ts'
import { openVault, type Vault } from './vault.ts'

const keys = makeEvidenceKeys()
const quiet = { info() {}, warn() {}, error() {} }

describe('copies from devices', () => {
  let opened: TemporaryStore
  let vault: Vault
  let receiver: Receiver
  let folder: string
  let warned: string[]
  const receivers = () => createReceiver({ store: opened.store, vault, keys, now: () => MONDAY_MS, log: quiet, onReceived() {}, onQuota: (scope, percent) => void warned.push(`${scope} ${percent}`) })
  const ask = async (request: wire.EvidenceRequest.$Properties, deviceId = 'd_1'): Promise<wire.EvidenceAnswer | undefined> => {
    const answer = await receiver.handle({ deviceId, data: wire.EvidenceRequest.encode(request).finish() })
    return answer === undefined ? undefined : wire.EvidenceAnswer.decode(answer)
  }
  const copyOf = (content: Buffer, id: string, seq = 1) => {
    const sealed = sealForTest(content, keys, { id, seq })
    const bytes = wholeOf(sealed)
    return { bytes, offer: { id, epoch: EPOCH, seq, plainBytes: content.length, sealedBytes: bytes.length, sha256: sealed.sha256, keyId: keys.keyId, capturedAt: toWireTimestamp(MONDAY_MS) } }
  }
  /** As an agent does it. @returns the last answer */
  const sendAll = async ({ bytes, offer }: ReturnType<typeof copyOf>): Promise<wire.EvidenceAnswer | undefined> => {
    let answer = await ask({ offer })
    while (answer !== undefined && !answer.complete && answer.refused === '') answer = await ask({ chunk: { id: offer.id, offset: answer.receivedBytes, data: bytes.subarray(answer.receivedBytes, answer.receivedBytes + MAX_EVIDENCE_CHUNK_BYTES) } })
    return answer
  }
  const stateOf = async (id: string) => (await opened.store.evidenceByDeviceRef('d_1', id))?.state
  beforeEach(async () => {
    warned = []
    opened = await openTemporaryStore()
    folder = await mkdtemp(join(tmpdir(), 'holdfast-vault-'))
    vault = await openVault(folder)
    receiver = receivers()
    await opened.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b'.repeat(64), status: 'revoked' }))
      await tx.saveUser(buildUser())
      await tx.ingest([buildRun(1, 3)], countInsights, mergeInsights)
    })
  })
  afterEach(async () => {
    await opened.remove()
    await rm(folder, { recursive: true })
  })

  test('are complete only when they were opened and their record is there; custody tells it in order', async () => {
    const copy = copyOf(Buffer.from('pay with 4111 1111 1111 1111'), 'a'.repeat(32))
    expect(await sendAll(copy)).toMatchObject({ complete: true })
    const item = await opened.store.evidenceByDeviceRef('d_1', copy.offer.id)
    expect(item).toMatchObject({ state: 'verified', userId: 'u_1', form: 'text', findings: [{ type: 'payment_card', count: 1 }], sha256: copy.offer.sha256, sizeBytes: 28 })
    const custody = await opened.store.custody(item?.id ?? '')
    expect([custody.map(({ what }) => what), verifyCustody(custody).ok]).toEqual([['captured', 'sent', 'received', 'verified'], true])
  })
  test('that are offered again after their answer was lost are complete, and nothing is written', async () => {
    const copy = copyOf(Buffer.from('x'), 'a'.repeat(32))
    await sendAll(copy)
    const before = await opened.store.auditHead()
    expect(await ask({ offer: copy.offer })).toMatchObject({ complete: true })
    expect(await ask({ chunk: { id: copy.offer.id, offset: 0, data: copy.bytes } })).toMatchObject({ complete: true })
    expect((await opened.store.auditHead())?.seq).toBe(before?.seq)
  })
  test('go on after a restart where the disk stands, and a part that came twice is not added twice', async () => {
    const copy = copyOf(Buffer.alloc(600_000, 7), 'a'.repeat(32))
    await ask({ offer: copy.offer })
    const first = { chunk: { id: copy.offer.id, offset: 0, data: copy.bytes.subarray(0, MAX_EVIDENCE_CHUNK_BYTES) } }
    await ask(first)
    receiver = receivers()
    expect(await ask(first)).toMatchObject({ receivedBytes: MAX_EVIDENCE_CHUNK_BYTES })
    expect(await ask({ offer: copy.offer })).toMatchObject({ receivedBytes: MAX_EVIDENCE_CHUNK_BYTES })
    expect(await sendAll(copy)).toMatchObject({ complete: true })
  })
  test('that were torn by a power cut are sent once more', async () => {
    const copy = copyOf(Buffer.alloc(300_000, 7), 'a'.repeat(32))
    await ask({ offer: copy.offer })
    const item = await opened.store.evidenceByDeviceRef('d_1', copy.offer.id)
    await writeFile(vault.partOf(item?.storedName ?? ''), Buffer.alloc(MAX_EVIDENCE_CHUNK_BYTES))
    expect(await sendAll(copy)).toMatchObject({ complete: true })
  })
  test.each([['another content', { sha256: 'f'.repeat(64) }, 'check sum'], ['another size', { plainBytes: 5 }, 'size'], ['another activity', { seq: 2 }, 'activity']])('that are %s than was said are refuted for good', async (_, lie, what) => {
    const copy = copyOf(Buffer.from('honest'), 'a'.repeat(32))
    expect(await sendAll({ ...copy, offer: { ...copy.offer, ...lie } })).toMatchObject({ refused: 'COPY_DAMAGED', final: true })
    expect(await opened.store.evidenceByDeviceRef('d_1', copy.offer.id)).toMatchObject({ state: 'damaged', reason: `its ${what} is not the one that the device named` })
    expect((await readdir(folder)).filter((name) => name.endsWith('.sealed'))).toEqual([])
  })
  test('of an activity that is on its way are asked for again; of one that is lost they are refused for good', async () => {
    const copy = copyOf(Buffer.from('x'), 'a'.repeat(32), 4)
    expect(await ask({ offer: copy.offer })).toMatchObject({ refused: 'ACTIVITY_NOT_HERE', final: false, retryAfterSecs: 2 })
    await opened.store.write((tx) => tx.ingest([{ ...buildRun(5, 1), gaps: [{ epoch: EPOCH, firstSeq: 4, lastSeq: 4, reason: 'spool_full', atMs: MONDAY_MS }] }], countInsights, mergeInsights))
    expect(await ask({ offer: copy.offer })).toMatchObject({ refused: 'ACTIVITY_LOST', final: true })
  })
  test('beyond a quota wait on the device, and somebody is told once at 80 per cent', async () => {
    const set = (deviceQuotaBytes: number, organisationQuotaBytes: number) => opened.store.write((tx) => tx.saveSetting(EVIDENCE_SETTING, JSON.stringify({ deviceQuotaBytes, organisationQuotaBytes, warnAtPercent: 80, revision: 1 })))
    const one = copyOf(Buffer.alloc(8000), 'a'.repeat(32))
    const two = copyOf(Buffer.alloc(8000), 'b'.repeat(32), 2)
    await set(10_000, 1_000_000)
    await sendAll(one)
    expect(warned).toEqual(['d_1 81'].map(() => `d_1 ${Math.floor((one.bytes.length / 10_000) * 100)}`))
    expect(await ask({ offer: two.offer })).toMatchObject({ refused: 'QUOTA_DEVICE', final: false })
    expect(await stateOf(two.offer.id)).toBe('refused')
    await set(1_000_000, 10_000)
    expect(await ask({ offer: two.offer })).toMatchObject({ refused: 'QUOTA_ORGANISATION' })
    await set(1_000_000, 1_000_000)
    expect(await sendAll(two)).toMatchObject({ complete: true })
    expect((await opened.store.auditEntries({ limit: 50 })).items.filter(({ action }) => action === 'evidence.quota_warning')).toHaveLength(1)
  })
  test('skips are kept with their reasons, and junk among them is left out', async () => {
    const at = toWireTimestamp(MONDAY_MS)
    expect(await ask({ skips: { skips: [{ epoch: EPOCH, seq: 2, reason: 'too_large', at, sizeBytes: 9 }, { epoch: '../..', seq: 2, reason: 'gone', at }, { epoch: EPOCH, seq: 3, reason: 'because', at }, { epoch: EPOCH, seq: 2, reason: 'too_large', at }], uncounted: 7 } })).toMatchObject({ complete: true })
    expect((await opened.store.evidenceList({ limit: 10 })).items.map(({ activityId, reason, userId }) => [activityId, reason, userId])).toEqual([[`d_1.${EPOCH}.2`, 'too_large', 'u_1']])
    expect((await opened.store.auditEntries({ limit: 1 })).items[0]).toMatchObject({ action: 'evidence.skips_uncounted', detail: '{"count":7}' })
  })
  test('of a device that is unknown or put out get no answer, nor does what cannot be read', async () => {
    const { offer } = copyOf(Buffer.from('x'), 'a'.repeat(32))
    expect([await ask({ offer }, 'd_2'), await ask({ offer }, 'd_9')]).toEqual([undefined, undefined])
    expect(await receiver.handle({ deviceId: 'd_1', data: new Uint8Array([255, 255, 255]) })).toBeUndefined()
    expect(await receiver.handle({ deviceId: 'd_1', data: new Uint8Array(MAX_EVIDENCE_CHUNK_BYTES + 5000) })).toBeUndefined()
    expect(receiver.counters.refused).toBe(4)
  })
  test.each([{ id: '../../etc/passwd' }, { sealedBytes: 2 ** 40 }, { sealedBytes: 0 }, { sha256: 'x' }, { epoch: 'e' }, { capturedAt: { seconds: -5 } }])('an offer with %j is refused before anything is made', async (lie) => {
    expect(await ask({ offer: { ...copyOf(Buffer.from('x'), 'a'.repeat(32)).offer, ...lie } })).toMatchObject({ refused: 'OFFER_UNREADABLE', final: true })
    expect((await opened.store.evidenceList({ limit: 1 })).items).toEqual([])
  })
})
