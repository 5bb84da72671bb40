// What Prometheus reads at GET /metrics: one table, and a registry that reads its sources when somebody asks.
//
// Names follow the conventions of Prometheus: `holdfast_`, the area, base units, `_total` for what only rises. Labels are routes,
// states and codes of tables of ours, the targets of exports and the versions of agents, never devices or people: what devices
// name is bounded in number. docs/reference/metrics.md is made from the table; deploy/monitoring is tested against it.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

interface MetricRow {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly labels?: readonly string[]
  /** Upper bounds, in seconds. */
  readonly buckets?: readonly number[]
}

const counter = (help: string, ...labels: readonly string[]): MetricRow => ({ type: 'counter', help, labels })
const gauge = (help: string, ...labels: readonly string[]): MetricRow => ({ type: 'gauge', help, labels })
const FAST = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]
const SLOW = [0.1, 0.5, 1, 2, 5, 15, 60, 300, 3600]

/** Every metric of ours; those of the process itself (`process_…`, `nodejs_…`) are prom-client's own. */
export const metricTable = {
  holdfast_build_info: gauge('1, with the version of the collector.', 'version'),
  holdfast_log_messages_total: counter('Lines of the log.', 'level'),

  holdfast_ingest_messages_total: counter('Messages taken from the stream.'),
  holdfast_ingest_activities_stored_total: counter('Activities stored.'),
  holdfast_ingest_activities_duplicate_total: counter('Activities that were stored before.'),
  holdfast_ingest_quarantined_total: counter('Messages and activities put into quarantine.'),
  holdfast_ingest_transactions_failed_total: counter('Ingest transactions that were rolled back.'),
  holdfast_ingest_transaction_duration_seconds: { type: 'histogram', help: 'Time of an ingest transaction, with its commit on disk.', buckets: FAST },
  holdfast_quarantine_messages: gauge('Messages in quarantine.'),

  holdfast_evaluation_users_total: counter('Evaluations of a user.'),
  holdfast_evaluation_failed_total: counter('Evaluations that failed; they are tried again.'),
  holdfast_evaluation_waiting_users: gauge('Users that wait to be scored; counted up to 1000.'),
  holdfast_alert_changes_total: counter('Alerts made and updated by evaluation.', 'change'),
  holdfast_alerts: gauge('Alerts in the store.', 'status', 'severity'),

  holdfast_fleet_heartbeats_total: counter('Heartbeats received.'),
  holdfast_fleet_syncs_total: counter('Sync requests received.'),
  holdfast_fleet_refused_total: counter('Messages of unknown or revoked devices, or not readable.'),
  holdfast_devices: gauge('Enrolled devices.'),
  holdfast_fleet_devices: gauge('Devices by health, as of the last look over the fleet.', 'health'),
  holdfast_fleet_device_faults: gauge('Devices with a fault; the codes are in device-health.md.', 'code'),
  holdfast_fleet_agents: gauge('Devices that were heard, by the version of their agent.', 'version'),
  holdfast_fleet_sensors: gauge('Sensors of devices that are in touch, by tier.', 'sensor', 'tier'),
  holdfast_fleet_spool_bytes: gauge('Size of the spools of all devices.'),
  holdfast_fleet_spool_activities: gauge('Activities that devices hold and the collector has not acknowledged.'),
  holdfast_fleet_spool_dropped_activities: gauge('Activities that devices had to drop and told of, over their present spools.'),
  holdfast_fleet_agent_resident_bytes: gauge('Memory of agents of devices that are in touch.', 'of'),
  holdfast_fleet_agent_cpu_ratio: gauge('Share of one core that agents of devices in touch use.', 'of'),
  holdfast_fleet_looked_over_timestamp_seconds: gauge('When the last look over the fleet ended.'),

  holdfast_bus_connected: gauge('1 while there is a connection to NATS.'),
  holdfast_bus_stream_messages: gauge('Messages in the activity stream.'),
  holdfast_bus_stream_bytes: gauge('Size of the activity stream.'),
  holdfast_bus_stream_limit_bytes: gauge('Size at which the activity stream takes no more.'),
  holdfast_bus_pending_messages: gauge('Messages that ingest has not acknowledged.'),
  holdfast_bus_server_restarts_total: counter('How often the supervised nats-server had to be started again.'),

  holdfast_activities: gauge('Activities that were ever stored, by the ledger; a clean-up does not lower it.'),
  holdfast_store_bytes: gauge('Size of what the collector keeps on its disk: the database, its write-ahead log, evidence.', 'part'),
  holdfast_disk_size_bytes: gauge('Size of the file system of the data folder.'),
  holdfast_disk_free_bytes: gauge('What the collector may still use of it.'),
  holdfast_retention_finished_timestamp_seconds: gauge('When the last clean-up that went through ended.'),
  holdfast_retention_failed: gauge('1 when the last clean-up failed.'),
  holdfast_retention_removed_rows: gauge('Rows that the last clean-up took away.', 'class'),
  holdfast_backup_made_timestamp_seconds: gauge('When the last backup was made; absent: none ever.'),
  holdfast_backup_failed: gauge('1 when the last try of a backup failed.'),
  holdfast_backup_drill_timestamp_seconds: gauge('When a backup was last tried out and found whole; absent: never.'),
  holdfast_certificate_expiry_timestamp_seconds: gauge('End of a certificate.', 'certificate'),

  holdfast_export_lag_records: gauge('Records that wait for a target.', 'target'),
  holdfast_export_lag_seconds: gauge('Age of the oldest record that waits for a target.', 'target'),
  holdfast_export_sent_records_total: counter('Records that a target took.', 'target'),
  holdfast_export_dropped_records_total: counter('Records that went before a target had them.', 'target'),
  holdfast_export_dead_letters: gauge('Records that a target refused for good.', 'target'),
  holdfast_export_failures: gauge('Failed tries of a target in a row.', 'target'),
  holdfast_export_paused: gauge('1 while a target is paused.', 'target'),

  holdfast_http_request_duration_seconds: { type: 'histogram', help: 'Time to answer a request.', labels: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.1, 0.2, 0.5, 2, 10] },
  holdfast_scrape_duration_seconds: { type: 'histogram', help: 'Time to read all of these.', buckets: SLOW },
} as const satisfies Readonly<Record<string, MetricRow>>

export type MetricName = keyof typeof metricTable

/** A value with its labels, by their names. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** Of the fleet, as of one look over all of it. */
export interface FleetFigures {
  readonly endedAtMs: number
  readonly health: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly versions: Readonly<Record<string, number>>
  readonly sensors: readonly { readonly sensor: string; readonly tier: string; readonly devices: number }[]
  readonly spool: { readonly bytes: number; readonly activities: number; readonly dropped: number }
  readonly residentBytes: { readonly mean: number; readonly most: number }
  readonly cpuRatio: { readonly mean: number; readonly most: number }
}

/** Of the machine and the jobs that run by themselves; what is not known is left out. */
export interface UpkeepFigures {
  readonly parts: Readonly<Record<string, number>>
  readonly diskSizeBytes: number
  readonly diskFreeBytes: number
  readonly waitingUsers: number
  readonly quarantined: number
  readonly retention?: { readonly finishedAtMs?: number; readonly failed: boolean; readonly removed: Readonly<Record<string, number>> }
  readonly backup?: { readonly madeAtMs?: number; readonly failed: boolean; readonly drilledAtMs?: number }
  readonly certificates: Readonly<Record<string, number>>
}

/** Where the numbers come from; each is read when somebody asks. */
export interface MetricSources {
  readonly version?: string
  readonly ingest: { readonly messages: number; readonly stored: number; readonly duplicates: number; readonly quarantined: number; readonly failedTransactions: number }
  readonly evaluation: { readonly evaluated: number; readonly failed: number }
  readonly fleet: { readonly heartbeats: number; readonly syncs: number; readonly refused: number }
  bus(): { readonly connected: boolean; readonly streamMessages: number; readonly streamBytes: number; readonly pending: number }
  readonly busMaxBytes?: number
  /** Targets of exports. */
  exports?(): Promise<readonly { readonly target: string; readonly records: number; readonly seconds: number; readonly sent: number; readonly dropped: number; readonly deadLetters: number; readonly failures: number; readonly paused: boolean }[]>
  /** Of a supervised server. */
  busRestarts(): number
  store(): Promise<{ readonly devices: number; readonly activities: number; readonly alerts: readonly { readonly status: string; readonly severity: string; readonly count: number }[] }>
  /** Absent before the first look over the fleet, and in a process that does none. */
  looked?(): FleetFigures | undefined
  upkeep?(): Promise<UpkeepFigures>
  /** Lines of the log, by level. */
  readonly logged?: Readonly<Record<string, number>>
}

export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** @param route its pattern, never its parameters */
  httpAnswered(method: string, route: string, status: number, seconds: number): void
  alertChanged(change: 'created' | 'updated'): void
  ingestCommitted(seconds: number): void
}

const one = (value: number): readonly Sample[] => [[{}, value]]
const by = (label: string, values: Readonly<Record<string, number>>): readonly Sample[] => Object.entries(values).map(([name, value]) => [{ [label]: name }, value])
const seconds = (ms: number | undefined): readonly Sample[] => (ms === undefined ? [] : one(ms / 1000))
const flag = (value: boolean): readonly Sample[] => one(value ? 1 : 0)

type Samples = Partial<Record<MetricName, readonly Sample[]>>

function fleetSamples(figures: FleetFigures | undefined): Samples {
  if (figures === undefined) return {}
  return {
    holdfast_fleet_devices: by('health', figures.health), holdfast_fleet_device_faults: by('code', figures.faults), holdfast_fleet_agents: by('version', figures.versions),
    holdfast_fleet_sensors: figures.sensors.map(({ sensor, tier, devices }) => [{ sensor, tier }, devices]),
    holdfast_fleet_spool_bytes: one(figures.spool.bytes), holdfast_fleet_spool_activities: one(figures.spool.activities), holdfast_fleet_spool_dropped_activities: one(figures.spool.dropped),
    holdfast_fleet_agent_resident_bytes: by('of', { ...figures.residentBytes }), holdfast_fleet_agent_cpu_ratio: by('of', { ...figures.cpuRatio }), holdfast_fleet_looked_over_timestamp_seconds: seconds(figures.endedAtMs),
  }
}

function upkeepSamples(figures: UpkeepFigures | undefined): Samples {
  if (figures === undefined) return {}
  const { retention, backup } = figures
  return {
    holdfast_store_bytes: by('part', figures.parts), holdfast_disk_size_bytes: one(figures.diskSizeBytes), holdfast_disk_free_bytes: one(figures.diskFreeBytes), holdfast_evaluation_waiting_users: one(figures.waitingUsers), holdfast_quarantine_messages: one(figures.quarantined),
    ...(retention === undefined ? {} : { holdfast_retention_finished_timestamp_seconds: seconds(retention.finishedAtMs), holdfast_retention_failed: flag(retention.failed), holdfast_retention_removed_rows: by('class', retention.removed) }),
    ...(backup === undefined ? {} : { holdfast_backup_made_timestamp_seconds: seconds(backup.madeAtMs), holdfast_backup_failed: flag(backup.failed), holdfast_backup_drill_timestamp_seconds: seconds(backup.drilledAtMs) }),
    holdfast_certificate_expiry_timestamp_seconds: by('certificate', Object.fromEntries(Object.entries(figures.certificates).map(([name, ms]) => [name, ms / 1000]))),
  }
}

/** Everything that is read when it is asked for. */
async function readSamples(sources: MetricSources): Promise<Samples> {
  const { ingest, evaluation, fleet } = sources
  const [held, exported, upkeep] = await Promise.all([sources.store(), sources.exports?.() ?? [], sources.upkeep?.()])
  const bus = sources.bus()
  const perTarget = (read: (row: (typeof exported)[number]) => number): readonly Sample[] => exported.map((row) => [{ target: row.target }, read(row)])
  return {
    ...(sources.version === undefined ? {} : { holdfast_build_info: [[{ version: sources.version }, 1]] as const }), ...(sources.logged === undefined ? {} : { holdfast_log_messages_total: by('level', sources.logged) }),
    holdfast_ingest_messages_total: one(ingest.messages), holdfast_ingest_activities_stored_total: one(ingest.stored), holdfast_ingest_activities_duplicate_total: one(ingest.duplicates), holdfast_ingest_quarantined_total: one(ingest.quarantined), holdfast_ingest_transactions_failed_total: one(ingest.failedTransactions),
    holdfast_evaluation_users_total: one(evaluation.evaluated), holdfast_evaluation_failed_total: one(evaluation.failed), holdfast_fleet_heartbeats_total: one(fleet.heartbeats), holdfast_fleet_syncs_total: one(fleet.syncs), holdfast_fleet_refused_total: one(fleet.refused),
    holdfast_bus_connected: flag(bus.connected), holdfast_bus_stream_messages: one(bus.streamMessages), holdfast_bus_stream_bytes: one(bus.streamBytes), holdfast_bus_pending_messages: one(bus.pending), holdfast_bus_server_restarts_total: one(sources.busRestarts()),
    ...(sources.busMaxBytes === undefined ? {} : { holdfast_bus_stream_limit_bytes: one(sources.busMaxBytes) }),
    holdfast_devices: one(held.devices), holdfast_activities: one(held.activities), holdfast_alerts: held.alerts.map(({ status, severity, count }) => [{ status, severity }, count]),
    holdfast_export_lag_records: perTarget((row) => row.records), holdfast_export_lag_seconds: perTarget((row) => row.seconds), holdfast_export_sent_records_total: perTarget((row) => row.sent), holdfast_export_dropped_records_total: perTarget((row) => row.dropped),
    holdfast_export_dead_letters: perTarget((row) => row.deadLetters), holdfast_export_failures: perTarget((row) => row.failures), holdfast_export_paused: perTarget((row) => (row.paused ? 1 : 0)),
    ...fleetSamples(sources.looked?.()), ...upkeepSamples(upkeep),
  }
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const read = new Map<string, Counter | Gauge>()
  const histograms = new Map<string, Histogram>()
  for (const [name, row] of Object.entries<MetricRow>(metricTable)) {
    const { type, help, labels = [], buckets = [] } = row
    if (type === 'histogram') histograms.set(name, new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }))
    else read.set(name, new (type === 'counter' ? Counter : Gauge)({ name, help, labelNames: [...labels], registers }))
  }
  const observe = (name: MetricName, labels: Readonly<Record<string, string>>, value: number): void => histograms.get(name)?.observe(labels, value)
  const changes = { created: 0, updated: 0 }
  // Two who ask at once must not see each other's half.
  let asking: Promise<unknown> = Promise.resolve()

  const answer = async (): Promise<string> => {
    const begun = performance.now()
    const samples: Samples = { ...(await readSamples(sources)), holdfast_alert_changes_total: by('change', changes) }
    for (const [name, metric] of read) {
      metric.reset()
      for (const [labels, value] of samples[name as MetricName] ?? []) metric.inc({ ...labels }, value)
      // Without labels prom-client says 0 by itself; what is not known is not said.
      if (samples[name as MetricName]?.length !== 0 && samples[name as MetricName] !== undefined) continue
      metric.remove({})
    }
    observe('holdfast_scrape_duration_seconds', {}, (performance.now() - begun) / 1000)
    return registry.metrics()
  }

  return {
    contentType: registry.contentType,
    text() {
      const mine = asking.then(answer)
      asking = mine.catch(() => {})
      return mine
    },
    httpAnswered: (method, route, status, took) => observe('holdfast_http_request_duration_seconds', { method, route, status: `${Math.floor(status / 100)}xx` }, took),
    alertChanged: (change) => void (changes[change] += 1),
    ingestCommitted: (took) => observe('holdfast_ingest_transaction_duration_seconds', {}, took),
  }
}
