import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, must } from './fault.ts'
import { countRows, startFleet } from './fleet.ts'

export const ackLost: Fault = {
  id: 'F-26', name: 'ack-lost', title: 'acknowledgements are lost',
  does: 'A proxy swallows everything from the broker to the agent for about three seconds while the agent publishes, then lets new connections through; several times.',
  oracle: 'What the agent sends again is one row; nothing is lost, nothing waits for ever.',
  limitSecs: { short: 90, full: 300 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1, proxy: true })
    const { proxy, installation } = fleet
    if (proxy === undefined) throw new Error('no proxy')
    fleet.load(500)
    const rounds = context.count(2, 20)
    let arrivedUnheard = 0
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      await fleet.acknowledged(200, 60)
      const ackedBefore = fleet.agents[0]?.status()?.ackedSeq ?? 0
      proxy.set({ kind: 'drop_answers' })
      await sleep(context.random.between(2500, 3500))
      const rows = await countRows(installation.dir, 'activity')
      arrivedUnheard = Math.max(arrivedUnheard, rows - (fleet.agents[0]?.status()?.ackedSeq ?? 0), rows - ackedBefore)
      proxy.set({ kind: 'none' })
    }
    must(arrivedUnheard > 0, 'no activity arrived whose acknowledgement was lost, so nothing was tested')
    context.figures['rounds'] = rounds
    context.figures['arrivedUnheardMax'] = arrivedUnheard
    await fleet.judge(180)
    context.figures['resent'] = fleet.agents[0]?.status()?.resent ?? 0
  },
}
