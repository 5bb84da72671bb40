import { Badge, Code, Group, List, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { overviewQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { AlertsLink } from '../../components/alerts-link.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Tile } from '../../components/tile.tsx'
import { formatCount } from '../../format/numbers.ts'
import { formatDuration } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES } from '../../theme/severity.ts'
import { FleetNotices } from '../devices/fleet-notices.tsx'
import { AnalyticsPanel } from './analytics-panel.tsx'
import { attention } from './attention.ts'
import { stepCommand, stepPermission } from './set-up-steps.ts'

/** How things stand, what needs somebody, and what is still to be set up. */
export const OverviewPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const overview = useQuery(overviewQuery())
  const { data } = overview
  if (overview.isError && data === undefined) return <><PageHeader title={t('overview.title')} /><ErrorState error={overview.error} onRetry={overview.refetch} /></>
  if (data === undefined) return <><PageHeader title={t('overview.title')} /><Stack aria-busy="true"><Skeleton height={90} /><Skeleton height={240} /></Stack></>
  const { needsReview, meanDecisionSecs } = data.alerts
  const { healthy, degraded, offline, neverSeen } = data.devices
  const done = data.checklist.filter((step) => step.done).length
  const rows = attention(data)
  return (
    <>
      <PageHeader title={t('overview.title')} />
      <SimpleGrid cols={{ base: 2, md: 5 }} spacing="sm" mb="md">
        <Tile label={t('overview.needsReview')} value={formatCount(needsReview.low + needsReview.medium + needsReview.high)} hint={may('alert.read') ? <AlertsLink filter={{ status: 'needs_review', range: 'all' }} size="xs">{t('overview.goAlerts')}</AlertsLink> : undefined} />
        <Tile label={t('overview.meanDecision')} value={meanDecisionSecs === undefined ? '–' : formatDuration(meanDecisionSecs)} hint={meanDecisionSecs === undefined ? t('overview.noDecision') : undefined} />
        <Tile label={t('overview.devicesHealthy')} value={t('overview.devicesOf', { healthy: formatCount(healthy), total: formatCount(healthy + degraded + offline + neverSeen) })} />
        <Tile label={t('overview.usersActive')} value={formatCount(data.users)} />
        <Tile label={t('overview.activities')} value={formatCount(data.activities)} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack>
          <Panel title={t('overview.bySeverity')}>
            <Stack gap="xs">
              {SEVERITIES.map((severity) => (
                <Group key={severity} justify="space-between">
                  <SeverityBadge severity={severity} />
                  <AlertsLink filter={{ severity, status: 'needs_review', range: 'all' }} className="hf-mono" label={`${t(`severity.${severity}`)}: ${needsReview[severity]}`}>{formatCount(needsReview[severity])}</AlertsLink>
                </Group>
              ))}
            </Stack>
          </Panel>
          {may('device.read') && <FleetNotices quiet />}
          <Panel title={t('overview.attention')}>
            {rows.length === 0 ? <Text size="sm" c="dimmed">{t('overview.nothing')}</Text> : (
              <Stack gap="xs">{rows.map(({ key, count, to, tone }) => <Group key={key} gap="xs" wrap="nowrap"><StateBadge tone={tone}>{formatCount(count)}</StateBadge><PageLink to={to}>{t(`overview.${key}`, { count })}</PageLink></Group>)}</Stack>
            )}
          </Panel>
          <AnalyticsPanel />
        </Stack>
        <Panel title={t('overview.checklist')} actions={<Badge variant="default" tt="none">{t('overview.checklistDone', { done, total: data.checklist.length })}</Badge>}>
          {done === data.checklist.length && <Text size="sm" mb="xs">{t('overview.checklistComplete')}</Text>}
          <List listStyleType="none" spacing="sm" p={0}>
            {data.checklist.map((step) => (
              <List.Item key={step.id}>
                <Group gap="xs" wrap="nowrap">
                  <StateBadge tone={step.done ? 'good' : 'quiet'}>{step.done ? t('overview.done') : t('overview.open')}</StateBadge>
                  {step.done && <Text size="sm" c="dimmed">{step.title}</Text>}
                  {!step.done && (stepCommand(step.id) !== undefined || !may(stepPermission(step.id)) ? <Text size="sm">{step.title}{may(stepPermission(step.id)) && <> <Code>{stepCommand(step.id)}</Code></>}</Text> : <PageLink to={step.link}>{step.title}</PageLink>)}
                  {!step.required && <Text size="xs" c="dimmed">{t('overview.optional')}</Text>}
                </Group>
              </List.Item>
            ))}
          </List>
        </Panel>
      </SimpleGrid>
    </>
  )
}
