// Devices of the ingest bench: batches encoded beforehand, published with acknowledgements, a bounded number in flight.
import { activitySubject } from '@holdfast/proto'
import { connect } from 'nats'
import { serveParent } from './processes.ts'
import { type DeviceBatch, deviceBatches } from './workload.ts'

const IN_FLIGHT = 32

let batches: readonly DeviceBatch[] = []

async function publish(url: string): Promise<object> {
  const connection = await connect({ servers: url })
  const jetstream = connection.jetstream({ timeout: 30_000 })
  const cpuBefore = process.cpuUsage()
  const startedAtMs = performance.timeOrigin + performance.now()
  const flying = new Set<Promise<unknown>>()
  for (const { deviceId, payload } of batches) {
    if (flying.size >= IN_FLIGHT) await Promise.race(flying)
    const acked: Promise<unknown> = jetstream.publish(activitySubject(deviceId), payload).finally(() => flying.delete(acked))
    flying.add(acked)
  }
  await Promise.all(flying)
  const endedAtMs = performance.timeOrigin + performance.now()
  const cpu = process.cpuUsage(cpuBefore)
  await connection.close()
  return { startedAtMs, endedAtMs, cpuSecs: (cpu.user + cpu.system) / 1e6 }
}

serveParent(async (message) => {
  if (message['do'] === 'publish') return publish(String(message['url']))
  const { seed, devices, activities, perBatch } = message as unknown as { seed: number; devices: number; activities: number; perBatch: number }
  batches = deviceBatches({ seed, devices, activities, perBatch, startMs: Date.now() - activities })
  return { batches: batches.length, bytes: batches.reduce((sum, batch) => sum + batch.payload.length, 0), activities: batches.reduce((sum, batch) => sum + batch.activities, 0) }
})
