import '../../i18n/administration-texts.ts'
import { Anchor, Button, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { policiesQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { AlertsLink } from '../../components/alerts-link.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { HealthBadge } from './health.tsx'

export const PoliciesPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const policies = useQuery(policiesQuery())
  const items = policies.data?.items ?? []
  const add = may('policy.manage') && <Button component={Link} to="/policies/new">{t('policies.add')}</Button>
  const columns = [
    { key: 'name', title: t('policies.column.name') }, { key: 'status', title: t('policies.column.status') }, { key: 'health', title: t('policies.column.health') }, { key: 'template', title: t('policies.column.template') }, { key: 'openAlerts', title: t('policies.column.openAlerts'), numeric: true },
    { key: 'version', title: t('policies.column.version'), numeric: true }, { key: 'updated', title: t('policies.column.updated') },
  ]
  return (
    <>
      <PageHeader title={t('policies.title')}>{add}</PageHeader>
      <section className="hf-panel" aria-label={t('policies.table')}>
        {policies.isError && <ErrorState error={policies.error} onRetry={policies.refetch} />}
        {policies.isSuccess && items.length === 0 && <EmptyState title={t('policies.never.title')} body={t('policies.never.body')}>{add}</EmptyState>}
        {(policies.isPending || items.length > 0) && (
          <DataTable label={t('policies.table')} columns={columns} loading={policies.isPending}>
            {items.map((policy) => (
              <Table.Tr key={policy.id}>
                <Table.Td><Anchor component={Link} to={`/policies/${encodeURIComponent(policy.id)}`} fw={600} size="sm">{policy.name}</Anchor><Text size="xs" c="dimmed" lineClamp={1}>{policy.description}</Text></Table.Td>
                <Table.Td><StateBadge tone={policy.status === 'on' ? 'good' : 'quiet'}>{t(`policies.state.${policy.status}`)}</StateBadge></Table.Td><Table.Td>{policy.health === undefined ? '–' : <><HealthBadge health={policy.health} />{policy.health.messages[0] !== undefined && <Text size="xs" c="dimmed" lineClamp={2}>{policy.health.messages[0].text}</Text>}</>}</Table.Td><Table.Td>{policy.templateName}</Table.Td>
                <Table.Td ta="end"><AlertsLink filter={{ policy: policy.id, range: 'all' }} className="hf-mono" label={t('policy.openAlerts', { count: policy.openAlerts })}>{policy.openAlerts}</AlertsLink></Table.Td><Table.Td ta="end" className="hf-mono">{policy.version}</Table.Td><Table.Td><Instant at={policy.updatedAt} /></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
      </section>
    </>
  )
}
