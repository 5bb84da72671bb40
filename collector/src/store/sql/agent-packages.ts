import { DEVICE_STATES, type RolloutDevice } from '../../domain/rollout/rollout.ts'
import type { AgentDevice, AgentPackage, AgentUpgrade, DeviceUpgrade } from '../../domain/rollout/upgrade.ts'
import type { AgentCount, AgentPackageReader, AgentPackageWriter } from '../agent-packages.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { alertsQuery, DEVICE_ORDER, type FactsRow, factsQuery, toFacts } from './rollouts.ts'

/** Releases of the agent; their files are beside the database. Roll-outs of versions, and where each device is. */
export const agentPackageMigration = `
  CREATE TABLE agent_package (id TEXT PRIMARY KEY, version TEXT NOT NULL, platform TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE TABLE agent_upgrade (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, grp TEXT NOT NULL, state TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX agent_upgrade_group ON agent_upgrade (grp, k);
  CREATE TABLE agent_upgrade_device (rollout TEXT NOT NULL, device TEXT NOT NULL, ring INTEGER NOT NULL, state TEXT NOT NULL, moved_at INTEGER, doc TEXT NOT NULL, PRIMARY KEY (rollout, device)) STRICT, WITHOUT ROWID;
  CREATE INDEX agent_upgrade_device_of ON agent_upgrade_device (device, rollout) WHERE moved_at IS NOT NULL;
  `

interface DocRow { readonly k: number; readonly id: string; readonly doc: string }
/** Documents that this backend wrote itself. */
const toUpgrade = (row: { readonly doc: string }): AgentUpgrade => JSON.parse(row.doc) as AgentUpgrade
const toPackage = (row: { readonly doc: string }): AgentPackage => JSON.parse(row.doc) as AgentPackage
const toDevice = (row: { readonly doc: string }): RolloutDevice => JSON.parse(row.doc) as RolloutDevice

interface AgentRow { readonly id: string; readonly hostname: string; readonly grp: string; readonly agent_version: string | null; readonly uptime: number | null; readonly upgrade: string | null }
const toAgent = ({ id, hostname, grp, agent_version: agentVersion, uptime, upgrade }: AgentRow): AgentDevice => ({ deviceId: id, hostname, group: grp, agentVersion: agentVersion ?? '', uptimeSecs: uptime ?? 0, ...(upgrade === null ? {} : { upgrade: JSON.parse(upgrade) as DeviceUpgrade }) })
const AGENT = "d.hostname, d.grp, d.report ->> '$.agentVersion' AS agent_version, CAST(d.report ->> '$.uptimeSecs' AS DOUBLE PRECISION) AS uptime, d.report ->> '$.upgrade' AS upgrade"
const FACTS = factsQuery('agent_upgrade_device', `, ${AGENT}`)
const ACTIVE = "d.status = 'active' AND d.public_key <> ''"

export function agentPackageReads(db: Connection): AgentPackageReader {
  return {
    async agentPackage(id) {
      const row = await db.get<DocRow>('SELECT doc FROM agent_package WHERE id = ?', id)
      return row === undefined ? undefined : toPackage(row)
    },
    agentPackages: async () => (await db.all<DocRow>('SELECT doc FROM agent_package ORDER BY version, platform, id')).map(toPackage),
    async agentUpgrade(id) {
      const row = await db.get<DocRow>('SELECT doc FROM agent_upgrade WHERE id = ?', id)
      return row === undefined ? undefined : toUpgrade(row)
    },
    async agentUpgrades({ limit, cursor, group, groups }) {
      const filter = new Conditions()
      if (group !== undefined) filter.add('grp = ?', group)
      filter.anyOf('grp', groups)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM agent_upgrade${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) filter.add('k < ?', decodeCursor(cursor).value)
      const found = await db.all<DocRow>(`SELECT * FROM agent_upgrade${filter.where()} ORDER BY k DESC LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, toUpgrade, (row) => encodeCursor(row.k, row.id)), total }
    },
    latestAgentUpgrades: async () => (await db.all<DocRow>('SELECT doc FROM agent_upgrade WHERE k IN (SELECT max(k) FROM agent_upgrade GROUP BY grp) ORDER BY k')).map(toUpgrade),
    upgradeDevices: async (upgradeId) => (await db.all<{ doc: string }>('SELECT doc FROM agent_upgrade_device WHERE rollout = ? ORDER BY device', upgradeId)).map(toDevice),
    async upgradeDevicePage({ limit, cursor, upgradeId, states, ring }) {
      const filter = new Conditions()
      filter.add('r.rollout = ?', upgradeId)
      filter.oneOf('r.state', states)
      if (ring !== undefined) filter.add('r.ring = ?', ring)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM agent_upgrade_device r${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        filter.add(`(${DEVICE_ORDER}, r.device) > (?, ?)`, value, id)
      }
      const found = await db.all<{ device: string; doc: string; hostname: string | null; place: number }>(`SELECT r.device, r.doc, d.hostname, ${DEVICE_ORDER} AS place FROM agent_upgrade_device r LEFT JOIN device d ON d.id = r.device${filter.where()} ORDER BY place, r.device LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, (row) => ({ ...toDevice(row), hostname: row.hostname ?? row.device }), (row) => encodeCursor(row.place, row.device)), total }
    },
    upgradeCounts: async (upgradeId) => {
      const rows = await db.all<{ ring: number; state: string; devices: number; moved: number }>('SELECT ring, state, count(*) AS devices, count(moved_at) AS moved FROM agent_upgrade_device WHERE rollout = ? GROUP BY ring, state ORDER BY ring, state', upgradeId)
      return rows.flatMap((row) => DEVICE_STATES.filter((state) => state === row.state).map((state) => ({ ...row, state })))
    },
    upgradeFacts: async (upgradeId, group) => new Map((await db.all<FactsRow & AgentRow>(FACTS, upgradeId, group)).map((row) => [row.id, { base: toFacts(row), agent: toAgent(row) }])),
    upgradeAlerts: async (upgradeId, fromMs, toMs) => (await db.get<{ n: number }>(alertsQuery('agent_upgrade_device'), upgradeId, fromMs, toMs))?.n ?? 0,
    async upgradeOf(deviceId) {
      const row = await db.get<DocRow>('SELECT u.doc FROM agent_upgrade u JOIN agent_upgrade_device r ON r.rollout = u.id AND r.device = ? WHERE r.moved_at IS NOT NULL ORDER BY u.k DESC LIMIT 1', deviceId)
      return row === undefined ? undefined : toUpgrade(row)
    },
    agentDevices: async (group, exceptOf = '') => (await db.all<AgentRow>(`SELECT d.id, ${AGENT} FROM device d WHERE d.grp = ? AND ${ACTIVE} AND NOT EXISTS (SELECT 1 FROM agent_upgrade_device r WHERE r.rollout = ? AND r.device = d.id) ORDER BY d.k`, group, exceptOf)).map(toAgent),
    async agentDevice(deviceId) {
      const row = await db.get<AgentRow>(`SELECT d.id, ${AGENT} FROM device d WHERE d.id = ? AND ${ACTIVE}`, deviceId)
      return row === undefined ? undefined : toAgent(row)
    },
    agentCounts: async () => db.all<AgentCount & Record<string, unknown>>(
      `SELECT d.grp AS "group", coalesce(d.report ->> '$.agentVersion', '') AS "agentVersion", coalesce(d.report ->> '$.upgrade.platform', '') AS "platform", coalesce(d.report ->> '$.upgrade.unable', 'UNKNOWN') AS "unable", coalesce(d.report ->> '$.upgrade.keyId', '') AS "keyId", count(*) AS "devices"
       FROM device d WHERE ${ACTIVE} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`),
  }
}

export function agentPackageWrites(db: Connection): AgentPackageWriter {
  return {
    saveAgentPackage: async (found) => void (await db.run('INSERT INTO agent_package (id, version, platform, doc) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET doc = ?4', found.id, found.version, found.platform, JSON.stringify(found))),
    deleteAgentPackage: async (id) => void (await db.run('DELETE FROM agent_package WHERE id = ?', id)),
    saveAgentUpgrade: async (upgrade) => void (await db.run('INSERT INTO agent_upgrade (id, grp, state, doc) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET state = ?3, doc = ?4', upgrade.id, upgrade.group, upgrade.state, JSON.stringify(upgrade))),
    async saveUpgradeDevices(upgradeId, devices) {
      if (devices.length === 0) return
      await db.run(
        `INSERT INTO agent_upgrade_device (rollout, device, ring, state, moved_at, doc) SELECT ?1, w.value ->> 0, CAST(w.value ->> 1 AS BIGINT), w.value ->> 2, CAST(w.value ->> 3 AS BIGINT), w.value ->> 4 FROM each_row(?2) w WHERE true
         ON CONFLICT (rollout, device) DO UPDATE SET ring = excluded.ring, state = excluded.state, moved_at = excluded.moved_at, doc = excluded.doc`, upgradeId, JSON.stringify(devices.map((row) => [row.deviceId, row.ring, row.state, row.movedAtMs ?? null, JSON.stringify(row)])))
    },
  }
}
