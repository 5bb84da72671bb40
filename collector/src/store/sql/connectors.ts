// Triggering events, priority groups, and what connectors remember.
//
// A connector's key is kept as the first 16 bytes of its SHA-256: a file may hold millions. Among a billion keys the
// chance that two look alike is below 1 in 10^20.
import { hash } from 'node:crypto'
import type { PriorityGroup } from '../../domain/people/priority-group.ts'
import type { StoredTrigger } from '../../domain/people/triggering-event.ts'
import type { User } from '../../domain/people/user.ts'
import type { ApiToken, ConnectorRun, ScimStored, StoreReader, StoreWriter } from '../store.ts'
import { personFilterSql } from './access.ts'
import type { Connection, SqlValue } from './connection.ts'
import { markIds } from './marks.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { PERSON_COLUMNS, personDoc, type PersonRow, toUser } from './rows.ts'

const KEY_HEX = 32

const keyOf = (key: string): string => hash('sha256', key).slice(0, KEY_HEX)

interface DocRow { doc: string }
/** Documents that this backend wrote itself. */
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T

type Reads = Pick<StoreReader, 'usersByIdentities' | 'personCount' | 'triggersOf' | 'triggersOfUsers' | 'triggers' | 'priorityGroups' | 'connectorRuns' | 'connectorItems' | 'stagedFacts' | 'scimResource' | 'scimResources' | 'apiTokens' | 'apiTokenByHash'>

export function connectorReads(db: Connection): Reads {
  const docs = async <T>(sql: string, ...values: readonly SqlValue[]): Promise<readonly T[]> => (await db.all<DocRow>(sql, ...values)).map((row) => toDoc<T>(row))
  return {
    async usersByIdentities(identities) {
      if (identities.length === 0) return []
      const wanted = JSON.stringify(identities.map(({ kind, value }) => [kind, value]))
      return (await db.all<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person WHERE k IN (SELECT i.person FROM each_row(?) w CROSS JOIN identity i ON i.kind = w.value ->> 0 AND i.value = w.value ->> 1) ORDER BY k`, wanted)).map(toUser)
    },
    personCount: async () => (await db.get<{ n: number }>("SELECT count(*) AS n FROM person WHERE kind = 'person'"))?.n ?? 0,
    triggersOf: (userId) => docs<StoredTrigger>('SELECT t.doc FROM person p JOIN trigger_event t ON t.person = p.k WHERE p.id = ? ORDER BY t.at, t.id', userId),
    async triggersOfUsers(userIds) {
      if (userIds.length === 0) return []
      return docs<StoredTrigger>('SELECT t.doc FROM each_text(?) w JOIN person p ON p.id = w.value JOIN trigger_event t ON t.person = p.k ORDER BY p.k, t.at, t.id', JSON.stringify(userIds))
    },
    async triggers({ limit, cursor, userId, kinds, source, fromMs, toMs, visible }) {
      const parts: string[] = []
      const values: SqlValue[] = []
      const add = (sql: string, ...more: readonly SqlValue[]): void => {
        parts.push(sql)
        values.push(...more)
      }
      const seen = personFilterSql(visible, 'person')
      if (seen !== undefined) add(seen.sql, ...seen.values)
      if (userId !== undefined) add('person = (SELECT k FROM person WHERE id = ?)', userId)
      if (kinds !== undefined) add('kind IN (SELECT value FROM each_text(?))', JSON.stringify(kinds))
      if (source !== undefined) add('source = ?', source)
      if (fromMs !== undefined) add('at >= ?', fromMs)
      if (toMs !== undefined) add('at < ?', toMs)
      const where = (): string => (parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM trigger_event${where()}`, ...values))?.n ?? 0
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        add('(at, id) < (?, ?)', value, id)
      }
      const found = await db.all<DocRow & { at: number; id: string }>(`SELECT at, id, doc FROM trigger_event${where()} ORDER BY at DESC, id DESC LIMIT ?`, ...values, limit + 1)
      const items = found.slice(0, limit).map((row) => toDoc<StoredTrigger>(row))
      const last = found[limit - 1]
      return { items, total, ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.at, last.id) } : {}) }
    },
    priorityGroups: () => docs<PriorityGroup>('SELECT doc FROM priority_group ORDER BY name'),
    connectorRuns: (connector, limit) =>
      connector === undefined ? docs<ConnectorRun>('SELECT doc FROM connector_run ORDER BY k DESC LIMIT ?', limit) : docs<ConnectorRun>('SELECT doc FROM connector_run WHERE connector = ? ORDER BY k DESC LIMIT ?', connector, limit),
    stagedFacts: (run, afterSeq, limit) => db.all<{ seq: number; facts: Uint8Array }>('SELECT seq, facts FROM import_stage WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?', run, afterSeq, limit),
    async connectorItems(connector, keys) {
      if (keys.length === 0) return new Map()
      const names = new Map(keys.map((key) => [keyOf(key), key]))
      const found = await db.all<{ key: string; value: string }>(
        // CROSS: the list is walked and the table looked into, never the other way round.
        'SELECT lower(hex(i.key)) AS key, i.value FROM each_text(?2) w CROSS JOIN connector_item i ON i.connector = ?1 AND i.key = unhex(w.value)', connector, JSON.stringify([...names.keys()]))
      return new Map(found.flatMap(({ key, value }) => {
        const name = names.get(key)
        return name === undefined ? [] : [[name, value] as const]
      }))
    },
    scimResource: async (kind, id) => (await docs<ScimStored>('SELECT doc FROM scim_resource WHERE kind = ? AND id = ?', kind, id))[0],
    async scimResources({ kind, name, externalId, id, offset, limit }) {
      const parts = ['kind = ?']
      const values: SqlValue[] = [kind]
      for (const [column, value] of [['name', name], ['external_id', externalId], ['id', id]] as const) {
        if (value === undefined) continue
        parts.push(`${column} = ?`)
        values.push(value)
      }
      const where = parts.join(' AND ')
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM scim_resource WHERE ${where}`, ...values))?.n ?? 0
      return { total, items: await docs<ScimStored>(`SELECT doc FROM scim_resource WHERE ${where} ORDER BY id LIMIT ? OFFSET ?`, ...values, limit, offset) }
    },
    apiTokens: () => docs<ApiToken>('SELECT doc FROM api_token ORDER BY id'),
    apiTokenByHash: async (tokenHash) => (await docs<ApiToken>('SELECT doc FROM api_token WHERE token_hash = ?', tokenHash))[0],
  }
}

type Writes = Pick<StoreWriter, 'saveUsers' | 'markUsers' | 'saveTriggers' | 'removeTriggers' | 'savePriorityGroup' | 'deletePriorityGroup' | 'claimItems' | 'saveConnectorItems' | 'stageFacts' | 'dropStagedFacts' | 'saveConnectorRun' | 'saveScimResource' | 'deleteScimResource' | 'saveApiToken'>

export function connectorWrites(db: Connection): Writes {
  const mark = (userIds: Iterable<string>): Promise<void> => markIds(db, [...new Set(userIds)])
  return {
    async saveUsers(users: readonly User[]) {
      if (users.length === 0) return
      const ids = JSON.stringify(users.map((user) => user.id))
      await db.run(
        `INSERT INTO person (id, pseudonym, display_name, kind, doc) SELECT w.value ->> 0, w.value ->> 1, w.value ->> 2, w.value ->> 3, w.value ->> 4 FROM each_row(?) w WHERE true
         ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, kind = excluded.kind, doc = excluded.doc`,
        JSON.stringify(users.map((user) => [user.id, user.pseudonym, user.displayName, user.kind, personDoc(user)])))
      await db.run('DELETE FROM identity WHERE person IN (SELECT p.k FROM each_text(?) w JOIN person p ON p.id = w.value)', ids)
      await db.run(
        `INSERT INTO identity (kind, value, person) SELECT w.value ->> 1, w.value ->> 2, p.k FROM each_row(?) w JOIN person p ON p.id = w.value ->> 0 WHERE true
         ON CONFLICT (kind, value) DO UPDATE SET person = excluded.person`,
        JSON.stringify(users.flatMap((user) => user.identities.map(({ kind, value }) => [user.id, kind, value]))))
    },
    async saveTriggers(triggers) {
      if (triggers.length === 0) return []
      // The last of one id wins, as it would over two calls.
      const wanted = new Map(triggers.map((trigger) => [trigger.id, trigger]))
      const known = new Map((await db.all<{ id: string; doc: string }>('SELECT id, doc FROM trigger_event WHERE id IN (SELECT value FROM each_text(?))', JSON.stringify([...wanted.keys()]))).map((row) => [row.id, row.doc]))
      const news = [...wanted.values()].filter((trigger) => known.get(trigger.id) !== JSON.stringify(trigger))
      if (news.length === 0) return []
      await db.run(
        `INSERT INTO trigger_event (id, person, kind, at, source, doc) SELECT w.value ->> 0, p.k, w.value ->> 2, CAST(w.value ->> 3 AS BIGINT), w.value ->> 4, w.value ->> 5 FROM each_row(?) w LEFT JOIN person p ON p.id = w.value ->> 1 WHERE true
         ON CONFLICT (id) DO UPDATE SET person = excluded.person, kind = excluded.kind, at = excluded.at, source = excluded.source, doc = excluded.doc`,
        JSON.stringify(news.map((trigger) => [trigger.id, trigger.userId, trigger.kind, trigger.atMs, trigger.source, JSON.stringify(trigger)])))
      await mark(news.map((trigger) => trigger.userId))
      return news
    },
    async removeTriggers(ids) {
      const list = JSON.stringify(ids)
      const lost = await db.all<{ id: string }>('SELECT p.id FROM trigger_event t JOIN person p ON p.k = t.person WHERE t.id IN (SELECT value FROM each_text(?))', list)
      if (lost.length === 0) return
      await db.run('DELETE FROM trigger_event WHERE id IN (SELECT value FROM each_text(?))', list)
      await mark(lost.map((row) => row.id))
    },
    savePriorityGroup: async (group) => void (await db.run('INSERT INTO priority_group (id, name, doc) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET name = ?2, doc = ?3', group.id, group.name, JSON.stringify(group))),
    deletePriorityGroup: async (id) => void (await db.run('DELETE FROM priority_group WHERE id = ?', id)),
    async claimItems(connector, keys) {
      if (keys.length === 0) return []
      const names = new Map(keys.map((key) => [keyOf(key), key]))
      const taken = await db.all<{ key: string }>(`INSERT INTO connector_item (connector, key, value) SELECT ?1, unhex(value), '' FROM each_text(?2) WHERE true ON CONFLICT DO NOTHING RETURNING lower(hex(key)) AS key`, connector, JSON.stringify([...names.keys()]))
      const fresh = new Set(taken.map((row) => names.get(row.key)))
      return [...names.values()].filter((key) => fresh.has(key))
    },
    async saveConnectorItems(connector, items) {
      if (items.size === 0) return
      await db.run(
        'INSERT INTO connector_item (connector, key, value) SELECT ?1, unhex(w.value ->> 0), w.value ->> 1 FROM each_row(?2) w WHERE true ON CONFLICT (connector, key) DO UPDATE SET value = excluded.value',
        connector, JSON.stringify([...items].map(([key, value]) => [keyOf(key), value])))
    },
    stageFacts: async (run, seq, facts) => void (await db.run('INSERT INTO import_stage (run, seq, facts) VALUES (?, ?, ?)', run, seq, facts)),
    dropStagedFacts: (except, limit) => db.run('DELETE FROM import_stage WHERE (run, seq) IN (SELECT run, seq FROM import_stage WHERE run <> ? LIMIT ?)', except ?? '', limit),
    markUsers: async (userIds) => mark(userIds),
    saveConnectorRun: async (run) => void (await db.run('INSERT INTO connector_run (id, connector, at, doc) VALUES (?, ?, ?, ?)', run.id, run.connector, run.atMs, JSON.stringify(run))),
    saveScimResource: async (resource) =>
      void (await db.run(
        'INSERT INTO scim_resource (kind, id, name, external_id, doc) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (kind, id) DO UPDATE SET name = ?3, external_id = ?4, doc = ?5', resource.kind, resource.id, resource.name, resource.externalId ?? null, JSON.stringify(resource))),
    deleteScimResource: async (kind, id) => void (await db.run('DELETE FROM scim_resource WHERE kind = ? AND id = ?', kind, id)),
    saveApiToken: async (token) => void (await db.run('INSERT INTO api_token (id, token_hash, doc) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET doc = ?3', token.id, token.tokenHash, JSON.stringify(token))),
  }
}
