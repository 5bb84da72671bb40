import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { createRestoredGaps } from './restored-gaps.ts'

const EPOCH = 'ab'.repeat(16)
const DEVICE = 'd_0123456789abcdefghijkl'
let folder: string
let store: Store
let due: (() => void)[]
let recorded: number

const gaps = () =>
  createRestoredGaps({
    watermark: (device, epoch) => store.watermark(device, epoch), now: () => 1_800_000_000_000, later: (work) => void due.push(work), log: { warn() {}, error() {} },
    record: async (run) => {
      await store.write((tx) => tx.ingest([run], () => [], (a) => a))
      recorded += 1
    },
  })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-gaps-'))
  store = await openSqliteStore({ path: join(folder, 'holdfast.db') })
  await store.write((tx) => tx.saveDevice({ id: DEVICE, hostname: 'h', os: 'linux', group: 'default', hardwareId: 'a'.repeat(64), publicKey: 'U', status: 'active', enrolledAtMs: 1 }))
  due = []
  recorded = 0
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const settled = async (): Promise<void> => {
  for (const work of due.splice(0)) work()
  // Everything that was begun goes through the one writer, so an empty transaction after it has seen it.
  await store.watermark(DEVICE, EPOCH)
  await store.write(async () => {})
  await store.write(async () => {})
}

it('writes down what a restored store lacks and the device holds no more, and the watermark moves on', async () => {
  gaps().seen(DEVICE, EPOCH, 51, 0)
  await expect.poll(async () => {
    await settled()
    return store.watermark(DEVICE, EPOCH)
  }).toBe(50)
  expect(await store.ledger(DEVICE)).toEqual([{ epoch: EPOCH, firstSeq: 1, lastSeq: 50, kind: 'gap', reason: 'collector_restored' }])
})

it('leaves a hole alone that the device explained meanwhile with a gap record of its own', async () => {
  gaps().seen(DEVICE, EPOCH, 51, 0)
  await store.write((tx) => tx.ingest([{ deviceId: DEVICE, epoch: EPOCH, firstSeq: 0, activities: [], gaps: [{ epoch: EPOCH, firstSeq: 1, lastSeq: 50, reason: 'spool_full', atMs: 1 }], receivedAtMs: 2 }], () => [], (a) => a))
  await settled()
  expect((await store.ledger(DEVICE)).map((row) => row.reason)).toEqual(['spool_full'])
  expect(recorded).toBe(0)
})

it('waits once for each spool, and not at all where nothing is missing', () => {
  const both = gaps()
  both.seen(DEVICE, EPOCH, 51, 50)
  both.seen(DEVICE, EPOCH, 1, 0)
  expect(due).toHaveLength(0)
  both.seen(DEVICE, EPOCH, 60, 0)
  both.seen(DEVICE, EPOCH, 60, 0)
  expect(due).toHaveLength(1)
})
