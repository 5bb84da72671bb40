import '../../i18n/administration-texts.ts'
import type { RolloutDetail } from '@holdfast/collector/contract'
import { Alert, Anchor, Button, Group, Select, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useMutation, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { actOnRollout, rolloutDevicesQuery, rolloutQuery, type RolloutAct } from '../../api/rollouts.ts'
import { useMayGroups } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ChangesTable, DeviceStateBadge, RolloutBadge, StateBar } from './rollout-parts.tsx'

const STATES = ['rejected', 'applied', 'offered', 'received', 'verified', 'offline', 'pending', 'confirmed', 'gone'] as const

const RULE_UNITS: ReadonlySet<string> = new Set(['failed', 'cpu', 'loss', 'restarts', 'unconfirmed'])

/** Why it stopped, and on which devices. */
export const HaltNote = ({ halt }: { readonly halt: NonNullable<RolloutDetail['halt']> }) => {
  const { t } = useTranslation()
  const unit = RULE_UNITS.has(halt.rule) ? ' %' : ''
  return (
    <Alert color="red" title={t('rollouts.haltedIn', { ring: halt.ring })} mb="md" role="alert">
      <Text size="sm">{t(`rollouts.rule.${halt.rule}`)}{halt.rule !== 'by_hand' && ` ${t('rollouts.observed', { observed: `${halt.observed}${unit}`, limit: `${halt.limit}${unit}` })}`}{halt.note !== undefined && `: ${halt.note}`}</Text>
      {halt.deviceIds.length > 0 && <Group gap="xs" mt={4}>{halt.deviceIds.map((id) => <Anchor key={id} component={Link} to={`/devices/${encodeURIComponent(id)}`} size="sm" className="hf-code" underline="always">{id}</Anchor>)}</Group>}
    </Alert>
  )
}

/** Deeds that the state allows; taking back is asked for twice. */
const Deeds = ({ rollout }: { readonly rollout: RolloutDetail }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const act = useMutation({
    mutationFn: (deed: RolloutAct) => actOnRollout(rollout.id, deed),
    onSuccess: async (saved) => {
      setAsking(false)
      client.setQueryData(rolloutQuery(rollout.id).queryKey, saved)
      await Promise.all([client.invalidateQueries({ queryKey: ['rollouts'] }), client.invalidateQueries({ queryKey: ['groups'] })])
    },
  })
  const { state } = rollout
  return (
    <>
      {act.isError && <ErrorState error={act.error} />}
      {state === 'active' && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('pause')}>{t('rollouts.pause')}</Button>}
      {(state === 'paused' || state === 'halted') && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('resume')}>{t(state === 'halted' ? 'rollouts.goOn' : 'rollouts.resume')}</Button>}
      {(state === 'active' || state === 'paused') && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('halt')}>{t('rollouts.halt')}</Button>}
      {rollout.canRollBack && <Button color="#b42318" onClick={() => setAsking(true)}>{t('rollouts.rollBack')}</Button>}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('rollouts.rollBackTitle', { group: rollout.group })}>
        <Stack>
          <Text size="sm">{t('rollouts.rollBackBody', { version: rollout.from.version })}</Text>
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(false)}>{t('common.cancel')}</Button><Button color="#b42318" loading={act.isPending} onClick={() => act.mutate('roll-back')}>{t('rollouts.rollBack')}</Button></Group>
        </Stack>
      </Dialog>
    </>
  )
}

/** How far each ring is. */
export const Rings = ({ rollout }: { readonly rollout: Pick<RolloutDetail, 'perRing' | 'nextRingAt'> }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'ring', title: t('rollouts.ring') }, { key: 'share', title: t('rollouts.share') }, { key: 'devices', title: t('rollouts.devices'), numeric: true }, { key: 'far', title: t('rollouts.far') }]
  return (
    <Panel title={t('rollouts.rings')} actions={rollout.nextRingAt !== undefined && <Text size="sm" c="dimmed">{t('rollouts.nextRing')} <Instant at={rollout.nextRingAt} seconds /></Text>}>
      <DataTable label={t('rollouts.rings')} columns={columns} minWidth={520}>
        {rollout.perRing.map((ring) => (
          <Table.Tr key={ring.ring}>
            <Table.Th scope="row" fw={500}>{ring.ring}</Table.Th><Table.Td>{ring.percent === 0 ? t('rollouts.named') : `${ring.percent} %`}</Table.Td><Table.Td ta="end" className="hf-mono">{ring.devices}</Table.Td>
            <Table.Td>{ring.reached ? <StateBar counts={ring.counts} devices={ring.devices} label={t('rollouts.ringNumber', { ring: ring.ring })} /> : <Text size="sm" c="dimmed">{t('rollouts.notReached')}</Text>}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
    </Panel>
  )
}

const Devices = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation()
  const [state, setState] = useState<string>()
  const devices = useInfiniteQuery(rolloutDevicesQuery(id, state))
  const rows = devices.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = [{ key: 'device', title: t('groups.device') }, { key: 'ring', title: t('rollouts.ring') }, { key: 'state', title: t('rollouts.stateTitle') }, { key: 'reason', title: t('rollouts.reason') }, { key: 'since', title: t('rollouts.since') }, { key: 'next', title: t('rollouts.next') }]
  return (
    <Panel title={t('rollouts.devices')}>
      <Select mb="sm" maw={260} label={t('rollouts.filterState')} description={t('rollouts.filterStateHint')} clearable data={STATES.map((value) => ({ value, label: t(`rollouts.deviceState.${value}`) }))} value={state ?? null} onChange={(value) => setState(value ?? undefined)} />
      {devices.isError && <ErrorState error={devices.error} onRetry={devices.refetch} />}
      <DataTable label={t('rollouts.devices')} columns={columns} loading={devices.isPending} minWidth={820}>
        {rows.map((row) => (
          <Table.Tr key={row.deviceId}>
            <Table.Td><Anchor component={Link} to={`/devices/${encodeURIComponent(row.deviceId)}`} size="sm">{row.hostname}</Anchor></Table.Td><Table.Td className="hf-mono">{row.ring}</Table.Td><Table.Td><DeviceStateBadge state={row.state} /></Table.Td>
            <Table.Td className="hf-code">{row.reason ?? '–'}</Table.Td><Table.Td><Instant at={row.since} seconds /></Table.Td>
            <Table.Td><Text size="sm">{t(`rollouts.nextStep.${row.reason === 'NO_ANSWER' || row.reason === 'SAFE_MODE' || row.reason === 'SENSOR_BLIND' || row.reason === 'DRIFTED' ? row.reason : row.state}`)}</Text>{row.nextAt !== undefined && <Text size="xs" c="dimmed">{t('rollouts.atLatest')} <Instant at={row.nextAt} seconds /></Text>}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {devices.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{t('rollouts.noDevices')}</Text>}
      {rows.length > 0 && <MoreButton pages={devices} shown={rows.length} total={devices.data?.pages[0]?.total} />}
    </Panel>
  )
}

/** One roll-out: how far it is, why it stopped, and what can be done. */
export const RolloutPage = () => {
  const { t } = useTranslation()
  const { rolloutId = '' } = useParams({ strict: false })
  const rollout = useQuery(rolloutQuery(rolloutId))
  const manages = useMayGroups().settings
  const found = rollout.data
  return (
    <>
      <Anchor component={Link} to="/rollouts" size="sm">← {t('rollouts.title')}</Anchor>
      <PageHeader title={found === undefined ? t('rollouts.title') : t('rollouts.of', { group: found.group, version: found.to.version })} {...(found === undefined ? {} : { badges: <RolloutBadge state={found.state} />, intro: t('rollouts.by', { by: found.createdBy, from: found.from.version }) })}>
        {found !== undefined && manages && <Deeds rollout={found} />}
      </PageHeader>
      {rollout.isPending && <Skeleton height={320} aria-busy="true" />}
      {rollout.isError && <ErrorState error={rollout.error} onRetry={rollout.refetch} />}
      {found !== undefined && (
        <Stack>
          {found.halt !== undefined && <HaltNote halt={found.halt} />}
          <Rings rollout={found} />
          <Panel title={t('rollouts.changes')}><ChangesTable changes={found.changes} label={t('rollouts.changes')} /></Panel>
          <Devices id={found.id} />
        </Stack>
      )}
    </>
  )
}
