import type { GroupView } from '@holdfast/collector/contract'
import { Anchor, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { devicesQuery } from '../../api/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { HealthBadge, PolicyRevision } from '../devices/device-badges.tsx'

/** Which devices of the group already run the wanted revision; each heartbeat updates it. */
export const Rollout = ({ group }: { readonly group: GroupView }) => {
  const { t } = useTranslation()
  const devices = useInfiniteQuery(devicesQuery({ group: group.name }))
  const rows = devices.data?.pages.flatMap(({ items }) => items) ?? []
  const running = rows.filter(({ policy }) => policy.runningHash === group.policyHash && policy.runningHash !== '').length
  const columns = [{ key: 'device', title: t('groups.device') }, { key: 'health', title: t('devices.column.health') }, { key: 'policy', title: t('groups.wantedRunning') }, { key: 'applied', title: t('device.appliedAt') }]
  return (
    <Panel title={t('groups.rollout', { version: group.policyVersion })} actions={<Text size="sm" c="dimmed" role="status">{t('groups.running', { running, total: rows.length })}</Text>}>
      {devices.isError && <ErrorState error={devices.error} onRetry={devices.refetch} />}
      {devices.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{t('groups.noDevices')}</Text>}
      {(devices.isPending || rows.length > 0) && (
        <DataTable label={t('groups.rollout', { version: group.policyVersion })} columns={columns} loading={devices.isPending} minWidth={460}>
          {rows.map((device) => (
            <Table.Tr key={device.id}>
              <Table.Td><Anchor component={Link} to={`/devices/${encodeURIComponent(device.id)}`} size="sm">{device.hostname}</Anchor></Table.Td><Table.Td><HealthBadge health={device.health} /></Table.Td><Table.Td><PolicyRevision policy={device.policy} /></Table.Td><Table.Td><Instant at={device.policy.appliedAt} seconds /></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
    </Panel>
  )
}
