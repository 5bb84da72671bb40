// Keeping no longer than the settings say. A run goes class by class in small transactions, so that ingest never waits
// for long, writes how far it is, and leaves one entry in the audit log. A legal hold and an active case keep everything
// of their person; what they kept is said.
import type { KeyObject } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { signCheckpoint } from '../audit/checkpoint.ts'
import { CodedError } from '../errors.ts'
import { RETENTION_CLASSES, type RetentionClass, type RetentionRun } from '../store/privacy.ts'
import type { Store, StoreReader } from '../store/store.ts'
import { retentionSettings } from './settings.ts'

const DAY_MS = 86_400_000
const AUDIT_ROWS = 500
const SYSTEM: Actor = { id: 'system', name: 'system' }

export interface RetentionLine {
  readonly cls: RetentionClass
  /** Null: kept for ever. */
  readonly days: number | null
  readonly beforeMs?: number
  readonly due: number
  readonly held: number
  readonly inCases: number
}

/** What a run would take away now. */
export async function planRetention(store: StoreReader, nowMs: number): Promise<readonly RetentionLine[]> {
  const { days } = (await retentionSettings(store)).value
  const lines: RetentionLine[] = []
  for (const cls of RETENTION_CLASSES) {
    const limit = days[cls]
    if (limit === null) {
      lines.push({ cls, days: null, due: 0, held: 0, inCases: 0 })
      continue
    }
    const beforeMs = nowMs - limit * DAY_MS
    if (cls === 'audit') {
      const { older, held } = await store.auditPruneEnd(beforeMs)
      lines.push({ cls, days: limit, beforeMs, due: older - held, held, inCases: 0 })
    } else lines.push({ cls, days: limit, beforeMs, ...(await store.retentionCount(cls, beforeMs)) })
  }
  return lines
}

export interface Retention {
  /** Starts a run, or says which one is going on. */
  start(actor: Actor): Promise<RetentionRun>
  /** Starts one when the last began more than a day ago. */
  daily(): Promise<void>
  /** When nothing runs any more. */
  idle(): Promise<void>
  /** Ends a run after its present step; the next one goes on from there. */
  stop(): Promise<void>
}

/** The room of evidence, as far as it is needed here. @returns those that a hold kept */
export interface EvidenceRemover {
  deleteEvidence(ids: readonly string[], why: string): Promise<{ readonly deleted: readonly string[]; readonly held: readonly string[] }>
}

export interface RetentionDeps {
  readonly store: Store
  readonly now: () => number
  /** Removes copies of files, with a tombstone; absent: they stay. */
  readonly evidence?: EvidenceRemover
  /** Signs checkpoints of the audit log; absent: the log is left whole. */
  readonly key?: KeyObject
  readonly onProgress?: (run: RetentionRun) => void
}

async function pruneAudit({ store, now, key }: RetentionDeps, beforeMs: number, actor: Actor): Promise<{ readonly removed: number; readonly held: number }> {
  const { last, held, older } = await store.auditPruneEnd(beforeMs)
  if (last === undefined || key === undefined || older === 0) return { removed: 0, held }
  const atMs = now()
  await store.write(async (tx) => {
    await tx.saveAuditCheckpoint(signCheckpoint({ seq: last.seq, hash: last.hash, atMs }, key))
    await appendAudit(tx, { actor, action: 'audit.pruned', targetKind: 'audit', targetId: String(last.seq), detail: { upTo: last.seq, hash: last.hash, olderThan: new Date(beforeMs).toISOString(), ...(held > 0 ? { keptByHold: held } : {}) }, atMs })
  })
  let removed = 0
  for (let rows = AUDIT_ROWS; rows === AUDIT_ROWS; removed += rows) rows = await store.write((tx) => tx.pruneAudit(AUDIT_ROWS))
  return { removed, held }
}

export function createRetention(deps: RetentionDeps): Retention {
  const { store, now, onProgress = () => {} } = deps
  let current: Promise<void> | undefined
  let stopping = false

  const work = async (begun: RetentionRun, actor: Actor): Promise<void> => {
    let run = begun
    const step = async (change: Partial<RetentionRun>): Promise<void> => {
      run = { ...run, ...change }
      await store.write((tx) => tx.saveRetentionRun(run))
      onProgress(run)
    }
    try {
      for (const { cls, beforeMs, due, held } of await planRetention(store, now())) {
        if (beforeMs === undefined) continue
        if (held > 0) await step({ held: { ...run.held, [cls]: held } })
        if (due === 0 && cls !== 'audit') continue
        if (cls === 'audit') {
          const { removed } = await pruneAudit(deps, beforeMs, actor)
          if (removed > 0) await step({ removed: { ...run.removed, audit: removed } })
          continue
        }
        if (cls === 'evidence') {
          let removed = 0
          for (let ids = await store.evidenceDue(beforeMs); ids.length > 0 && deps.evidence !== undefined; ids = await store.evidenceDue(beforeMs)) {
            const { deleted } = await deps.evidence.deleteEvidence(ids, 'retention')
            // What a hold took meanwhile would come again for ever.
            if (deleted.length === 0 || stopping) break
            removed += deleted.length
            await step({ removed: { ...run.removed, evidence: removed } })
          }
          continue
        }
        for (let cursor: number | undefined = 0; cursor !== undefined; ) {
          if (stopping) {
            await step({ state: 'interrupted', endedAtMs: now() })
            return
          }
          const from: number = cursor
          const done = await store.write((tx) => tx.retentionStep(cls, beforeMs, from))
          cursor = done.cursor
          if (done.removed > 0) await step({ removed: { ...run.removed, [cls]: (run.removed[cls] ?? 0) + done.removed } })
        }
      }
      // Between other transactions, like the steps before it.
      for (;;) {
        if (stopping || (await store.giveBack?.())?.more !== true) break
      }
      await store.write(async (tx) => {
        run = { ...run, state: 'done', endedAtMs: now() }
        await tx.saveRetentionRun(run)
        await appendAudit(tx, { actor, action: 'retention.cleaned', targetKind: 'retention', targetId: run.id, detail: { removed: run.removed, keptByHold: run.held }, atMs: now() })
      })
      onProgress(run)
    } catch (error) {
      await step({ state: 'failed', endedAtMs: now(), code: error instanceof CodedError ? error.code : 'INTERNAL' }).catch(() => {})
      throw error
    }
  }

  const start = async (actor: Actor): Promise<RetentionRun> => {
    const [last] = await store.retentionRuns(1)
    if (current !== undefined && last?.state === 'running') return last
    const run: RetentionRun = { id: `rr_${uuid().replaceAll('-', '')}`, startedAtMs: now(), state: 'running', by: actor.name, removed: {}, held: {} }
    await store.write(async (tx) => {
      // One that a crash cut short; its rows are gone or there, each transaction whole.
      if (last?.state === 'running') await tx.saveRetentionRun({ ...last, state: 'interrupted', endedAtMs: now() })
      await tx.saveRetentionRun(run)
      await appendAudit(tx, { actor, action: 'retention.started', targetKind: 'retention', targetId: run.id, atMs: now() })
    })
    current = work(run, actor).catch(() => {}).finally(() => (current = undefined))
    return run
  }
  const idle = async (): Promise<void> => {
    await current
  }
  return {
    start,
    async daily() {
      const [last] = await store.retentionRuns(1)
      if (current === undefined && !stopping && (last === undefined || last.state === 'interrupted' || now() - last.startedAtMs >= DAY_MS)) {
        await start(SYSTEM)
        await idle()
      }
    },
    idle,
    async stop() {
      stopping = true
      await idle()
    },
  }
}
