// usage: pnpm fuzz [target...] [--seconds N] [--cases N] [--seed S] [--keep] [--plain] [--json] [--list] [--help]
//
//   target       a name of --list; none: all, one after the other
//   --seconds N  how long each is run (30)
//   --cases N    ends each after so many inputs instead
//   --seed S     replays: the same seed and corpus make the same inputs (printed at the start); with --cases to the last one
//   --keep       inputs that reach code which none reached before go into test/fuzz/corpus, too
//   --plain      without looking at what is reached: several times as many inputs
//   --json       print the summary indented as well-formed JSON on stdout only; progress goes to stderr either way
//   --list       the targets, what each is given and what must hold
//
// What is found is cut down and written to test/fuzz/corpus/<target>/found-…: mend it, rename the file after what was wrong,
// and keep it; every run begins with the corpus. The last line on stdout is {"findings":n,"targets":[{"target","seed","corpus",
// "cases","seconds","kept","findings":[{"file","why"}]}]}. Exit code 1 when something was found, 2 for wrong use.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { fuzz, type FuzzOutcome } from './engine.ts'
import { targets } from './table.ts'
import type { FuzzTarget } from './target.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function usage(): Promise<string> {
  const text = await readFile(import.meta.filename, 'utf8')
  return text.split('\n').filter((line, index, all) => line.startsWith('//') && index < all.findIndex((other) => !other.startsWith('//'))).map((line) => line.slice(3)).join('\n')
}

function whole(text: string | undefined, fallback: number, name: string): number {
  const value = Number(text ?? fallback)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} must be a whole number`)
  return value
}

function choose(names: readonly string[]): readonly FuzzTarget[] {
  if (names.length === 0) return targets
  return names.map((name) => {
    const found = targets.find((target) => target.name === name)
    if (found === undefined) throw new Error(`there is no target "${name}"; known are ${targets.map((target) => target.name).join(', ')}`)
    return found
  })
}

async function main(): Promise<number> {
  let values
  let chosen: readonly FuzzTarget[]
  let seed: number
  let forMs: number
  let cases: number | undefined
  try {
    const parsed = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' }, cases: { type: 'string' }, seed: { type: 'string' }, keep: { type: 'boolean' }, plain: { type: 'boolean' }, json: { type: 'boolean' }, list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
    values = parsed.values
    chosen = choose(parsed.positionals)
    seed = whole(values.seed, Date.now() % 1_000_000, 'seed')
    cases = values.cases === undefined ? undefined : whole(values.cases, 0, 'cases')
    forMs = cases === undefined || values.seconds !== undefined ? whole(values.seconds, 30, 'seconds') * 1000 : Infinity
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${await usage()}`)
    return 2
  }
  if (values.help === true) {
    process.stdout.write(`${await usage()}\n`)
    return 0
  }
  if (values.list === true) {
    for (const target of chosen) process.stdout.write(`${target.name}: ${target.title}\n      holds  ${target.oracle}\n`)
    return 0
  }
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort())
  say(`seed ${seed}`)
  const outcomes: FuzzOutcome[] = []
  for (const target of chosen) {
    if (stop.signal.aborted) break
    const outcome = await fuzz(target, { seed, forMs, ...(cases === undefined ? {} : { cases }), guided: values.plain !== true, save: true, keep: values.keep === true, signal: stop.signal })
    outcomes.push(outcome)
    say(`${outcome.findings.length === 0 ? 'ok    ' : 'FOUND '} ${target.name}: ${outcome.cases} inputs after ${outcome.corpus} of the corpus in ${outcome.seconds} s, ${outcome.kept} reached something new`)
    for (const { file, why } of outcome.findings) say(`        ${file ?? ''}  ${why.split('\n').slice(0, 6).join('\n          ')}`)
  }
  const findings = outcomes.reduce((sum, outcome) => sum + outcome.findings.length, 0)
  const summary = { findings, targets: outcomes.map((outcome) => ({ ...outcome, findings: outcome.findings.map(({ file, why }) => ({ file, why: why.split('\n')[0] })) })) }
  process.stdout.write(`${JSON.stringify(summary, null, values.json === true ? 1 : 0)}\n`)
  return findings === 0 ? 0 : 1
}

// Readers that were given up may hold timers.
process.exit(await main())
