import { Group, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { caseActivitiesQuery, caseQuery } from '../../../api/cases.ts'
import { useMay } from '../../../app/permissions.ts'
import { ActivityExplorer } from '../../../components/activity-explorer/activity-explorer.tsx'
import { ActivityTable } from '../../../components/activity-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { Panel } from '../../../components/panel.tsx'
import { useTranslation } from '../../../i18n/translation.ts'

/** Activities of a case's user, for contributors who may not use the explorer. */
export const CaseActivities = ({ caseId, from, to }: { readonly caseId: string; readonly from?: string; readonly to?: string }) => {
  const { t } = useTranslation()
  const activities = useInfiniteQuery(caseActivitiesQuery(caseId, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }))
  const rows = activities.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      {activities.isError && <ErrorState error={activities.error} onRetry={activities.refetch} />}
      {activities.isSuccess && rows.length === 0 && <EmptyState title={t('case.explorer.none')} body={t('case.explorer.noneBody')} />}
      {!activities.isError && !(activities.isSuccess && rows.length === 0) && <ActivityTable activities={rows} loading={activities.isPending} />}
      {rows.length > 0 && <MoreButton pages={activities} shown={rows.length} total={undefined} />}
    </>
  )
}

/** Everything that the user did, newest first. */
export const ExplorerTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { data } = useQuery(caseQuery(caseId))
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const range = { ...(from === '' ? {} : { from: `${from}T00:00:00.000Z` }), ...(to === '' ? {} : { to: `${to}T23:59:59.999Z` }) }
  return (
    <Panel title={t('case.tab.explorer')} actions={<Group gap="xs"><TextInput type="date" size="xs" aria-label={t('alerts.filter.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} /><TextInput type="date" size="xs" aria-label={t('alerts.filter.to')} value={to} onChange={(event) => setTo(event.currentTarget.value)} /></Group>}>
      {may('activity.read') && data !== undefined ? <ActivityExplorer userId={data.user.id} {...range} /> : <CaseActivities caseId={caseId} {...range} />}
    </Panel>
  )
}
