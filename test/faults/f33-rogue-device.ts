// F-33, F-34 and F-35: a device that is enrolled, and does with its own credentials what no agent would.
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { encodeBatch, limitsWith, messageIds } from '@holdfast/agent/uplink/batch.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { ACTIVITY_STREAM, activitySubject, downSubject, heartbeatSubject, inboxPrefix, INGEST_CONSUMER, policySubject, syncSubject, wire } from '@holdfast/proto'
import { headers, type NatsConnection } from 'nats'
import { connectAsCollector } from '../support/collector-connection.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import type { Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { issueActivity } from './activities.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { enrolDevice, type Fleet, startFleet } from './fleet.ts'

interface Rogue {
  readonly deviceId: string
  readonly connection: NatsConnection
  /** Subjects that the broker refused. */
  readonly refused: Set<string>
}

async function rogueOf(context: FaultContext, fleet: Fleet): Promise<Rogue> {
  const identity = await loadIdentity(await enrolDevice(fleet.installation, 'rogue'))
  fleet.ignoredDevices.add(identity.deviceId)
  const connection = await connectAsDevice(identity)
  context.defer(() => connection.close())
  const refused = new Set<string>()
  void (async () => {
    for await (const status of connection.status()) if (status.permissionContext !== undefined) refused.add(status.permissionContext.subject)
  })()
  return { deviceId: identity.deviceId, connection, refused }
}

const epoch = (): string => randomBytes(16).toString('hex')
const batchOf = (fields: wire.ActivityBatch.$Properties): Uint8Array => wire.ActivityBatch.encode(fields).finish()
/** JetStream's answer, or none. */
async function answerOf(connection: NatsConnection, subject: string, bytes: Uint8Array, fields: Readonly<Record<string, string>>): Promise<{ readonly seq?: number; readonly duplicate?: boolean; readonly error?: { readonly description: string } } | undefined> {
  const head = headers()
  for (const [name, value] of Object.entries(fields)) head.set(name, value)
  const message = await connection.request(subject, bytes, { timeout: 5000, headers: head }).catch(() => undefined)
  if (message === undefined) return undefined
  const answer = JSON.parse(new TextDecoder().decode(message.data)) as { seq?: number; duplicate?: boolean; error?: { description: string } }
  // A refusal has a number as well, which is 0.
  return answer.error === undefined ? answer : { error: answer.error }
}

async function rowsOf(installation: Installation, deviceId: string): Promise<readonly { readonly seq: number; readonly body: Uint8Array }[]> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    return await db.all<{ seq: number; body: Uint8Array }>('SELECT a.seq, a.body FROM activity a JOIN epoch e ON e.k = a.epoch JOIN device d ON d.k = e.device WHERE d.id = ? ORDER BY e.k, a.seq', deviceId)
  } finally {
    await db.close()
  }
}

export const rogueDevice: Fault = {
  id: 'F-33', name: 'rogue-device', title: 'a device speaks under other names, listens to others, and reaches for the broker',
  does: 'With its own credentials a device publishes on the subjects of another one and of the collector, subscribes to everything, to other devices’ answers and to system subjects, makes a consumer, purges and deletes, sends headers that steer a broker (Nats-Rollup, Nats-TTL, Nats-Trace-Dest, Nats-Request-Info, Nats-Expected-*), names hostile reply subjects, and claims in every field to be another device.',
  oracle: 'Every forbidden subject is refused; headers are refused or without effect; stream and consumer stay as they are; nothing is stored under another device’s name, and what others send is stored exactly once.',
  limitSecs: { short: 60, full: 60 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const { installation } = fleet
    const [victim] = fleet.agents
    if (victim === undefined) throw new Error('no agent')
    fleet.load(200)
    const { connection, refused, deviceId } = await rogueOf(context, fleet)
    const admin = await connectAsCollector(installation)
    context.defer(() => admin.close())
    const manager = await admin.jetstreamManager({ checkAPI: false })
    const before = await manager.streams.info(ACTIVITY_STREAM)

    const heard: string[] = []
    const listening = [downSubject(victim.deviceId), `${inboxPrefix(victim.deviceId)}.>`, activitySubject(victim.deviceId), 'hf.v1.>', 'hf.v1.activity.*', '_INBOX.>', '$JS.>', '$JS.ACK.>', '$SYS.>', '>', '*.>', policySubject('another-group')]
    for (const subject of listening) connection.subscribe(subject, { callback: (error) => void (error === null && heard.push(subject)) })
    const speaking = [
      activitySubject(victim.deviceId), heartbeatSubject(victim.deviceId), syncSubject(victim.deviceId), downSubject(victim.deviceId), downSubject(deviceId), policySubject('default'), `${inboxPrefix(victim.deviceId)}.x`,
      `$JS.API.STREAM.PURGE.${ACTIVITY_STREAM}`, `$JS.API.STREAM.DELETE.${ACTIVITY_STREAM}`, `$JS.API.STREAM.INFO.${ACTIVITY_STREAM}`, `$JS.API.STREAM.MSG.GET.${ACTIVITY_STREAM}`, `$JS.API.DIRECT.GET.${ACTIVITY_STREAM}`,
      `$JS.API.CONSUMER.CREATE.${ACTIVITY_STREAM}`, `$JS.API.CONSUMER.DURABLE.CREATE.${ACTIVITY_STREAM}.mine`, `$JS.API.CONSUMER.DELETE.${ACTIVITY_STREAM}.${INGEST_CONSUMER}`, `$JS.API.CONSUMER.MSG.NEXT.${ACTIVITY_STREAM}.${INGEST_CONSUMER}`,
      `$JS.ACK.${ACTIVITY_STREAM}.${INGEST_CONSUMER}.1.1.1.1.1`, '$SYS.REQ.CLAIMS.UPDATE', '$SYS.REQ.SERVER.PING', '$SYS.REQ.USER.INFO.x',
    ]
    const forged = batchOf({ epoch: epoch(), firstSeq: 1, activities: [issueActivity({ agent: 77, number: 1 }, fleet.baseMs)] })
    for (const subject of speaking) connection.publish(subject, forged, { reply: `${inboxPrefix(deviceId)}.answer` })
    await connection.flush()
    await until('every forbidden subject to be refused', 15, () => ([...listening, ...speaking].every((subject) => refused.has(subject)) ? true : undefined)).catch(() => {
      throw new Error(`not refused: ${[...listening, ...speaking].filter((subject) => !refused.has(subject)).join(', ')}`)
    })

    const steering: readonly Readonly<Record<string, string>>[] = [
      { 'Nats-Rollup': 'all' }, { 'Nats-Rollup': 'sub' }, { 'Nats-TTL': '1s' }, { 'Nats-Trace-Dest': 'hf.v1.policy.default' }, { 'Nats-Trace-Dest': downSubject(victim.deviceId), 'Nats-Trace-Only': 'true' },
      { 'Nats-Request-Info': JSON.stringify({ acc: 'SYS', user: victim.deviceId, name: victim.deviceId }) }, { 'Nats-Expected-Stream': 'other' }, { 'Nats-Expected-Last-Sequence': '1' }, { 'Nats-Expected-Last-Subject-Sequence': '999999', 'Nats-Expected-Last-Subject-Sequence-Subject': activitySubject(victim.deviceId) },
      { 'Nats-Schedule': '@every 1s', 'Nats-Schedule-Target': activitySubject(victim.deviceId) }, { 'Nats-Incr': '+1' }, { 'Nats-Batch-Id': 'x', 'Nats-Batch-Sequence': '1' }, { 'Nats-Stream-Source': `${ACTIVITY_STREAM} 1 > >` }, { 'X-Device': victim.deviceId, 'Device-Id': victim.deviceId },
    ]
    let taken = 0
    for (const fields of steering) {
      const number = taken + 1
      const answer = await answerOf(connection, activitySubject(deviceId), batchOf({ epoch: epoch(), firstSeq: 1, activities: [issueActivity({ agent: 88, number }, fleet.baseMs)] }), { 'Nats-Msg-Id': randomBytes(16).toString('hex'), ...fields })
      if (answer?.seq !== undefined) taken += 1
      context.say(`${Object.keys(fields).join()}: ${answer === undefined ? 'no answer' : answer.error?.description ?? 'taken'}`)
    }
    // An answer of JetStream to a subject of somebody else: the broker publishes it, if it did, in its own name.
    for (const reply of [downSubject(victim.deviceId), policySubject('default'), heartbeatSubject(victim.deviceId), activitySubject(victim.deviceId), `$JS.API.STREAM.PURGE.${ACTIVITY_STREAM}`]) {
      connection.publish(activitySubject(deviceId), batchOf({ epoch: epoch(), firstSeq: 1, activities: [issueActivity({ agent: 88, number: 900 }, fleet.baseMs)] }), { reply })
    }
    await connection.flush()
    await sleep(1000)

    const after = await manager.streams.info(ACTIVITY_STREAM)
    must(JSON.stringify(after.config) === JSON.stringify(before.config), 'the stream was changed')
    must(after.created === before.created && after.state.last_seq >= before.state.last_seq, 'the stream was made anew')
    const consumers = await manager.consumers.list(ACTIVITY_STREAM).next()
    must(consumers.length === 1 && consumers[0]?.name === INGEST_CONSUMER, `consumers are ${consumers.map(({ name }) => name).join()}`)
    must(heard.length === 0, `the rogue heard something on ${[...new Set(heard)].join()}`)
    await fleet.judge()
    must((await rowsOf(installation, victim.deviceId)).length === victim.status()?.lastSeq, 'something is stored under the name of another device')
    Object.assign(context.figures, { refused: refused.size, steering: steering.length, takenAsOwn: taken })
  },
}

export const poisonedIds: Fault = {
  id: 'F-34', name: 'poisoned-ids', title: 'a device publishes the message ids of another one first',
  does: 'A rogue device guesses message ids of another one within the broker’s window for duplicates (a full run: 200,000), and then, as if it had guessed right, publishes the very ids that the other one is about to use, which the broker then takes for duplicates.',
  oracle: 'Ids cannot be guessed (they follow from the device’s key), and being taken for a duplicate costs nothing: the device waits for its watermark, sends again under another id, and everything is stored exactly once.',
  isLong: true,
  limitSecs: { short: 150, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1, proxy: true })
    const { proxy } = fleet
    const [victim] = fleet.agents
    if (victim === undefined || proxy === undefined) throw new Error('no agent')
    const { connection, deviceId } = await rogueOf(context, fleet)
    fleet.load(300)
    const guesses = context.count(10_000, 200_000)
    // The same batch each time: what counts is the id.
    const body = batchOf({ epoch: epoch(), firstSeq: 1, activities: [issueActivity({ agent: 88, number: 1 }, fleet.baseMs)] })
    for (let guess = 0; guess < guesses; guess += 1) {
      const head = headers()
      head.set('Nats-Msg-Id', createHash('sha256').update(`${victim.deviceId} ${guess}`).digest('hex').slice(0, 32))
      connection.publish(activitySubject(deviceId), body, { headers: head })
      if (guess % 2000 === 1999) await connection.flush()
    }
    await fleet.acknowledged(300, 60)
    await fleet.drain(120)

    // Stands for a guess that was right: made with the device's own key, which no other device has.
    const identity = await loadIdentity(victim.dir)
    const idOf = messageIds(identity.seed)
    const rounds = context.count(1, 4)
    let [poisoned, slowestMs] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      proxy.set({ kind: 'partition' })
      await until('the device to be cut off', 20, () => (victim.status()?.connected === false ? true : undefined))
      const lastSeq = victim.status()?.lastSeq ?? 0
      victim.command({ issue: 40 })
      await until('activities to wait', 20, () => (victim.status()?.lastSeq === lastSeq + 40 && victim.status()?.pending === 0 ? true : undefined))
      await victim.stop('SIGTERM')
      const spool = await openSpool({ folder: join(victim.dir, 'spool'), maxBytes: 1 << 30, now: Date.now, log: { info() {}, warn() {}, error() {} } })
      const run = await spool.read(spool.figures().ackedSeq + 1, limitsWith(0))
      await spool.close()
      must(run?.activities.length === 40, `the spool gives ${run?.activities.length} activities for a batch, and 40 wait`)
      const payload = encodeBatch(run.epoch, run, [])
      for (const time of [0, 1]) {
        const answer = await answerOf(connection, activitySubject(deviceId), batchOf({ epoch: epoch(), firstSeq: 1, activities: [issueActivity({ agent: 88, number: 1 }, fleet.baseMs)] }), { 'Nats-Msg-Id': idOf(run.epoch, run.firstSeq, 40, payload, time) })
        must(answer?.seq !== undefined && answer.duplicate !== true, 'the id that was guessed was there already')
      }
      const begun = Date.now()
      proxy.set({ kind: 'none' })
      victim.start()
      await until('what was taken for a duplicate to be stored after all', 120, () => ((victim.status()?.ackedSeq ?? 0) >= lastSeq + 40 ? true : undefined))
      slowestMs = Math.max(slowestMs, Date.now() - begun)
      poisoned += 1
    }
    // It goes out again only after a while without a watermark; sooner means that no id was the right one.
    must(slowestMs > 5000, 'nothing was taken for a duplicate, so nothing was tested')
    Object.assign(context.figures, { guesses, poisoned, storedAfterMs: slowestMs })
    await fleet.judge(180)
  },
}

export const replayed: Fault = {
  id: 'F-35', name: 'replayed', title: 'messages of a device are played again, by itself and by another one',
  does: 'Messages of a device are made again from what is stored, byte for byte, and sent under new message ids: by the device itself, at once and after the broker has forgotten them; by another device on its own subject, and on that of the first; and altered under the same numbers.',
  oracle: 'The device has each activity once. Nothing of what the other one sends is stored under the name of the first; what contradicts a stored activity under its number stands in quarantine as SEQ_CONFLICT and changes nothing.',
  isLong: true,
  limitSecs: { short: 60, full: 120 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const { installation } = fleet
    const [victim] = fleet.agents
    if (victim === undefined) throw new Error('no agent')
    fleet.load(500)
    await fleet.acknowledged(400, 30)
    await fleet.drain(60)
    const rows = await rowsOf(installation, victim.deviceId)
    const spoolEpoch = victim.status()?.epoch ?? ''
    await victim.stop('SIGTERM')
    const { connection, deviceId, refused } = await rogueOf(context, fleet)
    const own = await connectAsDevice(await loadIdentity(victim.dir))
    context.defer(() => own.close())

    const size = 50
    let sent = 0
    const rounds = context.count(2, 10)
    for (let round = 0; round < rounds; round += 1) {
      for (let at = 0; at + size <= rows.length; at += size) {
        const bytes = batchOf({ epoch: spoolEpoch, firstSeq: rows[at]?.seq ?? 0, activities: rows.slice(at, at + size).map(({ body }) => body) })
        const fresh = { 'Nats-Msg-Id': randomBytes(16).toString('hex') }
        must((await answerOf(own, activitySubject(victim.deviceId), bytes, fresh))?.seq !== undefined, 'a replay was not taken by the stream, so nothing is tested')
        if (round === 0) {
          await answerOf(connection, activitySubject(deviceId), bytes, { 'Nats-Msg-Id': randomBytes(16).toString('hex') })
          connection.publish(activitySubject(victim.deviceId), bytes)
        }
        sent += size
      }
    }
    const contradiction = issueActivity({ agent: 0, number: 1_000_000 }, fleet.baseMs)
    await answerOf(own, activitySubject(victim.deviceId), batchOf({ epoch: spoolEpoch, firstSeq: rows[0]?.seq ?? 1, activities: [contradiction] }), { 'Nats-Msg-Id': randomBytes(16).toString('hex') })
    const quarantined = async () => (await installation.client.get<{ items: readonly { readonly reason: string }[] }>('/api/v1/quarantine')).items
    await until('what contradicts to be in quarantine, which was sent last', 60, async () => ((await quarantined()).length > 0 ? true : undefined))
    must(refused.has(activitySubject(victim.deviceId)), 'another device may publish under the name of this one')
    const after = await rowsOf(installation, victim.deviceId)
    must(after.length === rows.length && after.every((row, index) => Buffer.compare(row.body, rows[index]?.body ?? Buffer.alloc(0)) === 0), `after a replay ${after.length} activities are stored, before it ${rows.length}`)
    const items = await quarantined()
    must(items.length === 1 && items[0]?.reason === 'SEQ_CONFLICT', `in quarantine: ${items.map(({ reason }) => reason).join()}`)
    Object.assign(context.figures, { replayed: sent, underTheOtherName: (await rowsOf(installation, deviceId)).length })
    await fleet.judge()
  },
}
