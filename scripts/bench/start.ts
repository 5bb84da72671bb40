// G21: from the start of the collector on an empty folder until it says that it is ready, broker included.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Installation, install, reopen } from './alert-queue-stage.ts'
import { type Bench, round, spread } from './bench.ts'

const LIMIT_MS = 2000
const STRETCH_MS = 600

export const start: Bench = {
  name: 'start', summary: 'The collector from its start until it is ready, its broker with it.', limitSecs: 300,
  async run(context) {
    const first: number[] = []
    const again: number[] = []
  const cpu: number[] = []
    for (let run = 0; run < context.runs; run += 1) {
      context.signal.throwIfAborted()
      const folder = join(context.folder, String(run))
      await mkdir(folder, { recursive: true })
      let installation: Installation = await install(folder)
      first.push(installation.readyMs)
      cpu.push(installation.readyCpuSecs * 1000)
      await installation.close()
      installation = await reopen(installation)
      again.push(installation.readyMs)
      await installation.close()
    }
    context.say(`start: ${round(spread(first).median)} ms new, ${round(spread(again).median)} ms again`)
    return [{
      name: 'start.collector', unit: 'ms from start to ready', better: 'lower', ours: spread(first), limit: LIMIT_MS,
      goals: [{ text: `ready in at most ${LIMIT_MS} ms`, met: spread(first).median <= LIMIT_MS }, { text: `ready in at most ${STRETCH_MS} ms`, met: spread(first).median <= STRETCH_MS, aim: true }],
      figures: { cpuMs: round(spread(cpu).median), againMs: round(spread(again).median), maxMs: round(spread(first).max) },
    }]
  },
}
