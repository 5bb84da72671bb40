import type { ThresholdDataView } from '@holdfast/collector/contract'
import { Progress, Stack, Text } from '@mantine/core'
import { Panel } from '../../components/panel.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** How many users the thresholds that stand in the form would reach. */
export const ThresholdPanel = ({ data, stale }: { readonly data: ThresholdDataView; readonly stale: boolean }) => {
  const { t } = useTranslation()
  const share = data.users === 0 ? 0 : (100 * data.over) / data.users
  const labelOf = (id: string): string => data.indicators.find((row) => row.indicator === id)?.label ?? id
  return (
    <Panel title={t('thresholds.title')}>
      <Stack gap="xs" role="status">
        <Text size="sm" fw={600}>{t('thresholds.over', { over: formatCount(data.over), users: formatCount(data.users), days: data.days })}</Text>
        <Progress value={share} aria-label={t('thresholds.gauge')} />
        {stale && <Text size="sm" c="dimmed">{t('thresholds.counting')}</Text>}
        {data.top.length > 0 && <><Text size="sm" fw={600}>{t('thresholds.top')}</Text>{data.top.map((id) => <Text size="sm" key={id}>{labelOf(id)} · {t('thresholds.users', { count: data.indicators.find((row) => row.indicator === id)?.low ?? 0, users: formatCount(data.indicators.find((row) => row.indicator === id)?.low ?? 0) })}</Text>)}</>}
      </Stack>
    </Panel>
  )
}
