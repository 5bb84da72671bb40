import type { AlertDetail } from '@holdfast/collector/contract'
import { Anchor, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { userChartQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { ActivityChart } from '../../components/activity-chart/activity-chart.tsx'
import { ActivityTable } from '../../components/activity-table.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { UserName } from '../../components/user-name.tsx'
import { utcDay } from '../../format/time.ts'
import { AlertHistory } from './alert-history.tsx'
import { ScoreParts } from './score-parts.tsx'

const DAYS_90_MS = 90 * 86_400_000

const UserStrip = ({ userId, until }: { readonly userId: string; readonly until: string }) => {
  const { t } = useTranslation()
  // The chart ends with the alert, not with today: a deep link shows the same picture next month.
  const to = Date.parse(until)
  const chart = useQuery(userChartQuery(userId, { from: utcDay(to - DAYS_90_MS), to: utcDay(to) }))
  return (
    <Panel title={t('alert.chart')} actions={<Anchor component={Link} to={`/users/${encodeURIComponent(userId)}`} size="sm">{t('alert.wholeUser')}</Anchor>}>
      {chart.isPending && <Skeleton height={220} />}
      {chart.isError && <ErrorState error={chart.error} onRetry={chart.refetch} />}
      {chart.data !== undefined && <ActivityChart chart={chart.data} height={220} />}
    </Panel>
  )
}

/** Everything about an alert, in the order of the questions: why, what set it off, what exactly, is it usual, what was decided. */
export const AlertBody = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [part, setPart] = useState<AlertDetail['reasons'][number]>()
  const chosen = alert.reasons.find((one) => one === part)
  const activities = chosen === undefined ? alert.activities : alert.activities.filter(({ id }) => chosen.evidence.includes(id))
  return (
    <Stack gap="md">
      <Facts rows={[
        [t('alert.user'), <UserName key="user" user={alert.user} />],
        [t('alert.policy'), <Anchor key="policy" component={Link} to={`/policies/${encodeURIComponent(alert.policyId)}`} size="sm">{alert.policy}</Anchor>],
        [t('alert.first'), <Instant key="first" at={alert.firstActivityAt} />],
        [t('alert.last'), <Instant key="last" at={alert.lastActivityAt} />],
        [t('alert.assignee'), alert.assignee?.name ?? t('alert.nobody')],
      ]} />
      <Panel title={t('alert.why')}><ScoreParts alert={alert} chosen={chosen} onEvidence={setPart} /></Panel>
      <Panel title={t('alert.trigger')}><Text size="sm"><Instant at={alert.trigger.at} /> · {alert.trigger.reason}</Text></Panel>
      <Panel title={chosen === undefined ? t('alert.activities') : t('alert.activitiesOf')} actions={chosen !== undefined && <Anchor component="button" size="sm" onClick={() => setPart(undefined)}>{t('alert.allActivities')}</Anchor>}>
        {chosen !== undefined && <Text size="sm" mb="xs">{chosen.reason}</Text>}
        {activities.length === 0 ? <Text size="sm" c="dimmed">{t('alert.activitiesNone')}</Text> : <ActivityTable activities={activities} />}
      </Panel>
      {may('user.read') && <UserStrip userId={alert.user.id} until={alert.lastActivityAt} />}
      <Panel title={t('alert.history')}><AlertHistory history={alert.history} /></Panel>
      <details><summary>{t('common.rawJson')}</summary><CodeBlock text={JSON.stringify(alert, null, 2)} label={t('common.rawJson')} /></details>
    </Stack>
  )
}
