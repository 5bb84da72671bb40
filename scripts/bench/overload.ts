// W7: three times what the chain can take, until all of it is offered; then how long it needs to catch up, and what it cost.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, type BenchContext, type Figure, round, spread } from './bench.ts'
import { memory, startNatsServer, startPeer } from './processes.ts'

const USERS = 1000
const STEADY = 200_000
const OVERLOAD = 1_500_000
const FULL_OVERLOAD = 6_000_000
/** Enough that acknowledgements of the broker do not hold the publisher back. */
const IN_FLIGHT = 256
const MEMORY_RATIO = 1.5
const SEED = 11

interface Pass {
  readonly rate: number
  readonly offeredPerSec: number
  /** From the last offer until the last is scored. */
  readonly drainSecs: number
  readonly peakMb: number
  readonly expected: readonly string[]
  readonly alerted: readonly string[]
}

async function pass(context: BenchContext, activities: number, name: string, inFlight?: number): Promise<Pass> {
  const folder = join(context.folder, name)
  await mkdir(folder, { recursive: true })
  const broker = await startNatsServer(join(folder, 'nats'))
  const publisher = startPeer('ingest-publisher.ts', [], { execArgv: ['--max-old-space-size=8000'] })
  const collector = startPeer('ingest-collector.ts', [])
  try {
    const made = await publisher.ask<{ activities: number; leavers: readonly string[]; expected: readonly (readonly [string, number])[] }>({ do: 'prepare-leavers', seed: SEED, activities, users: USERS, leaverShare: 1 })
    await collector.ask({ do: 'start', mode: 'ours', url: broker.url, folder, devices: USERS, leavers: made.leavers })
    const [published, done] = await Promise.all([
      publisher.ask<{ startedAtMs: number; endedAtMs: number }>({ do: 'publish', url: broker.url, connections: 8, ...(inFlight === undefined ? {} : { inFlight }) }),
      // It rejects when the store holds another number of activities.
      collector.ask<{ scoredAtMs: number; alertTimes: readonly (readonly [string, number])[]}>({ do: 'finished', expected: made.activities }),
    ])
    const offerSecs = (published.endedAtMs - published.startedAtMs) / 1000
    const wholeSecs = (done.scoredAtMs - published.startedAtMs) / 1000
    const drainSecs = Math.max(0, wholeSecs - offerSecs)
    const outcome = {
      rate: made.activities / wholeSecs, offeredPerSec: made.activities / offerSecs, drainSecs,
      peakMb: (await memory(collector.pid)).peakMb, expected: made.expected.map(([account]) => account), alerted: done.alertTimes.map(([account]) => account),
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

const exact = ({ expected, alerted }: Pass): boolean => expected.length === new Set(alerted).size && alerted.length === expected.length && expected.every((account) => alerted.includes(account))

async function overloaded(context: BenchContext): Promise<readonly Figure[]> {
  const steady: Pass[] = []
  const over: Pass[] = []
  for (let run = 0; run < context.runs; run += 1) {
    context.signal.throwIfAborted()
    steady.push(await pass(context, STEADY, `steady-${run}`))
    over.push(await pass(context, context.full ? FULL_OVERLOAD : OVERLOAD, `overload-${run}`, IN_FLIGHT))
    const [calm, most] = [steady.at(-1), over.at(-1)]
    if (calm !== undefined && most !== undefined) context.say(`overload, run ${run + 1}: offered ${Math.round(most.offeredPerSec)}/s, ${round(most.offeredPerSec / calm.rate)} times what it takes (${Math.round(calm.rate)}/s); ${Math.round(most.rate)}/s meanwhile and after, drained in ${round(most.drainSecs)} s, ${Math.round(most.peakMb)} MB against ${Math.round(calm.peakMb)} MB`)
  }
  const memoryRatio = spread(over.map(({ peakMb }, index) => peakMb / (steady[index]?.peakMb ?? Number.NaN)))
  const rateRatio = spread(over.map(({ rate }, index) => rate / (steady[index]?.rate ?? Number.NaN)))
  return [{
    name: 'overload.W7', unit: 'MB of the collector at most', better: 'lower', ours: spread(over.map(({ peakMb }) => peakMb)), reference: spread(steady.map(({ peakMb }) => peakMb)), against: `${STEADY.toLocaleString('en-GB')} activities as they are taken`, ratio: memoryRatio,
    goals: [
      { text: 'nothing lost, every leaver found once, nobody wrong', met: [...steady, ...over].every(exact) },
      { text: `at most ${MEMORY_RATIO} times the memory`, met: memoryRatio.median <= MEMORY_RATIO },
      { text: 'at least 0.9 of the highest rate all the while', met: rateRatio.median >= 0.9, aim: true },
    ],
    figures: {
      activities: context.full ? FULL_OVERLOAD : OVERLOAD, users: USERS, offeredTimes: round(spread(over.map(({ offeredPerSec }, index) => offeredPerSec / (steady[index]?.rate ?? Number.NaN))).median), offeredPerSec: Math.round(spread(over.map(({ offeredPerSec }) => offeredPerSec)).median),
      takenPerSec: Math.round(spread(over.map(({ rate }) => rate)).median), steadyPerSec: Math.round(spread(steady.map(({ rate }) => rate)).median), rateRatio: round(rateRatio.median), drainSecs: round(spread(over.map(({ drainSecs }) => drainSecs)).median), alerts: `${over[0]?.alerted.length ?? 0}/${over[0]?.expected.length ?? 0} found`,
    },
  }]
}

export const overload: Bench = {
  name: 'overload', summary: 'W7: as much as the broker takes, several times what the chain can; lost, memory, and catching up.', limitSecs: 1200, run: overloaded,
}
