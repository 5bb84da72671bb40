// W8: the collector and the broker are ended with kill -9 at random while devices work; nothing may be lost, stored twice or
// alerted twice. The agent's own end is in F7: its spool's writer is killed there.
import { setTimeout as sleep } from 'node:timers/promises'
import { readLoadArguments } from '../load/arguments.ts'
import { runLoad } from '../load/load.ts'
import { chance } from '../simulate/random.ts'
import { type Bench, round, spread } from './bench.ts'

const DEVICES = 60
const COLLECTOR_KILLS = 10
const BROKER_KILLS = 3
/** Between two of them, so that there is something new to lose. */
const GAP_SECS = [2, 6] as const
const SECS = 120
const SEED = 23
const LIMIT_MS = 5000
const STRETCH_MS = 2000
/** Devices come back on their own, after a second or a few. */
const PATIENCE_MS = 60_000

export const crash: Bench = {
  name: 'crash', summary: 'W8: collector and broker killed again and again while devices work: lost, doubled, and how long until it works again.', limitSecs: 600,
  async run(context) {
    const options = readLoadArguments(['--devices', String(DEVICES), '--profile', 'office=2,build=1,storm=1', '--pace', '2', '--secs', String(SECS), '--offline', '0', '--workers', '1', '--seed', String(SEED), '--json'])
    if (options === 'help') throw new Error('no load')
    const random = chance(SEED, 50)
    const acts = Array.from({ length: COLLECTOR_KILLS + BROKER_KILLS }, (_, index) => ({ isBroker: index < BROKER_KILLS, place: random.next() })).toSorted((a, b) => a.place - b.place)
    const readyMs: number[] = []
    const worksMs: number[] = []
    const report = await runLoad(options, (line) => context.say(line), context.signal, async (stage) => {
      const { server } = stage
      for (const { isBroker } of acts) {
        await sleep(random.between(GAP_SECS[0] * 1000, GAP_SECS[1] * 1000))
        context.signal.throwIfAborted()
        if (isBroker) {
          await server.killBroker()
          continue
        }
        await server.kill()
        const before = await stage.committed()
        const begunAt = performance.now()
        readyMs.push(await server.startAgain())
        while ((await stage.committed()) <= before && performance.now() - begunAt < PATIENCE_MS) await sleep(20)
        worksMs.push(performance.now() - begunAt)
      }
    })
    const { figures, stored = 0, alerts = 0, doubledAlerts = 0 } = report
    const [lost, doubled] = [Math.max(figures.made - figures.committed, figures.made - stored, 0), Math.max(0, stored - figures.made)]
    context.say(`crash: ${figures.made} activities, ${lost} lost, ${doubled} doubled, ${alerts} alerts, ${doubledAlerts} doubled; ready ${round(spread(readyMs).median)} ms, works ${round(spread(worksMs).median)} ms after it is started`)
    return [{
      name: 'crash.W8', unit: 'ms from starting the collector again until it has committed something new', better: 'lower', ours: spread(worksMs), limit: LIMIT_MS,
      goals: [
        { text: 'nothing lost, nothing stored twice', met: lost === 0 && doubled === 0 }, { text: 'no alert twice', met: doubledAlerts === 0 && alerts > 0 },
        { text: `works again within ${LIMIT_MS} ms`, met: spread(worksMs).median <= LIMIT_MS }, { text: `works again within ${STRETCH_MS} ms`, met: spread(worksMs).median <= STRETCH_MS, aim: true },
      ],
      figures: { seed: SEED, devices: DEVICES, collectorKills: COLLECTOR_KILLS, brokerKills: BROKER_KILLS, activities: figures.made, stored, lost, doubled: doubled + doubledAlerts, alerts, readyMs: round(spread(readyMs).median), resent: figures.resent, reconnects: figures.reconnects, drainSecs: report.drainSecs },
    }]
  },
}
