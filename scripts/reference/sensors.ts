import { features } from '@holdfast/agent/sensors/security-features/table.ts'
import { sensors } from '@holdfast/agent/sensors/registry.ts'
import { featureClass } from '@holdfast/collector/domain/risk/security-features.ts'
import { code, codes, note, table } from './markdown.ts'

const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

export const sensorsPage = (): string =>
  [
    note('agent/src/sensors/'),
    '# Sensors\n\nEach sensor reports how much it sees on a device: *full*, *degraded* or *blind*, with the reason and what to do about it. `holdfast-agent status` and the device’s page show it.\n\n',
    ...sensors.map((sensor) => `## ${sensor.name}\n\n${sensor.summary}\n\nReports ${codes(sensor.emits)}.\n\nRuns on ${sensor.platforms.map((platform) => systems[platform] ?? platform).join(', ')}. Elsewhere: ${sensor.unsupportedReason}\n\n`),
    '## Security features that are watched\n\n',
    table(['feature', 'what it is', 'class'], features.map((feature) => [code(feature.id), feature.summary, featureClass(feature.id)])),
  ].join('')
