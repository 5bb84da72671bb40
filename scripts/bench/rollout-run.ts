// The collector's side of the roll-out bench: a real nats-server with decentralised credentials, the fleet, and roll-outs
// over a store on disk, in one process as `holdfast serve` has them.
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey } from '@holdfast/collector/bus/nkeys.ts'
import { startTestBus, type TestBus } from '@holdfast/collector/bus/test-bus.ts'
import { defaultPlan } from '@holdfast/collector/domain/rollout/plan.ts'
import { placeOf } from '@holdfast/collector/domain/rollout/rings.ts'
import type { Rollout, RolloutDevice } from '@holdfast/collector/domain/rollout/rollout.ts'
import { rawPolicyKey } from '@holdfast/collector/fleet/agent-policy.ts'
import type { Fleet } from '@holdfast/collector/fleet/contract.ts'
import { createFleet } from '@holdfast/collector/fleet/fleet.ts'
import { savePlan } from '@holdfast/collector/fleet/offers.ts'
import { defaultSettings } from '@holdfast/collector/fleet/settings.ts'
import { createRollouts, type Rollouts } from '@holdfast/collector/rollout/rollouts.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { Store } from '@holdfast/collector/store/store.ts'
import { benchPolicies } from './policies.ts'
import { serveParent } from './processes.ts'
import type { Credential } from './rollout-devices.ts'

const BAD = '/bad'
const SOAK_SECS = 1
const { privateKey } = generateKeyPairSync('ed25519')
const ending = new AbortController()
let bus: TestBus
let store: Store
let fleet: Fleet
let rollouts: Rollouts
let running: Promise<void>

const log = { debug() {}, info() {}, warn: (object: object, text: string) => console.error(text, object), error: (object: object, text: string) => console.error(text, object) }

async function prepare(folder: string, online: number, absent: number, failing: number): Promise<object> {
  bus = await startTestBus()
  store = await openSqliteStore({ path: join(folder, 'rollout.db') })
  fleet = createFleet({ store, bus: bus.bus, policyKey: privateKey, organisation: 'bench', caPem: bus.caPem, now: Date.now, log, onDeviceChanged: () => rollouts.wake() })
  rollouts = createRollouts({ store, fleet, now: Date.now, onChanged() {}, log })
  const ids = Array.from({ length: online + absent }, (_, index) => `d_${String(index).padStart(22, '0')}`)
  const byPlace = ids.slice(0, online).toSorted((a, b) => placeOf(a) - placeOf(b))
  // Spread evenly over the rings, so that the first has one as every other does.
  const every = Math.floor(online / failing)
  const fails = new Set(byPlace.filter((_, place) => place % every === Math.min(5, every - 1)).slice(0, failing))
  const devices: Credential[] = []
  await store.write(async (tx) => {
    for (const id of ids) {
      const key = createKey('user')
      const device = { id, hostname: id, os: 'linux', group: 'default', hardwareId: id, publicKey: key.publicKey, status: 'active' as const, enrolledAtMs: Date.now() }
      await tx.saveDevice(device)
      if (devices.length < online) devices.push({ id, jwt: bus.bus.deviceCredential(device), seed: key.seed, ...(fails.has(id) ? { failsOn: BAD } : {}) })
    }
    for (const policy of benchPolicies(Date.now())) await tx.savePolicy(policy)
    await fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, roots: ['/first'] })
    await fleet.compilePolicies(tx)
    await savePlan(tx, 'default', { ...defaultPlan, soakSecs: SOAK_SECS, halt: { ...defaultPlan.halt, alertFactor: 0 } })
  })
  fleet.start(ending.signal)
  running = rollouts.run(ending.signal)
  return { url: bus.url, caPem: bus.caPem, policyKey: rawPolicyKey(privateKey).toString('base64'), devices, failing: fails.size }
}

const latest = async (): Promise<Rollout | undefined> => (await store.rollouts({ limit: 1 })).items[0]
async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await holds());) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}: ${JSON.stringify(await latest())}`)
    await sleep(50)
  }
}

async function run(root: string): Promise<number> {
  const hash = (await latest())?.to.hash
  let count = 0
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await store.devices({ limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    count += page.items.filter(({ report }) => report !== undefined && (root === '' ? report.policy.runningVersion > 0 : report.policy.runningHash === hash)).length
    cursor = page.nextCursor
  }
  return count
}

/** Milliseconds from being told to the look that found the proof. */
const tookMs = (devices: readonly RolloutDevice[]): readonly number[] => devices.flatMap(({ state, offeredAtMs, confirmedAtMs }) => (state === 'confirmed' && offeredAtMs !== undefined && confirmedAtMs !== undefined ? [confirmedAtMs - offeredAtMs] : []))

async function offer(root: string): Promise<void> {
  const made = await store.write(async (tx) => {
    await fleet.saveGroupSettings(tx, 'default', { ...defaultSettings, roots: [root] })
    return fleet.compilePolicies(tx)
  })
  await fleet.pushPolicies(made.map(({ group }) => group))
  rollouts.wake()
}

async function bad(): Promise<object> {
  const began = Date.now()
  await offer(BAD)
  await until('the halt', 120, async () => (await latest())?.state === 'halted')
  const found = await latest()
  const haltedMs = Date.now() - began
  // Long enough for a second ring to begin, if it did.
  await sleep(4 * SOAK_SECS * 1000)
  const devices = await store.rolloutDevices(found?.id ?? '')
  return { haltMs: haltedMs, ring: found?.ring ?? -1, rule: found?.halt?.rule ?? '', moved: devices.filter(({ movedAtMs }) => movedAtMs !== undefined).length, ran: await run(BAD) }
}

async function good(online: number): Promise<object> {
  const began = Date.now()
  await offer('/good')
  await until('the end of the roll-out', 300, async () => (await latest())?.state === 'completed')
  const tookAll = Date.now() - began
  const devices = await store.rolloutDevices((await latest())?.id ?? '')
  return { totalMs: tookAll, samples: tookMs(devices), confirmed: devices.filter(({ state }) => state === 'confirmed').length, offline: devices.filter(({ state }) => state === 'offline').length, online }
}

async function back(): Promise<object> {
  const began = Date.now()
  const id = (await latest())?.id ?? ''
  const { rollout, tell } = await store.write((tx) => rollouts.rollBack(tx, id, { id: 'bench', name: 'bench' }))
  await rollouts.settle(rollout, tell)
  await until('the end of the roll-back', 300, async () => (await latest())?.state === 'rolled_back')
  const devices = await store.rolloutDevices(id)
  return { totalMs: Date.now() - began, samples: tookMs(devices), confirmed: devices.filter(({ state }) => state === 'confirmed').length, told: tell.length }
}

serveParent(async (message) => {
  const number = (name: string): number => Number(message[name])
  if (message['do'] === 'prepare') return prepare(String(message['folder']), number('online'), number('absent'), number('failing'))
  if (message['do'] === 'settled') {
    await until('everybody to run the first policy', 120, async () => (await run('')) >= number('online'))
    return {}
  }
  if (message['do'] === 'bad') return bad()
  if (message['do'] === 'good') return good(number('online'))
  if (message['do'] === 'back') return back()
  ending.abort()
  await running
  await fleet.flush()
  await bus.close()
  await store.close()
  return {}
})
