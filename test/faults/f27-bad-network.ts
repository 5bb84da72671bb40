import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../support/processes.ts'
import { type Fault, must } from './fault.ts'
import { startFleet, type WorkloadAgent } from './fleet.ts'

/** An agent pings every 10 s, and three pings without an answer are the end: 40 s at the most. */
const SILENCE_SECS = 45
/** Batches on their way and their TLS: nothing waits in the agent for a network, the spool does. */
const GROWTH_MIB = 96

export const badNetwork: Fault = {
  id: 'F-27', name: 'bad-network', title: 'connections are reset within a message, altered, half open, or let a byte through now and then',
  does: 'A proxy between agents and broker resets connections in the middle of what an agent sends, turns over one bit in what passes (also in the handshake), lets 1 to 200 bytes a second through, and swallows everything of connections that look alive.',
  oracle: `What is altered ends its connection and is never taken. A half-open connection is noticed within ${SILENCE_SECS} s. The agents’ memory grows by less than ${GROWTH_MIB} MiB meanwhile. Every append that resolved is stored exactly once and byte for byte.`,
  isLong: true,
  limitSecs: { short: 120, full: 600 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 2, proxy: true })
    const { proxy } = fleet
    if (proxy === undefined) throw new Error('no proxy')
    fleet.load(400)
    await fleet.acknowledged(200, 30)
    const memory = async (agent: WorkloadAgent): Promise<number> => {
      const { readFile } = await import('node:fs/promises')
      return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${agent.pid()}/status`, 'utf8'))?.[1] ?? 0) / 1024
    }
    const before = await Promise.all(fleet.agents.map(memory))
    let growth = 0
    const look = async (): Promise<void> => {
      for (const [index, agent] of fleet.agents.entries()) growth = Math.max(growth, (await memory(agent)) - (before[index] ?? 0))
    }
    const back = async (what: string): Promise<void> => {
      proxy.set({ kind: 'none' })
      proxy.reset()
      await until(`every agent to be connected after ${what}`, 60, () => {
        must(fleet.agents.every((agent) => agent.running()), `an agent ended: ${what}`)
        return fleet.agents.every((agent) => agent.status()?.connected === true) ? true : undefined
      })
    }
    const rounds = context.count(1, 8)
    let faults = 0
    for (let round = 0; round < rounds; round += 1) {
      for (const bytes of [100, 2500, context.random.between(5000, 200_000)]) {
        context.signal.throwIfAborted()
        proxy.set({ kind: 'reset_within', bytes })
        proxy.reset()
        await sleep(context.random.between(800, 2000))
        faults += 1
      }
      await back('resets within messages')
      // In the hello, in the certificate, in the first records, and in the middle of activities.
      for (const bytes of [60, 1500, 4000, context.random.between(8000, 120_000)]) {
        context.signal.throwIfAborted()
        proxy.set({ kind: 'flip', bytes })
        proxy.reset()
        await sleep(context.random.between(800, 2000))
        faults += 1
        await look()
      }
      await back('altered bytes')
      proxy.set({ kind: 'trickle', bytesPerSec: context.random.between(1, 200) })
      await sleep(context.count(4000, 30_000))
      faults += 1
      await look()
      await back('a byte now and then')
    }
    if (!context.short) {
      proxy.set({ kind: 'black_hole' })
      const begun = Date.now()
      await until('half-open connections to be noticed', SILENCE_SECS, () => (fleet.agents.every((agent) => agent.status()?.connected === false) ? true : undefined))
      context.figures['halfOpenNoticedMs'] = Date.now() - begun
      faults += 1
      await look()
      await back('half-open connections')
    }
    must(growth < GROWTH_MIB, `an agent grew by ${Math.round(growth)} MiB`)
    Object.assign(context.figures, { faults, growthMiB: Math.round(growth) })
    await fleet.judge(180)
    context.figures['resent'] = fleet.agents.reduce((sum, agent) => sum + (agent.status()?.resent ?? 0), 0)
  },
}
