// F-15 and F-16: another version of the agent on the same spool, and the same spool on another machine.
import { cp, readdir, readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as openSpoolDatabase } from '@holdfast/agent/spool/connection.ts'
import { formatOf } from '@holdfast/agent/spool/format.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { until } from '../support/processes.ts'
import { idOfBody } from './activities.ts'
import { type Fault, must } from './fault.ts'
import { startFleet, workloadAgent } from './fleet.ts'
import { readJournal } from './journal.ts'
import { judge } from './oracle.ts'

/** A later version, or back: both numbers in the head of the file, as an upgrade sets them. */
async function moveFormat(folder: string, by: number): Promise<void> {
  const db = await openSpoolDatabase(join(folder, 'spool.db'), 'write')
  const { user_version: format = 0 } = (await db.get<{ user_version: number }>('PRAGMA user_version')) ?? {}
  const { application_id: id = 0 } = (await db.get<{ application_id: number }>('PRAGMA application_id')) ?? {}
  await db.exec(`PRAGMA user_version = ${format + by}; PRAGMA application_id = ${id + by}`)
  must((await formatOf(db)) === format + by, 'the format of the spool is numbered in another way by now')
  await db.close()
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).filter((one) => one === 'spool.db' || one === 'spool.state').toSorted()) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}

export const upgraded: Fault = {
  id: 'F-15', name: 'upgraded', title: 'the agent is upgraded and set back, with a full spool',
  does: 'While the collector is away the spool fills; the agent is stopped, the spool gets the format of a later version, as an upgrade leaves it, and the earlier agent is started on it; then the later format is taken back, as its upgrade offers, and the agent is started again.',
  oracle: 'The earlier agent refuses with SPOOL_NEWER_FORMAT and changes not a byte; afterwards every activity is stored exactly once.',
  isLong: true,
  limitSecs: { short: 60, full: 180 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const [agent] = fleet.agents
    if (agent === undefined) throw new Error('no agent')
    const folder = join(agent.dir, 'spool')
    const rounds = context.count(1, 6)
    for (let round = 0; round < rounds; round += 1) {
      await fleet.installation.stop()
      fleet.load(2000)
      await fleet.acknowledged(context.count(2000, 20_000), 60)
      await agent.stop('SIGTERM')
      await moveFormat(folder, 1)
      const before = await hashOf(folder)
      const older = workloadAgent({ index: 900 + round, dir: agent.dir, deviceId: agent.deviceId, journal: `${agent.journal}-older-${round}`, baseMs: fleet.baseMs })
      context.defer(() => older.stop('SIGKILL'))
      older.start()
      await until('the earlier agent to end', 30, () => (older.running() ? undefined : true))
      must(older.log().includes('SPOOL_NEWER_FORMAT'), `the earlier agent ended for another reason: ${older.log().slice(-1000)}`)
      must((await hashOf(folder)) === before, 'the earlier agent changed a spool that it cannot read')
      await moveFormat(folder, -1)
      await fleet.installation.start()
      agent.start()
      await fleet.acknowledged(50, 60)
    }
    context.figures['rounds'] = rounds
    await fleet.judge()
  },
}

export const cloned: Fault = {
  id: 'F-16', name: 'cloned', title: 'a device is cloned with its spool, and both go on',
  does: 'An agent is stopped, its folder is copied, and both copies run at the same time under load, with one identity, one epoch and the same next number.',
  oracle: 'Whatever either of them was promised is stored once, or kept in quarantine as SEQ_CONFLICT: nothing is overwritten, nothing vanishes as a duplicate. The device says that numbers came twice; counters and alerts are what the stored activities give.',
  isLong: true,
  limitSecs: { short: 90, full: 240 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const [agent] = fleet.agents
    if (agent === undefined) throw new Error('no agent')
    fleet.load(500)
    await fleet.acknowledged(300, 30)
    // Something unsent is in both copies.
    await fleet.installation.stop()
    await fleet.acknowledged(300, 30)
    await agent.stop('SIGKILL')
    const dir = join(context.folder, 'clone')
    await cp(agent.dir, dir, { recursive: true })
    const clone = workloadAgent({ index: 50, dir, deviceId: agent.deviceId, journal: join(context.folder, 'journal-clone'), baseMs: fleet.baseMs })
    context.defer(() => clone.stop('SIGKILL'))
    context.explain(() => `clone ${clone.running() ? 'runs' : 'ended'}: ${JSON.stringify(clone.status())}\n${clone.log().slice(-1500)}`)
    for (const one of [agent, clone]) {
      one.start()
      one.command({ perSecond: 300 })
    }
    await until('both to spool what has the same numbers', 30, () => (readJournal(clone.journal).obligations.length > 300 ? true : undefined))
    await fleet.installation.start()
    await sleep(context.count(3000, 30_000))
    for (const one of [agent, clone]) one.command({ perSecond: 0 })
    await until('both spools to be empty', 90, () => ([agent, clone].every((one) => {
      const status = one.status()
      return status !== undefined && status.pending === 0 && status.connected && status.ackedSeq >= status.lastSeq && status.bytes === 0
    }) ? true : undefined))

    fleet.ignoredDevices.add(agent.deviceId)
    const verdict = await judge(fleet.installation.dir, [], fleet.ignoredDevices, fleet.baseMs, Date.now())
    must(verdict.problems.length === 0, verdict.problems.join('\n'))
    const db = await connect(join(fleet.installation.dir, 'holdfast.db'), { readOnly: true })
    const kept = new Map<string, number>()
    let apart = 0
    try {
      const quarantined = await db.all<{ body: Uint8Array }>("SELECT bytes AS body FROM quarantine WHERE reason = 'SEQ_CONFLICT'")
      apart = quarantined.length
      for (const { body } of [...(await db.all<{ body: Uint8Array }>('SELECT body FROM activity')), ...quarantined]) {
        const id = idOfBody(body)
        const key = `${id?.agent} ${id?.number}`
        kept.set(key, (kept.get(key) ?? 0) + 1)
      }
    } finally {
      await db.close()
    }
    const owed = [...readJournal(agent.journal).obligations.map(({ number }) => `0 ${number}`), ...readJournal(clone.journal).obligations.map(({ number }) => `50 ${number}`)]
    const lost = owed.filter((key) => !kept.has(key))
    must(lost.length === 0, `${lost.length} of ${owed.length} activities of a cloned device are nowhere, the first is ${lost[0]}`)
    must(apart > 0, 'no number came twice, so nothing was tested')
    const state = await fleet.installation.client.get<{ faults: readonly { code: string }[] }>(`/api/v1/devices/${agent.deviceId}`)
    must(state.faults.some(({ code }) => code === 'NUMBERS_TWICE'), `the device does not say that numbers came twice: ${state.faults.map(({ code }) => code).join()}`)
    Object.assign(context.figures, { obligations: owed.length, keptApart: apart, epochs: new Set([agent.status()?.epoch, clone.status()?.epoch]).size })
  },
}
