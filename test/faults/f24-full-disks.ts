// F-23, F-24, F-43 and F-92: the stream, the disk of the broker and the disk of the database are full, and the database
// is locked, read-only or damaged.
import { open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { asOperator } from '../support/operator.ts'
import { runCommand, collectorMain, until } from '../support/processes.ts'
import { mayTrace } from './crash-states.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { inject } from './injected.ts'
import { fillVolume, mountVolume } from './volume.ts'

const DISK_MIB = 160

const watermarks = (fleet: Fleet): readonly number[] => fleet.agents.map((agent) => agent.status()?.ackedSeq ?? 0)
const advanced = (fleet: Fleet, since: readonly number[], by: number): boolean => watermarks(fleet).every((acked, index) => acked >= (since[index] ?? 0) + by)

async function goOn(fleet: Fleet, what: string, seconds = 90): Promise<number> {
  const before = watermarks(fleet)
  const begun = Date.now()
  await until(`watermarks to go on after ${what}`, seconds, () => (advanced(fleet, before, 100) ? true : undefined))
  return Date.now() - begun
}

/** Moves the collector's folder, or the broker's in it, to a small volume. */
async function onVolume(context: FaultContext, fleet: Fleet, folder: string): Promise<void> {
  await fleet.installation.stop()
  await mountVolume(context, folder, DISK_MIB, { keep: true })
  await fleet.installation.start()
  fleet.load(400)
  await goOn(fleet, 'the move to a small volume')
}

export const streamFull: Fault = {
  id: 'F-23', name: 'stream-full', title: 'the stream is full',
  does: 'The stream is as small as it may be, and the collector stands still until agents have filled it; then it goes on.',
  oracle: 'Publishers are refused with STREAM_FULL and keep everything in their spools; nothing old is given up for something new; when there is room they go on by themselves, and every append that resolved is stored exactly once.',
  isLong: true,
  limitSecs: { short: 120, full: 300 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 2, serve: ['--bus-max-bytes', String(64 << 20)] })
    const { installation } = fleet
    const rounds = context.count(1, 4)
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      fleet.load(context.count(20_000, 20_000))
      installation.daemon.child.kill('SIGSTOP')
      await until('an agent to be told that the stream is full', 90, () => (fleet.agents.some((agent) => agent.status()?.problem === 'STREAM_FULL') ? true : undefined)).finally(() => {
        fleet.load(100)
        context.say(`spooled ${fleet.agents.map((agent) => agent.status()?.lastSeq).join(' and ')}`)
        installation.daemon.child.kill('SIGCONT')
      })
      await until('the stream to have room again', 90, () => (fleet.agents.every((agent) => agent.status()?.problem === '' && agent.status()?.connected === true) ? true : undefined))
    }
    await fleet.judge(context.count(100, 240))
    context.figures['rounds'] = rounds
    const resent = fleet.agents.reduce((sum, agent) => sum + (agent.status()?.resent ?? 0), 0)
    Object.assign(context.figures, { resent })
  },
}

export const brokerDiskFull: Fault = {
  id: 'F-24', name: 'broker-disk-full', title: 'the disk of the broker is full',
  does: `The files of the broker lie on a volume of ${DISK_MIB} MiB of their own, which is filled from outside to the last byte under load, and freed.`,
  oracle: 'The collector lives, agents keep what was not taken, and it says that activities do not arrive; when there is room everything goes on by itself, and every append that resolved is stored exactly once.',
  needs: ['mounts'],
  isLong: true,
  limitSecs: { short: 240, full: 600 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 2 })
    const { installation } = fleet
    const folder = join(installation.dir, 'nats')
    await onVolume(context, fleet, folder)
    const rounds = context.count(1, 6)
    let slowestMs = 0
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted()
      const filler = join(folder, 'filler')
      must((await fillVolume(filler)) > 0, 'the volume was full already')
      fleet.load(3000)
      await until('publishing to be refused', 45, () => (fleet.agents.some((agent) => agent.status()?.problem !== '') ? true : undefined)).catch(() => context.say('nothing was refused while the disk was full'))
      context.say(`on a full disk: ${fleet.agents.map((agent) => agent.status()?.problem).join()}`)
      await sleep(context.count(1500, 6000))
      must(installation.daemon.child.exitCode === null, 'the collector ended because the disk of its broker was full')
      fleet.load(300)
      await rm(filler)
      slowestMs = Math.max(slowestMs, await goOn(fleet, 'the disk of the broker has room again'))
    }
    Object.assign(context.figures, { rounds, slowestMs })
    await fleet.judge(120)
  },
}

export const databaseFails: Fault = {
  id: 'F-43', name: 'database-fails', title: 'the disk of the database is full, locked, read-only, or damaged',
  does: 'The collector’s folder lies on a small volume. Under load the volume is filled to the last byte; another process holds the lock of the database (longer than the collector waits, in a full run); every write says that the file system is read-only; then the collector is stopped and a page in the middle of its database is overwritten. While the disk is full a name is asked for and alerts are exported (F-92).',
  oracle: 'No activity is acknowledged that is not stored, and no request that must leave an audit entry succeeds without one; the collector lives, and goes on by itself. A damaged database is refused with STORE_CORRUPT and left as it is. Every append that resolved is stored exactly once.',
  needs: ['mounts'],
  isLong: true,
  limitSecs: { short: 180, full: 480 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 2 })
    const { installation } = fleet
    await onVolume(context, fleet, installation.dir)
    // The broker has room of its own, so that only the database is without.
    await installation.stop()
    await mountVolume(context, join(installation.dir, 'nats'), 512, { keep: true })
    await installation.start()
    await goOn(fleet, 'the move of the broker')

    const { items: users } = await installation.client.get<{ items: readonly { readonly id: string }[] }>('/api/v1/users')
    const userId = users[0]?.id ?? ''
    const filler = join(installation.dir, 'filler')
    must((await fillVolume(filler)) > 0, 'the volume was full already')
    // Until the log of the database finds no room any more.
    fleet.load(5000)
    await until('a commit to fail', 90, () => (installation.daemon.log().includes('an ingest transaction failed') ? true : undefined))
    // What is not written down does not happen.
    const auditBefore = await auditCount(installation.dir)
    const looks = [
      await asOperator(installation, 'POST', `/api/v1/users/${userId}/reveal`, { body: JSON.stringify({ reason: 'on a full disk' }) }),
      await asOperator(installation, 'GET', '/api/v1/alerts/export?format=csv'),
      await asOperator(installation, 'GET', `/api/v1/users/${userId}`),
    ]
    const through = looks.filter(({ status }) => status >= 200 && status < 300).length
    must(through <= (await auditCount(installation.dir)) - auditBefore, `on a full disk ${through} looks at a person succeeded, and ${(await auditCount(installation.dir)) - auditBefore} audit entries were written (${looks.map(({ status }) => status).join()})`)
    context.figures['looksRefusedOnAFullDisk'] = looks.length - through
    await sleep(context.count(1500, 8000))
    must(installation.daemon.child.exitCode === null, 'the collector ended because its disk was full')
    fleet.load(300)
    await rm(filler)
    context.figures['afterFullDiskMs'] = await goOn(fleet, 'the disk has room again')

    const held = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
    await held.exec('PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE')
    const before = watermarks(fleet)
    await sleep(context.count(3000, 60_000))
    must(watermarks(fleet).every((acked, index) => acked - (before[index] ?? 0) < 3000), 'watermarks moved although the database was locked')
    await held.exec('ROLLBACK')
    await held.close()
    context.figures['afterLockMs'] = await goOn(fleet, 'the lock of the database was given back')

    if (mayTrace()) {
      const release = await inject(context, installation.daemon.child.pid ?? 0, { calls: 'pwrite64,fdatasync', error: 'EROFS' })
      await sleep(context.count(2500, 10_000))
      must(installation.daemon.child.exitCode === null, 'the collector ended because its disk was read-only')
      await release()
      context.figures['afterReadOnlyMs'] = await goOn(fleet, 'the disk can be written again')
    }
    await fleet.judge(120)
    await damaged(fleet)
  },
}

async function auditCount(dir: string): Promise<number> {
  const db = await connect(join(dir, 'holdfast.db'), { readOnly: true })
  try {
    return (await db.get<{ n: number }>('SELECT count(*) AS n FROM audit'))?.n ?? 0
  } finally {
    await db.close()
  }
}

async function damaged({ installation }: Fleet): Promise<void> {
  await installation.stop()
  const path = join(installation.dir, 'holdfast.db')
  const { size } = await stat(path)
  const at = Math.floor(size / 2 / 4096) * 4096
  const file = await open(path, 'r+')
  const whole = Buffer.alloc(4096)
  await file.read(whole, 0, 4096, at)
  await file.write(Buffer.alloc(4096, 0xa5), 0, 4096, at)
  await file.close()
  const before = await readFile(path)
  const done = await runCommand(collectorMain, ['serve', '--dir', installation.dir, '--http-host', '127.0.0.1', '--http-port', '0', '--bus-port', '0'])
  must(done.code !== 0 && done.stderr.includes('STORE_CORRUPT'), `a collector with a damaged database ended with ${done.code}: ${done.stderr.slice(-500)}`)
  must(Buffer.compare(before, await readFile(path)) === 0, 'a damaged database was changed')
  const mended = await open(path, 'r+')
  await mended.write(whole, 0, 4096, at)
  await mended.close()
  await installation.start()
  await installation.signIn()
}
