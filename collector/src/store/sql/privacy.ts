// Requests, keys of people, holds, retention and what the audit log needs; see store/privacy.ts.
import { type AuditCheckpoint, type LegalHold, type LookCount, type PrivacyReader, type PrivacyRequest, type PrivacyWriter, type RetentionRun } from '../privacy.ts'
import type { Connection, SqlValue } from './connection.ts'
import { decodeRowCursor, encodeCursor } from './cursor.ts'
import { erasePerson } from './erasure.ts'
import { countClass, evidenceDue, stepClass } from './retention.ts'
import { type AuditRow, PERSON_COLUMNS, type PersonRow, toAudit, toUser } from './rows.ts'

interface DocRow { readonly doc: string }
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T

// Entries go only up to a checkpoint. Whoever can write one without the key gives themselves away to the verifier.
export const privacyMigration = `
  CREATE TABLE privacy_request (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT NOT NULL, user_id TEXT NOT NULL, account_id TEXT NOT NULL, requested_at INTEGER NOT NULL, until_at INTEGER, doc TEXT NOT NULL) STRICT;
  CREATE INDEX privacy_request_account ON privacy_request (account_id, state);
  CREATE INDEX privacy_request_state ON privacy_request (state, until_at);
  CREATE TABLE person_key (user_id TEXT PRIMARY KEY, key BLOB, created_at INTEGER NOT NULL, destroyed_at INTEGER) STRICT, WITHOUT ROWID;
  CREATE TABLE legal_hold (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, case_id TEXT, released_at INTEGER, doc TEXT NOT NULL) STRICT;
  CREATE INDEX legal_hold_user ON legal_hold (user_id);
  CREATE TABLE retention_run (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL) STRICT;
  CREATE TABLE audit_subject (user_id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (user_id, seq)) STRICT, WITHOUT ROWID;
  CREATE INDEX audit_subject_seq ON audit_subject (seq);
  INSERT INTO audit_subject (user_id, seq) SELECT target_id, seq FROM audit WHERE target_kind = 'user' AND target_id IN (SELECT id FROM person);
  CREATE TABLE audit_checkpoint (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
  DROP TRIGGER audit_is_append_only_delete;
  CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_checkpoint) BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE INDEX audit_at ON audit (at);
  CREATE INDEX audit_actor ON audit (actor_id, seq);
  CREATE INDEX audit_action ON audit (action, seq);
  CREATE INDEX audit_target ON audit (target_id, seq);
  CREATE TABLE person_change (person INTEGER PRIMARY KEY, rev INTEGER NOT NULL) STRICT;
  CREATE INDEX person_change_rev ON person_change (rev);
  INSERT INTO person_change (person, rev) SELECT k, k FROM person;
  CREATE TRIGGER person_was_made AFTER INSERT ON person BEGIN INSERT INTO person_change (person, rev) VALUES (NEW.k, (SELECT coalesce(max(rev), 0) + 1 FROM person_change)) ON CONFLICT (person) DO UPDATE SET rev = excluded.rev; END;
  CREATE TRIGGER person_was_changed AFTER UPDATE ON person BEGIN INSERT INTO person_change (person, rev) VALUES (NEW.k, (SELECT coalesce(max(rev), 0) + 1 FROM person_change)) ON CONFLICT (person) DO UPDATE SET rev = excluded.rev; END;
  CREATE TRIGGER identity_was_made AFTER INSERT ON identity BEGIN INSERT INTO person_change (person, rev) VALUES (NEW.person, (SELECT coalesce(max(rev), 0) + 1 FROM person_change)) ON CONFLICT (person) DO UPDATE SET rev = excluded.rev; END;
  `

export function privacyReads(db: Connection): PrivacyReader {
  const docs = async <T>(sql: string, ...values: readonly SqlValue[]): Promise<readonly T[]> => (await db.all<DocRow>(sql, ...values)).map((row) => toDoc<T>(row))
  const doc = async <T>(sql: string, ...values: readonly SqlValue[]): Promise<T | undefined> => (await docs<T>(sql, ...values))[0]
  return {
    privacyRequest: (id) => doc<PrivacyRequest>('SELECT doc FROM privacy_request WHERE id = ?', id),
    async privacyRequests({ limit, cursor, accountId, kinds, states }) {
      const found = await db.all<DocRow & { k: number }>(
        'SELECT k, doc FROM privacy_request WHERE k < ?1 AND (account_id = ?2 OR ?2 IS NULL) AND (kind IN (SELECT value FROM each_text(?3)) OR ?3 IS NULL) AND (state IN (SELECT value FROM each_text(?4)) OR ?4 IS NULL) ORDER BY k DESC LIMIT ?5',
        cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeRowCursor(cursor).id, accountId ?? null, kinds === undefined ? null : JSON.stringify(kinds), states === undefined ? null : JSON.stringify(states), limit + 1)
      const last = found[limit - 1]
      return { items: found.slice(0, limit).map((row) => toDoc<PrivacyRequest>(row)), ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.k, last.k) } : {}) }
    },
    liveReveals: (accountId, nowMs) => docs<PrivacyRequest>("SELECT doc FROM privacy_request WHERE account_id = ? AND state = 'live' AND until_at > ? ORDER BY k", accountId, nowMs),
    requestsToExpire: (nowMs) => docs<PrivacyRequest>("SELECT doc FROM privacy_request WHERE state IN ('pending', 'live') AND until_at <= ? ORDER BY k LIMIT 200", nowMs),
    personKey: async (userId) => (await db.get<{ key: Uint8Array | null }>('SELECT key FROM person_key WHERE user_id = ?', userId))?.key ?? undefined,
    holds: ({ userId, caseId, released } = {}) =>
      docs<LegalHold>('SELECT doc FROM legal_hold WHERE (user_id = ?1 OR ?1 IS NULL) AND (case_id = ?2 OR ?2 IS NULL) AND (?3 = 1 OR released_at IS NULL) ORDER BY k DESC', userId ?? null, caseId ?? null, released === true ? 1 : 0),
    heldUserIds: async () => new Set((await db.all<{ user_id: string }>('SELECT DISTINCT user_id FROM legal_hold WHERE released_at IS NULL')).map((row) => row.user_id)),
    async peopleSince(revision, limit) {
      const found = await db.all<PersonRow & { rev: number }>(`SELECT c.rev, ${PERSON_COLUMNS} FROM person_change c JOIN person ON person.k = c.person WHERE c.rev > ? ORDER BY c.rev LIMIT ?`, revision, limit)
      return { users: found.map(toUser), revision: found.at(-1)?.rev ?? revision }
    },
    peopleRevision: async () => (await db.get<{ rev: number | null }>('SELECT max(rev) AS rev FROM person_change'))?.rev ?? 0,
    auditCheckpoint: () => doc<AuditCheckpoint>('SELECT doc FROM audit_checkpoint ORDER BY seq DESC LIMIT 1'),
    async auditPruneEnd(beforeMs) {
      const kept = (await db.get<{ seq: number | null }>('SELECT min(s.seq) AS seq FROM legal_hold h JOIN audit_subject s ON s.user_id = h.user_id JOIN audit a ON a.seq = s.seq WHERE h.released_at IS NULL'))?.seq ?? Number.MAX_SAFE_INTEGER
      // The log goes from its start, without a hole: the first entry that is young enough ends what may go.
      const young = (await db.get<{ seq: number | null }>('SELECT min(seq) AS seq FROM audit WHERE at >= ?', beforeMs))?.seq ?? ((await db.get<{ seq: number | null }>('SELECT max(seq) + 1 AS seq FROM audit'))?.seq ?? 0)
      const older = (await db.get<{ n: number }>('SELECT count(*) AS n FROM audit WHERE seq < ?', young))?.n ?? 0
      const row = await db.get<AuditRow>('SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT 1', Math.min(young, kept))
      const held = kept < young ? ((await db.get<{ n: number }>('SELECT count(*) AS n FROM audit WHERE seq >= ? AND seq < ?', kept, young))?.n ?? 0) : 0
      return { last: row === undefined ? undefined : toAudit(row), older, held }
    },
    auditActors: async () => db.all<{ id: string; name: string }>('SELECT actor_id AS id, max(actor_name) AS name FROM audit GROUP BY actor_id ORDER BY 2 LIMIT 1000'),
    looksAt: async (userId, fromMs, toMs) =>
      (await db.all<{ actor_id: string; actor_name: string; action: string; day: number; n: number; first_at: number; last_at: number }>(
        'SELECT a.actor_id, max(a.actor_name) AS actor_name, a.action, a.at / 86400000 AS day, count(*) AS n, min(a.at) AS first_at, max(a.at) AS last_at FROM audit_subject s JOIN audit a ON a.seq = s.seq WHERE s.user_id = ? AND a.at >= ? AND a.at < ? GROUP BY a.actor_id, a.action, day ORDER BY last_at DESC', userId, fromMs, toMs))
        .map((row): LookCount => ({ actorId: row.actor_id, actorName: row.actor_name, action: row.action, day: row.day, count: row.n, firstAtMs: row.first_at, lastAtMs: row.last_at })),
    async subjectsOfEntries(seqs) {
      const found = await db.all<{ seq: number; user_id: string }>('SELECT seq, user_id FROM audit_subject WHERE seq IN (SELECT value FROM each_number(?)) ORDER BY seq, user_id', JSON.stringify(seqs))
      return new Map([...Map.groupBy(found, ({ seq }) => seq)].map(([seq, rows]) => [seq, rows.map((row) => row.user_id)]))
    },
    retentionCount: (cls, beforeMs) => countClass(db, cls, beforeMs),
    evidenceDue: (beforeMs) => evidenceDue(db, beforeMs),
    retentionRuns: (limit) => docs<RetentionRun>('SELECT doc FROM retention_run ORDER BY k DESC LIMIT ?', limit),
    erasedAt: async (userId) => (await db.get<{ at: number | null }>('SELECT destroyed_at AS at FROM person_key WHERE user_id = ?', userId))?.at ?? undefined,
  }
}

export function privacyWrites(db: Connection): PrivacyWriter {
  return {
    savePrivacyRequest: async (request) =>
      void (await db.run(
        'INSERT INTO privacy_request (id, kind, state, user_id, account_id, requested_at, until_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET state = ?3, until_at = ?7, doc = ?8',
        request.id, request.kind, request.state, request.userId, request.accountId, request.requestedAtMs, (request.state === 'pending' ? request.decideByMs : request.liveUntilMs) ?? null, JSON.stringify(request))),
    async ensurePersonKey(userId, made, atMs) {
      await db.run('INSERT INTO person_key (user_id, key, created_at) VALUES (?, ?, ?) ON CONFLICT (user_id) DO NOTHING', userId, made, atMs)
      return (await db.get<{ key: Uint8Array | null }>('SELECT key FROM person_key WHERE user_id = ?', userId))?.key ?? undefined
    },
    placeHold: async (hold) => void (await db.run('INSERT INTO legal_hold (id, user_id, case_id, doc) VALUES (?, ?, ?, ?)', hold.id, hold.userId, hold.caseId ?? null, JSON.stringify(hold))),
    async releaseHold(id, { reason, byId, atMs }) {
      const row = await db.get<DocRow>('SELECT doc FROM legal_hold WHERE id = ? AND released_at IS NULL', id)
      if (row !== undefined) await db.run('UPDATE legal_hold SET released_at = ?2, doc = ?3 WHERE id = ?1', id, atMs, JSON.stringify({ ...toDoc<LegalHold>(row), releasedAtMs: atMs, releasedById: byId, releaseReason: reason }))
    },
    noteAuditSubjects: async (seq, userIds) => void (await db.run('INSERT INTO audit_subject (user_id, seq) SELECT value, ?2 FROM each_text(?1) WHERE true ON CONFLICT DO NOTHING', JSON.stringify(userIds), seq)),
    saveAuditCheckpoint: async (checkpoint) => void (await db.run('INSERT INTO audit_checkpoint (seq, doc) VALUES (?, ?)', checkpoint.seq, JSON.stringify(checkpoint))),
    async pruneAudit(limit) {
      const removed = await db.run('DELETE FROM audit WHERE seq IN (SELECT seq FROM audit WHERE seq <= (SELECT coalesce(max(seq), 0) FROM audit_checkpoint) ORDER BY seq LIMIT ?)', limit)
      await db.run('DELETE FROM audit_subject WHERE seq IN (SELECT s.seq FROM audit_subject s WHERE s.seq < (SELECT coalesce(min(seq), 0) FROM audit) LIMIT ?)', limit * 50)
      return removed
    },
    retentionStep: (cls, beforeMs, cursor) => stepClass(db, cls, beforeMs, cursor),
    saveRetentionRun: async (run) => void (await db.run('INSERT INTO retention_run (id, doc) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET doc = ?2', run.id, JSON.stringify(run))),
    erasePerson: (userId, atMs) => erasePerson(db, userId, atMs),
  }
}
