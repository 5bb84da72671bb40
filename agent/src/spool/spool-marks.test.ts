// Marks of risky activities through random lives of a spool: what is marked and held is known, whatever happened between.
import { mkdir } from 'node:fs/promises'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connection.ts'
import { MIN_SPOOL_BYTES, openSpool, type Spool } from './spool.ts'
import { copySpool, quiet, temporaryFolder } from './testing.ts'

vi.setConfig({ testTimeout: 60_000 })

let base: string
let remove: () => Promise<void>
beforeEach(async () => {
  const folder = await temporaryFolder()
  base = folder.path
  remove = () => folder.remove()
})
afterEach(() => remove())

const open = (folder: string, maxBytes = 1 << 26): Promise<Spool> => openSpool({ folder, maxBytes, now: () => 1_700_000_000_000, log: quiet })

type Step = { readonly kind: 'append'; readonly ranks: readonly number[] } | { readonly kind: 'trim'; readonly share: number } | { readonly kind: 'reopen' } | { readonly kind: 'crash' }

const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('append' as const), ranks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('trim' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
), { minLength: 1, maxLength: 15 })

describe('marks', () => {
  it('are there for what is held, and only for that, after any life', async () => {
    let life = 0
    await fc.assert(fc.asyncProperty(steps, async (plan) => {
      life += 1
      let folder = `${base}/life-${life}`
      let spool = await open(folder)
      const held = new Map<number, number>()
      let lastSeq = 0
      let acked = 0
      for (const [index, step] of plan.entries()) {
        if (step.kind === 'append') {
          await Promise.all(step.ranks.map((rank) => spool.append(Buffer.from('x'), rank)))
          for (const rank of step.ranks) held.set((lastSeq += 1), rank)
        } else if (step.kind === 'trim') {
          acked = Math.max(acked, Math.floor(step.share * lastSeq))
          await spool.trim(spool.epoch, acked)
        } else {
          if (step.kind === 'crash') {
            // As if the machine had stopped here: the files as they are, under another name.
            const next = `${base}/life-${life}-${index}`
            await mkdir(next, { mode: 0o700 })
            await copySpool(folder, next)
            await spool.close()
            folder = next
          } else await spool.close()
          spool = await open(folder)
        }
        expect(spool.marked(0)).toEqual([...held].filter(([seq, rank]) => seq > acked && rank > 0).map(([seq, rank]) => ({ seq, rank })))
        expect(spool.marked(lastSeq - 3)).toEqual(spool.marked(0).filter(({ seq }) => seq > lastSeq - 3))
      }
      await spool.close()
    }), { numRuns: 25 })
  })

  it('of what a full spool dropped are not asked for twice, and a spool without their table gets it', async () => {
    const folder = `${base}/full`
    const spool = await open(folder, MIN_SPOOL_BYTES)
    const [first] = await Promise.all([spool.append(Buffer.from('x'), 3), spool.append(Buffer.alloc(60_000), 0)])
    for (let index = 0; index < 20; index += 1) await spool.append(Buffer.alloc(60_000), 0)
    expect(spool.figures().dropped).toBeGreaterThan(0)
    const run = await spool.read(first, { maxActivities: 1, maxBytes: 1 << 20 })
    expect(run?.firstSeq).toBeGreaterThan(first)
    await spool.close()
    const db = await connect(`${folder}/spool.db`, 'write')
    await db.exec('DROP TABLE first')
    await db.close()
    const again = await open(folder)
    expect(again.marked(0)).toEqual([])
    const seq = await again.append(Buffer.from('y'), 2)
    expect(again.marked(0)).toEqual([{ seq, rank: 2 }])
    await again.close()
  })
})
