import type { MediaException } from '../../domain/exclusions/media-exception.ts'
import type { Asking, DeviceAnswer } from '../../domain/questions.ts'
import type { LiveReader, LiveWriter } from '../live.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** Exceptions for removable media, and questions to devices with their answers. */
export const liveMigration = `
  CREATE TABLE media_exception (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, device TEXT NOT NULL, state TEXT NOT NULL, requested_at INTEGER NOT NULL, until_at INTEGER, untold INTEGER NOT NULL DEFAULT 0, doc TEXT NOT NULL) STRICT;
  CREATE INDEX media_exception_at ON media_exception (requested_at, id);
  CREATE INDEX media_exception_user ON media_exception (user_id, requested_at);
  CREATE INDEX media_exception_until ON media_exception (until_at) WHERE until_at IS NOT NULL;
  CREATE INDEX media_exception_untold ON media_exception (device) WHERE untold = 1;
  CREATE TABLE asking (id TEXT PRIMARY KEY, account TEXT NOT NULL, state TEXT NOT NULL, asked_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX asking_at ON asking (asked_at, id);
  CREATE TABLE device_answer (asking TEXT NOT NULL, device TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (asking, device)) STRICT;
  CREATE INDEX device_answer_device ON device_answer (device);
  `

interface DocRow { readonly doc: string }
interface PagedRow extends DocRow { readonly id: string; readonly at: number }
/** Documents that this backend wrote itself. */
const read = <T>(row: DocRow): T => JSON.parse(row.doc) as T

export function liveReads(db: Connection): LiveReader {
  const one = async <T>(sql: string, ...values: readonly string[]): Promise<T | undefined> => {
    const row = await db.get<DocRow>(sql, ...values)
    return row === undefined ? undefined : read<T>(row)
  }
  const latest = async <T>(table: string, column: string, filter: Conditions, limit: number, cursor: string | undefined) => {
    if (cursor !== undefined) {
      const { value, id } = decodeCursor(cursor)
      filter.add(`(${column}, id) < (?, ?)`, value, id)
    }
    const found = await db.all<PagedRow>(`SELECT id, ${column} AS at, doc FROM ${table}${filter.where()} ORDER BY ${column} DESC, id DESC LIMIT ?`, ...filter.values, limit + 1)
    return page(found, limit, read<T>, (row) => encodeCursor(row.at, row.id))
  }
  return {
    mediaException: (id) => one('SELECT doc FROM media_exception WHERE id = ?', id),
    mediaExceptions: ({ limit, cursor, states, userId, deviceId }) => {
      const filter = new Conditions()
      filter.oneOf('state', states)
      if (userId !== undefined) filter.add('user_id = ?', userId)
      if (deviceId !== undefined) filter.add('device = ?', deviceId)
      return latest<MediaException>('media_exception', 'requested_at', filter, limit, cursor)
    },
    grantedExceptions: async (afterMs) => (await db.all<DocRow>('SELECT doc FROM media_exception WHERE until_at > ? ORDER BY until_at DESC LIMIT 5000', afterMs)).map(read<MediaException>),
    exceptionsToEnd: async (nowMs, pendingBeforeMs) => (await db.all<DocRow>("SELECT doc FROM media_exception WHERE (state = 'granted' AND until_at <= ?1) OR (state = 'pending' AND requested_at < ?2) LIMIT 500", nowMs, pendingBeforeMs)).map(read<MediaException>),
    untoldExceptions: async () => (await db.all<DocRow>('SELECT doc FROM media_exception WHERE untold = 1 LIMIT 10000')).map(read<MediaException>),
    asking: (id) => one('SELECT doc FROM asking WHERE id = ?', id),
    askings: ({ limit, cursor, states, deviceId, groups }) => {
      const filter = new Conditions()
      filter.oneOf('state', states)
      if (deviceId !== undefined) filter.add('id IN (SELECT asking FROM device_answer WHERE device = ?)', deviceId)
      if (groups !== undefined) filter.add('NOT EXISTS (SELECT 1 FROM device_answer w LEFT JOIN device d ON d.id = w.device WHERE w.asking = asking.id AND (d.grp IS NULL OR d.grp NOT IN (SELECT value FROM each_text(?))))', JSON.stringify(groups))
      return latest<Asking>('asking', 'asked_at', filter, limit, cursor)
    },
    askedSince: async (accountId, sinceMs) => (await db.get<{ n: number }>('SELECT count(*) AS n FROM asking WHERE account = ? AND asked_at >= ?', accountId, sinceMs))?.n ?? 0,
    answersOf: async (askingId) => (await db.all<DocRow>('SELECT doc FROM device_answer WHERE asking = ? ORDER BY device', askingId)).map(read<DeviceAnswer>),
  }
}

export function liveWrites(db: Connection): LiveWriter {
  return {
    saveMediaException: async (row) => void (await db.run(
      'INSERT INTO media_exception (id, user_id, device, state, requested_at, until_at, untold, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET state = ?4, until_at = ?6, untold = ?7, doc = ?8',
      row.id, row.userId, row.deviceId, row.state, row.requestedAtMs, row.untilMs ?? null, row.told === undefined && ['granted', 'refused', 'revoked'].includes(row.state) ? 1 : 0, JSON.stringify(row))),
    saveAsking: async (row) => void (await db.run('INSERT INTO asking (id, account, state, asked_at, doc) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET state = ?3, doc = ?5', row.id, row.askedBy.id, row.state, row.askedAtMs, JSON.stringify(row))),
    saveAnswer: async (row) => void (await db.run('INSERT INTO device_answer (asking, device, doc) VALUES (?1, ?2, ?3) ON CONFLICT (asking, device) DO UPDATE SET doc = ?3', row.askingId, row.deviceId, JSON.stringify(row))),
  }
}
