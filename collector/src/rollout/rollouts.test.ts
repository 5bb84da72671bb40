import { createHash, generateKeyPairSync } from 'node:crypto'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bus } from '../bus/contract.ts'
import { createAuthority } from '../bus/pki.ts'
import { defaultPlan, type RolloutPlan } from '../domain/rollout/plan.ts'
import type { Rollout } from '../domain/rollout/rollout.ts'
import { CodedError } from '../errors.ts'
import type { Fleet, GroupWatchSettings } from '../fleet/contract.ts'
import { createFleet } from '../fleet/fleet.ts'
import { type Choice, planOf, savePlan } from '../fleet/offers.ts'
import { defaultSettings } from '../fleet/settings.ts'
import { wantedFor } from '../fleet/wanted.ts'
import type { Store } from '../store/store.ts'
import { buildDevice, buildPolicy, buildUser } from '../testing/builders.ts'
import { openTemporaryStore } from '../testing/temporary-store.ts'
import { createRollouts, type Rollouts } from './rollouts.ts'

const START_MS = Date.UTC(2026, 5, 1)
const ina = { id: 'a_ina', name: 'ina' }
const key = generateKeyPairSync('ed25519').privateKey
const authority = await createAuthority('example', START_MS)
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : String(error)))

/** What an agent does with a policy: a higher version runs, an older one is refused, the same is no news. */
interface Laptop {
  version: number
  hash: string
  roots: readonly string[]
  refused?: { version: number; reason: string }
}

let nowMs: number
let temporary: Awaited<ReturnType<typeof openTemporaryStore>>
let store: Store
let fleet: Fleet
let rollouts: Rollouts
let laptops: Map<string, Laptop>
let away: Set<string>
let refuses: (deviceId: string, roots: readonly string[]) => boolean
let told: string[]
let states: string[]
let ending: AbortController
let beat: (deviceId: string) => void
let sessions: Map<string, readonly string[]>

function consider(deviceId: string, signed: wire.SignedPolicy.$Properties): void {
  const laptop = laptops.get(deviceId)
  if (laptop === undefined || away.has(deviceId)) return
  const policy = wire.AgentPolicy.decode(signed.body ?? new Uint8Array())
  const hash = createHash('sha256').update(signed.body ?? new Uint8Array()).digest('hex')
  const roots = policy.files?.roots ?? []
  if (hash === laptop.hash) return
  if (policy.version <= laptop.version) laptop.refused = { version: policy.version, reason: policy.version === laptop.version ? 'POLICY_SAME_VERSION' : 'POLICY_OLDER' }
  else if (refuses(deviceId, roots)) laptop.refused = { version: policy.version, reason: 'POLICY_INVALID' }
  else {
    Object.assign(laptop, { version: policy.version, hash, roots })
    delete laptop.refused
  }
}

/** As after a start of the collector: nothing but the store is left. */
function restart(): void {
  ending.abort()
  ending = new AbortController()
  let onHeartbeat: ((message: { deviceId: string; data: Uint8Array }) => void) | undefined
  const bus: Bus = {
    deviceServers: [], connected: true, tell: () => {}, onTold: () => {}, onReconnected: () => {}, readRevocations: async () => {}, consumeActivity: async () => {}, onEvidence: () => {}, onPackage: () => {}, onHeartbeat: (handle) => void (onHeartbeat = handle), onSync: () => {}, onAnswer: () => {},
    publishDown(deviceId, data) {
      const { policy } = wire.Down.decode(data)
      told.push(deviceId)
      if (policy) consider(deviceId, policy)
    },
    publishPolicy(_group, signed) {
      for (const deviceId of laptops.keys()) consider(deviceId, wire.SignedPolicy.decode(signed))
    },
    deviceCredential: () => '', renewedCredential: () => undefined, revoke: async () => {}, status: () => ({ connected: true, serverVersion: 'fake', streamMessages: 0, streamBytes: 0, pending: 0 }), close: async () => {},
  }
  const log = { debug() {}, info() {}, warn() {}, error: (object: object, text: string) => expect.fail(`${text}: ${JSON.stringify(object)}`) }
  fleet = createFleet({ store, bus, policyKey: key, organisation: 'example', caPem: authority.certificatePem, now: () => nowMs, log })
  fleet.start(ending.signal)
  rollouts = createRollouts({ store, fleet, now: () => nowMs, onChanged: ({ state, ring }) => void states.push(`${state} ${ring}`), log })
  beat = (deviceId) => {
    const laptop = laptops.get(deviceId)
    if (laptop === undefined || away.has(deviceId)) return
    onHeartbeat?.({ deviceId, data: wire.Heartbeat.encode({ sentAt: toWireTimestamp(nowMs), agentVersion: '1', hostname: deviceId, sessionAccounts: [...(sessions.get(deviceId) ?? [])], policy: { runningVersion: laptop.version, runningHash: laptop.hash, refusedVersion: laptop.refused?.version ?? 0, refusedReason: laptop.refused?.reason ?? '' } }).finish() })
  }
}

/** Everybody says what it runs, and it is in the store. */
async function hearAll(): Promise<void> {
  for (const id of laptops.keys()) beat(id)
  for (let turn = 0; turn < 200; turn += 1) {
    await fleet.flush()
    const seen = await Promise.all([...laptops.keys()].filter((id) => !away.has(id)).map(async (id) => (await store.device(id))?.report?.receivedAtMs === nowMs))
    if (seen.every(Boolean)) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('heartbeats did not arrive')
}
/** Heartbeats and looks until nothing changes at this time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 15; turn += 1) {
    nowMs += 1000
    await hearAll()
    const before = JSON.stringify([await store.latestRollouts(), [...laptops.values()]])
    await rollouts.look()
    if (JSON.stringify([await store.latestRollouts(), [...laptops.values()]]) === before) return
  }
}
const change = async (over: Partial<GroupWatchSettings>, choice?: Choice) => {
  const made = await store.write(async (tx) => {
    await fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, ...over })
    return fleet.compilePolicies(tx, { by: ina, ...choice })
  })
  await fleet.pushPolicies(made.map(({ group }) => group))
}
const planned = (over: Partial<RolloutPlan> = {}) => store.write((tx) => savePlan(tx, 'default', { ...defaultPlan, ringPercents: [10, 50, 100], soakSecs: 60, ...over }))
const latest = async (): Promise<Rollout> => {
  const [found] = (await store.rollouts({ limit: 1 })).items
  if (found === undefined) throw new Error('there is no roll-out')
  return found
}
const run = (root: string): number => [...laptops.values()].filter(({ roots }) => roots.includes(root)).length
const finish = async () => {
  for (let turn = 0; turn < 12 && (await latest()).state === 'active'; turn += 1) {
    await settle()
    nowMs += 61_000
  }
  await settle()
}

beforeEach(async () => {
  nowMs = START_MS
  temporary = await openTemporaryStore()
  store = temporary.store
  ;[told, states, refuses, away, laptops, sessions] = [[], [], () => false, new Set(), new Map(), new Map()]
  ending = new AbortController()
  await store.write(async (tx) => {
    for (let index = 0; index < 20; index += 1) {
      const id = `d_${index}`
      await tx.saveDevice(buildDevice({ id, hostname: id, hardwareId: id, publicKey: `U${id}` }))
      laptops.set(id, { version: 0, hash: '', roots: [] })
    }
    await tx.savePolicy(buildPolicy())
  })
  restart()
  await change({ roots: ['/old'] })
  await settle()
  if (run('/old') !== 20) throw new Error('the first policy did not reach everybody')
})
afterEach(async () => {
  ending.abort()
  await fleet.flush()
  await temporary.remove()
})

describe('a change of a group', () => {
  it('without a plan reaches everybody at once, and makes no roll-out', async () => {
    await change({ roots: ['/new'] })
    await settle()
    expect([run('/new'), (await store.rollouts({ limit: 1 })).items]).toEqual([20, []])
  })

  it('with a plan reaches ring after ring, and is the group’s own when all have it', async () => {
    await planned()
    await change({ roots: ['/new'] })
    expect(run('/new')).toBe(0)
    const sizes: number[] = []
    for (let turn = 0; turn < 8 && (await latest()).state === 'active'; turn += 1) {
      await settle()
      sizes.push(run('/new'))
      nowMs += 61_000
    }
    expect([...new Set(sizes)]).toEqual([2, 10, 20])
    const { state, to } = await latest()
    expect([state, (await store.agentPolicy('default'))?.version, await store.openRollouts()]).toEqual(['completed', to.version, []])
    expect((await store.auditEntries({ limit: 100, ascending: true })).items.map(({ action }) => action)).toEqual(['rollout.started', 'rollout.ring', 'rollout.ring', 'rollout.ring', 'rollout.completed'])
    expect([...laptops.values()].filter(({ refused }) => refused !== undefined)).toEqual([])
  })

  it('that somebody wants at once skips the rings of the plan', async () => {
    await planned()
    await change({ roots: ['/new'] }, { groups: new Map([['default', 'at_once']]) })
    await settle()
    expect(run('/new')).toBe(20)
  })

  it('of risk policies is rolled out as well', async () => {
    await planned()
    await store.write(async (tx) => {
      await tx.savePolicy({ ...buildPolicy(), status: 'paused' })
      return fleet.compilePolicies(tx)
    })
    expect((await latest()).state).toBe('active')
    expect((await wantedFor(store, { id: 'd_0', group: 'default' }))?.version).toBe(1)
  })

  it('does not tell devices of later rings by another way: heartbeats and pushes say what their ring has', async () => {
    await planned()
    await change({ roots: ['/new'] })
    await settle()
    await fleet.pushPolicies()
    await settle()
    expect(run('/new')).toBe(2)
    expect([...laptops.values()].filter(({ refused }) => refused !== undefined)).toEqual([])
  })
})

describe('a bad policy', () => {
  const bad = async (over: Partial<RolloutPlan> = {}) => {
    await planned(over)
    refuses = (_id, roots) => roots.includes('/bad')
    await change({ roots: ['/bad'] })
    await settle()
  }

  it('stops in ring one, is told, and reaches nobody else', async () => {
    await bad()
    expect(await latest()).toMatchObject({ state: 'halted', ring: 0, halt: { rule: 'failed' } })
    nowMs += 86_400_000
    await settle()
    expect((await store.rolloutCounts((await latest()).id)).filter(({ moved }) => moved > 0)).toEqual([{ ring: 0, state: 'rejected', devices: 2, moved: 2 }])
    expect((await store.fleetNotices({ limit: 9, open: true })).items).toMatchObject([{ kind: 'rollout_halted', rolloutId: (await latest()).id }])
  })

  it('is replaced by a correct one, which reaches everybody', async () => {
    await bad()
    const first = await latest()
    await change({ roots: ['/good'] })
    await finish()
    expect(run('/good')).toBe(20)
    expect((await store.rollout(first.id))?.state).toBe('superseded')
    expect((await latest()).state).toBe('completed')
  })

  it('that devices did take is taken back from exactly them, with a higher version and what ran before', async () => {
    await planned()
    await change({ roots: ['/bad'] })
    await settle()
    expect(run('/bad')).toBe(2)
    const moved = [...laptops].filter(([, { roots }]) => roots.includes('/bad')).map(([id]) => id)
    const before = Math.max(...[...laptops.values()].map(({ version }) => version))
    const { rollout, tell } = await store.write(async (tx) => rollouts.rollBack(tx, (await latest()).id, ina))
    expect([...tell].toSorted()).toEqual(moved.toSorted())
    told = []
    await rollouts.settle(rollout, tell)
    expect([...new Set(told)].toSorted()).toEqual(moved.toSorted())
    await settle()
    expect([run('/bad'), run('/old')]).toEqual([0, 20])
    for (const id of moved) expect(laptops.get(id)?.version).toBeGreaterThan(before)
    expect((await latest()).state).toBe('rolled_back')
    expect((await fleet.groupSettings(store, 'default')).roots).toEqual(['/old'])
    // Nothing offers it again by itself, and what comes next begins with ring one.
    await store.write((tx) => fleet.compilePolicies(tx))
    await settle()
    expect((await store.rollouts({ limit: 9 })).total).toBe(1)
    await change({ roots: ['/next'] })
    await settle()
    expect(run('/next')).toBe(2)
    await finish()
    expect(run('/next')).toBe(20)
  })

  it('rolls back by itself where the plan says so', async () => {
    await planned({ onHalt: 'roll_back' })
    let taken = 0
    refuses = (_id, roots) => roots.includes('/half') && (taken += 1) === 2
    await change({ roots: ['/half'] })
    await settle()
    await settle()
    expect((await latest()).state).toBe('rolled_back')
    expect([run('/half'), run('/old')]).toEqual([0, 20])
  })

  it('can be taken back after it reached everybody, once', async () => {
    await planned()
    await change({ roots: ['/new'] })
    await finish()
    const { id } = await latest()
    const { rollout, tell } = await store.write((tx) => rollouts.rollBack(tx, id, ina))
    await rollouts.settle(rollout, tell)
    await settle()
    expect([run('/old'), (await latest()).state]).toEqual([20, 'rolled_back'])
    expect(await codeOf(store.write((tx) => rollouts.rollBack(tx, id, ina)))).toBe('ROLLOUT_STATE')
  })

  it('that was replaced while it was out is taken back together with what replaced it', async () => {
    await planned({ halt: { ...defaultPlan.halt } })
    await change({ roots: ['/one'] })
    await settle()
    await store.write(async (tx) => rollouts.pause(tx, (await latest()).id, ina))
    // Another two devices are first now.
    await planned({ firstDevices: ['d_0'], ringPercents: [100] })
    await change({ roots: ['/two'] })
    await settle()
    const { rollout, tell } = await store.write(async (tx) => rollouts.rollBack(tx, (await latest()).id, ina))
    await rollouts.settle(rollout, tell)
    await settle()
    expect([run('/one'), run('/two'), run('/old')]).toEqual([0, 0, 20])
  })
})

describe('somebody who watches', () => {
  it('pauses, lets go on, and stops it by hand; each is in the audit log', async () => {
    await planned()
    await change({ roots: ['/new'] })
    await settle()
    const { id } = await latest()
    await rollouts.settle(await store.write((tx) => rollouts.pause(tx, id, ina)))
    nowMs += 600_000
    await settle()
    expect(run('/new')).toBe(2)
    await store.write((tx) => rollouts.resume(tx, id, ina))
    await settle()
    expect(run('/new')).toBe(10)
    expect(await codeOf(store.write((tx) => rollouts.resume(tx, id, ina)))).toBe('ROLLOUT_STATE')
    await store.write((tx) => rollouts.halt(tx, id, ina, 'Monday is better.'))
    nowMs += 600_000
    await settle()
    expect([run('/new'), (await latest()).halt?.note]).toEqual([10, 'Monday is better.'])
    expect(await codeOf(store.write((tx) => rollouts.pause(tx, 'ro_none', ina)))).toBe('NOT_FOUND')
    expect((await store.auditEntries({ limit: 100, ascending: true })).items.filter(({ actorId }) => actorId === ina.id).map(({ action }) => action)).toEqual(['rollout.started', 'rollout.paused', 'rollout.resumed', 'rollout.halted'])
  })

  it('who undoes the change by hand takes it back from those that have it', async () => {
    await planned()
    await change({ roots: ['/new'] })
    await settle()
    await change({ roots: ['/old'] })
    await settle()
    await settle()
    expect([run('/old'), (await latest()).state]).toEqual([20, 'rolled_back'])
  })
})

describe('whatever happens to the collector', () => {
  it('a process that dies before it has told devices is made good by their heartbeats', async () => {
    await planned()
    await change({ roots: ['/new'] })
    const dying = createRollouts({ store, fleet: { ...fleet, pushToDevices: async () => {} }, now: () => nowMs, onChanged() {}, log: { info() {}, error() {} } })
    await dying.look()
    expect(run('/new')).toBe(0)
    restart()
    await settle()
    expect(run('/new')).toBe(2)
  })

  it('a roll-out goes on after a restart where it was', async () => {
    await planned()
    await change({ roots: ['/new'] })
    for (let turn = 0; turn < 8 && (await latest()).state === 'active'; turn += 1) {
      restart()
      await settle()
      nowMs += 61_000
    }
    expect([run('/new'), (await latest()).state]).toEqual([20, 'completed'])
  })

  it('two processes that look at the same time begin one ring', async () => {
    await planned()
    await change({ roots: ['/new'] })
    const other = createRollouts({ store, fleet, now: () => nowMs, onChanged() {}, log: { info() {}, error() {} } })
    await Promise.all([rollouts.look(), other.look(), rollouts.look()])
    expect((await latest()).ring).toBe(0)
    expect((await store.auditEntries({ limit: 100 })).items.filter(({ action }) => action === 'rollout.ring')).toHaveLength(1)
  })

  it('revisions that come near their end are made anew for those that have it and those that do not', async () => {
    await planned()
    await change({ roots: ['/new'] })
    await settle()
    await store.write(async (tx) => rollouts.pause(tx, (await latest()).id, ina))
    nowMs += 65 * 86_400_000
    await store.write((tx) => fleet.compilePolicies(tx))
    await fleet.pushPolicies()
    await settle()
    expect([run('/new'), run('/old')]).toEqual([2, 18])
    expect([...laptops.values()].filter(({ refused }) => refused !== undefined)).toEqual([])
    for (const [id, { hash }] of laptops) expect((await wantedFor(store, { id, group: 'default' }))?.hash).toBe(hash)
  })
})

describe('devices that are not as the others', () => {
  it('one that was away gets it when it returns; one that falls back is told again, and both are known', async () => {
    await planned({ ringPercents: [100], soakSecs: 0 })
    away.add('d_3')
    nowMs += 100_000
    await change({ roots: ['/new'] })
    await finish()
    expect([run('/new'), (await latest()).state]).toEqual([19, 'completed'])
    away.delete('d_3')
    const fallen = laptops.get('d_5')
    const older = await store.rolloutRevision((await latest()).id, 'from')
    if (fallen !== undefined && older !== undefined) Object.assign(fallen, { version: older.version, hash: older.hash, roots: ['/old'] })
    nowMs += 60_000
    await hearAll()
    await rollouts.look()
    await settle()
    expect(run('/new')).toBe(20)
    expect((await store.auditEntries({ limit: 100 })).items.filter(({ action }) => action === 'device.policy_drifted').map(({ targetId }) => targetId)).toEqual(['d_5'])
    expect((await store.rolloutCounts((await latest()).id)).map(({ state }) => state)).toEqual(['confirmed'])
  })

  it('one that is enrolled meanwhile goes with its ring', async () => {
    await planned()
    await change({ roots: ['/new'] })
    await settle()
    await store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_late', hostname: 'late', hardwareId: 'late', publicKey: 'Ulate' })))
    laptops.set('d_late', { version: 0, hash: '', roots: [] })
    await finish()
    expect(run('/new')).toBe(21)
  })

  it('one of somebody at risk stays stricter than what its ring has', async () => {
    const whenAtRisk = { level: 'elevated', roots: ['/strict'], removableRoots: [], networkShareRoots: [], cloudSyncRoots: [], watchExcluded: [], everyIndicator: false } as const
    await change({ roots: ['/old'], whenAtRisk })
    await settle()
    await store.write(async (tx) => {
      await tx.saveUser(buildUser({ id: 'u_erin', pseudonym: 'ANON-ERIN0001', identities: [{ kind: 'account', value: 'erin' }] }))
      await tx.saveRiskLevel({ userId: 'u_erin', level: 'elevated', sinceMs: nowMs, reason: 'told by the test', alertIds: [], updatedAtMs: nowMs, expiresAtMs: nowMs + 7 * 86_400_000 })
    })
    sessions.set('d_7', ['erin'])
    await settle()
    await store.write((tx) => fleet.compilePolicies(tx))
    await fleet.pushPolicies()
    await settle()
    expect(laptops.get('d_7')?.roots).toEqual(['/old', '/strict'])
    await planned()
    await change({ roots: ['/new'], whenAtRisk })
    await settle()
    const own = laptops.get('d_7')?.roots
    const ring = (await store.rolloutDevices((await latest()).id)).find(({ deviceId }) => deviceId === 'd_7')?.ring ?? 0
    expect(ring).toBeGreaterThan(0)
    expect(own).toEqual(['/old', '/strict'])
    await finish()
    await store.write((tx) => fleet.compilePolicies(tx))
    await fleet.pushPolicies()
    await settle()
    expect(laptops.get('d_7')?.roots).toEqual(['/new', '/strict'])
  })

  it('a plan is what was saved, with what an older release did not know filled in', async () => {
    await store.write((tx) => tx.saveSetting('fleet.rollout_plan.lab', '{"ringPercents":[50,100]}'))
    expect(await planOf(store, 'lab')).toEqual({ ...defaultPlan, ringPercents: [50, 100] })
    expect(await planOf(store, 'default')).toBeUndefined()
  })
})
