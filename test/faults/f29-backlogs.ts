import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../support/processes.ts'
import { type Fault, must } from './fault.ts'
import { startFleet } from './fleet.ts'

/** News of a device that was never away may be so late. */
const LATE_MS = 30_000

export const backlogs: Fault = {
  id: 'F-29', name: 'backlogs', title: 'devices come back with what they gathered while nobody took it',
  does: 'Collector and broker are away while most agents gather a backlog; one agent has none. All come back together, and that one goes on with its news.',
  oracle: 'News of the device without a backlog are stored within 30 s while the others drain; everything is stored exactly once.',
  isLong: true,
  limitSecs: { short: 120, full: 900 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(3, 12) })
    const [live, ...away] = fleet.agents
    must(live !== undefined, 'there is no agent')
    await fleet.installation.stop()
    await live.stop('SIGTERM')
    for (const agent of away) agent.command({ perSecond: context.count(2500, 2500) })
    await fleet.acknowledged(context.count(12_000, 1_500_000), context.count(40, 600))
    for (const agent of away) agent.command({ perSecond: 20 })
    const backlog = away.reduce((sum, agent) => sum + ((agent.status()?.lastSeq ?? 0) - (agent.status()?.ackedSeq ?? 0)), 0)
    await fleet.installation.start()
    live.start()
    await until('the one without a backlog to be connected', 30, () => (live.status()?.connected === true ? true : undefined))
    live.command({ perSecond: 5 })
    // When each number was first seen, until the watermark has passed it.
    const seen = new Map<number, number>()
    let latest = 0
    let passed = live.status()?.ackedSeq ?? 0
    const begun = Date.now()
    const left = (): number => away.reduce((sum, agent) => sum + Math.max(0, (agent.status()?.lastSeq ?? 0) - (agent.status()?.ackedSeq ?? 0)), 0)
    for (let settled = 0; settled < 10; ) {
      context.signal.throwIfAborted()
      const status = live.status()
      if (status !== undefined) {
        for (let seq = Math.max(passed, ...seen.keys()) + 1; seq <= status.lastSeq; seq += 1) seen.set(seq, status.atMs)
        for (const [seq, atMs] of seen) {
          const late = Date.now() - atMs
          if (seq <= status.ackedSeq || late > latest) latest = Math.max(latest, late)
          if (seq <= status.ackedSeq) seen.delete(seq)
        }
        passed = Math.max(passed, status.ackedSeq)
      }
      settled = left() < 200 ? settled + 1 : 0
      await sleep(100)
    }
    Object.assign(context.figures, { backlog, drainedSecs: Math.round((Date.now() - begun) / 100) / 10, latestMs: latest })
    must(passed > 0, 'nothing of the device without a backlog was stored')
    must(latest < LATE_MS, `news were ${latest} ms late`)
    await fleet.judge(240)
  },
}
