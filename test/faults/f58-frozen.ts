import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { createHash } from 'node:crypto'
import { until } from '../support/processes.ts'
import { runAgent, watch } from '../support/real-agent.ts'
import { buildAgentStage } from './agent-stage.ts'
import { type Fault, must } from './fault.ts'
import { bodyWith, current, policyKeyOf, signedBy, wantedPolicy } from './forged.ts'

export const frozen: Fault = {
  id: 'F-58', name: 'frozen', title: 'the server gives out the same good policy for ever, beyond its end',
  does: 'The collector’s database is changed so that the policy of the group ends in seconds and the collector believes that it lasts: nothing later is ever made. A real agent runs it for twice its life, and is started again after it.',
  oracle: 'The agent keeps the policy and goes on watching; the device is shown with POLICY_STALE and the time of the end; nothing is lost. With the next change a fresh policy is made, runs, and the fault is gone.',
  isLong: true,
  limitSecs: { short: 120, full: 180 },
  async run(context) {
    const stage = await buildAgentStage(context)
    const { installation, dir, home, cloud } = stage
    const lifeMs = context.count(8, 30) * 1000
    await installation.stop()
    const good = await wantedPolicy(installation)
    const { version } = wire.AgentPolicy.decode(good.body)
    const body = bodyWith(good, { version: version + 1, expiresAt: toWireTimestamp(Date.now() + lifeMs + 15_000) })
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
    const hex = Buffer.from(signedBy(body, [await policyKeyOf(installation)])).toString('hex')
    await db.exec(`UPDATE agent_policy SET version = ${version + 1}, hash = '${createHash('sha256').update(body).digest('hex')}', signed = X'${hex}' WHERE grp = 'default'`)
    await db.close()
    await installation.start()
    await installation.signIn()
    let agent = await runAgent(installation, dir)
    context.defer(() => agent.stop('SIGKILL'))
    context.explain(() => agent.daemon.log().slice(-2000))
    const before = await current(agent)
    must(!before.faults.some(({ code }) => code === 'POLICY_STALE'), 'it is stale before its end')
    await stage.copy('while-good')
    const stale = await until('the device to be shown as stale', (lifeMs + 15_000) / 1000 + 20, async () => (await agent.device()).faults.find(({ code }) => code === 'POLICY_STALE'))
    await sleep(lifeMs)
    await stage.copy('while-stale')
    await agent.stop('SIGTERM')
    agent = await runAgent(installation, dir)
    must((await agent.device()).policy.runningHash === before.policy.runningHash, 'a stale policy does not run after a start')
    await stage.copy('stale-after-start')
    const tiers = (await agent.device()).sensors.filter(({ name, tier }) => name === 'files' && tier === 'blind')
    must(tiers.length === 0, 'with a stale policy nothing is watched')
    await watch(installation, { roots: [home, join(home, 'more')], cloudFolders: [cloud] })
    await current(agent)
    await until('the fault to be gone', 20, async () => ((await agent.device()).faults.some(({ code }) => code === 'POLICY_STALE') ? undefined : true))
    await stage.copy('fresh-again')
    Object.assign(context.figures, { lifeSecs: lifeMs / 1000, told: stale.detail, unexplained: (await agent.device()).unexplained })
    must((await agent.device()).unexplained === 0, 'numbers are missing')
  },
}
