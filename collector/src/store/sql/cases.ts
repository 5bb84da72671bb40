// Cases with their notes and events, notices, and mail on its way out.
//
// That a user has one active case is held by a partial unique index; that notes and events are only added, by triggers.
import type { Alert } from '../../domain/cases/alert.ts'
import type { Case, CaseNote, CaseNoteKind } from '../../domain/cases/case.ts'
import type { Notice, NoticeTemplate } from '../../domain/cases/notice.ts'
import { CodedError } from '../../errors.ts'
import type { CaseQuery, CaseReader, CaseWriter, QueuedMail } from '../cases.ts'
import type { PersonFilter } from '../store.ts'
import { personFilterSql } from './access.ts'
import type { Connection, SqlValue } from './connection.ts'
import { decodeCursor, decodeRowCursor, encodeCursor } from './cursor.ts'
import { enqueueCase } from './exports.ts'

const DAY_MS = 86_400_000
/** Stands for no date where dates are compared. */
const NEVER_MS = 8_640_000_000_000_000

interface DocRow { readonly doc: string }
/** Documents that this backend wrote itself. */
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T

export const caseMigration = `
  CREATE TABLE case_file (
    id TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (k), status TEXT NOT NULL, name TEXT NOT NULL, opened_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, due_at INTEGER, violation_at INTEGER, assignee_id TEXT, doc TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX case_file_active ON case_file (person) WHERE status = 'active';
  CREATE INDEX case_file_person ON case_file (person);
  CREATE INDEX case_file_opened ON case_file (opened_at, id);
  CREATE INDEX case_file_updated ON case_file (updated_at, id);
  CREATE TABLE case_note (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED, at INTEGER NOT NULL, author_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, search TEXT NOT NULL) STRICT;
  CREATE INDEX case_note_case ON case_note (case_id, k);
  CREATE TRIGGER case_note_is_append_only_update BEFORE UPDATE ON case_note BEGIN SELECT RAISE(ABORT, 'notes of a case are append-only'); END;
  CREATE TRIGGER case_note_is_append_only_delete BEFORE DELETE ON case_note WHEN EXISTS (SELECT 1 FROM case_file WHERE id = OLD.case_id) BEGIN SELECT RAISE(ABORT, 'notes of a case are append-only'); END;
  CREATE TABLE case_event (k INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED, at INTEGER NOT NULL, actor_id TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
  CREATE INDEX case_event_case ON case_event (case_id, k);
  CREATE TRIGGER case_event_is_append_only_update BEFORE UPDATE ON case_event BEGIN SELECT RAISE(ABORT, 'the history of a case is append-only'); END;
  CREATE TRIGGER case_event_is_append_only_delete BEFORE DELETE ON case_event WHEN EXISTS (SELECT 1 FROM case_file WHERE id = OLD.case_id) BEGIN SELECT RAISE(ABORT, 'the history of a case is append-only'); END;
  ALTER TABLE alert ADD COLUMN case_id TEXT GENERATED ALWAYS AS (doc ->> '$.caseId') VIRTUAL;
  CREATE INDEX alert_case ON alert (case_id) WHERE case_id IS NOT NULL;
  CREATE TABLE notice_template (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, doc TEXT NOT NULL) STRICT;
  CREATE TABLE notice (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED, doc TEXT NOT NULL) STRICT;
  CREATE INDEX notice_case ON notice (case_id, k);
  CREATE TABLE mail (id TEXT PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, payload TEXT NOT NULL) STRICT;
  CREATE INDEX mail_due ON mail (state, next_at);
  `

/** Text as it is looked for: like() folds only ASCII. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
const pattern = (text: string): string => `%${folded(text).replaceAll(/[\\%_]/g, '\\$&')}%`

/** Conditions on the person of a case `c`. */
function visibleTo(visible: PersonFilter | undefined): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const found = personFilterSql(visible, 'c.person')
  return found === undefined ? { sql: '', values: [] } : { sql: ` AND ${found.sql}`, values: found.values }
}

const CONTRIBUTES = ` AND EXISTS (SELECT 1 FROM each_text(c.doc, '$.contributors') w WHERE w.value = ?)`

function caseFilter(query: Omit<CaseQuery, 'limit' | 'cursor' | 'sort' | 'descending'>): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const visible = visibleTo(query.visible)
  let sql = visible.sql
  const values: SqlValue[] = [...visible.values]
  const add = (part: string, ...more: readonly SqlValue[]): void => {
    sql += ` AND ${part}`
    values.push(...more)
  }
  if (query.status !== undefined) add('c.status IN (SELECT value FROM each_text(?))', JSON.stringify(query.status))
  if (query.userId !== undefined) add('p.id = ?', query.userId)
  if (query.assigneeId !== undefined) add('c.assignee_id = ?', query.assigneeId)
  if (query.unassigned === true) add('c.assignee_id IS NULL')
  if (query.dueBeforeMs !== undefined) add("c.status = 'active' AND c.due_at < ?", query.dueBeforeMs)
  if (query.openedFromMs !== undefined) add('c.opened_at >= ?', query.openedFromMs)
  if (query.openedToMs !== undefined) add('c.opened_at < ?', query.openedToMs)
  if (query.text !== undefined) add(`(c.name LIKE ? ESCAPE '\\' OR c.id = ? OR c.id IN (SELECT n.case_id FROM case_note n WHERE n.search LIKE ? ESCAPE '\\'))`, pattern(query.text), query.text, pattern(query.text))
  if (query.contributorId !== undefined) {
    sql += CONTRIBUTES
    values.push(query.contributorId)
  }
  return { sql, values }
}

interface NoteRow { k: number; id: string; case_id: string; at: number; author_id: string; kind: string; body: string }
const toNote = (row: NoteRow): CaseNote => ({ id: row.id, caseId: row.case_id, atMs: row.at, authorId: row.author_id, kind: row.kind as CaseNoteKind, text: row.body })
interface EventRow { k: number; case_id: string; at: number; actor_id: string; what: string; detail: string }
interface MailRow { id: string; kind: string; ref: string; state: string; tries: number; created_at: number; next_at: number; payload: string }
const toMail = (row: MailRow): QueuedMail => ({ id: row.id, kind: row.kind as QueuedMail['kind'], ref: row.ref, state: row.state === 'sending' ? 'sending' : 'queued', tries: row.tries, createdAtMs: row.created_at, nextAtMs: row.next_at, payload: row.payload })

const CASES = 'FROM case_file c JOIN person p ON p.k = c.person WHERE true'

export function caseReads(db: Connection): CaseReader {
  const rowPage = async <R extends { readonly k: number }, T>(sql: string, values: readonly SqlValue[], limit: number, map: (row: R) => T) => {
    const found = await db.all<R>(sql, ...values, limit + 1)
    const last = found[limit - 1]
    return { items: found.slice(0, limit).map(map), ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.k, last.k) } : {}) }
  }
  const before = (cursor: string | undefined): number => (cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeRowCursor(cursor).id)
  const one = async <T>(sql: string, ...values: readonly SqlValue[]): Promise<T | undefined> => {
    const row = await db.get<DocRow>(sql, ...values)
    return row === undefined ? undefined : toDoc<T>(row)
  }
  return {
    case: (id) => one<Case>('SELECT doc FROM case_file WHERE id = ?', id),
    casesByIds: async (ids) => (ids.length === 0 ? [] : (await db.all<DocRow>('SELECT doc FROM case_file WHERE id IN (SELECT value FROM each_text(?))', JSON.stringify(ids))).map((row) => toDoc<Case>(row))),
    async cases({ limit, cursor, sort, descending, ...query }) {
      const { sql, values } = caseFilter(query)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n ${CASES}${sql}`, ...values))?.n ?? 0
      const column = sort === 'due_at' ? `coalesce(c.due_at, ${NEVER_MS})` : `c.${sort}`
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      const direction = descending ? 'DESC' : 'ASC'
      const found = await db.all<DocRow & { sort_value: number; id: string }>(
        `SELECT c.id, c.doc, ${column} AS sort_value ${CASES}${sql}${after === undefined ? '' : ` AND (${column}, c.id) ${descending ? '<' : '>'} (?, ?)`} ORDER BY ${column} ${direction}, c.id ${direction} LIMIT ?`,
        ...values, ...(after === undefined ? [] : [after.value, after.id]), limit + 1)
      const last = found[limit - 1]
      return { items: found.slice(0, limit).map((row) => toDoc<Case>(row)), total, ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.sort_value, last.id) } : {}) }
    },
    activeCaseOf: (userId) => one<Case>("SELECT c.doc FROM person p JOIN case_file c ON c.person = p.k AND c.status = 'active' WHERE p.id = ?", userId),
    async caseStatistics({ nowMs, visible, contributorId }) {
      const { sql, values } = caseFilter({ ...(visible === undefined ? {} : { visible }), ...(contributorId === undefined ? {} : { contributorId }) })
      const row = await db.get<{ active: number; opened: number; age: number | null; overdue: number }>(
        `SELECT count(*) FILTER (WHERE c.status = 'active') AS active, count(*) FILTER (WHERE c.opened_at >= ?) AS opened, avg(CASE WHEN c.status = 'active' THEN ? - c.opened_at END) AS age, count(*) FILTER (WHERE c.status = 'active' AND c.due_at < ?) AS overdue ${CASES}${sql}`,
        nowMs - 30 * DAY_MS, nowMs, nowMs, ...values)
      return { active: row?.active ?? 0, openedIn30Days: row?.opened ?? 0, overdue: row?.overdue ?? 0, ...(row === undefined || row.age === null ? {} : { meanAgeMs: Math.round(row.age) }) }
    },
    alertsOfCase: async (caseId) => (await db.all<DocRow>('SELECT doc FROM alert WHERE case_id = ? ORDER BY created_at, id', caseId)).map((row) => toDoc<Alert>(row)),
    async caseAlertCounts(ids) {
      const found = await db.all<{ id: string; n: number }>('SELECT case_id AS id, count(*) AS n FROM alert WHERE case_id IN (SELECT value FROM each_text(?)) GROUP BY case_id', JSON.stringify(ids))
      return new Map(found.map(({ id, n }) => [id, n]))
    },
    caseNotes: ({ limit, cursor, caseId, text }) =>
      rowPage<NoteRow, CaseNote>(`SELECT * FROM case_note WHERE case_id = ? AND k < ?${text === undefined ? '' : " AND search LIKE ? ESCAPE '\\'"} ORDER BY k DESC LIMIT ?`, [caseId, before(cursor), ...(text === undefined ? [] : [pattern(text)])], limit, toNote),
    caseEvents: ({ limit, cursor, caseId }) =>
      rowPage<EventRow, ReturnType<typeof toEvent>>('SELECT * FROM case_event WHERE case_id = ? AND k < ? ORDER BY k DESC LIMIT ?', [caseId, before(cursor)], limit, toEvent),
    async violationsOf(userIds) {
      if (userIds.length === 0) return new Map()
      const found = await db.all<{ id: string; at: number }>('SELECT p.id, c.violation_at AS at FROM each_text(?) w JOIN person p ON p.id = w.value JOIN case_file c ON c.person = p.k WHERE c.violation_at IS NOT NULL ORDER BY c.violation_at', JSON.stringify(userIds))
      return new Map([...Map.groupBy(found, ({ id }) => id)].map(([id, rows]) => [id, rows.map(({ at }) => at)]))
    },
    noticeTemplates: async () => (await db.all<DocRow>('SELECT doc FROM notice_template ORDER BY name')).map((row) => toDoc<NoticeTemplate>(row)),
    noticeTemplate: (id) => one<NoticeTemplate>('SELECT doc FROM notice_template WHERE id = ?', id),
    notice: (id) => one<Notice>('SELECT doc FROM notice WHERE id = ?', id),
    async notices({ limit, cursor, caseId, visible, contributorId }) {
      const seen = visibleTo(visible)
      return rowPage<DocRow & { k: number }, Notice>(
        `SELECT n.k, n.doc FROM notice n JOIN case_file c ON c.id = n.case_id JOIN person p ON p.k = c.person WHERE n.k < ?${caseId === undefined ? '' : ' AND n.case_id = ?'}${seen.sql}${contributorId === undefined ? '' : CONTRIBUTES} ORDER BY n.k DESC LIMIT ?`,
        [before(cursor), ...(caseId === undefined ? [] : [caseId]), ...seen.values, ...(contributorId === undefined ? [] : [contributorId])], limit, (row) => toDoc<Notice>(row))
    },
    dueMail: async (nowMs, limit) => (await db.all<MailRow>("SELECT * FROM mail WHERE state = 'queued' AND next_at <= ? ORDER BY next_at, id LIMIT ?", nowMs, limit)).map(toMail),
    interruptedMail: async () => (await db.all<MailRow>("SELECT * FROM mail WHERE state = 'sending' ORDER BY id")).map(toMail),
    async mailById(id) {
      const row = await db.get<MailRow>('SELECT * FROM mail WHERE id = ?', id)
      return row === undefined ? undefined : toMail(row)
    },
    mailWaiting: async () => (await db.get<{ n: number }>('SELECT count(*) AS n FROM mail'))?.n ?? 0,
  }
}

const toEvent = (row: EventRow) => ({ caseId: row.case_id, atMs: row.at, actorId: row.actor_id, what: row.what, detail: JSON.parse(row.detail) as Readonly<Record<string, string | number>> })

export function caseWrites(db: Connection): CaseWriter {
  return {
    async saveCase(found) {
      const other = found.status === 'active' ? await db.get<{ id: string }>("SELECT c.id FROM person p JOIN case_file c ON c.person = p.k AND c.status = 'active' WHERE p.id = ? AND c.id <> ?", found.userId, found.id) : undefined
      if (other !== undefined) throw new CodedError('CASE_EXISTS', { id: other.id })
      await enqueueCase(db, found.id, found.userId, found.updatedAtMs, JSON.stringify(found))
      const violationAt = found.resolution?.outcome === 'confirmed_violation' ? found.resolution.atMs : null
      await db.run(
        `INSERT INTO case_file (id, person, status, name, opened_at, updated_at, due_at, violation_at, assignee_id, doc) SELECT ?1, k, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM person WHERE id = ?2
         ON CONFLICT (id) DO UPDATE SET status = ?3, name = ?4, updated_at = ?6, due_at = ?7, violation_at = ?8, assignee_id = ?9, doc = ?10`,
        found.id, found.userId, found.status, folded(found.name), found.openedAtMs, found.updatedAtMs, found.dueAtMs ?? null, violationAt, found.assigneeId ?? null, JSON.stringify(found))
    },
    appendCaseNote: async (note) => void (await db.run('INSERT INTO case_note (id, case_id, at, author_id, kind, body, search) VALUES (?, ?, ?, ?, ?, ?, ?)', note.id, note.caseId, note.atMs, note.authorId, note.kind, note.text, folded(note.text))),
    async appendCaseEvent(...events) {
      for (const event of events) await db.run('INSERT INTO case_event (case_id, at, actor_id, what, detail) VALUES (?, ?, ?, ?, ?)', event.caseId, event.atMs, event.actorId, event.what, JSON.stringify(event.detail))
    },
    saveNoticeTemplate: async (template) => void (await db.run('INSERT INTO notice_template (id, name, doc) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET name = ?2, doc = ?3', template.id, template.name, JSON.stringify(template))),
    deleteNoticeTemplate: async (id) => void (await db.run('DELETE FROM notice_template WHERE id = ?', id)),
    saveNotice: async (notice) => void (await db.run('INSERT INTO notice (id, case_id, doc) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET doc = ?3', notice.id, notice.caseId, JSON.stringify(notice))),
    saveMail: async (mail) =>
      void (await db.run(
        'INSERT INTO mail (id, kind, ref, state, tries, created_at, next_at, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET state = ?4, tries = ?5, next_at = ?7, payload = ?8',
        mail.id, mail.kind, mail.ref, mail.state, mail.tries, mail.createdAtMs, mail.nextAtMs, mail.payload)),
    deleteMail: async (id) => void (await db.run('DELETE FROM mail WHERE id = ?', id)),
  }
}
