// W4: the leavers' hour as bad lines deliver it, into a real store: batches late, twice, and again after each reconnect.
import { createEvaluation } from '@holdfast/collector/evaluation/evaluation.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { createIngest } from '@holdfast/collector/ingest/ingest.ts'
import { createFakeBus } from '@holdfast/collector/testing/fake-bus.ts'
import { buildDevice } from '@holdfast/collector/testing/builders.ts'
import { openTemporaryStore } from '@holdfast/collector/testing/temporary-store.ts'
import { leaversHour, leaversPolicy, leaversStartMs, WINDOW_MS } from './leavers.ts'
import { serveParent } from './processes.ts'
import { seeded } from './workload.ts'

const DUPLICATED = 0.01
const DELAYED = 0.05
const LONGEST_DELAY_MS = 600_000
const RECONNECTS = 3
/** Batches that an agent sends again after a reconnect: it did not hear of them. */
const RESENT = 3
const DELIVER_EVERY = 200
const EVALUATE_EVERY = 2000

serveParent(async (message) => {
  const nowMs = leaversStartMs(Date.now()) + WINDOW_MS
  const hour = leaversHour({ seed: Number(message['seed']), activities: Number(message['activities']), users: Number(message['users']), startMs: leaversStartMs(Date.now()), perBatch: 100 })
  const random = seeded(Number(message['seed']) + 1)
  const byDevice = Map.groupBy(hour.batches, (batch) => batch.deviceId)
  const atMs = new Map(hour.batches.map((batch, index) => [batch, (index / hour.batches.length) * WINDOW_MS]))
  const sent = [...byDevice.values()].flatMap((batches) => {
    const again = Array.from({ length: RECONNECTS }, () => Math.floor(random() * batches.length))
    return batches.flatMap((batch, index) => {
      const at = atMs.get(batch) ?? 0
      const rows = [{ batch, atMs: random() < DELAYED ? at + random() * LONGEST_DELAY_MS : at }]
      if (random() < DUPLICATED) rows.push({ batch, atMs: at + random() * LONGEST_DELAY_MS })
      if (again.some((end) => index <= end && index > end - RESENT)) rows.push({ batch, atMs: at + 1000 })
      return rows
    })
  }).toSorted((a, b) => a.atMs - b.atMs)

  const temporary = await openTemporaryStore()
  try {
    const { store } = temporary
    const policy = leaversPolicy(hour.leavers, nowMs)
    await store.write(async (tx) => {
      for (const [index, deviceId] of [...byDevice.keys()].entries()) await tx.saveDevice(buildDevice({ id: deviceId, hardwareId: String(index).padStart(64, '0') }))
      await tx.savePolicy(policy)
    })
    const bus = createFakeBus()
    const log = { warn: () => {}, error: () => {} }
    const ingest = createIngest({ store, bus, count: countInsights, merge: mergeInsights, now: () => nowMs, log, onUsers: () => {} })
    await ingest.run(new AbortController().signal)
    const created = new Map<string, number>()
    const evaluation = createEvaluation({ store, now: () => nowMs, onAlert: (alert, change) => void (change === 'created' && created.set(alert.userId, (created.get(alert.userId) ?? 0) + 1)), log })
    for (const [index, { batch }] of sent.entries()) {
      bus.publish(batch.deviceId, batch.payload)
      if ((index + 1) % DELIVER_EVERY === 0) await bus.deliver()
      if ((index + 1) % EVALUATE_EVERY === 0) await evaluation.drain()
    }
    await bus.deliver()
    await evaluation.drain()
    const users = await store.usersByIds([...created.keys()])
    return { expected: [...hour.expected.keys()], alerted: users.map((user) => user.displayName), twice: [...created.values()].filter((count) => count > 1).length, stored: ingest.counters.stored, duplicates: ingest.counters.duplicates, activities: hour.activities, batches: hour.batches.length, sent: sent.length }
  } finally {
    await temporary.remove()
  }
})
