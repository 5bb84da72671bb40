import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { activitySubject } from '@holdfast/proto'
import { headers } from 'nats'
import { connectAsDevice } from '../support/device-connection.ts'
import { metric } from '../support/operator.ts'
import { killPid } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import { type Fault, must } from './fault.ts'
import { countRows, enrolDevice, startFleet } from './fleet.ts'

export const killedInQuarantine: Fault = {
  id: 'F-31', name: 'killed-in-quarantine', title: 'collector and broker are killed while a message goes into quarantine',
  does: 'A device sends messages that nobody can read, among the load of others; three times of four the broker stands still while they go into quarantine, so that it does not hear of it; as soon as one is there, broker and collector get kill -9. Nobody listens to the broker’s advisories.',
  oracle: 'Every such message stands in quarantine exactly once with its bytes, however often it was delivered, and has left the stream in the end; the others lose nothing.',
  isLong: true,
  limitSecs: { short: 120, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const { installation } = fleet
    const identity = await loadIdentity(await enrolDevice(installation, 'poisoner'))
    fleet.ignoredDevices.add(identity.deviceId)
    fleet.load(200)
    const rounds = context.count(4, 40)
    const sent: Buffer[] = []
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      const device = await connectAsDevice(identity)
      const before = await countRows(installation.dir, 'quarantine')
      const count = context.random.between(1, 12)
      // The broker hands them over while the collector stands still, and hears of nothing afterwards.
      const isDeaf = round % 4 !== 3
      const broker = installation.brokerPid() ?? 0
      if (isDeaf) installation.daemon.child.kill('SIGSTOP')
      for (let index = 0; index < count; index += 1) {
        // Field 1 as a group that never ends.
        const bytes = Buffer.concat([Buffer.of(0x0f), randomBytes(context.random.between(50, 3000))])
        sent.push(bytes)
        const id = headers()
        id.set('Nats-Msg-Id', randomBytes(16).toString('hex'))
        const answer = JSON.parse(new TextDecoder().decode((await device.request(activitySubject(identity.deviceId), bytes, { timeout: 10_000, headers: id })).data)) as { error?: object }
        must(answer.error === undefined, 'the stream did not take a message')
      }
      if (isDeaf) {
        await sleep(200)
        killPid(broker, 'SIGSTOP')
        installation.daemon.child.kill('SIGCONT')
      }
      await until('the first of them to be in quarantine', 30, async () => ((await countRows(installation.dir, 'quarantine')) > before ? true : undefined))
      if (isDeaf || context.random.next() < 0.5) killPid(broker, 'SIGKILL')
      await device.close().catch(() => {})
      await installation.stop('SIGKILL')
      await installation.start()
    }
    await until('every one to be in quarantine', 60, async () => ((await countRows(installation.dir, 'quarantine')) >= sent.length ? true : undefined))
    await until('the stream to be empty', 60, async () => {
      fleet.load(0)
      return (await metric(installation, 'holdfast_bus_stream_messages')) === 0 ? true : undefined
    })
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
    try {
      const rows = await db.all<{ bytes: Uint8Array; tries: number }>('SELECT bytes, tries FROM quarantine')
      const kept = rows.map(({ bytes }) => Buffer.from(bytes).toString('base64')).toSorted()
      const wanted = sent.map((bytes) => bytes.toString('base64')).toSorted()
      must(JSON.stringify(kept) === JSON.stringify(wanted), `${kept.length} are in quarantine (${new Set(kept).size} different), and ${wanted.length} were sent`)
      const again = rows.filter(({ tries }) => tries > 1).length
      context.figures['deliveredAgain'] = again
      must(again > 0, 'no message came a second time after it was in quarantine, so nothing was tested')
    } finally {
      await db.close()
    }
    Object.assign(context.figures, { rounds, quarantined: sent.length })
    await fleet.judge()
  },
}
