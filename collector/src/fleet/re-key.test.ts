import { generateKeyPairSync } from 'node:crypto'
import { wire } from '@holdfast/proto'
import { createUser, type KeyPair } from 'nkeys.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildDevice, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { createReKeying, type ReKeying, reKeyProofText } from './re-key.ts'
import { storedRevocations } from './revoked-keys.ts'

const HARDWARE = 'a'.repeat(64)
const OLD = createUser().getPublicKey()

let temporary: TemporaryStore
let nowMs: number
let answer: (message: { readonly deviceId: string; readonly data: Uint8Array }) => void
let down: wire.Down[]
let issued: string[]
let revoked: string[]
let done: string[]
let warned: string[]
let reKeying: ReKeying

beforeEach(async () => {
  temporary = await openTemporaryStore()
  nowMs = MONDAY_MS
  ;[down, issued, revoked, done, warned] = [[], [], [], [], []]
  await temporary.store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_1', publicKey: OLD, hardwareId: HARDWARE })))
  reKeying = createReKeying({
    store: temporary.store, organisation: 'acme', now: () => nowMs, signer: { key: generateKeyPairSync('ed25519').privateKey, cosigners: [] }, onDone: (id) => void done.push(id), times: { gatherMs: 20, takeMs: 200 },
    bus: { publishDown: (_, data) => void down.push(wire.Down.decode(data)), onAnswer: (handle) => void (answer = handle), deviceCredential: ({ publicKey }) => (issued.push(publicKey), `jwt of ${publicKey}`), revoke: async (key) => void revoked.push(key) },
    log: { info() {}, warn: (object) => void warned.push(JSON.stringify(object)), error: (object) => void warned.push(String((object as { err?: Error }).err)) },
  })
})
afterEach(async () => {
  reKeying.stop()
  await reKeying.settled()
  await temporary.remove()
})

const order = (): string => wire.Order.decode(down.find((one) => one.order != null)?.order?.body ?? new Uint8Array()).id
const say = (outcome: string, data: object = {}, id = order()): void => answer({ deviceId: 'd_1', data: wire.Answer.encode({ order: id, outcome, part: 1, parts: 1, data: Buffer.from(JSON.stringify(data)) }).finish() })
function offer(key: KeyPair, hardwareId = HARDWARE, signer = key): void {
  const publicKey = key.getPublicKey()
  say('offered', { publicKey, hardwareId, proof: Buffer.from(signer.sign(new TextEncoder().encode(reKeyProofText(order(), 'd_1', publicKey, hardwareId)))).toString('base64url') })
}
const keyOf = async (): Promise<string | undefined> => (await temporary.store.device('d_1'))?.publicKey

describe('a device whose key somebody else has', () => {
  it('gets the key that it offers, once it has said that it has it, and the one of before is refused', async () => {
    reKeying.begin('d_1')
    const [own, copied] = [createUser(), createUser()]
    offer(copied, 'b'.repeat(64))
    offer(own)
    await expect.poll(() => issued).toEqual([own.getPublicKey()])
    expect([await keyOf(), revoked]).toEqual([OLD, []])
    say('taken')
    await expect.poll(() => done).toEqual(['d_1'])
    expect([await keyOf(), revoked, Object.keys(await storedRevocations(temporary.store))]).toEqual([own.getPublicKey(), [OLD], [OLD]])
    expect(down.find(({ dismissal }) => dismissal != null)?.dismissal).toMatchObject({ why: 'cloned', key: OLD })
    const { items } = await temporary.store.auditEntries({ limit: 5, action: 'device.re_keyed' })
    expect(items.map(({ actorId }) => actorId)).toEqual(['system'])
  })

  it('is asked once at a time, and again only after a pause', () => {
    reKeying.begin('d_1')
    reKeying.begin('d_1')
    expect(down).toHaveLength(1)
  })
})

describe('nothing is changed', () => {
  it.each<readonly [string, () => void]>([
    ['when the enrolled hardware does not answer', () => offer(createUser(), 'b'.repeat(64))],
    ['when nobody answers', () => {}],
    ['when two answer with the same hardware', () => [createUser(), createUser()].forEach((key) => offer(key))],
    ['by an offer that its key has not signed', () => offer(createUser(), HARDWARE, createUser())],
    ['by an offer for another order', () => say('offered', { publicKey: createUser().getPublicKey(), hardwareId: HARDWARE, proof: '' }, `rk_${'0'.repeat(32)}`)],
    ['by what is no offer', () => say('offered', { publicKey: 5 })],
  ])('%s', async (_, act) => {
    reKeying.begin('d_1')
    act()
    await expect.poll(() => warned.length).toBeGreaterThan(0)
    expect([issued, await keyOf(), revoked]).toEqual([[], OLD, []])
  })

  it('by somebody who says that it has taken what was never given', async () => {
    reKeying.begin('d_1')
    say('taken')
    await reKeying.settled()
    expect(await keyOf()).toBe(OLD)
  })

  it('when the device does not take its credential', async () => {
    reKeying.begin('d_1')
    offer(createUser())
    await expect.poll(() => issued.length).toBe(1)
    await expect.poll(() => warned.length).toBe(1)
    say('taken')
    await reKeying.settled()
    expect([await keyOf(), revoked]).toEqual([OLD, []])
  })

  it('when it was put out meanwhile', async () => {
    reKeying.begin('d_1')
    offer(createUser())
    await expect.poll(() => issued.length).toBe(1)
    await temporary.store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_1', publicKey: OLD, hardwareId: HARDWARE, status: 'revoked' })))
    say('taken')
    await reKeying.settled()
    expect([await keyOf(), done]).toEqual([OLD, []])
  })
})
