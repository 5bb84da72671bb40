// F-48 and F-49: scoring fails for one person, and activities arrive long after the window that they belong to.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { activitySubject, toWireTimestamp, wire } from '@holdfast/proto'
import { headers, type NatsConnection } from 'nats'
import { connectAsDevice } from '../support/device-connection.ts'
import type { Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { countRows, enrolDevice, startFleet } from './fleet.ts'

const HOUR_MS = 3_600_000
const { LOCATION_KIND_REMOVABLE, LOCATION_KIND_LOCAL } = wire.LocationKind

/** One copy of many megabytes to a stick, enough of them for an alert. */
const copyAt = (account: string, accountId: string, atMs: number, index: number): Uint8Array => wire.Activity.encode({
  occurredAt: toWireTimestamp(atMs), observedAt: toWireTimestamp(atMs), sensor: 'workload', actor: { account, accountId, attribution: wire.Attribution.ATTRIBUTION_PROCESS, process: { pid: 1, name: 'cp', executable: '/usr/bin/cp' } },
  fileCopied: { destination: { path: `/media/${account}/STICK/plan-${index}.docx`, sizeBytes: 60_000_000, location: LOCATION_KIND_REMOVABLE, state: 'stable' }, source: { path: `/home/${account}/plan-${index}.docx`, sizeBytes: 60_000_000, location: LOCATION_KIND_LOCAL } },
}).finish()

async function deviceOf(context: FaultContext, installation: Installation, name: string): Promise<{ readonly connection: NatsConnection; readonly send: (bodies: readonly Uint8Array[]) => Promise<void>; readonly deviceId: string }> {
  const identity = await loadIdentity(await enrolDevice(installation, name))
  const connection = await connectAsDevice(identity)
  context.defer(() => connection.close())
  const epoch = randomBytes(16).toString('hex')
  let next = 1
  return {
    connection, deviceId: identity.deviceId,
    async send(bodies) {
      const id = headers()
      id.set('Nats-Msg-Id', randomBytes(16).toString('hex'))
      await connection.request(activitySubject(identity.deviceId), wire.ActivityBatch.encode({ epoch, firstSeq: next, activities: [...bodies] }).finish(), { timeout: 10_000, headers: id })
      next += bodies.length
    },
  }
}

const sql = async (installation: Installation, text: string): Promise<void> => {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
  try {
    await db.exec(`PRAGMA busy_timeout = 10000; ${text}`)
  } finally {
    await db.close()
  }
}

const alertsOf = async (installation: Installation): Promise<readonly { readonly id: string; readonly person: number }[]> => {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    return await db.all<{ id: string; person: number }>('SELECT id, person FROM alert')
  } finally {
    await db.close()
  }
}

export const scoringFails: Fault = {
  id: 'F-48', name: 'scoring-fails', title: 'scoring fails for one person again and again, and the collector is killed meanwhile',
  does: 'A trigger in the database lets no alert of one person be written, as a rule that throws would; others are scored meanwhile, a policy is changed, and the collector is killed between two tries. Then the trigger is gone.',
  oracle: 'Activities of the person are stored and the person stays marked; others get their alerts; afterwards the alerts are what scoring the stored activities again gives, each once.',
  isLong: true,
  limitSecs: { short: 240, full: 300 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const { installation } = fleet
    fleet.load(100)
    await fleet.acknowledged(200, 30)
    const device = await deviceOf(context, installation, 'mallory-laptop')
    fleet.ignoredDevices.add(device.deviceId)
    const now = Date.now() - 2 * HOUR_MS
    // One quiet activity first, so that the person is known.
    await device.send([wire.Activity.encode({ occurredAt: toWireTimestamp(now), sensor: 'workload', actor: { account: 'mallory', accountId: '2900' }, fileCreated: { file: { path: '/home/mallory/a', sizeBytes: 1 } } }).finish()])
    const person = await until('the person to be known', 30, async () => {
      const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
      try {
        return (await db.get<{ k: number | null }>("SELECT max(person) AS k FROM identity WHERE value LIKE '%mallory%'"))?.k ?? undefined
      } finally {
        await db.close()
      }
    })
    await sql(installation, `CREATE TRIGGER trap BEFORE INSERT ON alert WHEN NEW.person = ${person} BEGIN SELECT RAISE(ABORT, 'trap'); END`)
    const others = await deviceOf(context, installation, 'alice-laptop')
    fleet.ignoredDevices.add(others.deviceId)
    await device.send(Array.from({ length: 60 }, (_, index) => copyAt('mallory', '2900', now + index * 1000, index)))
    await others.send(Array.from({ length: 60 }, (_, index) => copyAt('alice', '2901', now + index * 1000, index)))
    const others1 = await until('another person to get an alert', 60, async () => {
      const found = await alertsOf(installation)
      return found.some((alert) => alert.person > person) ? found : undefined
    })
    must(!others1.some((alert) => alert.person === person), 'the trap did not hold, so nothing was tested')
    must((await countRows(installation.dir, 'mark')) > 0, 'a person who cannot be scored is not marked any more')
    for (let kill = 0; kill < context.count(2, 8); kill += 1) {
      await installation.stop('SIGKILL')
      await installation.start()
      await until('the collector to try again', 30, () => (installation.daemon.log().includes('cannot be evaluated') || installation.daemon.log().includes('trap') ? true : undefined)).catch(() => context.say('no try was logged'))
    }
    await sql(installation, 'DROP TRIGGER trap')
    await until('the alert of the person', 60, async () => ((await alertsOf(installation)).some((alert) => alert.person === person) ? true : undefined))
    context.figures['alertsMeanwhile'] = others1.length
    await fleet.judge()
  },
}

export const lateActivities: Fault = {
  id: 'F-49', name: 'late-activities', title: 'activities arrive hours and days after others were scored',
  does: 'A person is scored up to now; then a device that was away brings what the person did 8 hours, two days and five days before, in random order and partly twice.',
  oracle: 'The alerts are what scoring all stored activities anew gives, each once; what came late is stored with its own time and the collector’s.',
  isLong: true,
  limitSecs: { short: 180, full: 240 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const { installation } = fleet
    fleet.load(100)
    await fleet.acknowledged(100, 30)
    const device = await deviceOf(context, installation, 'late-laptop')
    fleet.ignoredDevices.add(device.deviceId)
    const now = Date.now() - HOUR_MS
    await device.send(Array.from({ length: 30 }, (_, index) => copyAt('carol', '2902', now + index * 1000, index)))
    await fleet.drain(60)
    const before = (await alertsOf(installation)).length
    const late = [8 * HOUR_MS, 48 * HOUR_MS, 120 * HOUR_MS].flatMap((ms, day) => Array.from({ length: 4 }, (_, group) => Array.from({ length: 25 }, (__, index) => copyAt('carol', '2902', now - ms + group * 60_000 + index * 1000, 1000 * (day + 1) + group * 100 + index)))).toSorted(() => context.random.next() - 0.5)
    for (const bodies of late) await device.send(bodies)
    await until('everything late to be stored', 60, async () => {
      const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
      try {
        return (await db.get<{ n: number }>('SELECT count(*) AS n FROM activity a JOIN epoch e ON e.k = a.epoch JOIN device d ON d.k = e.device WHERE d.id = ?', device.deviceId))?.n === 30 + late.length * 25 ? true : undefined
      } finally {
        await db.close()
      }
    })
    Object.assign(context.figures, { late: late.length * 25, alertsBefore: before })
    await fleet.judge()
  },
}
