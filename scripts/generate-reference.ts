// Makes docs/reference from the tables of the code; `--check` fails when the committed pages differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { activitiesPage } from './reference/activities.ts'
import { activitySchema } from './reference/activity-schema.ts'
import { configPage } from './reference/config.ts'
import { detectionPage } from './reference/detection.ts'
import { deviceHealthPage } from './reference/device-health.ts'
import { errorsPage } from './reference/errors.ts'
import { faultsPage } from './reference/faults.ts'
import { indicatorsPage } from './reference/indicators.ts'
import { insightsPage } from './reference/insights.ts'
import { metricsPage } from './reference/metrics.ts'
import { permissionsPage } from './reference/permissions.ts'
import { policiesPage } from './reference/policies.ts'
import { sensitiveTypesPage } from './reference/sensitive-types.ts'
import { sensorsPage } from './reference/sensors.ts'
import { supportModule, supportPage } from './reference/support.ts'

const folder = join(import.meta.dirname, '../docs/reference')

/** File -> what makes it. replay.md is written by hand. */
const pages: Readonly<Record<string, () => string>> = {
  'activities.md': activitiesPage,
  'activity.schema.json': activitySchema,
  'config.md': configPage,
  'detection.md': detectionPage,
  'device-health.md': deviceHealthPage,
  'errors.md': errorsPage,
  'faults.md': faultsPage,
  'indicators.md': indicatorsPage,
  'insights.md': insightsPage,
  'metrics.md': metricsPage,
  'permissions.md': permissionsPage,
  'policies.md': policiesPage,
  'sensitive-information-types.md': sensitiveTypesPage,
  'sensors.md': sensorsPage,
  'support.md': supportPage,
  // Beside the page of a device, which shows what holds for its system.
  '../../collector/console/src/pages/devices/support-matrix.ts': supportModule,
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A page that is not there is stale.
    return undefined
  }
}

const made = Object.entries(pages).map(([name, make]) => ({ name, path: join(folder, name), text: make() }))
if (process.argv.includes('--check')) {
  const stale = made.filter(({ path, text }) => current(path) !== text).map(({ name }) => name)
  if (stale.length > 0) {
    console.error(`docs/reference is stale (${stale.join(', ')}): run pnpm reference`)
    process.exitCode = 1
  }
} else {
  mkdirSync(folder, { recursive: true })
  for (const { path, text } of made) writeFileSync(path, text)
}
