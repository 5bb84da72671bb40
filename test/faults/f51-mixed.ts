// Ten minutes of everything at once, on a cluster. What happens when is drawn from the seed; when it is over is not: a step
// begins as soon as the one before it is done.
import { setTimeout as sleep } from 'node:timers/promises'
import { killPid } from '../support/own-processes.ts'
import type { Member } from '../support/cluster.ts'
import { startClusterFleet } from './cluster-fleet.ts'
import type { Fault } from './fault.ts'

const STEPS = ['kill', 'stop', 'broker', 'freeze', 'agent', 'database'] as const

export const mixed: Fault = {
  id: 'F-51', name: 'mixed', title: 'mixed faults at load on three brokers and two of each role',
  does: 'A three-node NATS cluster (R3), PostgreSQL, two each of ingest, evaluate, http and deliver, agents under load. Drawn from the seed, one after the other: kill -9 or restart of any process, kill -9 of one nats-server, a process that is frozen for seconds, kill -9 of an agent, PostgreSQL killed and recovered.',
  oracle: 'Lost 0, doubled 0, foreign 0, altered 0; alerts and counters are those of an offline re-score; no watermark goes back; a fresh activity of every agent passes.',
  needs: ['postgres'], alone: true, isLong: true,
  limitSecs: { short: 300, full: 1500 },
  async run(context) {
    const fleet = await startClusterFleet(context, { bus: 3, ingest: 2, evaluate: 2, http: 2, deliver: 2 }, context.count(3, 6))
    const { cluster } = fleet
    fleet.load(context.count(150, 150))
    const began = Date.now()
    const lasts = context.count(45, 600) * 1000
    const counts = Object.fromEntries(STEPS.map((step) => [step, 0])) as Record<(typeof STEPS)[number], number>
    const pick = <T>(list: readonly T[]): T => list[Math.floor(context.random.next() * list.length)] as T
    const restart = async (member: Member, signal: NodeJS.Signals): Promise<void> => {
      await member.stop(signal)
      await sleep(context.random.between(0, 2000))
      await member.start()
    }
    while (Date.now() - began < lasts) {
      context.signal.throwIfAborted()
      await sleep(context.random.between(500, 3000))
      const step = pick(STEPS)
      if (step === 'database' && context.random.next() < 0.5) continue
      counts[step] += 1
      const workers = cluster.members.filter((member) => member.role !== 'bus')
      if (step === 'kill') await restart(pick(context.random.next() < 0.2 ? cluster.of('bus') : workers), 'SIGKILL')
      else if (step === 'stop') await restart(pick(context.random.next() < 0.2 ? cluster.of('bus') : workers), 'SIGTERM')
      else if (step === 'broker') {
        const pid = pick(cluster.of('bus')).brokerPid()
        if (pid !== undefined) killPid(pid, 'SIGKILL')
      } else if (step === 'freeze') {
        const pid = pick(cluster.of('bus')).brokerPid()
        if (pid === undefined) continue
        killPid(pid, 'SIGSTOP')
        await sleep(context.random.between(500, 6000))
        killPid(pid, 'SIGCONT')
      } else if (step === 'agent') {
        const agent = pick(fleet.agents)
        await agent.stop('SIGKILL')
        await sleep(context.random.between(0, 1500))
        agent.start()
      } else {
        await cluster.postgres.kill()
        await sleep(context.random.between(0, 3000))
        await cluster.postgres.restart()
      }
      // What ended by itself, as a process whose database went away at its start, is started again as a service manager does.
      for (const member of cluster.members) if (!member.running()) await member.start()
    }
    Object.assign(context.figures, counts, { minutes: Math.round((Date.now() - began) / 6000) / 10 })
    await fleet.judge(300)
  },
}
