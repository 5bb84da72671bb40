// Appends that are on the disk when they resolve, beside what fdatasync on a bare file allows.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, type BenchContext, type Figure, ratios, round, spread } from './bench.ts'
import { startPeer } from './processes.ts'

interface Answer {
  readonly perSec: number
  readonly cpuUs: number
}

const GOAL_SINGLE = 0.5
const GOAL_MANY = 0.1

async function compare(context: BenchContext, name: string, total: number, outstanding: number, goal: number): Promise<Figure> {
  const answers = { ours: [] as Answer[], raw: [] as Answer[] }
  for (let run = 0; run < context.runs; run += 1) {
    for (const mode of run % 2 === 0 ? (['raw', 'ours'] as const) : (['ours', 'raw'] as const)) {
      context.signal.throwIfAborted()
      const folder = join(context.folder, `${name}-${run}-${mode}`)
      await mkdir(folder, { mode: 0o700 })
      const peer = startPeer('spool-run.ts', [])
      answers[mode].push(await peer.ask<Answer>({ mode, folder, total, outstanding }))
      await peer.end()
      await rm(folder, { recursive: true, force: true })
    }
  }
  const ours = answers.ours.map((answer) => answer.perSec)
  const raw = answers.raw.map((answer) => answer.perSec)
  const ratio = ratios(ours, raw)
  context.say(`spool, ${outstanding} outstanding: ${Math.round(spread(ours).median)} appends/s, bare file ${Math.round(spread(raw).median)}`)
  return {
    name, unit: 'durable appends/s', better: 'higher', ours: spread(ours), reference: spread(raw), against: 'the same bytes to a bare file, one fdatasync for all that wait', ratio,
    goals: [{ text: `at least ${goal} of a bare file with fdatasync`, met: ratio.median >= goal }],
    figures: { appends: total, outstanding, cpuUsPerAppend: round(spread(answers.ours.map((answer) => answer.cpuUs)).median), bareCpuUsPerAppend: round(spread(answers.raw.map((answer) => answer.cpuUs)).median) },
  }
}

export const spool: Bench = {
  name: 'spool',
  summary: 'Appends to the agent’s spool that are synced to disk, beside fdatasync on a bare file.',
  limitSecs: 300,
  run: async (context) => [await compare(context, 'spool.single', 2000, 1, GOAL_SINGLE), await compare(context, 'spool.many', 100_000, 1000, GOAL_MANY)],
}
