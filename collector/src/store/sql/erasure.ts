// Erasing one person: the row stays under its pseudonym, so that counts and other people's baselines stay true; nothing
// stays that says who it was or what exactly was done.
//
// Kept: pseudonym, days with their counts and amounts, alerts with scores and indicators. Gone: names, identities,
// activities, paths and samples behind counts, texts of alerts, triggers, notes of cases, notices, reports, risk level, whose device one is, what a
// directory wrote, messages in quarantine and answers of devices that hold one of the names, and the key under which the audit log sealed texts.
import type { Alert } from '../../domain/cases/alert.ts'
import type { Case } from '../../domain/cases/case.ts'
import { maskText } from '../../domain/people/mask.ts'
import type { MediaException } from '../../domain/exclusions/media-exception.ts'
import type { User } from '../../domain/people/user.ts'
import type { PrivacyRequest } from '../privacy.ts'
import type { Connection } from './connection.ts'
import { toUser, type PersonRow, PERSON_COLUMNS } from './rows.ts'

const ERASED = 'Erased.'

/** Score and reasons by kind and indicator; no sentence, which may hold a file's name. */
const bareAlert = ({ note: _note, ...alert }: Alert): Alert => ({
  ...alert, trigger: { kind: alert.trigger.kind, atMs: alert.trigger.atMs, reason: ERASED, ...(alert.trigger.indicator === undefined ? {} : { indicator: alert.trigger.indicator }) },
  parts: alert.parts.map((part) => ({ code: part.code, points: part.points, reason: ERASED, ...(part.indicator === undefined ? {} : { indicator: part.indicator }), ...(part.day === undefined ? {} : { day: part.day }), evidence: [] })),
})

const bareCase = ({ resolution, ...found }: Case): Case => ({ ...found, name: ERASED, ...(resolution === undefined ? {} : { resolution: { ...resolution, reason: ERASED } }) })

async function eraseCases(db: Connection, key: number): Promise<number> {
  const cases = await db.all<{ id: string; doc: string; status: string; opened_at: number; updated_at: number; violation_at: number | null }>('SELECT * FROM case_file WHERE person = ?', key)
  if (cases.length === 0) return 0
  const list = JSON.stringify(cases.map(({ id }) => id))
  // Notes are append-only while their case is there: it goes, they go, it comes back bare, all in one transaction.
  await db.exec('PRAGMA defer_foreign_keys = ON')
  await db.run('DELETE FROM case_file WHERE id IN (SELECT value FROM each_text(?))', list)
  for (const table of ['case_note', 'case_event']) await db.run(`DELETE FROM ${table} WHERE case_id IN (SELECT value FROM each_text(?))`, list)
  await db.run("DELETE FROM mail WHERE kind = 'notice' AND ref IN (SELECT id FROM notice WHERE case_id IN (SELECT value FROM each_text(?)))", list)
  await db.run('DELETE FROM notice WHERE case_id IN (SELECT value FROM each_text(?))', list)
  for (const row of cases) {
    await db.run('INSERT INTO case_file (id, person, status, name, opened_at, updated_at, due_at, violation_at, assignee_id, doc) VALUES (?, ?, ?, ?, ?, ?, NULL, ?, NULL, ?)',
      row.id, key, row.status, ERASED.toLowerCase(), row.opened_at, row.updated_at, row.violation_at, JSON.stringify(bareCase(JSON.parse(row.doc) as Case)))
  }
  return cases.length
}

/** Hashes of files become numbers of the same count: how many there were stays true, which ones is gone. */
async function eraseInsights(db: Connection, key: number): Promise<number> {
  const rows = await db.all<{ day: number; indicator: string; files: string }>('SELECT day, indicator, files FROM insight WHERE person = ?', key)
  for (const { day, indicator, files } of rows) {
    const bare = files === '' ? '' : files.split(' ').map((_, index) => index.toString(16).padStart(8, '0')).join(' ')
    await db.run("UPDATE insight SET files = ?, samples = '[]', hours = NULL WHERE person = ? AND day = ? AND indicator = ?", bare, key, day, indicator)
  }
  return rows.length
}

/** Why a name was asked for goes; why the person was erased stays, without the name. */
async function eraseRequests(db: Connection, user: User): Promise<number> {
  const rows = await db.all<{ id: string; doc: string }>('SELECT id, doc FROM privacy_request WHERE user_id = ?', user.id)
  for (const { id, doc } of rows) {
    const request = JSON.parse(doc) as PrivacyRequest
    const { note, ...rest } = request
    const bare = (text: string): string => (request.kind === 'erasure' ? maskText(text, user) : ERASED)
    await db.run('UPDATE privacy_request SET doc = ? WHERE id = ?', JSON.stringify({ ...rest, reason: bare(request.reason), ...(note === undefined ? {} : { note: bare(note) }) }), id)
  }
  return rows.length
}

/** That there was a request, when and how it was decided stays; who by account, of which medium, and every word go. */
async function eraseExceptions(db: Connection, userId: string): Promise<number> {
  const rows = await db.all<{ id: string; doc: string }>('SELECT id, doc FROM media_exception WHERE user_id = ?', userId)
  for (const { id, doc } of rows) {
    const { account: _account, note: _note, ...rest } = JSON.parse(doc) as MediaException
    await db.run('UPDATE media_exception SET doc = ? WHERE id = ?', JSON.stringify({ ...rest, medium: {}, reason: ERASED }), id)
  }
  return rows.length
}

/** Everything in the open transaction. @returns rows by kind */
export async function erasePerson(db: Connection, userId: string, atMs: number): Promise<Readonly<Record<string, number>>> {
  const row = await db.get<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person WHERE id = ?`, userId)
  if (row === undefined) return {}
  const key = row.k
  const user = toUser(row)
  const names = [user.displayName, user.email ?? '', ...user.identities.map(({ value }) => value)].filter((name) => name.length >= 4)
  const bare: Omit<User, 'id' | 'pseudonym' | 'displayName' | 'kind' | 'identities'> = { createdAtMs: user.createdAtMs, groups: [], erasedAtMs: atMs }
  await db.run('UPDATE person_key SET key = NULL, destroyed_at = ?2 WHERE user_id = ?1', userId, atMs)
  await db.run('INSERT INTO person_key (user_id, key, created_at, destroyed_at) VALUES (?1, NULL, ?2, ?2) ON CONFLICT (user_id) DO NOTHING', userId, atMs)
  await db.run("UPDATE person SET display_name = 'erased', doc = ?2 WHERE k = ?1", key, JSON.stringify(bare))
  const alerts = await db.all<{ id: string; doc: string }>('SELECT id, doc FROM alert WHERE person = ?', key)
  for (const alert of alerts) {
    await db.run('UPDATE alert SET doc = ? WHERE id = ?', JSON.stringify(bareAlert(JSON.parse(alert.doc) as Alert)), alert.id)
    await db.run('UPDATE alert_history SET note = NULL WHERE alert_id = ?', alert.id)
  }
  await db.run("DELETE FROM activity_review WHERE activity IN (SELECT d.id || '.' || e.epoch || '.' || a.seq FROM activity a JOIN epoch e ON e.k = a.epoch JOIN device d ON d.k = e.device WHERE a.person = ?)", key)
  await db.run('DELETE FROM alert_operation WHERE EXISTS (SELECT 1 FROM alert a WHERE a.person = ? AND instr(alert_operation.doc, a.id) > 0)', key)
  let quarantined = 0
  let answers = 0
  for (const name of names) answers += await db.run("UPDATE device_answer SET doc = json_remove(doc, '$.answer') WHERE doc ->> '$.answer' IS NOT NULL AND instr(lower(doc), lower(?)) > 0", name)
  for (const name of names) quarantined += await db.run('DELETE FROM quarantine WHERE instr(bytes, CAST(?1 AS BLOB)) > 0 OR instr(detail, ?1) > 0', name)
  return {
    identities: await db.run('DELETE FROM identity WHERE person = ?', key), activities: await db.run('DELETE FROM activity WHERE person = ?', key), insights: await eraseInsights(db, key), alerts: alerts.length, cases: await eraseCases(db, key),
    triggers: await db.run('DELETE FROM trigger_event WHERE person = ?', key), dismissals: await db.run('DELETE FROM dismissed_activity WHERE person = ?', key), riskLevels: await db.run('DELETE FROM risk_level WHERE person = ?', key), outbox: await db.run('DELETE FROM outbox WHERE person = ?', key), reports: await db.run('DELETE FROM activity_report WHERE person = ?', key), bundles: await db.run('DELETE FROM case_bundle WHERE person = ?', key), tickets: await db.run('DELETE FROM case_ticket WHERE person = ?', key), links: await db.run('DELETE FROM share_link WHERE person = ?', key),
    devices: await db.run("UPDATE device SET doc = json_remove(doc, '$.owner') WHERE doc ->> '$.owner' = ?", userId),
    directory: await db.run("DELETE FROM scim_resource WHERE kind = 'User' AND id = ?", userId), marks: await db.run('DELETE FROM mark WHERE person = ?', key),
    requests: await eraseRequests(db, user), exceptions: await eraseExceptions(db, userId), answers, quarantined,
  }
}
