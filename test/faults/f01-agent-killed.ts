import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../support/processes.ts'
import type { Fault } from './fault.ts'
import { startFleet } from './fleet.ts'

const PER_SECOND = 2000

export const agentKilled: Fault = {
  id: 'F-01', name: 'agent-killed', title: 'the agent is killed again and again under load',
  does: 'One agent spools 2,000 activities a second; kill -9 after 50 to 500 ms, counted from its start or from its first report, and a new start at once.',
  oracle: 'Every append that resolved is stored exactly once and byte for byte; counters and alerts are what the stored activities give; a fresh activity passes.',
  limitSecs: { short: 60, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const [agent] = fleet.agents
    if (agent === undefined) throw new Error('no agent')
    const cycles = context.count(8, 120)
    const restarts: number[] = []
    fleet.load(PER_SECOND)
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      context.signal.throwIfAborted()
      const wait = context.random.between(50, 500)
      if (context.random.next() < 0.7) {
        const begun = Date.now()
        await until('the agent to work after its start', 30, () => {
          if (!agent.running()) throw new Error(`the agent does not start: ${agent.log().slice(-3000)}`)
          return agent.status()
        })
        if (cycle > 0) restarts.push(Date.now() - begun)
      }
      await sleep(wait)
      await agent.stop('SIGKILL')
      agent.start()
    }
    context.figures['kills'] = cycles
    context.figures['restartMsMax'] = Math.max(0, ...restarts)
    await fleet.acknowledged(1000, 60)
    await fleet.judge()
  },
}
