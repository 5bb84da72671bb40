// F-21 and F-32: the broker forgets its last minutes, and somebody with its keys takes stream and consumer away.
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ACTIVITY_STREAM, INGEST_CONSUMER } from '@holdfast/proto'
import { AckPolicy, DiscardPolicy, RetentionPolicy, StorageType } from 'nats'
import { connectAsCollector } from '../support/collector-connection.ts'
import { killPid } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import { storeFolder } from './f22-broker-wiped.ts'
import { type Fault, must } from './fault.ts'
import { startFleet } from './fleet.ts'

export const brokerSetBack: Fault = {
  id: 'F-21', name: 'broker-set-back', title: 'the power of the broker is cut, and its storage is as it was some time ago',
  does: 'Under load the storage of the broker is copied; more is published, part of it acknowledged by the collector and part of it nowhere but in the stream; then kill -9 of the broker, the earlier storage in its place, and a start. A broker that syncs every two minutes may come back like this after a power cut.',
  oracle: 'The collector recognises what comes a second time, and the agents send again what is above its watermark: every append that resolved is stored exactly once. Watermarks never go back.',
  isLong: true,
  limitSecs: { short: 120, full: 600 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(3, 12) })
    const { installation } = fleet
    const store = await storeFolder(installation)
    must(store.startsWith(installation.dir), `store_dir ${store} lies outside the installation`)
    const collector = () => installation.daemon.child
    fleet.load(context.count(300, 200))
    const rounds = context.count(2, 10)
    let [onlyInStream, back] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      await fleet.acknowledged(200, 60)
      const older = join(context.folder, `older-${round}`)
      const first = await until('the broker to run', 30, () => installation.brokerPid())
      // A copy of one moment.
      killPid(first, 'SIGSTOP')
      await cp(store, older, { recursive: true })
      killPid(first, 'SIGCONT')
      const watermarks = fleet.agents.map((agent) => agent.status()?.ackedSeq ?? 0)
      await sleep(context.random.between(1000, context.count(2000, 8000)))
      collector().kill('SIGSTOP')
      await sleep(context.random.between(800, 1500))
      onlyInStream = Math.max(onlyInStream, ...fleet.agents.map((agent) => (agent.status()?.lastSeq ?? 0) - (agent.status()?.ackedSeq ?? 0)))
      killPid(first, 'SIGKILL')
      await rm(store, { recursive: true, force: true })
      await cp(older, store, { recursive: true })
      collector().kill('SIGCONT')
      await until('another broker', 60, () => {
        const next = installation.brokerPid()
        return next !== undefined && next !== first ? next : undefined
      })
      await until('watermarks to go on', 60, () => {
        const now = fleet.agents.map((agent) => agent.status()?.ackedSeq ?? 0)
        back += now.filter((acked, index) => acked < (watermarks[index] ?? 0)).length
        return now.every((acked, index) => acked > (watermarks[index] ?? 0)) ? true : undefined
      })
      await rm(older, { recursive: true })
    }
    must(onlyInStream > 0, 'the broker held nothing of its own when its storage was set back, so nothing was tested')
    must(back === 0, `a watermark went back ${back} times`)
    Object.assign(context.figures, { rounds, uncommittedMax: onlyInStream })
    await fleet.judge(240)
    context.figures['resent'] = fleet.agents.reduce((sum, agent) => sum + (agent.status()?.resent ?? 0), 0)
  },
}

export const streamTakenAway: Fault = {
  id: 'F-32', name: 'stream-taken-away', title: 'an operator deletes and changes stream and consumer under load',
  does: 'With the collector’s own keys: the consumer is deleted, the consumer is replaced by one that gives up after one delivery, the stream is deleted, the stream is deleted and made again by hand (its numbers begin at 1) so that it gives up old messages for new ones, each under load.',
  oracle: 'Each is noticed and put back as declared within 20 s, by itself; every append that resolved is stored exactly once.',
  isLong: true,
  limitSecs: { short: 150, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 2 })
    const { installation } = fleet
    const admin = await connectAsCollector(installation)
    context.defer(() => admin.close())
    const manager = await admin.jetstreamManager({ checkAPI: false })
    fleet.load(400)
    const acts: Readonly<Record<string, () => Promise<unknown>>> = {
      'consumer deleted': () => manager.consumers.delete(ACTIVITY_STREAM, INGEST_CONSUMER),
      'consumer that gives up': async () => {
        await manager.consumers.delete(ACTIVITY_STREAM, INGEST_CONSUMER)
        // The collector may be faster.
        await manager.consumers.add(ACTIVITY_STREAM, { durable_name: INGEST_CONSUMER, ack_policy: AckPolicy.Explicit, max_deliver: 1 }).catch(() => {})
      },
      'stream deleted': () => manager.streams.delete(ACTIVITY_STREAM),
      'stream made again by hand': async () => {
        await manager.streams.delete(ACTIVITY_STREAM)
        await manager.streams.add({ name: ACTIVITY_STREAM, subjects: ['hf.v1.activity.*'], storage: StorageType.File, retention: RetentionPolicy.Workqueue, discard: DiscardPolicy.Old, max_msgs: 1_000_000 }).catch(() => {})
      },
    }
    let slowestMs = 0
    const rounds = context.count(1, 6)
    for (let round = 0; round < rounds; round += 1) {
      for (const [what, act] of Object.entries(acts)) {
        context.signal.throwIfAborted()
        await fleet.acknowledged(150, 60)
        await act()
        const begun = Date.now()
        await until(`stream and consumer to be as declared after "${what}"`, 20, async () => {
          try {
            const { config } = await manager.streams.info(ACTIVITY_STREAM)
            const consumer = await manager.consumers.info(ACTIVITY_STREAM, INGEST_CONSUMER)
            return config.discard === DiscardPolicy.New && config.max_msgs === -1 && config.deny_delete && consumer.config.max_deliver === -1 ? true : undefined
          } catch {
            return undefined
          }
        })
        slowestMs = Math.max(slowestMs, Date.now() - begun)
        context.say(`${what}: as declared after ${Date.now() - begun} ms`)
      }
    }
    Object.assign(context.figures, { acts: rounds * Object.keys(acts).length, slowestMs })
    await fleet.judge(180)
  },
}
