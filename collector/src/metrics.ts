// What Prometheus reads at GET /metrics. Labels are routes, states and codes, never devices or people.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Where the numbers come from; each is read when somebody asks. */
export interface MetricSources {
  readonly ingest: { readonly messages: number; readonly stored: number; readonly duplicates: number; readonly quarantined: number; readonly failedTransactions: number }
  readonly evaluation: { readonly evaluated: number; readonly failed: number }
  readonly fleet: { readonly heartbeats: number; readonly syncs: number; readonly refused: number }
  bus(): { readonly connected: boolean; readonly streamMessages: number; readonly streamBytes: number; readonly pending: number }
  /** Targets of exports. */
  exports?(): Promise<readonly { readonly target: string; readonly records: number; readonly seconds: number; readonly sent: number; readonly dropped: number; readonly deadLetters: number; readonly failures: number; readonly paused: boolean }[]>
  /** Of a supervised server. */
  busRestarts(): number
  store(): Promise<{ readonly devices: number; readonly activities: number; readonly alerts: readonly { readonly status: string; readonly severity: string; readonly count: number }[] }>
}

export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** @param route its pattern, never its parameters */
  httpAnswered(method: string, route: string, status: number, seconds: number): void
  alertChanged(change: 'created' | 'updated'): void
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `holdfast_${name}`, help, registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `holdfast_${name}`, help, registers,
      collect() {
        this.set(read())
      },
    })

  const { ingest, evaluation, fleet } = sources
  counter('ingest_messages_total', 'Messages taken from the stream.', () => ingest.messages)
  counter('ingest_activities_stored_total', 'Activities stored.', () => ingest.stored)
  counter('ingest_activities_duplicate_total', 'Activities that were stored before.', () => ingest.duplicates)
  counter('ingest_quarantined_total', 'Messages and activities put into quarantine.', () => ingest.quarantined)
  counter('ingest_transactions_failed_total', 'Ingest transactions that were rolled back.', () => ingest.failedTransactions)
  counter('evaluation_users_total', 'Evaluations of a user.', () => evaluation.evaluated)
  counter('evaluation_failed_total', 'Evaluations that failed; they are tried again.', () => evaluation.failed)
  counter('fleet_heartbeats_total', 'Heartbeats received.', () => fleet.heartbeats)
  counter('fleet_syncs_total', 'Sync requests received.', () => fleet.syncs)
  counter('fleet_refused_total', 'Messages of unknown or revoked devices, or not readable.', () => fleet.refused)
  gauge('bus_connected', '1 while there is a connection to NATS.', () => (sources.bus().connected ? 1 : 0))
  gauge('bus_stream_messages', 'Messages in the activity stream.', () => sources.bus().streamMessages)
  gauge('bus_stream_bytes', 'Size of the activity stream.', () => sources.bus().streamBytes)
  gauge('bus_pending_messages', 'Messages that ingest has not acknowledged.', () => sources.bus().pending)
  counter('bus_server_restarts_total', 'How often the supervised nats-server had to be started again.', () => sources.busRestarts())
  gauge('process_resident_bytes', 'Memory of the collector.', () => process.memoryUsage.rss())

  const perTarget = (name: string, help: string) => new Gauge({ name: `holdfast_export_${name}`, help, labelNames: ['target'], registers })
  const exported = {
    records: perTarget('lag_records', 'Records that wait for a target.'), seconds: perTarget('lag_seconds', 'Age of the oldest record that waits for a target.'), sent: perTarget('records_sent', 'Records that a target took.'), dropped: perTarget('records_dropped', 'Records that went before a target had them.'),
    deadLetters: perTarget('dead_letters', 'Records that a target refused for good.'), failures: perTarget('failures', 'Failed tries of a target in a row.'), paused: perTarget('paused', '1 while a target is paused.'),
  }
  const devices = new Gauge({ name: 'holdfast_devices', help: 'Enrolled devices.', registers })
  const activities = new Gauge({ name: 'holdfast_activities', help: 'Activities in the store.', registers })
  const alerts = new Gauge({ name: 'holdfast_alerts', help: 'Alerts in the store.', labelNames: ['status', 'severity'], registers })
  const changes = new Counter({ name: 'holdfast_alert_changes_total', help: 'Alerts made and updated by evaluation.', labelNames: ['change'], registers })
  const http = new Histogram({ name: 'holdfast_http_seconds', help: 'Time to answer a request.', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers })

  return {
    contentType: registry.contentType,
    async text() {
      const held = await sources.store()
      devices.set(held.devices)
      activities.set(held.activities)
      alerts.reset()
      for (const row of held.alerts) alerts.set({ status: row.status, severity: row.severity }, row.count)
      for (const gaugeOf of Object.values(exported)) gaugeOf.reset()
      for (const row of (await sources.exports?.()) ?? []) for (const [name, gaugeOf] of Object.entries(exported)) gaugeOf.set({ target: row.target }, Number(row[name as keyof typeof exported]))
      return registry.metrics()
    },
    httpAnswered: (method, route, status, seconds) => http.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
    alertChanged: (change) => changes.inc({ change }),
  }
}
