import type { DeviceDetail } from '@holdfast/collector/contract'
import { Table, Text } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { formatCount } from '../../format/numbers.ts'
import type { CatalogueKey } from '../../i18n/catalogue.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { TierBadge } from './device-badges.tsx'

type Sensor = DeviceDetail['sensors'][number]

/** Sensors that have a sentence of their own; one of a later agent stands by its name alone. */
const SENTENCES: readonly string[] = ['files', 'removable-media', 'security-features', 'applications', 'processes', 'printing']

const SelfTest = ({ sensor }: { readonly sensor: Sensor }) => {
  const { t } = useTranslation()
  if (sensor.lastSelfTestAt === undefined) return <>{t('device.notRun')}</>
  return <>{sensor.selfTestPassed ? t('device.passed') : t('device.failed')}<Text size="xs" c="dimmed"><Instant at={sensor.lastSelfTestAt} /></Text></>
}

/** What each sensor sees and how much of it, why not more, and what would help. */
export const SensorsTable = ({ sensors }: { readonly sensors: DeviceDetail['sensors'] }) => {
  const { t } = useTranslation()
  if (sensors.length === 0) return <Text size="sm" c="dimmed">{t('device.noSensors')}</Text>
  const columns = [
    { key: 'sensor', title: t('sees.what') }, { key: 'tier', title: t('device.tier') }, { key: 'reason', title: t('sees.whyFix') }, { key: 'selfTest', title: t('device.selfTest') },
    { key: 'emitted', title: t('device.emitted'), numeric: true }, { key: 'watches', title: t('device.watches'), numeric: true }, { key: 'restarts', title: t('sees.restarts'), numeric: true },
  ]
  return (
    <DataTable label={t('device.sensors')} columns={columns} minWidth={880}>
      {sensors.map((sensor) => (
        <Table.Tr key={sensor.name}>
          <Table.Td maw={280}><span className="hf-code">{sensor.name}</span>{SENTENCES.includes(sensor.name) && <Text size="xs" c="dimmed">{t(`sees.${sensor.name}` as CatalogueKey)}</Text>}</Table.Td>
          <Table.Td><TierBadge tier={sensor.tier} /></Table.Td>
          <Table.Td maw={420}>{sensor.reason}{sensor.fix !== '' && <Text size="xs" c="dimmed">{t('device.fix')}: {sensor.fix}</Text>}</Table.Td>
          <Table.Td><SelfTest sensor={sensor} /></Table.Td>
          <Table.Td ta="end" className="hf-mono">{formatCount(sensor.emitted)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(sensor.watches)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(sensor.restarts)}</Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}
