import { generateKeyPairSync, verify } from 'node:crypto'
import { ORDER_CONTEXT, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compileAllowedMedia, explainAllowedMedium, noAllowances } from '../domain/exclusions/allowed-media.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { createOrders } from '../fleet/orders.ts'
import { buildActivity, buildUser, MONDAY_MS } from '../testing/builders.ts'
import { buildException } from '../testing/live-contract.ts'
import { openTemporaryStore } from '../testing/temporary-store.ts'
import { admitRequest, createExceptions, decideException, endExceptions, isAsker, revokeException } from './exceptions.ts'

const HOUR_MS = 3_600_000
const actor = { id: 'a_1', name: 'ada' }
const medium = { deviceId: 'usb:0781:5567:4C53', vendorId: '0781', productId: '5567', serial: '4C53' }
const asked = (over: Partial<Activity> = {}): Activity => ({ ...buildActivity(), id: 'd_1.e.7', kind: 'exception_requested', media: medium, detail: { request: 'a'.repeat(32), reason: 'for the auditors', hours: 8, via: 'command' }, ...over })

let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
beforeEach(async () => {
  temporary = await openTemporaryStore()
  await temporary.store.write((tx) => tx.saveUser(buildUser({ id: 'u_1', email: 'alice@example.com' })))
})
afterEach(() => temporary.remove())

const audits = async (): Promise<readonly string[]> => (await temporary.store.auditEntries({ limit: 50, ascending: true })).items.map(({ action }) => action)
const admit = () => temporary.store.write((tx) => admitRequest(tx, asked(), MONDAY_MS))
const waiting = async () => (await temporary.store.mediaExceptions({ limit: 1 })).items[0] ?? buildException()

describe('a request', () => {
  test('is made of its activity once, however often that arrives', async () => {
    expect([await admit(), await admit()]).toEqual([true, false])
    expect(await waiting()).toMatchObject({ state: 'pending', userId: 'u_1', deviceId: 'd_1', reason: 'for the auditors', hours: 8, medium })
    expect(await audits()).toEqual(['exception.requested'])
  })
  test('without a reason, a medium or a number of its own is none', async () => {
    const { media: _media, ...bare } = asked()
    for (const wrong of [bare, asked({ detail: { request: 'a'.repeat(32), reason: '  ' } }), asked({ detail: { request: '../etc', reason: 'x' } })]) expect(await temporary.store.write((tx) => admitRequest(tx, wrong, MONDAY_MS))).toBe(false)
  })
  test('above twenty that wait of one person is not asked of anybody', async () => {
    const made: boolean[] = []
    for (let n = 0; n < 25; n += 1) made.push(await temporary.store.write((tx) => admitRequest(tx, asked({ id: `d_1.e.${n}` }), MONDAY_MS)))
    expect(made.filter(Boolean)).toHaveLength(20)
  })
})

describe('a decision', () => {
  const decide = (decision: Parameters<typeof decideException>[2], account: Parameters<typeof decideException>[4] = { name: 'ada' }, atMs = MONDAY_MS + 1) => temporary.store.write(async (tx) => decideException(tx, (await waiting()).id, decision, actor, account, atMs))
  test('is nobody’s own: not by the name and not by the address of the account', async () => {
    await admit()
    await expect(decide({ grant: true }, { name: 'Alice@Example.com' })).rejects.toMatchObject({ code: 'SECOND_PERSON' })
    await expect(decide({ grant: true }, { name: 'x', email: 'alice@example.com' })).rejects.toMatchObject({ code: 'SECOND_PERSON' })
    expect(isAsker(buildUser({ identities: [{ kind: 'device_account', value: 'ada@d_1' }] }), { name: 'ada' })).toBe(false)
  })
  test('is made once, in time, with a reason where it is a refusal, and never of a medium that looks like others', async () => {
    await admit()
    await expect(decide({ grant: false })).rejects.toMatchObject({ code: 'EXCEPTION_REFUSED' })
    await expect(decide({ grant: true }, { name: 'ada' }, MONDAY_MS + 8 * 24 * HOUR_MS)).rejects.toMatchObject({ code: 'REQUEST_OVER' })
    expect(await decide({ grant: true, hours: 2 })).toMatchObject({ state: 'granted', fromMs: MONDAY_MS + 1, untilMs: MONDAY_MS + 1 + 2 * HOUR_MS, copies: true })
    await expect(decide({ grant: false, note: 'no' })).rejects.toMatchObject({ code: 'REQUEST_OVER' })
    await temporary.store.write((tx) => tx.saveMediaException(buildException({ id: 'ex_bare', medium: { vendorId: '0781', productId: '5567' } })))
    await expect(temporary.store.write((tx) => decideException(tx, 'ex_bare', { grant: true }, actor, { name: 'ada' }, MONDAY_MS))).rejects.toMatchObject({ code: 'EXCEPTION_REFUSED' })
  })
  test('ends by itself or by hand, each with its entry in the audit log', async () => {
    await temporary.store.write(async (tx) => {
      for (const id of ['ex_a', 'ex_b']) await tx.saveMediaException(buildException({ id, state: 'granted', fromMs: MONDAY_MS, untilMs: MONDAY_MS + HOUR_MS, decidedBy: actor, decidedAtMs: MONDAY_MS }))
      await tx.saveMediaException(buildException({ id: 'ex_c' }))
    })
    expect(await temporary.store.write((tx) => revokeException(tx, 'ex_a', 'lost', actor, MONDAY_MS + 5))).toMatchObject({ state: 'revoked', untilMs: MONDAY_MS + 5, note: 'lost' })
    await temporary.store.write((tx) => endExceptions(tx, MONDAY_MS + HOUR_MS))
    await temporary.store.write((tx) => endExceptions(tx, MONDAY_MS + 9 * 24 * HOUR_MS))
    expect((await temporary.store.mediaExceptions({ limit: 9 })).items.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual(['ex_a revoked', 'ex_b ended', 'ex_c expired'])
    expect(await audits()).toEqual(['exception.revoked', 'exception.ended', 'exception.expired'])
    await expect(temporary.store.write((tx) => revokeException(tx, 'ex_b', undefined, actor, MONDAY_MS + 5))).rejects.toMatchObject({ code: 'REQUEST_OVER' })
  })
})

describe('scoring', () => {
  const granted = buildException({ state: 'granted', fromMs: MONDAY_MS, untilMs: MONDAY_MS + HOUR_MS, copies: true })
  const ruleOf = (over: Partial<Activity>, exceptions = [granted]) => compileAllowedMedia({ ...noAllowances, exceptions })(buildActivity({ media: medium, ...over }))
  test('leaves out what the person did with that medium in that time, by the time of the activity', () => {
    expect(ruleOf({})).toBe('exception.ex_1')
    expect(ruleOf({ occurredAtMs: MONDAY_MS + HOUR_MS - 1 })).toBe('exception.ex_1')
    expect([ruleOf({ occurredAtMs: MONDAY_MS - 1 }), ruleOf({ occurredAtMs: MONDAY_MS + HOUR_MS }), ruleOf({ userId: 'u_2' }), ruleOf({ media: { ...medium, deviceId: 'usb:0781:5567:OTHER', serial: 'OTHER' } }), ruleOf({ kind: 'file_deleted' })]).toEqual(Array.from({ length: 5 }))
    expect(explainAllowedMedium('exception.ex_1', { ...noAllowances, exceptions: [granted] })).toContain('audit at the customer')
  })
  test('counts copies where the grant does not cover them, and a medium without an id by vendor, product and serial number', () => {
    expect([ruleOf({}, [{ ...granted, copies: false }]), ruleOf({ kind: 'removable_media_mounted' }, [{ ...granted, copies: false }])]).toEqual([undefined, 'exception.ex_1'])
    const { deviceId: _id, ...named } = medium
    expect([ruleOf({ media: named }), ruleOf({ media: { ...named, serial: '' } })]).toEqual(['exception.ex_1', undefined])
  })
})

describe('what a device is told', () => {
  test('is signed for it alone, comes again until it answered, and is believed of nobody else', async () => {
    const keys = generateKeyPairSync('ed25519')
    const sent: { readonly deviceId: string; readonly data: Uint8Array }[] = []
    let answer: (message: { deviceId: string; data: Uint8Array }) => void = () => {}
    let nowMs = MONDAY_MS
    const orders = createOrders({ bus: { publishDown: (deviceId, data) => void sent.push({ deviceId, data }), onAnswer: (handle) => void (answer = handle) }, signer: { key: keys.privateKey, cosigners: [] }, organisation: 'acme', now: () => nowMs, log: { warn() {} } })
    const changed: string[] = []
    const exceptions = createExceptions({ store: temporary.store, orders, now: () => nowMs, onChanged: ({ told }) => void changed.push(told ?? '') })
    await temporary.store.write((tx) => tx.saveMediaException(buildException({ state: 'granted', fromMs: MONDAY_MS, untilMs: MONDAY_MS + HOUR_MS, decidedAtMs: MONDAY_MS })))
    await exceptions.start()
    const signed = wire.Down.decode(sent[0]?.data ?? new Uint8Array()).order
    const order = wire.Order.decode(signed?.body ?? new Uint8Array())
    expect(order).toMatchObject({ organisation: 'acme', device: 'd_1', exception: { request: 'a'.repeat(32), state: 'granted' } })
    const signature = signed?.signatures?.[0]?.signature ?? new Uint8Array()
    expect([verify(null, Buffer.concat([Buffer.from(ORDER_CONTEXT), signed?.body ?? Buffer.alloc(0)]), keys.publicKey, signature), verify(null, signed?.body ?? Buffer.alloc(0), keys.publicKey, signature)]).toEqual([true, false])

    orders.heard('d_1')
    expect(sent).toHaveLength(1)
    nowMs += 31_000
    orders.heard('d_1')
    expect(sent).toHaveLength(2)
    const shown = wire.Answer.encode({ order: order.id, outcome: 'shown', part: 1, parts: 1 }).finish()
    answer({ deviceId: 'd_2', data: shown })
    expect(orders.waiting).toBe(1)
    answer({ deviceId: 'd_1', data: shown })
    await expect.poll(() => orders.waiting).toBe(0)
    expect([changed, (await waiting()).told, await temporary.store.untoldExceptions()]).toEqual([['shown'], 'shown', []])
  })
})
