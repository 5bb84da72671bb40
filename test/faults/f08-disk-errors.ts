// F-08, F-09 and F-10: the disk of the agent answers with errors, once, now and then, or until somebody mends it.
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { bodyOf } from '@holdfast/agent/spool/testing.ts'
import { killPid } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import { runAgent } from '../support/real-agent.ts'
import { buildAgentStage, workerOf } from './agent-stage.ts'
import { recordCrashes } from './crash-states.ts'
import { holdAgainstPromises } from './f02-power-cut.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { type Fleet, startFleet, type WorkloadAgent } from './fleet.ts'
import { cpuMillis, inject, type Injection, limitFiles } from './injected.ts'
import { mountVolume } from './volume.ts'

const RATE = 400

/** The agent goes on by itself, and takes what it is given. */
async function goesOn(agent: WorkloadAgent, what: string): Promise<number> {
  const begun = Date.now()
  must(agent.running(), `${what}: the agent ended: ${agent.log().slice(-1500)}`)
  const before = agent.status()?.acknowledged ?? 0
  await until(`the agent to take activities again after ${what}`, 40, () => {
    must(agent.running(), `${what}: the agent ended: ${agent.log().slice(-1500)}`)
    return (agent.status()?.acknowledged ?? 0) > before + 50 ? true : undefined
  })
  return Date.now() - begun
}

/** Fails calls of the agent under load for a while. @returns appends that were refused meanwhile */
async function fail(context: FaultContext, agent: WorkloadAgent, injection: Injection, forMs: number): Promise<number> {
  const before = agent.status()?.refused ?? 0
  const release = await inject(context, agent.pid() ?? 0, injection)
  await sleep(forMs)
  await release()
  await goesOn(agent, `${injection.error} of ${injection.calls}${injection.when === undefined ? '' : ` (${injection.when})`}`)
  return (agent.status()?.refused ?? 0) - before
}

async function loadedFleet(context: FaultContext): Promise<{ readonly fleet: Fleet; readonly agent: WorkloadAgent }> {
  const fleet = await startFleet(context, { agents: 1 })
  const [agent] = fleet.agents
  if (agent === undefined) throw new Error('no agent')
  fleet.load(RATE)
  await fleet.acknowledged(200, 30)
  return { fleet, agent }
}

/** Activities up to the reserve, then a smaller cap: gap records still find room. */
async function gapsFromTheReserve(context: FaultContext): Promise<void> {
  const folder = join(context.folder, 'reserve')
  await mountVolume(context, folder, 800)
  const spool = await openSpool({ folder: join(folder, 'spool'), maxBytes: 1 << 30, now: Date.now, log: { info() {}, warn() {}, error() {} } })
  try {
    let promised = 0
    for (let refused = 0; refused < 3;) {
      const group = await Promise.allSettled(Array.from({ length: 64 }, (_, index) => spool.append(bodyOf(promised + index, 4000))))
      promised += group.filter((one) => one.status === 'fulfilled').length
      if (group.some((one) => one.status === 'rejected')) refused += 1
    }
    must(promised > 1000, `only ${promised} activities found room`)
    await spool.setMaxBytes(600 << 20)
    const gaps = await spool.gaps()
    const { dropped, firstHeldSeq } = spool.figures()
    must(dropped > 0 && gaps.length === 1 && gaps[0]?.reason === 'spool_full' && gaps[0].lastSeq === firstHeldSeq - 1, `on a full disk ${dropped} activities were dropped, and the gap records say ${JSON.stringify(gaps)}`)
    await spool.append(bodyOf(1, 100))
    context.figures['droppedOnAFullDisk'] = dropped
  } finally {
    await spool.close()
  }
}

export const noSpace: Fault = {
  id: 'F-08', name: 'no-space', title: 'the disk has no space at the worst moments',
  does: 'ENOSPC at every sync, every write, every cut of a file and every opening of one, a few seconds each, under load; at each single one of the calls of a short life; at the rename of a salvage; and a volume that is full up to the reserve when the cap shrinks.',
  oracle: 'The agent does not end, promises nothing that it cannot keep, and goes on by itself; everything promised is stored exactly once. On a full disk gap records still find room: the reserve is theirs.',
  needs: ['strace', 'mounts'],
  isLong: true,
  limitSecs: { short: 120, full: 600 },
  async run(context) {
    const { fleet, agent } = await loadedFleet(context)
    const calls = context.short ? ['fdatasync,fsync', 'pwrite64'] : ['fdatasync,fsync', 'pwrite64', 'ftruncate,fallocate', 'openat', 'rename,renameat,renameat2', 'unlink,unlinkat']
    let refused = 0
    for (const call of calls) {
      context.signal.throwIfAborted()
      refused += await fail(context, agent, { calls: call, error: 'ENOSPC' }, context.count(1500, 5000))
    }
    must(refused > 0, 'nothing was refused, so nothing was tested')
    context.figures['refused'] = refused
    await fleet.judge()
    // Large enough that its reserve is more than what is written between two looks at the free space.
    if (!context.short) await gapsFromTheReserve(context)
    context.figures['singleCalls'] = await eachCallOnce(context, 'ENOSPC', context.count(8, 120))
  },
}

/** One life for each call that fails, counted from its start; then the spool is held against what was promised. */
async function eachCallOnce(context: FaultContext, error: string, most: number): Promise<number> {
  const script = join(import.meta.dirname, 'spool-life.ts')
  let lives = 0
  for (const call of ['pwrite64', 'fdatasync,fsync']) {
    for (let index = 0; index < most; index += 1) {
      context.signal.throwIfAborted()
      const root = join(context.folder, `life-${lives}`)
      const said = await recordLife(root, script, ['--groups', '8', '--max-bytes', '1', '--seed', String(lives)], { calls: call, error, when: String(1 + Math.floor((index * 60) / most)) }, context.folder)
      await holdAgainstPromises(root, said, `${error} at a single ${call}, the ${1 + Math.floor((index * 60) / most)}th`)
      await rm(root, { recursive: true })
      lives += 1
    }
  }
  return lives
}

async function recordLife(root: string, script: string, args: readonly string[], injection: Injection, folder: string): Promise<readonly string[]> {
  await mkdir(root, { mode: 0o700 })
  const record = await recordCrashes(root, script, [root, ...args], folder, injection)
  return record.changes.flatMap((change) => (change.kind === 'say' ? [change.line] : []))
}

export const diskFails: Fault = {
  id: 'F-09', name: 'disk-fails', title: 'writes and syncs of the agent’s disk fail, once, now and then, and for good',
  does: 'EIO at one sync, at every fifth, at all of them and at all writes, under load; then the real agent’s disk fails for good while files are copied, and is mended.',
  oracle: 'No append is promised by a sync that failed; what was promised is stored exactly once. While nothing can be written the agent lives, holds activities back, uses next to no processor, and the device says SPOOL_FAILING; afterwards the copies made meanwhile are stored.',
  needs: ['strace'],
  isLong: true,
  limitSecs: { short: 150, full: 600 },
  async run(context) {
    const { fleet, agent } = await loadedFleet(context)
    const injections: readonly Injection[] = [{ calls: 'fdatasync,fsync', error: 'EIO', when: '1' }, { calls: 'fdatasync,fsync', error: 'EIO', when: '1+5' }, { calls: 'fdatasync,fsync', error: 'EIO' }, { calls: 'pwrite64', error: 'EIO' }]
    let refused = 0
    for (let round = 0; round < context.count(1, 10); round += 1) {
      for (const injection of injections) {
        context.signal.throwIfAborted()
        refused += await fail(context, agent, injection, context.random.between(1000, context.count(1500, 4000)))
        // Over what a failed sync may have left behind.
        if (context.random.next() < 0.4) {
          await agent.stop('SIGKILL')
          agent.start()
        }
      }
    }
    must(refused > 0, 'nothing was refused, so nothing was tested')
    context.figures['refused'] = refused
    await fleet.judge()
    context.figures['singleCalls'] = await eachCallOnce(context, 'EIO', context.count(8, 120))
    await fleet.installation.stop()
    await failForGood(context)
  },
}

async function failForGood(context: FaultContext): Promise<void> {
  const stage = await buildAgentStage(context)
  const agent = await runAgent(stage.installation, stage.dir)
  context.defer(() => agent.stop('SIGKILL'))
  context.explain(() => agent.daemon.log().slice(-2000))
  await stage.copy('before')
  const worker = workerOf(agent.daemon.child.pid ?? 0) ?? 0
  const release = await inject(context, worker, { calls: 'fdatasync,fsync', error: 'EIO' })
  const copies = ['one', 'two', 'three'].map((name) => stage.copy(name))
  for (const copy of copies) copy.catch(() => {})
  await until('the device to say that its disk fails', 20, async () => ((await agent.device()).faults.some(({ code }) => code === 'SPOOL_FAILING') ? true : undefined))
  const cpu = await cpuMillis(worker, context.count(4000, 12_000))
  must(workerOf(agent.daemon.child.pid ?? 0) === worker, 'the agent was started again because its disk failed')
  await release()
  await Promise.all(copies)
  await until('the device to be well again', 20, async () => ((await agent.device()).faults.some(({ code }) => code === 'SPOOL_FAILING') ? undefined : true))
  context.figures['cpuMillisWhileFailing'] = cpu
  // Under strace each call costs several times what it costs alone, and heartbeats go on.
  must(cpu < 60, `an agent whose disk fails uses ${cpu} thousandths of a core`)
  must((await agent.device()).unexplained === 0, 'numbers are missing without an explanation')
}

/** Every name of a small volume is used up. */
async function useUpInodes(folder: string): Promise<() => Promise<void>> {
  const made: string[] = []
  for (;;) {
    const path = join(folder, `name-${made.length}`)
    try {
      await (await open(path, 'w')).close()
      made.push(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') break
      throw error
    }
  }
  must(made.length > 0, 'there were no names left before')
  return async () => {
    for (const path of made) await rm(path)
  }
}

export const noHandles: Fault = {
  id: 'F-10', name: 'no-handles', title: 'no inode, no descriptor, a read-only disk, and a folder that is gone, while the agent runs',
  does: 'The agent’s volume runs out of inodes (also over a kill and a start), the agent may open no further file while its broker is killed, every write says that the file system is read-only, and the whole spool folder is deleted while the agent runs.',
  oracle: 'The agent lives or is started again when it is mended, and goes on by itself; what was promised is stored exactly once (of a deleted folder what the open files still hold, and at most the last second of the rest is explained by a gap).',
  needs: ['strace', 'mounts'],
  isLong: true,
  limitSecs: { short: 120, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const [agent] = fleet.agents as readonly [WorkloadAgent]
    const folder = join(agent.dir, 'spool')
    await agent.stop('SIGTERM')
    await mountVolume(context, folder, 64, { inodes: 40, keep: true })
    agent.start()
    fleet.load(RATE)
    await fleet.acknowledged(100, 30)

    for (let round = 0; round < context.count(1, 6); round += 1) {
      context.signal.throwIfAborted()
      let heal = await useUpInodes(folder)
      await sleep(context.count(500, 3000))
      must(agent.running(), `the agent ended because there was no inode: ${agent.log().slice(-1500)}`)
      await heal()
      await goesOn(agent, 'no inode')
      // The log of a database that was closed is a new file.
      await agent.stop(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
      heal = await useUpInodes(folder)
      agent.start()
      await sleep(1500)
      await heal()
      if (!agent.running()) {
        must(agent.log().includes('SPOOL_IO'), `the agent ended for another reason: ${agent.log().slice(-1500)}`)
        agent.start()
      }
      fleet.load(RATE)
      await goesOn(agent, 'a start without an inode')

      const pid = agent.pid() ?? 0
      const before = await limitFiles(pid, (await readdir(`/proc/${pid}/fd`)).length)
      const broker = fleet.installation.brokerPid()
      if (broker !== undefined) killPid(broker, 'SIGKILL')
      await until('the agent to have no connection', 30, () => (agent.status()?.connected === false ? true : undefined))
      await sleep(1500)
      must(agent.running(), `the agent ended because it may open no file: ${agent.log().slice(-1500)}`)
      await limitFiles(pid, before)
      await goesOn(agent, 'no descriptor')
      await until('the agent to be connected again', 60, () => (agent.status()?.connected === true ? true : undefined))

      await fail(context, agent, { calls: 'pwrite64,ftruncate', error: 'EROFS' }, context.count(1500, 4000))
    }
    await fleet.judge()

    fleet.load(RATE)
    await fleet.acknowledged(200, 30)
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
    await goesOn(agent, 'the spool folder was emptied')
    await fleet.judge()
    context.figures['explainedAfterDeletion'] = Number(context.figures['explained'])
  },
}
