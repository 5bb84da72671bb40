// The collector's ingest into a real store, one batch after the other, saying what it acknowledged and told, for faults
// that record its calls.
//
//   store-life.ts FOLDER --batches N [--seed N]
//
//   ack DEVICE NUMBER           the stream was told that the batch is safe; its last activity has this number
//   watermark DEVICE NUMBER     the device was told so
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BusMessage } from '@holdfast/collector/bus/contract.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { createIngest } from '@holdfast/collector/ingest/ingest.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { buildDevice } from '@holdfast/collector/testing/builders.ts'
import { createFakeBus } from '@holdfast/collector/testing/fake-bus.ts'
import { wire } from '@holdfast/proto'
import { seeded } from '../support/random.ts'
import { issueActivity } from './activities.ts'

export const STORE_BASE_MS = 1_760_000_000_000
export const storeDevices = ['d_0', 'd_1', 'd_2'] as const
export const storeEpoch = (device: number): string => String(device + 1).repeat(32)

async function live(): Promise<void> {
  const { values, positionals: [folder = ''] } = parseArgs({ allowPositionals: true, options: { batches: { type: 'string' }, seed: { type: 'string' } } })
  const random = seeded(Number(values.seed ?? 1))
  const say = (line: string): void => void writeSync(1, `${line}\n`)
  const store = await openSqliteStore({ path: join(folder, 'holdfast.db') })
  await store.write(async (tx) => {
    for (const [index, id] of storeDevices.entries()) await tx.saveDevice(buildDevice({ id, hardwareId: String(index).repeat(64) }))
  })
  say('ready')
  const bus = createFakeBus()
  const lastOf = (data: Uint8Array): number => {
    const { firstSeq, activities } = wire.ActivityBatch.decode(data)
    return firstSeq + activities.length - 1
  }
  const telling = {
    ...bus,
    consumeActivity: (handle: (messages: readonly BusMessage[]) => Promise<void>, signal: AbortSignal) => bus.consumeActivity(async (messages) => handle(messages.map((message): BusMessage => ({
      ...message,
      ack() {
        say(`ack ${message.deviceId} ${lastOf(message.data)}`)
        message.ack()
      },
    }))), signal),
    publishDown(deviceId: string, data: Uint8Array) {
      const { watermark } = wire.Down.decode(data)
      say(`watermark ${deviceId} ${watermark?.committedSeq ?? 0}`)
    },
  }
  const ingest = createIngest({ store, bus: telling, count: countInsights, merge: mergeInsights, now: () => STORE_BASE_MS + 3_600_000, log: { warn: () => {}, error: (fields) => void writeSync(2, `${JSON.stringify(fields)}\n`) }, onUsers: () => {} })
  await ingest.run(new AbortController().signal)
  const next = storeDevices.map(() => 1)
  for (let batch = 0; batch < Number(values.batches ?? 10); batch += 1) {
    const messages = random.between(1, 3)
    for (let message = 0; message < messages; message += 1) {
      const device = random.between(0, storeDevices.length - 1)
      const firstSeq = next[device] ?? 1
      const count = random.between(1, 20)
      next[device] = firstSeq + count
      bus.publish(storeDevices[device] ?? '', wire.ActivityBatch.encode({ epoch: storeEpoch(device), firstSeq, activities: Array.from({ length: count }, (_, index) => issueActivity({ agent: device, number: firstSeq + index }, STORE_BASE_MS)) }).finish())
    }
    await bus.deliver(3)
  }
  await store.close()
}

if (import.meta.main) await live()
