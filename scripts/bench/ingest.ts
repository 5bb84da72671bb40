// From JetStream to committed and scored, against the shortest chain that writes the same rows.
import { mkdir, rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Bench, type BenchContext, type Figure, ratios, round, spread } from './bench.ts'
import { cpuSeconds, memory, startNatsServer, startPeer } from './processes.ts'

const PER_BATCH = 100
const ACTIVITIES = 300_000
const GOAL_RATIO = 0.5
const GOAL_RATE = 30_000
/** Above this load of the minute before, a rate says more about the neighbours. */
const QUIET_LOAD = 0.5

interface Outcome {
  readonly rate: number
  readonly committedRate: number
  readonly alerts: number
  readonly collectorCpu: number
  readonly brokerCpu: number
  readonly publisherCpu: number
  readonly peakMb: number
  readonly figures: Readonly<Record<string, number>>
}

/** One chain over one fresh broker and one fresh store. */
async function runChain(context: BenchContext, mode: 'ours' | 'raw', devices: number, activities: number, seed: number): Promise<Outcome> {
  const folder = join(context.folder, `${mode}-${devices}-${seed}`)
  await mkdir(folder, { recursive: true })
  const broker = await startNatsServer(join(folder, 'nats'))
  const publisher = startPeer('ingest-publisher.ts', [])
  const profile = process.env['HOLDFAST_BENCH_CPU_PROFILE']
  const collector = startPeer('ingest-collector.ts', [], profile === undefined || mode === 'raw' ? {} : { execArgv: ['--cpu-prof', '--cpu-prof-dir', profile] })
  try {
    const made = await publisher.ask<{ activities: number; bytes: number }>({ do: 'prepare', seed, devices, activities, perBatch: PER_BATCH })
    await collector.ask({ do: 'start', mode, url: broker.url, folder, devices })
    const [published, done] = await Promise.all([
      publisher.ask<{ startedAtMs: number; cpuSecs: number }>({ do: 'publish', url: broker.url }),
      collector.ask<{ committedAtMs: number; scoredAtMs: number; alerts: number; cpuSecs: number; figures: Record<string, number> }>({ do: 'finished', expected: made.activities }),
    ])
    const outcome = {
      rate: (made.activities * 1000) / (done.scoredAtMs - published.startedAtMs), committedRate: (made.activities * 1000) / (done.committedAtMs - published.startedAtMs),
      alerts: done.alerts, collectorCpu: done.cpuSecs, brokerCpu: await cpuSeconds(broker.pid), publisherCpu: published.cpuSecs, peakMb: (await memory(collector.pid)).peakMb, figures: { ...done.figures, bytesPerActivity: made.bytes / made.activities },
    }
    await collector.ask({ do: 'close' })
    return outcome
  } finally {
    await collector.end()
    await publisher.end()
    await broker.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare(context: BenchContext, devices: number, activities: number, load: number): Promise<Figure> {
  const ours: Outcome[] = []
  const raw: Outcome[] = []
  for (let run = 0; run < context.runs; run += 1) {
    // In turn, and the other one first every second time.
    for (const mode of run % 2 === 0 ? (['raw', 'ours'] as const) : (['ours', 'raw'] as const)) {
      context.signal.throwIfAborted()
      const outcome = await runChain(context, mode, devices, activities, run + 1)
      ;(mode === 'raw' ? raw : ours).push(outcome)
      context.say(`ingest, ${devices} device${devices === 1 ? '' : 's'}, ${mode}: ${Math.round(outcome.rate)} activities/s, collector ${outcome.collectorCpu.toFixed(2)} s CPU, ${outcome.alerts} alert changes`)
    }
  }
  const rates = ours.map((outcome) => outcome.rate)
  const ratio = ratios(rates, raw.map((outcome) => outcome.rate))
  const perActivity = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number) => round((spread(outcomes.map(of)).median * 1e6) / activities)
  const median = spread(rates).median
  return {
    name: `ingest.devices-${devices}`, unit: 'activities/s', better: 'higher', ours: spread(rates), reference: spread(raw.map((outcome) => outcome.rate)), against: 'decode, one jsonb_each statement a batch, commit, acknowledge', ratio,
    goals: [
      { text: `at least ${GOAL_RATIO} of the raw chain`, met: ratio.median >= GOAL_RATIO },
      { text: `at least ${GOAL_RATE} activities/s on a quiet machine of 2 cores${load > QUIET_LOAD ? ` (load before: ${load.toFixed(1)})` : ''}`, met: median >= GOAL_RATE, aim: load > QUIET_LOAD },
      { text: 'every activity stored, alerts made', met: ours.every((outcome) => outcome.alerts > 0) },
    ],
    figures: {
      activities, batch: PER_BATCH, bytesPerActivity: round(ours[0]?.figures['bytesPerActivity'] ?? 0), collectorCpuUsPerActivity: perActivity(ours, (outcome) => outcome.collectorCpu), rawCpuUsPerActivity: perActivity(raw, (outcome) => outcome.collectorCpu),
      brokerCpuUsPerActivity: perActivity(ours, (outcome) => outcome.brokerCpu), publisherCpuUsPerActivity: perActivity(ours, (outcome) => outcome.publisherCpu), committedPerSec: round(spread(ours.map((outcome) => outcome.committedRate)).median),
      collectorPeakMb: round(spread(ours.map((outcome) => outcome.peakMb)).median), alertChanges: spread(ours.map((outcome) => outcome.alerts)).median, evaluations: spread(ours.map((outcome) => outcome.figures['evaluations'] ?? 0)).median,
    },
  }
}

export const ingest: Bench = {
  name: 'ingest',
  summary: 'JetStream to committed and scored, in batches of 100, against the raw chain into the same table.',
  limitSecs: 600,
  async run(context) {
    const load = loadavg()[0] ?? 0
    return [await compare(context, 100, ACTIVITIES, load), await compare(context, 1, ACTIVITIES, load)]
  },
}
