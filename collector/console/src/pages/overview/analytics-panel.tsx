import type { AnalyticsView } from '@holdfast/collector/contract'
import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { makeQuickPolicy, switchAnalytics } from '../../api/mutations.ts'
import { analyticsQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'

const QUICK = [['data_leaks', 'quickLeaks'], ['departing_users', 'quickLeavers']] as const

/** Shares of users by kind of risk, and the policy to begin with. Names stand nowhere, and neither do small groups. */
export const AnalyticsPanel = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()
  const analytics = useQuery(analyticsQuery())
  const quick = useMutation({
    mutationFn: makeQuickPolicy,
    onSuccess: async (policy) => {
      notifications.show({ message: t('analytics.made', { name: policy.name }), closeButtonProps: { 'aria-label': t('common.close') } })
      await Promise.all([client.invalidateQueries({ queryKey: ['policies'] }), client.invalidateQueries({ queryKey: ['overview'] })])
    },
  })
  const change = useMutation({ mutationFn: switchAnalytics, onSuccess: () => client.invalidateQueries({ queryKey: ['analytics'] }) })
  const shareOf = (count: AnalyticsView['users']): string => ('fewerThan' in count ? t('analytics.fewer', { count: count.fewerThan }) : count.users === 0 ? t('analytics.none') : t('analytics.share', { users: formatCount(count.users), share: (count.share * 100).toFixed(1) }))
  const { data } = analytics
  if (data === undefined) return analytics.isError ? <Panel title={t('analytics.title')}><ErrorState error={analytics.error} onRetry={analytics.refetch} /></Panel> : null
  return (
    <Panel title={t('analytics.title')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{t('analytics.intro', { days: data.days })}{data.isGrowing && ` ${t('analytics.growing', { observed: data.observedDays })}`}</Text>
        <DataTable label={t('analytics.title')} columns={[{ key: 'kind', title: t('analytics.kind') }, { key: 'users', title: t('analytics.users'), numeric: true }]} minWidth={320}>
          {data.kinds.map((row) => <Table.Tr key={row.kind}><Table.Td>{row.title}</Table.Td><Table.Td ta="end" className="hf-mono">{shareOf(row.over)}</Table.Td></Table.Tr>)}
        </DataTable>
        <Text size="sm" fw={600}>{t('analytics.recommended', { template: data.recommended.templateName })}</Text>
        <Text size="sm">{data.recommended.reason}{data.recommended.over !== undefined && ` ${t('analytics.over', { over: shareOf(data.recommended.over) })}`}</Text>
        {quick.isError && <ErrorState error={quick.error} />}
        {may('policy.manage') && <Group>{QUICK.map(([kind, label]) => <Button key={kind} variant="default" loading={quick.isPending && quick.variables === kind} onClick={() => quick.mutate(kind)}>{t(`analytics.${label}`)}</Button>)}</Group>}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">{data.enabled ? t('analytics.on') : t('analytics.off')}</Text>
          {may('settings.manage') && <Button size="compact-sm" variant="default" loading={change.isPending} onClick={() => change.mutate(!data.enabled)}>{data.enabled ? t('analytics.switchOff') : t('analytics.switchOn')}</Button>}
        </Group>
      </Stack>
    </Panel>
  )
}
