import '../../i18n/administration-texts.ts'
import { Anchor, Stack, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { groupsQuery } from '../../api/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { RulesPanel } from './rules-panel.tsx'

/** Device groups, each with what its agents watch. */
export const GroupsPage = () => {
  const { t } = useTranslation()
  const groups = useQuery(groupsQuery())
  const items = groups.data?.items ?? []
  const columns = [{ key: 'name', title: t('groups.column.name') }, { key: 'devices', title: t('groups.column.devices'), numeric: true }, { key: 'revision', title: t('groups.column.revision'), numeric: true }, { key: 'roots', title: t('groups.column.roots') }]
  return (
    <>
      <PageHeader title={t('groups.title')} intro={t('groups.intro')} />
      <Stack>
        <section className="hf-panel" aria-label={t('groups.table')}>
          {groups.isError && <ErrorState error={groups.error} onRetry={groups.refetch} />}
          {groups.isSuccess && items.length === 0 && <EmptyState title={t('groups.never.title')} body={t('groups.never.body')} />}
          {(groups.isPending || items.length > 0) && (
            <DataTable label={t('groups.table')} columns={columns} loading={groups.isPending}>
              {items.map((group) => (
                <Table.Tr key={group.name}>
                  <Table.Td><Anchor component={Link} to={`/groups/${encodeURIComponent(group.name)}`} fw={600} size="sm">{group.name}</Anchor></Table.Td>
                  <Table.Td ta="end" className="hf-mono">{group.devices}</Table.Td><Table.Td ta="end" className="hf-mono">{group.policyVersion}</Table.Td><Table.Td className="hf-code">{group.settings.roots.join(', ')}</Table.Td>
                </Table.Tr>
              ))}
            </DataTable>
          )}
        </section>
        <RulesPanel groups={items.map(({ name }) => name)} />
      </Stack>
    </>
  )
}
