import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, must } from './fault.ts'
import { storeFolder } from './f22-broker-wiped.ts'
import { startFleet } from './fleet.ts'

/** Longer than the broker's duplicate window of two minutes. */
const LONG_SECS = 150

export const partition: Fault = {
  id: 'F-25', name: 'partition', title: 'the network between agents and broker is cut',
  does: 'A proxy cuts every connection for about a second, several times, with black holes in between; then for longer than the broker remembers message ids (2.5 minutes; in a short run the broker forgets them because its storage is wiped meanwhile).',
  oracle: 'Every append that resolved is stored exactly once, also what was published just before the cut and again after it, when the broker knows no duplicate any more.',
  limitSecs: { short: 90, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 2, proxy: true })
    const { proxy, installation } = fleet
    if (proxy === undefined) throw new Error('no proxy')
    fleet.load(500)
    const cuts = context.count(3, 20)
    for (let cut = 0; cut < cuts; cut += 1) {
      context.signal.throwIfAborted()
      await sleep(context.random.between(500, 2000))
      proxy.set({ kind: context.random.next() < 0.7 ? 'partition' : 'black_hole' })
      await sleep(context.random.between(600, 1400))
      proxy.set({ kind: 'none' })
    }
    await fleet.acknowledged(200, 30)
    const before = fleet.agents.map((agent) => agent.status()?.ackedSeq ?? 0)
    proxy.set({ kind: 'partition' })
    if (context.short) {
      await installation.stop()
      await rm(await storeFolder(installation), { recursive: true, force: true })
      await installation.start()
      await sleep(1000)
    } else await sleep(LONG_SECS * 1000)
    must(fleet.agents.every((agent, index) => (agent.status()?.ackedSeq ?? 0) - (before[index] ?? 0) < 5000), 'watermarks moved through a partition')
    proxy.set({ kind: 'none' })
    context.figures['cuts'] = cuts + 1
    await fleet.judge(240)
    context.figures['resent'] = fleet.agents.reduce((sum, agent) => sum + (agent.status()?.resent ?? 0), 0)
  },
}
