// Random lives of a spool against a model of three lines: a number is held, acknowledged, or covered by a gap record.
import { mkdir, rm } from 'node:fs/promises'
import { MAX_ACTIVITY_BYTES } from '@holdfast/proto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RECORD_OVERHEAD_BYTES } from './format.ts'
import { MIN_SPOOL_BYTES, openSpool, type Spool } from './spool.ts'
import { bodyOf, contents, copySpool, quiet, temporaryFolder } from './testing.ts'

interface Model {
  lastSeq: number
  ackedSeq: number
  maxBytes: number
  readonly held: Map<number, Uint8Array>
  readonly dropped: Set<number>
}

interface World {
  spool: Spool
  readonly model: Model
  readonly base: string
  life: number
}

type Step = (world: World) => Promise<void>

const folderOf = (world: World): string => `${world.base}/life-${world.life}`
const openLife = (world: World): Promise<Spool> => openSpool({ folder: folderOf(world), maxBytes: world.model.maxBytes, now: () => 1_700_000_000_000, log: quiet })

function dropOldest(model: Model): void {
  let bytes = [...model.held.values()].reduce((sum, body) => sum + body.length + RECORD_OVERHEAD_BYTES, 0)
  for (const [seq, body] of model.held) {
    if (bytes <= model.maxBytes) return
    model.held.delete(seq)
    model.dropped.add(seq)
    bytes -= body.length + RECORD_OVERHEAD_BYTES
  }
}

const append = (sizes: readonly number[]): Step => async ({ spool, model }) => {
  const bodies = sizes.map((size, index) => bodyOf(model.lastSeq + index, size))
  const seqs = await Promise.all(bodies.map((body) => spool.append(body)))
  expect(seqs).toEqual(bodies.map((_, index) => model.lastSeq + index + 1))
  for (const body of bodies) model.held.set((model.lastSeq += 1), body)
  dropOldest(model)
}
const trim = (share: number): Step => async ({ spool, model }) => {
  const seq = Math.floor(share * model.lastSeq)
  await spool.trim(spool.epoch, seq)
  model.ackedSeq = Math.max(model.ackedSeq, seq)
  for (const held of model.held.keys()) if (held <= seq) model.held.delete(held)
}
const cap = (maxBytes: number): Step => async ({ spool, model }) => {
  await spool.setMaxBytes(maxBytes)
  model.maxBytes = maxBytes
  dropOldest(model)
}
const reopen: Step = async (world) => {
  await world.spool.close()
  world.spool = await openLife(world)
}
/** The process is gone, its files are not: what a kill between two commits leaves. */
const crash: Step = async (world) => {
  const before = folderOf(world)
  world.life += 1
  await mkdir(folderOf(world), { recursive: true })
  await copySpool(before, folderOf(world))
  await world.spool.close()
  await rm(before, { recursive: true })
  world.spool = await openLife(world)
}
const forget: Step = async ({ spool }) => {
  await spool.trim('f'.repeat(32), 1000)
}

const steps = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.integer({ min: 1, max: MAX_ACTIVITY_BYTES }), { minLength: 1, maxLength: 12 }).map(append) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map(trim) },
  { weight: 2, arbitrary: fc.integer({ min: MIN_SPOOL_BYTES, max: 3 * MIN_SPOOL_BYTES }).map(cap) },
  { weight: 1, arbitrary: fc.constant(reopen) },
  { weight: 2, arbitrary: fc.constant(crash) },
  { weight: 1, arbitrary: fc.constant(forget) },
)

async function compare({ spool, model }: World): Promise<void> {
  const held = await contents(spool)
  expect([...held.keys()]).toEqual([...model.held.keys()].map((seq) => `${spool.epoch} ${seq}`))
  for (const [seq, body] of model.held) expect(Buffer.compare(held.get(`${spool.epoch} ${seq}`) ?? Buffer.alloc(0), body)).toBe(0)
  const gaps = await spool.gaps()
  const covered = (seq: number) => gaps.some((gap) => gap.firstSeq <= seq && seq <= gap.lastSeq)
  expect([...model.dropped].filter((seq) => seq > model.ackedSeq && !covered(seq))).toEqual([])
  expect([...model.held.keys()].filter(covered)).toEqual([])
  expect(spool.figures()).toMatchObject({
    lastSeq: model.lastSeq, ackedSeq: model.ackedSeq, maxBytes: model.maxBytes, dropped: model.dropped.size,
    bytes: [...model.held.values()].reduce((sum, body) => sum + body.length + RECORD_OVERHEAD_BYTES, 0),
  })
}

describe('any life of a spool', () => {
  it('holds, acknowledges or explains every number that it gave', { timeout: 120_000 }, async () => {
    const result = await fc.check(
      fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 20 }), async (life) => {
        const folder = await temporaryFolder()
        const world: World = { base: folder.path, life: 0, model: { lastSeq: 0, ackedSeq: 0, maxBytes: 2 * MIN_SPOOL_BYTES, held: new Map(), dropped: new Set() }, spool: undefined as unknown as Spool }
        world.spool = await openLife(world)
        try {
          for (const step of life) {
            await step(world)
            await compare(world)
          }
        } finally {
          await world.spool.close()
          await folder.remove()
        }
      }),
      { numRuns: 40 },
    )
    // The report holds the shortest life that fails.
    expect(fc.defaultReportMessage(result)).toBeUndefined()
  })
})
