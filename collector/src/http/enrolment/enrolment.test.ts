// Enrolment over the API with the real fleet and store: codes that are misused, devices that wait for approval, and herds.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Bus } from '../../bus/contract.ts'
import { createKey, type NatsKey } from '../../bus/nkeys.ts'
import { createAuthority } from '../../bus/pki.ts'
import { parseCode, proofText } from '../../fleet/codes.ts'
import { sweepRequests } from '../../fleet/enrolment-queue.ts'
import { createFleet } from '../../fleet/fleet.ts'
import { MONDAY_MS } from '../../testing/builders.ts'
import { LOCAL_TOKEN, openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { EnrolAnswer, EnrolmentCodeCreated, EnrolmentDecisionResult, EnrolmentRequestPage, EnrolWaiting } from './schema.ts'

const DAY_MS = 86_400_000
/** No session, because sessions end while a test's clock moves by days. */
const ADMIN = { authorization: `Bearer ${LOCAL_TOKEN}` }
const authority = await createAuthority('example', Date.UTC(2026, 0, 1))
const policyKey = generateKeyPairSync('ed25519').privateKey
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

let at: TestApp
let nowMs: number
let cutOff: string[]

/** All that enrolment asks of the bus. */
const bus = (): Bus => ({ deviceServers: ['tls://127.0.0.1:4222'], deviceCredential: ({ id, publicKey }: { readonly id: string; readonly publicKey: string }) => `jwt of ${id} for ${publicKey}`, revoke: async (key: string) => void cutOff.push(key), publishDown() {}, publishPolicy() {} }) as unknown as Bus

beforeEach(async () => {
  nowMs = MONDAY_MS
  cutOff = []
  at = await openTestApp((store) => ({ now: () => nowMs, fleet: createFleet({ store, bus: bus(), policyKey, organisation: 'example', caPem: authority.certificatePem, now: () => nowMs, log: quiet }) }))
})
afterEach(() => at.close())

const makeCode = async (body: object = {}): Promise<EnrolmentCodeCreated> => (await at.app.inject({ method: 'POST', url: '/api/v1/enrolment-codes', headers: ADMIN, payload: body })).json()

interface Machine {
  readonly key: NatsKey
  readonly hardwareId: string
  readonly hostname: string
}
const machine = (name: string, hostname = name): Machine => ({ key: createKey('user'), hardwareId: createHash('sha256').update(name).digest('hex'), hostname })

function ask(code: string, { key, hardwareId, hostname }: Machine, more: { readonly address?: string; readonly proof?: string } = {}) {
  const proof = more.proof ?? sign(null, Buffer.from(proofText(parseCode(code)?.secret ?? '', key.publicKey, hardwareId)), key.private).toString('base64url')
  return at.app.inject({ method: 'POST', url: '/api/v1/enrol', remoteAddress: more.address ?? '192.0.2.1', payload: { code, publicKey: key.publicKey, hardwareId, hostname, os: 'debian', agentVersion: '0.1.0', proof } })
}
const codeOf = (answer: { json(): unknown }): string => (answer.json() as { readonly code: string }).code
const list = async (query = '?state=waiting'): Promise<EnrolmentRequestPage> => (await at.app.inject({ url: `/api/v1/enrolment-requests${query}`, headers: ADMIN })).json()
const decide = async (ids: readonly string[], approve: boolean, note?: string): Promise<EnrolmentDecisionResult> => (await at.app.inject({ method: 'POST', url: '/api/v1/enrolment-requests/decisions', headers: ADMIN, payload: { ids, approve, ...(note === undefined ? {} : { note }) } })).json()
const deviceCount = async (): Promise<number> => (await at.store.devices({ limit: 500 })).items.length

describe('an enrolment code that is misused', () => {
  test('a code of one use that a thousand devices show at once admits one of them', async () => {
    const { code } = await makeCode()
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => ask(code, machine(`m${n}`), { address: `192.0.${Math.floor(n / 200)}.${n % 200}` })))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const refused = answers.filter(({ statusCode }) => statusCode !== 200)
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['ENROLMENT_CODE_USED', 'TOO_MANY_TRIES']))
    expect(refused.filter((answer) => codeOf(answer) === 'TOO_MANY_TRIES').every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true)
    expect(await deviceCount()).toBe(1)
  }, 30_000)

  test('one that is over, revoked, unknown, or shown without the key is refused by name and takes no use', async () => {
    const { id, code } = await makeCode({ uses: 2, expiresInSecs: 60 })
    expect(codeOf(await ask(code, machine('a'), { proof: Buffer.alloc(64).toString('base64url') }))).toBe('ENROLMENT_PROOF_INVALID')
    expect(codeOf(await ask(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`, machine('a')))).toBe('ENROLMENT_CODE_UNKNOWN')
    nowMs += 60_000
    expect(codeOf(await ask(code, machine('a')))).toBe('ENROLMENT_CODE_EXPIRED')
    nowMs -= 60_000
    await at.app.inject({ method: 'DELETE', url: `/api/v1/enrolment-codes/${id}`, headers: ADMIN })
    expect(codeOf(await ask(code, machine('a')))).toBe('ENROLMENT_CODE_REVOKED')
    expect([await deviceCount(), (await at.store.enrolmentCodes())[0]?.uses]).toEqual([0, 0])
  })

  test('two devices of one host name are two devices', async () => {
    const { code } = await makeCode({ uses: 2 })
    const [first, second] = [await ask(code, machine('a', 'laptop')), await ask(code, machine('b', 'laptop'))]
    expect(first.json<EnrolAnswer>().deviceId).not.toBe(second.json<EnrolAnswer>().deviceId)
    expect((await at.store.devices({ limit: 10 })).items.map(({ hostname }) => hostname)).toEqual(['laptop', 'laptop'])
  })

  test('a device whose answer got lost asks again with its key and is told the same, though the code has no use left', async () => {
    const { code } = await makeCode()
    const laptop = machine('a')
    const [first, again] = [await ask(code, laptop), await ask(code, laptop)]
    expect(again.statusCode).toBe(200)
    expect(again.json<EnrolAnswer>().deviceId).toBe(first.json<EnrolAnswer>().deviceId)
    expect([await deviceCount(), (await at.store.enrolmentCodes())[0]?.uses, cutOff]).toEqual([1, 1, []])
  })

  test('a device that was revoked does not come back with what it enrolled with', async () => {
    const { code } = await makeCode()
    const laptop = machine('a')
    const { deviceId } = (await ask(code, laptop)).json<EnrolAnswer>()
    await at.app.inject({ method: 'POST', url: `/api/v1/devices/${deviceId}/revoke`, headers: ADMIN })
    expect(codeOf(await ask(code, laptop))).toBe('ENROLMENT_CODE_USED')
  })

  test('the key of another computer is refused, and somebody is told', async () => {
    const { code } = await makeCode({ uses: 5 })
    const laptop = machine('a')
    await ask(code, laptop)
    expect(codeOf(await ask(code, { ...machine('b'), key: laptop.key }))).toBe('ENROLMENT_KEY_TAKEN')
    expect((await at.store.fleetNotices({ limit: 10, open: true })).items.map(({ kind }) => kind)).toEqual(['key_reused'])
  })
})

describe('a code that asks for approval', () => {
  test('gives no credential until somebody says yes; then the same key fetches it', async () => {
    const { id, code, needsApproval } = await makeCode({ needsApproval: true })
    expect(needsApproval).toBe(true)
    const laptop = machine('a', 'laptop')
    const first = await ask(code, laptop)
    expect(first.statusCode).toBe(202)
    expect(Number(first.headers['retry-after'])).toBeGreaterThanOrEqual(30)
    expect(first.body).not.toContain('jwt')
    const { requestId } = first.json<EnrolWaiting>()
    expect((await ask(code, laptop)).json<EnrolWaiting>().requestId).toBe(requestId)
    expect(await deviceCount()).toBe(0)
    const waiting = await list()
    expect(waiting.items).toMatchObject([{ id: requestId, codeId: id, hostname: 'laptop', address: '192.0.2.1', state: 'waiting', fingerprint: laptop.key.publicKey.slice(-8) }])
    expect(JSON.stringify(waiting)).not.toContain(laptop.key.publicKey)

    expect(await decide([requestId], true, 'seen at the desk')).toMatchObject({ done: 1, waiting: 0, items: [{ outcome: 'done', request: { state: 'approved', note: 'seen at the desk' } }] })
    const granted = await ask(code, laptop)
    expect(granted.statusCode).toBe(200)
    expect(granted.json<EnrolAnswer>().jwt).toContain(laptop.key.publicKey)
    expect((await list('?state=enrolled')).items).toMatchObject([{ id: requestId, deviceId: granted.json<EnrolAnswer>().deviceId }])
    const audit = await at.audit()
    for (const entry of ['enrolment.requested enrolment_request', 'enrolment.approved enrolment_request', 'device.enrolled device']) expect(audit).toContain(entry)
  })

  test('what was approved is of one key: another computer and another key get nothing of it', async () => {
    const { code } = await makeCode({ needsApproval: true })
    const laptop = machine('a')
    const { requestId } = (await ask(code, laptop)).json<EnrolWaiting>()
    await decide([requestId], true)
    expect(codeOf(await ask(code, machine('a')))).toBe('ENROLMENT_CODE_USED')
    expect(codeOf(await ask(code, { ...machine('b'), key: laptop.key }))).toBe('ENROLMENT_KEY_TAKEN')
    expect(await deviceCount()).toBe(0)
  })

  test('a refusal is final for that key', async () => {
    const { code } = await makeCode({ needsApproval: true, uses: 5 })
    const laptop = machine('a')
    const { requestId } = (await ask(code, laptop)).json<EnrolWaiting>()
    await decide([requestId], false)
    expect(codeOf(await ask(code, laptop))).toBe('ENROLMENT_REQUEST_REFUSED')
    expect(await decide([requestId], true)).toMatchObject({ done: 0, items: [{ outcome: 'not_waiting', request: { state: 'refused' } }] })
  })

  test('many are decided on at once, each by itself; unknown ones are named', async () => {
    const { code } = await makeCode({ needsApproval: true, uses: 50 })
    const ids: string[] = []
    for (let n = 0; n < 20; n += 1) ids.push((await ask(code, machine(`m${n}`))).json<EnrolWaiting>().requestId)
    await decide([ids[0] ?? ''], false)
    const result = await decide([...ids, 'er_none'], true)
    expect([result.done, result.waiting]).toEqual([19, 0])
    expect(result.items.find(({ id }) => id === 'er_none')?.outcome).toBe('not_found')
    expect(result.items.find(({ id }) => id === ids[0])?.outcome).toBe('not_waiting')
  })

  test('a use is taken when a device asks, so that a queue is no longer than the code allows', async () => {
    const { code } = await makeCode({ needsApproval: true, uses: 2 })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => ask(code, machine(`m${n}`))))
    expect(answers.filter(({ statusCode }) => statusCode === 202)).toHaveLength(2)
    expect((await list()).total).toBe(2)
  })

  test('who asked in time may be approved after the code has ended; a revoked code ends them all', async () => {
    const { id, code } = await makeCode({ needsApproval: true, uses: 2, expiresInSecs: 3600 })
    const [first, second] = [machine('a'), machine('b')]
    const { requestId } = (await ask(code, first)).json<EnrolWaiting>()
    await ask(code, second)
    nowMs += 2 * 3_600_000
    expect(codeOf(await ask(code, machine('c')))).toBe('ENROLMENT_CODE_EXPIRED')
    await decide([requestId], true)
    expect((await ask(code, first)).statusCode).toBe(200)
    await at.app.inject({ method: 'DELETE', url: `/api/v1/enrolment-codes/${id}`, headers: ADMIN })
    expect(codeOf(await ask(code, second))).toBe('ENROLMENT_CODE_REVOKED')
  })

  test('what nobody decides on ends after a week, and its host name is forgotten after ninety days more', async () => {
    const { code } = await makeCode({ needsApproval: true, expiresInSecs: 30 * 86_400 })
    const laptop = machine('a')
    const { requestId } = (await ask(code, laptop)).json<EnrolWaiting>()
    nowMs += 7 * DAY_MS
    expect(codeOf(await ask(code, laptop))).toBe('ENROLMENT_REQUEST_EXPIRED')
    expect((await decide([requestId], true)).done).toBe(0)
    await at.store.write((tx) => sweepRequests(tx, nowMs))
    expect((await list('?state=expired')).items.map(({ id }) => id)).toEqual([requestId])
    expect(await at.audit()).toContain('enrolment.expired enrolment_request')
    expect((await at.store.fleetNotices({ limit: 10, open: true })).items).toEqual([])
    await at.store.write((tx) => sweepRequests(tx, nowMs + 91 * DAY_MS))
    expect((await list('')).items).toEqual([])
  })

  test('somebody is told while devices wait, and no longer than that', async () => {
    const { code } = await makeCode({ needsApproval: true, uses: 2 })
    const { requestId } = (await ask(code, machine('a'))).json<EnrolWaiting>()
    const open = async (): Promise<readonly string[]> => (await at.store.fleetNotices({ limit: 10, open: true })).items.map(({ kind }) => kind)
    expect(await open()).toEqual(['enrolment_waiting'])
    await decide([requestId], false)
    expect(await open()).toEqual([])
  })

  test('devices that wait for long are told to ask less often', async () => {
    const { code } = await makeCode({ needsApproval: true })
    const laptop = machine('a')
    await ask(code, laptop)
    nowMs += 3_600_000
    expect((await ask(code, laptop)).json<EnrolWaiting>().askAgainSecs).toBe(360)
    nowMs += 5 * DAY_MS
    expect((await ask(code, laptop)).json<EnrolWaiting>().askAgainSecs).toBe(600)
  })
})
