import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceFault } from '../domain/people/device-faults.ts'
import type { DeviceReport } from '../domain/people/device.ts'
import type { Store } from '../store/store.ts'
import { buildDevice } from '../testing/builders.ts'
import { openTemporaryStore } from '../testing/temporary-store.ts'
import type { DeviceHealth } from './contract.ts'
import { clearFleetNotice } from './notices.ts'
import { createFleetWatch, type FleetWatch } from './watch.ts'

const START = Date.UTC(2026, 5, 1)
const AFTER_MS = 90_000
let store: Store
let close: () => Promise<void>
let nowMs: number
let health: Record<string, DeviceHealth>
let watch: FleetWatch
let certificateEndsAtMs: number
const DAY_MS = 86_400_000

const heard = (id: string, atMs: number) => store.write((tx) => tx.saveReport(id, {
  receivedAtMs: atMs, sentAtMs: atMs, agentVersion: '1', hostname: id, os: 'linux', osVersion: '', kernel: '', uptimeSecs: 1, elevated: true, sensors: [], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 0, dropped: 0 },
  policy: { runningVersion: 0, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 0, cpuMillis: 0 }, sessionAccounts: [],
} satisfies DeviceReport))
const open = async (): Promise<readonly string[]> => (await store.fleetNotices({ limit: 500, open: true })).items.map(({ key }) => key).toSorted()

beforeEach(async () => {
  const opened = await openTemporaryStore()
  store = opened.store
  close = () => opened.remove()
  nowMs = START
  health = {}
  certificateEndsAtMs = START + 400 * DAY_MS
  watch = createFleetWatch({ store, now: () => nowMs, log: { error: (object) => expect.fail(JSON.stringify(object)) }, groups: async () => [{ group: 'default', silentAfterMs: AFTER_MS }, { group: 'quiet', silentAfterMs: 0 }], healthOf: ({ id }) => health[id] ?? { health: 'healthy', faults: [] }, wantedOf: async () => undefined, certificates: () => [{ what: 'Certificate of the collector', endsAtMs: certificateEndsAtMs, withinMs: 14 * DAY_MS }] })
  await store.write(async (tx) => {
    for (const n of [1, 2]) await tx.saveDevice(buildDevice({ id: `d_${n}`, hardwareId: `h${n}`, publicKey: `U${n}` }))
    await tx.saveDevice(buildDevice({ id: 'd_q', hardwareId: 'hq', publicKey: 'UQ', group: 'quiet' }))
  })
  for (const id of ['d_1', 'd_2', 'd_q']) await heard(id, START)
})
afterEach(() => close())

describe('a device that falls silent', () => {
  it('is told once, and no more when it is back; where a group wants to hear nothing, nobody is told', async () => {
    nowMs = START + AFTER_MS
    await watch.lookForSilence(0)
    expect(await open()).toEqual([])
    nowMs += 1
    await heard('d_2', nowMs)
    for (let n = 0; n < 3; n += 1) await watch.lookForSilence(0)
    expect(await open()).toEqual(['silent:d_1'])
    await heard('d_1', nowMs)
    await watch.lookForSilence(0)
    expect(await open()).toEqual([])
  })
  it('is not told in maintenance, nor before anybody could have been heard after a start', async () => {
    nowMs = START + 3_600_000
    await watch.lookForSilence(nowMs - AFTER_MS + 1)
    expect(await open()).toEqual([])
    await store.write((tx) => tx.saveDevice(buildDevice({ id: 'd_1', hardwareId: 'h1', publicKey: 'U1', maintenance: { untilMs: nowMs + 1000, reason: 'r', by: 'ada', sinceMs: START } })))
    await watch.lookForSilence(0)
    expect(await open()).toEqual(['silent:d_2'])
    nowMs += 1000
    await watch.lookForSilence(0)
    expect(await open()).toEqual(['silent:d_1', 'silent:d_2'])
  })
  it('is not told again when somebody dealt with it, until it was heard and fell silent again', async () => {
    nowMs = START + AFTER_MS + 1
    await heard('d_2', nowMs)
    await watch.lookForSilence(0)
    await store.write((tx) => clearFleetNotice(tx, 'silent:d_1', { by: { id: 'a', name: 'ada' }, atMs: nowMs }))
    await watch.lookForSilence(0)
    expect(await open()).toEqual([])
    await heard('d_1', nowMs + 5000)
    nowMs += 5000 + AFTER_MS + 1
    await heard('d_2', nowMs)
    await watch.lookForSilence(0)
    expect(await open()).toEqual(['silent:d_1'])
  })
  it('together with many others is one notice and not so many', async () => {
    await store.write(async (tx) => {
      for (let n = 10; n < 40; n += 1) await tx.saveDevice(buildDevice({ id: `d_${n}`, hardwareId: `h${n}`, publicKey: `U${n}` }))
    })
    for (let n = 10; n < 40; n += 1) await heard(`d_${n}`, START)
    nowMs = START + AFTER_MS + 1
    for (let n = 0; n < 2; n += 1) await watch.lookForSilence(0)
    expect(await open()).toEqual(['silent-together:default'])
  })
})

describe('faults', () => {
  it('are kept beside the device, and what cannot wait is told when it is found twice, and ends with it', async () => {
    health['d_1'] = { health: 'degraded', faults: [deviceFault('UNEXPLAINED_GAP', { count: 4 }), deviceFault('CLOCK_SKEW', { by: '1 h' })] }
    await watch.lookForFaults()
    expect([(await store.devices({ limit: 5, fault: ['CLOCK_SKEW'] })).items.map(({ id }) => id), await open()]).toEqual([['d_1'], []])
    await watch.lookForFaults()
    await watch.lookForFaults()
    expect(await open()).toEqual(['unexplained_gap:d_1'])
    health = {}
    await watch.lookForFaults()
    await watch.lookForFaults()
    expect([await open(), await store.faultCounts()]).toEqual([[], []])
  })
})

describe('a certificate that every device trusts', () => {
  it('is told once when its end comes near, and not any more when there is another', async () => {
    nowMs = START + 386 * DAY_MS
    await watch.lookForFaults()
    expect(await open()).toEqual([])
    nowMs += 1
    for (let n = 0; n < 3; n += 1) await watch.lookForFaults()
    expect((await store.fleetNotices({ limit: 9 })).items.map(({ kind, key, detail }) => [kind, key, detail])).toEqual([['device_certificate', 'certificate:certificate-of-the-collector', expect.stringContaining('2027-07-06T00:00:00.000Z')]])
    certificateEndsAtMs = nowMs + 397 * DAY_MS
    await watch.lookForFaults()
    expect(await open()).toEqual([])
  })
})
