import type { ReportDetail } from '@holdfast/collector/contract'
import { Anchor, Badge, Button, Group, Progress, SimpleGrid, Skeleton, Stack, Table, Tabs, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import { API_BASE } from '../../api/client.ts'
import { isApiError } from '../../api/problem.ts'
import { deleteReport, reportQuery, sharedReportQuery } from '../../api/reports.ts'
import { useMay } from '../../app/permissions.ts'
import { oneOf } from '../../app/search-params.ts'
import { readActivitySearch, UserActivity, writeActivitySearch } from '../../components/activity-chart/user-activity.tsx'
import { ActivityExplorer } from '../../components/activity-explorer/activity-explorer.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { UserName } from '../../components/user-name.tsx'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ScoreDialog } from '../users/score-dialog.tsx'
import { ShareDialog } from './share-dialog.tsx'

const TABS = ['activity', 'explorer', 'summary'] as const
type Result = NonNullable<ReportDetail['result']>

const Tally = ({ title, rows, name = (row) => row.name }: { readonly title: string; readonly rows: Result['kinds']; readonly name?: (row: Result['kinds'][number]) => string }) => {
  const { t } = useTranslation()
  return (
    <Panel title={title}>
      {rows.length === 0 ? <Text size="sm" c="dimmed">{t('reports.summary.none')}</Text> : (
        <DataTable label={title} minWidth={300} columns={[{ key: 'name', title: t('reports.summary.name') }, { key: 'events', title: t('reports.summary.events'), numeric: true }, { key: 'bytes', title: t('reports.summary.bytes'), numeric: true }]}>
          {rows.map((row) => <Table.Tr key={row.name}><Table.Td style={{ overflowWrap: 'anywhere' }}>{name(row)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.events)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatBytes(row.bytes)}</Table.Td></Table.Tr>)}
        </DataTable>
      )}
    </Panel>
  )
}

const Summary = ({ result }: { readonly result: Result }) => {
  const { t } = useTranslation()
  const hours = result.hours.map((events, hour) => ({ name: `${String(hour).padStart(2, '0')}:00`, events, bytes: 0 })).filter(({ events }) => events > 0)
  return (
    <Stack>
      <Panel title={t('reports.summary.categories')}>
        <DataTable label={t('reports.summary.categories')} minWidth={400} columns={[{ key: 'name', title: t('picture.category') }, { key: 'events', title: t('reports.summary.events'), numeric: true }, { key: 'excluded', title: t('reports.summary.excluded'), numeric: true }, { key: 'days', title: t('reports.summary.days'), numeric: true }]}>
          {result.categories.map((row) => <Table.Tr key={row.category}><Table.Td>{humanise(row.category)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.events)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.excludedEvents)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.days)}</Table.Td></Table.Tr>)}
        </DataTable>
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Tally title={t('reports.summary.kinds')} rows={result.kinds} name={(row) => humanise(row.name)} />
        <Tally title={t('reports.summary.devices')} rows={result.devices} />
        <Tally title={t('reports.summary.programs')} rows={result.programs} />
        <Tally title={t('reports.summary.destinations')} rows={result.destinations} name={(row) => humanise(row.name)} />
        <Panel title={t('reports.summary.hours')}>
          <DataTable label={t('reports.summary.hours')} minWidth={240} columns={[{ key: 'hour', title: t('reports.summary.name') }, { key: 'events', title: t('reports.summary.events'), numeric: true }]}>{hours.map((row) => <Table.Tr key={row.name} className="hf-mono"><Table.Td>{row.name}</Table.Td><Table.Td ta="end">{formatCount(row.events)}</Table.Td></Table.Tr>)}</DataTable>
        </Panel>
        <Panel title={t('reports.summary.alerts')}>
          {result.alerts.length === 0 ? <Text size="sm" c="dimmed">{t('reports.summary.none')}</Text> : <Stack gap={6}>{result.alerts.map((alert) => <Group key={alert.id} gap="xs" wrap="nowrap"><SeverityBadge severity={alert.severity} /><Anchor component={Link} to={`/alerts/${encodeURIComponent(alert.id)}`} size="sm">{alert.headline}</Anchor></Group>)}</Stack>}
          {result.dismissed.length > 0 && <Text size="sm" mt="sm">{t('reports.summary.dismissed')}: {formatCount(result.dismissed.length)}</Text>}
        </Panel>
      </SimpleGrid>
    </Stack>
  )
}

const Making = ({ report }: { readonly report: ReportDetail }) => {
  const { t } = useTranslation()
  if (report.state === 'failed') return <EmptyState title={t('reports.state.failed')} body={t('reports.failed', { code: report.code ?? 'INTERNAL' })} />
  return <Panel title={t(`reports.state.${report.state}`)}><Stack gap="xs" role="status"><Progress value={report.progress} aria-label={t('reports.progress', { progress: report.progress })} /><Text size="sm">{t('reports.progress', { progress: report.progress })} · {t('reports.running')}</Text></Stack></Panel>
}

const Actions = ({ report }: { readonly report: ReportDetail }) => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [sharing, share] = useDisclosure(false)
  const [adding, add] = useDisclosure(false)
  const [deleting, drop] = useDisclosure(false)
  const remove = useMutation({ mutationFn: () => deleteReport(report.id), onSuccess: async () => { await client.invalidateQueries({ queryKey: ['reports', 'list'] }); void navigate({ to: '/reports' }) } })
  return (
    <Group gap="xs" className="hf-no-print">
      {report.state === 'done' && (
        <>
          {may('user.score') && <Button variant="default" onClick={add.open}>{t('person.addToPolicy')}</Button>}
          <Button variant="default" onClick={share.open}>{t('reports.share')}</Button>
          <Button.Group>{(['csv', 'json'] as const).map((format) => <Button key={format} component="a" variant="default" download href={`${API_BASE}/user-reports/${encodeURIComponent(report.id)}/export?format=${format}`}>{t(`reports.${format}`)}</Button>)}<Button variant="default" onClick={() => globalThis.print()}>{t('reports.print')}</Button></Button.Group>
        </>
      )}
      <Button variant="default" onClick={drop.open}>{t('reports.delete')}</Button>
      {sharing && <ShareDialog report={report} onClose={share.close} />}
      <ScoreDialog userId={report.user.id} opened={adding} onClose={add.close} withPolicy />
      <Dialog opened={deleting} onClose={drop.close} title={t('reports.deleteTitle')}>
        <Stack>{remove.isError && <ErrorState error={remove.error} />}<Text size="sm">{t('reports.deleteBody')}</Text><Group justify="flex-end"><Button variant="default" onClick={drop.close}>{t('common.cancel')}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{t('reports.delete')}</Button></Group></Stack>
      </Dialog>
    </Group>
  )
}

const Report = ({ report }: { readonly report: ReportDetail }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const tab = oneOf(raw['tab'], TABS, 'activity')
  const search = readActivitySearch(raw)
  const go = (next: Record<string, unknown>): void => void navigate({ to: pathname, search: next, replace: true })
  const { result } = report
  return (
    <>
      <Anchor component={Link} to="/reports" size="sm" className="hf-no-print">← {t('reports.back')}</Anchor>
      <PageHeader title={`${report.user.pseudonym} · ${report.from} – ${report.to}`} badges={<Badge variant="default" tt="none">{t(`reports.state.${report.state}`)}</Badge>}><Actions report={report} /></PageHeader>
      <Stack>
        <Facts rows={[
          [t('reports.user'), <UserName key="user" user={report.user} />], [t('reports.facts.range'), String(report.days)], [t('reports.facts.reason'), report.reason], [t('reports.facts.by'), <span key="by">{report.createdBy} · <Instant at={report.createdAt} /></span>],
          [t('reports.facts.activities'), formatCount(report.activities)], [t('reports.facts.scored'), result === undefined ? undefined : formatCount(result.scored)], [t('reports.facts.kept'), report.keptUntil === undefined ? undefined : <Instant key="kept" at={report.keptUntil} />],
        ]} />
        {result === undefined ? <Making report={report} /> : (
          <Tabs value={tab} keepMounted={false} onChange={(next) => go({ ...writeActivitySearch(search), tab: next === 'activity' ? undefined : next })}>
            <Tabs.List mb="md" className="hf-no-print">{TABS.map((one) => <Tabs.Tab key={one} value={one}>{t(`reports.tab.${one}`)}</Tabs.Tab>)}</Tabs.List>
            <Tabs.Panel value="activity"><UserActivity userId={report.user.id} title={t('reports.tab.activity')} search={search} onSearch={(next) => go(writeActivitySearch({ ...next, range: '3' }))} chart={result.chart} range={report} /></Tabs.Panel>
            <Tabs.Panel value="explorer"><Panel title={t('reports.tab.explorer')}><ActivityExplorer userId={report.user.id} from={`${report.from}T00:00:00.000Z`} to={`${report.to}T23:59:59.999Z`} /></Panel></Tabs.Panel>
            <Tabs.Panel value="summary"><Summary result={result} /></Tabs.Panel>
          </Tabs>
        )}
      </Stack>
    </>
  )
}

const Loaded = ({ query }: { readonly query: UseQueryResult<ReportDetail> }) => {
  const { t } = useTranslation()
  if (query.data !== undefined) return <Report report={query.data} />
  if (query.isError && isApiError(query.error, 'SHARE_OVER')) return <><PageHeader title={t('reports.title')} /><EmptyState title={t('reports.shares')} body={t('reports.sharedOver')} /></>
  return <><PageHeader title={t('reports.title')} />{query.isError ? <ErrorState error={query.error} onRetry={query.refetch} /> : <Stack aria-busy="true"><Skeleton height={80} /><Skeleton height={340} /></Stack>}</>
}

/** One report, while it is made and when it is there. */
export const ReportPage = () => {
  const { reportId = '' } = useParams({ strict: false })
  return <Loaded query={useQuery(reportQuery(reportId))} />
}

/** The report behind a link that ends. */
export const SharedReportPage = () => {
  const { token = '' } = useParams({ strict: false })
  return <Loaded query={useQuery(sharedReportQuery(token))} />
}
