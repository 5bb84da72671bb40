// W1: finding the leavers among a million activities, per CPU second, beside a hand-written map; and W6, the same hour
// through broker, ingest, store and evaluation.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, type BenchContext, type Figure, quantile, ratios, round, spread } from './bench.ts'
import { cpuSeconds, memory, startNatsServer, startPeer } from './processes.ts'

const ACTIVITIES = 1_000_000
const USERS = 1000
const SEED = 7
/** Share of the highest rate at which latency is measured. */
const LOAD = 0.5
const PACED_ACTIVITIES = 200_000
// End to end everybody is a leaver, so that a run has some thirty alerts to time.

interface Answer {
  readonly alerted: readonly string[]
  readonly cpuSecs: number
  readonly activities: number
  readonly rssMb: number
}

const missing = (expected: readonly string[], found: readonly string[]): number => expected.filter((account) => !found.includes(account)).length
const verdict = (expected: readonly string[], found: readonly string[]): string => `${expected.length - missing(expected, found)}/${expected.length} found, ${missing(found, expected)} wrong`

async function leaversPerCpuSecond(context: BenchContext): Promise<readonly Figure[]> {
  const peer = startPeer('evaluate-run.ts', [])
  try {
    const made = await peer.ask<{ expected: readonly string[]; over: number; leavers: number }>({ seed: SEED, activities: ACTIVITIES, users: USERS })
    context.say(`evaluate: ${ACTIVITIES} activities, ${made.leavers} leavers, ${made.expected.length} alerts expected, ${made.over - made.expected.length} users over the limit must stay silent`)
    const answers = new Map<string, Answer[]>()
    // One pass of each before, so that no measured pass pays for the compiler.
    for (let run = -1; run < context.runs; run += 1) {
      for (const mode of ['floor', 'ours', 'floor-decoded', 'ours-decoded']) {
        context.signal.throwIfAborted()
        const answer = await peer.ask<Answer>({ mode })
        if (run >= 0) answers.set(mode, [...(answers.get(mode) ?? []), answer])
      }
      if (run >= 0) context.say(`evaluate W1, run ${run + 1}: ${['floor', 'ours'].map((mode) => `${mode} ${Math.round((answers.get(mode)?.at(-1)?.activities ?? 0) / (answers.get(mode)?.at(-1)?.cpuSecs ?? 1))} activities per CPU second`).join(', ')}`)
    }
    const rates = (mode: string) => (answers.get(mode) ?? []).map((answer) => answer.activities / answer.cpuSecs)
    const found = answers.get('ours')?.at(-1)?.alerted ?? []
    const right = (answers.get('ours') ?? []).every((answer) => missing(made.expected, answer.alerted) === 0 && missing(answer.alerted, made.expected) === 0)
    const ratio = ratios(rates('ours'), rates('floor'))
    const step = ratios(rates('ours-decoded'), rates('floor-decoded'))
    return [
      {
        name: 'evaluate.W1', unit: 'activities per CPU second', better: 'higher', ours: spread(rates('ours')), reference: spread(rates('floor')), against: 'decode with protobufjs and a hand-written map of windows for this one rule', ratio,
        goals: [{ text: 'every leaver found, nobody wrong', met: right }, { text: 'at least 0.5 of the hand-written map', met: ratio.median >= 0.5 }],
        figures: { activities: ACTIVITIES, users: USERS, leavers: made.leavers, overTheLimit: made.over, alerts: verdict(made.expected, found), rssMb: round(answers.get('ours')?.at(-1)?.rssMb ?? 0) },
      },
      {
        name: 'evaluate.W1-decoded', unit: 'activities per CPU second', better: 'higher', ours: spread(rates('ours-decoded')), reference: spread(rates('floor-decoded')), against: 'the map alone', ratio: step, goals: [],
        figures: { activities: ACTIVITIES / 10 },
      },
    ]
  } finally {
    await peer.end()
  }
}

interface EndToEnd {
  readonly rate: number
  readonly alerted: readonly string[]
  readonly expected: readonly string[]
  readonly latencies: readonly number[]
  readonly collectorCpu: number
  readonly brokerCpu: number
  readonly peakMb: number
}

/** @param perSec activities a second, as fast as it goes when absent */
async function throughEverything(context: BenchContext, activities: number, seed: number, perSec?: number): Promise<EndToEnd> {
  const folder = join(context.folder, `w6-${seed}-${perSec === undefined ? 'full' : 'paced'}`)
  await mkdir(folder, { recursive: true })
  const broker = await startNatsServer(join(folder, 'nats'))
  const publisher = startPeer('ingest-publisher.ts', [])
  const collector = startPeer('ingest-collector.ts', [])
  try {
    const made = await publisher.ask<{ activities: number; leavers: readonly string[]; expected: readonly (readonly [string, number])[] }>({ do: 'prepare-leavers', seed, activities, users: USERS, leaverShare: 1 })
    await collector.ask({ do: 'start', mode: 'ours', url: broker.url, folder, devices: USERS, leavers: made.leavers })
    const [published, done] = await Promise.all([
      publisher.ask<{ startedAtMs: number; publishedAtMs: readonly number[] }>({ do: 'publish', url: broker.url, connections: 50, ...(perSec === undefined ? {} : { perSec }) }),
      collector.ask<{ scoredAtMs: number; cpuSecs: number; alertTimes: readonly (readonly [string, number])[] }>({ do: 'finished', expected: made.activities }),
    ])
    const times = new Map(done.alertTimes)
    const outcome = {
      rate: (made.activities * 1000) / (done.scoredAtMs - published.startedAtMs), alerted: [...times.keys()], expected: made.expected.map(([account]) => account),
      latencies: made.expected.flatMap(([account, batch]) => {
        const at = times.get(account)
        return at === undefined ? [] : [at - (published.publishedAtMs[batch] ?? Number.NaN)]
      }),
      collectorCpu: done.cpuSecs, brokerCpu: await cpuSeconds(broker.pid), peakMb: (await memory(collector.pid)).peakMb,
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

async function endToEnd(context: BenchContext): Promise<Figure> {
  const full: EndToEnd[] = []
  const paced: EndToEnd[] = []
  for (let run = 0; run < context.runs; run += 1) {
    context.signal.throwIfAborted()
    const fast = await throughEverything(context, PACED_ACTIVITIES, SEED + run)
    full.push(fast)
    // The same hour again at half of the rate that was just reached: latency and its limit come from one run.
    const slow = await throughEverything(context, PACED_ACTIVITIES, SEED + run, fast.rate * LOAD)
    paced.push(slow)
    context.say(`evaluate W6, run ${run + 1}: ${Math.round(fast.rate)} activities/s, alerts ${verdict(fast.expected, fast.alerted)}; at half of that p50 ${Math.round(quantile(slow.latencies, 0.5))} ms, p99 ${Math.round(quantile(slow.latencies, 0.99))} ms`)
  }
  const all = [...full, ...paced]
  const p99 = paced.map((outcome) => quantile(outcome.latencies, 0.99))
  return {
    name: 'evaluate.W6', unit: 'ms from publish to alert, p99 at half of the highest rate', better: 'lower', ours: spread(p99), limit: 1000,
    goals: [
      { text: 'every leaver found, nobody wrong, at full and at half rate', met: all.every((outcome) => missing(outcome.expected, outcome.alerted) === 0 && missing(outcome.alerted, outcome.expected) === 0) },
      { text: 'at half of the highest rate p50 at most 100 ms and p99 at most 1 s', met: spread(paced.map((outcome) => quantile(outcome.latencies, 0.5))).median <= 100 && spread(p99).median <= 1000 },
    ],
    figures: {
      activities: PACED_ACTIVITIES, users: USERS, connections: 50, highestRate: round(spread(full.map((outcome) => outcome.rate)).median), p50Ms: round(spread(paced.map((outcome) => quantile(outcome.latencies, 0.5))).median),
      collectorCpuUsPerActivity: round((spread(full.map((outcome) => outcome.collectorCpu)).median * 1e6) / PACED_ACTIVITIES), brokerCpuUsPerActivity: round((spread(full.map((outcome) => outcome.brokerCpu)).median * 1e6) / PACED_ACTIVITIES),
      collectorPeakMb: round(spread(full.map((outcome) => outcome.peakMb)).median), alerts: verdict(full.flatMap((outcome) => outcome.expected), full.flatMap((outcome) => outcome.alerted)),
    },
  }
}

export const evaluate: Bench = {
  name: 'evaluate',
  summary: 'W1, the leavers among a million activities, beside a hand-written map; W6, the same hour end to end.',
  limitSecs: 900,
  run: async (context) => [...(await leaversPerCpuSecond(context)), await endToEnd(context)],
}
