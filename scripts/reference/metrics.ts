// docs/reference/metrics.md from the table of metrics.
import { metricTable } from '@holdfast/collector/metrics.ts'
import { code, codes, note, table } from './markdown.ts'

export const metricsPage = (): string =>
  [
    note('collector/src/metrics.ts'),
    '# Metrics\n\n`GET /metrics` says these, and those of the process (`process_…`, `nodejs_…`). What is not known yet, such as the time of a backup that was never made, is left out. [Monitoring](../operations/monitoring.md) says how they are scraped, and what watches them.\n\n',
    table(['name', 'type', 'labels', 'meaning'], Object.entries<{ readonly type: string; readonly help: string; readonly labels?: readonly string[] }>(metricTable).map(([name, row]) => [code(name), row.type, codes(row.labels ?? []), row.help])),
  ].join('')
