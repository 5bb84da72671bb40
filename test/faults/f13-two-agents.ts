import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../support/processes.ts'
import { type Fault, must } from './fault.ts'
import { startFleet, workloadAgent } from './fleet.ts'

export const twoAgents: Fault = {
  id: 'F-13', name: 'two-agents', title: 'two agents are started on one spool',
  does: 'Under load a second agent is started on the same folder; then the first is killed with kill -9 and started again at once, over the lock that it left.',
  oracle: 'The second one ends with SPOOL_LOCKED and the first goes on; a lock that nobody holds is taken over; nothing is lost or doubled.',
  limitSecs: { short: 60, full: 180 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const [agent] = fleet.agents
    if (agent === undefined) throw new Error('no agent')
    fleet.load(500)
    const rounds = context.count(2, 20)
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      await fleet.acknowledged(50, 30)
      const second = workloadAgent({ index: 900 + round, dir: agent.dir, deviceId: agent.deviceId, journal: `${agent.journal}-second-${round}`, baseMs: fleet.baseMs })
      context.defer(() => second.stop('SIGKILL'))
      second.start()
      second.command({ perSecond: 500 })
      await until('the second agent to end', 30, () => (second.running() ? undefined : true)).catch((error: unknown) => {
        throw new Error(`a second agent works on the same spool: ${String(error)}`)
      })
      must(second.log().includes('SPOOL_LOCKED'), `the second agent ended for another reason: ${second.log().slice(-1000)}`)
      must(agent.running(), 'the first agent ended when a second one was started')
      await fleet.acknowledged(50, 30)
      await sleep(context.random.between(0, 200))
      await agent.stop('SIGKILL')
      agent.start()
      await until('the lock of a killed agent to be taken over', 30, () => {
        must(agent.running(), `the lock that a killed agent left is not taken over: ${agent.log().slice(-1500)}`)
        return agent.status()
      })
    }
    context.figures['rounds'] = rounds
    await fleet.judge()
  },
}
