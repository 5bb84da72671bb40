import type { UserRef } from '@holdfast/collector/contract'
import { Anchor, Button, Group, SegmentedControl, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { riskLevelQuery, userChartQuery, userQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { oneOf } from '../../app/search-params.ts'
import { ActivityChart } from '../../components/activity-chart/activity-chart.tsx'
import type { ChartPoint } from '../../components/activity-chart/chart-option.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { utcDay } from '../../format/time.ts'
import { DayActivities } from './day-activities.tsx'
import { ReportPanel } from './report-panel.tsx'
import { RevealDialog } from './reveal-dialog.tsx'
import { TriggersPanel } from './triggers-panel.tsx'

const MONTHS = ['1', '3', '6'] as const
const MONTH_MS = 30 * 86_400_000

/** One person's time as a picture, with the activities of a day below it. */
export const UserPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const { userId = '' } = useParams({ strict: false })
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const months = oneOf(raw['months'], MONTHS, '3')
  const [nowMs] = useState(Date.now)
  const user = useQuery(userQuery(userId))
  const level = useQuery(riskLevelQuery(userId))
  const chart = useQuery(userChartQuery(userId, { from: utcDay(nowMs - Number(months) * MONTH_MS), to: utcDay(nowMs) }))
  const [point, setPoint] = useState<ChartPoint>()
  const [revealing, dialog] = useDisclosure(false)
  const [revealed, setRevealed] = useState<UserRef>()
  const below = useRef<HTMLDivElement>(null)
  const choose = (next: ChartPoint): void => {
    setPoint(next)
    setTimeout(() => below.current?.scrollIntoView({ block: 'nearest' }), 0)
  }
  const { data } = user
  const back = <Anchor component={Link} to="/users" size="sm">← {t('users.title')}</Anchor>
  if (data === undefined) return <>{back}<PageHeader title={t('user.title')} />{user.isError ? <ErrorState error={user.error} onRetry={user.refetch} /> : <Stack aria-busy="true"><Skeleton height={80} /><Skeleton height={320} /></Stack>}</>
  const name = revealed?.displayName ?? data.displayName
  const columns = [{ key: 'severity', title: t('alerts.column.severity') }, { key: 'score', title: t('alerts.column.score'), numeric: true }, { key: 'headline', title: t('alerts.column.headline') }, { key: 'status', title: t('alerts.column.status') }, { key: 'updated', title: t('alerts.column.updated') }]
  return (
    <>
      {back}
      <PageHeader title={data.pseudonym} badges={<Group gap="xs">{data.severity !== undefined && <SeverityBadge severity={data.severity} />}{name !== undefined && <Text fw={600}>{name}</Text>}</Group>}>
        {revealed !== undefined && <Button variant="default" onClick={() => setRevealed(undefined)}>{t('reveal.hide')}</Button>}
        {name === undefined && may('user.reveal') && <Button variant="default" onClick={dialog.open}>{t('reveal.button')}</Button>}
      </PageHeader>
      <Stack>
        <Facts rows={[
          [t('user.risk'), String(data.riskScore)], [t('riskLevel.title'), level.data === undefined || level.data.level === 'none' ? undefined : <span key="level">{t(`riskLevel.${level.data.level}`)} · {level.data.reason}</span>], [t('user.department'), data.department], [t('user.job'), data.title], [t('user.firstSeen'), <Instant key="first" at={data.firstSeenAt} />],
          [t('user.devices'), data.deviceIds.length === 0 ? undefined : <Group key="devices" gap="xs">{data.deviceIds.map((id) => <Anchor key={id} component={Link} to={`/devices/${encodeURIComponent(id)}`} size="sm" className="hf-code">{id}</Anchor>)}</Group>],
        ]} />
        <Panel title={t('chart.title')} actions={<SegmentedControl size="xs" aria-label={t('user.range')} data={MONTHS.map((value) => ({ value, label: t(`user.months.m${value}`) }))} value={months} onChange={(value) => void navigate({ to: `/users/${encodeURIComponent(userId)}`, search: { months: value === '3' ? undefined : value }, replace: true })} />}>
          {chart.isPending && <Skeleton height={300} />}
          {chart.isError && <ErrorState error={chart.error} onRetry={chart.refetch} />}
          {chart.data !== undefined && <ActivityChart chart={chart.data} height={320} onSelect={choose} />}
        </Panel>
        <div ref={below}>{point === undefined ? <Text size="sm" c="dimmed">{t('user.activityHint')}</Text> : <DayActivities key={`${point.day} ${point.indicator}`} userId={userId} point={point} />}</div>
        <Panel title={t('user.openAlerts')}>
          {data.alerts.length === 0 ? <Text size="sm" c="dimmed">{t('user.noAlerts')}</Text> : (
            <DataTable label={t('user.openAlerts')} columns={columns}>
              {data.alerts.map((alert) => (
                <Table.Tr key={alert.id}>
                  <Table.Td><SeverityBadge severity={alert.severity} /></Table.Td><Table.Td ta="end" className="hf-mono">{alert.score}</Table.Td><Table.Td><Anchor component={Link} to={`/alerts/${encodeURIComponent(alert.id)}`} size="sm" fw={600}>{alert.headline}</Anchor></Table.Td>
                  <Table.Td>{t(`status.${alert.status}`)}</Table.Td><Table.Td><Instant at={alert.updatedAt} /></Table.Td>
                </Table.Tr>
              ))}
            </DataTable>
          )}
        </Panel>
        <TriggersPanel userId={userId} />
        {may('user.report') && <ReportPanel userId={userId} nowMs={nowMs} />}
      </Stack>
      <RevealDialog user={data} opened={revealing} onClose={dialog.close} onRevealed={setRevealed} />
    </>
  )
}
