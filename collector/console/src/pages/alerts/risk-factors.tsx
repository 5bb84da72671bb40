import type { AlertDetail } from '@holdfast/collector/contract'
import { Table, Text } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { formatPoints } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { FACTORS } from './alert-search.ts'

/** Every factor, found or not, with the reasons that tell of it. */
export const RiskFactors = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTranslation()
  return (
    <>
      <DataTable label={t('alert.factors')} minWidth={420} columns={[{ key: 'factor', title: t('alert.factor') }, { key: 'found', title: t('alert.factorFound') }, { key: 'why', title: t('alert.factorWhy') }]}>
        {FACTORS.map((factor) => {
          const parts = alert.reasons.filter((reason) => reason.factor === factor)
          const found = alert.factors.includes(factor)
          return (
            <Table.Tr key={factor}>
              <Table.Td fw={found ? 600 : undefined} style={{ whiteSpace: 'nowrap' }}>{t(`factor.${factor}`)}</Table.Td>
              <Table.Td>{found ? `◆ ${t('common.yes')}` : <Text span size="sm" c="dimmed">{t('common.no')}</Text>}</Table.Td>
              <Table.Td>{parts.map((part) => <Text size="sm" key={part.reason}>{formatPoints(part.points)} · {part.reason}</Text>)}{found && parts.length === 0 && <Text size="sm">{alert.trigger.reason}</Text>}</Table.Td>
            </Table.Tr>
          )
        })}
      </DataTable>
      <Text size="xs" c="dimmed" mt={6}>{t('alert.factorsNote')}</Text>
    </>
  )
}
