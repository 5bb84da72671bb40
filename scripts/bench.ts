// Measures Holdfast beside what it is compared with, in the same run.
//
// usage: pnpm bench [name...] [--json] [--runs N] [--list] [--write-doc] [--help]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bench, type Figure } from './bench/bench.ts'
import { benches } from './bench/benches.ts'
import { machine } from './bench/machine.ts'
import { endAll } from './bench/processes.ts'
import { figureLine, jsonOf, writeDocument } from './bench/report.ts'

const HELP = `Usage: pnpm bench [name...] [options]

Measures Holdfast beside what it is compared with, in the same run. Progress and a table go to stderr; the last line of
stdout is JSON. Everything happens on loopback and in temporary folders.

  --list       names and what they measure
  --json       no table, only the JSON
  --runs N     runs of each, 1 to 20 (3)
  --full       the agent's long workloads: ten minutes of rest, a tree of a million files, an hour of outage
  --write-doc  write docs/performance.md from what was measured; names that did not run keep their figures
  --help       this text

Exit code: 0 when every goal was met, 1 when one was not or a bench failed, 2 for a wrong call.
`

function readArguments(): { readonly names: readonly string[]; readonly json: boolean; readonly runs: number; readonly writeDoc: boolean; readonly full: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean' }, runs: { type: 'string', default: '3' }, list: { type: 'boolean' }, 'write-doc': { type: 'boolean' }, full: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help === true) process.stdout.write(HELP)
    if (values.list === true) process.stdout.write(benches.map((bench) => `${bench.name.padEnd(12)} ${bench.summary}\n`).join(''))
    if (values.help === true || values.list === true) return undefined
    const runs = Number(values.runs)
    if (!Number.isInteger(runs) || runs < 1 || runs > 20) throw new Error('--runs takes a whole number from 1 to 20')
    const strange = positionals.find((name) => !benches.some((bench) => bench.name === name))
    if (strange !== undefined) throw new Error(`there is no bench "${strange}"; known are ${benches.map((bench) => bench.name).join(', ')}`)
    return { names: positionals.length === 0 ? benches.map((bench) => bench.name) : positionals, json: values.json === true, runs, writeDoc: values['write-doc'] === true, full: values.full === true }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nSee pnpm bench --help\n`)
    process.exitCode = 2
    return undefined
  }
}

async function measure(bench: Bench, { runs, full }: { readonly runs: number; readonly full: boolean }, interrupted: AbortSignal, say: (line: string) => void): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout((full ? 4 : 1) * bench.limitSecs * 1000)])
  const cut = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(interrupted.aborted ? 'interrupted' : `not done after ${(full ? 4 : 1) * bench.limitSecs} s`)), { once: true })
  })
  try {
    return await Promise.race([bench.run({ runs, full, folder, say, signal }), cut])
  } finally {
    endAll()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const wanted = readArguments()
if (wanted !== undefined) {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const interrupt = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupt.abort())
  process.on('exit', endAll)
  // Its load counts before ours begins.
  const host = await machine()
  const figures: Figure[] = []
  const problems: { readonly bench: string; readonly problem: string }[] = []
  const skipped: { readonly bench: string; readonly reason: string }[] = []
  for (const bench of benches.filter((row) => wanted.names.includes(row.name))) {
    if (interrupt.signal.aborted) break
    const reason = await bench.unable?.()
    if (reason !== undefined) {
      skipped.push({ bench: bench.name, reason })
      say(`${bench.name}: left out, ${reason}`)
      continue
    }
    try {
      const measured = await measure(bench, wanted, interrupt.signal, say)
      figures.push(...measured)
      if (!wanted.json) for (const figure of measured) say(figureLine(figure))
    } catch (error) {
      problems.push({ bench: bench.name, problem: error instanceof Error ? error.message : String(error) })
      say(`${bench.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  }
  if (wanted.writeDoc) await writeDocument(figures, host, wanted.runs)
  process.stdout.write(`${jsonOf(figures, skipped, problems, host)}\n`)
  process.exit(problems.length > 0 || figures.some((figure) => figure.goals.some((goal) => !goal.met && goal.aim !== true)) ? 1 : 0)
}
