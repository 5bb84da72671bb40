// Somebody's risk level rises: the devices that the person uses watch more within seconds, and no others; it ends by its
// time: they watch what their group watches. A real nats-server with the installation's own permissions, the collector's
// own fleet and levels, and the keeper that an agent verifies policies with; only the clock is the test's.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicyKeeper, PolicyVerdict } from '@holdfast/agent/policy/contract.ts'
import { createPolicyKeeper } from '@holdfast/agent/policy/policy-keeper.ts'
import { downSubject, heartbeatSubject, policySubject, toWireTimestamp, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRiskLevels, type RiskLevels } from '../../collector/src/analysis/risk-levels.ts'
import { startTestBus, type TestBus } from '../../collector/src/bus/test-bus.ts'
import { rawPolicyKey } from '../../collector/src/fleet/agent-policy.ts'
import type { Fleet } from '../../collector/src/fleet/contract.ts'
import { createFleet } from '../../collector/src/fleet/fleet.ts'
import { defaultSettings } from '../../collector/src/fleet/settings.ts'
import { wantedPolicyOf } from '../../collector/src/fleet/strict-devices.ts'
import type { Store } from '../../collector/src/store/store.ts'
import { buildAlert, buildDevice, buildPolicy, buildUser } from '../../collector/src/testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../../collector/src/testing/temporary-store.ts'
import { until } from '../support/processes.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 5, 1, 9)
/** From the level to the heartbeat that proves what runs. */
const FOLLOW_MS = 5000
const STRICT_ROOT = '/srv/projects'
const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const policyKey = generateKeyPairSync('ed25519').privateKey

interface Laptop {
  readonly id: string
  readonly keeper: PolicyKeeper
  readonly verdicts: PolicyVerdict[]
  readonly connection: NatsConnection
  beat(): void
}

let nowMs = START_MS
let temporary: TemporaryStore
let store: Store
let bus: TestBus
let fleet: Fleet
let levels: RiskLevels
let folder: string
let erin: Laptop
let sam: Laptop
const ending = new AbortController()

/** What an agent does with policies and heartbeats, over its own connection with its own rights. */
async function startLaptop(id: string, account: string): Promise<Laptop> {
  const connection = await bus.connectDevice(id)
  const keeper = await createPolicyKeeper({ folder: join(folder, id), identity: { deviceId: id, organisation: 'example', group: 'default', policyKeys: [rawPolicyKey(policyKey).toString('base64')] }, now: () => nowMs, apply: async () => {} })
  const verdicts: PolicyVerdict[] = []
  const beat = () => {
    const { version, hash } = keeper.running()
    const refused = keeper.refused()
    connection.publish(heartbeatSubject(id), wire.Heartbeat.encode({ sentAt: toWireTimestamp(nowMs), agentVersion: '1', hostname: id, os: 'linux', sessionAccounts: [account], policy: { runningVersion: version, runningHash: hash, refusedVersion: refused?.version ?? 0, refusedReason: refused?.code ?? '' } }).finish())
  }
  const consider = async (signed: Uint8Array) => {
    verdicts.push(await keeper.consider(signed))
    beat()
  }
  connection.subscribe(policySubject('default'), { callback: (_error, message) => void consider(message.data) })
  connection.subscribe(downSubject(id), {
    callback: (_error, message) => {
      const { policy } = wire.Down.decode(message.data)
      if (policy) void consider(wire.SignedPolicy.encode(policy).finish())
    },
  })
  await connection.flush()
  beat()
  return { id, keeper, verdicts, connection, beat }
}
const device = async (id: string) => (await store.device(id)) ?? buildDevice({ id })
const roots = (laptop: Laptop): readonly string[] => laptop.keeper.running().policy.files?.roots ?? []
/** The heartbeat that the collector has stored names what it wants. */
const proved = async (laptop: Laptop) => {
  const [known, wanted] = [await device(laptop.id), await wantedPolicyOf(store, await device(laptop.id))]
  return known.report?.policy.runningHash === wanted?.hash && known.report?.policy.runningHash === laptop.keeper.running().hash
}
const runs = (laptop: Laptop, strict: boolean) => until(`${laptop.id} to prove that it runs the ${strict ? 'stricter' : 'usual'} policy`, 20, async () => (roots(laptop).includes(STRICT_ROOT) === strict && (await proved(laptop)) ? true : undefined))
const raise = async (alertId: string) => {
  await store.write((tx) => tx.saveAlert(buildAlert({ id: alertId, userId: 'u_erin', severity: 'high', score: 80, firstActivityAtMs: nowMs - 1000, lastActivityAtMs: nowMs - 1000 })))
  return levels.consider(['u_erin'])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-stricter-'))
  temporary = await openTemporaryStore()
  store = temporary.store
  bus = await startTestBus()
  fleet = createFleet({ store, bus: bus.bus, policyKey, organisation: 'example', caPem: bus.caPem, now: () => nowMs, log: quiet })
  levels = createRiskLevels({ store, now: () => nowMs, onLevel: () => fleet.followRiskLevels() })
  await store.write(async (tx) => {
    for (const id of ['d_erin', 'd_sam']) await tx.saveDevice(buildDevice({ id, hostname: id, hardwareId: id, publicKey: `U${id}` }))
    for (const name of ['erin', 'sam']) await tx.saveUser(buildUser({ id: `u_${name}`, pseudonym: `ANON-${name.toUpperCase()}`, identities: [{ kind: 'account', value: name }] }))
    await tx.savePolicy(buildPolicy())
    await fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, whenAtRisk: { level: 'elevated', roots: [STRICT_ROOT], removableRoots: [], networkShareRoots: [], cloudSyncRoots: [], watchExcluded: [], everyIndicator: true, heartbeatIntervalSecs: 5 } })
    await fleet.compilePolicies(tx)
  })
  fleet.start(ending.signal)
  ;[erin, sam] = [await startLaptop('d_erin', 'erin'), await startLaptop('d_sam', 'sam')]
  await runs(erin, false)
  await runs(sam, false)
})
afterAll(async () => {
  ending.abort()
  await fleet.flush()
  for (const laptop of [erin, sam]) await laptop.connection.close()
  await bus.close()
  await temporary.remove()
  await rm(folder, { recursive: true, force: true })
})

describe('the stricter policy of somebody at risk', { timeout: 60_000 }, () => {
  it('runs within seconds of the level, on the devices of this person only', async () => {
    const begun = Date.now()
    expect(await raise('al_1')).toMatchObject([{ userId: 'u_erin', level: 'elevated' }])
    await runs(erin, true)
    expect(Date.now() - begun).toBeLessThan(FOLLOW_MS)
    expect(erin.keeper.running().policy).toMatchObject({ device: 'd_erin', reporting: { heartbeatIntervalSecs: 5 } })
    expect(roots(sam)).not.toContain(STRICT_ROOT)
  })

  it('is refused by another device that gets hold of it', async () => {
    const own = await store.devicePolicy('d_erin')
    bus.bus.publishDown('d_sam', wire.Down.encode({ policy: wire.SignedPolicy.decode(own?.signed ?? new Uint8Array()) }).finish())
    await until('the refusal', 10, () => (sam.keeper.refused()?.code === 'POLICY_OTHER_DEVICE' ? true : undefined))
    expect(roots(sam)).not.toContain(STRICT_ROOT)
  })

  it('stays when the group’s own is sent again, without a refusal', async () => {
    const before = erin.verdicts.length
    await fleet.pushPolicies()
    await until('both pushes', 10, () => (erin.verdicts.length >= before + 2 ? true : undefined))
    expect(erin.verdicts.slice(before).map((verdict) => verdict.kind)).toEqual(['unchanged', 'unchanged'])
    expect(roots(erin)).toContain(STRICT_ROOT)
  })

  it('ends when the level expires, and what ran before cannot be played to the device again', async () => {
    const strict = await store.devicePolicy('d_erin')
    nowMs += 8 * DAY_MS
    await levels.expire()
    expect((await store.riskLevel('u_erin'))?.level).toBe('none')
    await runs(erin, false)
    bus.bus.publishDown('d_erin', wire.Down.encode({ policy: wire.SignedPolicy.decode(strict?.signed ?? new Uint8Array()) }).finish())
    await until('the refusal of the old one', 10, () => (erin.keeper.refused()?.code === 'POLICY_OLDER' ? true : undefined))
    expect(roots(erin)).not.toContain(STRICT_ROOT)
  })

  it('comes again with the next level, and ends when a person ends that', async () => {
    await raise('al_2')
    await runs(erin, true)
    levels.announce(await store.write((tx) => levels.reset(tx, 'u_erin', 'Ended by hand.')))
    await runs(erin, false)
    expect(roots(erin)).toEqual(defaultSettings.roots)
  })
})
