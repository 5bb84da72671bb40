// Gives a target one input after the other: first the whole corpus, then what a grammar makes and what changes of both make.
//
// Guided, an input that reaches code which none before it reached joins those that are changed further. What is found is cut
// down while it still breaks in the same way, and written into the corpus, from where every later run begins with it.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { seeded } from '../support/random.ts'
import { type Coverage, startCoverage } from './coverage.ts'
import { mutate } from './mutate.ts'
import { Broken, type FuzzTarget, type OpenTarget } from './target.ts'

/** Inputs between two looks at what was reached. */
const GROUP = 48
const MADE_AT_ONCE = 64
const MINIMISING_TRIES = 600
const MINIMISING_MS = 10_000
const DEFAULT_LIMIT_MS = 2000
/** Different findings after which a run ends: the rest is likely the same. */
const MOST_FINDINGS = 5
/** Longest input that is kept because of what it reaches. */
const KEPT_BYTES = 4096

export const corpusFolder = join(import.meta.dirname, 'corpus')

export interface Finding {
  /** Name in the corpus; absent when nothing is written. */
  readonly file?: string
  readonly input: Buffer
  readonly why: string
}

export interface FuzzOutcome {
  readonly target: string
  readonly seed: number
  /** Inputs of the corpus and seeds of the target. */
  readonly corpus: number
  readonly cases: number
  readonly seconds: number
  /** Inputs that reached something new. */
  readonly kept: number
  readonly findings: readonly Finding[]
}

export interface FuzzOptions {
  readonly seed: number
  /** Ends after so many made inputs, or so long. */
  readonly cases?: number
  readonly forMs?: number
  readonly guided?: boolean
  /** Findings go into the corpus. */
  readonly save?: boolean
  /** So does what reaches new code. */
  readonly keep?: boolean
  readonly signal?: AbortSignal
}

/** What is in the corpus of a target, by file name. */
export function corpusOf(name: string): readonly { readonly file: string; readonly input: Buffer }[] {
  const folder = join(corpusFolder, name)
  let files: readonly string[]
  try {
    files = readdirSync(folder).toSorted()
  } catch {
    // None has been kept yet.
    return []
  }
  return files.map((file) => ({ file, input: readFileSync(join(folder, file)) }))
}

function write(target: string, prefix: string, input: Buffer): string {
  const file = `${prefix}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`
  mkdirSync(join(corpusFolder, target), { recursive: true })
  writeFileSync(join(corpusFolder, target, file), input)
  return file
}

/** What breaks, told apart by its kind and place and not by the input that is named in it. */
function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Broken) return `Broken: ${error.message.replaceAll(/["'`].*?["'`]|\d+/gs, '·')}`
  const frame = error.stack?.split('\n').find((line) => line.includes('/src/')) ?? ''
  return `${error.name} ${frame.trim()}`
}

/** Undefined when all that must hold holds. */
async function verdict(open: OpenTarget, input: Buffer, limitMs: number): Promise<unknown> {
  // Processor time of this thread: others may have the machine.
  const begun = process.threadCpuUsage()
  try {
    await open.run(input)
  } catch (error) {
    return error ?? new Broken('it threw nothing')
  }
  const { user, system } = process.threadCpuUsage(begun)
  const took = (user + system) / 1000
  return took > limitMs ? new Broken(`it took ${Math.round(took)} ms`) : undefined
}

/** A slow machine is no finding: what is too slow must be so again. */
async function examine(open: OpenTarget, input: Buffer, limitMs: number): Promise<unknown> {
  const first = await verdict(open, input, limitMs)
  return first instanceof Broken && first.message.startsWith('it took') ? verdict(open, input, limitMs) : first
}

async function minimise(open: OpenTarget, input: Buffer, signature: string, limitMs: number, tries: number): Promise<Buffer> {
  let best = input
  let left = tries
  const until = performance.now() + MINIMISING_MS
  for (let size = Math.ceil(best.length / 2); size >= 1 && left > 0 && performance.now() < until; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.length && left > 0 && performance.now() < until; left -= 1) {
      const shorter = Buffer.concat([best.subarray(0, from), best.subarray(from + size)])
      const error = await verdict(open, shorter, limitMs)
      if (error !== undefined && signatureOf(error) === signature) best = shorter
      else from += size
    }
  }
  return best
}

/** Which inputs of a group reached what none had: by halves, for a look costs more than an input. */
async function attribute(open: OpenTarget, coverage: Coverage, group: readonly Buffer[], fresh: Set<string>): Promise<readonly Buffer[]> {
  if (group.length === 1) {
    for (const part of await reach(open, coverage, group)) fresh.delete(part)
    return group
  }
  const found: Buffer[] = []
  const middle = group.length >> 1
  for (const half of [group.slice(0, middle), group.slice(middle)]) {
    if (fresh.size > 0 && (await reach(open, coverage, half)).some((part) => fresh.has(part))) found.push(...(await attribute(open, coverage, half, fresh)))
  }
  return found
}

async function reach(open: OpenTarget, coverage: Coverage, group: readonly Buffer[]): Promise<readonly string[]> {
  coverage.take()
  for (const input of group) await Promise.resolve(open.run(input)).catch(() => {})
  return coverage.take()
}

/**
 * Runs one target.
 *
 * @returns what was found; never throws for what an input does
 */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzOutcome> {
  const { seed, cases: most = Infinity, forMs = Infinity, signal } = options
  const random = seeded(seed)
  const limitMs = target.limitMs ?? DEFAULT_LIMIT_MS
  const stored = corpusOf(target.name)
  const pool = [...stored.map(({ input }) => input), ...(await target.seeds()).map((bytes) => Buffer.from(bytes))]
  if (pool.length === 0) pool.push(Buffer.alloc(0))
  const corpus = pool.length
  const grammar = typeof target.made === 'function' ? await target.made() : target.made
  const open = await target.open(seed)
  // What opening took is no time of looking.
  const begun = performance.now()
  const coverage = options.guided === true && target.isRemote === undefined ? startCoverage() : undefined
  const reached = new Set<string>()
  const findings = new Map<string, Finding>()
  let cases = 0
  let kept = 0
  let made: Buffer[] = []

  const next = (): Buffer => {
    if (grammar === undefined || random.next() < (target.isRemote === true ? 0.2 : 0.6)) return mutate(pool, random, target.words ?? [], target.maxBytes)
    if (made.length === 0) made = fc.sample(grammar, { numRuns: MADE_AT_ONCE, seed: random.between(0, 2 ** 31 - 1) }).map((bytes) => Buffer.from(bytes).subarray(0, target.maxBytes))
    const one = made.pop() ?? Buffer.alloc(0)
    return random.next() < 0.3 ? mutate([one, ...pool.slice(0, 8)], random, target.words ?? [], target.maxBytes) : one
  }
  const give = async (input: Buffer): Promise<boolean> => {
    const error = await examine(open, input, limitMs)
    if (error === undefined) return true
    const signature = signatureOf(error)
    if (findings.has(signature)) return false
    const least = await minimise(open, input, signature, limitMs, target.isRemote === true ? 40 : MINIMISING_TRIES)
    findings.set(signature, { input: least, why: error instanceof Error ? (error instanceof Broken ? error.message : error.stack ?? error.message) : signature, ...(options.save === true ? { file: write(target.name, 'found', least) } : {}) })
    return false
  }
  const over = (): boolean => cases >= most || performance.now() - begun >= forMs || findings.size >= MOST_FINDINGS || signal?.aborted === true

  try {
    for (const input of pool) await give(input)
    for (const part of coverage?.take() ?? []) reached.add(part)
    while (!over()) {
      const group: Buffer[] = []
      while (group.length < GROUP && !over()) {
        const input = next()
        cases += 1
        if (await give(input)) group.push(input)
      }
      if (coverage === undefined || group.length === 0) continue
      const fresh = new Set(coverage.take().filter((part) => !reached.has(part)))
      if (fresh.size === 0) continue
      for (const part of fresh) reached.add(part)
      for (const input of await attribute(open, coverage, group, fresh)) {
        pool.push(input)
        kept += 1
        if (options.keep === true && input.length <= KEPT_BYTES) write(target.name, 'reached', input)
      }
      coverage.take()
    }
  } finally {
    coverage?.stop()
    await open.close?.()
  }
  return { target: target.name, seed, corpus, cases, seconds: Math.round((performance.now() - begun) / 100) / 10, kept, findings: [...findings.values()] }
}
