import '../../i18n/administration-texts.ts'
import type { DeviceView } from '@holdfast/collector/contract'
import { Anchor, Badge, Button, Checkbox, Group, Popover, Stack, Table, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { deviceFaultsQuery } from '../../api/fleet.ts'
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
import { type DeviceAction, DeviceActionDialog, DeviceBulkBar } from './bulk-actions.tsx'
import { AddDeviceDialog } from './add-device-dialog.tsx'
import { DrillBadge, HealthBadge, PolicyRevision, TierCounts } from './device-badges.tsx'
import { type DeviceFilter, deviceFilterOf, DeviceFilters } from './device-filters.tsx'
import { wordsOf } from './fault-list.tsx'
import { FleetNotices } from './fleet-notices.tsx'
import { EnrolmentCodes } from './enrolment-codes.tsx'
import { WaitingDevices } from './waiting-devices.tsx'

/** The fleet: health in one column, policy revision in another. */
export const DevicesPage = () => {
  const { t, language } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const may = useMay()
  const search = textOf(raw['search'])
  const adding = raw['add'] === '1'
  const filter = deviceFilterOf(raw)
  const asked = Object.fromEntries(Object.entries({ search, ...filter }).filter(([, value]) => value !== undefined))
  const isFiltered = Object.keys(asked).length > 0
  const table = useQuery(deviceFaultsQuery()).data
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [action, setAction] = useState<DeviceAction>()
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({ key: 'holdfast-device-columns', defaultValue: [] })
  const devices = useInfiniteQuery(devicesQuery(asked))
  const rows = devices.data?.pages.flatMap(({ items }) => items) ?? []
  const go = (next: DeviceFilter & { readonly search?: string | undefined; readonly add?: string | undefined }): void => void navigate({ to: '/devices', search: { search, ...filter, ...next }, replace: true })
  const add = may('enrolment.manage') && <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => go({ add: '1' })}>{t('devices.add')}</Button>
  const empty = devices.isSuccess && rows.length === 0
  const shown = rows.filter(({ id }) => chosen.has(id))
  const manages = may('device.manage')
  const toggle = (id: string): void => setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]))
  const all = [
    { key: 'hostname', title: t('devices.column.hostname') }, { key: 'health', title: t('devices.column.health') }, { key: 'policy', title: t('devices.column.policy') }, { key: 'sensors', title: t('devices.column.sensors') }, { key: 'drill', title: t('drill.column') },
    { key: 'group', title: t('devices.column.group') }, { key: 'agent', title: t('devices.column.agent') }, { key: 'lastSeen', title: t('devices.column.lastSeen') },
  ]
  const visible = all.filter(({ key }) => key === 'hostname' || !hidden.includes(key))
  const box = { key: 'choose', title: <Checkbox size="xs" aria-label={t('fleet.choosePage')} checked={rows.length > 0 && shown.length === rows.length} indeterminate={shown.length > 0 && shown.length < rows.length} onChange={() => setChosen(new Set(shown.length === rows.length ? [] : rows.map(({ id }) => id)))} /> }
  const columns = [...(manages ? [box] : []), ...visible]
  const cells = (device: DeviceView): Readonly<Record<string, ReactNode>> => ({
    hostname: <><Anchor component={Link} to={`/devices/${encodeURIComponent(device.id)}`} fw={600} size="sm">{device.hostname}</Anchor><Text size="xs" c="dimmed">{[device.os, device.osVersion].filter(Boolean).join(' ')}</Text>{device.tags.map((tag) => <Badge key={tag} size="xs" variant="default" tt="none" mr={4}>{tag}</Badge>)}</>,
    health: <><HealthBadge health={device.health} />{device.maintenance !== undefined && <div><StateBadge tone="quiet">{t('fleet.maintenance')}</StateBadge></div>}{device.retired !== undefined && <div><StateBadge tone="quiet">{t('fleet.retired')}</StateBadge></div>}{device.faults[0] !== undefined && <Text size="xs" c="dimmed" maw={220}>{wordsOf(device.faults[0], table, language).detail}</Text>}</>,
    policy: <PolicyRevision policy={device.policy} />,
    sensors: <><TierCounts tiers={device.tiers} />{device.tiers.degraded + device.tiers.blind > 0 && <div><StateBadge tone="warn">{t('sees.less')}</StateBadge></div>}{device.unexplained > 0 && <div><StateBadge tone="bad">{t('devices.unexplained', { count: device.unexplained })}</StateBadge></div>}</>,
    drill: <><DrillBadge drill={device.drill} />{device.drill.at !== undefined && <Text size="xs" c="dimmed"><Instant at={device.drill.at} /></Text>}</>,
    group: <Anchor component={Link} to={`/groups/${encodeURIComponent(device.group)}`} size="sm">{device.group}</Anchor>,
    agent: <span className="hf-mono">{device.agentVersion ?? '–'}</span>, lastSeen: <Instant at={device.lastSeenAt} />,
  })
  return (
    <>
      <PageHeader title={t('devices.title')}>{add}</PageHeader>
      <Stack>
        <section className="hf-panel" aria-label={t('devices.table')}>
          <Group mb="sm"><SearchField label={t('devices.searchLabel')} placeholder={t('devices.search')} initial={search ?? ''} onSearch={(text) => go({ search: text })} />
            <DeviceFilters filter={filter} onChange={go} />
            <Popover position="bottom-end"><Popover.Target><Button variant="default" size="sm">{t('fleet.columns')}</Button></Popover.Target><Popover.Dropdown><Stack gap={6}>{all.filter(({ key }) => key !== 'hostname').map(({ key, title }) => <Checkbox key={key} size="sm" label={title} description={t('fleet.columnHint')} checked={!hidden.includes(key)} onChange={(event) => setHidden(event.currentTarget.checked ? hidden.filter((one) => one !== key) : [...hidden, key])} />)}</Stack></Popover.Dropdown></Popover>
          </Group>
          <DeviceBulkBar chosen={shown.length} onAction={setAction} onClear={() => setChosen(new Set())} />
          {devices.isError && <ErrorState error={devices.error} onRetry={devices.refetch} />}
          {!devices.isError && !empty && (
            <DataTable label={t('devices.table')} columns={columns} loading={devices.isPending} minWidth={960}>
              {rows.map((device) => (
                <Table.Tr key={device.id}>
                  {manages && <Table.Td w={36}><Checkbox size="xs" aria-label={t('fleet.choose', { hostname: device.hostname })} checked={chosen.has(device.id)} onChange={() => toggle(device.id)} /></Table.Td>}
                  {visible.map(({ key }) => <Table.Td key={key}>{cells(device)[key]}</Table.Td>)}
                </Table.Tr>
              ))}
            </DataTable>
          )}
          {empty && (!isFiltered
            ? <EmptyState title={t('devices.never.title')} body={t('devices.never.body')}>{add}</EmptyState>
            : <EmptyState title={t('devices.filtered.title')} body={t('devices.filtered.body')}><Button variant="default" onClick={() => void navigate({ to: '/devices' })}>{t('common.clearFilters')}</Button></EmptyState>)}
          {rows.length > 0 && <MoreButton pages={devices} shown={rows.length} total={devices.data?.pages[0]?.total} />}
        </section>
        {may('enrolment.manage') && <WaitingDevices />}
        <FleetNotices />
        {may('enrolment.manage') && <EnrolmentCodes />}
      </Stack>
      <DeviceActionDialog action={action} ids={shown.map(({ id }) => id)} onClose={(changed) => {
        setAction(undefined)
        if (changed) setChosen(new Set())
      }} />
      {may('enrolment.manage') && <AddDeviceDialog opened={adding} onClose={() => go({ add: undefined })} />}
    </>
  )
}
