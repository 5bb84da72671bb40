// F1 to F7: the agent beside inotifywait, fatrace and @parcel/watcher, in the same run.
//
// F1 to F3 and F5: sensor, enrichment, runner and spool in a process of its own, with the child that reads files. F4, F6 and F7:
// the installed program itself, with its watchdog, every sensor, the uplink and a collector.
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { loadavg } from 'node:os'
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
  readonly aloneMb: number
}

interface Cold {
  readonly firstMs: number
  readonly rssMb: number
  readonly pssMb: number
  readonly aloneMb?: number
  readonly restPssMb?: number
  readonly restAloneMb?: number
  readonly restRssMb?: number
  readonly processes: number
}

const PEERS = ['fatrace', 'inotifywait', 'parcel'] as const
const MODES = ['ours', ...PEERS] as const
type Mode = (typeof MODES)[number]
type Answers<T> = Readonly<Record<Mode, readonly T[]>>

const FOLDERS = 200
const MINUTE = 60_000
const HOUR = 3_600_000
const CPU_AIM = 3
const LATENCY_AIM_MS = 25
const MEMORY_AIM_MB = 90
const FIRST_AIM_MS = 500
const IDLE_AIM = 0.1
const SLOWER_AIM = 1.45

interface Burst {
  readonly name: string
  readonly what: string
  readonly files: number
  readonly perSec: number
  readonly fresh: boolean
}

const BURSTS: readonly Burst[] = [
  { name: 'agent.F1', what: '20,000 files of 1 KiB at once into 200 folders', files: 20_000, perSec: 0, fresh: false },
  { name: 'agent.F2', what: '20,000 files of 1 KiB at once, each folder made just before its first file', files: 20_000, perSec: 0, fresh: true },
  { name: 'agent.F3', what: '10,000 files of 1 KiB, 1,000 a second', files: 10_000, perSec: 1000, fresh: false },
]

const median = <T>(outcomes: readonly T[], of: (outcome: T) => number): number => round(spread(outcomes.map(of)).median)
const load = (): number => round(loadavg()[0] ?? 0)

async function inTurn<T>(context: BenchContext, ask: (mode: Mode, run: number) => Promise<T>): Promise<Answers<T>> {
  const answers: Record<Mode, T[]> = { ours: [], fatrace: [], inotifywait: [], parcel: [] }
  for (let run = 0; run < context.runs; run += 1) {
    for (const mode of run % 2 === 0 ? MODES : MODES.toReversed()) {
      context.signal.throwIfAborted()
      answers[mode].push(await ask(mode, run))
    }
  }
  return answers
}

/** `fatraceLost`, `parcelP99Ms`, ... of each of the others. */
const beside = <T>(answers: Answers<T>, figures: Readonly<Record<string, (outcomes: readonly T[]) => number | string>>): Record<string, number | string> =>
  Object.fromEntries(PEERS.flatMap((peer) => Object.entries(figures).map(([name, of]) => [`${peer}${name}`, of(answers[peer])])))

async function burst(context: BenchContext, stage: Peer, { name, what, files, perSec, fresh }: Burst): Promise<Figure> {
  const loadBefore = load()
  const answers = await inTurn(context, async (mode, run) => {
    const outcome = await stage.ask<Outcome>({ do: 'run', folder: join(context.folder, 'files'), mode, folders: FOLDERS, files, perSec, fresh, salt: run + 1 })
    context.say(`${name}, ${mode}: ${outcome.lost} lost, p50 ${outcome.p50Ms.toFixed(1)} ms, p99 ${outcome.p99Ms.toFixed(1)} ms, ${Math.round(outcome.cpuUs)} µs CPU a file, ${Math.round(outcome.pssMb)} MB`)
    return outcome
  })
  const cpuOf = (mode: Mode): readonly number[] => answers[mode].map(({ cpuUs }) => cpuUs)
  const ratio = ratios(cpuOf('ours'), cpuOf('fatrace'))
  const lost = spread(answers.ours.map((outcome) => outcome.lost))
  const p99Ms = median(answers.ours, (outcome) => outcome.p99Ms)
  return {
    name, unit: 'µs CPU a file, user and system, all processes', better: 'lower', ours: spread(cpuOf('ours')), reference: spread(cpuOf('fatrace')), against: 'fatrace, which prints a name', ratio,
    goals: [
      { text: `none of ${files} lost`, met: lost.max === 0 },
      { text: `at most ${CPU_AIM} times the CPU of fatrace, with reading, hashing and spooling each file`, met: ratio.median <= CPU_AIM, aim: true },
      ...(perSec > 0 ? [{ text: `open to durable in the spool: p99 at most ${LATENCY_AIM_MS} ms`, met: p99Ms <= LATENCY_AIM_MS, aim: true }] : []),
    ],
    figures: {
      what, loadBefore, loadAfter: load(), lost: lost.max, p50Ms: median(answers.ours, (outcome) => outcome.p50Ms), p99Ms, rssMb: median(answers.ours, (outcome) => outcome.rssMb), pssMb: median(answers.ours, (outcome) => outcome.pssMb), aloneMb: median(answers.ours, (outcome) => outcome.aloneMb),
      ...beside(answers, {
        Lost: (outcomes) => outcomes.map((outcome) => outcome.lost).join(', '), CpuUs: (outcomes) => median(outcomes, (outcome) => outcome.cpuUs), P50Ms: (outcomes) => median(outcomes, (outcome) => outcome.p50Ms),
        P99Ms: (outcomes) => median(outcomes, (outcome) => outcome.p99Ms), RssMb: (outcomes) => median(outcomes, (outcome) => outcome.rssMb),
      }),
      sensor: answers.ours[0]?.how ?? '',
    },
  }
}

async function slowdown(context: BenchContext, stage: Peer): Promise<Figure> {
  const files = 20_000
  const none: number[] = []
  const loadBefore = load()
  const ask = async (mode: string): Promise<number> => (await stage.ask<{ ms: number }>({ do: 'slow', folder: join(context.folder, 'files'), mode, files })).ms
  const answers = await inTurn(context, async (mode) => {
    // Before each, because the machine is never the same twice.
    const alone = await ask('none')
    none.push(alone)
    const share = (await ask(mode)) / alone
    context.say(`agent.F5, ${mode}: ${share.toFixed(2)} times as long as alone`)
    return share
  })
  const ours = spread(answers.ours)
  return {
    name: 'agent.F5', unit: 'times as long as without a watcher, cp -r of 20,000 files of 1 KiB on tmpfs', better: 'lower', ours, reference: spread(answers.fatrace), against: 'fatrace', ratio: ratios(answers.ours, answers.fatrace),
    goals: [{ text: `at most ${SLOWER_AIM} times as long`, met: ours.median <= SLOWER_AIM, aim: true }],
    figures: { loadBefore, aloneMs: round(spread(none).median), ...beside(answers, { Times: (outcomes) => round(spread(outcomes).median) }) },
  }
}

async function withInstallation<T>(context: BenchContext, work: (stage: Peer) => Promise<T>): Promise<T> {
  const stage = startPeer('installed-stage.ts', [], { leads: true, through: ['unshare', '-m', '--propagation', 'private'], env: { HOLDFAST_BENCH_STAGED: '1' } })
  try {
    await mkdir(context.folder, { recursive: true })
    await stage.ask({ do: 'install', folder: context.folder, documents: 10, screen: false })
    return await work(stage)
  } finally {
    await stage.ask({ do: 'end' }).catch(() => {})
    await stage.end()
  }
}

/** Peers on a tree of the same size, once: their start does not depend on the load enough to ask again. */
async function coldPeers(context: BenchContext, stage: Peer, folders: number, files: number): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const mode of PEERS) {
    context.signal.throwIfAborted()
    const outcome = await stage.ask<Cold>({ do: 'cold', folder: join(context.folder, 'files'), mode, folders, files, isEmpty: true })
    context.say(`agent.F4, ${mode}: first event after ${Math.round(outcome.firstMs)} ms, ${Math.round(outcome.rssMb)} MB`)
    figures[`${mode}FirstMs`] = round(outcome.firstMs)
    figures[`${mode}RssMb`] = round(outcome.rssMb)
  }
  return figures
}

async function coldTree(context: BenchContext, stage: Peer, name: string, folders: number, files: number): Promise<Figure> {
  const loadBefore = load()
  const ours = await withInstallation({ ...context, folder: join(context.folder, name) }, (installation) => installation.ask<Cold>({ do: 'cold', folders, files }))
  context.say(`${name}: first activity after ${Math.round(ours.firstMs)} ms, ${Math.round(ours.pssMb)} MB, later ${Math.round(ours.restPssMb ?? 0)} MB`)
  const peers = await coldPeers(context, stage, folders, files)
  return {
    name, unit: `ms from starting the program to the first durable activity, ${files.toLocaleString('en-GB')} files in ${folders.toLocaleString('en-GB')} folders`, better: 'lower', ours: spread([ours.firstMs]), limit: FIRST_AIM_MS,
    goals: [
      { text: `first activity at most ${FIRST_AIM_MS} ms after the start`, met: ours.firstMs <= FIRST_AIM_MS, aim: true },
      { text: `at most ${MEMORY_AIM_MB} MB over all its processes, memory that they share counted once`, met: ours.pssMb <= MEMORY_AIM_MB, aim: true },
    ],
    figures: { loadBefore, pssMb: round(ours.pssMb), rssMb: round(ours.rssMb), aloneMb: round(ours.aloneMb ?? 0), restPssMb: round(ours.restPssMb ?? 0), restAloneMb: round(ours.restAloneMb ?? 0), restRssMb: round(ours.restRssMb ?? 0), processes: ours.processes, ...peers },
  }
}

async function rest(context: BenchContext): Promise<Figure> {
  const secs = context.full ? 600 : 60
  const loadBefore = load()
  const use = await withInstallation({ ...context, folder: join(context.folder, 'idle') }, (stage) => stage.ask<{ cpuPercent: number; rssMb: number; pssMb: number; aloneMb: number; processes: number }>({ do: 'idle', secs }))
  context.say(`agent.F6: ${use.cpuPercent.toFixed(2)} % of a core over ${secs} s, ${Math.round(use.pssMb)} MB`)
  return {
    name: 'agent.F6', unit: '% of a core while nothing happens on the watched file systems', better: 'lower', ours: spread([use.cpuPercent]), limit: IDLE_AIM,
    goals: [{ text: `at most ${IDLE_AIM} % of a core`, met: use.cpuPercent <= IDLE_AIM, aim: true }],
    figures: { secs, loadBefore, rssMb: round(use.rssMb), pssMb: round(use.pssMb), aloneMb: round(use.aloneMb), processes: use.processes },
  }
}

async function outage(context: BenchContext): Promise<Figure> {
  const activities = context.full ? HOUR : MINUTE
  const loadBefore = load()
  const found = await withInstallation({ ...context, folder: join(context.folder, 'outage') }, (stage) =>
    stage.ask<{ lastSeq: number; lost: number; received: number; perSec: number; bodyBytes: number; diskBytes: number; appendsPerSec: number; agentCpuUs: number; peakRssMb: number }>({ do: 'outage', activities }))
  context.say(`agent.F7: ${Math.round(found.perSec)} activities/s, ${found.lost} lost, ${found.diskBytes.toFixed(0)} bytes of disk each`)
  return {
    name: 'agent.F7', unit: 'activities/s from the start of the agent to the last one committed', better: 'higher', ours: spread([found.perSec]), limit: 20_000,
    goals: [{ text: 'none lost, though the writer was killed twice', met: found.lost === 0 && found.received >= activities }, { text: 'at least 20,000 activities/s replayed', met: found.perSec >= 20_000, aim: true }],
    figures: { activities, loadBefore, lost: found.lost, received: found.received, bodyBytes: round(found.bodyBytes), spoolBytesEach: round(found.diskBytes), appendsPerSec: round(found.appendsPerSec), agentCpuUs: round(found.agentCpuUs), rssMb: round(found.peakRssMb) },
  }
}

const has = (program: string): Promise<boolean> => promisify(execFile)('sh', ['-c', `command -v ${program}`]).then(() => true, () => false)

export const agent: Bench = {
  name: 'agent',
  summary: 'F1 to F7: loss, latency, CPU, memory, idle and outage of the agent beside fatrace, inotifywait and @parcel/watcher.',
  limitSecs: 1800,
  async unable() {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
    if (!(await promisify(execFile)('unshare', ['-m', 'true']).then(() => true, () => false))) return 'no mount namespace of its own is allowed here'
    const missing = (await Promise.all(['fatrace', 'inotifywait'].map(async (program) => ((await has(program)) ? [] : [program])))).flat()
    return missing.length === 0 ? undefined : `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed (Debian: apt-get install fatrace inotify-tools)`
  },
  async run(context) {
    const stage = startPeer('files-stage.ts', [], { leads: true, through: ['unshare', '-m', '--propagation', 'private'], env: { HOLDFAST_BENCH_STAGED: '1' } })
    try {
      const figures: Figure[] = []
      for (const each of BURSTS) figures.push(await burst(context, stage, each))
      figures.push(await coldTree(context, stage, 'agent.F4', 10_000, 100_000))
      if (context.full) figures.push(await coldTree(context, stage, 'agent.F4-million', 20_000, 1_000_000))
      figures.push(await slowdown(context, stage), await rest(context), await outage(context))
      await stage.ask({ do: 'end', folder: join(context.folder, 'files') })
      return figures
    } finally {
      await stage.end()
    }
  },
}
