import '../../i18n/administration-texts.ts'
import { Anchor, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { rolloutsQuery } from '../../api/rollouts.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { RolloutBadge, StateBar } from './rollout-parts.tsx'

/** Changes of what devices watch, on their way. */
export const RolloutsPage = () => {
  const { t } = useTranslation()
  const rollouts = useInfiniteQuery(rolloutsQuery())
  const rows = rollouts.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = [{ key: 'group', title: t('rollouts.group') }, { key: 'state', title: t('rollouts.stateTitle') }, { key: 'version', title: t('rollouts.version') }, { key: 'ring', title: t('rollouts.ring') }, { key: 'far', title: t('rollouts.far') }, { key: 'begun', title: t('rollouts.begun') }]
  return (
    <>
      <PageHeader title={t('rollouts.title')} intro={t('rollouts.intro')} />
      <section className="hf-panel" aria-label={t('rollouts.title')}>
        {rollouts.isError && <ErrorState error={rollouts.error} onRetry={rollouts.refetch} />}
        {rollouts.isSuccess && rows.length === 0 && <EmptyState title={t('rollouts.never.title')} body={t('rollouts.never.body')} />}
        {(rollouts.isPending || rows.length > 0) && (
          <DataTable label={t('rollouts.title')} columns={columns} loading={rollouts.isPending} minWidth={820}>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td><Anchor component={Link} to={`/rollouts/${encodeURIComponent(row.id)}`} fw={600} size="sm">{row.group}</Anchor></Table.Td>
                <Table.Td><RolloutBadge state={row.state} />{row.halt !== undefined && <Text size="xs" c="dimmed">{t(`rollouts.rule.${row.halt.rule}`)}</Text>}</Table.Td>
                <Table.Td className="hf-mono">{row.from.version} → {row.to.version}</Table.Td><Table.Td className="hf-mono">{row.ring}/{row.rings}</Table.Td>
                <Table.Td><StateBar counts={row.counts} devices={row.devices} label={row.group} /></Table.Td><Table.Td><Instant at={row.createdAt} /><Text size="xs" c="dimmed">{row.createdBy}</Text></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {rows.length > 0 && <MoreButton pages={rollouts} shown={rows.length} total={rollouts.data?.pages[0]?.total} />}
      </section>
    </>
  )
}
