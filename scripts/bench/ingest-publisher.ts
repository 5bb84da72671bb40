// Devices of the ingest bench: batches encoded beforehand, published with acknowledgements, a bounded number in flight.
import { setTimeout as sleep } from 'node:timers/promises'
import { activitySubject } from '@holdfast/proto'
import { connect } from 'nats'
import { leaversHour, leaversStartMs } from './leavers.ts'
import { serveParent } from './processes.ts'
import { type DeviceBatch, deviceBatches } from './workload.ts'

const IN_FLIGHT = 32
const clock = () => performance.timeOrigin + performance.now()

let batches: readonly DeviceBatch[] = []

interface Published {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly cpuSecs: number
  /** When each batch was handed over. */
  readonly publishedAtMs: readonly number[]
}

/** @param options.perSec activities a second, as fast as acknowledgements come when absent */
async function publish(options: { readonly url: string; readonly connections: number; readonly perSec: number; readonly inFlight: number }): Promise<Published> {
  const connections = await Promise.all(Array.from({ length: options.connections }, () => connect({ servers: options.url })))
  const streams = connections.map((connection) => connection.jetstream({ timeout: 30_000 }))
  const cpuBefore = process.cpuUsage()
  const startedAtMs = clock()
  const publishedAtMs: number[] = []
  const flying = new Set<Promise<unknown>>()
  let sent = 0
  for (const [index, { deviceId, payload, activities }] of batches.entries()) {
    const due = startedAtMs + (sent * 1000) / options.perSec
    if (due - clock() > 1) await sleep(due - clock())
    if (flying.size >= options.inFlight) await Promise.race(flying)
    publishedAtMs.push(clock())
    const acked: Promise<unknown> = (streams[index % streams.length] as (typeof streams)[number]).publish(activitySubject(deviceId), payload).finally(() => flying.delete(acked))
    flying.add(acked)
    sent += activities
  }
  await Promise.all(flying)
  const endedAtMs = clock()
  const { user, system } = process.cpuUsage(cpuBefore)
  await Promise.all(connections.map((connection) => connection.close()))
  return { startedAtMs, endedAtMs, cpuSecs: (user + system) / 1e6, publishedAtMs }
}

serveParent(async (message) => {
  if (message['do'] === 'publish') return publish({ url: String(message['url']), connections: Number(message['connections'] ?? 1), perSec: Number(message['perSec'] ?? Number.POSITIVE_INFINITY), inFlight: Number(message['inFlight'] ?? IN_FLIGHT) })
  const { seed, devices, activities, perBatch, users } = message as unknown as { seed: number; devices: number; activities: number; perBatch: number; users: number }
  if (message['do'] === 'prepare-leavers') {
    const hour = leaversHour({ seed, activities, users, startMs: leaversStartMs(Date.now()), perBatch: 100, leaverShare: Number(message['leaverShare']) })
    ;({ batches } = hour)
    return { activities: hour.activities, leavers: [...hour.leavers], expected: [...hour.expected] }
  }
  batches = deviceBatches({ seed, devices, activities, perBatch, startMs: Date.now() - activities })
  return { batches: batches.length, bytes: batches.reduce((sum, batch) => sum + batch.payload.length, 0), activities: batches.reduce((sum, batch) => sum + batch.activities, 0) }
})
