import { Button, Table, UnstyledButton } from '@mantine/core'
import type { UserChart } from '@holdfast/collector/contract'
import { useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { utcDay } from '../../format/time.ts'
import { DataTable } from '../data-table.tsx'
import { Instant } from '../instant.tsx'
import { SeverityBadge } from '../severity-badge.tsx'
import type { Bubble } from './chart-data.ts'

const SHOWN = 100

interface ChartTableProps {
  readonly bubbles: readonly Bubble[]
  readonly onSelect?: ((bubble: Bubble) => void) | undefined
}

/** The chart's twin: the same bubbles as rows, by date or by score. */
export const ChartTable = ({ bubbles, onSelect }: ChartTableProps) => {
  const { t } = useTranslation()
  const [byScore, setByScore] = useState(false)
  const [all, setAll] = useState(false)
  const header = (title: string, score: boolean) => <UnstyledButton fw={700} fz="sm" onClick={() => setByScore(score)}>{title}{byScore === score ? ' ▼' : ''}</UnstyledButton>
  const columns = [
    { key: 'day', title: header(t('chart.day'), false), sort: byScore ? 'none' : 'descending' }, { key: 'indicator', title: t('chart.indicator') }, { key: 'category', title: t('picture.category') }, { key: 'severity', title: t('chart.severity') },
    { key: 'score', title: header(t('chart.score'), true), numeric: true, sort: byScore ? 'descending' : 'none' }, { key: 'events', title: t('chart.events'), numeric: true }, { key: 'bytes', title: t('chart.bytes'), numeric: true },
  ] as const
  const sorted = bubbles.toSorted((a, b) => (byScore ? b.y - a.y || b.day.localeCompare(a.day) : b.day.localeCompare(a.day) || b.y - a.y || b.xMs - a.xMs))
  const bytesOf = (bubble: Bubble): number => (bubble.kind === 'point' ? bubble.point.bytes : bubble.kind === 'event' ? bubble.event.bytes : 0)
  const when = (bubble: Bubble) => (bubble.kind === 'event' ? <Instant at={bubble.event.at} seconds /> : bubble.day)
  return (
    <>
      <DataTable label={t('chart.table')} columns={columns}>
        {(all ? sorted : sorted.slice(0, SHOWN)).map((bubble) => (
          <Table.Tr key={bubble.key} className="hf-mono" data-bubble={bubble.key}>
            <Table.Td>{onSelect === undefined ? when(bubble) : <UnstyledButton className="hf-row-button" onClick={() => onSelect(bubble)} aria-label={t('chart.show', { day: bubble.day, label: bubble.label })}>{when(bubble)}</UnstyledButton>}</Table.Td>
            <Table.Td>{bubble.label}</Table.Td>
            <Table.Td>{bubble.kind === 'sequence' ? t('picture.sequence') : t(`picture.categories.${bubble.category}`)}</Table.Td>
            <Table.Td>{bubble.level === 'none' ? t('chart.none') : <SeverityBadge severity={bubble.level} />}</Table.Td>
            <Table.Td ta="end">{Math.round(bubble.y)}</Table.Td>
            <Table.Td ta="end">{formatCount(bubble.events)}</Table.Td>
            <Table.Td ta="end">{formatBytes(bytesOf(bubble))}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {!all && sorted.length > SHOWN && <Button mt="xs" variant="default" size="compact-sm" onClick={() => setAll(true)}>{t('picture.allRows', { count: sorted.length })}</Button>}
    </>
  )
}

/** What had left by the end of each day, and by how much it grew. */
export const CumulativeTable = ({ chart }: { readonly chart: UserChart }) => {
  const { t } = useTranslation()
  const rows = chart.cumulative.map((row, index) => ({ ...row, more: row.files - (chart.cumulative[index - 1]?.files ?? 0) })).toReversed()
  return (
    <DataTable label={t('picture.cumulativeTable')} minWidth={420} columns={[{ key: 'day', title: t('chart.day') }, { key: 'more', title: t('picture.more'), numeric: true }, { key: 'files', title: t('picture.soFar'), numeric: true }, { key: 'bytes', title: t('chart.bytes'), numeric: true }]}>
      {rows.map((row) => <Table.Tr key={row.day} className="hf-mono"><Table.Td>{row.day}</Table.Td><Table.Td ta="end">+{formatCount(row.more)}</Table.Td><Table.Td ta="end">{formatCount(row.files)}</Table.Td><Table.Td ta="end">{formatBytes(row.bytes)}</Table.Td></Table.Tr>)}
    </DataTable>
  )
}

/** What else happened in these days. */
export const MarkerTable = ({ chart }: { readonly chart: UserChart }) => {
  const { t } = useTranslation()
  return (
    <DataTable label={t('picture.markersTable')} minWidth={420} columns={[{ key: 'day', title: t('chart.day') }, { key: 'kind', title: t('picture.markerKind') }, { key: 'text', title: t('picture.what') }]}>
      {chart.markers.toReversed().map((marker) => <Table.Tr key={`${marker.at} ${marker.kind} ${marker.alertId ?? marker.caseId ?? marker.policyId ?? marker.what}`}><Table.Td className="hf-mono">{utcDay(Date.parse(marker.at))}</Table.Td><Table.Td>{t(`picture.markers.${marker.kind}`)}</Table.Td><Table.Td>{marker.text === '' ? marker.what : marker.text}</Table.Td></Table.Tr>)}
    </DataTable>
  )
}
