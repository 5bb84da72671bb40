import { generateKeyPairSync, sign } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORDER_CONTEXT, toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Notice } from '../notice/contract.ts'
import { createOrders, verifyOrder } from '../orders/orders.ts'
import { policyKeyId } from '../policy/verify.ts'
import { readDropped, watchDropFolder } from './drop-folder.ts'
import { createExceptions, type Exceptions } from './exceptions.ts'

const stick = { vendorId: '0781', productId: '5567', serial: '4C53', deviceId: 'usb:0781:5567:4C53' }
const mounted = (media: wire.Media.$Properties): SensedActivity => ({ kind: 'removable_media_mounted', occurredAtMs: 1, detail: { removableMediaMounted: { media } } })
const NOW = 1_800_000_000_000

let folder: string
let shown: Notice[]
let said: wire.ExceptionRequested.$Properties[]
let at: number
let exceptions: Exceptions
const open = () => createExceptions({ folder, notices: { show: (notice) => (shown.push(notice), Promise.resolve('shown')), languageOf: (uid) => Promise.resolve(uid === 1001 ? 'de' : undefined) }, emit: async (activity) => void said.push(activity.detail.exceptionRequested ?? {}), now: () => NOW + at, steady: () => at, log: { info() {}, warn() {} } })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-exceptions-'))
  shown = []
  said = []
  at = 0
  exceptions = await open()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ask = (over: Partial<Parameters<Exceptions['ask']>[0]> = {}) => exceptions.ask({ uid: 1000, reason: 'for the auditors', hours: 8, via: 'command', ...over })
const grant = (untilMs: number, over: wire.ExceptionDecision.$Properties = {}) => exceptions.decide({ request: said[0]?.request ?? '', state: 'granted', reason: '', until: toWireTimestamp(untilMs), ...over })

describe('asking', () => {
  test('names the one medium that is there, or the one that the person named', async () => {
    expect(await ask()).toBe('no_medium')
    exceptions.saw(mounted(stick))
    expect(await ask()).toBe('asked')
    exceptions.saw(mounted({ ...stick, serial: 'OTHER', deviceId: 'usb:0781:5567:OTHER' }))
    expect([await ask(), await ask({ named: 'other' }), await ask({ named: 'none' })]).toEqual(['several_media', 'asked', 'no_medium'])
    expect(said.map(({ media, reason, hours }) => [media?.serial, reason, hours])).toEqual([['4C53', 'for the auditors', 8], ['OTHER', 'for the auditors', 8]])
  })
  test('needs a reason and a medium that can be told from others, and stops at five an hour of one person', async () => {
    exceptions.saw(mounted(stick))
    expect([await ask({ reason: ' \u200b ' }), await ask({ media: { vendorId: '0781', productId: '5567' } }), await ask({ media: { deviceId: 'usb:0781:5567:port 1-2', vendorId: '0781', productId: '5567' } }), await ask({ media: { deviceId: 'loop:loop0' } })]).toEqual(['no_reason', 'nameless_medium', 'nameless_medium', 'nameless_medium'])
    for (let n = 0; n < 5; n += 1) await ask()
    expect([await ask(), await ask({ uid: 1001 })]).toEqual(['too_many', 'asked'])
    at = 3_600_000
    expect(await ask()).toBe('asked')
  })
})

describe('a decision', () => {
  beforeEach(async () => {
    exceptions.saw(mounted(stick))
    await ask()
  })
  test('lets that person use that medium until its end, over a restart, and nobody else', async () => {
    expect(await grant(NOW + 1000)).toBe('shown')
    const otherStick = { ...stick, deviceId: 'usb:0781:5567:X', serial: 'X' }
    expect([exceptions.allows(stick, 1000), exceptions.allows(stick, 1001), exceptions.allows(stick, undefined), exceptions.allows(otherStick, 1000)]).toEqual([true, false, false, false])
    exceptions = await open()
    expect(exceptions.allows(stick, 1000)).toBe(true)
    at = 1000
    expect(exceptions.allows(stick, 1000)).toBe(false)
    expect(shown).toMatchObject([{ uid: 1000, title: 'You may use the medium' }])
  })
  test('is taken back when it is revoked, and a refusal says why', async () => {
    await grant(NOW + 1000)
    await grant(NOW + 1000, { state: 'revoked', reason: 'stick was lost' })
    expect(exceptions.allows(stick, 1000)).toBe(false)
    await grant(NOW, { state: 'refused', reason: 'use the share' })
    expect(shown.slice(1).map(({ body }) => body)).toEqual(['You may not use the medium any more. Reason: stick was lost', 'You may not use the medium. Reason: use the share'])
  })
  test('of a request that nobody made here changes nothing', async () => {
    expect(await exceptions.decide({ request: 'f'.repeat(32), state: 'granted', until: toWireTimestamp(NOW + 1e6) })).toBe('unknown')
    expect([exceptions.allows(stick, 1000), shown]).toEqual([false, []])
  })
  test('speaks the language of the person', async () => {
    said = []
    await ask({ uid: 1001 })
    await grant(NOW + 1000)
    expect(shown.at(-1)?.title).toBe('Sie dürfen den Datenträger benutzen')
  })
})

describe('an order', () => {
  const keys = generateKeyPairSync('ed25519')
  const raw = keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const identity = { deviceId: 'd_1', organisation: 'acme', policyKeys: [raw.toString('base64')] }
  const body = (over: wire.Order.$Properties = {}) => wire.Order.encode({ organisation: 'acme', device: 'd_1', id: `ex_${'a'.repeat(32)}`, issuedAt: toWireTimestamp(NOW), expiresAt: toWireTimestamp(NOW + 1000), exception: { request: 'a'.repeat(32), state: 'refused' }, ...over }).finish()
  const signed = (bytes: Uint8Array, context = ORDER_CONTEXT) => wire.SignedOrder.encode({ body: bytes, signatures: [{ keyId: policyKeyId(raw), signature: sign(null, Buffer.concat([Buffer.from(context), bytes]), keys.privateKey) }] }).finish()

  test('is taken when it is signed for this device and in time', () => {
    expect(verifyOrder(signed(body()), identity, NOW)).toMatchObject({ order: 'exception' })
  })
  test.each([
    ['without a signature', wire.SignedOrder.encode({ body: body() }).finish()], ['signed as a policy is', signed(body(), '')], ['altered', wire.SignedOrder.encode({ body: body({ id: `ex_${'b'.repeat(32)}` }), signatures: wire.SignedOrder.decode(signed(body())).signatures }).finish()],
    ['for another device', signed(body({ device: 'd_2' }))], ['of another organisation', signed(body({ organisation: 'evil' }))], ['that has expired', signed(body({ issuedAt: toWireTimestamp(NOW - 1e7), expiresAt: toWireTimestamp(NOW - 1e6) }))], ['that lives for years', signed(body({ expiresAt: toWireTimestamp(NOW + 1e11) }))], ['without an id', signed(body({ id: '../x' }))], ['of bytes', Buffer.from('nonsense')],
  ])('%s is not taken and not answered', async (_what, bytes) => {
    const answers: Uint8Array[] = []
    const orders = createOrders({ identity, now: () => NOW, log: { info() {}, warn() {} }, onException: async () => 'shown', onQuestion: async () => ({ outcome: 'answered' }) })
    orders.heard(bytes, (data) => void answers.push(data))
    await orders.settled()
    expect(answers).toEqual([])
  })
  test('that comes again is answered again and done once, and a large answer comes in chunks', async () => {
    const answers: wire.Answer[] = []
    let done = 0
    const orders = createOrders({ identity, now: () => NOW, log: { info() {}, warn() {} }, onException: async () => 'shown', onQuestion: async () => ((done += 1), { outcome: 'answered', data: Buffer.alloc(300_000, 1) }) })
    const question = signed(body({ id: `qu_${'c'.repeat(32)}`, exception: null, question: { mounts: {} } }))
    for (const _ of [1, 2]) orders.heard(question, (data) => void answers.push(wire.Answer.decode(data)))
    await orders.settled()
    expect([done, answers.map(({ part, parts, data }) => [part, parts, data.length])]).toEqual([1, [[1, 3, 131_072], [2, 3, 131_072], [3, 3, 37_856], [1, 3, 131_072], [2, 3, 131_072], [3, 3, 37_856]]])
  })
})

describe('the folder where people lay down requests', () => {
  const name = `${'a'.repeat(32)}.json`
  test('is a letter box, takes a request with the uid of its owner, and leaves an answer', async () => {
    const box = join(folder, 'requests')
    const ending = new AbortController()
    const taken: unknown[] = []
    const watching = watchDropFolder({ folder: box, take: async (dropped) => (taken.push(dropped), 'asked'), log: { warn() {} } }, ending.signal)
    await expect.poll(() => existsSync(box)).toBe(true)
    writeFileSync(join(box, name), JSON.stringify({ reason: 'audit', hours: 2, medium: '4C53', uid: 0 }))
    await expect.poll(() => readdirSync(box)).toEqual([`${'a'.repeat(32)}.answer`])
    await expect.poll(() => readFileSync(join(box, `${'a'.repeat(32)}.answer`), 'utf8')).toBe('asked')
    ending.abort()
    await watching
    expect(taken).toEqual([{ uid: process.geteuid?.() ?? -1, reason: 'audit', hours: 2, named: '4C53' }])
  })
  test('believes no link, no second name, no folder, no heap of bytes and no nonsense', async () => {
    const path = join(folder, name)
    const other = join(folder, 'other')
    const tries: (() => void)[] = [() => symlinkSync(other, path), () => linkSync(other, path), () => mkdirSync(path), () => writeFileSync(path, ' '.repeat(9000)), () => writeFileSync(path, '{"reason":'), () => writeFileSync(path, '{"reason":5}'), () => writeFileSync(path, 'null')]
    for (const lay of tries) {
      writeFileSync(other, '{"reason":"of another person"}')
      lay()
      expect(await readDropped(path)).toBeUndefined()
      rmSync(path, { recursive: true, force: true })
      chmodSync(other, 0o600)
    }
  })
})
