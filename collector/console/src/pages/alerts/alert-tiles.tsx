import type { AlertStatistics } from '@holdfast/collector/contract'
import { Button, Group, SimpleGrid, Skeleton, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { alertStatisticsQuery } from '../../api/queries.ts'
import { AlertsLink } from '../../components/alerts-link.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { Tile } from '../../components/tile.tsx'
import { formatCount } from '../../format/numbers.ts'
import { formatDuration, formatDay } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES, severityLooks } from '../../theme/severity.ts'
import classes from './open-over-time.module.css'

const sumOf = (day: AlertStatistics['openPerDay'][number]): number => day.low + day.medium + day.high

/** Open alerts at the end of each of 30 days, as bars or as a table with the same content. */
const OpenOverTime = ({ days }: { readonly days: AlertStatistics['openPerDay'] }) => {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const most = Math.max(1, ...days.map(sumOf))
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return null
  const summary = t('alerts.openSummary', { from: formatDay(first.day), to: formatDay(last.day), first: formatCount(sumOf(first)), last: formatCount(sumOf(last)), most: formatCount(Math.max(...days.map(sumOf))) })
  return (
    <>
      {asTable ? (
        <DataTable label={t('alerts.openOverTime')} minWidth={320} columns={[{ key: 'day', title: t('chart.day') }, ...SEVERITIES.map((key) => ({ key, title: t(`severity.${key}`), numeric: true }))]}>
          {days.toReversed().map((day) => <Table.Tr key={day.day} className="hf-mono"><Table.Td>{formatDay(day.day)}</Table.Td>{SEVERITIES.map((severity) => <Table.Td key={severity} ta="end">{formatCount(day[severity])}</Table.Td>)}</Table.Tr>)}
        </DataTable>
      ) : (
        <div className={classes['chart']} role="img" aria-label={summary}>
          {days.map((day) => (
            <div key={day.day} className={classes['day']} title={`${day.day}: ${SEVERITIES.map((severity) => `${t(`severity.${severity}`)} ${day[severity]}`).join(', ')}`}>
              {SEVERITIES.map((severity) => <span key={severity} style={{ height: `${(100 * day[severity]) / most}%`, background: severityLooks[severity].fill }} />)}
            </div>
          ))}
        </div>
      )}
      <Group justify="space-between" mt={6} wrap="nowrap"><Text size="xs" c="dimmed">{summary}</Text><Button variant="default" size="compact-xs" flex="none" onClick={() => setAsTable(!asTable)}>{asTable ? t('common.asChart') : t('common.asTable')}</Button></Group>
    </>
  )
}

/** What waits for a decision, how that went over 30 days, and how long decisions take. */
export const AlertTiles = () => {
  const { t } = useTranslation()
  const { data } = useQuery(alertStatisticsQuery())
  const value = (count: number | undefined) => (count === undefined ? <Skeleton height={28} width={48} /> : formatCount(count))
  const meanOf = (severity: (typeof SEVERITIES)[number]): string => {
    const found = data?.meanDecisionBySeverity.find((row) => row.severity === severity)
    return found === undefined ? t('alerts.noDecision') : formatDuration(found.secs)
  }
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mb="sm">
        {SEVERITIES.map((severity) => <Tile key={severity} label={<Group gap={6}><SeverityBadge severity={severity} />{t('alerts.toReview')}</Group>} value={data === undefined ? value(undefined) : <AlertsLink filter={{ severity, status: 'needs_review', from: 'all' }} fz={26} fw={650} label={`${t(`severity.${severity}`)}, ${t('alerts.toReview')}: ${data.needsReview[severity]}`}>{value(data.needsReview[severity])}</AlertsLink>} />)}
        <Tile label={t('alerts.overdue')} value={data === undefined ? value(undefined) : <AlertsLink filter={{ overdue: 'true', from: 'all' }} fz={26} fw={650} label={`${t('alerts.overdue')}: ${data.overdue}`}>{value(data.overdue)}</AlertsLink>} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mb="md">
        <section className="hf-panel" aria-label={t('alerts.openOverTime')}><Text size="sm" c="dimmed" mb={6}>{t('alerts.openOverTime')}</Text>{data === undefined ? <Skeleton height={96} /> : <OpenOverTime days={data.openPerDay} />}</section>
        <section className="hf-panel" aria-label={t('alerts.meanDecision')}>
          <Text size="sm" c="dimmed" mb={6}>{t('alerts.meanDecision')}</Text>
          <Text fz={26} fw={650} lh={1.25} className="hf-mono">{data === undefined ? <Skeleton height={28} width={90} component="span" display="block" /> : data.meanDecisionSecs === undefined ? t('alerts.noDecision') : formatDuration(data.meanDecisionSecs)}</Text>
          <Group gap="md" mt={6}>{SEVERITIES.map((severity) => <Group key={severity} gap={6}><SeverityBadge severity={severity} /><Text size="sm" className="hf-mono">{data === undefined ? '…' : meanOf(severity)}</Text></Group>)}</Group>
        </section>
      </SimpleGrid>
    </>
  )
}
