import type { RetentionRunView, RetentionView } from '@holdfast/collector/contract'
import { Button, Group, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { retentionQuery, retentionRunsQuery, saveRetention, startRetention } from '../../api/privacy.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatCount } from '../../format/numbers.ts'
import type { Translate } from '../../i18n/catalogue.ts'
import { useTranslation } from '../../i18n/translation.ts'

type Line = RetentionView['lines'][number]
const MOST = 3650

const isDays = (text: string, least: number): boolean => text === '' || (/^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= MOST)
const labelOf = (t: Translate, cls: Line['cls']): string => t(`privacy.classes.${cls}`)

const Limits = ({ view }: { readonly view: RetentionView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [days, setDays] = useState<Readonly<Record<string, string>>>(Object.fromEntries(view.lines.map((line) => [line.cls, line.days === null ? '' : String(line.days)])))
  const wrong = view.lines.filter((line) => !isDays(days[line.cls] ?? '', line.leastDays))
  const save = useMutation({ mutationFn: () => saveRetention(view.revision, Object.fromEntries(view.lines.map((line) => [line.cls, days[line.cls] === '' ? null : Number(days[line.cls])]))), onSettled: () => client.invalidateQueries({ queryKey: ['privacy', 'retention'] }) })
  const columns = [{ key: 'cls', title: t('privacy.column.cls') }, { key: 'days', title: t('privacy.column.days') }, ...(['due', 'held', 'inCases'] as const).map((key) => ({ key, title: t(`privacy.column.${key}`), numeric: true }))]
  return (
    <Stack gap="sm">
      <DataTable label={t('privacy.retentionTable')} columns={columns} minWidth={760}>
        {view.lines.map((line) => (
          <Table.Tr key={line.cls} style={{ verticalAlign: 'top' }}>
            <Table.Td><Text size="sm" fw={600}>{labelOf(t, line.cls)}</Text><Text size="xs" c="dimmed" maw={460}>{t(`privacy.classHints.${line.cls}`)}</Text></Table.Td>
            <Table.Td><TextInput w={150} size="xs" inputMode="numeric" aria-label={t('privacy.daysOf', { cls: labelOf(t, line.cls) })} placeholder={t('privacy.forEver')} value={days[line.cls] ?? ''} onChange={(event) => setDays({ ...days, [line.cls]: event.currentTarget.value.trim() })} description={t('privacy.daysHint', { default: line.defaultDays, least: line.leastDays })} error={wrong.includes(line) && t('privacy.wrongDays', { least: line.leastDays })} inputWrapperOrder={['input', 'description', 'error']} /></Table.Td>
            <Table.Td ta="end" className="hf-mono">{formatCount(line.due)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(line.held)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(line.inCases)}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {save.isError && <ErrorState error={save.error} />}
      <Group><Button disabled={wrong.length > 0} loading={save.isPending} onClick={() => save.mutate()}>{t('privacy.save')}</Button><Text size="sm" c="dimmed">{t('privacy.dryRun')}</Text></Group>
    </Stack>
  )
}

const sums = (t: Translate, rows: RetentionRunView['removed'], lines: readonly Line[]): string => lines.filter((line) => rows[line.cls] !== undefined).map((line) => `${labelOf(t, line.cls)} ${formatCount(rows[line.cls] ?? 0)}`).join(', ')

const Runs = ({ view }: { readonly view: RetentionView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const runs = useQuery(retentionRunsQuery())
  const start = useMutation({ mutationFn: startRetention, onSuccess: () => setAsking(false), onSettled: () => client.invalidateQueries({ queryKey: ['privacy'] }) })
  const items = runs.data?.items ?? []
  return (
    <Stack gap="sm">
      <Group justify="space-between"><Text fw={600}>{t('privacy.runs')}</Text><Button variant="default" disabled={items[0]?.state === 'running'} onClick={() => setAsking(true)}>{t('privacy.run')}</Button></Group>
      {runs.isError && <ErrorState error={runs.error} onRetry={runs.refetch} />}
      {runs.isSuccess && items.length === 0 && <Text size="sm" c="dimmed">{t('privacy.runsNone')}</Text>}
      {items.length > 0 && (
        <DataTable label={t('privacy.runs')} columns={(['at', 'by', 'state', 'removed', 'held'] as const).map((key) => ({ key, title: t(`privacy.runColumn.${key}`) }))} minWidth={760}>
          {items.slice(0, 10).map((run) => <Table.Tr key={run.id}><Table.Td><Instant at={run.startedAt} seconds /></Table.Td><Table.Td>{run.by}</Table.Td><Table.Td aria-live="polite">{t(`privacy.runState.${run.state}`)}</Table.Td><Table.Td>{sums(t, run.removed, view.lines)}</Table.Td><Table.Td>{sums(t, run.held, view.lines)}</Table.Td></Table.Tr>)}
        </DataTable>
      )}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('privacy.run')}>
        <Stack>
          <Text size="sm">{t('privacy.runSure', { count: view.lines.reduce((sum, line) => sum + line.due, 0) })}</Text>
          {start.isError && <ErrorState error={start.error} />}
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(false)}>{t('common.cancel')}</Button><Button color="red.9" loading={start.isPending} onClick={() => start.mutate()}>{t('privacy.run')}</Button></Group>
        </Stack>
      </Dialog>
    </Stack>
  )
}

export const RetentionPanel = () => {
  const { t } = useTranslation()
  const retention = useQuery(retentionQuery())
  return (
    <Panel title={t('privacy.retention')}>
      <Text size="sm" c="dimmed" mb="sm">{t('privacy.retentionIntro')}</Text>
      {retention.isPending && <Skeleton height={320} />}
      {retention.isError && <ErrorState error={retention.error} onRetry={retention.refetch} />}
      {retention.data !== undefined && <Stack gap="lg"><Limits key={retention.data.revision} view={retention.data} /><Runs view={retention.data} /></Stack>}
    </Panel>
  )
}
