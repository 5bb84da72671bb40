import type { UserDetail, UserRef } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Menu, Skeleton, Stack, Table, Tabs, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { riskLevelQuery, userChartQuery, userQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { oneOf } from '../../app/search-params.ts'
import { rangeOf, readActivitySearch, UserActivity, writeActivitySearch } from '../../components/activity-chart/user-activity.tsx'
import { ActivityExplorer } from '../../components/activity-explorer/activity-explorer.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { CaseButton } from '../cases/case-button.tsx'
import { UserHoldBanner } from '../escalation/hold-banner.tsx'
import { ShareButton } from '../escalation/share-panel.tsx'
import { AskDialog } from '../reports/ask-dialog.tsx'
import { ChronologyPanel, readChronologySearch } from './chronology-panel.tsx'
import { ExpireDialog } from './expire-dialog.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { HideName } from './hide-name.tsx'
import { RevealDialog } from './reveal-dialog.tsx'
import { ScoreDialog } from './score-dialog.tsx'
import { TriggersPanel } from './triggers-panel.tsx'

const TABS = ['activity', 'chronology', 'explorer', 'alerts', 'profile'] as const

const Alerts = ({ alerts }: Pick<UserDetail, 'alerts'>) => {
  const { t } = useTranslation()
  const columns = [{ key: 'severity', title: t('alerts.column.severity') }, { key: 'score', title: t('alerts.column.score'), numeric: true }, { key: 'headline', title: t('alerts.column.headline') }, { key: 'status', title: t('alerts.column.status') }, { key: 'updated', title: t('alerts.column.updated') }]
  return (
    <Panel title={t('user.openAlerts')}>
      {alerts.length === 0 ? <Text size="sm" c="dimmed">{t('user.noAlerts')}</Text> : (
        <DataTable label={t('user.openAlerts')} columns={columns}>
          {alerts.map((alert) => (
            <Table.Tr key={alert.id}>
              <Table.Td><SeverityBadge severity={alert.severity} /></Table.Td><Table.Td ta="end" className="hf-mono">{alert.score}</Table.Td><Table.Td><Anchor component={Link} to={`/alerts/${encodeURIComponent(alert.id)}`} size="sm" fw={600}>{alert.headline}</Anchor></Table.Td>
              <Table.Td>{t(`status.${alert.status}`)}</Table.Td><Table.Td><Instant at={alert.updatedAt} /></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
    </Panel>
  )
}

/** What may be done about a person: scoring, policy, case, level, report. */
const Actions = ({ user, level, range }: { readonly user: UserDetail; readonly level: string | undefined; readonly range: { readonly from: string; readonly to: string } }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [scoring, score] = useDisclosure(false)
  const [adding, add] = useDisclosure(false)
  const [expiring, expire] = useDisclosure(false)
  const [asking, ask] = useDisclosure(false)
  const alert = user.alerts.filter(({ status }) => status === 'needs_review' || status === 'confirmed').toSorted((a, b) => b.score - a.score)[0]
  const canExpire = may('alert.triage') && level !== undefined && level !== 'none'
  return (
    <>
      {may('case.manage') && alert !== undefined && <CaseButton alert={alert} caseId={alert.caseId} />}
      {may('user.report') && <Button variant="default" onClick={ask.open}>{t('person.openReport')}</Button>}
      {(may('user.score') || canExpire) && (
        <Menu position="bottom-end">
          <Menu.Target><Button variant="default">{t('userList.action')}</Button></Menu.Target>
          <Menu.Dropdown>
            {may('user.score') && <Menu.Item onClick={score.open}>{t('triggers.startButton')}</Menu.Item>}
            {may('user.score') && may('policy.read') && <Menu.Item onClick={add.open}>{t('person.addToPolicy')}</Menu.Item>}
            {may('evidence.read') && <Menu.Item component={Link} to="/content" search={{ user: user.id } as never}>{t('nav.content')}</Menu.Item>}
            {canExpire && <Menu.Item onClick={expire.open}>{t('person.expireLevel')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      <ScoreDialog userId={user.id} opened={scoring} onClose={score.close} />
      <ScoreDialog userId={user.id} opened={adding} onClose={add.close} withPolicy />
      {expiring && <ExpireDialog userId={user.id} onClose={expire.close} />}
      {asking && <AskDialog opened onClose={ask.close} user={user} range={range} />}
    </>
  )
}

/** One person: the time as a picture with what lies behind it, what happened in order, and who it is. */
export const UserPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const { userId = '' } = useParams({ strict: false })
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const tab = oneOf(raw['tab'], TABS, 'activity')
  const search = readActivitySearch(raw)
  const [nowMs] = useState(Date.now)
  const range = rangeOf(search, nowMs)
  const user = useQuery(userQuery(userId))
  const level = useQuery(riskLevelQuery(userId))
  const chart = useQuery({ ...userChartQuery(userId, range), enabled: tab === 'activity' })
  const [revealing, dialog] = useDisclosure(false)
  const [revealed, setRevealed] = useState<UserRef>()
  const go = (next: Record<string, unknown>): void => void navigate({ to: `/users/${encodeURIComponent(userId)}`, search: { ...next, tab: tab === 'activity' ? undefined : tab }, replace: true })
  const { data } = user
  const back = <Anchor component={Link} to="/users" size="sm">← {t('users.title')}</Anchor>
  if (data === undefined) return <>{back}<PageHeader title={t('user.title')} />{user.isError ? <ErrorState error={user.error} onRetry={user.refetch} /> : <Stack aria-busy="true"><Skeleton height={80} /><Skeleton height={320} /></Stack>}</>
  const name = revealed?.displayName ?? data.displayName
  return (
    <>
      {back}
      <PageHeader title={data.pseudonym} badges={<Group gap="xs">{data.severity !== undefined && <SeverityBadge severity={data.severity} />}{name !== undefined && <Text fw={600}>{name}</Text>}</Group>}>
        {name !== undefined && <HideName userId={userId} onHidden={() => setRevealed(undefined)} />}
        {name === undefined && may('user.reveal') && <Button variant="default" onClick={dialog.open}>{t('reveal.button')}</Button>}
        <ShareButton thing={{ kind: 'user', ref: userId, view: globalThis.location.search.slice(1) }} />
        <CopyButton label={t('common.copyLink')} text={globalThis.location.href} />
        <Actions user={data} level={level.data?.level} range={range} />
      </PageHeader>
      <UserHoldBanner userId={userId} />
      <Stack>
        <Facts rows={[
          [t('user.risk'), String(data.riskScore)], [t('riskLevel.title'), level.data === undefined || level.data.level === 'none' ? undefined : <span key="level">{t(`riskLevel.${level.data.level}`)} · {level.data.reason}</span>], [t('user.department'), data.department], [t('user.job'), data.title],
        ]} />
        <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ to: `/users/${encodeURIComponent(userId)}`, search: { tab: next === 'activity' ? undefined : next }, replace: true })}>
          <Tabs.List mb="md" aria-label={t('person.tabs')}>{TABS.filter((one) => one !== 'explorer' || may('activity.read')).map((one) => <Tabs.Tab key={one} value={one}>{t(`person.tab.${one}`)}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="activity"><UserActivity userId={userId} title={t('chart.title')} search={search} onSearch={(next) => go(writeActivitySearch(next))} asked={chart} range={range} /></Tabs.Panel>
          <Tabs.Panel value="chronology"><ChronologyPanel userId={userId} search={readChronologySearch(raw)} onSearch={(next) => go({ ...next })} /></Tabs.Panel>
          <Tabs.Panel value="explorer"><Panel title={t('person.tab.explorer')}><ActivityExplorer userId={userId} /></Panel></Tabs.Panel>
          <Tabs.Panel value="alerts"><Stack><Alerts alerts={data.alerts} /><TriggersPanel userId={userId} /></Stack></Tabs.Panel>
          <Tabs.Panel value="profile"><ProfilePanel userId={userId} /></Tabs.Panel>
        </Tabs>
      </Stack>
      <RevealDialog user={data} opened={revealing} onClose={dialog.close} onRevealed={setRevealed} />
    </>
  )
}
