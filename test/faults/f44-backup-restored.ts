import { execFile } from 'node:child_process'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { collectorMain } from '../support/processes.ts'
import { type Fault, must } from './fault.ts'
import { countRows, startFleet } from './fleet.ts'

const run = promisify(execFile)

interface Made {
  readonly id: string
  readonly seconds: number
  readonly bytes: number
  readonly verified: boolean
  readonly counts: Readonly<Record<string, number>>
}

export const backupRestored: Fault = {
  id: 'F-44', name: 'backup-restored', title: 'the collector is lost, and comes back from a backup that was made under load',
  does: 'Agents under load; a sealed backup is made while the collector ingests, and a drill of it. More is stored, then the collector and its broker are killed and their folder is gone; the backup is restored into a new folder and started at the same address.',
  oracle: 'The agents go on by themselves and send again what they hold above the restored watermark: every append that resolved is stored exactly once, or is covered by a gap record that says collector_restored; counters and alerts are what the stored activities give; the audit chain is whole and tells of backup and restore.',
  limitSecs: { short: 240, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(2, 5) })
    const { installation } = fleet
    const file = join(context.folder, 'backup.hfbackup')
    const key = join(context.folder, 'backup.key')
    const recipient = (await run(process.execPath, [collectorMain, 'backup', 'key', key])).stdout.trim()
    fleet.load(context.count(300, 500))
    await fleet.acknowledged(context.count(1000, 20_000), 90)
    const before = await countRows(installation.dir, 'activity')
    const made = JSON.parse(await installation.holdfast('backup', file, '--recipient', recipient, '--json')) as Made
    const after = await countRows(installation.dir, 'activity')
    must(after > before, 'nothing was ingested while the backup was made, so nothing was tested')
    const drill = JSON.parse(await installation.holdfast('backup', 'drill', file, '--identity', key, '--temporary', context.folder, '--json')) as { readonly ok: boolean; readonly seconds: number }
    must(drill.ok, `the drill of the backup failed: ${JSON.stringify(drill)}`)
    await sleep(context.random.between(1000, 3000))
    const stored = await countRows(installation.dir, 'activity')

    const broker = installation.brokerPid()
    await installation.stop('SIGKILL')
    if (broker !== undefined) process.kill(broker, 'SIGKILL')
    await rename(installation.dir, join(context.folder, 'lost'))
    await installation.holdfast('restore', '--from', file, '--identity', key)
    must((await countRows(installation.dir, 'activity')) === made.counts['activity'], 'the restored database has another number of activities than the backup said')
    await sleep(context.random.between(500, 2000))
    await installation.start()
    await installation.signIn()

    Object.assign(context.figures, { backupSecs: made.seconds, backupBytes: made.bytes, ingestedMeanwhile: after - before, drillSecs: drill.seconds, storedAtLoss: stored, inBackup: made.counts['activity'] ?? 0 })
    await fleet.acknowledged(200, 60)
    const verdict = await fleet.judge(180)
    must(verdict.explained > 0 || stored === made.counts['activity'], 'what the agents had trimmed is neither stored nor explained')
    const audit = JSON.parse(await installation.holdfast('audit', 'verify', '--json')) as { readonly ok: boolean; readonly problem?: string }
    must(audit.ok, `the audit chain is broken: ${audit.problem ?? ''}`)
    const { items } = JSON.parse(await installation.holdfast('audit', 'list', '--json')) as { readonly items: readonly { readonly action: string }[] }
    must(items.some(({ action }) => action === 'installation.restored'), 'the audit log does not tell of the restore')
  },
}
