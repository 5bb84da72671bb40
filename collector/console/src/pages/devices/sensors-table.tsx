import type { DeviceDetail } from '@holdfast/collector/contract'
import { Table, Text } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { TierBadge } from './device-badges.tsx'

/** What each sensor sees, why not more, and what would help. */
export const SensorsTable = ({ sensors }: { readonly sensors: DeviceDetail['sensors'] }) => {
  const { t } = useTranslation()
  if (sensors.length === 0) return <Text size="sm" c="dimmed">{t('device.noSensors')}</Text>
  const columns = [
    { key: 'sensor', title: t('device.sensor') }, { key: 'tier', title: t('device.tier') }, { key: 'reason', title: t('device.reason') }, { key: 'fix', title: t('device.fix') }, { key: 'selfTest', title: t('device.selfTest') },
    { key: 'emitted', title: t('device.emitted'), numeric: true }, { key: 'watches', title: t('device.watches'), numeric: true },
  ]
  return (
    <DataTable label={t('device.sensors')} columns={columns} minWidth={820}>
      {sensors.map((sensor) => (
        <Table.Tr key={sensor.name}>
          <Table.Td className="hf-code">{sensor.name}</Table.Td><Table.Td><TierBadge tier={sensor.tier} /></Table.Td><Table.Td>{sensor.reason}</Table.Td><Table.Td>{sensor.fix}</Table.Td>
          <Table.Td>{sensor.lastSelfTestAt === undefined ? t('device.notRun') : sensor.selfTestPassed ? t('device.passed') : t('device.failed')}</Table.Td>
          <Table.Td ta="end" className="hf-mono">{formatCount(sensor.emitted)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(sensor.watches)}</Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}
