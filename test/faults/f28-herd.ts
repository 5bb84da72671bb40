// A whole fleet that loses its broker at once, and comes back.
//
// The schedule is the agent's own (backoff.ts, spread as the collector asks for), played for a hundred thousand devices; the
// connections are real, with keys of their own over TLS, as many as the machine bears.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectDevice } from '@holdfast/agent/uplink/connect.ts'
import { backoffMs } from '@holdfast/agent/uplink/backoff.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import type { SpoolContract } from '@holdfast/agent/spool/contract.ts'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { deviceUserJwt } from '@holdfast/collector/bus/claims.ts'
import { readKeyring } from '@holdfast/collector/bus/keyring.ts'
import { createKey } from '@holdfast/collector/bus/nkeys.ts'
import { returnSpreadSecs } from '@holdfast/collector/ingest/pace.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { install } from '../support/collector.ts'
import { killPid } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'

const SIMULATED = 100_000
const LIMIT = 500
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Connections in each second after the broker is back, of a fleet that lost it all at once. */
function playReturn(random: () => number, awayMs: number): { readonly peak: number; readonly lastSecs: number } {
  const spreadMs = returnSpreadSecs(SIMULATED, LIMIT) * 1000
  const perSecond = new Map<number, number>()
  let last = 0
  for (let device = 0; device < SIMULATED; device += 1) {
    let atMs = 0
    for (let failures = 0; ; failures += 1) {
      atMs += backoffMs(failures, random(), { spreadMs })
      if (atMs < awayMs) continue
      const second = Math.floor((atMs - awayMs) / 1000)
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
      last = Math.max(last, second)
      break
    }
  }
  return { peak: Math.max(...perSecond.values()), lastSecs: last }
}

/** Nothing to send: only connections are counted. */
function emptySpool(epoch: string): SpoolContract {
  return {
    epoch, append: async () => 1, marked: () => [], read: async () => undefined, readEarlier: async () => undefined, gaps: async () => [], trim: async () => {},
    figures: () => ({ epoch, firstHeldSeq: 1, lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 1, dropped: 0 }),
    waitBeyond: (_seq, signal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })), close: async () => {},
  }
}

async function realReturn(context: FaultContext, devices: number, limit: number): Promise<void> {
  const installation = await install({ serve: ['--bus-connects-per-second', String(limit)] })
  context.defer(() => installation.close())
  context.explain(() => installation.daemon.log().slice(-2500))
  await installation.stop()
  const { account } = readKeyring(join(installation.dir, 'keys'))
  const caPem = readFileSync(join(installation.dir, 'ca', 'ca.pem'), 'utf8')
  const identities: Identity[] = Array.from({ length: devices }, (_, index) => {
    const key = createKey('user')
    const deviceId = `d_herd${index}`
    return { deviceId, group: 'default', organisation: 'test', collectorUrl: installation.url, natsServers: [installation.natsUrl], seed: key.seed, publicKey: key.publicKey, jwt: deviceUserJwt(account, { id: deviceId, group: 'default', publicKey: key.publicKey }, Math.floor(Date.now() / 1000) - 60), caPem, policyKeys: [] }
  })
  const store = await openSqliteStore({ path: join(installation.dir, 'holdfast.db') })
  await store.write(async (tx) => {
    for (const [index, { deviceId, publicKey }] of identities.entries()) await tx.saveDevice({ id: deviceId, hostname: deviceId, os: 'linux', group: 'default', hardwareId: index.toString(16).padStart(64, '0'), publicKey, status: 'active', enrolledAtMs: Date.now() })
  })
  await store.close()
  await installation.start()

  const stop = new AbortController()
  let connections: number[] = []
  let refused = 0
  const uplinks = identities.map((identity) => createUplink(
    { identity, spool: emptySpool(Buffer.from(identity.deviceId.padEnd(16, '0')).toString('hex').slice(0, 32)), heartbeat: async () => ({ hostname: identity.deviceId, agentVersion: '0.1.0', sensors: [] }), heartbeatIntervalSecs: () => 300, policyState: () => ({ hash: '', version: 0 }), onPolicy: async () => {}, now: Date.now, random: () => context.random.next(), log: quiet },
    {
      async connect(server, as) {
        try {
          const connection = await connectDevice(as, server)
          connections.push(Date.now())
          return connection
        } catch (error) {
          // A port that is closed costs nobody anything; a broker that is there and too slow does.
          if (!/REFUSED/.test(String(error))) refused += 1
          throw error
        }
      },
    }))
  const running: Promise<void>[] = []
  context.defer(async () => {
    stop.abort()
    await Promise.all(running)
  })
  for (const uplink of uplinks) {
    running.push(uplink.run(stop.signal))
    if (running.length % 50 === 0) await sleep(1000 * (50 / limit))
  }
  await until('the fleet to be connected', 240, () => (uplinks.every((uplink) => uplink.status().connected) ? true : undefined))
  // Each has heard of the spread with its watermark, which a sync brings.
  await sleep(3000)
  const spreadSecs = returnSpreadSecs(devices, limit)
  connections = []
  refused = 0
  const broker = await until('the broker', 10, () => installation.brokerPid())
  must(killPid(broker, 'SIGKILL'), 'the broker was gone already')
  const begun = Date.now()
  await until('all to be back', spreadSecs * 2 + 90, () => (Date.now() - begun > 1500 && uplinks.every((uplink) => uplink.status().connected) ? true : undefined))
  const took = (Math.max(...connections) - begun) / 1000
  const perSecond = Map.groupBy(connections, (atMs) => Math.floor((atMs - begun) / 1000))
  const peak = Math.max(...[...perSecond.values()].map((list) => list.length))
  Object.assign(context.figures, { realDevices: devices, realLimit: limit, realSpreadSecs: spreadSecs, realPeakPerSecond: peak, realAllBackSecs: Math.round(took * 10) / 10, realRefused: refused })
  must(peak <= limit, `${peak} devices connected in one second, and ${limit} may`)
  must(refused <= devices / 100, `${refused} connections failed while the broker was there`)
}

export const herd: Fault = {
  id: 'F-28', name: 'herd', title: 'the whole fleet loses its broker and comes back',
  does: 'The broker is killed under a fleet: the schedules of 100,000 devices, played for several lengths of the outage, and real connections with keys of their own over TLS.',
  oracle: 'New connections in any second stay below what is configured (bus.connectsPerSecond); every device is back within ten minutes; less than 1 % of the connections fail while the broker is there.',
  alone: true,
  isLong: true,
  limitSecs: { short: 240, full: 900 },
  async run(context) {
    let [peak, lastSecs] = [0, 0]
    for (const awaySecs of context.short ? [2, 120] : [0, 2, 20, 120, 600, 3600]) {
      const played = playReturn(() => context.random.next(), awaySecs * 1000)
      peak = Math.max(peak, played.peak)
      lastSecs = Math.max(lastSecs, played.lastSecs)
    }
    Object.assign(context.figures, { devices: SIMULATED, peakPerSecond: peak, allBackSecs: lastSecs })
    must(peak <= LIMIT, `${peak} of ${SIMULATED} devices would connect in one second, and ${LIMIT} may`)
    must(lastSecs <= 600, `the last device would be back after ${lastSecs} s`)
    await realReturn(context, context.count(60, 2000), context.count(30, 100))
  },
}
