import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PERMISSION_SET } from '../bus/claims.ts'
import type { Bus } from '../bus/contract.ts'
import { createKey, type NatsKey } from '../bus/nkeys.ts'
import { caPin, createAuthority } from '../bus/pki.ts'
import { templateDefaults } from '../domain/policies/policy-document.ts'
import type { Policy } from '../domain/policies/policy.ts'
import { dataLeaks } from '../domain/policies/templates/data-leaks.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { parseCode, proofText } from './codes.ts'
import type { EnrolmentInput, Fleet } from './contract.ts'
import { createFleet } from './fleet.ts'
import { storedRevocations } from './revoked-keys.ts'
import { cutOffDevice } from './care.ts'
import { saveGroupRules } from './group-rules.ts'
import { defaultSettings } from './settings.ts'

const DAY_MS = 86_400_000
const EPOCH = 'ab'.repeat(16)

interface FakeBus extends Bus {
  readonly down: { deviceId: string; message: wire.Down }[]
  readonly policies: { group: string; signed: Uint8Array }[]
  readonly revoked: string[]
  beat(deviceId: string, data: Uint8Array): void
  sync(deviceId: string, data: Uint8Array): void
}

type Listener = (message: { deviceId: string; data: Uint8Array }) => void

function createFakeBus(): FakeBus {
  let onHeartbeat: Listener | undefined
  let onSync: Listener | undefined
  const bus: FakeBus = {
    down: [], policies: [], revoked: [], deviceServers: ['tls://127.0.0.1:4222'], connected: true,
    beat: (deviceId, data) => onHeartbeat?.({ deviceId, data }),
    sync: (deviceId, data) => onSync?.({ deviceId, data }),
    consumeActivity: async () => {},
    onHeartbeat: (handle) => void (onHeartbeat = handle),
    onSync: (handle) => void (onSync = handle),
    onEvidence: () => {}, onPackage: () => {},
    onAnswer: () => {},
    tell: () => {}, onTold: () => {}, onReconnected: () => {}, readRevocations: async () => {},
    publishDown: (deviceId, data) => void bus.down.push({ deviceId, message: wire.Down.decode(data) }),
    publishPolicy: (group, signed) => void bus.policies.push({ group, signed }),
    deviceCredential: ({ id, publicKey }) => `jwt of ${id} for ${publicKey}`,
    renewedCredential: ({ id, group, publicKey }, issuedAtMs) => (bus.revoked.includes(publicKey) ? undefined : `renewed ${id} ${group} ${publicKey} ${issuedAtMs}`),
    revoke: async (publicKey) => void bus.revoked.push(publicKey),
    status: () => ({ connected: true, serverVersion: 'fake', streamMessages: 0, streamBytes: 0, pending: 0 }),
    close: async () => {},
  }
  return bus
}

const policyKey = generateKeyPairSync('ed25519').privateKey
const authority = await createAuthority('example', Date.UTC(2026, 0, 1))
let nowMs = Date.UTC(2026, 5, 1)
let folder: string
let store: Store
let bus: FakeBus
let fleet: Fleet
let announced: string[]
let ending: AbortController

beforeEach(async () => {
  nowMs = Date.UTC(2026, 5, 1)
  folder = mkdtempSync(join(tmpdir(), 'holdfast-fleet-'))
  store = await openSqliteStore({ path: join(folder, 'holdfast.db') })
  bus = createFakeBus()
  announced = []
  ending = new AbortController()
  fleet = createFleet({ store, bus, policyKey, organisation: 'example', caPem: authority.certificatePem, now: () => nowMs, onDeviceChanged: (id) => announced.push(id), log: { debug() {}, info() {}, warn() {}, error() {} } })
})
afterEach(async () => {
  ending.abort()
  await fleet.flush()
  await store.close()
  rmSync(folder, { recursive: true })
})

const makeCode = (options: { readonly uses?: number; readonly expiresInSecs?: number; readonly group?: string } = {}) =>
  store.write((tx) => fleet.createCode(tx, { group: options.group ?? 'default', uses: options.uses ?? 1, expiresInSecs: options.expiresInSecs ?? 3600, createdBy: 'tester' }))

const hardware = (name: string): string => createHash('sha256').update(name).digest('hex')

function enrolment(code: string, options: { readonly key?: NatsKey; readonly machine?: string; readonly proof?: string } = {}): EnrolmentInput {
  const key = options.key ?? createKey('user')
  const hardwareId = hardware(options.machine ?? 'machine')
  const secret = parseCode(code)?.secret ?? ''
  return { code, publicKey: key.publicKey, hardwareId, hostname: 'laptop', os: 'linux', agentVersion: '0.1.0', proof: options.proof ?? sign(null, Buffer.from(proofText(secret, key.publicKey, hardwareId)), key.private).toString('base64url') }
}
async function deviceIn(from: Pick<Store, 'device'>, id: string) {
  const device = await from.device(id)
  if (device === undefined) throw new Error('there is no such device')
  return device
}
const enrol = (input: EnrolmentInput) => store.write((tx) => fleet.enrol(tx, input))

describe('an enrolment code', { timeout: 30_000 }, () => {
  it('has the form HF1-pin-secret, and the store holds the hash of its secret only', async () => {
    const { code, text } = await makeCode()
    expect(text).toMatch(/^HF1-[A-Z2-7]{26}-[A-Z2-7]{26}$/)
    expect(parseCode(text)?.pin).toBe(caPin(authority.certificatePem))
    expect(code.secretHash).toBe(createHash('sha256').update(text.slice(-26)).digest('hex'))
    expect(JSON.stringify(await store.enrolmentCodes())).not.toContain(text.slice(-26))
  })

  it('admits one device and no second one', async () => {
    const { text } = await makeCode()
    const { device, jwt, natsServers, policyKeys } = await enrol(enrolment(text, { machine: 'first' }))
    expect(device.id).toMatch(/^d_[A-Za-z0-9_-]{22}$/)
    expect(jwt).toContain(device.id)
    expect(natsServers).toEqual(['tls://127.0.0.1:4222'])
    expect(Buffer.from(policyKeys[0] ?? '', 'base64')).toHaveLength(32)
    await expect(enrol(enrolment(text, { machine: 'second' }))).rejects.toMatchObject({ code: 'ENROLMENT_CODE_USED' })
    expect((await store.devices({ limit: 10 })).items).toHaveLength(1)
  })

  it('of five uses admits five of twenty devices that come at once', async () => {
    const { text } = await makeCode({ uses: 5 })
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => enrol(enrolment(text, { machine: `machine ${index}` }))))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(5)
    expect(new Set(outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => (outcome.reason as { code?: string }).code))).toEqual(new Set(['ENROLMENT_CODE_USED']))
    expect((await store.devices({ limit: 50 })).items).toHaveLength(5)
    expect((await store.enrolmentCodes())[0]?.uses).toBe(5)
  })

  it('is refused with a code of its own when it is unknown, malformed, expired or revoked', async () => {
    const { text, code } = await makeCode()
    const wrong = `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`
    await expect(enrol(enrolment(wrong))).rejects.toMatchObject({ code: 'ENROLMENT_CODE_UNKNOWN' })
    await expect(enrol(enrolment('HF1-short'))).rejects.toMatchObject({ code: 'ENROLMENT_CODE_UNKNOWN' })
    nowMs += 3_600_000
    await expect(enrol(enrolment(text))).rejects.toMatchObject({ code: 'ENROLMENT_CODE_EXPIRED' })
    nowMs -= 1
    await store.write((tx) => tx.saveEnrolmentCode({ ...code, revoked: true }))
    await expect(enrol(enrolment(text))).rejects.toMatchObject({ code: 'ENROLMENT_CODE_REVOKED' })
  })

  it('is not used up by a device that cannot prove its key', async () => {
    const { text } = await makeCode()
    const key = createKey('user')
    const other = enrolment(text, { key: createKey('user') })
    for (const proof of [other.proof, '', 'AAAA', sign(null, Buffer.from('something else'), key.private).toString('base64url')]) await expect(enrol(enrolment(text, { key, proof }))).rejects.toMatchObject({ code: 'ENROLMENT_PROOF_INVALID' })
    // A good proof for other hardware is no proof for this one.
    const { proof } = enrolment(text, { key, machine: 'another' })
    await expect(enrol(enrolment(text, { key, proof }))).rejects.toMatchObject({ code: 'ENROLMENT_PROOF_INVALID' })
    expect((await store.enrolmentCodes())[0]?.uses).toBe(0)
    await expect(enrol(enrolment(text, { key }))).resolves.toMatchObject({ reEnrolled: false })
  })
})

describe('a device that comes again', { timeout: 30_000 }, () => {
  it('keeps its id under a new key, and the old key is refused for good', async () => {
    const first = await enrol(enrolment((await makeCode()).text))
    const second = await enrol(enrolment((await makeCode({ group: 'lab' })).text))
    expect(second).toMatchObject({ reEnrolled: true, replacedKey: first.device.publicKey, device: { id: first.device.id, group: 'lab', status: 'active' } })
    expect(Object.keys(await storedRevocations(store))).toEqual([first.device.publicKey])
    expect((await store.devices({ limit: 10 })).items).toHaveLength(1)
  })

  it('is active again after a revocation, with a fresh code', async () => {
    const first = await enrol(enrolment((await makeCode()).text))
    await store.write((tx) => fleet.revoke(tx, first.device.id))
    await fleet.cutOff(first.device.publicKey)
    expect(bus.revoked).toEqual([first.device.publicKey])
    expect(await store.device(first.device.id)).toMatchObject({ status: 'revoked' })
    const again = await enrol(enrolment((await makeCode()).text))
    expect(again.device).toMatchObject({ id: first.device.id, status: 'active' })
  })

  it('is not revoked when the transaction of the revocation fails', async () => {
    const { device } = await enrol(enrolment((await makeCode()).text))
    const failing = store.write(async (tx) => {
      await fleet.revoke(tx, device.id)
      throw new Error('the audit entry cannot be written')
    })
    await expect(failing).rejects.toThrow('audit')
    expect(await store.device(device.id)).toMatchObject({ status: 'active' })
    expect(await storedRevocations(store)).toEqual({})
  })
})

const buildPolicy = (indicators: readonly string[], status: 'on' | 'paused' = 'on'): Policy => ({
  ...templateDefaults(dataLeaks), id: 'p_1', name: 'one', description: '', template: 'data_leaks', status, version: 1, scope: { users: 'all' }, indicators: Object.fromEntries(indicators.map((id) => [id, { enabled: true }])), triggers: [],
  activationWindowDays: 30, lookbackDays: 90, alertVolume: 'default', createdAtMs: 0, updatedAtMs: 0,
})
const compile = () => store.write((tx) => fleet.compilePolicies(tx))
const bodyOf = async (group: string) => {
  const revision = await store.agentPolicy(group)
  const signed = wire.SignedPolicy.decode(revision?.signed ?? new Uint8Array())
  return { revision, signed, policy: wire.AgentPolicy.decode(signed.body ?? new Uint8Array()) }
}

describe('the agents’ policy', { timeout: 30_000 }, () => {
  it('collects nothing while no risk policy is on', async () => {
    await compile()
    const { policy } = await bodyOf('default')
    expect(policy).toMatchObject({ organisation: 'example', group: 'default', version: 1, files: { enabled: false }, reporting: { heartbeatIntervalSecs: 30 } })
    expect(policy.files?.roots).toEqual([])
    expect(policy.securityFeatures?.enabled ?? false).toBe(false)
  })

  it('keeps its version while nothing changes, and raises it by one for each change', async () => {
    const versions: number[] = []
    const step = async () => versions.push(...(await compile()).map((row) => row.version))
    await step()
    await step()
    nowMs += DAY_MS
    await step()
    await store.write((tx) => tx.savePolicy(buildPolicy(['copy_to_removable_media'])))
    await step()
    await step()
    await store.write((tx) => fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, heartbeatIntervalSecs: 3 }))
    await step()
    await store.write((tx) => tx.savePolicy(buildPolicy(['copy_to_removable_media'], 'paused')))
    await step()
    expect(versions).toEqual([1, 2, 3, 4])
  })

  it('names only the kinds that an indicator of a policy that is on uses', async () => {
    await store.write((tx) => tx.savePolicy(buildPolicy(['copy_to_removable_media'])))
    await compile()
    const { policy } = await bodyOf('default')
    expect(policy.files).toMatchObject({ enabled: true, roots: ['~'], kinds: ['file_copied'] })
    expect(policy.files?.excludes).toContain('**/node_modules/**')
    expect(policy.applications?.enabled ?? false).toBe(false)
  })

  it('names the programs whose run counts, and asks for transfers, only where an indicator uses them', async () => {
    await store.write((tx) => tx.savePolicy(buildPolicy(['unwanted_application_installed'])))
    await compile()
    const { applications } = (await bodyOf('default')).policy
    expect([applications?.enabled, applications?.runs, applications?.transfers ?? false]).toEqual([true, true, false])
    expect(applications?.deniedPrograms).toEqual(expect.arrayContaining(['mimikatz', 'ngrok', 'rclone']))
    await store.write((tx) => tx.savePolicy(buildPolicy(['file_read_by_transfer_tool'])))
    await compile()
    expect((await bodyOf('default')).policy).toMatchObject({ applications: { transfers: true, uploads: true } })
    expect((await bodyOf('default')).policy.printing?.enabled ?? false).toBe(false)
  })

  it('names the organisation’s own destinations and programs to the agents, and what may be an upload only where the group wants it', async () => {
    await store.write((tx) => tx.savePolicy(buildPolicy(['file_read_by_transfer_tool', 'file_printed'])))
    await store.write((tx) => fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, transfers: { allowedPrograms: ['restic'], knownDestinations: ['.example.org', 's3://backup'], uploads: false } }))
    await compile()
    const { applications, printing } = (await bodyOf('default')).policy
    expect(applications).toMatchObject({ transfers: true, allowedPrograms: ['restic'], knownDestinations: ['.example.org', 's3://backup'] })
    expect([applications?.uploads ?? false, printing?.enabled]).toEqual([false, true])
  })

  it('is signed over its exact bytes by the key whose id it names', async () => {
    await compile()
    const { signed, revision } = await bodyOf('default')
    const publicKey = createPublicKey(policyKey)
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
    expect(signed.signatures).toHaveLength(1)
    expect(signed.signatures?.[0]?.keyId).toBe(createHash('sha256').update(raw).digest('hex').slice(0, 16))
    expect(verify(null, signed.body ?? new Uint8Array(), publicKey, signed.signatures?.[0]?.signature ?? new Uint8Array())).toBe(true)
    expect(revision?.hash).toBe(createHash('sha256').update(signed.body ?? new Uint8Array()).digest('hex'))
    expect(JSON.parse(revision?.readable ?? '{}')).toMatchObject({ group: 'default', version: 1, expiresAt: new Date(nowMs + 90 * DAY_MS).toISOString() })
  })

  it('is issued anew before it expires', async () => {
    await compile()
    nowMs += 60 * DAY_MS
    expect(await compile()).toEqual([])
    nowMs += DAY_MS
    expect(await compile()).toMatchObject([{ group: 'default', version: 2 }])
    expect((await store.agentPolicy('default'))?.expiresAtMs).toBe(nowMs + 90 * DAY_MS)
  })

  it('is made for every group that has a code, a device or settings', async () => {
    await makeCode({ group: 'lab' })
    await store.write((tx) => fleet.saveGroupSettings(tx, 'kiosk', defaultSettings))
    expect((await compile()).map((row) => row.group).toSorted()).toEqual(['default', 'kiosk', 'lab'])
  })

  it('is refused when the lists of a group make it larger than agents accept', async () => {
    await store.write((tx) => tx.savePolicy(buildPolicy(['copy_to_removable_media'])))
    const settings = { ...defaultSettings, excludes: Array.from({ length: 100 }, (_, index) => `${index}${'x'.repeat(4000)}`) }
    await expect(store.write(async (tx) => {
      await fleet.saveGroupSettings(tx, 'default', settings)
      return fleet.compilePolicies(tx)
    })).rejects.toMatchObject({ code: 'POLICY_INVALID' })
    expect((await fleet.groupSettings(store, 'default')).excludes).toEqual(defaultSettings.excludes)
  })
})

const heartbeat = (changes: Partial<wire.Heartbeat.$Properties> = {}): Uint8Array =>
  wire.Heartbeat.encode({
    sentAt: toWireTimestamp(nowMs), agentVersion: '0.1.0', hostname: 'laptop', os: 'linux', sensors: [{ name: 'files', tier: wire.SensorTier.SENSOR_TIER_FULL, selfTestPassed: true, emitted: 5 }],
    spool: { epoch: EPOCH, lastSeq: 5, ackedSeq: 5, bytes: 100, maxBytes: 1000 }, policy: { runningVersion: 0, runningHash: '' }, permissionSet: PERMISSION_SET, ...changes,
  }).finish()

async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`waited for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('a device that speaks', { timeout: 30_000 }, () => {
  let deviceId: string
  const known = (from: Pick<Store, 'device'> = store) => deviceIn(from, deviceId)
  beforeEach(async () => {
    deviceId = (await enrol(enrolment((await makeCode()).text))).device.id
    await compile()
    fleet.start(ending.signal)
  })

  it('gets the wanted policy when it runs another one, and not when it runs it or has refused it', async () => {
    const { revision } = await bodyOf('default')
    bus.beat(deviceId, heartbeat())
    await eventually('the policy', () => bus.down.length === 1)
    expect(bus.down[0]?.message.policy?.body).toEqual((await bodyOf('default')).signed.body)
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 1, runningHash: revision?.hash ?? '' } }))
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 0, runningHash: '', refusedVersion: 1, refusedReason: 'POLICY_TOO_LARGE' } }))
    bus.beat(deviceId, heartbeat())
    await eventually('the answer to the last one', () => bus.down.length === 2)
    expect(fleet.counters).toMatchObject({ heartbeats: 4, refused: 0 })
  })

  it('gets a version above the one that it runs when the store was restored from a backup, and no one can drive that on', async () => {
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 7, runningHash: 'e'.repeat(64), refusedVersion: 1, refusedReason: 'POLICY_OLDER' } }))
    await eventually('the new revision', () => bus.policies.length === 1)
    expect(await store.agentPolicy('default')).toMatchObject({ version: 8 })
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 900, runningHash: 'f'.repeat(64) } }))
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 2 ** 50, runningHash: 'f'.repeat(64) } }))
    await eventually('the answer to the second one', () => bus.down.length === 1)
    expect(await store.agentPolicy('default')).toMatchObject({ version: 8 })
    expect(await compile()).toEqual([])
  })

  it('whose program becomes another without an upgrade, or whose clock is set, says so until somebody has seen it', async () => {
    const codes = async (): Promise<readonly string[]> => {
      const device = await store.device(deviceId)
      return device === undefined ? [] : fleet.healthOf(device, undefined, nowMs).faults.map(({ code }) => code)
    }
    bus.beat(deviceId, heartbeat({ programHash: 'a'.repeat(64) }))
    await eventually('the program to be known', async () => (await store.device(deviceId))?.report?.program?.hash === 'a'.repeat(64))
    expect(await codes()).toEqual([])
    bus.beat(deviceId, heartbeat({ programHash: 'b'.repeat(64) }))
    bus.beat(deviceId, heartbeat({ programHash: 'b'.repeat(64), sentAt: toWireTimestamp(nowMs + 3_600_000) }))
    bus.beat(deviceId, heartbeat({ programHash: '' }))
    await eventually('both to be told', async () => (await codes()).length === 2)
    expect(await codes()).toEqual(['PROGRAM_CHANGED', 'CLOCK_MOVED'])
    bus.beat(deviceId, heartbeat({ programHash: 'c'.repeat(64), agentVersion: '0.2.0' }))
    await eventually('the upgrade to explain it', async () => !(await codes()).includes('PROGRAM_CHANGED'))
  })

  it('is moved by the first rule that fits, keeps its key, and is offered a credential for its group until it has taken it', async () => {
    await store.write(async (tx) => {
      await saveGroupRules(tx, [{ group: 'tills', tag: 'till' }, { group: 'laptops', hostname: 'lap*' }])
    })
    bus.beat(deviceId, heartbeat())
    await eventually('the move', async () => (await store.device(deviceId))?.group === 'laptops')
    await eventually('the offer', () => bus.down.some(({ message }) => message.credential?.jwt?.startsWith(`renewed ${deviceId} laptops `) === true))
    expect((await store.auditEntries({ limit: 50 })).items.filter(({ action }) => action === 'device.moved').map(({ targetId }) => targetId)).toEqual([deviceId])
    const offers = () => bus.down.filter(({ message }) => message.credential !== undefined && message.credential !== null).length
    const before = offers()
    nowMs += 30_000
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 0, runningHash: '', refusedVersion: 1, refusedReason: 'POLICY_OTHER_TARGET' } }))
    await eventually('another offer', () => offers() === before + 1)
    const [first, second] = bus.down.flatMap(({ message }) => message.credential?.jwt ?? []).map((jwt) => Number(jwt.split(' ').at(-1)))
    expect(second).toBeGreaterThan(first ?? Infinity)
  })

  it('whose credential two computers use is named, told why it goes, and cannot come back with that key', async () => {
    const codes = async (): Promise<readonly string[]> => fleet.healthOf(await known(), undefined, nowMs).faults.map(({ code }) => code)
    for (let n = 0; n < 6; n += 1) bus.beat(deviceId, heartbeat(n % 2 === 0 ? { uptimeSecs: 9000 } : { uptimeSecs: 10, hostname: 'copy' }))
    await eventually('the clone', async () => (await codes()).includes('CLONED'))
    const device = await store.write(async (tx) => cutOffDevice(tx, await known(tx), 'cloned', nowMs))
    fleet.dismiss(device, 'cloned')
    expect(bus.down.at(-1)?.message.dismissal).toMatchObject({ why: 'cloned' })
    expect(await codes()).toEqual(['REVOKED', 'CLONED'])
    const key = createKey('user')
    const { text } = await makeCode({ uses: 9 })
    expect((await enrol(enrolment(text, { key }))).device).toMatchObject({ id: deviceId, status: 'active' })
    await store.write(async (tx) => cutOffDevice(tx, await known(tx), 'cloned', nowMs))
    await expect(enrol(enrolment(text, { key }))).rejects.toMatchObject({ code: 'ENROLMENT_KEY_TAKEN' })
    await expect(enrol(enrolment(text, { key, machine: 'another' }))).rejects.toMatchObject({ code: 'ENROLMENT_KEY_TAKEN' })
    expect((await enrol(enrolment(text))).device).not.toHaveProperty('cutOff')
  })

  it('that is put out is listened to no more where its group wants it so, also after a restart', async () => {
    await store.write((tx) => fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, quarantineRevoked: true }))
    await store.write((tx) => fleet.compilePolicies(tx))
    const device = await store.write((tx) => fleet.revoke(tx, deviceId))
    expect(fleet.isPutOut(deviceId)).toBe(false)
    fleet.dismiss(device, 'revoked')
    expect(fleet.isPutOut(deviceId)).toBe(true)
    const again = createFleet({ store, bus: createFakeBus(), policyKey, organisation: 'example', caPem: authority.certificatePem, now: () => nowMs, log: { debug() {}, info() {}, warn() {}, error() {} } })
    again.start(ending.signal)
    await eventually('it to be remembered', () => again.isPutOut(deviceId))
    await enrol(enrolment((await makeCode()).text))
    expect(fleet.isPutOut(deviceId)).toBe(false)
    await again.flush()
  })

  it('says when the authority that it trusts is about to end', async () => {
    bus.beat(deviceId, heartbeat())
    await eventually('the report', async () => (await store.device(deviceId))?.report !== undefined)
    const old = await createAuthority('example', nowMs - 3600 * DAY_MS)
    const soon = createFleet({ store, policyKey, organisation: 'example', caPem: old.certificatePem, now: () => nowMs, serverCertificateEndsAtMs: () => nowMs + 13 * DAY_MS, log: { debug() {}, info() {}, warn() {}, error() {} } })
    const { faults } = soon.healthOf(await known(), undefined, nowMs)
    expect(faults.map(({ code, values }) => [code, values['what']])).toEqual([['CERTIFICATE_ENDS', 'Authority'], ['CERTIFICATE_ENDS', 'Certificate of the collector']])
  })

  it('that refused a policy as expired is offered it again, because its clock may have been to blame', async () => {
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 0, runningHash: '', refusedVersion: 1, refusedReason: 'POLICY_TOO_LARGE' } }))
    bus.beat(deviceId, heartbeat({ policy: { runningVersion: 0, runningHash: '', refusedVersion: 1, refusedReason: 'POLICY_EXPIRED' } }))
    await eventually('the policy to be sent', () => bus.down.length > 0)
    expect(bus.down).toHaveLength(1)
  })

  it('is written and announced once although it reports many times', async () => {
    for (let index = 0; index < 50; index += 1) bus.beat(deviceId, heartbeat({ uptimeSecs: index }))
    await eventually('the report', async () => (await store.device(deviceId))?.report?.uptimeSecs === 49)
    expect(announced).toEqual([deviceId])
    bus.beat(deviceId, heartbeat({ sensors: [{ name: 'files', tier: wire.SensorTier.SENSOR_TIER_BLIND }] }))
    await eventually('the announcement of a change', () => announced.length === 2)
    expect((await store.device(deviceId))?.report?.sensors).toMatchObject([{ name: 'files', tier: 'blind' }])
  })

  describe('with a credential of an earlier set of permissions', () => {
    const running = async () => ({ runningVersion: 1, runningHash: (await bodyOf('default')).revision?.hash ?? '' })
    const offered = () => bus.down.flatMap(({ deviceId: to, message }) => (message.credential ? [[to, message.credential.jwt]] : []))

    it('is offered one for the key that it has, dated back, once in ten minutes until it has taken it', async () => {
      const policy = await running()
      const key = (await store.device(deviceId))?.publicKey
      bus.beat(deviceId, heartbeat({ policy, permissionSet: 0 }))
      await eventually('the credential', () => offered().length === 1)
      expect(offered()).toEqual([[deviceId, `renewed ${deviceId} default ${key} ${nowMs - 60_000}`]])
      bus.beat(deviceId, heartbeat({ policy, permissionSet: 0 }))
      nowMs += 600_000
      bus.beat(deviceId, heartbeat({ policy, permissionSet: PERMISSION_SET - 1 }))
      await eventually('the second credential', () => offered().length === 2)
      nowMs += 600_000
      bus.beat(deviceId, heartbeat({ policy }))
      bus.beat(deviceId, heartbeat({ policy, permissionSet: PERMISSION_SET + 1 }))
      bus.sync(deviceId, wire.Sync.encode({ epoch: EPOCH, lastSeq: 1, policyHash: policy.runningHash }).finish())
      await eventually('the watermark', () => bus.down.some(({ message }) => message.watermark))
      expect(offered()).toHaveLength(2)
    })

    it('is offered none when it was revoked a moment ago, although its row was read before, nor when the broker refuses its key', async () => {
      const policy = await running()
      bus.beat(deviceId, heartbeat({ policy }))
      await eventually('the first heartbeat', async () => {
        await fleet.flush()
        return (await store.device(deviceId))?.report !== undefined
      })
      // Another process did it: the cache here still has the device as active.
      const device = await store.device(deviceId)
      await store.write((tx) => fleet.revoke(tx, deviceId))
      bus.beat(deviceId, heartbeat({ policy, permissionSet: 0 }))
      const other = (await enrol(enrolment((await makeCode()).text, { machine: 'other' }))).device
      bus.revoked.push(other.publicKey)
      bus.beat(other.id, heartbeat({ policy, permissionSet: 0 }))
      bus.sync(other.id, wire.Sync.encode({ epoch: EPOCH, lastSeq: 1, policyHash: policy.runningHash }).finish())
      await eventually('the watermark', () => bus.down.some(({ message }) => message.watermark))
      await fleet.flush()
      expect(device?.status).toBe('active')
      expect(offered()).toEqual([])
    })
  })

  it('is not listened to when it is unknown or revoked, or sends what cannot be', async () => {
    bus.beat('d_unknown', heartbeat())
    bus.beat(deviceId, new Uint8Array([255, 255, 255]))
    bus.beat(deviceId, heartbeat({ uptimeSecs: 2 ** 60 }))
    bus.beat(deviceId, heartbeat({ sensors: Array.from({ length: 100 }, () => ({ name: 'x' })) }))
    bus.beat(deviceId, new Uint8Array(100_000))
    await eventually('the refusals', () => fleet.counters.refused === 5)
    await fleet.flush()
    expect((await store.device(deviceId))?.report).toBeUndefined()
    await store.write((tx) => fleet.revoke(tx, deviceId))
    await fleet.cutOff('U')
    bus.beat(deviceId, heartbeat())
    bus.sync(deviceId, wire.Sync.encode({ epoch: EPOCH, lastSeq: 1 }).finish())
    await eventually('the refusal', () => fleet.counters.refused === 7)
    expect(bus.down).toEqual([])
  })

  it('is told its watermark and the policy when it syncs; 0 for an epoch that nobody knows', async () => {
    bus.sync(deviceId, wire.Sync.encode({ epoch: EPOCH, lastSeq: 9 }).finish())
    await eventually('both answers', () => bus.down.length === 2)
    expect(bus.down[0]?.message.watermark).toMatchObject({ epoch: EPOCH })
    expect(bus.down[0]?.message.watermark?.committedSeq ?? 0).toBe(0)
    expect(bus.down[1]?.message.policy).toBeDefined()
  })

  it('hears of a new policy through its group at once', async () => {
    await fleet.pushPolicies()
    expect(bus.policies.map((row) => row.group)).toEqual(['default'])
    expect(bus.policies[0]?.signed).toEqual((await store.agentPolicy('default'))?.signed)
  })
})
