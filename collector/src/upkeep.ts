// What metrics tell of the machine and of the jobs that run by themselves. Each read is cheap, for it is done at every scrape.
import { stat, statfs } from 'node:fs/promises'
import { readRecords } from './backup/records.ts'
import type { UpkeepFigures } from './metrics.ts'
import type { StoreReader } from './store/store.ts'

/** Runs among which the last one that went through is looked for. */
const RUNS = 14
/** Users that wait are counted up to here: enough to see that scoring is behind. */
const WAITING = 1000

export interface UpkeepDeps {
  readonly store: StoreReader
  readonly dir: string
  /** The SQLite file; it need not be there. */
  readonly database: string
  readonly now: () => number
  /** Their ends, in milliseconds. */
  readonly certificates: () => Readonly<Record<string, number>>
}

const sizeOf = (path: string): Promise<number> => stat(path).then(({ size }) => size, () => 0)

/** Reads all of it. A file that is not there counts 0; a store that does not answer fails the scrape, which is its own alarm. */
export const createUpkeep = ({ store, dir, database, now, certificates }: UpkeepDeps) => async (): Promise<UpkeepFigures> => {
  const [files, databaseBytes, logBytes, evidence, marks, quarantine, runs, records] = await Promise.all([
    statfs(dir), sizeOf(database), sizeOf(`${database}-wal`), store.evidenceUse(), store.markedUsers(WAITING, now()), store.quarantined({ limit: 1 }), store.retentionRuns(RUNS), readRecords(store),
  ])
  const ended = runs.filter(({ state }) => state !== 'running')
  const finished = runs.find(({ state }) => state === 'done')
  const madeAtMs = records.backups[0]?.madeAtMs
  const drilledAtMs = records.drills.find(({ ok }) => ok)?.atMs
  return {
    parts: { database: databaseBytes, log: logBytes, evidence: evidence.bytes }, diskSizeBytes: files.blocks * files.bsize, diskFreeBytes: files.bavail * files.bsize,
    waitingUsers: marks.length, quarantined: quarantine.total ?? quarantine.items.length,
    ...(runs.length === 0 ? {} : { retention: { ...(finished?.endedAtMs === undefined ? {} : { finishedAtMs: finished.endedAtMs }), failed: ended[0]?.state === 'failed', removed: { ...finished?.removed } } }),
    backup: { ...(madeAtMs === undefined ? {} : { madeAtMs }), failed: records.failure !== undefined, ...(drilledAtMs === undefined ? {} : { drilledAtMs }) },
    certificates: certificates(),
  }
}
