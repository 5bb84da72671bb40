import { type DeviceDrill, drillState } from '../../domain/drills/drill.ts'
import type { DrillReader, DrillWriter } from '../drills.ts'
import type { Connection } from './connection.ts'

/** Fire drills by device; `state` is what the list of devices is filtered by. */
export const drillMigration = `
  CREATE TABLE device_drill (device TEXT NOT NULL REFERENCES device (id), id TEXT NOT NULL, first_at INTEGER NOT NULL, state TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (device, id)) STRICT;
  CREATE INDEX device_drill_last ON device_drill (device, first_at);
  CREATE INDEX device_drill_at ON device_drill (first_at);
  `

/** State of a device's last drill, for a row of `device`. */
export const LAST_DRILL_STATE = "coalesce((SELECT w.state FROM device_drill w WHERE w.device = device.id ORDER BY w.first_at DESC, w.id DESC LIMIT 1), 'never')"

interface DocRow { readonly doc: string }
/** Documents that this backend wrote itself. */
const toDrill = (row: DocRow): DeviceDrill => JSON.parse(row.doc) as DeviceDrill

export function drillReads(db: Connection): DrillReader {
  const one = async (sql: string, ...values: readonly string[]): Promise<DeviceDrill | undefined> => {
    const row = await db.get<DocRow>(sql, ...values)
    return row === undefined ? undefined : toDrill(row)
  }
  return {
    drill: (deviceId, id) => one('SELECT doc FROM device_drill WHERE device = ? AND id = ?', deviceId, id),
    lastDrill: (deviceId) => one('SELECT doc FROM device_drill WHERE device = ? ORDER BY first_at DESC, id DESC LIMIT 1', deviceId),
    async lastDrills(deviceIds) {
      if (deviceIds.length === 0) return new Map()
      const found = await db.all<DocRow>(
        'SELECT d.doc FROM each_text(?) w JOIN device_drill d ON d.device = w.value AND d.id = (SELECT l.id FROM device_drill l WHERE l.device = w.value ORDER BY l.first_at DESC, l.id DESC LIMIT 1)', JSON.stringify(deviceIds))
      return new Map(found.map(toDrill).map((drill) => [drill.deviceId, drill]))
    },
    drillsSince: async (deviceId, fromMs) => (await db.get<{ n: number }>('SELECT count(*) AS n FROM device_drill WHERE device = ? AND first_at >= ?', deviceId, fromMs))?.n ?? 0,
  }
}

export function drillWrites(db: Connection): DrillWriter {
  return {
    saveDrill: async (drill) => void (await db.run(
      'INSERT INTO device_drill (device, id, first_at, state, doc) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (device, id) DO UPDATE SET state = ?4, doc = ?5', drill.deviceId, drill.id, drill.firstAtMs, drillState(drill), JSON.stringify(drill))),
  }
}
