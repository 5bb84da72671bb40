// Sensitive information in text: megabytes a second of one core with one type, ten and all, beside the same patterns one by one.
import { type Bench, type BenchContext, type Figure, ratios, round, spread } from './bench.ts'
import { startPeer } from './processes.ts'

const BYTES = 8 << 20
/** One by one is slow enough on less. */
const NAIVE_BYTES = 1 << 20
const ALL = 1_000_000

interface Answer {
  readonly mbPerCpuSec: number
  readonly findings: number
  readonly all: number
}

async function flatness(context: BenchContext): Promise<Figure> {
  const peer = startPeer('classifier-run.ts', [])
  try {
    const rates = { one: [] as number[], ten: [] as number[], all: [] as number[], naive: [] as number[] }
    let known = 0
    for (let run = 0; run < context.runs; run += 1) {
      context.signal.throwIfAborted()
      rates.one.push((await peer.ask<Answer>({ bytes: BYTES, types: 1 })).mbPerCpuSec)
      rates.ten.push((await peer.ask<Answer>({ bytes: BYTES, types: 10 })).mbPerCpuSec)
      const all = await peer.ask<Answer>({ bytes: BYTES, types: ALL })
      rates.all.push(all.mbPerCpuSec)
      known = all.all
      rates.naive.push((await peer.ask<Answer>({ bytes: NAIVE_BYTES, types: ALL, naive: true })).mbPerCpuSec)
      context.say(`classifier, run ${run + 1}: ${round(rates.one.at(-1) ?? 0)} MB per CPU second with 1 type, ${round(rates.ten.at(-1) ?? 0)} with 10, ${round(rates.all.at(-1) ?? 0)} with all ${known}; one by one ${round(rates.naive.at(-1) ?? 0)}`)
    }
    const ratio = ratios(rates.all, rates.one)
    return {
      name: 'classifier.text', unit: 'MB per CPU second with all types', better: 'higher', ours: spread(rates.all), reference: spread(rates.one), against: 'the same text with one type', ratio,
      goals: [{ text: 'all types at no less than half of the rate of one', met: ratio.median >= 0.5 }, { text: 'at least 10 MB per CPU second', met: spread(rates.all).median >= 10, aim: true }],
      figures: { types: known, ten: round(spread(rates.ten).median), oneByOne: round(spread(rates.naive).median), timesOneByOne: round(ratios(rates.all, rates.naive).median) },
    }
  } finally {
    await peer.end()
  }
}

export const classifier: Bench = {
  name: 'classifier',
  summary: 'Sensitive information in text: MB a second of one core with one type, ten and all.',
  limitSecs: 300,
  run: async (context) => [await flatness(context)],
}
