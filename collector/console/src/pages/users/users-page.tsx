import { Button, Group, Switch, Table } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usersQuery } from '../../api/queries.ts'
import { textOf } from '../../app/search-params.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { UserName } from '../../components/user-name.tsx'

/** Whose activity is scored, by pseudonym. */
export const UsersPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const search = textOf(raw['search'])
  const withAlerts = raw['withAlerts'] === 'true'
  const users = useInfiniteQuery(usersQuery({ ...(search === undefined ? {} : { search }), ...(withAlerts ? { withAlerts } : {}) }))
  const rows = users.data?.pages.flatMap(({ items }) => items) ?? []
  const empty = users.isSuccess && rows.length === 0
  const go = (next: { readonly search?: string | undefined; readonly withAlerts?: string | undefined }): void => void navigate({ to: '/users', search: { search, withAlerts: withAlerts ? 'true' : undefined, ...next }, replace: true })
  const columns = [
    { key: 'user', title: t('users.column.user') }, { key: 'score', title: t('users.column.score'), numeric: true }, { key: 'severity', title: t('users.column.severity') }, { key: 'openAlerts', title: t('users.column.openAlerts'), numeric: true },
    { key: 'department', title: t('users.column.department') }, { key: 'kind', title: t('users.column.kind') },
  ]
  return (
    <>
      <PageHeader title={t('users.title')} />
      <section className="hf-panel" aria-label={t('users.table')}>
        <Group mb="sm"><SearchField label={t('users.search')} initial={search ?? ''} onSearch={(text) => go({ search: text })} /><Switch label={t('users.withAlerts')} checked={withAlerts} onChange={(event) => go({ withAlerts: event.currentTarget.checked ? 'true' : undefined })} /></Group>
        {users.isError && <ErrorState error={users.error} onRetry={users.refetch} />}
        {!users.isError && !empty && (
          <DataTable label={t('users.table')} columns={columns} loading={users.isPending}>
            {rows.map((user) => (
              <Table.Tr key={user.id}>
                <Table.Td fw={600}><UserName user={user} /></Table.Td><Table.Td ta="end" className="hf-mono">{user.riskScore}</Table.Td><Table.Td>{user.severity === undefined ? '–' : <SeverityBadge severity={user.severity} />}</Table.Td>
                <Table.Td ta="end" className="hf-mono">{user.openAlerts}</Table.Td><Table.Td>{user.department ?? '–'}</Table.Td><Table.Td>{t(`users.kinds.${user.kind}`)}</Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {empty && (search !== undefined || withAlerts
          ? <EmptyState title={t('users.filtered.title')} body={t('users.filtered.body')}><Button variant="default" onClick={() => void navigate({ to: '/users' })}>{t('common.clearFilters')}</Button></EmptyState>
          : <EmptyState title={t('users.never.title')} body={t('users.never.body')}><Button component={Link} to="/devices">{t('users.never.action')}</Button></EmptyState>)}
        {rows.length > 0 && <MoreButton pages={users} shown={rows.length} total={users.data?.pages[0]?.total} />}
      </section>
    </>
  )
}
