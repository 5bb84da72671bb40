// The collector's side of the ingest bench, as its own process: `ours` is the real ingest, store and evaluation; `raw`
// is the shortest chain that fills the same table: decode, one jsonb_each statement a batch, commit, acknowledge.
//
// Both pull from the same kind of consumer in the same way, and commit as many messages at once.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from '@holdfast/collector/domain/cases/alert.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import type { Bus, BusMessage } from '@holdfast/collector/bus/contract.ts'
import { createPuller } from '@holdfast/collector/bus/pull.ts'
import { ensureDeclared } from '@holdfast/collector/bus/stream.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { createEvaluation } from '@holdfast/collector/evaluation/evaluation.ts'
import { createIngest } from '@holdfast/collector/ingest/ingest.ts'
import { connect as openConnection } from '@holdfast/collector/store/sqlite/connection.ts'
import { activityParameters, INSERT_ACTIVITIES } from '@holdfast/collector/store/sqlite/activity-rows.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { Store } from '@holdfast/collector/store/store.ts'
import { activityKinds, downSubject, fromWireTimestamp, kindOfField, wire } from '@holdfast/proto'
import { connect, type NatsConnection } from 'nats'
import { leaversPolicy } from './leavers.ts'
import { benchPolicies } from './policies.ts'
import { serveParent } from './processes.ts'
import { deviceIdOf } from './workload.ts'

const clock = () => performance.timeOrigin + performance.now()
const cpuSecs = (before: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

interface Chain {
  /** Resolves with the time at which `expected` activities were committed, and scored where the chain scores. */
  finished(expected: number): Promise<{ readonly committedAtMs: number; readonly scoredAtMs: number; readonly alerts: number; readonly alertTimes: readonly (readonly [string, number])[]; readonly figures: Readonly<Record<string, number>> }>
  close(): Promise<void>
}

const poll = async <T>(probe: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    await sleep(2)
  }
}

const STREAM = { maxBytes: 10 * 1024 ** 3, replicas: 1 }

/** The bus's own way of pulling, for both chains. */
function pull(connection: NatsConnection, handle: (messages: readonly BusMessage[]) => Promise<void>, signal: AbortSignal): Promise<void> {
  const fail = (problem: unknown) => console.error(problem)
  return createPuller(connection, { handle, onTrouble: fail, onError: fail }).run(signal)
}

/** Only what ingest uses; credentials and heartbeats belong to other benches. */
const busOver = (connection: NatsConnection): Bus =>
  ({ consumeActivity: (handle, signal) => pull(connection, handle, signal), publishDown: (deviceId, data) => connection.publish(downSubject(deviceId), data) }) as Bus

async function prepareStore(path: string, devices: number, policies: readonly Policy[]): Promise<Store> {
  const store = await openSqliteStore({ path })
  await store.write(async (tx) => {
    for (let index = 0; index < devices; index += 1) {
      const id = deviceIdOf(index)
      await tx.saveDevice({ id, hostname: `ws${index}`, os: 'linux', group: 'default', hardwareId: id, publicKey: '', status: 'active', enrolledAtMs: Date.now() })
    }
    for (const policy of policies) await tx.savePolicy(policy)
  })
  return store
}

async function startOurs(connection: NatsConnection, folder: string, devices: number, policies: readonly Policy[]): Promise<Chain> {
  const store = await prepareStore(join(folder, 'ours.db'), devices, policies)
  const stop = new AbortController()
  const log = { warn: (object: object, message: string) => console.error(message, object), error: (object: object, message: string) => console.error(message, object) }
  let alerts = 0
  const created = new Map<string, number>()
  const onAlert = (alert: Alert, change: string) => {
    alerts += 1
    if (change === 'created') created.set(alert.userId, clock())
  }
  const evaluation = createEvaluation({ store, now: Date.now, onAlert, log })
  const ingest = createIngest({ store, bus: busOver(connection), count: countInsights, merge: mergeInsights, now: Date.now, log, onUsers: () => evaluation.wake() })
  const running = Promise.all([ingest.run(stop.signal), evaluation.run(stop.signal)])
  return {
    async finished(expected) {
      const committedAtMs = await poll(() => (ingest.counters.stored >= expected ? clock() : undefined))
      const scoredAtMs = await poll(async () => ((await store.markedUsers(1)).length === 0 ? clock() : undefined))
      const stored = await store.activityCount()
      if (stored !== expected) throw new Error(`${stored} of ${expected} activities are in the store`)
      const names = new Map((await store.usersByIds([...created.keys()])).map((user) => [user.id, user.displayName]))
      const alertTimes = [...created].map(([userId, atMs]) => [names.get(userId) ?? '', atMs] as const)
      return { committedAtMs, scoredAtMs, alerts, alertTimes, figures: { evaluations: evaluation.counters.evaluated, duplicates: ingest.counters.duplicates, quarantined: ingest.counters.quarantined } }
    },
    async close() {
      stop.abort()
      await running
      await store.close()
    },
  }
}

async function startRaw(connection: NatsConnection, folder: string): Promise<Chain> {
  const path = join(folder, 'raw.db')
  // The same schema, made by the program itself.
  await (await openSqliteStore({ path })).close()
  const db = await openConnection(path, { readOnly: false })
  await db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536')
  const stop = new AbortController()
  let stored = 0
  const insert = (message: BusMessage): Promise<number> => {
    const batch = wire.ActivityBatch.decode(message.data)
    const device = Number(message.subject.slice(-4)) + 1
    const receivedAtMs = Date.now()
    const { json, bodies } = activityParameters((batch.activities ?? []).map((body, index) => {
      const activity = wire.Activity.decode(body)
      const kind = kindOfField(activity.detail ?? '') ?? 'file_changed'
      return { epoch: device, seq: (batch.firstSeq ?? 0) + index, person: device, kind: activityKinds[kind].number, occurredAtMs: fromWireTimestamp(activity.occurredAt) ?? 0, receivedAtMs, body }
    }))
    return db.run(INSERT_ACTIVITIES, json, bodies)
  }
  const running = pull(connection, async (messages) => {
    await db.exec('BEGIN IMMEDIATE')
    const inserted = await Promise.all(messages.map(insert))
    await db.exec('COMMIT')
    for (const message of messages) message.ack()
    stored += inserted.reduce((sum, rows) => sum + rows, 0)
  }, stop.signal)
  return {
    async finished(expected) {
      const committedAtMs = await poll(() => (stored >= expected ? clock() : undefined))
      const rows = (await db.get<{ n: number }>('SELECT count(*) AS n FROM activity'))?.n ?? 0
      if (rows !== expected) throw new Error(`${rows} of ${expected} activities are in the table`)
      return { committedAtMs, scoredAtMs: committedAtMs, alerts: 0, alertTimes: [], figures: {} }
    },
    async close() {
      stop.abort()
      await running
      await db.close()
    },
  }
}

let chain: Chain | undefined
let cpuBefore = process.cpuUsage()
let connection: NatsConnection | undefined

serveParent(async (message) => {
  if (message['do'] === 'start') {
    connection = await connect({ servers: String(message['url']) })
    await ensureDeclared(await connection.jetstreamManager(), STREAM)
    const leavers = Array.isArray(message['leavers']) ? new Set(message['leavers'] as string[]) : undefined
    chain = message['mode'] === 'raw' ? await startRaw(connection, String(message['folder'])) : await startOurs(connection, String(message['folder']), Number(message['devices']), leavers === undefined ? benchPolicies(Date.now()) : [leaversPolicy(leavers, Date.now())])
    cpuBefore = process.cpuUsage()
    return { started: true }
  }
  if (message['do'] === 'finished' && chain !== undefined) {
    const result = await chain.finished(Number(message['expected']))
    return { ...result, cpuSecs: cpuSecs(cpuBefore) }
  }
  await chain?.close()
  await connection?.close()
  return { closed: true }
})
