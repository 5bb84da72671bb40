// The outbox and its targets. That a change waits in one row only is held by a partial unique index; numbers are never
// used twice (AUTOINCREMENT), so that a cursor never points before something that it has not seen.
import type { DeadLetter, ExportReader, ExportReplay, ExportWriter, OutboxChange, OutboxDocument, StoredTarget } from '../exports.ts'
import { personFilterSql } from './access.ts'
import type { Connection, SqlValue } from './connection.ts'
import { decodeRowCursor, encodeCursor } from './cursor.ts'

export const exportMigration = `
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, ref TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person (k), at INTEGER NOT NULL, is_first INTEGER NOT NULL, version INTEGER NOT NULL DEFAULT 1, made_at INTEGER, document TEXT
  ) STRICT;
  CREATE UNIQUE INDEX outbox_waiting ON outbox (kind, ref) WHERE made_at IS NULL;
  CREATE INDEX outbox_unmade ON outbox (seq) WHERE made_at IS NULL;
  CREATE INDEX outbox_at ON outbox (at);
  CREATE INDEX outbox_made ON outbox (made_at) WHERE made_at IS NOT NULL;
  CREATE INDEX outbox_person ON outbox (person);
  CREATE TABLE export_target (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, doc TEXT NOT NULL, secrets TEXT NOT NULL, is_paused INTEGER NOT NULL, revision INTEGER NOT NULL, cursor INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0, dropped INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL
  ) STRICT;
  CREATE TABLE export_replay (id INTEGER PRIMARY KEY, target TEXT NOT NULL REFERENCES export_target (id) ON DELETE CASCADE, next_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL) STRICT;
  CREATE INDEX export_replay_target ON export_replay (target, id);
  CREATE TABLE export_dead (
    target TEXT NOT NULL REFERENCES export_target (id) ON DELETE CASCADE, seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE, refused_at INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (target, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX export_dead_seq ON export_dead (seq);
  `

/** Before rows of the outbox go: each target is told how many it never had. `?` is a JSON list of their numbers. */
export const COUNT_DROPPED = 'UPDATE export_target SET dropped = dropped + (SELECT count(*) FROM each_number(?) w WHERE w.value > export_target.cursor)'

const WAITS = 'ON CONFLICT (kind, ref) WHERE made_at IS NULL DO UPDATE SET at = max(outbox.at, excluded.at), version = outbox.version + 1'

/** Notes what is about to be saved, unless it is what is there. @param list JSON: [[id, person key, at, document]] */
export const enqueueAlerts = (db: Connection, list: string): Promise<number> =>
  db.run(
    `INSERT INTO outbox (kind, ref, person, at, is_first) SELECT 'alert', w.value ->> 0, CAST(w.value ->> 1 AS BIGINT), CAST(w.value ->> 2 AS BIGINT), CASE WHEN a.id IS NULL THEN 1 ELSE 0 END FROM each_row(?) w LEFT JOIN alert a ON a.id = w.value ->> 0 WHERE a.doc IS DISTINCT FROM w.value ->> 3 AND CAST(w.value ->> 1 AS BIGINT) > 0 ORDER BY w.key ${WAITS}`, list)

export const enqueueCase = (db: Connection, id: string, userId: string, atMs: number, document: string): Promise<number> =>
  db.run(
    `INSERT INTO outbox (kind, ref, person, at, is_first) SELECT 'case', ?1, p.k, ?3, CASE WHEN c.id IS NULL THEN 1 ELSE 0 END FROM person p LEFT JOIN case_file c ON c.id = ?1 WHERE p.id = ?2 AND c.doc IS DISTINCT FROM ?4 ${WAITS}`, id, userId, atMs, document)

interface ChangeRow { seq: number; kind: string; ref: string; user_id: string; at: number; is_first: number; version: number }
const toChange = (row: ChangeRow): OutboxChange => ({ seq: row.seq, kind: row.kind === 'case' ? 'case' : 'alert', ref: row.ref, userId: row.user_id, atMs: row.at, isFirst: row.is_first === 1, version: row.version })

interface DocumentRow { seq: number; kind: string; ref: string; user_id: string; at: number; made_at: number; document: string }
const toDocument = (row: DocumentRow): OutboxDocument => ({ seq: row.seq, kind: row.kind === 'case' ? 'case' : 'alert', ref: row.ref, userId: row.user_id, atMs: row.at, madeAtMs: row.made_at, document: row.document })
const DOCUMENT = 'SELECT o.seq, o.kind, o.ref, p.id AS user_id, o.at, o.made_at, o.document FROM outbox o JOIN person p ON p.k = o.person'

interface TargetRow { id: string; name: string; doc: string; secrets: string; is_paused: number; revision: number; cursor: number; sent: number; dropped: number; state: string }
const toTarget = (row: TargetRow): StoredTarget => ({ id: row.id, name: row.name, doc: row.doc, secrets: row.secrets, isPaused: row.is_paused === 1, revision: row.revision, cursor: row.cursor, sent: row.sent, dropped: row.dropped, state: row.state })

interface DeadRow { target: string; seq: number; kind: string; ref: string; at: number; refused_at: number; reason: string }
const toDead = (row: DeadRow): DeadLetter => ({ targetId: row.target, seq: row.seq, kind: row.kind === 'case' ? 'case' : 'alert', ref: row.ref, atMs: row.at, refusedAtMs: row.refused_at, reason: row.reason })

export function exportReads(db: Connection): ExportReader {
  /** Up to here every row has its document. */
  const readyTo = async (): Promise<number> =>
    (await db.get<{ n: number | null }>('SELECT coalesce((SELECT min(seq) - 1 FROM outbox INDEXED BY outbox_unmade WHERE made_at IS NULL), (SELECT max(seq) FROM outbox)) AS n'))?.n ?? 0
  return {
    outboxChanges: async (limit) => (await db.all<ChangeRow>('SELECT o.seq, o.kind, o.ref, p.id AS user_id, o.at, o.is_first, o.version FROM outbox o INDEXED BY outbox_unmade JOIN person p ON p.k = o.person WHERE o.made_at IS NULL ORDER BY o.seq LIMIT ?', limit)).map(toChange),
    async outboxDocuments({ afterSeq, toSeq, limit }) {
      const end = Math.min(await readyTo(), toSeq ?? Number.MAX_SAFE_INTEGER)
      const found = await db.all<DocumentRow>(`${DOCUMENT} WHERE o.seq > ? AND o.seq <= ? AND o.document IS NOT NULL ORDER BY o.seq LIMIT ?`, afterSeq, end, limit)
      return { rows: found.map(toDocument), seenSeq: found.length === limit ? (found.at(-1)?.seq ?? end) : Math.max(end, afterSeq) }
    },
    async outboxSpan() {
      const row = await db.get<{ n: number; low: number | null; high: number | null; at: number | null }>('SELECT (SELECT count(*) FROM outbox) AS n, (SELECT min(seq) FROM outbox) AS low, last_number(outbox) AS high, (SELECT at FROM outbox ORDER BY seq LIMIT 1) AS at')
      return { rows: row?.n ?? 0, oldestSeq: row?.low ?? 0, newestSeq: row?.high ?? 0, ...(row === undefined || row.at === null ? {} : { oldestAtMs: row.at }) }
    },
    async outboxRange(fromMs, toMs) {
      const row = await db.get<{ low: number | null; high: number | null }>('SELECT min(seq) AS low, max(seq) AS high FROM outbox WHERE at >= ? AND at < ?', fromMs, toMs)
      return row === undefined || row.low === null || row.high === null ? undefined : { firstSeq: row.low, lastSeq: row.high }
    },
    async outboxLag(cursor) {
      const row = await db.get<{ n: number; at: number | null }>('SELECT count(*) AS n, min(at) AS at FROM outbox WHERE seq > ? AND (made_at IS NULL OR document IS NOT NULL)', cursor)
      return { records: row?.n ?? 0, ...(row === undefined || row.at === null ? {} : { oldestAtMs: row.at }) }
    },
    async outboxMade({ fromMs, toMs, firstSeq, lastSeq, limit, visible }) {
      const parts = ['o.document IS NOT NULL']
      const values: SqlValue[] = []
      for (const [sql, value] of [['o.made_at >= ?', fromMs], ['o.made_at < ?', toMs], ['o.seq >= ?', firstSeq], ['o.seq <= ?', lastSeq]] as const) {
        if (value === undefined) continue
        parts.push(sql)
        values.push(value)
      }
      const seen = personFilterSql(visible, 'o.person')
      if (seen !== undefined) parts.push(seen.sql)
      return (await db.all<DocumentRow>(`${DOCUMENT} WHERE ${parts.join(' AND ')} ORDER BY o.seq LIMIT ?`, ...values, ...(seen?.values ?? []), limit)).map(toDocument)
    },
    exportTargets: async () => (await db.all<TargetRow>('SELECT * FROM export_target ORDER BY name')).map(toTarget),
    async exportTarget(id) {
      const row = await db.get<TargetRow>('SELECT * FROM export_target WHERE id = ?', id)
      return row === undefined ? undefined : toTarget(row)
    },
    exportReplays: async (targetId) => (await db.all<{ id: number; target: string; next_seq: number; to_seq: number }>('SELECT * FROM export_replay WHERE target = ? ORDER BY id', targetId)).map((row): ExportReplay => ({ id: row.id, targetId: row.target, nextSeq: row.next_seq, toSeq: row.to_seq })),
    async deadLetters({ targetId, limit, cursor }) {
      const after = cursor === undefined ? 0 : decodeRowCursor(cursor).id
      const [found, total] = await Promise.all([
        db.all<DeadRow>('SELECT d.target, d.seq, o.kind, o.ref, o.at, d.refused_at, d.reason FROM export_dead d JOIN outbox o ON o.seq = d.seq WHERE d.target = ? AND d.seq > ? ORDER BY d.seq LIMIT ?', targetId, after, limit + 1),
        db.get<{ n: number }>('SELECT count(*) AS n FROM export_dead WHERE target = ?', targetId),
      ])
      const last = found[limit - 1]
      return { items: found.slice(0, limit).map(toDead), total: total?.n ?? 0, ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.seq, last.seq) } : {}) }
    },
    deadLetterCounts: async () => new Map((await db.all<{ target: string; n: number }>('SELECT target, count(*) AS n FROM export_dead GROUP BY target')).map(({ target, n }) => [target, n])),
  }
}

export function exportWrites(db: Connection): ExportWriter {
  return {
    saveOutboxDocument: async (change, document, madeAtMs) => (await db.run('UPDATE outbox SET document = ?3, made_at = ?4 WHERE seq = ?1 AND version = ?2 AND made_at IS NULL', change.seq, change.version, document ?? null, madeAtMs)) === 1,
    passOverOutbox: (atMs) => db.run('UPDATE outbox SET made_at = ? WHERE made_at IS NULL', atMs),
    async trimOutbox(most) {
      const edge = (await db.get<{ seq: number }>('SELECT seq FROM outbox ORDER BY seq DESC LIMIT 1 OFFSET ?', most))?.seq
      if (edge === undefined) return 0
      const gone = JSON.stringify((await db.all<{ seq: number }>('SELECT seq FROM outbox WHERE seq <= ? ORDER BY seq LIMIT 5000', edge)).map(({ seq }) => seq))
      await db.run(COUNT_DROPPED, gone)
      return db.run('DELETE FROM outbox WHERE seq IN (SELECT value FROM each_number(?))', gone)
    },
    saveExportTarget: async (target) =>
      void (await db.run(
        'INSERT INTO export_target (id, name, doc, secrets, is_paused, revision, cursor, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET name = ?2, doc = ?3, secrets = ?4, is_paused = ?5, revision = ?6, state = ?8',
        target.id, target.name, target.doc, target.secrets, target.isPaused ? 1 : 0, target.revision, target.cursor, target.state)),
    deleteExportTarget: async (id) => void (await db.run('DELETE FROM export_target WHERE id = ?', id)),
    saveTargetProgress: async ({ id, cursor, sentMore, state }) => void (await db.run('UPDATE export_target SET cursor = max(cursor, ?2), sent = sent + ?3, state = ?4 WHERE id = ?1', id, cursor ?? 0, sentMore, state)),
    addReplay: async (targetId, fromSeq, toSeq) => void (await db.run('INSERT INTO export_replay (target, next_seq, to_seq) VALUES (?, ?, ?)', targetId, fromSeq, toSeq)),
    saveReplay: async (id, nextSeq) => {
      await db.run('UPDATE export_replay SET next_seq = ?2 WHERE id = ?1', id, nextSeq)
      await db.run('DELETE FROM export_replay WHERE id = ? AND next_seq > to_seq', id)
    },
    // A target that was deleted meanwhile, or a row that went, has no letter.
    addDeadLetters: async (targetId, letters, refusedAtMs) =>
      void (await db.run(
        'INSERT INTO export_dead (target, seq, refused_at, reason) SELECT t.id, o.seq, ?3, w.value ->> 1 FROM each_row(?2) w JOIN outbox o ON o.seq = CAST(w.value ->> 0 AS BIGINT) JOIN export_target t ON t.id = ?1 WHERE true ON CONFLICT (target, seq) DO UPDATE SET refused_at = excluded.refused_at, reason = excluded.reason',
        targetId, JSON.stringify(letters.map(({ seq, reason }) => [seq, reason])), refusedAtMs)),
    async removeDeadLetters(targetId, seqs) {
      const list = JSON.stringify(seqs)
      const found = (await db.all<{ seq: number }>('SELECT seq FROM export_dead WHERE target = ? AND seq IN (SELECT value FROM each_number(?)) ORDER BY seq', targetId, list)).map(({ seq }) => seq)
      await db.run('DELETE FROM export_dead WHERE target = ? AND seq IN (SELECT value FROM each_number(?))', targetId, list)
      return found
    },
  }
}
