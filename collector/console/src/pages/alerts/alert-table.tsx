import type { AlertView } from '@holdfast/collector/contract'
import { Badge, Checkbox, Table, Text, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { UserName } from '../../components/user-name.tsx'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { nextSort, type Sort } from './alert-search.ts'
import type { AlertColumn } from './columns.ts'
import { Due } from './due.tsx'
import { isChosen, type Selection } from './selection.ts'

export interface AlertTableProps {
  readonly alerts: readonly AlertView[]
  readonly loading: boolean
  readonly columns: readonly AlertColumn[]
  readonly sort: Sort
  readonly marked: string | undefined
  readonly nowMs: number
  /** Absent for who may not decide: nothing can be chosen then. */
  readonly selection: Selection | undefined
  readonly onSort: (sort: Sort) => void
  readonly onOpen: (id: string) => void
  readonly onToggle: (id: string) => void
  readonly onTogglePage: () => void
}

const HEADLINE_WIDTH = 240
const COLUMN_WIDTH = 96
const sorts: Readonly<Partial<Record<AlertColumn, 'updatedAt' | 'score' | 'createdAt'>>> = { score: 'score', updated: 'updatedAt', created: 'createdAt' }

/** The queue. The headline is the button that opens the drawer; a click on the row is only a convenience. */
export const AlertTable = ({ alerts, loading, columns, sort, marked, nowMs, selection, onSort, onOpen, onToggle, onTogglePage }: AlertTableProps) => {
  const { t } = useTranslation()
  const heads = columns.map((key): Column => {
    const column = sorts[key]
    const title = t(`alerts.column.${key}`)
    if (column === undefined) return { key, title }
    const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none'
    return { key, sort: direction, numeric: key === 'score', title: <UnstyledButton fw={650} fz="sm" style={{ whiteSpace: 'nowrap' }} onClick={() => onSort(nextSort(sort, column))}>{title} <span aria-hidden="true">{direction === 'none' ? '↕' : direction === 'ascending' ? '↑' : '↓'}</span></UnstyledButton> }
  })
  const whole = selection !== undefined && alerts.length > 0 && alerts.every(({ id }) => isChosen(selection, id))
  const some = selection !== undefined && !whole && alerts.some(({ id }) => isChosen(selection, id))
  const cells: Readonly<Record<AlertColumn, (alert: AlertView) => ReactNode>> = {
    severity: (alert) => <SeverityBadge severity={alert.severity} />,
    score: (alert) => <span className="hf-mono">{alert.score}</span>,
    headline: (alert) => <UnstyledButton className="hf-row-button" fz="sm" data-alert-button={alert.id} aria-label={t('alerts.open', { headline: alert.headline })} onClick={(event) => { event.stopPropagation(); onOpen(alert.id) }}><Text span size="sm" fw={600} lineClamp={2} title={alert.headline}>{alert.headline}</Text></UnstyledButton>,
    user: (alert) => <UserName user={alert.user} />,
    policy: (alert) => alert.policy,
    status: (alert) => <>{t(`status.${alert.status}`)}{alert.newData && <div><Badge variant="default" size="sm" tt="none">{t('alerts.newData')}</Badge></div>}</>,
    factors: (alert) => <Text size="sm">{alert.factors.map((factor) => t(`factor.${factor}`)).join(', ')}</Text>,
    due: (alert) => <Due alert={alert} nowMs={nowMs} />,
    assignee: (alert) => alert.assignee?.name ?? <Text span size="sm" c="dimmed">{t('alert.nobody')}</Text>,
    case: (alert) => (alert.caseId === undefined ? '' : t('alerts.inCase')),
    trigger: (alert) => humanise(alert.trigger.kind),
    dismissReason: (alert) => (alert.dismissReason === undefined ? '' : t(`dismiss.reasons.${alert.dismissReason}`)),
    created: (alert) => <Instant at={alert.createdAt} />,
    updated: (alert) => <Instant at={alert.updatedAt} />,
  }
  return (
    <DataTable label={t('alerts.table')} loading={loading} minWidth={HEADLINE_WIDTH + COLUMN_WIDTH * columns.length}
      columns={[...(selection === undefined ? [] : [{ key: 'choose', title: <Checkbox size="xs" aria-label={t('alerts.choosePage')} checked={whole} indeterminate={some} onChange={onTogglePage} /> }]), ...heads]}>
      {alerts.map((alert) => (
        <Table.Tr key={alert.id} data-alert={alert.id} aria-current={alert.id === marked ? 'true' : undefined} className="hf-alert-row" onClick={() => onOpen(alert.id)}>
          {selection !== undefined && <Table.Td w={36} onClick={(event) => event.stopPropagation()}><Checkbox size="xs" data-choose={alert.id} aria-label={t('alerts.choose', { headline: alert.headline })} checked={isChosen(selection, alert.id)} onChange={() => onToggle(alert.id)} /></Table.Td>}
          {columns.map((column) => <Table.Td key={column} miw={column === 'headline' ? HEADLINE_WIDTH : undefined} maw={column === 'headline' ? 420 : undefined} ta={column === 'score' ? 'end' : undefined} fw={column === 'score' ? 650 : undefined} style={column === 'headline' || column === 'factors' ? undefined : { whiteSpace: 'nowrap' }}>{cells[column](alert)}</Table.Td>)}
        </Table.Tr>
      ))}
    </DataTable>
  )
}
