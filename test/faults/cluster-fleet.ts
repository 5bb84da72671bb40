// Workload agents against an installation of several processes, and the same judgement as for one.
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { openPostgresStore } from '@holdfast/collector/store/postgres/postgres-store.ts'
import { type Cluster, type ClusterRole, startCluster } from '../support/cluster.ts'
import { until } from '../support/processes.ts'
import { type FaultContext, must } from './fault.ts'
import { enrolDevice, LEAK_POLICY, SECURITY_POLICY, type WorkloadAgent, workloadAgent } from './fleet.ts'
import { readJournal } from './journal.ts'
import { judgeIn, type Verdict } from './oracle.ts'

export interface ClusterFleet {
  readonly cluster: Cluster
  readonly agents: readonly WorkloadAgent[]
  load(perSecond: number): void
  acknowledged(count: number, seconds: number): Promise<void>
  /** Everything is up again; no more load; every spool is empty, every user is scored, and the store is what was issued. */
  judge(seconds: number): Promise<Verdict>
  /** The smallest watermark of each device that was ever below an earlier one: none. */
  readonly wentBack: () => number
}

export async function startClusterFleet(context: FaultContext, count: Readonly<Record<ClusterRole, number>>, agentCount: number): Promise<ClusterFleet> {
  const cluster = await startCluster(count)
  context.defer(() => cluster.close())
  for (const policy of [LEAK_POLICY, SECURITY_POLICY]) await cluster.client.send('POST', '/api/v1/policies', policy)
  const baseMs = Date.now() - 3_600_000
  const agents: WorkloadAgent[] = []
  for (let index = 0; index < agentCount; index += 1) {
    const dir = await enrolDevice(cluster, `agent-${index}`)
    const { deviceId } = await loadIdentity(dir)
    agents.push(workloadAgent({ index, dir, deviceId, journal: join(context.folder, `journal-${index}`), baseMs }))
  }
  context.defer(async () => void (await Promise.all(agents.map((agent) => agent.stop('SIGKILL')))))
  for (const agent of agents) agent.start()
  context.explain(() => [
    ...agents.map((agent) => `agent ${agent.index} ${agent.running() ? 'runs' : 'ended'}: ${JSON.stringify(agent.status())}\n${agent.log().slice(-800)}`),
    ...cluster.members.map((member) => `${member.name} ${member.running() ? 'runs' : 'ended'}: ${member.log().slice(-1200)}`),
  ].join('\n'))
  await until('every agent to be connected', 60, () => (agents.every((agent) => agent.status()?.connected === true) ? true : undefined))

  const marks = new Map<number, { epoch: string; acked: number }>()
  let back = 0
  const watch = setInterval(() => {
    for (const agent of agents) {
      const status = agent.status()
      const before = marks.get(agent.index)
      if (status === undefined) continue
      if (before !== undefined && before.epoch === status.epoch && status.ackedSeq < before.acked) back += 1
      marks.set(agent.index, { epoch: status.epoch, acked: status.ackedSeq })
    }
  }, 100)
  context.defer(() => clearInterval(watch))

  const done = (): number => agents.reduce((sum, agent) => sum + readJournal(agent.journal).obligations.length, 0)
  const verdict = async (store: Awaited<ReturnType<typeof openPostgresStore>>): Promise<Verdict> =>
    judgeIn(store.connection, agents.map((agent) => ({ agent: agent.index, deviceId: agent.deviceId, journal: readJournal(agent.journal) })), new Set(), baseMs, Date.now())
  return {
    cluster, agents,
    wentBack: () => back,
    load: (perSecond) => agents.forEach((agent) => agent.command({ perSecond })),
    async acknowledged(more, seconds) {
      const before = done()
      await until(`${more} more activities to be spooled`, seconds, () => (done() - before >= more ? true : undefined))
    },
    async judge(seconds) {
      const begun = Date.now()
      for (const agent of agents) agent.command({ perSecond: 0 })
      await until('the spools to be empty', seconds, () => (agents.every((agent) => {
        const status = agent.status()
        return status !== undefined && status.atMs > begun + 400 && status.pending === 0 && status.connected && status.ackedSeq >= status.lastSeq && status.bytes === 0
      }) ? true : undefined))
      const store = await openPostgresStore({ url: cluster.store })
      try {
        await until('every user to be scored', 90, async () => ((await store.connection.get<{ n: number }>('SELECT count(*) AS n FROM mark WHERE due = 0'))?.n === 0 ? true : undefined))
        context.figures['drainSecs'] = Math.round((Date.now() - begun) / 100) / 10
        const found = await verdict(store)
        const { obligations, stored, lost, doubled, foreign, altered, explained, keptApart, unexplained, alerts } = found
        Object.assign(context.figures, { obligations, stored, lost, doubled, foreign, altered, explained, keptApart, unexplained, alerts, watermarkBack: back })
        must(obligations > 0, 'the workload issued nothing, so nothing was tested')
        must(found.problems.length === 0, found.problems.join('\n'))
        must(back === 0, `a watermark went back ${back} times`)
        for (const agent of agents) agent.command({ issue: 1 })
        await until('a fresh activity of every agent to be stored', 60, async () => (Number((await store.connection.get<{ n: number }>('SELECT count(*) AS n FROM activity'))?.n) >= stored + agents.length ? true : undefined))
        return found
      } finally {
        await store.close()
      }
    },
  }
}
