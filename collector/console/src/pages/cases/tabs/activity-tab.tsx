import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { caseChartQuery, caseQuery } from '../../../api/cases.ts'
import { rangeOf, readActivitySearch, UserActivity, writeActivitySearch } from '../../../components/activity-chart/user-activity.tsx'
import { useTranslation } from '../../../i18n/translation.ts'
import { CaseActivities } from './explorer-tab.tsx'

/** The user's time as a picture; who may not use the explorer sees the activities of the case below it. */
export const ActivityTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = readActivitySearch(useSearch({ strict: false }))
  const [nowMs] = useState(Date.now)
  const range = rangeOf(search, nowMs)
  const { data } = useQuery(caseQuery(caseId))
  const chart = useQuery(caseChartQuery(caseId, range))
  return (
    <UserActivity
      userId={data?.user.id ?? ''} title={t('case.tab.activity')} search={search} asked={chart} range={range} list={({ from, to }) => <CaseActivities caseId={caseId} from={from} to={to} />}
      onSearch={(next) => void navigate({ to: `/cases/${encodeURIComponent(caseId)}`, search: { ...writeActivitySearch(next), tab: 'activity' }, replace: true })}
    />
  )
}
