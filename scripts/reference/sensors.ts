import { featuresOf } from '@holdfast/agent/sensors/security-features/table.ts'
import type { Feature } from '@holdfast/agent/sensors/security-features/feature.ts'
import { sensors } from '@holdfast/agent/sensors/registry.ts'
import { judgeFeature } from '@holdfast/collector/domain/risk/security-features.ts'
import { code, codes, note, table } from './markdown.ts'

const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

const seenBy = (feature: Feature): string => [
  ...(feature.paths.length > 0 || feature.homePaths !== undefined ? ['files'] : []), ...(feature.isLive === true ? ['poll'] : []),
  ...(feature.asksProgram === true || feature.everyMs !== undefined ? [`${feature.asksProgram === true ? 'a program' : 'a look'} every ${(feature.everyMs ?? 60_000) / 1000} s`] : []),
].join(', ')

export const sensorsPage = (): string =>
  [
    note('agent/src/sensors/'),
    '# Sensors\n\nEach sensor reports how much it sees on a device: *full*, *degraded* or *blind*, with the reason and what to do about it. `holdfast-agent status` and the device’s page show it.\n\n',
    ...sensors.map((sensor) => `## ${sensor.name}\n\n${sensor.summary}\n\nReports ${codes(sensor.emits)}.\n\nRuns on ${sensor.platforms.map((platform) => systems[platform] ?? platform).join(', ')}. Elsewhere: ${sensor.unsupportedReason}\n\n`),
    '## Security features that are watched\n\n',
    'What stands in a file is told when the file changes, within a second; what the kernel and processes hold at the interval of the policy (5 s as delivered); what a program must be asked for at the interval given here, or when one of its files changes.\n\n',
    ...(['linux', 'win32', 'darwin'] as const).flatMap((os) => [
      `### ${systems[os] ?? os}\n\n`,
      table(['feature', 'what it is', 'class', 'severity', 'seen by'], featuresOf(os).map((feature) => [code(feature.id), feature.summary, judgeFeature(feature.id).class, judgeFeature(feature.id).severity, seenBy(feature)])),
    ]),
  ].join('')
