// What a person would wait for, and what the agent costs while nothing happens: the real programs, installed.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Bench, type BenchContext, type Figure, quantile, round, type Spread, spread } from './bench.ts'
import { type Peer, startPeer } from './processes.ts'

const FIRST = 12
const TIMED = 40
const IDLE_SECS = 25
const GOAL_MS = 1000
const GOAL_IDLE = 0.5
const GOAL_MB = 130

async function withInstallation<T>(context: BenchContext, options: { readonly documents: number; readonly screen: boolean }, work: (stage: Peer, info: { readonly screen: boolean }) => Promise<T>): Promise<T> {
  const own = process.getuid?.() === 0 && (await promisify(execFile)('unshare', ['-m', 'true']).then(() => true, () => false))
  const stage = startPeer('installed-stage.ts', [], { leads: true, ...(own ? { through: ['unshare', '-m', '--propagation', 'private'], env: { HOLDFAST_BENCH_STAGED: '1' } } : {}) })
  try {
    const info = await stage.ask<{ screen: boolean }>({ do: 'install', folder: context.folder, ...options })
    return await work(stage, info)
  } finally {
    await stage.ask({ do: 'end' }).catch(() => {})
    await stage.end()
  }
}

const spreadOf = (samples: readonly number[]): Spread => ({ min: Math.min(...samples), median: quantile(samples, 0.95), max: Math.max(...samples) })

function figureOf(name: string, what: string, samples: readonly number[]): Figure {
  const p95 = quantile(samples, 0.95)
  return {
    name, unit: `ms from the close of a copied file ${what}, p95 between smallest and largest`, better: 'lower', ours: spreadOf(samples), limit: GOAL_MS,
    goals: [{ text: 'p95 at most 1 s', met: p95 <= GOAL_MS }],
    figures: { copies: samples.length, p50Ms: round(quantile(samples, 0.5)), p95Ms: round(p95), p99Ms: round(quantile(samples, 0.99)) },
  }
}

export const latency: Bench = {
  name: 'latency',
  summary: 'From the close of a copied file to its alert in a WebSocket message, and on a screen where there is a browser.',
  limitSecs: 300,
  run: (context) =>
    withInstallation(context, { documents: FIRST + TIMED, screen: true }, async (stage, { screen }) => {
      const { message, shown } = await stage.ask<{ message: readonly number[]; shown: readonly number[] }>({ do: 'copies', first: FIRST, timed: TIMED })
      context.say(`latency: message p95 ${Math.round(quantile(message, 0.95))} ms${screen ? `, on the screen p95 ${Math.round(quantile(shown, 0.95))} ms of ${shown.length}` : ', no browser here'}`)
      return [figureOf('latency.message', 'to the alert’s WebSocket message', message), ...(shown.length > 0 ? [figureOf('latency.screen', 'to the alert on the screen', shown)] : [])]
    }),
}

export const agentIdle: Bench = {
  name: 'agent-idle',
  summary: 'CPU and memory of the installed agent with every sensor while nothing happens.',
  limitSecs: 180,
  run: (context) =>
    withInstallation(context, { documents: 10, screen: false }, async (stage) => {
      const use = await stage.ask<{ cpuPercent: number; rssMb: number; pssMb: number; processes: number }>({ do: 'idle', secs: IDLE_SECS })
      context.say(`agent-idle: ${use.cpuPercent.toFixed(2)} % of a core, ${Math.round(use.pssMb)} MB`)
      return [{
        name: 'agent-idle', unit: '% of a core', better: 'lower', ours: spread([use.cpuPercent]), limit: GOAL_IDLE,
        goals: [{ text: `at most ${GOAL_IDLE} % of a core`, met: use.cpuPercent <= GOAL_IDLE }, { text: `at most ${GOAL_MB} MB over all its processes, memory that they share counted once`, met: use.pssMb <= GOAL_MB }],
        figures: { secs: IDLE_SECS, rssMb: round(use.rssMb), pssMb: round(use.pssMb), processes: use.processes },
      }]
    }),
}
