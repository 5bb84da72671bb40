import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { enrol } from '@holdfast/agent/identity/enrol.ts'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { hardwareOf } from './fleet.ts'
import { until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { type Fleet, startFleet, type WorkloadAgent } from './fleet.ts'

/** The promise of the product; the broker does it at once. */
const CUT_MS = 60_000

const isRefused = (agent: WorkloadAgent): boolean => agent.status()?.connected === false && agent.status()?.problem === 'NOT_AUTHORISED'

/** The same computer comes back, with a new code: under the same device, with another key. */
async function enrolAgain({ installation }: Fleet, { dir, index }: WorkloadAgent, code: string): Promise<Identity & { readonly reEnrolled: boolean }> {
  return enrol({ folder: dir, collectorUrl: installation.url, code, force: true, agentVersion: '0.1.0', platform: hardwareOf(`agent-${index}`) })
}

async function revokeAll(fleet: Fleet, context: FaultContext): Promise<readonly number[]> {
  const began = Date.now()
  const [, , midway] = fleet.agents
  for (const agent of fleet.agents) {
    // One of them is about to connect when it happens.
    if (agent === midway) fleet.proxy?.reset()
    await fleet.installation.client.send('POST', `/api/v1/devices/${agent.deviceId}/revoke`)
  }
  return Promise.all(fleet.agents.filter((agent) => agent.running()).map(async (agent) => {
    await until(`agent ${agent.index} to be refused`, CUT_MS / 1000, () => (isRefused(agent) ? true : undefined))
    context.signal.throwIfAborted()
    return Date.now() - began
  }))
}

export const revoked: Fault = {
  id: 'F-36', name: 'revoked', title: 'devices are revoked: connected, off with a full spool, and while they connect',
  does: 'Three agents under load; one is switched off with a backlog. All three are revoked, one of them in the moment in which its connection is cut and made again. They go on working. Then they enrol again: with the code of before, and with a new one.',
  oracle: 'Each link is cut within 60 s and later tries are refused; the revoked ones keep what they spool, and nothing of it is stored meanwhile. A code of before admits nobody. A new code admits the same device with another key, and everything that any of them was promised is stored exactly once.',
  isLong: true,
  limitSecs: { short: 150, full: 400 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 3, proxy: true, ownHardware: true })
    const { installation } = fleet
    const [, away] = fleet.agents
    if (away === undefined) throw new Error('no agent')
    fleet.load(200)
    await fleet.acknowledged(300, 30)
    // A backlog for the one that is off when it is revoked.
    fleet.proxy?.set({ kind: 'partition' })
    await fleet.acknowledged(context.count(300, 30_000), 180)
    await away.stop('SIGTERM')
    fleet.proxy?.set({ kind: 'none' })
    await until('the others to be connected', 60, () => (fleet.agents.every((agent) => agent === away || agent.status()?.connected === true) ? true : undefined))
    const oldKeys = await Promise.all(fleet.agents.map(async ({ dir }) => (await loadIdentity(dir)).publicKey))

    const cutMs = await revokeAll(fleet, context)
    away.start()
    await until('the one that was off to be refused', 60, () => (isRefused(away) ? true : undefined))
    const stored = async (): Promise<number> => (await installation.client.get<{ ledger: readonly { lastSeq: number }[] }>(`/api/v1/devices/${away.deviceId}`)).ledger.reduce((most, { lastSeq }) => Math.max(most, lastSeq), 0)
    const before = await stored()
    await fleet.acknowledged(context.count(300, 5000), 60)
    await sleep(context.count(2000, 20_000))
    must((await stored()) === before, 'something of a revoked device was stored')
    must(fleet.agents.every(isRefused), 'a revoked device is connected again')
    const waiting = fleet.agents.map((agent) => (agent.status()?.lastSeq ?? 0) - (agent.status()?.ackedSeq ?? 0))
    must(waiting.every((count) => count > 0), `a revoked device has let go of what nobody has: ${waiting.join()}`)
    const attempts = await readFile(join(installation.dir, 'nats', 'nats.log'), 'utf8').catch(() => installation.daemon.log())
    must(/authenticat|authoriz|revoked/i.test(attempts), 'the refused tries are not in the log')

    fleet.load(0)
    for (const agent of fleet.agents) await agent.stop('SIGTERM')
    for (const agent of fleet.agents) {
      const { code } = JSON.parse(await installation.holdfast('enrolment-code', 'create', '--json')) as { code: string }
      const again = await enrolAgain(fleet, agent, code)
      must(again.deviceId === agent.deviceId && again.reEnrolled, 'the same computer came back as another device')
      must(!oldKeys.includes(again.publicKey), 'a revoked device came back with the key of before')
      // Used up by now; whoever has another key gets nowhere with it.
      const refusal = await enrol({ folder: join(context.folder, `other-${agent.index}`), collectorUrl: installation.url, code, force: false, agentVersion: '0.1.0', platform: hardwareOf(`other-${agent.index}`) }).then(() => 'admitted', (error: unknown) => (error as Error).message)
      must(refusal.includes('ENROLMENT_CODE_USED'), `a used code: ${refusal}`)
      agent.start()
    }
    await fleet.acknowledged(0, 1)
    await fleet.judge(180)
    Object.assign(context.figures, { cutMsMax: Math.max(...cutMs), heldWhileRevoked: waiting.reduce((sum, count) => sum + count, 0) })
  },
}
