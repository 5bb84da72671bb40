// Backups and drills that the collector makes by itself. What is due is asked of the store, so that neither a restart nor a
// backup by hand makes two of one.
import type { Store } from '../store/store.ts'
import type { DrillResult } from './drill.ts'
import type { BackupResult } from './make.ts'
import { readRecords, recordBackup, recordBackupFailure, recordDrill } from './records.ts'

const HOUR_MS = 3_600_000
/** After a failure; a full disk does not empty itself within a minute. */
const RETRY_MS = HOUR_MS
const SYSTEM = { id: 'system', name: 'system' }

export interface ScheduleDeps {
  readonly store: Store
  readonly everyHours: number
  /** 0: none. */
  readonly drillEveryDays: number
  readonly make: () => Promise<BackupResult>
  /** Absent: it cannot be opened here. */
  readonly drill?: (file: string) => Promise<DrillResult>
  /** Takes away what is over the number that is kept. */
  readonly prune: () => Promise<readonly string[]>
  readonly now: () => number
  readonly log: { info(object: object, message: string): void; error(object: object, message: string): void }
}

export interface Schedule {
  /** Does what is due, one thing at a time. */
  tick(): Promise<void>
}

export function createSchedule({ store, everyHours, drillEveryDays, make, drill, prune, now, log }: ScheduleDeps): Schedule {
  let failedAtMs = Number.NEGATIVE_INFINITY
  let running: Promise<void> | undefined

  const backUp = async (): Promise<void> => {
    try {
      const result = await make()
      await store.write((tx) => recordBackup(tx, SYSTEM, result, true))
      const taken = await prune()
      log.info({ backup: result.id, bytes: result.bytes, seconds: result.seconds, removed: taken.length }, 'a backup was made')
    } catch (error) {
      failedAtMs = now()
      const problem = error instanceof Error ? error.message : String(error)
      log.error({ err: error }, 'no backup was made; the next try is in an hour')
      await store.write((tx) => recordBackupFailure(tx, SYSTEM, { atMs: now(), problem }))
    }
  }
  const work = async (): Promise<void> => {
    const before = await readRecords(store)
    const lastAtMs = before.backups[0]?.madeAtMs ?? Number.NEGATIVE_INFINITY
    if (now() - lastAtMs >= everyHours * HOUR_MS && now() - failedAtMs >= RETRY_MS) await backUp()
    const { backups, drills } = await readRecords(store)
    const [latest] = backups
    if (drill === undefined || drillEveryDays === 0 || latest === undefined) return
    const [last] = drills
    const isDue = last === undefined || now() - last.atMs >= drillEveryDays * 24 * HOUR_MS
    if (!isDue) return
    const result = await drill(latest.file)
    await store.write((tx) => recordDrill(tx, SYSTEM, result))
    if (result.ok) log.info({ backup: result.backupId, seconds: result.seconds }, 'the last backup was restored as a drill, and is whole')
    else log.error({ backup: result.backupId, checks: result.checks.filter(({ ok }) => !ok) }, 'the drill of the last backup failed: make another, and look why')
  }
  return {
    tick: () => (running ??= work().finally(() => {
      running = undefined
    })),
  }
}
