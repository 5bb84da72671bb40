import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../support/processes.ts'
import { killPid } from '../support/own-processes.ts'
import { type Fault, must } from './fault.ts'
import { startFleet } from './fleet.ts'
import type { Installation } from '../support/collector.ts'

/** The folder of the JetStream files, from the generated configuration. */
export async function storeFolder(installation: Installation): Promise<string> {
  const folder = join(installation.dir, 'nats')
  for (const name of await readdir(folder)) {
    const found = name.endsWith('.conf') ? /store_dir\s*[:=]?\s*"([^"]+)"/.exec(await readFile(join(folder, name), 'utf8')) : null
    if (found?.[1] !== undefined) return found[1]
  }
  throw new Error(`no store_dir in ${folder}`)
}

export const brokerWiped: Fault = {
  id: 'F-22', name: 'broker-wiped', title: 'the storage of the broker is wiped',
  does: 'Under load the whole store_dir of the broker is deleted: while it runs and the collector stands still, so that the broker holds what is nowhere else but in the spools (then kill -9 of the broker), and while the collector is stopped.',
  oracle: 'Stream and consumer are made again from the declaration; the agents fill the hole from their spools: every append that resolved is stored exactly once.',
  limitSecs: { short: 90, full: 300 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(2, 6) })
    const { installation } = fleet
    const store = await storeFolder(installation)
    must(store.startsWith(installation.dir), `store_dir ${store} lies outside the installation`)
    fleet.load(400)
    const rounds = context.count(1, 8)
    let onlyInStream = 0
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      await sleep(context.random.between(500, 2000))
      const broker = await until('the broker to run', 30, () => installation.brokerPid())
      // While the collector stands still the broker acknowledges what only it and the spools have.
      const collector = installation.daemon.child
      collector.kill('SIGSTOP')
      await sleep(context.random.between(1000, 2000))
      onlyInStream = Math.max(onlyInStream, ...fleet.agents.map((agent) => (agent.status()?.lastSeq ?? 0) - (agent.status()?.ackedSeq ?? 0)))
      await rm(store, { recursive: true, force: true })
      await sleep(context.random.between(0, 500))
      killPid(broker, 'SIGKILL')
      collector.kill('SIGCONT')
      await until('another broker', 60, () => {
        const next = installation.brokerPid()
        return next !== undefined && next !== broker ? next : undefined
      })
      await sleep(context.random.between(500, 2000))

      await installation.stop(context.random.next() < 0.5 ? 'SIGTERM' : 'SIGKILL')
      await rm(store, { recursive: true, force: true })
      await sleep(context.random.between(200, 1000))
      await installation.start()
    }
    must(onlyInStream > 0, 'the broker held nothing when it was wiped, so nothing was tested')
    Object.assign(context.figures, { wipes: 2 * rounds, uncommittedAtWipeMax: onlyInStream })
    await fleet.acknowledged(200, 60)
    await fleet.judge(180)
  },
}
