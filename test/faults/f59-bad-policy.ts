import { createHash } from 'node:crypto'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { createWatchdog } from '@holdfast/agent/watchdog/watchdog.ts'
import { downSubject, heartbeatSubject, policySubject, toWireTimestamp, wire } from '@holdfast/proto'
import { connectAsDevice } from '../support/device-connection.ts'
import { adopt, childrenOf, commandLine, killPid } from '../support/own-processes.ts'
import { agentMain, until } from '../support/processes.ts'
import type { DeviceState } from '../support/real-agent.ts'
import { type AgentStage, buildAgentStage } from './agent-stage.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { enrolDevice } from './fleet.ts'

const HALT_MS = 5 * 60_000

interface Rollout {
  readonly state: string
  readonly halt?: { readonly rule: string; readonly deviceIds: readonly string[] }
}

/** A device of a later ring: it says that it lives, and writes down every version that it is sent. */
async function bystander(context: FaultContext, { installation }: AgentStage, name: string): Promise<{ readonly heard: () => readonly number[] }> {
  const identity = await loadIdentity(await enrolDevice(installation, name))
  const connection = await connectAsDevice(identity)
  context.defer(() => connection.close())
  const heard: number[] = []
  let running = { version: 0, hash: '' }
  const take = (signed: wire.SignedPolicy.$Properties): void => {
    const { version } = wire.AgentPolicy.decode(signed.body ?? new Uint8Array())
    heard.push(version)
    running = { version, hash: createHash('sha256').update(signed.body ?? new Uint8Array()).digest('hex') }
  }
  connection.subscribe(policySubject('default'), { callback: (_, { data }) => take(wire.SignedPolicy.decode(data)) })
  connection.subscribe(downSubject(identity.deviceId), { callback: (_, { data }) => {
    const { policy } = wire.Down.decode(data)
    if (policy != null) take(policy)
  } })
  const beat = setInterval(() => connection.publish(heartbeatSubject(identity.deviceId), wire.Heartbeat.encode({ sentAt: toWireTimestamp(Date.now()), agentVersion: '1', hostname: name, policy: { runningVersion: running.version, runningHash: running.hash } }).finish()), 1000)
  context.defer(() => clearInterval(beat))
  return { heard: () => heard }
}

/** The agent of the canary under a watchdog with short pauses. */
function startCanary(context: FaultContext, dir: string): { readonly worker: () => number | undefined } {
  let log = ''
  const watchdog = createWatchdog({
    folder: dir, worker: ['--max-semi-space-size=2', agentMain, 'worker', '--dir', dir], environment: process.env, times: { backoffFirstMs: 50, backoffMaxMs: 200 },
    steady: () => performance.now(), manager: { tell() {} }, output: 'ignore', log: (level, fields, message) => void (log += `${level} ${message} ${JSON.stringify(fields)}\n`),
  })
  context.explain(() => log.slice(-2000))
  const ended = watchdog.run()
  context.defer(async () => {
    watchdog.stop('the end')
    watchdog.stop('the end')
    await ended
  })
  return { worker: () => childrenOf(process.pid).find((pid) => commandLine(pid).includes(`worker --dir ${dir}`) || commandLine(pid).startsWith('holdfast-agent worker')) }
}

export const badPolicy: Fault = {
  id: 'F-59', name: 'bad-policy', title: 'a good-looking policy crashes the agent that tries it first',
  does: 'A group has a plan with a canary before everybody else. A change of its settings goes out; whenever the canary’s worker has the new policy in force it crashes, again and again.',
  oracle: 'The canary goes into safe mode, the roll-out halts by itself within 5 minutes and is taken back by itself; the canary then runs what ran before, out of safe mode, and watches; no device of a later ring was sent the bad policy.',
  alone: true, isLong: true,
  limitSecs: { short: 240, full: 420 },
  async run(context) {
    const stage = await buildAgentStage(context)
    const { installation, dir, home, cloud } = stage
    const { deviceId } = await loadIdentity(dir)
    const device = (): Promise<DeviceState> => installation.client.get(`/api/v1/devices/${deviceId}`)
    const canary = startCanary(context, dir)
    await until('the canary to run the first policy', 60, async () => {
      const { policy } = await device()
      return policy.wantedHash !== '' && policy.runningHash === policy.wantedHash ? true : undefined
    })
    await stage.copy('before')
    const bystanders = await Promise.all(Array.from({ length: context.count(3, 20) }, (_, index) => bystander(context, stage, `bystander-${index}`)))
    await until('the others to run it as well', 30, () => (bystanders.every(({ heard }) => heard().length > 0) ? true : undefined))
    const before = (await device()).policy.runningVersion

    const file = join(context.folder, 'group.yaml')
    await writeFile(file, `group: default\nsettings:\n  roots: [${home}, ${join(home, 'bad')}]\n  cloudSyncRoots: [${cloud}]\n  heartbeatIntervalSecs: 1\n  pollIntervalSecs: 1\nrollout:\n  firstDevices: [${deviceId}]\n  ringPercents: [1, 100]\n  soakSecs: 600\n  answerSecs: 120\n  halt: {failedPercent: 2, cpuPercent: 100, lossPercent: 100, restartPercent: 100, alertFactor: 0}\n  onHalt: roll_back\n`)
    await installation.holdfast('policy', 'apply', '-f', file, '--json')
    const begun = Date.now()
    await until('the bad policy to run on the canary', 30, async () => ((await device()).policy.runningVersion > before ? true : undefined))
    const bad = (await device()).policy.runningVersion
    let last = 0
    for (let crash = 0; crash < 5; crash += 1) {
      context.signal.throwIfAborted()
      const worker = await until('a worker that crashes', 30, () => {
        const pid = canary.worker()
        return pid === last ? undefined : pid
      })
      adopt(worker, dir)
      last = worker
      await until('it to be on its way', 15, async () => access(join(dir, 'agent.running')).then(() => true, () => undefined))
      killPid(worker, 'SIGSEGV')
    }
    const latest = async (): Promise<Rollout | undefined> => (await installation.client.get<{ items: Rollout[] }>('/api/v1/rollouts?limit=1')).items[0]
    const halted = await until('the roll-out to be halted, and taken back', HALT_MS / 1000, async () => {
      const now = await latest()
      return now?.halt !== undefined && (now.state === 'rolling_back' || now.state === 'rolled_back') ? now : undefined
    })
    const haltedMs = Date.now() - begun
    await until('the canary to run what ran before, out of safe mode', 90, async () => {
      const { policy, sensors } = await device()
      return policy.runningVersion > bad && sensors.some(({ name, tier }) => name === 'files' && tier !== 'blind') ? true : undefined
    })
    await stage.copy('after')
    must(halted.halt?.rule === 'failed', `it was halted by the rule ${halted.halt?.rule}, so safe mode was not tested`)
    must(halted.halt.deviceIds.includes(deviceId), 'it was halted for another device')
    must(bystanders.every(({ heard }) => !heard().includes(bad)), 'a device of a later ring was sent the bad policy')
    Object.assign(context.figures, { haltedMs, rule: halted.halt?.rule ?? '', bystanders: bystanders.length, unexplained: (await device()).unexplained })
    must((await device()).unexplained === 0, 'numbers are missing')
  },
}
