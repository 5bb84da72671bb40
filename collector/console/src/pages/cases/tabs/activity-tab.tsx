import { SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { caseChartQuery } from '../../../api/cases.ts'
import { oneOf } from '../../../app/search-params.ts'
import { ActivityChart } from '../../../components/activity-chart/activity-chart.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Panel } from '../../../components/panel.tsx'
import { utcDay } from '../../../format/time.ts'

const MONTHS = ['1', '3', '6'] as const
const MONTH_MS = 30 * 86_400_000

/** The user's time as a picture. */
export const ActivityTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const [months, setMonths] = useState<(typeof MONTHS)[number]>('3')
  const [nowMs] = useState(Date.now)
  const chart = useQuery(caseChartQuery(caseId, { from: utcDay(nowMs - Number(months) * MONTH_MS), to: utcDay(nowMs) }))
  return (
    <Panel title={t('case.tab.activity')} actions={<SegmentedControl aria-label={t('case.range')} size="xs" data={MONTHS.map((value) => ({ value, label: t(`case.months.${value}`) }))} value={months} onChange={(value) => setMonths(oneOf(value, MONTHS, '3'))} />}>
      <Stack>
        {chart.isPending && <Skeleton height={320} />}
        {chart.isError && <ErrorState error={chart.error} onRetry={chart.refetch} />}
        {chart.data !== undefined && <ActivityChart chart={chart.data} height={320} />}
      </Stack>
    </Panel>
  )
}
