import type { FleetNotice } from '../../domain/people/fleet-notice.ts'
import type { FleetReader, FleetWriter } from '../fleet.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { DEVICE_COLUMNS, type DeviceRow, toDevice } from './rows.ts'

/** What administrators wrote down of a device (`doc`), the faults that it had when last looked at, and notices on the fleet. */
export const fleetMigration = `
  ALTER TABLE device ADD COLUMN doc TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE device ADD COLUMN faults TEXT NOT NULL DEFAULT '[]';
  CREATE INDEX device_seen ON device (grp, last_seen_at) WHERE status = 'active';
  CREATE INDEX device_key ON device (public_key);
  CREATE INDEX device_merged ON device (doc ->> '$.mergedInto') WHERE doc ->> '$.mergedInto' IS NOT NULL;
  CREATE TABLE fleet_notice (id TEXT PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, device TEXT, raised_at INTEGER NOT NULL, cleared_at INTEGER, doc TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX fleet_notice_open ON fleet_notice (key) WHERE cleared_at IS NULL;
  CREATE INDEX fleet_notice_raised ON fleet_notice (raised_at, id);
  CREATE INDEX fleet_notice_device ON fleet_notice (device, raised_at);
  `

interface NoticeRow { readonly id: string; readonly raised_at: number; readonly doc: string }
/** Documents that this backend wrote itself. */
const toNotice = (row: NoticeRow): FleetNotice => JSON.parse(row.doc) as FleetNotice

export function fleetReads(db: Connection): FleetReader {
  const one = async (where: string, value: string): Promise<FleetNotice | undefined> => {
    const row = await db.get<NoticeRow>(`SELECT * FROM fleet_notice WHERE ${where}`, value)
    return row === undefined ? undefined : toNotice(row)
  }
  return {
    fleetNotice: (id) => one('id = ?', id),
    openFleetNotice: (key) => one('key = ? AND cleared_at IS NULL', key),
    async fleetNotices({ limit, cursor, open, kind, deviceId, sinceMs, groups }) {
      const filter = new Conditions()
      if (open !== undefined) filter.add(open ? 'cleared_at IS NULL' : 'cleared_at IS NOT NULL')
      filter.oneOf('kind', kind)
      if (deviceId !== undefined) filter.add('device = ?', deviceId)
      if (sinceMs !== undefined) filter.add('raised_at >= ?', sinceMs)
      if (groups !== undefined) filter.add("(device IN (SELECT d.id FROM device d WHERE d.grp IN (SELECT value FROM each_text(?))) OR doc ->> '$.rolloutId' IN (SELECT r.id FROM rollout r WHERE r.grp IN (SELECT value FROM each_text(?))))", JSON.stringify(groups), JSON.stringify(groups))
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM fleet_notice${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        filter.add('(raised_at, id) < (?, ?)', value, id)
      }
      const found = await db.all<NoticeRow>(`SELECT * FROM fleet_notice${filter.where()} ORDER BY raised_at DESC, id DESC LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, toNotice, (row) => encodeCursor(row.raised_at, row.id)), total }
    },
    async deviceByPublicKey(publicKey) {
      const row = await db.get<DeviceRow>(`SELECT ${DEVICE_COLUMNS} FROM device WHERE public_key = ? ORDER BY status = 'active' DESC, k LIMIT 1`, publicKey)
      return row === undefined ? undefined : toDevice(row)
    },
    silentDevices: async (group, beforeMs, limit) =>
      (await db.all<DeviceRow>("SELECT * FROM device WHERE grp = ? AND status = 'active' AND last_seen_at < ? ORDER BY last_seen_at LIMIT ?", group, beforeMs, limit)).map(toDevice),
    mergedDevices: async (deviceId) => (await db.all<DeviceRow>(`SELECT ${DEVICE_COLUMNS} FROM device WHERE doc ->> '$.mergedInto' = ? ORDER BY k`, deviceId)).map(toDevice),
    deviceTags: (groups) => {
      const filter = new Conditions()
      filter.anyOf('device.grp', groups)
      return db.all(`SELECT t.value AS tag, count(*) AS devices FROM device, each_text(device.doc, '$.tags') t${filter.where()} GROUP BY t.value ORDER BY t.value`, ...filter.values)
    },
    faultCounts: (groups) => {
      const filter = new Conditions()
      filter.add("status = 'active'")
      filter.anyOf('device.grp', groups)
      return db.all(`SELECT f.value AS code, count(*) AS devices FROM device, each_text(device.faults) f${filter.where()} GROUP BY f.value ORDER BY f.value`, ...filter.values)
    },
  }
}

export function fleetWrites(db: Connection): FleetWriter {
  return {
    saveFleetNotice: async (notice) => void (await db.run(
      'INSERT INTO fleet_notice (id, key, kind, device, raised_at, cleared_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET cleared_at = ?6, doc = ?7',
      notice.id, notice.key, notice.kind, notice.deviceId ?? null, notice.raisedAtMs, notice.clearedAtMs ?? null, JSON.stringify(notice))),
    saveDeviceFaults: async (deviceId, codes) => void (await db.run('UPDATE device SET faults = ?2 WHERE id = ?1 AND faults <> ?2', deviceId, JSON.stringify(codes))),
  }
}
