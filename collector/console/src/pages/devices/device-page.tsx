import '../../i18n/administration-texts.ts'
import { Anchor, Button, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { activitiesQuery, deviceQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { ActivityTable } from '../../components/activity-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { formatDuration } from '../../format/time.ts'
import { shortHash } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { CarePanel, MergedHistory } from './care-panel.tsx'
import { HealthBadge, PolicyRevision } from './device-badges.tsx'
import { DrillPanel } from './drill-panel.tsx'
import { FaultList } from './fault-list.tsx'
import { LedgerTable } from './ledger-table.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { SensorsTable } from './sensors-table.tsx'
import { SupportPanel } from './support-panel.tsx'
import { WatchingPanel } from './watching-panel.tsx'

const LatestActivities = ({ deviceId }: { readonly deviceId: string }) => {
  const { t } = useTranslation()
  const activities = useInfiniteQuery(activitiesQuery({ deviceId }))
  const rows = activities.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel title={t('device.activities')}>
      {activities.isError && <ErrorState error={activities.error} onRetry={activities.refetch} />}
      {activities.isSuccess && rows.length === 0 ? <Text size="sm" c="dimmed">{t('device.noActivities')}</Text> : !activities.isError && <ActivityTable activities={rows.slice(0, 20)} loading={activities.isPending} />}
    </Panel>
  )
}

/** Whom the device warned, and what they answered; nothing where it never did. */
const LatestWarnings = ({ deviceId }: { readonly deviceId: string }) => {
  const { t } = useTranslation()
  const warnings = useInfiniteQuery(activitiesQuery({ deviceId, kind: ['warning_shown'] }))
  const rows = warnings.data?.pages.flatMap(({ items }) => items) ?? []
  return rows.length === 0 ? null : <Panel title={t('device.warnings')}><ActivityTable activities={rows.slice(0, 10)} /></Panel>
}

/** One device: what is wrong and what helps, what it sees, what arrived, what it runs. */
export const DevicePage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { deviceId = '' } = useParams({ strict: false })
  const [revoking, dialog] = useDisclosure(false)
  const [reKeying, reKey] = useDisclosure(false)
  const query = useQuery(deviceQuery(deviceId))
  const device = query.data
  const back = <Anchor component={Link} to="/devices" size="sm">← {t('devices.title')}</Anchor>
  if (device === undefined) return <>{back}<PageHeader title={t('devices.column.hostname')} />{query.isError ? <ErrorState error={query.error} onRetry={query.refetch} /> : <Stack aria-busy="true"><Skeleton height={120} /><Skeleton height={260} /></Stack>}</>
  const { policy, spool, usage } = device
  return (
    <>
      {back}
      <PageHeader title={device.hostname} badges={<HealthBadge health={device.health} />}>
        {may('question.ask') && device.health !== 'revoked' && <Button variant="default" component={Link} to={`/questions?device=${encodeURIComponent(device.id)}`}>{t('device.ask')}</Button>}
        {may('device.manage') && device.health !== 'revoked' && <Button variant="default" onClick={dialog.open}>{t('device.revoke')}</Button>}
      </PageHeader>
      <Stack>
        {device.faults.length > 0 && (
          <Panel title={t('device.faults')}>
            <FaultList device={device} onReKey={reKey.open} />
          </Panel>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t('device.facts')}>
            <Facts rows={[
              [t('device.os'), [device.os, device.osVersion].filter(Boolean).join(' ')], [t('device.kernel'), device.kernel], [t('device.agent'), device.agentVersion], [t('device.elevated'), device.elevated === undefined ? undefined : device.elevated ? t('common.yes') : t('common.no')],
              [t('device.accounts'), device.sessionAccounts.join(', ')], [t('device.group'), <Anchor key="group" component={Link} to={`/groups/${encodeURIComponent(device.group)}`} size="sm">{device.group}</Anchor>], [t('device.enrolled'), <Instant key="enrolled" at={device.enrolledAt} />],
              [t('devices.column.lastSeen'), <Instant key="seen" at={device.lastSeenAt} />], [t('device.address'), device.address === undefined ? undefined : <span key="address" className="hf-mono">{device.address}</span>], [t('device.id'), <span key="id" className="hf-code">{device.id}</span>],
            ]} />
          </Panel>
          <Stack>
            <Panel title={t('device.policy')}>
              <PolicyRevision policy={policy} />
              <Facts rows={[
                [t('device.wanted'), `${policy.wantedVersion} · ${shortHash(policy.wantedHash)}`], [t('device.running'), policy.runningVersion === 0 ? t('devices.runningNone') : `${policy.runningVersion} · ${shortHash(policy.runningHash)}`],
                [t('device.appliedAt'), policy.appliedAt === undefined ? undefined : <Instant key="applied" at={policy.appliedAt} seconds />],
                [t('device.stricter'), policy.stricter === undefined ? undefined : <span key="stricter">{t(`device.stricterLevel_${policy.stricter.level}`, { users: policy.stricter.users.join(', ') })} <Instant at={policy.stricter.since} /></span>],
              ]} />
              {policy.refusedReason !== undefined && policy.refusedReason !== '' && <Text size="sm" mt="xs">{t('device.refused', { reason: policy.refusedReason })}</Text>}
            </Panel>
            {spool !== undefined && (
              <Panel title={t('device.spool')}>
                <Text size="sm" className="hf-mono">{t('device.spoolWaiting', { count: spool.lastSeq - spool.ackedSeq })} · {t('device.spoolUse', { bytes: formatBytes(spool.bytes), max: formatBytes(spool.maxBytes) })}{spool.dropped > 0 && ` · ${t('device.dropped', { count: spool.dropped })}`}</Text>
                {usage !== undefined && <Text size="sm" c="dimmed" className="hf-mono">{t('device.usageText', { memory: formatBytes(usage.rssBytes), cpu: formatDuration(usage.cpuMillis / 1000) })} · {t('device.spooledInAll', { number: formatCount(spool.lastSeq) })}</Text>}
              </Panel>
            )}
          </Stack>
        </SimpleGrid>
        <CarePanel device={device} reKeying={reKeying} onReKeyed={reKey.close} />
        <div id="sensors" /><Panel title={t('device.sensors')}><SensorsTable sensors={device.sensors} /></Panel>
        {device.health !== 'revoked' && <DrillPanel device={device} />}
        <div id="ledger" /><Panel title={t('device.ledger')}><LedgerTable ledger={device.ledger} /></Panel>
        <MergedHistory merged={device.merged} />
        {may('activity.read') && <LatestWarnings deviceId={deviceId} />}
        {may('activity.read') && <LatestActivities deviceId={deviceId} />}
        <WatchingPanel policy={device.wantedPolicy} />
        <SupportPanel os={device.os} />
      </Stack>
      <RevokeDialog device={device} opened={revoking} onClose={dialog.close} />
    </>
  )
}
