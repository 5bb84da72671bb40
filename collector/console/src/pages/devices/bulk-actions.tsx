import type { DeviceBulkRequest } from '@holdfast/collector/contract'
import { Autocomplete, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeDevices, deviceTagsQuery } from '../../api/fleet.ts'
import { groupsQuery } from '../../api/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const ACTIONS = ['tag', 'untag', 'move', 'maintenance', 'retire'] as const
export type DeviceAction = (typeof ACTIONS)[number]
const TAG = /^[a-z0-9][a-z0-9_.:-]{0,39}$/
const GROUP = /^[A-Za-z0-9_-]{1,64}$/

/** What a form asks the collector for; undefined while it is not filled in. */
export function requestOf(action: DeviceAction, { text, reason, hours }: { readonly text: string; readonly reason: string; readonly hours: number | string }, nowMs: number): Omit<DeviceBulkRequest, 'ids'> | undefined {
  const value = text.trim()
  const why = reason.trim()
  const count = Number(hours)
  if (action === 'tag') return TAG.test(value) ? { addTags: [value] } : undefined
  if (action === 'untag') return TAG.test(value) ? { removeTags: [value] } : undefined
  if (action === 'move') return GROUP.test(value) ? { group: value } : undefined
  if (why === '') return undefined
  if (action === 'retire') return { retire: { reason: why } }
  return count > 0 && count <= 2160 ? { maintenance: { until: new Date(nowMs + count * 3_600_000).toISOString(), reason: why } } : undefined
}

/** Asks for what is needed, says how many devices it changes, and changes them. */
export const DeviceActionDialog = ({ action, ids, onClose }: { readonly action: DeviceAction | undefined; readonly ids: readonly string[]; readonly onClose: (changed: boolean) => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const [hours, setHours] = useState<number | string>(8)
  const tags = useQuery({ ...deviceTagsQuery(), enabled: action === 'tag' || action === 'untag' }).data?.items ?? []
  const groups = useQuery({ ...groupsQuery(), enabled: action === 'move' }).data?.items ?? []
  const change = useMutation({
    mutationFn: (request: Omit<DeviceBulkRequest, 'ids'>) => changeDevices({ ...request, ids: [...ids] }),
    onSuccess: async ({ changed, failed }) => {
      notifications.show({ message: t('fleet.done', { count: changed }), closeButtonProps: { 'aria-label': t('common.close') } })
      if (failed.length > 0) notifications.show({ message: t('fleet.failed', { count: failed.length, detail: failed[0]?.detail ?? '' }), color: 'red', closeButtonProps: { 'aria-label': t('common.close') } })
      setText('')
      setReason('')
      onClose(true)
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  const request = action === undefined ? undefined : requestOf(action, { text, reason, hours }, Date.now())
  return (
    <Dialog opened={action !== undefined} onClose={() => onClose(false)} title={action === undefined ? '' : t(`fleet.actions.${action}`)}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (request !== undefined) change.mutate(request)
      }}>
        <Stack>
          {(action === 'tag' || action === 'untag') && <Autocomplete label={t('fleet.tag')} description={t('fleet.tagHint')} value={text} onChange={setText} data={tags.map(({ tag }) => tag)} error={text === '' || TAG.test(text.trim()) ? undefined : t('fleet.badTag')} data-autofocus />}
          {action === 'move' && <Autocomplete label={t('fleet.group')} description={t('fleet.groupHint')} value={text} onChange={setText} data={groups.map(({ name }) => name)} data-autofocus />}
          {action === 'maintenance' && <NumberInput label={t('fleet.hours')} description={t('fleet.hoursHint')} value={hours} onChange={setHours} min={1} max={2160} />}
          {action === 'retire' && <Text size="sm">{t('fleet.retireBody')}</Text>}
          {(action === 'maintenance' || action === 'retire') && <TextInput label={t('fleet.reason')} description={t('fleet.reasonHint')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} />}
          <Text size="sm" c="dimmed">{t('fleet.confirm', { count: ids.length })}</Text>
          {change.isError && <ErrorState error={change.error} />}
          <Group justify="flex-end"><Button variant="default" onClick={() => onClose(false)}>{t('common.cancel')}</Button><Button type="submit" {...(action === 'retire' ? { color: '#b42318' } : {})} disabled={request === undefined} loading={change.isPending}>{t('fleet.apply')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** How many devices are chosen, and what can be done to them. */
export const DeviceBulkBar = ({ chosen, onAction, onClear }: { readonly chosen: number; readonly onAction: (action: DeviceAction) => void; readonly onClear: () => void }) => {
  const { t } = useTranslation()
  return (
    <div role="status" aria-live="polite">
      {chosen > 0 && (
        <Group mb="sm" gap="xs">
          <Text size="sm" fw={600}>{t('fleet.chosen', { count: chosen })}</Text>
          {ACTIONS.map((action) => <Button key={action} size="compact-sm" variant="default" onClick={() => onAction(action)}>{t(`fleet.actions.${action}`)}</Button>)}
          <Button size="compact-sm" variant="subtle" c="bright" onClick={onClear}>{t('fleet.actions.clear')}</Button>
        </Group>
      )}
    </div>
  )
}
