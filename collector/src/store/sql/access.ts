// Administrative units, sessions of an account, and the one condition that keeps people out of sight.
import type { AccessReader, AccessWriter, AdministrativeUnit, PersonFilter, PersonPlace } from '../access.ts'
import type { Connection, SqlValue } from './connection.ts'
import * as rows from './rows.ts'

export interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

function placeSql({ departments, countries }: PersonPlace): Condition {
  const parts = [['department', departments], ['country', countries]] as const
  const given = parts.flatMap(([name, list]) => (list === undefined ? [] : [{ sql: `v.doc ->> '${name}' IN (SELECT value FROM each_text(?))`, value: JSON.stringify(list) }]))
  return { sql: given.length === 0 ? '1 = 0' : `(${given.map((part) => part.sql).join(' AND ')})`, values: given.map((part) => part.value) }
}

/**
 * The condition under which a row's person may be seen; every list of rows about people takes it.
 *
 * @param column holds the key (`k`) of the person, such as `alert.person`
 * @returns undefined when everybody may be seen
 */
export function personFilterSql(visible: PersonFilter | undefined, column: string): Condition | undefined {
  const parts: Condition[] = []
  if (visible?.places !== undefined) {
    const places = visible.places.map(placeSql)
    parts.push({ sql: `${column} IN (SELECT v.k FROM person v WHERE ${places.map((place) => place.sql).join(' OR ') || '1 = 0'})`, values: places.flatMap((place) => place.values) })
  }
  if (visible?.hidden !== undefined && visible.hidden.length > 0) parts.push({ sql: `${column} NOT IN (SELECT v.k FROM person v WHERE v.id IN (SELECT value FROM each_text(?)))`, values: [JSON.stringify(visible.hidden)] })
  return parts.length === 0 ? undefined : { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) }
}

export function accessReads(db: Connection): AccessReader {
  const spellings = async (field: 'department' | 'country'): Promise<readonly string[]> =>
    (await db.all<{ v: string }>(`SELECT DISTINCT doc ->> '${field}' AS v FROM person WHERE doc ->> '${field}' IS NOT NULL ORDER BY 1`)).map((row) => row.v)
  return {
    units: async () => (await db.all<{ doc: string }>('SELECT doc FROM unit ORDER BY name')).map((row) => JSON.parse(row.doc) as AdministrativeUnit),
    async personPlaces() {
      const [departments, countries] = await Promise.all([spellings('department'), spellings('country')])
      return { departments, countries }
    },
    sessionsOf: async (accountId) => (await db.all<rows.SessionRow>('SELECT * FROM session WHERE account_id = ? ORDER BY created_at DESC, token_hash', accountId)).map(rows.toSession),
    async accountBySso(issuer, subject) {
      const row = await db.get<rows.AccountRow>("SELECT * FROM account WHERE doc ->> '$.sso.issuer' = ? AND doc ->> '$.sso.subject' = ?", issuer, subject)
      return row === undefined ? undefined : rows.toAccount(row)
    },
  }
}

export function accessWrites(db: Connection): AccessWriter {
  return {
    saveUnit: async (unit) => void (await db.run('INSERT INTO unit (id, name, doc) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET name = ?2, doc = ?3', unit.id, unit.name, JSON.stringify(unit))),
    deleteUnit: async (id) => void (await db.run('DELETE FROM unit WHERE id = ?', id)),
    deleteSsoSessions: async (issuer, { sid, subject }) =>
      void (await db.run("DELETE FROM session WHERE doc ->> '$.oidc.issuer' = ?1 AND (doc ->> '$.oidc.sid' = ?2 OR ?2 IS NULL) AND (doc ->> '$.oidc.subject' = ?3 OR ?3 IS NULL)", issuer, sid ?? null, subject ?? null)),
    async deleteAccount(id) {
      await db.run('DELETE FROM session WHERE account_id = ?', id)
      await db.run('DELETE FROM account WHERE id = ?', id)
    },
  }
}
