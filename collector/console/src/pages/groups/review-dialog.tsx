import type { GroupPreview, GroupSettings } from '@holdfast/collector/contract'
import { Button, Group, Radio, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { planQuery, previewGroup, type Way } from '../../api/rollouts.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ChangesTable } from '../rollouts/rollout-parts.tsx'
import { watchRows } from '../devices/watching.ts'

const WAYS: readonly Way[] = ['plan', 'rings', 'at_once']

const Collected = ({ preview }: { readonly preview: GroupPreview }) => {
  const { t } = useTranslation()
  const rows = watchRows(preview.policy, t).filter(({ values }) => values.length > 0)
  const columns = [{ key: 'kind', title: t('review.kind') }, { key: 'now', title: t('review.now'), numeric: true }, { key: 'expected', title: t('review.expected'), numeric: true }, { key: 'bytes', title: t('review.bytes'), numeric: true }]
  return (
    <>
      <Title order={3} size="h5">{t('review.collected')}</Title>
      <DataTable label={t('review.collected')} columns={[{ key: 'what', title: t('sees.what') }, { key: 'value', title: t('groups.places') }]} minWidth={420}>
        {rows.map(({ name, values, code }) => <Table.Tr key={name}><Table.Th scope="row" fw={500}>{name}</Table.Th><Table.Td className={code === true ? 'hf-code' : undefined}>{values.slice(0, 12).join(', ')}{values.length > 12 && ` ${t('watching.more', { count: values.length - 12 })}`}</Table.Td></Table.Tr>)}
      </DataTable>
      <Title order={3} size="h5">{t('review.volume')}</Title>
      <Text size="sm" c="dimmed">{t('review.volumeHint')}</Text>
      {preview.volume.perDay.length > 0 && (
        <DataTable label={t('review.volume')} columns={columns} minWidth={420}>
          {preview.volume.perDay.map(({ kind, now, expected, bytes }) => <Table.Tr key={kind}><Table.Th scope="row" fw={500}>{humanise(kind)}</Table.Th><Table.Td ta="end" className="hf-mono">{formatCount(Math.round(now))}</Table.Td><Table.Td ta="end" className="hf-mono">{expected === undefined ? t('review.unknown') : formatCount(Math.round(expected))}</Table.Td><Table.Td ta="end" className="hf-mono">{formatBytes(bytes)}</Table.Td></Table.Tr>)}
        </DataTable>
      )}
    </>
  )
}

/** What a change does, before it is saved: the difference, what is collected then and how much, and how it reaches devices. */
export const ReviewDialog = ({ group, settings, saving, error, onSave, onClose }: { readonly group: string; readonly settings: GroupSettings; readonly saving: boolean; readonly error: unknown; readonly onSave: (way: Way) => void; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('plan')
  const plan = useQuery(planQuery(group))
  const preview = useQuery({ queryKey: ['groups', group, 'preview', settings], queryFn: () => previewGroup(group, settings), gcTime: 0, retry: false })
  const planned = plan.data?.plan ?? undefined
  return (
    <Dialog opened onClose={onClose} title={t('review.title', { group })} size="xl">
      <Stack>
        {preview.isPending && <Skeleton height={160} aria-busy="true" />}
        {preview.isError && <ErrorState error={preview.error} />}
        {preview.data !== undefined && <><Title order={3} size="h5">{t('rollouts.changes')}</Title><ChangesTable changes={preview.data.changes} label={t('rollouts.changes')} /><Collected preview={preview.data} /></>}
        <Radio.Group label={t('review.way')} description={planned === undefined ? t('review.planNone') : t('review.planRings', { rings: planned.ringPercents.join(', ') })} value={way} onChange={(value) => setWay(WAYS.find((one) => one === value) ?? 'plan')}>
          <Stack gap={6} mt="xs">{WAYS.map((one) => <Radio key={one} value={one} label={t(`review.ways.${one}`)} />)}</Stack>
        </Radio.Group>
        {error !== null && error !== undefined && <ErrorState error={error} />}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button loading={saving} disabled={preview.isPending || preview.isError} onClick={() => onSave(way)}>{t('review.save')}</Button></Group>
      </Stack>
    </Dialog>
  )
}
