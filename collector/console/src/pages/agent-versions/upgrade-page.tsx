import '../../i18n/administration-texts.ts'
import type { AgentUpgradeDetail, AgentUpgradeDeviceView } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Select, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { actOnUpgrade, agentUpgradeDevicesQuery, agentUpgradeQuery } from '../../api/agent-versions.ts'
import type { RolloutAct } from '../../api/rollouts.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { HaltNote, Rings } from '../rollouts/rollout-page.tsx'
import { DeviceStateBadge, RolloutBadge } from '../rollouts/rollout-parts.tsx'

const STATES = ['rejected', 'applied', 'offered', 'received', 'verified', 'offline', 'pending', 'confirmed', 'gone'] as const
const REASONS = ['NO_ANSWER', 'DRIFTED', 'SAFE_MODE', 'SENSOR_BLIND', 'UPGRADE_NO_ROOM', 'UPGRADE_SIGNATURE', 'UPGRADE_NOT_NEWER'] as const

/** Deeds that the state allows; taking back is asked for twice. */
const Deeds = ({ upgrade }: { readonly upgrade: AgentUpgradeDetail }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const act = useMutation({
    mutationFn: (deed: RolloutAct) => actOnUpgrade(upgrade.id, deed),
    onSuccess: async (saved) => {
      setAsking(false)
      client.setQueryData(agentUpgradeQuery(upgrade.id).queryKey, saved)
      await client.invalidateQueries({ queryKey: ['agent-upgrades'] })
    },
  })
  const { state } = upgrade
  return (
    <>
      {act.isError && <ErrorState error={act.error} />}
      {state === 'active' && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('pause')}>{t('rollouts.pause')}</Button>}
      {(state === 'paused' || state === 'halted') && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('resume')}>{t(state === 'halted' ? 'rollouts.goOn' : 'rollouts.resume')}</Button>}
      {(state === 'active' || state === 'paused') && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('halt')}>{t('rollouts.halt')}</Button>}
      {upgrade.canRollBack && <Button color="#b42318" onClick={() => setAsking(true)}>{t('rollouts.rollBack')}</Button>}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('agentVersions.rollBackTitle', { version: upgrade.version, group: upgrade.group })}>
        <Stack>
          <Text size="sm">{t('agentVersions.rollBackBody', { version: upgrade.version })}</Text>
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(false)}>{t('common.cancel')}</Button><Button color="#b42318" loading={act.isPending} onClick={() => act.mutate('roll-back')}>{t('rollouts.rollBack')}</Button></Group>
        </Stack>
      </Dialog>
    </>
  )
}

const NextStep = ({ row, isBack }: { readonly row: AgentUpgradeDeviceView; readonly isBack: boolean }) => {
  const { t } = useTranslation()
  const reason = REASONS.find((code) => code === row.reason)
  const key = isBack && row.state === 'confirmed' ? 'left' : row.reason?.startsWith('RETURNED_') === true ? 'RETURNED' : (reason ?? row.state)
  return <Text size="sm">{t(`agentVersions.next.${key}`)}</Text>
}

const Devices = ({ upgrade: { id, state: rolloutState } }: { readonly upgrade: AgentUpgradeDetail }) => {
  const { t } = useTranslation()
  const [state, setState] = useState<string>()
  const devices = useInfiniteQuery(agentUpgradeDevicesQuery(id, state))
  const rows = devices.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = [{ key: 'device', title: t('groups.device') }, { key: 'ring', title: t('rollouts.ring') }, { key: 'runs', title: t('agentVersions.runs') }, { key: 'state', title: t('rollouts.stateTitle') }, { key: 'reason', title: t('rollouts.reason') }, { key: 'since', title: t('rollouts.since') }, { key: 'next', title: t('rollouts.next') }]
  return (
    <Panel title={t('rollouts.devices')}>
      <Select mb="sm" maw={260} label={t('rollouts.filterState')} description={t('rollouts.filterStateHint')} clearable data={STATES.map((value) => ({ value, label: t(`agentVersions.deviceState.${value}`) }))} value={state ?? null} onChange={(value) => setState(value ?? undefined)} />
      {devices.isError && <ErrorState error={devices.error} onRetry={devices.refetch} />}
      <DataTable label={t('rollouts.devices')} columns={columns} loading={devices.isPending} minWidth={860}>
        {rows.map((row) => (
          <Table.Tr key={row.deviceId}>
            <Table.Td><Anchor component={Link} to={`/devices/${encodeURIComponent(row.deviceId)}`} size="sm">{row.hostname}</Anchor></Table.Td><Table.Td className="hf-mono">{row.ring}</Table.Td><Table.Td className="hf-mono">{row.version === '' ? '–' : row.version}</Table.Td>
            <Table.Td><DeviceStateBadge state={row.state}>{t(`agentVersions.deviceState.${row.state}`)}</DeviceStateBadge>{row.progress !== undefined && <Text size="xs" c="dimmed">{t('agentVersions.fetched', { percent: row.progress })}</Text>}</Table.Td>
            <Table.Td className="hf-code" style={{ whiteSpace: 'nowrap' }}>{row.reason ?? '–'}</Table.Td><Table.Td><Instant at={row.since} seconds /></Table.Td><Table.Td><NextStep row={row} isBack={rolloutState === 'rolling_back' || rolloutState === 'rolled_back'} /></Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {devices.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{t('rollouts.noDevices')}</Text>}
      {rows.length > 0 && <MoreButton pages={devices} shown={rows.length} total={devices.data?.pages[0]?.total} />}
    </Panel>
  )
}

/** Devices of the group that this does not reach, and why. */
const LeftOut = ({ upgrade: { leftOut } }: { readonly upgrade: AgentUpgradeDetail }) => {
  const { t } = useTranslation()
  if (leftOut.length === 0) return null
  return <Panel title={t('agentVersions.leftOut')}>{leftOut.map(({ reason, devices }) => <Text key={reason} size="sm">{t(`agentVersions.leftOutWhy.${reason}`, { count: devices })}</Text>)}</Panel>
}

/** One version on its way to a group. */
export const UpgradePage = () => {
  const { t } = useTranslation()
  const { upgradeId = '' } = useParams({ strict: false })
  const upgrade = useQuery(agentUpgradeQuery(upgradeId))
  const manages = useMay()('upgrade.manage')
  const found = upgrade.data
  return (
    <>
      <Anchor component={Link} to="/agent-versions" size="sm">← {t('agentVersions.title')}</Anchor>
      <PageHeader title={found === undefined ? t('agentVersions.title') : t('agentVersions.of', { group: found.group, version: found.version })} {...(found === undefined ? {} : { badges: <RolloutBadge state={found.state} />, intro: t('agentVersions.by', { by: found.createdBy }) })}>
        {found !== undefined && manages && <Deeds upgrade={found} />}
      </PageHeader>
      {upgrade.isPending && <Skeleton height={320} aria-busy="true" />}
      {upgrade.isError && <ErrorState error={upgrade.error} onRetry={upgrade.refetch} />}
      {found !== undefined && (
        <Stack>
          {found.halt !== undefined && <HaltNote halt={found.halt} />}
          <Rings rollout={found} />
          <LeftOut upgrade={found} />
          <Devices upgrade={found} />
        </Stack>
      )}
    </>
  )
}
