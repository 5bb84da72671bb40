// Puts thousands of simulated devices on a collector.
//
// usage: pnpm load [--devices N] [--profile MIX] [--secs S] ...; see --help
import { resolve } from 'node:path'
import { endAll } from './bench/processes.ts'
import { LOAD_HELP, type LoadOptions, readLoadArguments } from './load/arguments.ts'
import { type LoadReport, runLoad } from './load/load.ts'

const count = (value: number): string => Math.round(value).toLocaleString('en-GB')

function tableOf({ devices, connectSecs, workSecs, drainSecs, madePerSec, committedMs, figures, server, stored, alerts, wrong }: LoadReport): string {
  const rows: readonly (readonly [string, string])[] = [
    ['devices', `${count(devices)}, connected after ${connectSecs} s (${Object.entries(figures.byProfile).map(([name, number]) => `${number} ${name}`).join(', ')})`],
    ['activities', `${count(figures.made)} made in ${workSecs} s (${count(madePerSec)}/s), ${count(figures.committed)} committed${stored === undefined ? '' : `, ${count(stored)} stored`}, ${alerts ?? '?'} alerts`],
    ['on the device until committed', `p50 ${committedMs.p50} ms, p95 ${committedMs.p95} ms, p99 ${committedMs.p99} ms; drained in ${drainSecs} s`],
    ['away and back', `${figures.offlineTimes} devices, ${figures.reconnects} connections more than one each, ${count(figures.resent)} activities sent again`],
    ...(server === undefined ? [] : [
      ['memory', `collector and broker at most ${server.peakMb} MB together (${server.connectedMb} MB connected and at rest; at the end ${server.collector.rssMb} and ${server.broker.rssMb} MB)`],
      ['CPU', `collector ${server.collector.cpuSecs} s, broker ${server.broker.cpuSecs} s, devices ${figures.cpuSecs} s`],
    ] as const),
    ['wrong', wrong === 0 ? 'nothing: every activity is committed, once' : `${count(wrong)} activities are not committed, or not stored once`],
  ]
  return rows.map(([name, text]) => `${name.padEnd(30)} ${text}\n`).join('')
}

async function run(options: LoadOptions): Promise<void> {
  const interrupt = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => {
    interrupt.abort(new Error('interrupted'))
    endAll()
  })
  process.on('exit', endAll)
  const report = await runLoad({ ...options, ...(options.dir === undefined ? {} : { dir: resolve(process.env['INIT_CWD'] ?? process.cwd(), options.dir) }) }, (line) => void process.stderr.write(`${line}\n`), interrupt.signal)
  if (!options.json) process.stderr.write(tableOf(report))
  process.stdout.write(`${JSON.stringify(report)}\n`)
  process.exitCode = report.wrong === 0 ? 0 : 1
}

let options: LoadOptions | 'help' | undefined
try {
  options = readLoadArguments(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nSee pnpm load --help\n`)
  process.exitCode = 2
}
if (options === 'help') process.stdout.write(LOAD_HELP)
else if (options !== undefined) await run(options)
