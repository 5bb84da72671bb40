// The kept corpus and a few hundred inputs of every target that runs in this process. `pnpm fuzz` is the long form.
import { describe, expect, it } from 'vitest'
import { corpusOf, fuzz } from './engine.ts'
import { mutate } from './mutate.ts'
import { localTargets, targets } from './table.ts'
import { Broken, type FuzzTarget } from './target.ts'
import { seeded } from '../support/random.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One seed for every run: what fails here fails again. Other seeds are for the long form. */
const SEED = 20_260_302
const CASES = 30

describe('whatever comes from outside', () => {
  it.each(localTargets.map((target) => [target.name, target] as const))('%s: what must hold holds for the corpus and for inputs that nobody sends', async (_, target) => {
    const { findings, cases, corpus } = await fuzz(target, { seed: SEED, cases: CASES })
    expect(findings.map(({ why, input }) => `${why}\n${JSON.stringify(input.toString('latin1').slice(0, 500))}`)).toEqual([])
    expect(cases).toBe(CASES)
    expect(corpus).toBeGreaterThan(0)
  })
})

describe('the machine that looks for them', () => {
  const target = (run: FuzzTarget['open']): FuzzTarget => ({ name: 'none', title: '', oracle: '', maxBytes: 200, seeds: () => [Buffer.from('{"a":[1,2,3],"name":"abc"}')], words: ['magic'], open: run })

  it('finds what breaks, cuts it down, and tells the same fault once', async () => {
    const { findings } = await fuzz(target(() => ({ run(input) { if (input.includes('magic')) throw new Broken(`magic at ${input.indexOf('magic')}`) } })), { seed: 1, cases: 2000 })
    expect(findings.map(({ input }) => input.toString())).toEqual(['magic'])
  })
  it('takes what is thrown and no fault of the target as a finding, each place of the code once', async () => {
    const { findings } = await fuzz(target(() => ({ run: (input) => void JSON.parse(input.toString()) })), { seed: 1, cases: 500 })
    expect(findings).toHaveLength(1)
    expect(findings[0]?.why).toContain('SyntaxError')
  })
  it('makes the same inputs from the same seed, and others from another one', () => {
    const made = (seed: number) => {
      const random = seeded(seed)
      return Array.from({ length: 50 }, () => mutate([Buffer.from('a,b\n1,2')], random, ['word'], 100).toString('hex'))
    }
    expect(made(4)).toEqual(made(4))
    expect(made(4)).not.toEqual(made(5))
  })
  it('reaches more when it looks at what is reached', async () => {
    const { kept } = await fuzz(localTargets.find(({ name }) => name === 'path-patterns') as FuzzTarget, { seed: 1, cases: 96, guided: true })
    expect(kept).toBeGreaterThan(0)
  })
  it('has every folder of the corpus under the name of a target', () => {
    const folders = readdirSync(join(import.meta.dirname, 'corpus'))
    expect(folders.filter((name) => !targets.some((one) => one.name === name))).toEqual([])
    for (const folder of folders) expect(corpusOf(folder).filter(({ input }) => input.length > 64 * 1024)).toEqual([])
  })
})
