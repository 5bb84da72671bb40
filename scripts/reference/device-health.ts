import { deviceFaults, FAULT_CODES } from '@holdfast/collector/domain/people/device-faults.ts'
import { fleetNoticeKinds } from '@holdfast/collector/domain/people/fleet-notice.ts'
import { code, note, table } from './markdown.ts'

export const deviceHealthPage = (): string =>
  [
    note('collector/src/domain/people/device-faults.ts and fleet-notice.ts'),
    '# Health of devices\n\nEvery fault that a device can have: the API answers with these codes (`GET /api/v1/devices`), the console says them in its language, `holdfast device list --fault CODE` finds the devices. A hint does not make a device unwell. In maintenance, faults are shown and nobody is told of them.\n\n## Faults\n\n',
    table(['code', 'severity', 'from when on', 'what it says', 'what to do'], FAULT_CODES.map((name) => [code(name), deviceFaults[name].severity, deviceFaults[name].when, deviceFaults[name].en.detail, deviceFaults[name].en.fix])),
    '\n## Notices on the fleet\n\nTold to whoever runs the system: in the console under Devices and on the overview, with `holdfast fleet notices`, and by mail or webhook to those who chose it. One condition has one open notice.\n\n',
    table(['kind', 'what it is'], Object.entries(fleetNoticeKinds).map(([kind, text]) => [code(kind), text])),
  ].join('')
