import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../support/processes.ts'
import { killPid } from '../support/own-processes.ts'
import { type Fault, must } from './fault.ts'
import { startFleet } from './fleet.ts'

export const brokerKilled: Fault = {
  id: 'F-20', name: 'broker-killed', title: 'the broker is killed again and again',
  does: 'Several agents under load; kill -9 of the supervised nats-server every few seconds.',
  oracle: 'The collector starts it again by itself; every append that resolved is stored exactly once; a fresh activity passes.',
  limitSecs: { short: 90, full: 480 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(3, 12) })
    fleet.load(context.count(300, 150))
    const kills = context.count(3, 40)
    for (let round = 0; round < kills; round += 1) {
      context.signal.throwIfAborted()
      await sleep(context.random.between(context.short ? 500 : 3000, context.short ? 1500 : 6000))
      const broker = await until('the broker to run', 30, () => fleet.installation.brokerPid())
      must(killPid(broker, 'SIGKILL'), 'the broker was gone already')
      await until('another broker', 60, () => {
        const next = fleet.installation.brokerPid()
        return next !== undefined && next !== broker ? next : undefined
      })
    }
    context.figures['kills'] = kills
    context.figures['agents'] = fleet.agents.length
    await fleet.judge(180)
    context.figures['resent'] = fleet.agents.reduce((sum, agent) => sum + (agent.status()?.resent ?? 0), 0)
  },
}
