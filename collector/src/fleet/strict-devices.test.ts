import { createHash, generateKeyPairSync } from 'node:crypto'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bus } from '../bus/contract.ts'
import { createAuthority } from '../bus/pki.ts'
import type { RiskLevel } from '../domain/adaptive/risk-level.ts'
import type { Device } from '../domain/people/device.ts'
import type { DevicePolicyRevision, Store } from '../store/store.ts'
import { buildDevice, buildPolicy, buildUser } from '../testing/builders.ts'
import { openTemporaryStore } from '../testing/temporary-store.ts'
import { stricterSettings } from './agent-policy.ts'
import type { Fleet, GroupWatchSettings, StricterWatch } from './contract.ts'
import { createFleet } from './fleet.ts'
import { defaultSettings } from './settings.ts'
import { wantedPolicyOf } from './strict-devices.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 5, 1)
const policyKey = generateKeyPairSync('ed25519').privateKey
const evidenceKey = new Uint8Array(32).fill(7)
const authority = await createAuthority('example', START_MS)
const stricter: StricterWatch = { level: 'elevated', roots: ['/srv/projects'], removableRoots: [], networkShareRoots: ['/net'], cloudSyncRoots: [], watchExcluded: ['**/.git/**'], everyIndicator: true, hashLimitBytes: 1, heartbeatIntervalSecs: 5 }

let nowMs: number
let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
let store: Store
let fleet: Fleet
let ending: AbortController
let down: { readonly deviceId: string; readonly policy: wire.AgentPolicy }[]
let order: string[]
let audited: DevicePolicyRevision[]
let beat: (deviceId: string, accounts: readonly string[], policy?: wire.PolicyState.$Properties) => void

const policyIn = (signed: wire.SignedPolicy.$Properties): wire.AgentPolicy => wire.AgentPolicy.decode(signed.body ?? new Uint8Array())
async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`waited for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const saveSettings = (over: Partial<GroupWatchSettings>) => store.write(async (tx) => {
  await fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, ...over })
  return fleet.compilePolicies(tx)
})
const level = async (userId: string, to: RiskLevel, days = 7) => {
  await store.write((tx) => tx.saveRiskLevel({ userId, level: to, sinceMs: nowMs, reason: 'told by the test', alertIds: [], updatedAtMs: nowMs, ...(to === 'none' ? {} : { expiresAtMs: nowMs + days * DAY_MS }) }))
  fleet.followRiskLevels()
}
const device = async (id: string): Promise<Device> => (await store.device(id)) ?? buildDevice({ id })
const wanted = async (id: string) => {
  const { device: only, version, organisation, group, files, reporting } = policyIn(wire.SignedPolicy.decode((await wantedPolicyOf(store, await device(id)))?.signed ?? new Uint8Array()))
  return { device: only, version, organisation, group, files, reporting }
}
const stricterRuns = (id: string) => eventually(`the stricter policy of ${id}`, async () => (await wanted(id)).files?.roots?.includes('/srv/projects') === true)
const stricterEnds = (id: string) => eventually(`the end of the stricter policy of ${id}`, async () => (await wanted(id)).files?.roots?.includes('/srv/projects') === false)

const restart = (): void => {
  ending.abort()
  ending = new AbortController()
  let onHeartbeat: ((message: { deviceId: string; data: Uint8Array }) => void) | undefined
  const bus: Bus = {
    deviceServers: [], connected: true, tell: () => {}, onTold: () => {}, onReconnected: () => {}, readRevocations: async () => {}, consumeActivity: async () => {}, onEvidence: () => {}, onPackage: () => {}, onHeartbeat: (handle) => void (onHeartbeat = handle), onSync: () => {}, onAnswer: () => {},
    publishDown(deviceId, data) {
      const { policy } = wire.Down.decode(data)
      if (policy) down.push({ deviceId, policy: policyIn(policy) })
      order.push(deviceId)
    },
    publishPolicy: (group) => void order.push(group), deviceCredential: () => '', renewedCredential: () => '', revoke: async () => {},
    status: () => ({ connected: true, serverVersion: 'fake', streamMessages: 0, streamBytes: 0, pending: 0 }), close: async () => {},
  }
  fleet = createFleet({ store, bus, policyKey, evidenceKey, organisation: 'example', caPem: authority.certificatePem, now: () => nowMs, onStricter: async (_tx, revision) => void audited.push(revision), log: { debug() {}, info() {}, warn() {}, error() {} } })
  fleet.start(ending.signal)
  beat = (deviceId, accounts, policy = {}) => onHeartbeat?.({ deviceId, data: wire.Heartbeat.encode({ sentAt: toWireTimestamp(nowMs), agentVersion: '1', sessionAccounts: [...accounts], policy }).finish() })
}

beforeEach(async () => {
  nowMs = START_MS
  temporary = await openTemporaryStore()
  store = temporary.store
  ;[down, order, audited] = [[], [], []]
  ending = new AbortController()
  restart()
  await store.write(async (tx) => {
    for (const id of ['d_1', 'd_2']) await tx.saveDevice(buildDevice({ id, hostname: id, hardwareId: createHash('sha256').update(id).digest('hex'), publicKey: `U${id}` }))
    await tx.savePolicy(buildPolicy({ indicators: { copy_to_removable_media: { enabled: true } } }))
    for (const name of ['erin', 'sam']) await tx.saveUser(buildUser({ id: `u_${name}`, pseudonym: `ANON-${name.toUpperCase()}`, identities: [{ kind: 'account', value: name }] }))
  })
  await saveSettings({ whenAtRisk: stricter })
  beat('d_1', ['erin'])
  beat('d_2', ['sam'])
})
afterEach(async () => {
  ending.abort()
  await fleet.flush()
  await temporary.remove()
})

describe('a device of somebody who is at risk', { timeout: 30_000 }, () => {
  it('is told to watch more, alone and at once, and to stop when the level ends by itself', async () => {
    const group = await wanted('d_1')
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    const policy = await wanted('d_1')
    expect(policy).toMatchObject({ organisation: 'example', group: 'default', device: 'd_1', files: { enabled: true, networkShareRoots: ['/net'], hashLimitBytes: defaultSettings.hashLimitBytes }, reporting: { heartbeatIntervalSecs: 5 } })
    expect(policy.files?.roots).toEqual(['~', '/srv/projects'])
    // Also where the group has switched it off.
    expect(stricterSettings({ ...defaultSettings, transfers: { allowedPrograms: ['restic'], knownDestinations: ['.example.org'], uploads: false } }, stricter).transfers).toEqual({ allowedPrograms: ['restic'], knownDestinations: ['.example.org'], uploads: true })
    expect(policy.files?.excludes).not.toContain('**/.git/**')
    expect(policy.version).toBeGreaterThan(group.version)
    await eventually('the push', () => down.some((row) => row.policy.version === policy.version))
    expect(down.filter((row) => row.policy.version === policy.version).map((row) => row.deviceId)).toEqual(['d_1'])
    expect(await wanted('d_2')).toMatchObject({ device: '', version: group.version })

    nowMs += 7 * DAY_MS
    fleet.followRiskLevels()
    await stricterEnds('d_1')
    const after = await wanted('d_1')
    expect(after).toMatchObject({ device: 'd_1', files: group.files, reporting: group.reporting })
    expect(after.version).toBeGreaterThan(policy.version)
    await eventually('the push of the end', () => down.some((row) => row.deviceId === 'd_1' && row.policy.version === after.version))
    expect(audited.map(({ deviceId, why }) => [deviceId, why])).toEqual([['d_1', { level: 'elevated', userIds: ['u_erin'] }], ['d_1', undefined]])
  })

  it('loses it when a person ends the level, and gets it again when the level comes again', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    await level('u_erin', 'none')
    await stricterEnds('d_1')
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    const versions = down.filter((row) => row.deviceId === 'd_1').map((row) => row.policy.version)
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
  })

  it('keeps copies as evidence as its group does', async () => {
    await saveSettings({ whenAtRisk: stricter, evidence: { ...defaultSettings.evidence, enabled: true } as GroupWatchSettings['evidence'] & {} })
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    const signed = wire.SignedPolicy.decode((await wantedPolicyOf(store, await device('d_1')))?.signed ?? new Uint8Array())
    expect(policyIn(signed).evidence).toMatchObject({ enabled: true, publicKey: Buffer.from(evidenceKey) })
  })

  it('is told nothing of the level or of the person', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    const { signed, readable } = (await store.devicePolicy('d_1')) ?? { signed: new Uint8Array(), readable: '' }
    for (const text of [Buffer.from(signed).toString('latin1'), readable]) expect(text).not.toMatch(/elevated|erin|risk/i)
  })

  it('is left alone below the level, and where the group asks for nothing', async () => {
    await level('u_erin', 'moderate')
    await level('u_sam', 'elevated')
    await stricterRuns('d_2')
    expect(await store.devicePolicy('d_1')).toBeUndefined()
    await saveSettings({})
    await stricterEnds('d_2')
  })

  it('follows the person: who signs in makes a device strict, and who signs out of one that was never used ends it', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    beat('d_2', ['sam', 'erin'])
    await stricterRuns('d_2')
    expect((await store.devicePolicy('d_2'))?.why).toEqual({ level: 'elevated', userIds: ['u_erin'] })
    beat('d_2', ['sam'])
    await stricterEnds('d_2')
    expect((await store.devicePolicy('d_1'))?.why).toBeDefined()
  })

  it('keeps it over a restart of the collector, before it was heard again', async () => {
    await fleet.flush()
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    const { version } = await wanted('d_1')
    restart()
    fleet.followRiskLevels()
    await level('u_sam', 'elevated')
    beat('d_2', ['sam'])
    await stricterRuns('d_2')
    expect((await wanted('d_1')).version).toBe(version)
  })
})

describe('a group that changes meanwhile', { timeout: 30_000 }, () => {
  it('gives its strict device what is new in the same step, above its own and sent before it', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    order = []
    await fleet.pushPolicies([...new Set((await saveSettings({ whenAtRisk: stricter, roots: ['/home'] })).map((row) => row.group))])
    const [own, group] = [await wanted('d_1'), await wanted('d_2')]
    expect(own.files?.roots).toEqual(['/home', '/srv/projects'])
    expect(group).toMatchObject({ device: '', files: { roots: ['/home'] } })
    expect(own.version).toBeGreaterThan(group.version)
    expect(order.indexOf('d_1')).toBeLessThan(order.indexOf('default'))
  })

  it('takes a device over again that had its stricter policy taken back', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    await level('u_erin', 'none')
    await stricterEnds('d_1')
    await saveSettings({ whenAtRisk: stricter, roots: ['/home'] })
    expect(await wanted('d_1')).toMatchObject({ device: '', files: { roots: ['/home'] } })
    expect(await store.devicePolicies()).toEqual([])
  })

  it('answers a heartbeat of the strict device with its own, not with the group’s', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    const group = await store.agentPolicy('default')
    down = []
    beat('d_1', ['erin'], { runningVersion: group?.version ?? 0, runningHash: group?.hash ?? '' })
    await eventually('the answer', () => down.length === 1)
    expect(down[0]?.policy).toMatchObject({ device: 'd_1' })
    const own = await store.devicePolicy('d_1')
    beat('d_1', ['erin'], { runningVersion: own?.version ?? 0, runningHash: own?.hash ?? '' })
    beat('d_2', ['sam'])
    await eventually('the answer to the other one', () => down.length === 2)
    expect(down[1]?.policy).toMatchObject({ device: '' })
  })

  it('is issued above what a device runs that a restored backup does not know', async () => {
    await level('u_erin', 'elevated')
    await stricterRuns('d_1')
    beat('d_1', ['erin'], { runningVersion: 40, runningHash: 'e'.repeat(64) })
    await eventually('versions above it', async () => (await wanted('d_1')).version > 40 && (await wanted('d_2')).version > 40)
    expect(await wanted('d_1')).toMatchObject({ device: 'd_1' })
  })
})

describe('a device that is none', { timeout: 30_000 }, () => {
  it('gets nothing: revoked ones, and those that stand for a connector', async () => {
    await store.write(async (tx) => {
      await tx.saveDevice({ ...(await device('d_1')), status: 'revoked' })
      await tx.saveDevice({ ...(await device('d_2')), publicKey: '' })
    })
    await level('u_erin', 'elevated')
    await level('u_sam', 'elevated')
    await fleet.flush()
    await store.write((tx) => fleet.compilePolicies(tx))
    expect(await store.devicePolicies()).toEqual([])
  })
})
