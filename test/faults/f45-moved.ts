// F-45: the store moves from SQLite to PostgreSQL under load, and whoever moves it is killed again and again.
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPostgresStore } from '@holdfast/collector/store/postgres/postgres-store.ts'
import { startPostgres } from '@holdfast/collector/testing/postgres-server.ts'
import { track } from '../support/own-processes.ts'
import { collectorMain, repository, runCommand, until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { readJournal } from './journal.ts'
import { judgeIn } from './oracle.ts'

/** Runs it and kills it after so long. @returns whether it had ended by itself */
async function moveAndKill(dir: string, url: string, afterMs: number): Promise<boolean> {
  const child = track(spawn(process.execPath, [collectorMain, 'migrate', '--to', url, '--dir', dir], { cwd: repository, stdio: 'ignore' }))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await Promise.race([ended, sleep(afterMs)])
  const isOver = child.exitCode !== null
  child.kill('SIGKILL')
  await ended
  return isOver
}

async function judgeDatabase(context: FaultContext, fleet: Fleet, url: string): Promise<void> {
  const begun = Date.now()
  fleet.load(0)
  await until('the spools to be empty', 150, () => (fleet.agents.every((agent) => {
    const status = agent.status()
    return status !== undefined && status.atMs > begun + 400 && status.pending === 0 && status.connected && status.ackedSeq >= status.lastSeq && status.bytes === 0
  }) ? true : undefined))
  const store = await openPostgresStore({ url })
  try {
    await until('every user to be scored', 90, async () => ((await store.connection.get<{ n: number }>('SELECT count(*) AS n FROM mark WHERE due = 0'))?.n === 0 ? true : undefined))
    const found = await judgeIn(store.connection, fleet.agents.map((agent) => ({ agent: agent.index, deviceId: agent.deviceId, journal: readJournal(agent.journal) })), new Set(), fleet.baseMs, Date.now())
    const { obligations, stored, lost, doubled, foreign, altered, unexplained, alerts } = found
    Object.assign(context.figures, { obligations, stored, lost, doubled, foreign, altered, unexplained, alerts })
    must(obligations > 0, 'the workload issued nothing, so nothing was tested')
    must(found.problems.length === 0, found.problems.join('\n'))
  } finally {
    await store.close()
  }
}

export const moved: Fault = {
  id: 'F-45', name: 'moved', title: 'the store moves to PostgreSQL under load, and the migration is killed at each turn',
  does: 'Agents under load on a collector with SQLite; holdfast migrate is killed while it copies ahead, the collector goes on; then the collector is stopped, the migration is killed again and again until it is through, and the collector is started on the database while agents still send.',
  oracle: 'At no time do both the file and the database let a collector start; at the end every append that resolved is in the database exactly once, counters and alerts are what the stored activities give.',
  isLong: true,
  limitSecs: { short: 240, full: 900 },
  async run(context) {
    const server = await startPostgres({ onDisk: true })
    context.defer(() => server.stop())
    const url = await server.url('moved')
    const fleet = await startFleet(context, { agents: context.count(2, 6) })
    const { dir } = fleet.installation
    fleet.load(context.count(400, 800))
    await fleet.acknowledged(context.count(3000, 40_000), 120)
    let kills = 0
    for (let turn = 0; turn < context.count(2, 8); turn += 1) {
      if (!(await moveAndKill(dir, url, context.random.between(700, 2500)))) kills += 1
      await fleet.acknowledged(200, 60)
    }
    await fleet.installation.stop()
    for (let turn = 0; turn < context.count(3, 20); turn += 1) {
      const isOver = await moveAndKill(dir, url, context.random.between(600, 1500 + turn * 250))
      if (!isOver) kills += 1
      context.say(`migration ${isOver ? 'ended' : 'killed'}`)
      const file = await runCommand(collectorMain, ['audit', 'verify', '--dir', dir])
      const database = await runCommand(collectorMain, ['audit', 'verify', '--dir', dir], { env: { HOLDFAST_STORE: url } })
      must(!(file.code === 0 && database.code === 0), 'both the file and the database are the store')
      if (isOver) break
    }
    const done = await runCommand(collectorMain, ['migrate', '--to', url, '--dir', dir])
    must(done.code === 0 || done.stderr.includes('MIGRATION_REFUSED'), `the migration ended with ${done.code}: ${done.stderr.slice(-800)}`)
    context.figures['kills'] = kills
    // Whatever starts now is told the same way as a unit file would.
    process.env['HOLDFAST_STORE'] = url
    context.defer(() => void delete process.env['HOLDFAST_STORE'])
    await fleet.installation.start()
    // They were away for minutes, and would wait as long before they try again.
    for (const agent of fleet.agents) {
      await agent.stop('SIGKILL')
      agent.start()
    }
    context.say('the collector runs on the database')
    await fleet.acknowledged(300, 60)
    await judgeDatabase(context, fleet, url)
  },
}
