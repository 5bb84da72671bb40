import type { AlertView } from '@holdfast/collector/contract'
import { Badge, Table, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { UserName } from '../../components/user-name.tsx'
import { nextSort, type Sort } from './alert-search.ts'

export interface AlertTableProps {
  readonly alerts: readonly AlertView[]
  readonly loading: boolean
  readonly sort: Sort
  readonly marked: string | undefined
  readonly onSort: (sort: Sort) => void
  readonly onOpen: (id: string) => void
}

/** The queue. The headline is the button that opens the drawer; a click on the row is only a convenience. */
export const AlertTable = ({ alerts, loading, sort, marked, onSort, onOpen }: AlertTableProps) => {
  const { t } = useTranslation()
  const sortable = (column: 'updatedAt' | 'score', title: string): Pick<Column, 'title' | 'sort'> => {
    const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none'
    return { sort: direction, title: <UnstyledButton fw={650} fz="sm" style={{ whiteSpace: 'nowrap' }} onClick={() => onSort(nextSort(sort, column))}>{title} <span aria-hidden="true">{direction === 'none' ? '↕' : direction === 'ascending' ? '↑' : '↓'}</span></UnstyledButton> }
  }
  const columns: readonly Column[] = [
    { key: 'severity', title: t('alerts.column.severity') },
    { key: 'score', numeric: true, ...sortable('score', t('alerts.column.score')) },
    { key: 'headline', title: t('alerts.column.headline') },
    { key: 'user', title: t('alerts.column.user') },
    { key: 'policy', title: t('alerts.column.policy') },
    { key: 'status', title: t('alerts.column.status') },
    { key: 'updated', ...sortable('updatedAt', t('alerts.column.updated')) },
  ]
  return (
    <DataTable label={t('alerts.table')} columns={columns} loading={loading} minWidth={880}>
      {alerts.map((alert) => (
        <Table.Tr key={alert.id} data-alert={alert.id} aria-current={alert.id === marked ? 'true' : undefined} className="hf-alert-row" onClick={() => onOpen(alert.id)}>
          <Table.Td><SeverityBadge severity={alert.severity} /></Table.Td>
          <Table.Td ta="end" fw={650} className="hf-mono">{alert.score}</Table.Td>
          <Table.Td maw={420}><UnstyledButton className="hf-row-button" fz="sm" data-alert-button={alert.id} aria-label={t('alerts.open', { headline: alert.headline })} onClick={(event) => { event.stopPropagation(); onOpen(alert.id) }}>{alert.headline}</UnstyledButton></Table.Td>
          <Table.Td style={{ whiteSpace: 'nowrap' }}><UserName user={alert.user} /></Table.Td>
          <Table.Td>{alert.policy}</Table.Td>
          <Table.Td style={{ whiteSpace: 'nowrap' }}>{t(`status.${alert.status}`)}{alert.newData && <> <Badge variant="default" size="sm" tt="none">{t('alerts.newData')}</Badge></>}</Table.Td>
          <Table.Td><Instant at={alert.updatedAt} /></Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}
