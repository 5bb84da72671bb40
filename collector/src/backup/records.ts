// What was backed up and tried out, and when: in the store, so that doctor, console and schedule know it, and in the audit log.
import { appendAudit, type Actor } from '../audit/chain.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'
import type { DrillResult } from './drill.ts'
import type { BackupResult } from './make.ts'
import { RESTORED_SETTING, type RestoreNote } from './restore.ts'

const SETTING = 'backup_records'
const KEPT = 30

export interface BackupRecord extends Omit<BackupResult, 'counts'> {
  readonly scheduled: boolean
}

export interface BackupFailure {
  readonly atMs: number
  readonly problem: string
}

export interface BackupRecords {
  /** The latest first. */
  readonly backups: readonly BackupRecord[]
  readonly drills: readonly DrillResult[]
  /** The last failure, unless a backup was made since. */
  readonly failure?: BackupFailure
}

const NOTHING: BackupRecords = { backups: [], drills: [] }

export async function readRecords(store: StoreReader): Promise<BackupRecords> {
  const text = await store.setting(SETTING)
  return text === undefined ? NOTHING : (JSON.parse(text) as BackupRecords)
}

/** What the installation was restored from, if it ever was. */
export async function lastRestore(store: StoreReader): Promise<RestoreNote | undefined> {
  const text = await store.setting(RESTORED_SETTING)
  return text === undefined ? undefined : (JSON.parse(text) as RestoreNote)
}

const save = (tx: StoreWriter, records: BackupRecords): Promise<void> => tx.saveSetting(SETTING, JSON.stringify(records))

export async function recordBackup(tx: StoreWriter, actor: Actor, result: BackupResult, scheduled: boolean): Promise<void> {
  const { backups, drills } = await readRecords(tx)
  const { counts: _, ...record } = result
  await save(tx, { backups: [{ ...record, scheduled }, ...backups].slice(0, KEPT), drills })
  await appendAudit(tx, { actor, action: 'backup.made', targetKind: 'backup', targetId: result.id, detail: { bytes: result.bytes, files: result.files, sealed: result.sealed, verified: result.verified, scheduled }, atMs: result.madeAtMs })
}

export async function recordBackupFailure(tx: StoreWriter, actor: Actor, failure: BackupFailure): Promise<void> {
  await save(tx, { ...(await readRecords(tx)), failure })
  await appendAudit(tx, { actor, action: 'backup.failed', targetKind: 'backup', targetId: '-', detail: { problem: failure.problem }, atMs: failure.atMs })
}

export async function recordDrill(tx: StoreWriter, actor: Actor, result: DrillResult): Promise<void> {
  const { drills, ...rest } = await readRecords(tx)
  await save(tx, { ...rest, drills: [result, ...drills].slice(0, KEPT) })
  await appendAudit(tx, { actor, action: 'backup.drilled', targetKind: 'backup', targetId: result.backupId === '' ? '-' : result.backupId, detail: { ok: result.ok, checks: result.checks.map(({ name, ok }) => `${name} ${ok ? 'ok' : 'failed'}`) }, atMs: result.atMs })
}
