import type { CustodyEvent, EvidenceItem, EvidenceReader, EvidenceWriter } from '../evidence.ts'
import type { Connection, SqlValue } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** Copies of files and what happened to them. Custody is append-only, as the audit log is. */
export const evidenceMigration = `
  CREATE TABLE evidence (
    id TEXT PRIMARY KEY, device TEXT NOT NULL, device_ref TEXT, activity TEXT NOT NULL, person TEXT NOT NULL, state TEXT NOT NULL, sealed_bytes INTEGER NOT NULL, captured_at INTEGER NOT NULL, doc TEXT NOT NULL,
    UNIQUE (device, device_ref)
  ) STRICT;
  CREATE INDEX evidence_activity ON evidence (activity, captured_at);
  CREATE INDEX evidence_person ON evidence (person, captured_at, id);
  CREATE INDEX evidence_captured ON evidence (captured_at, id);
  CREATE INDEX evidence_use ON evidence (device, sealed_bytes) WHERE state IN ('receiving', 'verified');
  CREATE TABLE custody (evidence TEXT NOT NULL REFERENCES evidence (id), n INTEGER NOT NULL, at INTEGER NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (evidence, n)) STRICT, WITHOUT ROWID;
  CREATE TRIGGER custody_is_append_only_update BEFORE UPDATE ON custody BEGIN SELECT RAISE(ABORT, 'the chain of custody is append-only'); END;
  CREATE TRIGGER custody_is_append_only_delete BEFORE DELETE ON custody BEGIN SELECT RAISE(ABORT, 'the chain of custody is append-only'); END;
  CREATE TRIGGER evidence_leaves_a_tombstone BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is never deleted without a tombstone'); END;
  `

interface DocRow { readonly doc: string }
const toItem = (row: DocRow): EvidenceItem => JSON.parse(row.doc) as EvidenceItem

interface CustodyRow { readonly evidence: string; readonly n: number; readonly at: number; readonly actor_id: string; readonly actor_name: string; readonly what: CustodyEvent['what']; readonly detail: string; readonly hash: string }

export function evidenceReads(db: Connection): EvidenceReader {
  const items = async (sql: string, ...values: readonly SqlValue[]): Promise<readonly EvidenceItem[]> => (await db.all<DocRow>(sql, ...values)).map(toItem)
  return {
    evidence: async (id) => (await items('SELECT doc FROM evidence WHERE id = ?', id))[0],
    evidenceByIds: async (ids) => (ids.length === 0 ? [] : items('SELECT doc FROM evidence WHERE id IN (SELECT value FROM each_text(?)) ORDER BY captured_at, id', JSON.stringify(ids))),
    evidenceByDeviceRef: async (deviceId, deviceRef) => (await items('SELECT doc FROM evidence WHERE device = ? AND device_ref = ?', deviceId, deviceRef))[0],
    evidenceOfActivities: async (activityIds) => (activityIds.length === 0 ? [] : items('SELECT e.doc FROM each_text(?) w CROSS JOIN evidence e ON e.activity = w.value ORDER BY e.activity, e.captured_at DESC', JSON.stringify(activityIds))),
    async evidenceList({ limit, cursor, userId, deviceId, states, fromMs, toMs }) {
      const parts: string[] = []
      const values: SqlValue[] = []
      const add = (sql: string, ...more: readonly SqlValue[]): void => {
        parts.push(sql)
        values.push(...more)
      }
      if (userId !== undefined) add('person = ?', userId)
      if (deviceId !== undefined) add('device = ?', deviceId)
      if (states !== undefined) add('state IN (SELECT value FROM each_text(?))', JSON.stringify(states))
      if (fromMs !== undefined) add('captured_at >= ?', fromMs)
      if (toMs !== undefined) add('captured_at < ?', toMs)
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        add('(captured_at, id) < (?, ?)', value, id)
      }
      const where = parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`
      const found = await db.all<DocRow & { captured_at: number; id: string }>(`SELECT captured_at, id, doc FROM evidence${where} ORDER BY captured_at DESC, id DESC LIMIT ?`, ...values, limit + 1)
      const last = found[limit - 1]
      return { items: found.slice(0, limit).map(toItem), ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.captured_at, last.id) } : {}) }
    },
    async evidenceUse(deviceId) {
      const sql = "SELECT coalesce(sum(sealed_bytes), 0) AS bytes, count(*) AS items FROM evidence WHERE state IN ('receiving', 'verified')"
      const row = deviceId === undefined ? await db.get<{ bytes: number; items: number }>(sql) : await db.get<{ bytes: number; items: number }>(`${sql} AND device = ?`, deviceId)
      return { bytes: row?.bytes ?? 0, items: row?.items ?? 0 }
    },
    custody: async (evidenceId) =>
      (await db.all<CustodyRow>('SELECT * FROM custody WHERE evidence = ? ORDER BY n', evidenceId)).map((row) => ({ evidenceId: row.evidence, n: row.n, atMs: row.at, actorId: row.actor_id, actorName: row.actor_name, what: row.what, detail: row.detail, hash: row.hash })),
  }
}

const COLUMNS = 'INSERT INTO evidence (id, device, device_ref, activity, person, state, sealed_bytes, captured_at, doc)'

export function evidenceWrites(db: Connection): EvidenceWriter {
  const rowOf = (item: EvidenceItem): readonly (string | number | null)[] => [item.id, item.deviceId, item.deviceRef === '' ? null : item.deviceRef, item.activityId, item.userId, item.state, item.sealedBytes, item.capturedAtMs, JSON.stringify(item)]
  return {
    saveEvidence: async (item) =>
      void (await db.run(`${COLUMNS} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET person = excluded.person, state = excluded.state, sealed_bytes = excluded.sealed_bytes, doc = excluded.doc`, ...rowOf(item))),
    async saveSkippedEvidence(items) {
      if (items.length === 0) return
      await db.run(`${COLUMNS} SELECT w.value ->> 0, w.value ->> 1, w.value ->> 2, w.value ->> 3, w.value ->> 4, w.value ->> 5, CAST(w.value ->> 6 AS BIGINT), CAST(w.value ->> 7 AS BIGINT), w.value ->> 8 FROM each_row(?) w WHERE true ON CONFLICT (id) DO NOTHING`, JSON.stringify(items.map(rowOf)))
    },
    appendCustody: async (event) => void (await db.run('INSERT INTO custody (evidence, n, at, actor_id, actor_name, what, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', event.evidenceId, event.n, event.atMs, event.actorId, event.actorName, event.what, event.detail, event.hash)),
  }
}
