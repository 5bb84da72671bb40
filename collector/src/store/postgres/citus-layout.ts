// How the tables would lie on Citus (adr/0036), and what of the schema Citus would refuse.
import type { Connection } from '../sql/connection.ts'

/** Column by which a table would be cut. */
export const CUT: Readonly<Record<string, string>> = {
  activity: 'person', insight: 'person', alert: 'person', trigger_event: 'person', dismissed_activity: 'person', risk_level: 'person', mark: 'person', ledger: 'epoch',
}

/** Copied to every node. */
export const COPIED: ReadonlySet<string> = new Set(['person', 'identity', 'device', 'epoch', 'policy', 'setting', 'account'])

/** Read with the cut tables by nobody, and small. */
export const LOCAL: ReadonlySet<string> = new Set([
  'account', 'activity_report', 'activity_review', 'agent_package', 'agent_policy', 'agent_upgrade', 'agent_upgrade_device', 'alert_history', 'alert_operation', 'api_token', 'asking', 'audit', 'audit_checkpoint', 'audit_subject', 'case_bundle', 'case_event', 'case_file', 'case_note', 'case_ticket', 'connector_item',
  'connector_run', 'custody', 'default_view', 'device_answer', 'device_drill', 'device_policy', 'enrolment_code', 'enrolment_request', 'evidence', 'export_dead', 'export_replay', 'export_target', 'fleet_notice', 'holdfast_migration', 'holdfast_schema', 'import_stage',
  'legal_hold', 'mail', 'media_exception', 'notice', 'notice_template', 'outbox', 'person_change', 'person_key', 'priority_group', 'privacy_request', 'quarantine', 'report_share', 'retention_run', 'risk_level', 'rollout', 'rollout_device', 'rollout_revision', 'saved_view',
  'scim_resource', 'session', 'share_link', 'ticket_order', 'ticket_target', 'unit',
])

/** Known to be changed on the day when somebody cuts: unique indexes that have to hold the column as well. */
export const TO_BE_WIDENED: ReadonlySet<string> = new Set(['activity_key', 'activity_epoch', 'alert_pkey', 'trigger_event_pkey', 'dismissed_activity_pkey'])

/** @returns what Citus would refuse, and tables that nobody has placed; empty when the layout holds */
export async function layoutProblems(db: Connection): Promise<readonly string[]> {
  const tables = (await db.all<{ name: string }>("SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition")).map(({ name }) => name)
  const unique = await db.all<{ table: string; name: string; columns: string }>(
    `SELECT t.relname AS "table", i.relname AS name, (SELECT string_agg(a.attname, ' ') FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (x.indkey::int2[])) AS columns
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace AND NOT t.relispartition`)
  const references = await db.all<{ table: string; to: string; name: string }>(
    `SELECT conrelid::regclass::text AS "table", confrelid::regclass::text AS "to", conname AS name FROM pg_constraint WHERE contype = 'f'`)
  return [
    ...tables.filter((table) => CUT[table] === undefined && !COPIED.has(table) && !LOCAL.has(table)).map((table) => `${table} has no place`),
    ...Object.keys(CUT).filter((table) => !tables.includes(table)).map((table) => `${table} is not there`),
    ...unique.flatMap(({ table, name, columns }) => (CUT[table] === undefined || columns.split(' ').includes(CUT[table]) || TO_BE_WIDENED.has(name) ? [] : [`${name} of ${table} is unique without ${CUT[table]}`])),
    ...references.flatMap(({ table, to, name }) => {
      const isCut = CUT[table] !== undefined
      // From a cut table to a copied one, or among those that are not cut.
      return (isCut && !COPIED.has(to)) || (!isCut && CUT[to] !== undefined) ? [`${name} of ${table} leads to ${to}`] : []
    }),
  ]
}
