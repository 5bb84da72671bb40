import type { IndicatorView, PolicyDocument } from '@holdfast/collector/contract'
import { Switch, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AmountInput } from '../../components/amount-input.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { isEnabled, setThreshold, switchIndicator, thresholdsOf, thresholdsRise } from './policy-draft.ts'

const LEVELS = ['low', 'medium', 'high'] as const

/** Which indicators count, and where their three lines are. */
export const IndicatorRows = ({ document, indicators, disabled, onChange }: { readonly document: PolicyDocument; readonly indicators: readonly IndicatorView[]; readonly disabled: boolean; readonly onChange: (document: PolicyDocument) => void }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'on', title: t('policy.on') }, { key: 'indicator', title: t('policy.indicator') }, ...LEVELS.map((key) => ({ key, title: t(`policy.${key}`) }))]
  return (
    <DataTable label={t('policy.indicators')} columns={columns} minWidth={720}>
      {indicators.map((indicator) => {
        const enabled = isEnabled(document.indicators?.[indicator.id])
        const thresholds = thresholdsOf(document, indicator)
        return (
          <Table.Tr key={indicator.id}>
            <Table.Td><Switch aria-label={t('policy.useIndicator', { indicator: indicator.summary })} checked={enabled} disabled={disabled} onChange={(event) => onChange(switchIndicator(document, indicator.id, event.currentTarget.checked))} /></Table.Td>
            <Table.Td>{indicator.summary}<Text size="xs" c="dimmed">{t('policy.unit', { unit: indicator.unit === 'bytes' ? 'MiB' : indicator.unit })}{!thresholdsRise(thresholds) && ` · ${t('policy.ordered')}`}</Text></Table.Td>
            {LEVELS.map((level) => (
              <Table.Td key={level}><AmountInput aria-label={t('policy.thresholdOf', { level: t(`policy.${level}`), indicator: indicator.summary })} size="xs" w={120} disabled={disabled || !enabled} unit={indicator.unit} value={thresholds[level]} error={!thresholdsRise(thresholds)} onAmount={(value) => onChange(setThreshold(document, indicator, level, value))} /></Table.Td>
            ))}
          </Table.Tr>
        )
      })}
    </DataTable>
  )
}
