import type { TargetCreated, TargetList, TargetView } from '@holdfast/collector/contract'
import { Button, Divider, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { deadLettersQuery, decideLetters, deleteTarget, newSigningSecret, pauseTarget, replayTarget, testTarget } from '../../api/exports.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { draftOf, requestOf } from './exports-form.ts'
import { ProblemAlert } from './exports-problem.tsx'

const useRefresh = () => {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['exports'] })
}

const DeadLetters = ({ target }: { readonly target: TargetView }) => {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [reason, setReason] = useState('')
  const letters = useQuery(deadLettersQuery(target.id))
  const decide = useMutation({ mutationFn: (action: 'retry' | 'drop') => decideLetters(target.id, { action, ids: letters.data?.items.map(({ id }) => id) ?? [], ...(action === 'drop' ? { reason: reason.trim() } : {}) }), onSuccess: refresh })
  const items = letters.data?.items ?? []
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">{t('exports.dead.title')}</Title>
      {letters.isError && <ErrorState error={letters.error} onRetry={letters.refetch} />}
      {decide.isError && <ErrorState error={decide.error} />}
      {letters.isSuccess && items.length === 0 ? <Text size="sm" c="dimmed">{t('exports.dead.none')}</Text> : (
        <>
          <Text size="sm" c="dimmed">{t('exports.dead.note')}</Text>
          <DataTable label={t('exports.dead.title')} columns={(['record', 'of', 'refused', 'why'] as const).map((key) => ({ key, title: t(`exports.dead.${key}`) }))} loading={letters.isPending} minWidth={480}>
            {items.map((row) => <Table.Tr key={row.id}><Table.Td>{row.id}</Table.Td><Table.Td className="hf-code" style={{ whiteSpace: 'nowrap' }}>{row.ref}</Table.Td><Table.Td><Instant at={row.refusedAt} /></Table.Td><Table.Td style={{ overflowWrap: 'anywhere' }}>{row.reason}</Table.Td></Table.Tr>)}
          </DataTable>
          <Textarea label={t('exports.dead.reason')} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={1} />
          <Group><Button size="xs" loading={decide.isPending} onClick={() => decide.mutate('retry')}>{t('exports.dead.retry')}</Button><Button size="xs" variant="default" disabled={reason.trim().length < 5} onClick={() => decide.mutate('drop')}>{t('exports.dead.drop')}</Button></Group>
        </>
      )}
    </Stack>
  )
}

const Replay = ({ target, outbox }: { readonly target: TargetView; readonly outbox: TargetList['outbox'] }) => {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [by, setBy] = useState<'byId' | 'byTime'>('byId')
  const [ids, setIds] = useState({ fromId: Math.max(1, outbox.oldestId), toId: Math.max(1, outbox.newestId) })
  const [times, setTimes] = useState({ from: '', to: '' })
  const replay = useMutation({ mutationFn: () => replayTarget(target.id, by === 'byId' ? ids : { from: new Date(times.from).toISOString(), to: new Date(times.to).toISOString() }), onSuccess: refresh })
  const isReady = by === 'byId' ? ids.toId >= ids.fromId : times.from !== '' && times.to > times.from
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) replay.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={3} size="h4">{t('exports.replay.title')}</Title>
        <Text size="sm" c="dimmed">{t('exports.replay.hint', { first: outbox.oldestId, last: outbox.newestId })}</Text>
        <Group><SegmentedControl aria-label={t('exports.replay.by')} data={(['byId', 'byTime'] as const).map((value) => ({ value, label: t(`exports.replay.${value}`) }))} value={by} onChange={(value) => setBy(value === 'byTime' ? value : 'byId')} /></Group>
        {by === 'byId' ? (
          <SimpleGrid cols={2}>{(['fromId', 'toId'] as const).map((key) => <NumberInput key={key} label={t(`exports.replay.${key}`)} value={ids[key]} min={1} onChange={(value) => setIds((before) => ({ ...before, [key]: typeof value === 'number' ? value : 1 }))} />)}</SimpleGrid>
        ) : (
          <SimpleGrid cols={2}>{(['from', 'to'] as const).map((key) => <TextInput key={key} type="datetime-local" label={t(`exports.replay.${key}`)} value={times[key]} onChange={(event) => setTimes((before) => ({ ...before, [key]: event.target.value }))} />)}</SimpleGrid>
        )}
        {replay.isError && <ErrorState error={replay.error} />}
        {replay.data !== undefined && <Text size="sm" role="status">{t('exports.replay.done', { count: replay.data.records })}</Text>}
        {target.replays.map(({ nextId, toId }) => <Text key={`${nextId}-${toId}`} size="sm" role="status">{t('exports.replay.running', { from: nextId, to: toId })}</Text>)}
        <Group><Button size="xs" type="submit" variant="default" loading={replay.isPending} disabled={!isReady}>{t('exports.replay.submit')}</Button></Group>
      </Stack>
    </form>
  )
}

/** How one target is doing, and everything that can be done about it. */
export const TargetDetails = ({ target, outbox, onEdit, onSecret, onClose }: { readonly target: TargetView; readonly outbox: TargetList['outbox']; readonly onEdit: () => void; readonly onSecret: (made: TargetCreated) => void; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [sure, setSure] = useState(false)
  const pause = useMutation({ mutationFn: () => pauseTarget(target.id, target.paused ? 'resume' : 'pause'), onSuccess: refresh })
  const retry = useMutation({ mutationFn: () => pauseTarget(target.id, 'resume'), onSuccess: refresh })
  const test = useMutation({ mutationFn: () => testTarget(target.id, requestOf(draftOf(target), false)) })
  const secret = useMutation({ mutationFn: () => newSigningSecret(target.id), onSuccess: onSecret })
  const remove = useMutation({ mutationFn: () => deleteTarget(target.id), onSuccess: async () => {
    await refresh()
    onClose()
  } })
  const failed = pause.error ?? retry.error ?? test.error ?? secret.error ?? remove.error
  return (
    <Stack>
      {failed !== null && <ErrorState error={failed} />}
      {target.problem !== undefined && <ProblemAlert problem={target.problem} />}
      <Facts rows={[
        [t('exports.sent'), target.sent], [t('exports.lag'), target.lag.records], [t('exports.dropped'), target.dropped === 0 ? undefined : target.dropped], [t('exports.failures'), target.failures === 0 ? undefined : target.failures],
        [t('exports.lastSent'), <Instant key="sent" at={target.lastSentAt} seconds />], [t('exports.nextTry'), target.nextTryAt === undefined ? undefined : <Instant key="next" at={target.nextTryAt} seconds />],
      ]} />
      <Group>
        <Button size="xs" onClick={onEdit}>{t('exports.change')}</Button>
        <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>{t(target.paused ? 'exports.resume' : 'exports.pause')}</Button>
        {!target.paused && target.failures > 0 && <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>{t('exports.resume')}</Button>}
        <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>{t('exports.test')}</Button>
        {target.place.kind === 'webhook' && <Button size="xs" variant="default" loading={secret.isPending} onClick={() => secret.mutate()}>{t('exports.secret.make')}</Button>}
      </Group>
      {test.data?.problem !== undefined && <ProblemAlert problem={test.data.problem} />}
      {test.data?.ok === true && <Text size="sm" role="status">{t(test.data.unsure ? 'exports.testUnsure' : 'exports.testGood', { ms: test.data.tookMs })}</Text>}
      <Divider />
      <DeadLetters target={target} />
      <Divider />
      <Replay target={target} outbox={outbox} />
      <Divider />
      {sure ? <Stack gap="xs"><Text size="sm">{t('exports.removeSure', { name: target.name })}</Text><Group><Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{t('exports.remove')}</Button><Button size="xs" variant="default" onClick={() => setSure(false)}>{t('common.cancel')}</Button></Group></Stack> : <Group><Button size="xs" variant="subtle" color="red" onClick={() => setSure(true)}>{t('exports.remove')}</Button></Group>}
    </Stack>
  )
}
