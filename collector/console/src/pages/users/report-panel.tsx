import { Anchor, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reportUser } from '../../api/mutations.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatCount } from '../../format/numbers.ts'
import { utcDay } from '../../format/time.ts'
import { humanise } from '../../format/words.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const MOST_DAYS = 90

/** What a user did over a range, policy or not; every look goes to the audit log. */
export const ReportPanel = ({ userId, nowMs }: { readonly userId: string; readonly nowMs: number }) => {
  const { t } = useTranslation()
  const [from, setFrom] = useState(utcDay(nowMs - (DEFAULT_DAYS - 1) * DAY_MS))
  const [to, setTo] = useState(utcDay(nowMs))
  const [reason, setReason] = useState('')
  const report = useMutation({ mutationFn: () => reportUser(userId, { from, to, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }) })
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  const wrong = !(days >= 2 && days <= MOST_DAYS)
  const { data } = report
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!wrong) report.mutate()
  }
  return (
    <Panel title={t('report.title')}>
      <form onSubmit={submit} noValidate>
        <Group align="flex-start">
          <TextInput type="date" label={t('report.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label={t('report.to')} value={to} error={wrong && t('report.range')} onChange={(event) => setTo(event.currentTarget.value)} />
          <TextInput label={t('report.reason')} value={reason} maxLength={1000} onChange={(event) => setReason(event.currentTarget.value)} />
          <Button type="submit" mt={24} loading={report.isPending} disabled={wrong}>{t('report.show')}</Button>
        </Group>
      </form>
      {report.isError && <ErrorState error={report.error} />}
      {data !== undefined && (
        <Stack mt="md" role="status">
          <Text size="sm" fw={600}>{t('report.summary', { from: data.from, to: data.to, count: data.days, alerts: data.alerts.length, dismissed: data.dismissed.length })}</Text>
          {data.categories.length === 0 ? <Text size="sm" c="dimmed">{t('report.nothing')}</Text> : (
            <DataTable label={t('report.categories')} columns={[{ key: 'category', title: t('report.category') }, { key: 'events', title: t('chart.events'), numeric: true }, { key: 'excluded', title: t('report.excluded'), numeric: true }, { key: 'days', title: t('report.days'), numeric: true }]}>
              {data.categories.map((row) => <Table.Tr key={row.category}><Table.Td>{humanise(row.category)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.events)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.excludedEvents)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.days)}</Table.Td></Table.Tr>)}
            </DataTable>
          )}
          {data.points.length > 0 && (
            <DataTable label={t('chart.table')} columns={[{ key: 'day', title: t('chart.day') }, { key: 'indicator', title: t('chart.indicator') }, { key: 'events', title: t('chart.events'), numeric: true }, { key: 'score', title: t('chart.score'), numeric: true }]}>
              {data.points.map((row) => <Table.Tr key={`${row.day} ${row.indicator}`}><Table.Td className="hf-mono">{row.day}</Table.Td><Table.Td>{row.label}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.events)}</Table.Td><Table.Td ta="end" className="hf-mono">{row.score}</Table.Td></Table.Tr>)}
            </DataTable>
          )}
          {data.alerts.map((alert) => <Anchor key={alert.id} component={Link} to={`/alerts/${encodeURIComponent(alert.id)}`} size="sm">{alert.headline}</Anchor>)}
        </Stack>
      )}
    </Panel>
  )
}
