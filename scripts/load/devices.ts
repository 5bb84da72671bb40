// Simulated devices, many in one process: each is enrolled by the agent's own code with a key of its own, and has the agent's own
// uplink over its own TLS connection, and the agent's own keeper, which verifies policies. Only sensors and disk are simulated.
import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleepMs } from 'node:timers/promises'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { enrolPatiently } from '@holdfast/agent/identity/enrol-patiently.ts'
import { loadIdentity, renewCredential } from '@holdfast/agent/identity/identity-file.ts'
import type { PolicyKeeper } from '@holdfast/agent/policy/contract.ts'
import { createPolicyKeeper } from '@holdfast/agent/policy/policy-keeper.ts'
import { backoffMs, retryAfterMs } from '@holdfast/agent/uplink/backoff.ts'
import type { Uplink } from '@holdfast/agent/uplink/contract.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { serveParent } from '../bench/processes.ts'
import { chance } from '../simulate/random.ts'
import { createMemorySpool, type MemorySpool } from './memory-spool.ts'
import { type Mix, type ProfileName, profileOf, turnsOf } from './profiles.ts'

/** Enrolments and connections that are under way at once: real devices do not share a processor with thousands of others. */
const AT_ONCE = 32
/** As many tries as an agent's service gives it. */
const UNREACHABLE_TRIES = 20
/** Latencies that are kept: every one of few, a fair part of many. */
const MOST_SAMPLES = 200_000
const HEARTBEAT_SECS = 30
/** Looks of each uplink whether it has to ask or to resend; ours are seconds and not the agent's quarter of one, as thousands share a processor. */
const TICK_MS = 1000

export interface Fleet {
  readonly folder: string
  readonly collectorUrl: string
  readonly code: string
  readonly seed: number
  readonly mix: Mix
  readonly pace: number
  readonly spoolBytes: number
  /** Numbers of the devices of this process. */
  readonly first: number
  readonly count: number
  /** Share of the devices whose clock is wrong, and by how much at most. */
  readonly skewShare: number
  readonly skewSecs: number
  /** Share of the devices that are offline for a while, and for how long. */
  readonly offlineShare: number
  readonly offlineSecs: number
  /** Seconds after the beginning at which everybody connects anew. */
  readonly herdSecs?: number
}

interface Device {
  readonly index: number
  readonly profile: ProfileName
  readonly identity: Identity
  readonly folder: string
  readonly spool: MemorySpool
  readonly keeper: PolicyKeeper
  readonly skewMs: number
  uplink: Uplink
  published: number
  resent: number
  connections: number
  isAway: boolean
  stop: AbortController
  running: Promise<void>
}

export interface Figures {
  readonly made: number
  readonly committed: number
  readonly waiting: number
  /** Activities that were put off because a spool was full. */
  readonly heldBack: number
  readonly published: number
  readonly resent: number
  readonly connected: number
  /** Connections after the first of each device. */
  readonly reconnects: number
  readonly offlineTimes: number
  readonly byProfile: Readonly<Record<string, number>>
  readonly policies: number
  readonly problems: Readonly<Record<string, number>>
  readonly delaysMs: readonly number[]
  readonly cpuSecs: number
  readonly rssMb: number
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const devices: Device[] = []
const delaysMs: number[] = []
const problems: Record<string, number> = {}
let [made, heldBack, offlineTimes, seen] = [0, 0, 0, 0]
let fleet: Fleet | undefined
const ending = new AbortController()
// Every device waits for it.
setMaxListeners(0, ending.signal)

const pause = (ms: number, signal: AbortSignal): Promise<unknown> => sleepMs(ms, undefined, { signal }).catch(() => undefined)

/** So many at once, in the order of the numbers. */
async function eachOf(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, async () => {
    for (let index = next++; index < count && !ending.signal.aborted; index = next++) await work(index)
  }))
}

/** Every sample while there are few; then each takes the place of a random one, so that all times count alike. */
const random = chance(1, 41)
function sample(ms: number): void {
  seen += 1
  if (delaysMs.length < MOST_SAMPLES) delaysMs.push(ms)
  else {
    const at = random.between(0, seen - 1)
    if (at < MOST_SAMPLES) delaysMs[at] = ms
  }
}

async function identityOf(index: number, { folder, collectorUrl, code }: Fleet): Promise<Identity> {
  const own = join(folder, String(index))
  const known = await loadIdentity(own).catch(() => undefined)
  // Of an earlier run against the same installation.
  if (known !== undefined) return known
  const hardwareId = createHash('sha256').update(`holdfast load ${folder} ${index}`).digest('hex')
  const platform = { hardwareId: () => Promise.resolve(hardwareId), description: () => Promise.resolve({ os: 'linux' as const, osVersion: '12', kernel: '6.1', hostname: `load-${index}` }) }
  return enrolPatiently({ folder: own, collectorUrl, code, force: false, agentVersion: 'load', platform }, { random: Math.random, told: retryAfterMs, failed: backoffMs, unreachableTries: UNREACHABLE_TRIES, signal: ending.signal })
}

function newUplink(device: Pick<Device, 'identity' | 'keeper' | 'spool' | 'index' | 'skewMs' | 'folder'>): Uplink {
  const { identity, keeper, spool, index, skewMs, folder } = device
  const bootMs = Date.now()
  const uplink: Uplink = createUplink({
    identity, spool, now: Date.now, random: Math.random, log: quiet,
    heartbeat: () => {
      const { version, hash } = keeper.running()
      const refused = keeper.refused()
      const { epoch, lastSeq, ackedSeq, bytes, maxBytes } = spool.figures()
      return Promise.resolve({
        sentAt: toWireTimestamp(Date.now() + skewMs), agentVersion: 'load', hostname: `load-${index}`, os: 'linux', osVersion: '12', kernel: '6.1', uptimeSecs: Math.floor((Date.now() - bootMs) / 1000), elevated: true,
        sensors: ['files', 'removable-media', 'applications', 'security-features', 'sessions', 'printing'].map((name) => ({ name, tier: wire.SensorTier.SENSOR_TIER_FULL, lastSelfTestAt: toWireTimestamp(Date.now() + skewMs), selfTestPassed: true, emitted: lastSeq, watches: 1 })),
        spool: { epoch, lastSeq, ackedSeq, bytes, maxBytes, dropped: 0 }, usage: { rssBytes: 90_000_000, cpuMillis: 4 },
        policy: { runningVersion: version, runningHash: hash, refusedVersion: refused?.version ?? 0, refusedReason: refused?.code ?? '', ...keeper.seen() },
      })
    },
    heartbeatIntervalSecs: () => keeper.running().policy.reporting?.heartbeatIntervalSecs ?? HEARTBEAT_SECS,
    policyState: () => {
      const { version, hash } = keeper.running()
      return { version, hash }
    },
    onPolicy: async (signed) => {
      await keeper.consider(signed)
    },
    keepCredential: (before, jwt) => renewCredential(folder, before, jwt),
  }, { timings: { tickMs: TICK_MS } })
  return uplink
}

function connectAgain(device: Device): void {
  device.stop = new AbortController()
  device.uplink = newUplink(device)
  device.running = device.uplink.run(device.stop.signal)
}

async function disconnect(device: Device): Promise<void> {
  device.stop.abort()
  await device.running
  const { published, resent } = device.uplink.status()
  device.published += published
  device.resent += resent
}

async function startDevice(index: number, options: Fleet): Promise<void> {
  const own = chance(options.seed, 42, index)
  const identity = await identityOf(index, options)
  const folder = join(options.folder, String(index))
  const keeper = await createPolicyKeeper({ folder, identity, now: Date.now, apply: () => Promise.resolve() })
  const spool = createMemorySpool({ maxBytes: options.spoolBytes, now: () => performance.now(), onCommitted: sample })
  const skewMs = own.happens(options.skewShare) ? Math.round((own.next() * 2 - 1) * options.skewSecs * 1000) : 0
  const stop = new AbortController()
  const device: Device = { index, profile: profileOf(index, options.mix), identity, folder, spool, keeper, skewMs, uplink: newUplink({ identity, keeper, spool, index, skewMs, folder }), published: 0, resent: 0, connections: 0, isAway: false, stop, running: Promise.resolve() }
  device.running = device.uplink.run(stop.signal)
  devices.push(device)
  // The next one begins when this one is there: a herd is something that is asked for.
  while (!device.uplink.status().connected && !ending.signal.aborted) await pause(20, ending.signal)
}

async function act(device: Device, { seed, pace }: Fleet, signal: AbortSignal): Promise<void> {
  for (const { waitMs, happenings } of turnsOf(seed, device.index, device.profile, pace)) {
    await pause(waitMs, signal)
    if (signal.aborted) return
    const at = toWireTimestamp(Date.now() + device.skewMs)
    for (const { message } of happenings) {
      if (device.spool.isFull) {
        heldBack += 1
        continue
      }
      // The simulator makes plain objects with a time of their own; what happens here happens now.
      await device.spool.append(wire.Activity.encode({ ...(message as wire.Activity.$Properties), occurredAt: at, observedAt: at }).finish())
      made += 1
    }
  }
}

/** Once in its time this device is away for a while, and comes back with what it has kept. */
async function beAway(device: Device, { seed, offlineShare, offlineSecs }: Fleet, secs: number, signal: AbortSignal): Promise<void> {
  const own = chance(seed, 43, device.index)
  if (!own.happens(offlineShare)) return
  await pause(own.next() * Math.max(0, secs - offlineSecs) * 1000, signal)
  if (signal.aborted || device.isAway) return
  device.isAway = true
  await disconnect(device)
  offlineTimes += 1
  await pause(offlineSecs * 1000, signal)
  device.isAway = false
  connectAgain(device)
}

/** Everybody at once, as after a power cut of the building. */
async function herd({ herdSecs }: Fleet, signal: AbortSignal): Promise<void> {
  if (herdSecs === undefined) return
  await pause(herdSecs * 1000, signal)
  const here = devices.filter(({ isAway }) => !isAway)
  for (const device of here) device.isAway = true
  await Promise.all(here.map(disconnect))
  for (const device of here) {
    device.isAway = false
    connectAgain(device)
  }
}

function watchConnections(): NodeJS.Timeout {
  const last = new Map<Device, number>()
  return setInterval(() => {
    for (const device of devices) {
      const { lastConnectedAtMs = 0, problem } = device.uplink.status()
      if (lastConnectedAtMs !== (last.get(device) ?? 0)) device.connections += 1
      last.set(device, lastConnectedAtMs)
      if (problem !== '') problems[problem] = (problems[problem] ?? 0) + 1
    }
  }, 1000)
}

async function run(options: Fleet, secs: number): Promise<void> {
  const over = AbortSignal.any([ending.signal, AbortSignal.timeout(secs * 1000)])
  setMaxListeners(0, over)
  await Promise.all([herd(options, over), ...devices.flatMap((device) => [act(device, options, over), beAway(device, options, secs, over)])])
}

/** Waits until the collector has committed everything, or the time is up. */
async function drain(secs: number): Promise<void> {
  const untilMs = performance.now() + secs * 1000
  while (devices.some(({ spool }) => spool.waiting > 0) && performance.now() < untilMs && !ending.signal.aborted) await pause(100, ending.signal)
}

function figures(): Figures {
  const { user, system } = process.cpuUsage()
  const byProfile: Record<string, number> = {}
  for (const { profile } of devices) byProfile[profile] = (byProfile[profile] ?? 0) + 1
  const sum = (of: (device: Device) => number): number => devices.reduce((total, device) => total + of(device), 0)
  return {
    made, heldBack, offlineTimes, byProfile, problems, delaysMs,
    committed: sum(({ spool }) => spool.committed), waiting: sum(({ spool }) => spool.waiting), published: sum(({ published, uplink }) => published + uplink.status().published), resent: sum(({ resent, uplink }) => resent + uplink.status().resent),
    connected: devices.filter(({ uplink }) => uplink.status().connected).length, reconnects: sum(({ connections }) => Math.max(0, connections - 1)), policies: devices.filter(({ keeper }) => keeper.running().version > 0).length,
    cpuSecs: (user + system) / 1e6, rssMb: process.memoryUsage().rss / 1024 ** 2,
  }
}

let watching: NodeJS.Timeout | undefined
let working: Promise<void> = Promise.resolve()

serveParent(async (message) => {
  const secs = Number(message['secs'] ?? 0)
  switch (message['do']) {
    case 'connect': {
      const options = message['fleet'] as Fleet
      fleet = options
      watching = watchConnections()
      await mkdir(options.folder, { recursive: true })
      await eachOf(options.count, (index) => startDevice(options.first + index, options))
      return { connected: devices.length }
    }
    case 'begin':
      working = fleet === undefined ? Promise.resolve() : run(fleet, secs)
      return {}
    case 'finish':
      await working
      return {}
    case 'committed':
      return { committed: devices.reduce((sum, { spool }) => sum + spool.committed, 0) }
    case 'drain':
      await drain(secs)
      return {}
    case 'end':
      ending.abort()
      clearInterval(watching)
      await Promise.all(devices.map(disconnect))
      return {}
    default: return figures()
  }
})
