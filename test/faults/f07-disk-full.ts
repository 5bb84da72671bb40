import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { end, track } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { type Fleet, startFleet, workloadAgent, type WorkloadAgent } from './fleet.ts'
import { fillVolume } from './volume.ts'

const VOLUME_MIB = 64

/** A process in a mount namespace of its own that holds a small volume; the mount ends with it. */
async function smallVolume(context: FaultContext, mountPoint: string): Promise<ChildProcess> {
  const holder = track(spawn('unshare', ['-m', '--propagation', 'private', '--', '/bin/sh', '-c', `mkdir -p "$1" && mount -t tmpfs -o size=${VOLUME_MIB}m,mode=0700 tmpfs "$1" && echo ready && exec sleep 3600`, 'sh', mountPoint], { stdio: ['ignore', 'pipe', 'pipe'] }))
  let problem = ''
  holder.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()))
  context.defer(() => end(holder, 'SIGKILL'))
  await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit').then(() => Promise.reject(new Error(`no volume: ${problem}`)))])
  return holder
}

/** The cap of the spool is reached while the collector is away: old ones are dropped, and a gap record says which. */
async function reachTheCap(context: FaultContext, fleet: Fleet, agent: WorkloadAgent): Promise<void> {
  await fleet.installation.stop()
  agent.command({ perSecond: 3000 })
  await until('the spool to reach its cap', 90, () => ((agent.status()?.dropped ?? 0) > 500 ? true : undefined))
  context.figures['droppedAtCap'] = agent.status()?.dropped ?? 0
  await agent.stop('SIGKILL')
  agent.start()
  await fleet.installation.start()
}

export const diskFull: Fault = {
  id: 'F-07', name: 'disk-full', title: 'the disk of the spool is full, and the spool reaches its cap',
  does: `The spool lies on a volume of ${VOLUME_MIB} MiB (in a mount namespace of its own), which is filled from outside to the last byte under load, and freed; several times, once with a kill while it is full. Then the collector is away until the spool has reached its cap.`,
  oracle: 'The agent does not end; what it cannot write it does not promise; what it promised is stored exactly once, or a gap record covers what was dropped; it goes on by itself when there is room.',
  limitSecs: { short: 120, full: 420 },
  async run(context) {
    must(process.getuid?.() === 0, 'needs root, for a mount')
    const fleet = await startFleet(context, { agents: 1, maxBytes: 4 << 20 })
    const [plain] = fleet.agents
    if (plain === undefined) throw new Error('no agent')
    await plain.stop('SIGTERM')
    const folder = join(plain.dir, 'spool')
    await rm(folder, { recursive: true, force: true })
    const holder = await smallVolume(context, folder)
    // The agent joins the namespace in which the volume is mounted; the outside reaches it through /proc.
    const agent = workloadAgent({ index: 0, dir: plain.dir, deviceId: plain.deviceId, journal: plain.journal, baseMs: fleet.baseMs, maxBytes: 256 << 20, wrap: ['nsenter', '-t', String(holder.pid), '-m', '--'] })
    const capped = workloadAgent({ index: 0, dir: plain.dir, deviceId: plain.deviceId, journal: plain.journal, baseMs: fleet.baseMs, maxBytes: 4 << 20, wrap: ['nsenter', '-t', String(holder.pid), '-m', '--'] })
    for (const one of [agent, capped]) context.defer(() => one.stop('SIGKILL'))
    const filler = join('/proc', String(holder.pid), 'root', folder, 'filler')
    agent.start()
    agent.command({ perSecond: 1000 })
    await until('the agent to work on the small volume', 30, () => ((agent.status()?.acknowledged ?? 0) > 100 ? true : undefined))

    const rounds = context.count(2, 12)
    let refusedMax = 0
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      const filled = await fillVolume(filler)
      must(filled > 0, 'the volume was full already')
      await until('the full disk to be noticed', 30, () => ((agent.status()?.refused ?? 0) > 0 || (agent.status()?.dropped ?? 0) > 0 ? true : undefined)).catch(() => context.say('nothing was refused: there was room inside the files of the spool'))
      await sleep(context.random.between(300, 1500))
      must(agent.running(), `the agent ended because its disk was full: ${agent.log().slice(-1500)}`)
      refusedMax = Math.max(refusedMax, agent.status()?.refused ?? 0)
      if (round === rounds - 1) await agent.stop('SIGKILL')
      await rm(filler)
      if (!agent.running()) {
        agent.start()
        agent.command({ perSecond: 1000 })
      }
      await until('the agent to go on by itself', 60, async () => {
        const before = agent.status()?.acknowledged ?? 0
        await sleep(500)
        return (agent.status()?.acknowledged ?? 0) > before ? true : undefined
      })
    }
    context.figures['rounds'] = rounds
    context.figures['refusedByFullDisk'] = refusedMax
    await agent.stop('SIGTERM')

    capped.start()
    fleet.agents = [capped]
    await until('the capped agent to run', 30, () => capped.status())
    await reachTheCap(context, fleet, capped)
    const verdict = await fleet.judge(180)
    must(verdict.explained > 0, 'the spool dropped activities, and no gap record reached the collector')
  },
}
