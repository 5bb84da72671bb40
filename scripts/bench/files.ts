// F1 to F4 and F6: the files sensor beside chokidar and beside the kernel's notifications alone.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Bench, type BenchContext, type Figure, ratios, round, spread } from './bench.ts'
import { type Peer, startPeer } from './processes.ts'

interface Outcome {
  readonly how: string
  readonly lost: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuUs: number
  readonly rssMb: number
  readonly pssMb: number
  readonly makerSecs: number
}

interface Cold {
  readonly how: string
  readonly firstMs: number
  readonly rssMb: number
  readonly pssMb: number
  readonly processes: number
}

const FOLDERS = 200
const MODES = ['ours', 'fanotify', 'chokidar'] as const
type Mode = (typeof MODES)[number]
type Answers<T> = Record<Mode, T[]>

interface Burst {
  readonly name: string
  readonly what: string
  readonly files: number
  readonly perSec: number
  readonly fresh: boolean
  /** Part of chokidar's CPU that ours may need. */
  readonly cpuGoal: number
}

// Goals of the workloads; see docs/performance.md.
const BURSTS: readonly Burst[] = [
  { name: 'files.F1', what: '20,000 files of 1 KiB at once into 200 folders', files: 20_000, perSec: 0, fresh: false, cpuGoal: 0.5 },
  { name: 'files.F2', what: '20,000 files of 1 KiB at once, each folder made just before its first file', files: 20_000, perSec: 0, fresh: true, cpuGoal: 0.5 },
  { name: 'files.F3', what: '10,000 files of 1 KiB, 1,000 a second', files: 10_000, perSec: 1000, fresh: false, cpuGoal: 0.15 },
]

const staged = async (): Promise<boolean> => process.getuid?.() === 0 && (await promisify(execFile)('unshare', ['-m', 'true']).then(() => true, () => false))

const empty = <T>(): Answers<T> => ({ ours: [], fanotify: [], chokidar: [] })
const median = <T>(outcomes: readonly T[], of: (outcome: T) => number): number => round(spread(outcomes.map(of)).median)

async function inTurn<T>(context: BenchContext, modes: readonly Mode[], ask: (mode: Mode, run: number) => Promise<T>): Promise<Answers<T>> {
  const answers = empty<T>()
  for (let run = 0; run < context.runs; run += 1) {
    for (const mode of run % 2 === 0 ? modes : modes.toReversed()) {
      context.signal.throwIfAborted()
      answers[mode].push(await ask(mode, run))
    }
  }
  return answers
}

async function burst(context: BenchContext, stage: Peer, modes: readonly Mode[], { name, what, files, perSec, fresh, cpuGoal }: Burst): Promise<Figure> {
  const answers = await inTurn(context, modes, async (mode, run) => {
    const outcome = await stage.ask<Outcome>({ do: 'run', folder: join(context.folder, 'files'), mode, folders: FOLDERS, files, perSec, fresh, salt: run + 1 })
    context.say(`${name}, ${mode}: ${outcome.lost} lost, p50 ${Math.round(outcome.p50Ms)} ms, p99 ${Math.round(outcome.p99Ms)} ms, ${Math.round(outcome.cpuUs)} µs CPU a file, ${Math.round(outcome.rssMb)} MB`)
    return outcome
  })
  const { ours, fanotify, chokidar } = answers
  const cpu = ours.map((outcome) => outcome.cpuUs)
  const ratio = ratios(cpu, chokidar.map((outcome) => outcome.cpuUs))
  const lost = spread(ours.map((outcome) => outcome.lost))
  return {
    name, unit: 'µs CPU a file', better: 'lower', ours: spread(cpu), reference: spread(chokidar.map((outcome) => outcome.cpuUs)), against: 'chokidar', ratio,
    goals: [
      { text: `none of ${files} lost`, met: lost.max === 0 },
      { text: `at most ${cpuGoal} of chokidar’s CPU, with reading, hashing and spooling each file`, met: ratio.median <= cpuGoal, aim: true },
      ...(perSec > 0 ? [{ text: 'open to durable in the spool: p50 at most 30 ms, p99 at most 150 ms', met: median(ours, (outcome) => outcome.p50Ms) <= 30 && median(ours, (outcome) => outcome.p99Ms) <= 150, aim: true }] : []),
    ],
    figures: {
      what, lost: lost.max, chokidarLost: chokidar.map((outcome) => outcome.lost).join(', '), ...(fanotify.length > 0 ? { fanotifyLost: spread(fanotify.map((outcome) => outcome.lost)).max, fanotifyCpuUs: median(fanotify, (outcome) => outcome.cpuUs) } : {}),
      p50Ms: median(ours, (outcome) => outcome.p50Ms), p99Ms: median(ours, (outcome) => outcome.p99Ms), chokidarP50Ms: median(chokidar, (outcome) => outcome.p50Ms), chokidarP99Ms: median(chokidar, (outcome) => outcome.p99Ms),
      ...(fanotify.length > 0 ? { fanotifyP50Ms: median(fanotify, (outcome) => outcome.p50Ms), fanotifyP99Ms: median(fanotify, (outcome) => outcome.p99Ms) } : {}),
      rssMb: median(ours, (outcome) => outcome.rssMb), pssMb: median(ours, (outcome) => outcome.pssMb), chokidarRssMb: median(chokidar, (outcome) => outcome.rssMb), sensor: ours[0]?.how ?? '',
    },
  }
}

async function coldTree(context: BenchContext, stage: Peer): Promise<Figure> {
  const answers = await inTurn(context, ['ours', 'chokidar'], async (mode) => {
    const outcome = await stage.ask<Cold>({ do: 'cold', folder: join(context.folder, 'files'), mode, folders: 10_000, files: 100_000 })
    context.say(`files.F4, ${mode}: first activity after ${Math.round(outcome.firstMs)} ms, ${Math.round(outcome.rssMb)} MB`)
    return outcome
  })
  const first = answers.ours.map((outcome) => outcome.firstMs)
  const chokidar = answers.chokidar.map((outcome) => outcome.firstMs)
  const pssMb = median(answers.ours, (outcome) => outcome.pssMb)
  return {
    name: 'files.F4', unit: 'ms from start to the first activity, 100,000 files in 10,000 folders', better: 'lower', ours: spread(first), reference: spread(chokidar), against: 'chokidar', ratio: ratios(first, chokidar),
    goals: [{ text: 'first activity at most 1.5 s after the start', met: spread(first).median <= 1500 }, { text: 'at most 130 MB over all its processes, memory that they share counted once', met: pssMb <= 130 }],
    figures: { pssMb, rssMb: median(answers.ours, (outcome) => outcome.rssMb), processes: answers.ours[0]?.processes ?? 0, chokidarRssMb: median(answers.chokidar, (outcome) => outcome.rssMb) },
  }
}

async function idle(context: BenchContext, stage: Peer): Promise<Figure> {
  const percent: number[] = []
  let rssMb = 0
  for (let run = 0; run < Math.min(2, context.runs); run += 1) {
    context.signal.throwIfAborted()
    const outcome = await stage.ask<{ cpuPercent: number; rssMb: number }>({ do: 'idle', folder: join(context.folder, 'files'), mode: 'ours', secs: 25 })
    percent.push(outcome.cpuPercent)
    ;({ rssMb } = outcome)
  }
  context.say(`files.F6: ${spread(percent).median.toFixed(2)} % of a core`)
  return { name: 'files.F6', unit: '% of a core while nothing happens', better: 'lower', ours: spread(percent), limit: 0.5, goals: [{ text: 'at most 0.5 % of a core', met: spread(percent).median <= 0.5 }], figures: { secs: 25, rssMb: round(rssMb) } }
}

export const files: Bench = {
  name: 'files',
  summary: 'F1 to F4 and F6: lost files, latency, CPU and memory of the files sensor beside chokidar and bare fanotify.',
  limitSecs: 1500,
  async run(context) {
    const own = await staged()
    if (!own) context.say('files: without root and a mount namespace of its own, the sensor watches with chokidar too')
    const stage = startPeer('files-stage.ts', [], { leads: true, ...(own ? { through: ['unshare', '-m', '--propagation', 'private'], env: { HOLDFAST_BENCH_STAGED: '1' } } : {}) })
    try {
      const modes = own ? MODES : (['ours', 'chokidar'] as const)
      const figures: Figure[] = []
      for (const each of BURSTS) figures.push(await burst(context, stage, modes, each))
      figures.push(await coldTree(context, stage), await idle(context, stage))
      await stage.ask({ do: 'end', folder: join(context.folder, 'files') })
      return figures
    } finally {
      await stage.end()
    }
  },
}
