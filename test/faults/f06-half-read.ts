// F-06, F-11 and F-12: a spool near its cap that is killed half read, activities of every size, and a large spool in little memory.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { MAX_ACTIVITY_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import { install } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { type Fault, must } from './fault.ts'
import { enrolDevice, startFleet, type WorkloadAgent } from './fleet.ts'

const CAP = 6 << 20

export const halfRead: Fault = {
  id: 'F-06', name: 'half-read', title: 'a spool near its cap is killed while it is being sent',
  does: 'The collector is away until the spool is nearly full; it comes back, and the agent is killed when about half of the spool is acknowledged; then it goes on under load.',
  oracle: 'Nothing is dropped: what was acknowledged is not counted as held after the start, and new activities are taken. Every promised activity is stored exactly once, and the spool says 0 bytes when it is empty.',
  isLong: true,
  limitSecs: { short: 90, full: 240 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1, maxBytes: CAP })
    const [agent] = fleet.agents as readonly [WorkloadAgent]
    const rounds = context.count(1, 8)
    let fillMax = 0
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      await fleet.installation.stop()
      fleet.load(3000)
      await until('the spool to be nearly full', 60, () => ((agent.status()?.bytes ?? 0) > CAP * 0.8 ? true : undefined))
      fleet.load(0)
      await until('the last appends', 20, () => (agent.status()?.pending === 0 ? true : undefined))
      const full = agent.status()
      fillMax = Math.max(fillMax, (full?.bytes ?? 0) / CAP)
      const half = ((full?.ackedSeq ?? 0) + (full?.lastSeq ?? 0)) / 2
      await fleet.installation.start()
      await until('half of it to be acknowledged', 60, () => ((agent.status()?.ackedSeq ?? 0) >= half ? true : undefined))
      await agent.stop('SIGKILL')
      agent.start()
      // As much again as there was room for, had the account been wrong.
      fleet.load(1000)
      await fleet.acknowledged(1500, 60)
      must((agent.status()?.refused ?? 0) === 0, `appends were refused: ${agent.status()?.refusedBy}`)
      await fleet.drain(90)
    }
    Object.assign(context.figures, { rounds, filledShare: Math.round(fillMax * 100) / 100 })
    const verdict = await fleet.judge()
    must(verdict.explained === 0 && (agent.status()?.dropped ?? 0) === 0, `${agent.status()?.dropped} activities were dropped although there was room`)
  },
}

const MEMBER_BYTES = 1000

/** An activity that is exactly so long when it is encoded: an archive with as many members as it takes. */
function activityOf(bytes: number, number: number): Uint8Array {
  const make = (members: readonly number[]): Uint8Array => wire.Activity.encode({
    occurredAt: toWireTimestamp(Date.now() - 60_000), sensor: 'sizes', actor: { account: 'alice', accountId: '2000' },
    archiveCreated: { archive: { path: `/home/alice/${number}.zip`, sizeBytes: 1 }, members: members.map((length) => ({ path: 'x'.repeat(length) })), memberCount: members.length, state: 'complete' },
  }).finish()
  let members: readonly number[] = []
  while (make([...members, MEMBER_BYTES]).length <= bytes - 600) members = [...members, MEMBER_BYTES]
  // Two ends, because the length of a length is one byte or two.
  for (let first = 0; first < 2 * MEMBER_BYTES; first += 1) {
    const made = make([...members, first])
    if (made.length === bytes) return made
    const other = make([...members, first, 10])
    if (other.length === bytes) return other
  }
  throw new Error(`an activity of ${bytes} bytes cannot be made`)
}

export const everySize: Fault = {
  id: 'F-11', name: 'every-size', title: 'activities of every size, up to the largest and beyond',
  does: 'A device spools activities of 0 bytes, of the limit, of one byte more and of 8 MiB among ordinary ones, and as many of the largest as make several messages.',
  oracle: 'What is too large or empty is refused with its code and takes no number; the largest and their neighbours are stored byte for byte; no message is too large for the broker; nothing is in quarantine.',
  isLong: true,
  limitSecs: { short: 60, full: 60 },
  async run(context) {
    const installation = await install()
    context.defer(() => installation.close())
    const identity = await loadIdentity(await enrolDevice(installation, 'sizes'))
    const silent = { debug() {}, info() {}, warn() {}, error() {} }
    const spool = await openSpool({ folder: join(context.folder, 'spool'), maxBytes: 64 << 20, now: Date.now, log: silent })
    const stop = new AbortController()
    const uplink = createUplink({ identity, spool, heartbeat: () => Promise.resolve({ sentAt: toWireTimestamp(Date.now()) }), heartbeatIntervalSecs: () => 2, policyState: () => ({ hash: '', version: 0 }), onPolicy: () => Promise.resolve(), now: Date.now, random: Math.random, log: silent })
    const running = uplink.run(stop.signal)
    context.defer(async () => {
      stop.abort()
      await running
      await spool.close()
    })
    const bodies: Uint8Array[] = []
    const take = async (size: number): Promise<void> => {
      const body = activityOf(size, bodies.length)
      must((await spool.append(body)) === bodies.length + 1, 'a number was lost to what was refused')
      bodies.push(body)
    }
    const refused = async (bytes: Uint8Array, code: string): Promise<void> => {
      const answer = await spool.append(bytes).then(() => 'taken', (error: unknown) => (error as { code?: string }).code ?? String(error))
      must(answer === code, `${bytes.length} bytes: ${answer}, and ${code} was right`)
    }
    await take(100)
    await refused(new Uint8Array(0), 'SPOOL_RECORD_EMPTY')
    await take(MAX_ACTIVITY_BYTES)
    await refused(new Uint8Array(MAX_ACTIVITY_BYTES + 1), 'SPOOL_RECORD_TOO_LARGE')
    await take(101)
    await refused(new Uint8Array(8 << 20), 'SPOOL_RECORD_TOO_LARGE')
    for (let index = 0; index < 40; index += 1) await take(index % 3 === 2 ? 200 : MAX_ACTIVITY_BYTES - (index % 3))
    await until('everything to be acknowledged', 45, () => (spool.figures().ackedSeq === bodies.length ? true : undefined))
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
    try {
      const rows = await db.all<{ body: Uint8Array }>('SELECT body FROM activity ORDER BY seq')
      must(rows.length === bodies.length, `${rows.length} of ${bodies.length} are stored`)
      must(rows.every((row, index) => Buffer.compare(row.body, bodies[index] ?? Buffer.alloc(0)) === 0), 'one is stored with other bytes')
      const apart = await db.all<{ reason: string }>('SELECT reason FROM quarantine')
      must(apart.length === 0, `in quarantine: ${apart.map(({ reason }) => reason).join()}`)
    } finally {
      await db.close()
    }
    Object.assign(context.figures, { largestBytes: MAX_ACTIVITY_BYTES, stored: bodies.length, refused: 3 })
  },
}

const memoryOf = async (pid: number, key: 'VmHWM' | 'VmRSS'): Promise<number> => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
const MEMORY_LIMIT_MIB = 150

export const littleMemory: Fault = {
  id: 'F-12', name: 'little-memory', title: 'a spool much larger than the agent’s memory is sent',
  does: 'The collector is away until the spool holds many times what the agent may use (a full run: 1 GiB); then the agent is started anew and sends all of it, while its memory is measured.',
  oracle: `It streams: the highest resident memory from its start to the empty spool stays below ${MEMORY_LIMIT_MIB} MiB, and everything is stored exactly once.`, alone: true, isLong: true,
  limitSecs: { short: 120, full: 1200 },
  async run(context) {
    const wanted = context.count(48 << 20, 1 << 30)
    const fleet = await startFleet(context, { agents: 1, maxBytes: 2 << 30 })
    const [agent] = fleet.agents as readonly [WorkloadAgent]
    await fleet.installation.stop()
    fleet.load(context.count(8000, 20_000))
    await until('the spool to be large', context.count(90, 900), () => {
      must(agent.running(), 'the agent ended')
      return (agent.status()?.bytes ?? 0) > wanted ? true : undefined
    })
    fleet.load(0)
    await until('the last appends', 30, () => (agent.status()?.pending === 0 ? true : undefined))
    context.figures['spooledMiB'] = Math.round((agent.status()?.bytes ?? 0) / 1024 / 1024)
    await agent.stop('SIGTERM')
    agent.start()
    const begun = Date.now()
    await until('the agent to work', 60, () => agent.status())
    context.figures['openedMs'] = Date.now() - begun
    await fleet.installation.start()
    const pid = agent.pid() ?? 0
    let highest = 0
    await until('the spool to be empty', context.count(90, 900), async () => {
      must(agent.running(), `the agent ended while it sent: ${agent.log().slice(-1000)}`)
      highest = Math.max(highest, await memoryOf(pid, 'VmHWM'))
      const status = agent.status()
      await sleep(100)
      return status !== undefined && status.bytes === 0 && status.ackedSeq === status.lastSeq ? true : undefined
    })
    context.figures['highestMiB'] = Math.round(highest)
    must(highest < MEMORY_LIMIT_MIB, `the agent used ${Math.round(highest)} MiB`)
    await fleet.judge(300)
  },
}
