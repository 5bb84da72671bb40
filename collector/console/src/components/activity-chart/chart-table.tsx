import { Table, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { DataTable } from '../data-table.tsx'
import { SeverityBadge } from '../severity-badge.tsx'
import type { ChartPoint } from './chart-option.ts'

/** The chart's twin: the same points as rows, newest first. */
export const ChartTable = ({ points, onSelect }: { readonly points: readonly ChartPoint[]; readonly onSelect?: ((point: ChartPoint) => void) | undefined }) => {
  const { t } = useTranslation()
  const columns = [
    { key: 'day', title: t('chart.day') }, { key: 'indicator', title: t('chart.indicator') }, { key: 'severity', title: t('chart.severity') }, { key: 'score', title: t('chart.score'), numeric: true },
    { key: 'events', title: t('chart.events'), numeric: true }, { key: 'files', title: t('chart.files'), numeric: true }, { key: 'bytes', title: t('chart.bytes'), numeric: true },
  ]
  const sorted = points.toSorted((a, b) => b.day.localeCompare(a.day) || b.score - a.score)
  return (
    <DataTable label={t('chart.table')} columns={columns}>
      {sorted.map((point) => (
        <Table.Tr key={`${point.day} ${point.indicator}`} className="hf-mono">
          <Table.Td>{onSelect === undefined ? point.day : <UnstyledButton className="hf-row-button" onClick={() => onSelect(point)} aria-label={t('chart.show', { day: point.day, label: point.label })}>{point.day}</UnstyledButton>}</Table.Td>
          <Table.Td>{point.label}</Table.Td>
          <Table.Td>{point.severity === undefined ? t('chart.none') : <SeverityBadge severity={point.severity} />}</Table.Td>
          <Table.Td ta="end">{Math.round(point.score)}</Table.Td>
          <Table.Td ta="end">{formatCount(point.events)}</Table.Td>
          <Table.Td ta="end">{formatCount(point.files)}</Table.Td>
          <Table.Td ta="end">{formatBytes(point.bytes)}</Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}
