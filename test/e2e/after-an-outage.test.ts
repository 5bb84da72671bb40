// A laptop comes back after an outage with much that nobody has to look at and a little that somebody has: what a policy warns of
// becomes an alert while the rest is still on its way, nothing is lost or doubled, and each thing keeps its time.
import { join } from 'node:path'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { openSpool, type Spool } from '@holdfast/agent/spool/spool.ts'
import type { Uplink } from '@holdfast/agent/uplink/contract.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { applyPolicies, type DeviceState } from '../support/real-agent.ts'

/** 100,000 shows more of it, and takes longer. */
const BULK = Number(process.env['HOLDFAST_OUTAGE_BULK'] ?? 40_000)
/** Measures plain order as well. */
const COMPARE = process.env['HOLDFAST_OUTAGE_COMPARE'] === '1'
/** The line of a home office: 8 Mbit/s upwards. */
const LINE_BYTES_PER_SEC = 1_000_000
const RISKY = 20
const HOUR_MS = 3_600_000
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

let installation: Installation
let proxy: TcpProxy
beforeAll(async () => {
  installation = await install()
  await applyPolicies(installation)
  proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(installation.natsUrl).port) })
  proxy.set({ kind: 'slow', bytesPerSec: LINE_BYTES_PER_SEC })
}, 60_000)
afterAll(async () => {
  await proxy.close()
  await installation.close()
}, 60_000)

const at = (ms: number) => ({ occurredAt: toWireTimestamp(ms), observedAt: toWireTimestamp(ms) })
const actor = (account: string) => ({ account, accountId: '1000', attribution: wire.Attribution.ATTRIBUTION_PROCESS })

/** Six hours of an outage: everyday changes, and the risky copies among the last of them, where the order would hold them up most. */
async function fill(spool: Spool, account: string, ranked: boolean, startMs: number, bulk = BULK): Promise<readonly number[]> {
  const times: number[] = []
  const pending: Promise<number>[] = []
  for (let index = 0; index < bulk; index += 1) {
    const ms = startMs + Math.floor((index / bulk) * 6 * HOUR_MS)
    pending.push(spool.append(wire.Activity.encode({ ...at(ms), actor: actor(account), sensor: 'files', fileChanged: { file: { path: `/home/${account}/notes/${index % 500}.txt`, sizeBytes: 1000, location: wire.LocationKind.LOCATION_KIND_LOCAL, state: 'stable' } } }).finish()))
    if (index < bulk - RISKY * 50 || index % 50 !== 0) continue
    times.push(ms)
    pending.push(spool.append(wire.Activity.encode({
      ...at(ms), actor: actor(account), sensor: 'files',
      fileCopied: { destination: { path: `/media/${account}/STICK/customers-${times.length}.xlsx`, sizeBytes: 50_000_000, location: wire.LocationKind.LOCATION_KIND_REMOVABLE, state: 'stable', fingerprint: `f-${times.length}` }, findings: [{ type: 'finance.payment_card', count: 500, confidence: 85 }] },
    }).finish(), ranked ? 2 : 0))
  }
  await Promise.all(pending)
  return times
}

const uplinkOf = (identity: Identity, spool: Spool, hostname: string): Uplink => createUplink({
  identity, spool, heartbeat: () => Promise.resolve({ sentAt: toWireTimestamp(Date.now()), hostname, spool: { epoch: spool.epoch, lastSeq: spool.figures().lastSeq, ackedSeq: spool.figures().ackedSeq } }), heartbeatIntervalSecs: () => 1,
  policyState: () => ({ hash: '', version: 0 }), onPolicy: () => Promise.resolve(), now: Date.now, random: Math.random, log: quiet,
})

interface Run {
  readonly alertMs: number
  /** Numbers that the collector did not have yet when the alert was there. */
  readonly left: number
  readonly drainedMs: number
}

/** Alerts that were there before. */
let seen = 0
const alerts = async (): Promise<number> => (await installation.client.get<{ items: unknown[] }>('/api/v1/alerts?limit=200')).items.length

async function comeBack(account: string, ranked: boolean): Promise<Run> {
  const dir = await installation.enrolAgent(account)
  const identity = { ...(await loadIdentity(dir)), natsServers: [`tls://localhost:${proxy.port}`] }
  const spool = await openSpool({ folder: join(dir, 'spool'), maxBytes: 1e9, now: Date.now, log: quiet })
  const startMs = Date.now() - 8 * HOUR_MS
  const times = await fill(spool, account, ranked, startMs)
  const ending = new AbortController()
  const from = performance.now()
  const uplink = uplinkOf(identity, spool, account)
  const running = uplink.run(ending.signal)
  const drained = until('the spool to drain', 120, () => (spool.figures().ackedSeq === spool.figures().lastSeq ? performance.now() - from : undefined))
  const alertMs = await until('the alert', 60, async () => ((await alerts()) > seen ? performance.now() - from : undefined))
  const left = spool.figures().lastSeq - spool.figures().ackedSeq
  const drainedMs = await drained
  seen = await alerts()
  // Both stand for the same hardware, which keeps its device; each has a spool of its own.
  const ledger = await until('a ledger without a gap', 20, async () => {
    const device = await installation.client.get<DeviceState>(`/api/v1/devices/${identity.deviceId}`)
    return device.unexplained === 0 ? device.ledger.filter(({ epoch }) => epoch === spool.epoch) : undefined
  })
  expect(ledger).toEqual([{ epoch: spool.epoch, firstSeq: 1, lastSeq: BULK + RISKY, kind: 'received' }])
  const copies = await installation.client.get<{ items: { kind: string; occurredAt: string }[] }>(`/api/v1/activities?deviceId=${identity.deviceId}&kind=file_copied&limit=100`)
  expect(copies.items.map(({ occurredAt }) => Date.parse(occurredAt))).toEqual(expect.arrayContaining([...times]))
  ending.abort()
  await running
  await spool.close()
  return { alertMs, left, drainedMs }
}

describe('after an outage', () => {
  test('the alert is there while the rest still drains', async () => {
    const inOrder = COMPARE ? await comeBack('olga', false) : undefined
    const riskiestFirst = await comeBack('rita', true)
    if (inOrder !== undefined) process.stderr.write(`${JSON.stringify({ bulk: BULK, risky: RISKY, bytesPerSec: LINE_BYTES_PER_SEC, inOrder, riskiestFirst })}\n`)
    expect(riskiestFirst.left).toBeGreaterThan(0)
  }, 180_000)

  test('a collector and a broker that are killed in between get everything once', async () => {
    const bulk = 6000
    const dir = await installation.enrolAgent('kim')
    const identity = { ...(await loadIdentity(dir)), natsServers: [`tls://localhost:${proxy.port}`] }
    const spool = await openSpool({ folder: join(dir, 'spool'), maxBytes: 1e9, now: Date.now, log: quiet })
    await fill(spool, 'kim', true, Date.now() - 8 * HOUR_MS, bulk)
    const ending = new AbortController()
    const running = uplinkOf(identity, spool, 'kim').run(ending.signal)
    const ledger = async () => (await installation.client.get<DeviceState>(`/api/v1/devices/${identity.deviceId}`)).ledger.filter(({ epoch }) => epoch === spool.epoch)
    await until('what goes first', 20, async () => ((await ledger()).some(({ kind, lastSeq }) => kind === 'received' && lastSeq > bulk / 2) ? true : undefined))
    await installation.stop('SIGKILL')
    await installation.start()
    await until('the spool to drain', 60, () => (spool.figures().ackedSeq === spool.figures().lastSeq ? true : undefined))
    expect(await ledger()).toEqual([{ epoch: spool.epoch, firstSeq: 1, lastSeq: bulk + RISKY, kind: 'received' }])
    expect((await installation.client.get<{ items: unknown[] }>('/api/v1/quarantine?limit=10')).items).toEqual([])
    ending.abort()
    await running
    await spool.close()
  }, 120_000)
})
