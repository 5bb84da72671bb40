import type { AlertDetail } from '@holdfast/collector/contract'
import { Anchor, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { API_BASE } from '../../api/client.ts'
import { userChartQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { ActivityChart } from '../../components/activity-chart/activity-chart.tsx'
import { ActivityExplorer } from '../../components/activity-explorer/activity-explorer.tsx'
import { ActivityTable } from '../../components/activity-table.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { UserName } from '../../components/user-name.tsx'
import { utcDay } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { AlertHistory } from './alert-history.tsx'
import { Due } from './due.tsx'
import { RiskFactors } from './risk-factors.tsx'
import { ScoreParts } from './score-parts.tsx'
import { SequenceTimeline } from './sequence-timeline.tsx'
import { TuningPanel } from './tuning-panel.tsx'
import { UserAlerts } from './user-alerts.tsx'
import { WhatIfPanel } from './what-if-panel.tsx'

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

/** A panel whose content is asked for when somebody opens it. */
const Folded = ({ title, children }: { readonly title: string; readonly children: () => ReactNode }) => {
  const [opened, setOpened] = useState(false)
  return <details className="hf-panel" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}><summary>{title}</summary>{opened && <div style={{ marginTop: 12 }}>{children()}</div>}</details>
}

/** Everything about an alert, in the order of the questions: why, what set it off, in which order, what exactly, is it usual, what was decided. */
export const AlertBody = ({ alert, nowMs, onDismiss }: { readonly alert: AlertDetail; readonly nowMs: number; readonly onDismiss?: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [part, setPart] = useState<AlertDetail['reasons'][number]>()
  const chosen = alert.reasons.find((one) => one === part)
  const evidence = chosen === undefined ? [] : alert.activities.filter(({ id }) => chosen.evidence.includes(id))
  return (
    <Stack gap="md">
      <Facts rows={[
        [t('alert.user'), <UserName key="user" user={alert.user} />],
        [t('alert.policy'), <Anchor key="policy" component={Link} to={`/policies/${encodeURIComponent(alert.policyId)}`} size="sm">{alert.policy}</Anchor>],
        [t('alert.first'), <Instant key="first" at={alert.firstActivityAt} />],
        [t('alert.last'), <Instant key="last" at={alert.lastActivityAt} />],
        [t('alert.opened'), <Instant key="opened" at={alert.openedAt} />],
        [t('alert.due'), alert.dueAt === undefined ? undefined : <Due key="due" alert={alert} nowMs={nowMs} />],
        [t('alert.assignee'), alert.assignee?.name ?? t('alert.nobody')],
        [t('alerts.column.dismissReason'), alert.dismissReason && t(`dismiss.reasons.${alert.dismissReason}`)],
        [t('alert.note'), alert.note],
        [t('alerts.column.case'), alert.caseId && <Anchor key="case" component={Link} to={`/cases/${encodeURIComponent(alert.caseId)}`} size="sm" underline="always">{t('alert.openCase')}</Anchor>],
      ]} />
      {alert.newData && <Text size="sm" fw={600}>{t('alert.newDataNote')}</Text>}
      <Panel title={t('alert.why')}><ScoreParts alert={alert} chosen={chosen} onEvidence={setPart} /></Panel>
      {chosen !== undefined && (
        <Panel title={t('alert.activitiesOf')} actions={<Anchor component="button" size="sm" onClick={() => setPart(undefined)}>{t('common.close')}</Anchor>}>
          <Text size="sm" mb="xs">{chosen.reason}</Text>
          {evidence.length === 0 ? <Text size="sm" c="dimmed">{t('alert.activitiesNone')}</Text> : <ActivityTable activities={evidence} />}
        </Panel>
      )}
      <Panel title={t('alert.factors')}><RiskFactors alert={alert} /></Panel>
      <Panel title={t('alert.trigger')}><Text size="sm"><Instant at={alert.trigger.at} /> · {alert.trigger.reason}</Text></Panel>
      {alert.sequences.length > 0 && <Panel title={t('sequence.title')}><SequenceTimeline alert={alert} /></Panel>}
      <Panel title={t('alert.activities')}>{may('activity.read') ? <ActivityExplorer alertId={alert.id} userId={alert.user.id} /> : <ActivityTable activities={alert.activities} />}</Panel>
      {may('user.read') && <UserStrip userId={alert.user.id} until={alert.lastActivityAt} />}
      <Panel title={t('alert.others')}><UserAlerts alert={alert} /></Panel>
      {may('alert.triage') && <Folded title={t('tuning.title')}>{() => <TuningPanel alert={alert} onDismiss={alert.status === 'needs_review' ? onDismiss : undefined} />}</Folded>}
      <Folded title={t('whatIf.title')}>{() => <WhatIfPanel alert={alert} />}</Folded>
      <Panel title={t('alert.history')}><AlertHistory history={alert.history} /></Panel>
      <details><summary>{t('common.rawJson')}</summary><Anchor href={`${API_BASE}/alerts/${encodeURIComponent(alert.id)}`} size="sm" target="_blank" rel="noreferrer">{t('alert.jsonAddress')}</Anchor><CodeBlock text={JSON.stringify(alert, null, 2)} label={t('common.rawJson')} /></details>
    </Stack>
  )
}
