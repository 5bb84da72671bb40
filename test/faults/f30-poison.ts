import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { activitySubject, MAX_BATCH_ACTIVITIES, toWireTimestamp, wire } from '@holdfast/proto'
import { headers } from 'nats'
import { metric } from '../support/operator.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import type { Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { issueActivity } from './activities.ts'
import { type Fault, must } from './fault.ts'
import { countRows, enrolDevice, startFleet } from './fleet.ts'

interface QuarantineRow {
  readonly id: number
  readonly subject: string
  readonly reason: string
  readonly tries: number
  readonly bytes: number
}

/** Stands in the body that the store refuses. */
const MARK = 'poison-that-the-store-refuses'
const epoch = (): string => randomBytes(16).toString('hex')
/** Lately enough to count on its own day. */
const BASE_MS = Date.now() - 7_200_000
const good = (number: number): Uint8Array => issueActivity({ agent: 77, number }, BASE_MS)

interface Poison {
  readonly what: string
  readonly reason: string
  readonly bytes: Uint8Array
}

const batch = (fields: wire.ActivityBatch.$Properties): Uint8Array => wire.ActivityBatch.encode(fields).finish()

/** Each in an epoch of its own, so that no number is missing because of another one. */
function poisons(random: { between(low: number, high: number): number }): readonly Poison[] {
  const noise = Uint8Array.from({ length: random.between(200, 2000) }, () => random.between(0, 255))
  return [
    // Field 1 as a group that never ends: no decoder can read it.
    { what: 'malformed protobuf', reason: 'DECODE_FAILED', bytes: Uint8Array.of(0x0f, ...noise) },
    { what: 'an oversized message', reason: 'TOO_LARGE', bytes: batch({ epoch: epoch(), firstSeq: 1, activities: Array.from({ length: 12 }, () => new Uint8Array(60_000)) }) },
    { what: 'too many activities', reason: 'TOO_MANY', bytes: batch({ epoch: epoch(), firstSeq: 1, activities: Array.from({ length: MAX_BATCH_ACTIVITIES + 1 }, (_, index) => good(index + 1)) }) },
    { what: 'an epoch that is none', reason: 'EPOCH_INVALID', bytes: batch({ epoch: '../../etc', firstSeq: 1, activities: [good(1)] }) },
    { what: 'number 0', reason: 'SEQ_INVALID', bytes: batch({ epoch: epoch(), firstSeq: 0, activities: [good(1)] }) },
    { what: 'a gap that ends before it begins', reason: 'GAP_INVALID', bytes: batch({ epoch: epoch(), gaps: [{ firstSeq: 9, lastSeq: 3, reason: 'spool_full', at: toWireTimestamp(0) }] }) },
    { what: 'one activity of no kind among good ones', reason: 'KIND_UNKNOWN', bytes: batch({ epoch: epoch(), firstSeq: 1, activities: [good(1), wire.Activity.encode({ occurredAt: toWireTimestamp(1), sensor: 'x' }).finish(), good(2)] }) },
    { what: 'one activity with bytes that are none', reason: 'DECODE_FAILED', bytes: batch({ epoch: epoch(), firstSeq: 1, activities: [good(3), Uint8Array.of(0x0f, 0xff, 0xff), good(4)] }) },
  ]
}

const quarantine = async (installation: Installation): Promise<readonly QuarantineRow[]> => (await installation.client.get<{ items: readonly QuarantineRow[] }>('/api/v1/quarantine?limit=500')).items

/** The database refuses rows with the mark, as a bug or a damaged index would. */
async function setTrap(installation: Installation, on: boolean): Promise<void> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
  try {
    await db.exec(`PRAGMA busy_timeout = 10000; ${on ? `CREATE TRIGGER trap BEFORE INSERT ON activity WHEN instr(NEW.body, CAST('${MARK}' AS BLOB)) > 0 BEGIN SELECT RAISE(ABORT, 'trap'); END` : 'DROP TRIGGER trap'}`)
  } finally {
    await db.close()
  }
}

const marked = (): Uint8Array => wire.Activity.encode({ occurredAt: toWireTimestamp(BASE_MS), sensor: 'workload', actor: { account: 'person0', accountId: '2000' }, fileCreated: { file: { path: `/home/p/${MARK}`, sizeBytes: 1 } } }).finish()

export const poison: Fault = {
  id: 'F-30', name: 'poison', title: 'a device sends messages that cannot be taken',
  does: 'With a device’s own credentials: malformed, oversized, wrong counts, wrong numbers, bad activities among good ones, and one that throws in the store each time (a trigger in the database). Other devices are under load meanwhile.',
  oracle: 'Each stands in quarantine with its bytes and its reason, and leaves the stream; the others lose nothing and go on; the one that threw is stored exactly once by a replay after the fix; what cannot be read is refused again.',
  limitSecs: { short: 120, full: 240 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(1, 4) })
    const { installation } = fleet
    const identity = await loadIdentity(await enrolDevice(installation, 'poisoner'))
    fleet.ignoredDevices.add(identity.deviceId)
    const connection = await connectAsDevice(identity)
    context.defer(() => connection.close())
    fleet.load(300)
    let sent = 0
    const publish = async (bytes: Uint8Array): Promise<void> => {
      sent += 1
      const id = headers()
      id.set('Nats-Msg-Id', `poison-${sent}-${randomBytes(8).toString('hex')}`)
      const answer = JSON.parse(new TextDecoder().decode((await connection.request(activitySubject(identity.deviceId), bytes, { timeout: 10_000, headers: id })).data)) as { seq?: number; error?: { description: string } }
      must(answer.error === undefined, `the stream refused a message of ${bytes.length} bytes: ${answer.error?.description ?? ''}`)
    }

    await setTrap(installation, true)
    const trapEpoch = epoch()
    await publish(batch({ epoch: trapEpoch, firstSeq: 1, activities: [marked()] }))
    const rounds = context.count(1, 20)
    const wanted: Poison[] = []
    for (let round = 0; round < rounds; round += 1) {
      for (const one of poisons(context.random)) {
        await publish(one.bytes)
        wanted.push(one)
      }
    }
    await until('every unreadable message to be in quarantine', 60, async () => ((await quarantine(installation)).filter((row) => row.reason !== 'STORE_FAILED').length >= wanted.length ? true : undefined)).catch(async (error: unknown) => {
      throw new Error(`${String(error)}; there are ${JSON.stringify((await quarantine(installation)).map((row) => row.reason))}`)
    })
    for (const reason of new Set(wanted.map((one) => one.reason))) {
      const there = (await quarantine(installation)).filter((row) => row.reason === reason).length
      must(there === wanted.filter((one) => one.reason === reason).length, `${there} in quarantine for ${reason}, sent ${wanted.filter((one) => one.reason === reason).length}`)
    }
    // The others go on while one message fails again and again.
    await fleet.acknowledged(300, 30)
    await until('the message that throws to be in quarantine', 90, async () => ((await quarantine(installation)).some((row) => row.reason === 'STORE_FAILED') ? true : undefined))

    await setTrap(installation, false)
    const rowsBefore = await markedRows(installation)
    const trapped = (await quarantine(installation)).filter((row) => row.reason === 'STORE_FAILED')
    must(trapped.length === 1, `the message that throws is ${trapped.length} times in quarantine`)
    const [row] = trapped
    await installation.holdfast('quarantine', 'replay', String(row?.id))
    await installation.holdfast('quarantine', 'replay', String(row?.id)).catch(() => {})
    must(rowsBefore === 0 && (await markedRows(installation)) === 1, `a replay after the fix gives ${await markedRows(installation)} rows (before it ${rowsBefore})`)
    const unreadable = (await quarantine(installation)).find((other) => other.reason === 'TOO_LARGE')
    const again = await installation.holdfast('quarantine', 'replay', String(unreadable?.id)).then(() => 'taken', (error: unknown) => String(error))
    must(again.includes('QUARANTINE_REFUSED'), `a replay of what still cannot be read answers: ${again}`)

    await fleet.drain(120)
    const left = await until('the stream to be empty', 60, async () => {
      const messages = await metric(installation, 'holdfast_bus_stream_messages')
      return messages === 0 ? { messages } : undefined
    })
    Object.assign(context.figures, { poisons: wanted.length + 1, quarantined: await countRows(installation.dir, 'quarantine'), leftInStream: left.messages })
    await fleet.judge()
  },
}

async function markedRows(installation: Installation): Promise<number> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    return (await db.get<{ n: number }>(`SELECT count(*) AS n FROM activity WHERE instr(body, CAST('${MARK}' AS BLOB)) > 0`))?.n ?? 0
  } finally {
    await db.close()
  }
}
