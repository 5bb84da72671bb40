import type { CaseDetail } from '@holdfast/collector/contract'
import { Anchor, Button, Skeleton, Stack, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { caseQuery, reopenCase, resolveCase } from '../../api/cases.ts'
import { oneOf } from '../../app/search-params.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { CaseHoldBanner } from '../escalation/hold-banner.tsx'
import { SendNoticeDialog } from '../notices/send-notice-dialog.tsx'
import { NoticesTab } from '../notices/notices-tab.tsx'
import { ReopenDialog, ResolveDialog } from './case-dialogs.tsx'
import { CasePrint } from './case-print.tsx'
import { CaseStatusBadge } from './cases-page.tsx'
import { ActivityTab } from './tabs/activity-tab.tsx'
import { AlertsTab } from './tabs/alerts-tab.tsx'
import { ContentTab } from './tabs/content-tab.tsx'
import { ContributorsTab } from './tabs/contributors-tab.tsx'
import { EscalationTab } from './tabs/escalation-tab.tsx'
import { ExplorerTab } from './tabs/explorer-tab.tsx'
import { HistoryTab } from './tabs/history-tab.tsx'
import { NotesTab } from './tabs/notes-tab.tsx'
import { OverviewTab } from './tabs/overview-tab.tsx'
import { useCaseChange } from './use-case-change.tsx'

const TABS = ['overview', 'alerts', 'activity', 'explorer', 'content', 'notes', 'notices', 'contributors', 'escalation', 'history'] as const

/** What can be done with the case as a whole, in its present state. */
const CaseActions = ({ found }: { readonly found: CaseDetail }) => {
  const { t } = useTranslation()
  const { change, pending } = useCaseChange(found.id)
  const [resolving, resolveDialog] = useDisclosure(false)
  const [reopening, reopenDialog] = useDisclosure(false)
  const [sending, sendDialog] = useDisclosure(false)
  return (
    <>
      <CopyButton label={t('common.copyLink')} text={`${globalThis.location.origin}/cases/${encodeURIComponent(found.id)}`} />
      <Button component={Link} to={`/cases/${encodeURIComponent(found.id)}`} search={{ tab: 'print' } as never} variant="default" size="xs">{t('case.print')}</Button>
      {found.status === 'active' && <Button variant="default" size="xs" onClick={sendDialog.open}>{t('notices.send.button')}</Button>}
      {found.may.manage && (found.status === 'active' ? <Button size="xs" onClick={resolveDialog.open}>{t('case.resolve.button')}</Button> : <Button variant="default" size="xs" onClick={reopenDialog.open}>{t('case.reopen.button')}</Button>)}
      <ResolveDialog opened={resolving} pending={pending} onClose={resolveDialog.close} onResolve={(outcome, reason) => change(() => resolveCase(found.id, found.revision, { outcome, reason }), t('case.resolve.done'), resolveDialog.close)} />
      <ReopenDialog opened={reopening} pending={pending} onClose={reopenDialog.close} onReopen={(reason) => change(() => reopenCase(found.id, found.revision, reason), t('case.reopen.done'), reopenDialog.close)} />
      {sending && <SendNoticeDialog found={found} onClose={sendDialog.close} />}
    </>
  )
}

/** One case with everything about it. */
export const CasePage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { caseId = '' } = useParams({ strict: false })
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const tab = oneOf(raw['tab'], TABS, 'overview')
  const { data, isError, error, refetch } = useQuery(caseQuery(caseId))
  const back = <Anchor component={Link} to="/cases" size="sm">← {t('cases.title')}</Anchor>
  if (data === undefined) return <>{back}<PageHeader title={t('case.title')} />{isError ? <ErrorState error={error} onRetry={refetch} /> : <Stack aria-busy="true"><Skeleton height={60} /><Skeleton height={320} /></Stack>}</>
  if (raw['tab'] === 'print') return <><Anchor component={Link} to={`/cases/${encodeURIComponent(caseId)}`} size="sm" className="hf-no-print">← {t('case.title')}</Anchor><PageHeader title={data.name} badges={<CaseStatusBadge found={data} />} /><CasePrint found={data} /></>
  const shown = TABS.filter((one) => one !== 'content' || data.may.content)
  return (
    <>
      {back}
      <PageHeader title={data.name} badges={<CaseStatusBadge found={data} />}><CaseActions found={data} /></PageHeader>
      <CaseHoldBanner caseId={data.id} />
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ to: `/cases/${encodeURIComponent(caseId)}`, search: { tab: next === 'overview' ? undefined : next }, replace: true })}>
        <Tabs.List mb="md" aria-label={t('case.tabs')}>{shown.map((one) => <Tabs.Tab key={one} value={one}>{t(`case.tab.${one}`)}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value="overview"><OverviewTab found={data} /></Tabs.Panel>
        <Tabs.Panel value="alerts"><AlertsTab found={data} /></Tabs.Panel>
        <Tabs.Panel value="activity"><ActivityTab caseId={data.id} /></Tabs.Panel>
        <Tabs.Panel value="explorer"><ExplorerTab caseId={data.id} /></Tabs.Panel>
        {data.may.content && <Tabs.Panel value="content"><ContentTab caseId={data.id} userId={data.user.id} /></Tabs.Panel>}
        <Tabs.Panel value="notes"><NotesTab caseId={data.id} /></Tabs.Panel>
        <Tabs.Panel value="notices"><NoticesTab caseId={data.id} /></Tabs.Panel>
        <Tabs.Panel value="contributors"><ContributorsTab found={data} /></Tabs.Panel>
        <Tabs.Panel value="escalation"><EscalationTab caseId={data.id} /></Tabs.Panel>
        <Tabs.Panel value="history"><HistoryTab caseId={data.id} /></Tabs.Panel>
      </Tabs>
    </>
  )
}
