import { Group, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { caseActivitiesQuery } from '../../../api/cases.ts'
import { ActivityTable } from '../../../components/activity-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { Panel } from '../../../components/panel.tsx'

/** Everything that the user did, newest first. */
export const ExplorerTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const activities = useInfiniteQuery(caseActivitiesQuery(caseId, { ...(from === '' ? {} : { from: `${from}T00:00:00.000Z` }), ...(to === '' ? {} : { to: `${to}T23:59:59.999Z` }) }))
  const rows = activities.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel title={t('case.tab.explorer')} actions={<Group gap="xs"><TextInput type="date" size="xs" aria-label={t('alerts.filter.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} /><TextInput type="date" size="xs" aria-label={t('alerts.filter.to')} value={to} onChange={(event) => setTo(event.currentTarget.value)} /></Group>}>
      {activities.isError && <ErrorState error={activities.error} onRetry={activities.refetch} />}
      {activities.isSuccess && rows.length === 0 && <EmptyState title={t('case.explorer.none')} body={t('case.explorer.noneBody')} />}
      {!activities.isError && !(activities.isSuccess && rows.length === 0) && <ActivityTable activities={rows} loading={activities.isPending} />}
      {rows.length > 0 && <MoreButton pages={activities} shown={rows.length} total={undefined} />}
    </Panel>
  )
}
