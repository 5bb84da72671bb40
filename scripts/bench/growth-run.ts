// A store that grows, in its own process: the collector's own transaction of ingest, insights included, over and over.
//
// Every million activities walks the same sixty days of the same people once more, so that each index is written in all of its
// parts and the days of the insights are full; what a site keeps longer lies beside it and is not touched.
import { statSync } from 'node:fs'
import type { ActivityKind } from '@holdfast/proto'
import type { User } from '@holdfast/collector/domain/people/user.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { decodeActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { IngestRun, Store } from '@holdfast/collector/store/store.ts'
import { buildDevice } from '@holdfast/collector/testing/builders.ts'
import { serveParent } from './processes.ts'
import { encodeActivity, kindAt, personOf, seeded } from './workload.ts'

const DAY_MS = 86_400_000
export const GROWN_DAYS = 60
const PASS = 1_000_000
const RUNS = 20
const PER_RUN = 50
const PER_WRITE = RUNS * PER_RUN
/** What a run's activities are spread over. */
const RUN_MS = 4 * 3_600_000
const EPOCH = 'a'.repeat(32)
/** Rows over which the cost at a size is taken. */
const MEASURED = 200_000

export const grownUserId = (index: number): string => `u_${index.toString(16).padStart(32, '0')}`
export const grownDeviceId = (index: number): string => `d_grown${String(index).padStart(6, '0')}`
const grownUser = (index: number, nowMs: number): User => ({ id: grownUserId(index), pseudonym: `ANON-${index.toString(36).toUpperCase().padStart(7, '0')}`, displayName: personOf(index).account, kind: 'person', identities: [{ kind: 'account', value: personOf(index).account }], createdAtMs: nowMs, groups: [], department: `Department ${index % 20}` })

interface Growth {
  readonly store: Store
  readonly path: string
  readonly people: number
  readonly nowMs: number
  readonly next: number[]
  readonly random: () => number
  rows: number
  bodyBytes: number
}

async function begin(path: string, people: number, nowMs: number): Promise<Growth> {
  const store = await openSqliteStore({ path })
  for (let first = 0; first < people; first += 1000) {
    await store.write(async (tx) => {
      const numbers = Array.from({ length: Math.min(1000, people - first) }, (_, index) => first + index)
      await tx.saveUsers(numbers.map((index) => grownUser(index, nowMs - 90 * DAY_MS)))
      for (const index of numbers) await tx.saveDevice(buildDevice({ id: grownDeviceId(index), hostname: `ws${index}`, hardwareId: index.toString(16).padStart(64, '0'), publicKey: `U${index.toString(36).toUpperCase().padStart(55, 'A')}`, enrolledAtMs: nowMs - 90 * DAY_MS, lastSeenAtMs: nowMs - (index % 1000) * 1000 }))
    })
  }
  return { store, path, people, nowMs, next: Array.from({ length: people }, () => 1), random: seeded(17), rows: 0, bodyBytes: 0 }
}

/** What one device sends, of the person who works on it. */
function runOf(growth: Growth, fromMs: number): IngestRun {
  const { people, next, random, nowMs } = growth
  const index = Math.floor(random() * people)
  const deviceId = grownDeviceId(index)
  const firstSeq = next[index] ?? 1
  next[index] = firstSeq + PER_RUN
  const activities = Array.from({ length: PER_RUN }, (_, at) => {
    const kind: ActivityKind = kindAt(random())
    const body = encodeActivity(random, personOf(index), kind, Math.floor(fromMs + (at * RUN_MS) / PER_RUN))
    growth.bodyBytes += body.length
    const { actor: _actor, ...activity } = decodeActivity(body, `${deviceId}.${EPOCH}.${firstSeq + at}`, deviceId)
    return { activity: { ...activity, userId: grownUserId(index) }, body }
  })
  return { deviceId, epoch: EPOCH, firstSeq, activities, gaps: [], receivedAtMs: nowMs }
}

/** Up to `rows` rows in all. @returns the cost of the last of them, and of the whole way */
async function grow(growth: Growth, rows: number, measured = MEASURED): Promise<object> {
  const { store, nowMs, path } = growth
  const startMs = nowMs - GROWN_DAYS * DAY_MS
  const from = process.cpuUsage()
  const fromRows = growth.rows
  let [cpuBefore, wallBefore] = [from, performance.now()]
  let counted = 0
  while (growth.rows < rows) {
    if (rows - growth.rows <= measured && counted === 0) [cpuBefore, wallBefore, counted] = [process.cpuUsage(), performance.now(), growth.rows]
    const atMs = startMs + ((growth.rows % PASS) / PASS) * (GROWN_DAYS * DAY_MS - RUN_MS)
    // A device sends in order: of the same one, a transaction has one run.
    const runs = new Map(Array.from({ length: RUNS }, () => runOf(growth, atMs)).map((run) => [`${run.deviceId} ${run.firstSeq}`, run]))
    const { stored } = await store.write((tx) => tx.ingest([...runs.values()], countInsights, mergeInsights))
    growth.rows += stored
  }
  const { user, system } = process.cpuUsage(cpuBefore)
  const whole = process.cpuUsage(from)
  return {
    rows: growth.rows, cpuUsPerRow: (user + system) / Math.max(1, growth.rows - counted), rowsPerSec: ((growth.rows - counted) * 1000) / (performance.now() - wallBefore), wholeCpuUsPerRow: (whole.user + whole.system) / Math.max(1, growth.rows - fromRows),
    bytesPerRow: statSync(path).size / growth.rows, bodyBytesPerRow: growth.bodyBytes / growth.rows,
  }
}

let growth: Growth | undefined

serveParent(async (message) => {
  if (message['do'] === 'begin') {
    growth = await begin(String(message['path']), Number(message['people']), Number(message['nowMs']))
    return {}
  }
  if (growth === undefined) throw new Error('begin comes first')
  if (message['do'] === 'grow') return grow(growth, Number(message['rows']))
  if (message['do'] === 'rest') {
    // Another process is about to read: what is in memory goes to the file.
    await growth.store.close()
    return {}
  }
  const { path, people, nowMs, next, random, rows, bodyBytes } = growth
  growth = { store: await openSqliteStore({ path }), path, people, nowMs, next, random, rows, bodyBytes }
  return { perWrite: PER_WRITE }
})
