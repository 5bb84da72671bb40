// An installation with workload agents, for faults to break: start, load, drain, judge.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { enrol, type EnrolRequest } from '@holdfast/agent/identity/enrol.ts'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { install, type Installation } from '../support/collector.ts'
import { end, isRunning, track } from '../support/own-processes.ts'
import { repository, until } from '../support/processes.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { type FaultContext, must } from './fault.ts'
import { readJournal } from './journal.ts'
import { judge, type Verdict } from './oracle.ts'
import type { WorkloadCommand, WorkloadStatus } from './workload.ts'

const workloadScript = join(repository, 'test/faults/workload.ts')

export interface WorkloadAgent {
  readonly index: number
  readonly deviceId: string
  readonly dir: string
  readonly journal: string
  /** The last report; undefined until a start's first one. */
  status(): WorkloadStatus | undefined
  running(): boolean
  /** Of the process itself, or of what it is wrapped in; undefined before the first start. */
  pid(): number | undefined
  start(): void
  stop(signal: NodeJS.Signals): Promise<void>
  command(command: WorkloadCommand): void
  /** What it wrote to stderr, all starts together. */
  log(): string
}

interface AgentOptions {
  readonly index: number
  readonly dir: string
  readonly deviceId: string
  readonly journal: string
  readonly baseMs: number
  readonly servers?: string
  readonly maxBytes?: number
  /** Program and arguments to put before node, such as unshare. */
  readonly wrap?: readonly string[]
}

export function workloadAgent(options: AgentOptions): WorkloadAgent {
  const { index, dir, deviceId, journal } = options
  let child: ChildProcess | undefined
  let status: WorkloadStatus | undefined
  let log = ''
  let rate = 0
  return {
    index, dir, deviceId, journal,
    status: () => status,
    running: () => child !== undefined && isRunning(child),
    log: () => log,
    pid: () => child?.pid,
    start() {
      status = undefined
      const [program, ...before] = [...(options.wrap ?? []), process.execPath]
      const started = track(spawn(program ?? process.execPath, [...before, workloadScript, '--dir', dir, '--agent', String(index), '--base', String(options.baseMs), '--journal', journal,
        ...(options.servers === undefined ? [] : ['--servers', options.servers]), ...(options.maxBytes === undefined ? [] : ['--max-bytes', String(options.maxBytes)])],
      { cwd: repository, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }))
      child = started
      started.stderr?.on('data', (chunk: Buffer) => {
        log = `${log}${chunk.toString()}`.slice(-200_000)
      })
      started.on('message', (message: WorkloadStatus) => {
        if (child === started) status = message
      })
      started.on('error', () => {})
      if (rate > 0) started.send({ perSecond: rate } satisfies WorkloadCommand, () => {})
    },
    async stop(signal) {
      if (child !== undefined) await end(child, signal)
    },
    command(command) {
      rate = command.perSecond ?? rate
      // It may be on its way out; a killed agent hears nothing.
      if (child !== undefined && isRunning(child) && child.connected) child.send(command, () => {})
    },
  }
}

export interface Fleet {
  readonly installation: Installation
  agents: readonly WorkloadAgent[]
  readonly baseMs: number
  readonly proxy?: TcpProxy
  /** Devices that are not workloads: what they sent is counted and scored, but not held against a journal. */
  readonly ignoredDevices: Set<string>
  load(perSecond: number): void
  /** Waits until the agents together had this many more appends resolved. */
  acknowledged(count: number, seconds: number): Promise<void>
  /** No more load; waits until every spool is empty and every user is scored. */
  drain(seconds: number): Promise<void>
  /** Drains, holds the store against the journals, and lets one fresh activity of every agent through. */
  judge(seconds?: number, options?: { readonly mayKeepApart?: boolean }): Promise<Verdict>
}

export interface FleetOptions {
  readonly agents: number
  readonly maxBytes?: number
  /** Agents reach the broker through a proxy that can misbehave. */
  readonly proxy?: boolean
  /** Every agent is a computer of its own that can come back; otherwise the first one is this machine. */
  readonly ownHardware?: boolean
  /** More arguments of `holdfast serve`. */
  readonly serve?: readonly string[]
}

export const SECURITY_POLICY = { name: 'Security policy violations', template: 'security_policy_violations' }
export const LEAK_POLICY = { name: 'Data leaks', template: 'data_leaks' }

export async function startFleet(context: FaultContext, options: FleetOptions): Promise<Fleet> {
  const installation = await install(options.serve === undefined ? {} : { serve: options.serve })
  context.defer(() => installation.close())
  for (const policy of [LEAK_POLICY, SECURITY_POLICY]) await installation.client.send('POST', '/api/v1/policies', policy)
  const proxy = options.proxy === true ? await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(installation.natsUrl).port) }) : undefined
  if (proxy !== undefined) context.defer(() => proxy.close())
  const baseMs = Date.now() - 3_600_000

  const agents: WorkloadAgent[] = []
  for (let index = 0; index < options.agents; index += 1) {
    const dir = index === 0 && options.ownHardware !== true ? await installation.enrolAgent('agent-0') : await enrolDevice(installation, `agent-${index}`)
    const { deviceId } = await loadIdentity(dir)
    agents.push(workloadAgent({
      index, dir, deviceId, journal: join(context.folder, `journal-${index}`), baseMs,
      ...(proxy === undefined ? {} : { servers: `tls://127.0.0.1:${proxy.port}` }), ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    }))
  }
  context.defer(async () => {
    await Promise.all(agents.map((agent) => agent.stop('SIGKILL')))
  })
  for (const agent of agents) agent.start()
  context.explain(() => [...fleet.agents.map((agent) => `agent ${agent.index} ${agent.running() ? 'runs' : 'ended'}: ${JSON.stringify(agent.status())}\n${agent.log().slice(-1500)}`), `collector: ${installation.daemon.log().slice(-2500)}`].join('\n'))

  const done = (): number => fleet.agents.reduce((sum, agent) => sum + readJournal(agent.journal).obligations.length, 0)
  const fleet: Fleet = {
    installation, agents, baseMs, ignoredDevices: new Set(), ...(proxy === undefined ? {} : { proxy }),
    load: (perSecond) => fleet.agents.forEach((agent) => agent.command({ perSecond })),
    async acknowledged(count, seconds) {
      const before = done()
      await until(`${count} more activities to be spooled`, seconds, () => (done() - before >= count ? true : undefined))
    },
    async drain(seconds) {
      fleet.load(0)
      for (const agent of fleet.agents) if (!agent.running()) agent.start()
      const sinceMs = Date.now()
      await until('the spools to be empty', seconds, () => (fleet.agents.every((agent) => {
        const status = agent.status()
        return status !== undefined && status.atMs > sinceMs + 400 && status.pending === 0 && status.connected && status.ackedSeq >= status.lastSeq && status.bytes === 0
      }) ? true : undefined))
      await until('every user to be scored', 60, async () => ((await countRows(installation.dir, 'mark')) === 0 ? true : undefined))
    },
    async judge(seconds = 120, { mayKeepApart = false } = {}) {
      const begun = Date.now()
      await fleet.drain(seconds)
      context.figures['drainSecs'] = Math.round((Date.now() - begun) / 100) / 10
      const verdict = await verdictOf(fleet)
      Object.assign(context.figures, { obligations: verdict.obligations, stored: verdict.stored, lost: verdict.lost, doubled: verdict.doubled, foreign: verdict.foreign, altered: verdict.altered, explained: verdict.explained, keptApart: verdict.keptApart, unexplained: verdict.unexplained, alerts: verdict.alerts })
      must(verdict.obligations > 0, 'the workload issued nothing, so nothing was tested')
      must(verdict.problems.length === 0, verdict.problems.join('\n'))
      must(mayKeepApart || verdict.keptApart === 0, `${verdict.keptApart} activities were given numbers that were used before`)
      await assertAlive(fleet, verdict)
      return verdict
    },
  }
  await until('every agent to be connected', 45, () => {
    must(agents.every((agent) => agent.running()), 'an agent ended at its start')
    return agents.every((agent) => agent.status()?.connected === true) ? true : undefined
  })
  return fleet
}

/** A computer of this name. */
export const hardwareOf = (name: string): EnrolRequest['platform'] => ({ hardwareId: async () => createHash('sha256').update(`workload ${name}`).digest('hex'), description: async () => ({ os: 'linux', osVersion: '12', kernel: '6.1', hostname: name }) })

/** The agent's own enrolment with hardware of another name: one machine is one device, and more are wanted. */
export async function enrolDevice(installation: Pick<Installation, 'holdfast' | 'folder' | 'url'>, name: string): Promise<string> {
  const { code } = JSON.parse(await installation.holdfast('enrolment-code', 'create', '--json')) as { code: string }
  const folder = join(installation.folder, name)
  await enrol({ folder, collectorUrl: installation.url, code, force: false, agentVersion: '0.1.0', platform: hardwareOf(name) })
  return folder
}

export async function countRows(collectorDir: string, table: 'mark' | 'activity' | 'quarantine'): Promise<number> {
  const db = await connect(join(collectorDir, 'holdfast.db'), { readOnly: true })
  try {
    return (await db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n ?? 0
  } finally {
    await db.close()
  }
}

const verdictOf = (fleet: Fleet): Promise<Verdict> =>
  judge(fleet.installation.dir, fleet.agents.map((agent) => ({ agent: agent.index, deviceId: agent.deviceId, journal: readJournal(agent.journal) })), fleet.ignoredDevices, fleet.baseMs, Date.now())

/** P5: whatever happened, a fresh activity of every agent passes, and it is one row. */
async function assertAlive(fleet: Fleet, before: Verdict): Promise<void> {
  for (const agent of fleet.agents) agent.command({ issue: 1 })
  await until('a fresh activity of every agent to be stored', 60, async () => ((await countRows(fleet.installation.dir, 'activity')) >= before.stored + fleet.agents.length ? true : undefined))
  await fleet.drain(60)
  const after = await verdictOf(fleet)
  must(after.problems.length === 0 && after.stored === before.stored + fleet.agents.length, `after a fresh activity: ${after.stored - before.stored} more rows; ${after.problems.join('; ')}`)
}
