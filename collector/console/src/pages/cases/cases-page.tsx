import type { CaseView } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Select, SimpleGrid, Table, Text, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { casesQuery, caseStatisticsQuery } from '../../api/cases.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Tile } from '../../components/tile.tsx'
import { UserName } from '../../components/user-name.tsx'
import { formatCount } from '../../format/numbers.ts'
import { formatDuration } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { HandOverButton } from '../escalation/hand-over-dialog.tsx'
import { CASE_STATUSES, caseFilter, DUES, isFiltered, nextSort, readCaseSearch, writeCaseSearch, type CaseSearch } from './case-search.ts'

const CaseTiles = ({ onOverdue }: { readonly onOverdue: () => void }) => {
  const { t } = useTranslation()
  const { data } = useQuery(caseStatisticsQuery())
  const count = (value: number | undefined): string => (value === undefined ? '…' : formatCount(value))
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} mb="md">
      <Tile label={t('cases.tile.active')} value={count(data?.active)} hint={data === undefined ? undefined : t('cases.tile.activeHint', { limit: formatCount(data.limit) })} />
      <Tile label={t('cases.tile.recent')} value={count(data?.openedIn30Days)} />
      <Tile label={t('cases.tile.age')} value={data === undefined ? '…' : data.meanAgeSecs === undefined ? '–' : formatDuration(data.meanAgeSecs)} hint={data !== undefined && data.meanAgeSecs === undefined ? t('cases.tile.noAge') : undefined} />
      <Tile label={t('cases.tile.overdue')} value={count(data?.overdue)} hint={data !== undefined && data.overdue > 0 ? <Anchor component="button" size="xs" onClick={onOverdue}>{t('cases.tile.showOverdue')}</Anchor> : undefined} />
    </SimpleGrid>
  )
}

export const CaseStatusBadge = ({ found }: { readonly found: Pick<CaseView, 'status' | 'resolution'> }) => {
  const { t } = useTranslation()
  const tone = found.status === 'active' ? 'warn' : found.resolution?.outcome === 'confirmed_violation' ? 'bad' : 'good'
  return <StateBadge tone={tone}>{found.status === 'active' ? t('cases.status.active') : `${t('cases.status.closed')}: ${t(`case.outcome.${found.resolution?.outcome ?? 'benign'}`)}`}</StateBadge>
}

export const DueDate = ({ found }: { readonly found: Pick<CaseView, 'dueAt' | 'isOverdue'> }) => {
  const { t } = useTranslation()
  if (found.dueAt === undefined) return <Text span size="sm" c="dimmed">{t('cases.noDue')}</Text>
  const day = <time dateTime={found.dueAt} style={{ whiteSpace: 'nowrap' }}>{found.dueAt.slice(0, 10)}</time>
  return found.isOverdue ? <Group gap={6} component="span">{day}<StateBadge tone="bad">{t('cases.overdue')}</StateBadge></Group> : day
}

/** Every case that one may see: what is open, what is late, who has it. */
export const CasesPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const search = readCaseSearch(useSearch({ strict: false }))
  const cases = useInfiniteQuery(casesQuery(caseFilter(search)))
  const rows = cases.data?.pages.flatMap(({ items }) => items) ?? []
  const empty = cases.isSuccess && rows.length === 0
  const go = (next: Partial<CaseSearch>): void => void navigate({ to: '/cases', search: writeCaseSearch({ ...search, ...next }), replace: true })
  const sortable = (column: 'updatedAt' | 'openedAt' | 'dueAt', words: string) => {
    const direction = search.sort === `-${column}` ? 'descending' : search.sort === column ? 'ascending' : 'none'
    return { key: column, sort: direction, title: <UnstyledButton fz="inherit" fw="inherit" onClick={() => go({ sort: nextSort(search.sort, column) })}>{words}<span aria-hidden="true">{direction === 'descending' ? ' ↓' : direction === 'ascending' ? ' ↑' : ''}</span></UnstyledButton> } as const
  }
  const columns = [
    { key: 'name', title: t('cases.column.name') }, { key: 'status', title: t('cases.column.status') }, { key: 'user', title: t('cases.column.user') }, sortable('openedAt', t('cases.column.opened')), { key: 'alerts', title: t('cases.column.alerts'), numeric: true },
    sortable('dueAt', t('cases.column.due')), { key: 'assignee', title: t('cases.column.assignee') }, sortable('updatedAt', t('cases.column.updated')), { key: 'updatedBy', title: t('cases.column.updatedBy') },
  ]
  const assignees: { value: string; label: string }[] = [{ value: 'me', label: t('cases.filter.me') }, { value: 'none', label: t('cases.filter.none') }]
  if (search.assigneeId !== undefined && !assignees.some(({ value }) => value === search.assigneeId)) assignees.push({ value: search.assigneeId, label: rows.find((row) => row.assignee?.id === search.assigneeId)?.assignee?.name ?? search.assigneeId })
  return (
    <>
      <PageHeader title={t('cases.title')} intro={t('cases.intro')}>
        <Button component={Link} to="/share-links" variant="default" size="xs">{t('escalation.share.pageTitle')}</Button>
        {may('hold.read') && <Button component={Link} to="/holds" variant="default" size="xs">{t('escalation.hold.title')}</Button>}
        {may('case.manage') && <HandOverButton />}
      </PageHeader>
      <CaseTiles onOverdue={() => go({ due: 'overdue', status: [] })} />
      <section className="hf-panel" aria-label={t('cases.table')}>
        <Group mb="sm" align="flex-end">
          <SearchField label={t('cases.search')} initial={search.search ?? ''} onSearch={(text) => go({ search: text === '' ? undefined : text })} />
          <Select aria-label={t('cases.filter.status')} placeholder={t('cases.filter.status')} data={CASE_STATUSES.map((value) => ({ value, label: t(`cases.status.${value}`) }))} value={search.status[0] ?? null} clearable onChange={(value) => go({ status: CASE_STATUSES.filter((one) => one === value) })} w={140} />
          <Select aria-label={t('cases.filter.assignee')} placeholder={t('cases.filter.assignee')} data={assignees} value={search.assigneeId ?? null} clearable onChange={(value) => go({ assigneeId: value ?? undefined })} w={160} />
          <Select aria-label={t('cases.filter.due')} placeholder={t('cases.filter.due')} data={DUES.map((value) => ({ value, label: t(`cases.due.${value}`) }))} value={search.due ?? null} clearable onChange={(value) => go({ due: DUES.find((one) => one === value) })} w={160} />
        </Group>
        {cases.isError && <ErrorState error={cases.error} onRetry={cases.refetch} />}
        {!cases.isError && !empty && (
          <DataTable label={t('cases.table')} columns={columns} loading={cases.isPending} minWidth={980}>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td miw={170} maw={280} style={{ overflowWrap: 'anywhere' }}><Anchor component={Link} to={`/cases/${encodeURIComponent(row.id)}`} size="sm" fw={600}>{row.name}</Anchor></Table.Td>
                <Table.Td><CaseStatusBadge found={row} /></Table.Td><Table.Td style={{ whiteSpace: 'nowrap' }}><UserName user={row.user} /></Table.Td><Table.Td><Instant at={row.openedAt} /></Table.Td><Table.Td ta="end" className="hf-mono">{row.alertCount}</Table.Td>
                <Table.Td><DueDate found={row} /></Table.Td><Table.Td>{row.assignee?.name ?? '–'}</Table.Td><Table.Td><Instant at={row.updatedAt} /></Table.Td><Table.Td>{row.updatedBy.name}</Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {empty && (isFiltered(search)
          ? <EmptyState title={t('cases.filtered.title')} body={t('cases.filtered.body')}><Button variant="default" onClick={() => void navigate({ to: '/cases' })}>{t('common.clearFilters')}</Button></EmptyState>
          : may('case.manage')
            ? <EmptyState title={t('cases.never.title')} body={t('cases.never.body')}><Button component={Link} to="/alerts">{t('cases.never.action')}</Button></EmptyState>
            : <EmptyState title={t('cases.neverGuest.title')} body={t('cases.neverGuest.body')} />)}
        {rows.length > 0 && <MoreButton pages={cases} shown={rows.length} total={cases.data?.pages[0]?.total} />}
      </section>
    </>
  )
}
