// Reports on users, links to them, and which of a user's activities were reviewed.
//
// That a user has one unfinished report is held by a partial unique index.
import { CodedError } from '../../errors.ts'
import type { ReportReader, ReportShare, ReportWriter, StoredReport } from '../reports.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import * as rows from './rows.ts'

export const reportMigration = `
  CREATE TABLE activity_report (id TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (k), state TEXT NOT NULL, created_at INTEGER NOT NULL, doc TEXT NOT NULL, result TEXT) STRICT;
  CREATE UNIQUE INDEX activity_report_unfinished ON activity_report (person) WHERE state IN ('queued', 'running');
  CREATE INDEX activity_report_person ON activity_report (person, created_at);
  CREATE INDEX activity_report_created ON activity_report (created_at, id);
  CREATE TABLE report_share (id TEXT PRIMARY KEY, report_id TEXT NOT NULL REFERENCES activity_report (id) ON DELETE CASCADE, token_hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX report_share_report ON report_share (report_id, created_at);
  ALTER TABLE activity_review ADD COLUMN person INTEGER;
  ALTER TABLE activity_review ADD COLUMN occurred_at INTEGER;
  UPDATE activity_review SET (person, occurred_at) = (
    SELECT a.person, a.occurred_at FROM (SELECT '["' || replace(activity_review.activity, '.', '","') || '"]' AS parts) w JOIN device d ON d.id = w.parts ->> 0 JOIN epoch e ON e.device = d.k AND e.epoch = w.parts ->> 1 JOIN activity a ON a.epoch = e.k AND a.seq = CAST(w.parts ->> 2 AS INTEGER));
  CREATE INDEX activity_review_person ON activity_review (person, occurred_at);
  `

interface DocRow { readonly doc: string }
/** Documents that this backend wrote itself. */
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T

export function reportReads(db: Connection): ReportReader {
  const share = async (sql: string, value: string): Promise<ReportShare | undefined> => {
    const row = await db.get<DocRow>(sql, value)
    return row === undefined ? undefined : toDoc<ReportShare>(row)
  }
  return {
    async report(id) {
      const row = await db.get<DocRow>('SELECT doc FROM activity_report WHERE id = ?', id)
      return row === undefined ? undefined : toDoc<StoredReport>(row)
    },
    async reports({ limit, cursor, userId, visible }) {
      const filter = new Conditions()
      filter.seen(visible, 'person')
      if (userId !== undefined) filter.add('person = (SELECT k FROM person p WHERE p.id = ?)', userId)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM activity_report${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        filter.add('(created_at, id) < (?, ?)', value, id)
      }
      const found = await db.all<DocRow & { id: string; created_at: number }>(`SELECT id, created_at, doc FROM activity_report${filter.where()} ORDER BY created_at DESC, id DESC LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, (row) => toDoc<StoredReport>(row), (row) => encodeCursor(row.created_at, row.id)), total }
    },
    unfinishedReports: async () => (await db.all<DocRow>("SELECT doc FROM activity_report WHERE state IN ('queued', 'running') ORDER BY created_at, id")).map((row) => toDoc<StoredReport>(row)),
    reportResult: async (id) => (await db.get<{ result: string | null }>('SELECT result FROM activity_report WHERE id = ?', id))?.result ?? undefined,
    reportShares: async (reportId) => (await db.all<DocRow>('SELECT doc FROM report_share WHERE report_id = ? ORDER BY created_at DESC, id', reportId)).map((row) => toDoc<ReportShare>(row)),
    reportShare: (id) => share('SELECT doc FROM report_share WHERE id = ?', id),
    reportShareByHash: (tokenHash) => share('SELECT doc FROM report_share WHERE token_hash = ?', tokenHash),
    reviewedActivities: async (userId, fromMs, toMs) =>
      (await db.all<rows.ActivityRow>(
        `SELECT ${rows.ACTIVITY_COLUMNS} WHERE a.k IN (
           SELECT a2.k FROM activity_review r, each_row('[["' || replace(r.activity, '.', '","') || '"]]') w JOIN device d2 ON d2.id = w.value ->> 0 JOIN epoch e2 ON e2.device = d2.k AND e2.epoch = w.value ->> 1 JOIN activity a2 ON a2.epoch = e2.k AND a2.seq = CAST(w.value ->> 2 AS INTEGER)
           WHERE r.person = (SELECT u.k FROM person u WHERE u.id = ?) AND r.occurred_at >= ? AND r.occurred_at < ?)
         ORDER BY a.occurred_at, a.k`,
        userId, fromMs, toMs)).map(rows.toActivity),
  }
}

export function reportWrites(db: Connection): ReportWriter {
  return {
    async saveActivityReport(report, result) {
      if (report.state === 'queued' || report.state === 'running') {
        const other = await db.get<{ id: string }>("SELECT r.id FROM person p JOIN activity_report r ON r.person = p.k AND r.state IN ('queued', 'running') WHERE p.id = ? AND r.id <> ?", report.userId, report.id)
        if (other !== undefined) throw new CodedError('REPORT_RUNNING', { id: other.id })
      }
      await db.run(
        'INSERT INTO activity_report (id, person, state, created_at, doc, result) SELECT ?1, k, ?3, ?4, ?5, ?6 FROM person WHERE id = ?2 ON CONFLICT (id) DO UPDATE SET state = ?3, doc = ?5, result = coalesce(?6, activity_report.result)',
        report.id, report.userId, report.state, report.createdAtMs, JSON.stringify(report), result ?? null)
    },
    deleteReport: async (id) => void (await db.run('DELETE FROM activity_report WHERE id = ?', id)),
    saveReportShare: async (share) => void (await db.run('INSERT INTO report_share (id, report_id, token_hash, created_at, doc) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET doc = ?5', share.id, share.reportId, share.tokenHash, share.createdAtMs, JSON.stringify(share))),
  }
}
