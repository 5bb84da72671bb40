import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { devicesQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { textOf } from '../../app/search-params.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AddDeviceDialog } from './add-device-dialog.tsx'
import { DrillBadge, HealthBadge, PolicyRevision, TierCounts } from './device-badges.tsx'
import { type DeviceFilter, deviceFilterOf, DeviceFilters } from './device-filters.tsx'
import { EnrolmentCodes } from './enrolment-codes.tsx'

/** The fleet: health in one column, policy revision in another. */
export const DevicesPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const may = useMay()
  const search = textOf(raw['search'])
  const adding = raw['add'] === '1'
  const filter = deviceFilterOf(raw)
  const { seesLess, drill } = filter
  const isFiltered = search !== undefined || seesLess !== undefined || drill !== undefined
  const devices = useInfiniteQuery(devicesQuery({ ...(search === undefined ? {} : { search }), ...(seesLess === undefined ? {} : { seesLess }), ...(drill === undefined ? {} : { drill }) }))
  const rows = devices.data?.pages.flatMap(({ items }) => items) ?? []
  const go = (next: DeviceFilter & { readonly search?: string | undefined; readonly add?: string | undefined }): void => void navigate({ to: '/devices', search: { search, ...filter, ...next }, replace: true })
  const add = may('enrolment.manage') && <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => go({ add: '1' })}>{t('devices.add')}</Button>
  const empty = devices.isSuccess && rows.length === 0
  const columns = [
    { key: 'hostname', title: t('devices.column.hostname') }, { key: 'health', title: t('devices.column.health') }, { key: 'policy', title: t('devices.column.policy') }, { key: 'sensors', title: t('devices.column.sensors') }, { key: 'drill', title: t('drill.column') },
    { key: 'group', title: t('devices.column.group') }, { key: 'agent', title: t('devices.column.agent') }, { key: 'lastSeen', title: t('devices.column.lastSeen') },
  ]
  return (
    <>
      <PageHeader title={t('devices.title')}>{add}</PageHeader>
      <Stack>
        <section className="hf-panel" aria-label={t('devices.table')}>
          <Group mb="sm"><SearchField label={t('devices.searchLabel')} placeholder={t('devices.search')} initial={search ?? ''} onSearch={(text) => go({ search: text })} />
            <DeviceFilters filter={filter} onChange={go} />
          </Group>
          {devices.isError && <ErrorState error={devices.error} onRetry={devices.refetch} />}
          {!devices.isError && !empty && (
            <DataTable label={t('devices.table')} columns={columns} loading={devices.isPending} minWidth={960}>
              {rows.map((device) => (
                <Table.Tr key={device.id}>
                  <Table.Td><Anchor component={Link} to={`/devices/${encodeURIComponent(device.id)}`} fw={600} size="sm">{device.hostname}</Anchor><Text size="xs" c="dimmed">{[device.os, device.osVersion].filter(Boolean).join(' ')}</Text></Table.Td>
                  <Table.Td><HealthBadge health={device.health} />{device.faults[0] !== undefined && <Text size="xs" c="dimmed" maw={220}>{device.faults[0].detail}</Text>}</Table.Td>
                  <Table.Td><PolicyRevision policy={device.policy} /></Table.Td>
                  <Table.Td><TierCounts tiers={device.tiers} />{device.tiers.degraded + device.tiers.blind > 0 && <div><StateBadge tone="warn">{t('sees.less')}</StateBadge></div>}{device.unexplained > 0 && <div><StateBadge tone="bad">{t('devices.unexplained', { count: device.unexplained })}</StateBadge></div>}</Table.Td>
                  <Table.Td><DrillBadge drill={device.drill} />{device.drill.at !== undefined && <Text size="xs" c="dimmed"><Instant at={device.drill.at} /></Text>}</Table.Td>
                  <Table.Td><Anchor component={Link} to={`/groups/${encodeURIComponent(device.group)}`} size="sm">{device.group}</Anchor></Table.Td>
                  <Table.Td className="hf-mono">{device.agentVersion ?? '–'}</Table.Td>
                  <Table.Td><Instant at={device.lastSeenAt} /></Table.Td>
                </Table.Tr>
              ))}
            </DataTable>
          )}
          {empty && (!isFiltered
            ? <EmptyState title={t('devices.never.title')} body={t('devices.never.body')}>{add}</EmptyState>
            : <EmptyState title={t('devices.filtered.title')} body={t('devices.filtered.body')}><Button variant="default" onClick={() => void navigate({ to: '/devices' })}>{t('common.clearFilters')}</Button></EmptyState>)}
          {rows.length > 0 && <MoreButton pages={devices} shown={rows.length} total={devices.data?.pages[0]?.total} />}
        </section>
        {may('enrolment.manage') && <EnrolmentCodes />}
      </Stack>
      {may('enrolment.manage') && <AddDeviceDialog opened={adding} onClose={() => go({ add: undefined })} />}
    </>
  )
}
