import { Anchor, Button, Progress, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReportView } from '@holdfast/collector/contract'
import { reportsQuery } from '../../api/reports.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { UserName } from '../../components/user-name.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { AskDialog } from './ask-dialog.tsx'

const State = ({ report }: { readonly report: ReportView }) => {
  const { t } = useTranslation()
  if (report.state !== 'running') return <>{t(`reports.state.${report.state}`)}</>
  return <><Text size="sm">{t('reports.progress', { progress: report.progress })}</Text><Progress value={report.progress} size="sm" aria-label={t('reports.progress', { progress: report.progress })} /></>
}

/** Reports that were asked for, newest first. */
export const ReportsPage = () => {
  const { t } = useTranslation()
  const [asking, dialog] = useDisclosure(false)
  const reports = useInfiniteQuery(reportsQuery())
  const rows = reports.data?.pages.flatMap(({ items }) => items) ?? []
  const empty = reports.isSuccess && rows.length === 0
  const columns = (['range', 'user', 'state', 'activities', 'created', 'by', 'kept'] as const).map((key) => ({ key, title: t(`reports.column.${key}`), numeric: key === 'activities' }))
  return (
    <>
      <PageHeader title={t('reports.title')} intro={t('reports.intro')}><Button onClick={dialog.open}>{t('reports.ask')}</Button></PageHeader>
      <section className="hf-panel" aria-label={t('reports.table')}>
        {reports.isError && <ErrorState error={reports.error} onRetry={reports.refetch} />}
        {!reports.isError && !empty && (
          <DataTable label={t('reports.table')} columns={columns} loading={reports.isPending}>
            {rows.map((report) => (
              <Table.Tr key={report.id} data-report={report.id}>
                <Table.Td><Anchor component={Link} to={`/reports/${encodeURIComponent(report.id)}`} size="sm" fw={600} className="hf-mono">{report.from} – {report.to}</Anchor></Table.Td>
                <Table.Td><UserName user={report.user} /></Table.Td><Table.Td><State report={report} /></Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(report.activities)}</Table.Td>
                <Table.Td><Instant at={report.createdAt} /></Table.Td><Table.Td>{report.createdBy}</Table.Td><Table.Td>{report.keptUntil === undefined ? '–' : <Instant at={report.keptUntil} />}</Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {empty && <EmptyState title={t('reports.none.title')} body={t('reports.none.body')}><Button onClick={dialog.open}>{t('reports.ask')}</Button></EmptyState>}
        {rows.length > 0 && <MoreButton pages={reports} shown={rows.length} total={reports.data?.pages[0]?.total} />}
      </section>
      {asking && <AskDialog opened onClose={dialog.close} />}
    </>
  )
}
