import type { IndicatorView, PolicyDocument, ThresholdDataView } from '@holdfast/collector/contract'
import { Select, Switch, Table, Text } from '@mantine/core'
import { oneOf } from '../../app/search-params.ts'
import { AmountInput } from '../../components/amount-input.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { isEnabled, modeOf, MODES, setMode, setThreshold, switchIndicator, thresholdsOf, thresholdsRise } from './policy-draft.ts'

const LEVELS = ['low', 'medium', 'high'] as const

export interface IndicatorRowsProps {
  readonly document: PolicyDocument
  readonly indicators: readonly IndicatorView[]
  readonly disabled: boolean
  readonly data?: ThresholdDataView
  readonly onChange: (document: PolicyDocument) => void
}

/** Which indicators count, where their three lines are, and how many users these lines would reach. */
export const IndicatorRows = ({ document, indicators, disabled, data, onChange }: IndicatorRowsProps) => {
  const { t } = useTranslation()
  const columns = [{ key: 'on', title: t('policy.on') }, { key: 'indicator', title: t('policy.indicator') }, { key: 'mode', title: t('policy.mode') }, ...LEVELS.map((key) => ({ key, title: t(`policy.${key}`) }))]
  return (
    <DataTable label={t('policy.indicators')} columns={columns} minWidth={880}>
      {indicators.map((indicator) => {
        const setting = document.indicators?.[indicator.id]
        const enabled = isEnabled(setting)
        const mode = modeOf(setting)
        const thresholds = thresholdsOf(document, indicator)
        const counted = data?.indicators.find((row) => row.indicator === indicator.id)
        return (
          <Table.Tr key={indicator.id}>
            <Table.Td><Switch aria-label={t('policy.useIndicator', { indicator: indicator.summary })} checked={enabled} disabled={disabled} onChange={(event) => onChange(switchIndicator(document, indicator.id, event.currentTarget.checked))} /></Table.Td>
            <Table.Td>{indicator.summary}<Text size="xs" c="dimmed">{t('policy.unit', { unit: indicator.unit === 'bytes' ? 'MiB' : indicator.unit })}{mode !== 'above_usual' && !thresholdsRise(thresholds) && ` · ${t('policy.ordered')}`}</Text></Table.Td>
            <Table.Td><Select aria-label={t('policy.modeOf', { indicator: indicator.summary })} size="xs" w={150} disabled={disabled || !enabled} allowDeselect={false} data={MODES.map((value) => ({ value, label: t(`policy.modes.${value}`) }))} value={mode} onChange={(value) => onChange(setMode(document, indicator, oneOf(value, MODES, 'numbers')))} /></Table.Td>
            {LEVELS.map((level) => (
              <Table.Td key={level}>
                <AmountInput aria-label={t('policy.thresholdOf', { level: t(`policy.${level}`), indicator: indicator.summary })} size="xs" w={120} disabled={disabled || !enabled || mode === 'above_usual'} unit={indicator.unit} value={thresholds[level]} error={mode !== 'above_usual' && !thresholdsRise(thresholds)} onAmount={(value) => onChange(setThreshold(document, indicator, level, value))} />
                {counted !== undefined && enabled && <Text size="xs" c="dimmed">{t('thresholds.users', { count: counted[level], users: formatCount(counted[level]) })}</Text>}
              </Table.Td>
            ))}
          </Table.Tr>
        )
      })}
    </DataTable>
  )
}
