// usage: pnpm fault [name...] [--short] [--seed N] [--json] [--list] [--help]
//
//   name      F-01, or its name such as agent-killed; none: all
//   --short   small counts and the faults that CI runs, or those that are named; without it everything, about an hour
//   --jobs N  so many faults at a time (2 in a short run, 1 in a full one); faults that measure time run alone
//   --seed N  replays: the same seed gives the same faults at the same times (printed at the start)
//   --json    print the summary indented as well-formed JSON on stdout only; progress goes to stderr either way
//   --list    the faults, what each does and what must hold
//   mutants [name...]   instead: makes one mistake at a time in a copy of the tree, and a test must turn red
//
// The last line on stdout is {"passed":n,"failed":n,"leftOut":n,"faults":[{"id","ok","seconds","figures","why"?,"leftOut"?}]}. Exit code 1 when
// one failed, 2 for wrong use. Everything listens on loopback, works in temporary folders, and ends by process id.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seeded } from '../support/random.ts'
import { hasPostgres } from '@holdfast/collector/testing/postgres-server.ts'
import { endEverything, run } from '../support/own-processes.ts'
import { mayTrace } from './crash-states.ts'
import type { Fault, Figures } from './fault.ts'
import { mutants, runMutants } from './mutants.ts'
import { faults } from './table.ts'
import { PRIVATE_MOUNTS } from './volume.ts'

interface Outcome {
  readonly id: string
  readonly name: string
  readonly ok: boolean
  /** Why it did not run. */
  readonly leftOut?: string
  readonly seconds: number
  readonly figures: Figures
  readonly why?: string
}

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function usage(): Promise<string> {
  const text = await readFile(import.meta.filename, 'utf8')
  return text.split('\n').filter((line, index, all) => line.startsWith('//') && index < all.findIndex((other) => !other.startsWith('//'))).map((line) => line.slice(3)).join('\n')
}

/** Also where paths are longer than a path may be: the system's own rm goes step by step. */
async function removeFolder(folder: string): Promise<void> {
  await run('rm', ['-rf', '--one-file-system', folder])
}

/** A seed of its own for each fault, so that one can be replayed without the others. */
const seedFor = (seed: number, id: string): number => id.split('').reduce((mixed, letter) => Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193) >>> 0, seed >>> 0)

async function runOne(fault: Fault, options: { readonly seed: number; readonly short: boolean; readonly stop: AbortSignal }): Promise<Outcome> {
  const begun = Date.now()
  const folder = await mkdtemp(join(tmpdir(), `holdfast-fault-${fault.name}-`))
  const cleanUps: (() => Promise<void> | void)[] = [() => removeFolder(folder)]
  const figures: Figures = {}
  const explanations: (() => string)[] = []
  const limit = options.short ? fault.limitSecs.short : fault.limitSecs.full
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new Error(`not over after ${limit} s`)), limit * 1000)
  const signal = AbortSignal.any([over.signal, options.stop])
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))
  aborted.catch(() => {})
  let why: string | undefined
  try {
    signal.throwIfAborted()
    await Promise.race([aborted, fault.run({
      seed: options.seed, random: seeded(seedFor(options.seed, fault.id)), short: options.short, count: (short, full) => (options.short ? short : full), say: (line) => say(`  ${fault.id}  ${line}`),
      signal, folder, defer: (cleanUp) => void cleanUps.push(cleanUp), explain: (words) => void explanations.push(words), figures,
    })])
  } catch (error) {
    why = error instanceof Error ? (error.name === 'Broken' ? error.message : error.stack ?? error.message) : String(error)
    for (const words of explanations) say(words())
  }
  clearTimeout(timer)
  if (!over.signal.aborted) over.abort(new Error('over'))
  for (const cleanUp of cleanUps.toReversed()) await Promise.resolve().then(cleanUp).catch((error: unknown) => say(`  clean-up: ${String(error)}`))
  return { id: fault.id, name: fault.name, ok: why === undefined, seconds: Math.round((Date.now() - begun) / 100) / 10, figures, ...(why === undefined ? {} : { why }) }
}

/** What a fault needs and this machine does not give. */
const lackOf = (fault: Fault): string | undefined => fault.needs?.flatMap((need) => (need === 'strace' ? (mayTrace() ? [] : ['strace, and leave to trace']) : need === 'postgres' ? (hasPostgres ? [] : ['the programs of PostgreSQL']) : process.env[PRIVATE_MOUNTS] === '1' ? [] : ['root, and mounts of its own (unshare)']))[0]

function choose(names: readonly string[], short: boolean): readonly Fault[] {
  if (names.length === 0) return faults.filter((fault) => !(short && fault.isLong === true))
  return names.map((name) => {
    const found = faults.find((fault) => fault.id.toLowerCase() === name.toLowerCase() || fault.name === name)
    if (found === undefined) throw new Error(`there is no fault "${name}"; known are ${faults.map((fault) => `${fault.id} (${fault.name})`).join(', ')}`)
    return found
  })
}

async function main(): Promise<number> {
  let parsed
  let chosen: readonly Fault[]
  let seed: number
  let jobs: number
  try {
    parsed = parseArgs({ allowPositionals: true, options: { short: { type: 'boolean' }, jobs: { type: 'string' }, json: { type: 'boolean' }, list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, seed: { type: 'string' } } })
    if (parsed.positionals[0] === 'mutants') {
      for (const { name, mistake } of parsed.values.list === true ? mutants : []) process.stdout.write(`${name}: ${mistake}\n`)
      return parsed.values.list === true ? 0 : await runMutants(parsed.positionals.slice(1), say)
    }
    chosen = choose(parsed.positionals, parsed.values.short === true && parsed.values.list !== true)
    seed = parsed.values.seed === undefined ? Date.now() % 1_000_000 : Number(parsed.values.seed)
    jobs = Number(parsed.values.jobs ?? (parsed.values.short === true ? 2 : 1))
    if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed must be a whole number')
    if (!Number.isSafeInteger(jobs) || jobs < 1) throw new Error('--jobs must be a whole number from 1')
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${await usage()}`)
    return 2
  }
  const { values } = parsed
  if (values.help === true) {
    process.stdout.write(`${await usage()}\n`)
    return 0
  }
  if (values.list === true) {
    for (const fault of chosen) process.stdout.write(`${fault.id}  ${fault.name}: ${fault.title}\n      does   ${fault.does}\n      holds  ${fault.oracle}\n`)
    return 0
  }

  const short = values.short === true
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort(new Error('stopped by a signal')))
  say(`seed ${seed}${short ? ', short run' : ''}; replay with: pnpm fault${chosen.length === faults.length ? '' : ` ${chosen.map((fault) => fault.id).join(' ')}`}${short ? ' --short' : ''} --seed ${seed}`)
  const outcomes: Outcome[] = []
  const waiting = [...chosen]
  const work = async (mayRun: (fault: Fault) => boolean): Promise<void> => {
    for (let at = waiting.findIndex(mayRun); at >= 0 && !stop.signal.aborted; at = waiting.findIndex(mayRun)) {
      const [fault] = waiting.splice(at, 1)
      if (fault === undefined) return
      const lack = lackOf(fault)
      if (lack !== undefined) {
        outcomes.push({ id: fault.id, name: fault.name, ok: true, leftOut: lack, seconds: 0, figures: {} })
        say(`${fault.id}  left out: it needs ${lack}`)
        continue
      }
      say(`${fault.id}  ${fault.title}`)
      const outcome = await runOne(fault, { seed, short, stop: stop.signal })
      outcomes.push(outcome)
      say(`${fault.id}  ${outcome.ok ? 'holds' : 'BROKEN'} after ${outcome.seconds} s  ${JSON.stringify(outcome.figures)}${outcome.why === undefined ? '' : `\n${outcome.why}`}`)
    }
  }
  await Promise.all(Array.from({ length: jobs }, () => work((fault) => fault.alone !== true)))
  await work(() => true)
  await endEverything()
  outcomes.sort((a, b) => (a.id < b.id ? -1 : 1))
  const failed = outcomes.filter((outcome) => !outcome.ok).length
  const leftOut = outcomes.filter((outcome) => outcome.leftOut !== undefined).length
  const summary = { passed: outcomes.length - failed - leftOut, failed, leftOut, seed, short, faults: outcomes }
  process.stdout.write(`${JSON.stringify(summary)}\n`)
  return failed === 0 && !stop.signal.aborted ? 0 : 1
}

/** The same command once more, with mounts that nobody else sees and that end with it; the exit code, or undefined where that cannot be had. */
function withMountsOfItsOwn(): number | undefined {
  if (process.env[PRIVATE_MOUNTS] !== undefined || process.getuid?.() !== 0 || spawnSync('unshare', ['-m', 'true']).status !== 0) return undefined
  process.env[PRIVATE_MOUNTS] = '1'
  // This process becomes the other one: signals and its id stay.
  process.execve?.('/usr/bin/unshare', ['unshare', '-m', '--propagation', 'private', '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)], process.env)
  return undefined
}

process.exit(withMountsOfItsOwn() ?? (await main()))
