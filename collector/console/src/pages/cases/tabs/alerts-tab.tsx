import type { AlertPage, AlertView, CaseDetail } from '@holdfast/collector/contract'
import { Anchor, Button, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { addAlerts } from '../../../api/cases.ts'
import { api } from '../../../api/client.ts'
import { DataTable } from '../../../components/data-table.tsx'
import { Instant } from '../../../components/instant.tsx'
import { Panel } from '../../../components/panel.tsx'
import { SeverityBadge } from '../../../components/severity-badge.tsx'
import { useTranslation } from '../../../i18n/translation.ts'
import { useCaseChange } from '../use-case-change.tsx'

const AlertRows = ({ alerts, action }: { readonly alerts: readonly AlertView[]; readonly action?: (alert: AlertView) => ReactNode }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'severity', title: t('alerts.column.severity') }, { key: 'score', title: t('alerts.column.score'), numeric: true }, { key: 'headline', title: t('alerts.column.headline') }, { key: 'policy', title: t('alerts.column.policy') }, { key: 'status', title: t('alerts.column.status') }, { key: 'updated', title: t('alerts.column.updated') }, ...(action === undefined ? [] : [{ key: 'action', title: t('notices.column.action') }])]
  return (
    <DataTable label={t('alerts.table')} columns={columns}>
      {alerts.map((alert) => (
        <Table.Tr key={alert.id}>
          <Table.Td><SeverityBadge severity={alert.severity} /></Table.Td><Table.Td ta="end" className="hf-mono">{alert.score}</Table.Td><Table.Td maw={420} style={{ overflowWrap: 'anywhere' }}><Anchor component={Link} size="sm" to={`/alerts/${encodeURIComponent(alert.id)}`}>{alert.headline}</Anchor></Table.Td>
          <Table.Td>{alert.policy}</Table.Td><Table.Td>{t(`status.${alert.status}`)}</Table.Td><Table.Td><Instant at={alert.updatedAt} /></Table.Td>{action !== undefined && <Table.Td>{action(alert)}</Table.Td>}
        </Table.Tr>
      ))}
    </DataTable>
  )
}

/** The alerts of the case, and the others of its user that could join. */
export const AlertsTab = ({ found }: { readonly found: CaseDetail }) => {
  const { t } = useTranslation()
  const { change, pending } = useCaseChange(found.id)
  const mayAdd = found.may.manage && found.status === 'active'
  const query = { userId: found.user.id, status: ['needs_review', 'confirmed'], limit: 50 }
  const others = useQuery({ queryKey: ['alerts', 'of-user', query], queryFn: ({ signal }) => api.get<AlertPage>('/alerts', { query, signal }), enabled: mayAdd })
  const free = others.data?.items.filter((alert) => !found.alerts.some(({ id }) => id === alert.id)) ?? []
  return (
    <Stack>
      <Panel title={t('case.alerts')}><AlertRows alerts={found.alerts} /></Panel>
      {mayAdd && others.data !== undefined && (
        <Panel title={t('case.addAlerts.title')}>
          {free.length === 0 ? <Text size="sm" c="dimmed">{t('case.addAlerts.none')}</Text> : <AlertRows alerts={free} action={(alert) => <Button size="compact-xs" variant="default" loading={pending} aria-label={`${t('case.addAlerts.button')}: ${alert.headline}`} onClick={() => change(() => addAlerts(found.id, found.revision, [alert.id]), t('case.add.done'))}>{t('case.addAlerts.button')}</Button>} />}
        </Panel>
      )}
    </Stack>
  )
}
