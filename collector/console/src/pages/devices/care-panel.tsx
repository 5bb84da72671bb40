import type { DeviceDetail, DevicePatchRequest } from '@holdfast/collector/contract'
import { Anchor, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { mergeDevice, patchDevice, reKeyDevice, unmergeDevice } from '../../api/fleet.ts'
import { useMay } from '../../app/permissions.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { type DeviceAction, DeviceActionDialog } from './bulk-actions.tsx'
import { LedgerTable } from './ledger-table.tsx'

type Asked = 'owner' | 'merge' | 're_key'

/** Asks for one text and does one thing with it. */
const AskDialog = ({ asked, device, onClose }: { readonly asked: Asked | undefined; readonly device: DeviceDetail; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const words = {
    owner: { title: t('fleet.setOwner'), body: undefined, label: t('fleet.owner'), hint: t('fleet.ownerHint'), submit: t('fleet.save') },
    merge: { title: t('fleet.mergeTitle', { hostname: device.hostname }), body: t('fleet.mergeBody'), label: t('fleet.mergeInto'), hint: t('fleet.mergeIntoHint'), submit: t('fleet.apply') },
    re_key: { title: t('fleet.reKeyTitle', { hostname: device.hostname }), body: t('fleet.reKeyBody'), label: t('fleet.reason'), hint: t('fleet.reasonHint'), submit: t('fleet.reKey') },
  }[asked ?? 'owner']
  const value = text.trim()
  const act = useMutation({
    mutationFn: (): Promise<unknown> => (asked === 'merge' ? mergeDevice(device.id, value) : asked === 're_key' ? reKeyDevice(device.id, value) : patchDevice(device.id, { owner: value === '' ? null : value })),
    onSuccess: async () => {
      setText('')
      onClose()
      notifications.show({ message: t('fleet.changed'), closeButtonProps: { 'aria-label': t('common.close') } })
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  return (
    <Dialog opened={asked !== undefined} onClose={onClose} title={words.title}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (value !== '' || asked === 'owner') act.mutate()
      }}>
        <Stack>
          {words.body !== undefined && <Text size="sm">{words.body}</Text>}
          <TextInput label={words.label} description={words.hint} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={500} data-autofocus />
          {act.isError && <ErrorState error={act.error} />}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" {...(asked === 'owner' ? {} : { color: '#b42318' })} disabled={value === '' && asked !== 'owner'} loading={act.isPending}>{words.submit}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** Owner, tags, group, maintenance, merges: what administrators wrote down of a device. */
export const CarePanel = ({ device, reKeying, onReKeyed }: { readonly device: DeviceDetail; readonly reKeying: boolean; readonly onReKeyed: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked>()
  const [action, setAction] = useState<DeviceAction>()
  const again = () => client.invalidateQueries({ queryKey: ['devices'] })
  const patch = useMutation({ mutationFn: (body: DevicePatchRequest) => patchDevice(device.id, body), onSuccess: again })
  const unmerge = useMutation({ mutationFn: () => unmergeDevice(device.id), onSuccess: again })
  const manages = may('device.manage')
  const small = { size: 'compact-sm', variant: 'default' } as const
  const { owner, maintenance, retired, cutOff, mergedInto } = device
  return (
    <Panel title={t('fleet.care')}>
      {(patch.error ?? unmerge.error) !== null && <ErrorState error={patch.error ?? unmerge.error} />}
      <Facts rows={[
        [t('fleet.owner'), owner === undefined ? t('fleet.noOwner') : may('user.read') ? <Anchor key="owner" component={Link} size="sm" to={`/users/${encodeURIComponent(owner.id)}`}>{owner.pseudonym}</Anchor> : owner.pseudonym],
        [t('fleet.tags'), device.tags.length === 0 ? t('fleet.noTags') : <Group key="tags" gap={4}>{device.tags.map((tag) => <Badge key={tag} variant="default" tt="none">{tag}</Badge>)}</Group>],
        [t('device.group'), <span key="group">{device.group}{device.keepsGroup && ` (${t('fleet.byHand')})`}</span>],
        [t('fleet.maintenance'), maintenance === undefined ? undefined : <span key="maintenance">{t('fleet.maintenanceUntil', { reason: maintenance.reason, by: maintenance.by })} <Instant at={maintenance.until} /></span>],
        [t('fleet.retired'), retired === undefined ? undefined : <span key="retired">{retired.reason} ({retired.by}) <Instant at={retired.at} /></span>],
        [t('fleet.cutOff'), cutOff === undefined ? undefined : <span key="cut">{t(`fleet.why.${cutOff.why}`)} <Instant at={cutOff.at} /></span>],
        [t('fleet.mergedInto'), mergedInto === undefined ? undefined : <Anchor key="into" component={Link} size="sm" to={`/devices/${encodeURIComponent(mergedInto)}`}>{mergedInto}</Anchor>],
      ]} />
      {manages && (
        <Group gap="xs" mt="sm">
          <Button {...small} onClick={() => setAsked('owner')}>{t('fleet.setOwner')}</Button>
          {(['tag', 'untag', 'move', 'maintenance'] as const).map((one) => <Button key={one} {...small} onClick={() => setAction(one)}>{t(`fleet.actions.${one}`)}</Button>)}
          {device.keepsGroup && <Button {...small} loading={patch.isPending} onClick={() => patch.mutate({ group: null })}>{t('fleet.byRules')}</Button>}
          {maintenance !== undefined && <Button {...small} loading={patch.isPending} onClick={() => patch.mutate({ maintenance: null })}>{t('fleet.endMaintenance')}</Button>}
          {mergedInto === undefined ? <Button {...small} onClick={() => setAsked('merge')}>{t('fleet.merge')}</Button> : <Button {...small} loading={unmerge.isPending} onClick={() => unmerge.mutate()}>{t('fleet.unmerge')}</Button>}
          {retired === undefined && <Button {...small} onClick={() => setAction('retire')}>{t('fleet.actions.retire')}</Button>}
        </Group>
      )}
      <AskDialog asked={reKeying ? 're_key' : asked} device={device} onClose={() => {
        setAsked(undefined)
        onReKeyed()
      }} />
      <DeviceActionDialog action={action} ids={[device.id]} onClose={() => setAction(undefined)} />
    </Panel>
  )
}

/** What arrived under the ids that this device had before. */
export const MergedHistory = ({ merged }: Pick<DeviceDetail, 'merged'>) => {
  const { t } = useTranslation()
  return merged.length === 0 ? null : (
    <Panel title={t('fleet.merged')}>
      <Stack>{merged.map((one) => <div key={one.id}><Anchor component={Link} size="sm" fw={600} to={`/devices/${encodeURIComponent(one.id)}`}>{one.hostname}</Anchor> <Text span size="xs" c="dimmed"><Instant at={one.lastSeenAt ?? one.enrolledAt} /></Text><LedgerTable ledger={one.ledger} /></div>)}</Stack>
    </Panel>
  )
}
