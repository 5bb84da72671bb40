import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, must } from './fault.ts'
import { startFleet } from './fleet.ts'

export const collectorKilled: Fault = {
  id: 'F-40', name: 'collector-killed', title: 'the collector is killed again and again under load',
  does: 'Several agents under load; kill -9 of the collector at random times (while it starts, ingests, scores), and a new start at once. Its broker is left without a parent.',
  oracle: 'It starts again by itself, over the broker that outlived it; every append that resolved is stored exactly once; counters and alerts are what the stored activities give; the audit chain is whole.',
  limitSecs: { short: 120, full: 600 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 3 })
    const { installation } = fleet
    fleet.load(context.count(400, 300))
    const kills = context.count(6, 100)
    let starts = 0
    for (let kill = 0; kill < kills; kill += 1) {
      context.signal.throwIfAborted()
      await sleep(context.random.between(50, 1500))
      await installation.stop('SIGKILL')
      if (context.random.next() < 0.25) {
        await installation.startAndKill(context.random.between(100, 1200))
        starts += 1
      }
      await installation.start()
    }
    context.figures['kills'] = kills + starts
    await fleet.acknowledged(200, 60)
    await fleet.judge(180)
    const audit = JSON.parse(await installation.holdfast('audit', 'verify', '--json')) as { ok: boolean; problem?: string }
    must(audit.ok, `the audit chain is broken: ${audit.problem ?? ''}`)
  },
}
