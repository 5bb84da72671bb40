import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { enrolmentCodesQuery } from '../../api/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** Which codes exist and what is left of each; the code itself is shown only once, when it is made. */
export const EnrolmentCodes = () => {
  const { t } = useTranslation()
  const codes = useQuery(enrolmentCodesQuery())
  const items = codes.data?.items ?? []
  const columns = (['created', 'by', 'group', 'uses', 'expires', 'state'] as const).map((key) => ({ key, title: t(`enrol.table.${key}`) }))
  return (
    <Panel title={t('enrol.codes')}>
      {codes.isError && <ErrorState error={codes.error} onRetry={codes.refetch} />}
      {codes.isSuccess && items.length === 0 && <Text size="sm" c="dimmed">{t('enrol.noCodes')}</Text>}
      {(codes.isPending || items.length > 0) && (
        <DataTable label={t('enrol.codes')} columns={columns} loading={codes.isPending}>
          {items.map((code) => (
            <Table.Tr key={code.id}>
              <Table.Td><Instant at={code.createdAt} /></Table.Td><Table.Td>{code.createdBy}</Table.Td><Table.Td>{code.group}</Table.Td>
              <Table.Td className="hf-mono">{code.uses} / {code.maxUses}</Table.Td><Table.Td><Instant at={code.expiresAt} /></Table.Td>
              <Table.Td><StateBadge tone={code.state === 'open' ? 'good' : 'quiet'}>{t(`enrol.states.${code.state}`)}</StateBadge>{code.needsApproval && <Text size="xs" c="dimmed">{t('enrolment.needed')}</Text>}</Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
    </Panel>
  )
}
