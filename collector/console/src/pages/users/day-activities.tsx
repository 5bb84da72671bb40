import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activitiesQuery } from '../../api/queries.ts'
import type { ChartPoint } from '../../components/activity-chart/chart-option.ts'
import { ActivityTable } from '../../components/activity-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { Panel } from '../../components/panel.tsx'

/** The activities of one UTC day, at first only those that the chosen bubble counts. */
export const DayActivities = ({ userId, point }: { readonly userId: string; readonly point: ChartPoint }) => {
  const { t } = useTranslation()
  const [only, setOnly] = useState(true)
  const activities = useInfiniteQuery(activitiesQuery({ userId, from: `${point.day}T00:00:00.000Z`, to: `${point.day}T23:59:59.999Z` }))
  const all = activities.data?.pages.flatMap(({ items }) => items) ?? []
  const rows = only ? all.filter(({ indicators }) => indicators.includes(point.indicator)) : all
  return (
    <Panel title={t('user.activityOn', { day: point.day })} actions={<Button size="compact-sm" variant={only ? 'filled' : 'default'} aria-pressed={only} onClick={() => setOnly(!only)}>{t('user.only', { indicator: point.label })}</Button>}>
      {activities.isError && <ErrorState error={activities.error} onRetry={activities.refetch} />}
      {activities.isSuccess && rows.length === 0 ? <Text size="sm" c="dimmed">{t('user.noActivities')}</Text> : !activities.isError && <ActivityTable activities={rows} loading={activities.isPending} />}
      {(rows.length > 0 || activities.hasNextPage) && <MoreButton pages={activities} shown={rows.length} total={undefined} />}
    </Panel>
  )
}
