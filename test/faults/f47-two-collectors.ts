import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, must } from './fault.ts'
import { startClusterFleet } from './cluster-fleet.ts'

export const twoCollectors: Fault = {
  id: 'F-47', name: 'two-collectors', title: 'two processes of each role on one stream, and a rolling restart',
  does: 'Two each of ingest, evaluate and deliver and one console over one PostgreSQL and one broker, agents under load; then every process is restarted, one after the other, some without a word.',
  oracle: 'Every append that resolved is stored exactly once; counters and alerts are what the stored activities give, none doubled; no watermark goes back; both ingest processes took part.',
  needs: ['postgres'], isLong: true,
  limitSecs: { short: 150, full: 600 },
  async run(context) {
    const fleet = await startClusterFleet(context, { bus: 1, ingest: 2, evaluate: 2, http: 1, deliver: 2 }, context.count(3, 8))
    fleet.load(context.count(200, 250))
    await fleet.acknowledged(context.count(1500, 20_000), 120)
    const rounds = context.count(1, 8)
    let restarts = 0
    for (let round = 0; round < rounds; round += 1) {
      for (const member of fleet.cluster.members) {
        context.signal.throwIfAborted()
        if (member.role === 'bus' && round % 2 === 1) continue
        await member.stop(context.random.next() < 0.3 ? 'SIGKILL' : 'SIGTERM')
        await sleep(context.random.between(0, 400))
        await member.start()
        restarts += 1
      }
    }
    context.figures['restarts'] = restarts
    await fleet.judge(150)
    const takers = fleet.cluster.of('ingest').filter((member) => member.running()).length
    must(takers === 2, 'an ingest process is gone')
  },
}
