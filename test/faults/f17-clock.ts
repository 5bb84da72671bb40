// F-17: the clock of a device is ten years ahead, ten years back, and set while activities are on their way.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromWireTimestamp } from '@holdfast/proto'
import { agentMain, repository, startDaemon, until } from '../support/processes.ts'
import { type DeviceState, watch } from '../support/real-agent.ts'
import { buildAgentStage, storedActivities } from './agent-stage.ts'
import { type Fault, must } from './fault.ts'

const YEAR_MS = 365.25 * 86_400_000
const DAY_MS = 86_400_000

export const clockSet: Fault = {
  id: 'F-17', name: 'clock-set', title: 'the clock of a device is set ten years ahead and back',
  does: 'The wall clock of the agent, and of nothing else, is set ten years ahead, back, ten years back, and an hour to and fro while files are copied; a policy is sent while it is ahead.',
  oracle: 'Copies are stored within the usual time under every clock; an activity carries the device’s time as it was, the collector its own; each step is an activity, and the device says that its clock is off and moved; the policy that runs goes on, and one that looks expired is taken once the clock is right; no busy loop; nothing is missing.',
  isLong: true,
  limitSecs: { short: 120, full: 300 },
  async run(context) {
    const { installation, dir, copy } = await buildAgentStage(context)
    const clock = join(context.folder, 'clock')
    const set = (offsetMs: number): Promise<void> => writeFile(clock, String(Math.round(offsetMs)))
    await set(0)
    const { deviceId } = JSON.parse(await readFile(join(dir, 'identity.json'), 'utf8')) as { deviceId: string }
    const device = () => installation.client.get<DeviceState>(`/api/v1/devices/${deviceId}`)
    const daemon = startDaemon(agentMain, ['worker', '--dir', dir], { env: { NODE_OPTIONS: `--import=${join(repository, 'test/faults/shifted-clock.ts')}`, HOLDFAST_AGENT_TEST_CLOCK: clock } })
    context.defer(() => daemon.stop('SIGKILL'))
    context.explain(() => daemon.log().slice(-2500))
    await until('the agent to run the policy', 60, async () => ((await device()).policy.state === 'current' ? true : undefined))
    await copy('now')

    const times: Record<string, number> = {}
    const under = async (name: string, offsetMs: number): Promise<void> => {
      await set(offsetMs)
      await until('the clock to be set', 10, () => new Promise<true>((resolve) => setTimeout(() => resolve(true), 300)))
      const begun = performance.now()
      await copy(name)
      times[name] = Math.round(performance.now() - begun)
      const found = (await storedActivities(installation)).find((activity) => activity.fileCopied?.destination?.path?.endsWith(`/${name}`))
      // When it happened is the file system's word, whose clock stays right here; when it was seen is the agent's.
      const observedAtMs = fromWireTimestamp(found?.observedAt ?? undefined) ?? 0
      must(Math.abs(observedAtMs - Date.now() - offsetMs) < DAY_MS, `under ${name} an activity was seen at ${new Date(observedAtMs).toISOString()}`)
      must(daemon.child.exitCode === null, `the agent ended under ${name}`)
    }
    await under('ten-years-ahead', 10 * YEAR_MS)
    await until('the device to say that its clock is off', 30, async () => {
      const codes = (await device()).faults.map((fault) => fault.code)
      return codes.includes('CLOCK_SKEW') && codes.includes('CLOCK_MOVED') ? true : undefined
    })
    const changed = await watch(installation, { roots: [join(context.folder, 'home'), join(context.folder, 'other')], cloudFolders: [join(context.folder, 'cloud')] })
    await until('the policy to look expired', 30, async () => ((await device()).policy.refusedReason === 'POLICY_EXPIRED' ? true : undefined))
    await copy('still-watching')
    await under('right-again', 0)
    await until('the policy to be taken with a clock that is right', 60, async () => ((await device()).policy.runningVersion === changed.policyVersion ? true : undefined))
    await under('ten-years-back', -10 * YEAR_MS)
    for (let step = 0; step < context.count(2, 20); step += 1) await under(`step-${step}`, step % 2 === 0 ? 3_600_000 : -3_600_000)
    await under('at-last', 0)

    const steps = await until('every step to be told', 30, async () => {
      const told = (await storedActivities(installation)).flatMap((activity) => activity.clockChanged?.stepMs ?? [])
      return told.some((ms) => ms > 9 * YEAR_MS) && told.some((ms) => ms < -9 * YEAR_MS) ? told : undefined
    })
    await until('the spool to be empty', 60, async () => {
      const { spool } = await device()
      return spool !== undefined && spool.lastSeq === spool.ackedSeq ? true : undefined
    })
    const state = await device()
    must(state.unexplained === 0, `${state.unexplained} numbers are missing without an explanation`)
    must((state.usage?.cpuMillis ?? 0) < 700, `the agent uses ${state.usage?.cpuMillis} thousandths of a core`)
    Object.assign(context.figures, { steps: steps.length, slowestCopyMs: Math.max(...Object.values(times)), cpuMillis: state.usage?.cpuMillis ?? 0 })
    await daemon.stop()
    must(daemon.child.exitCode === 0, `it ended with ${daemon.child.exitCode}`)
  },
}
