import type { MyNotifications, MyNotificationsRequest } from '@holdfast/collector/contract'
import { Alert, Button, Checkbox, Group, NumberInput, SimpleGrid, Skeleton, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { myNotificationsQuery, notificationSettingsQuery, saveMyNotifications, saveNotificationSettings, testMyNotifications } from '../../api/cases.ts'
import { useMay } from '../../app/permissions.ts'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** A line of the height of those that say something, so that fields in a row stand level. */
const BLANK = '\u00a0'

type Kind = MyNotifications['mail'][number]

const Last = ({ label, last }: { readonly label: string; readonly last: MyNotifications['lastMail'] }) => {
  const { t } = useTranslation()
  return last === undefined ? null : <Text size="sm" c="dimmed">{label}: <Instant at={last.at} /> · {last.ok ? t('notify.worked') : t('notify.failed', { answer: last.answer })}</Text>
}

const MyForm = ({ mine, revision }: { readonly mine: MyNotifications; readonly revision: number }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [draft, setDraft] = useState<MyNotificationsRequest>({ email: mine.email, mail: mine.mail, webhookUrl: mine.webhookUrl, webhookFor: mine.webhookFor, digestMinutes: mine.digestMinutes })
  const [secret, setSecret] = useState<string>()
  const set = (part: Partial<MyNotificationsRequest>): void => setDraft({ ...draft, ...part })
  const toggle = (list: 'mail' | 'webhookFor', kind: Kind, on: boolean): void => set({ [list]: on ? [...draft[list], kind] : draft[list].filter((one) => one !== kind) })
  const save = useMutation({
    mutationFn: () => saveMyNotifications(revision, draft),
    onSuccess: (saved) => {
      setSecret(saved.webhookSecret)
      void client.invalidateQueries({ queryKey: ['me-notifications'] })
      notifications.show({ title: t('notify.saved'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const test = useMutation({ mutationFn: testMyNotifications })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  const columns = [{ key: 'kind', title: t('notify.kinds') }, { key: 'mail', title: t('notify.byMail') }, { key: 'webhook', title: t('notify.byWebhook') }]
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {!mine.mailIsSetUp && <Alert variant="outline">{t('notify.noMail')}</Alert>}
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput type="email" label={t('notify.email')} maxLength={320} value={draft.email} onChange={(event) => set({ email: event.currentTarget.value.trim() })} description={BLANK} />
          <TextInput label={t('notify.webhook')} description={mine.webhookOrigins.length === 0 ? t('notify.webhookNone') : t('notify.webhookHosts', { hosts: mine.webhookOrigins.join(', ') })} maxLength={1000} value={draft.webhookUrl} disabled={mine.webhookOrigins.length === 0 && draft.webhookUrl === ''} onChange={(event) => set({ webhookUrl: event.currentTarget.value.trim() })} />
          <NumberInput label={t('notify.digest')} description={BLANK} min={1} max={1440} allowDecimal={false} suffix=" min" value={draft.digestMinutes} onChange={(value) => { if (typeof value === 'number') set({ digestMinutes: value }) }} />
        </SimpleGrid>
        <DataTable label={t('notify.table')} columns={columns} minWidth={420}>
          {mine.kinds.map(({ kind }) => (
            <Table.Tr key={kind}>
              <Table.Td>{t(`notify.kind.${kind}`)}</Table.Td>
              <Table.Td><Checkbox aria-label={`${t('notify.byMail')}: ${t(`notify.kind.${kind}`)}`} checked={draft.mail.includes(kind)} onChange={(event) => toggle('mail', kind, event.currentTarget.checked)} /></Table.Td>
              <Table.Td><Checkbox aria-label={`${t('notify.byWebhook')}: ${t(`notify.kind.${kind}`)}`} checked={draft.webhookFor.includes(kind)} disabled={draft.webhookUrl === ''} onChange={(event) => toggle('webhookFor', kind, event.currentTarget.checked)} /></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
        <Group>
          <Button type="submit" loading={save.isPending}>{t('notify.save')}</Button>
          <Button variant="default" disabled={!mine.mailIsSetUp || mine.email === ''} loading={test.isPending && test.variables === 'mail'} onClick={() => test.mutate('mail')}>{t('notify.testMail')}</Button>
          <Button variant="default" disabled={mine.webhookUrl === ''} loading={test.isPending && test.variables === 'webhook'} onClick={() => test.mutate('webhook')}>{t('notify.testWebhook')}</Button>
        </Group>
        {secret !== undefined && <div><Text size="sm" fw={600}>{t('notify.secret')}</Text><CodeBlock text={secret} label={t('notify.secret')} /></div>}
        {save.isError && <ErrorState error={save.error} title={t('case.failed')} />}
        {test.isError && <ErrorState error={test.error} title={t('mail.failedTitle')} />}
        {test.data !== undefined && <Text size="sm" role="status">{test.data.ok ? t('mail.ok') : `${t('mail.failedTitle')}. ${t('mail.said', { answer: test.data.answer })}`}</Text>}
        <Last label={t('notify.lastMail')} last={mine.lastMail} />
        <Last label={t('notify.lastWebhook')} last={mine.lastWebhook} />
      </Stack>
    </form>
  )
}

const HostsForm = ({ origins, revision }: { readonly origins: readonly string[]; readonly revision: number }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState(origins.join('\n'))
  const save = useMutation({
    mutationFn: () => saveNotificationSettings(revision, { webhookOrigins: text.split('\n').map((line) => line.trim().replace(/\/+$/, '')).filter((line) => line !== '') }),
    onSuccess: () => {
      for (const queryKey of [['settings', 'notifications'], ['me-notifications']]) void client.invalidateQueries({ queryKey })
      notifications.show({ title: t('notify.saved'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  return (
    <Stack gap="xs" mt="md">
      <Textarea label={t('notify.hosts')} description={t('notify.hostsHint')} autosize minRows={2} maxRows={8} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Group><Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>{t('notify.hostsSave')}</Button></Group>
      {save.isError && <ErrorState error={save.error} title={t('case.failed')} />}
    </Stack>
  )
}

/** What the signed-in account is told, and, for administrators, where webhooks may go. */
export const NotificationsPanel = () => {
  const { t } = useTranslation()
  const may = useMay()
  const mine = useQuery(myNotificationsQuery())
  const hosts = useQuery({ ...notificationSettingsQuery(), enabled: may('settings.manage') })
  return (
    <Panel title={t('notify.title')}>
      <Text size="sm" c="dimmed" mb="sm">{t('notify.intro')}</Text>
      {mine.isError && <ErrorState error={mine.error} onRetry={mine.refetch} />}
      {mine.isPending && <Skeleton height={180} />}
      {mine.data !== undefined && <MyForm mine={mine.data.value} revision={mine.data.revision} />}
      {hosts.data !== undefined && <HostsForm key={hosts.data.revision} origins={hosts.data.value.webhookOrigins} revision={hosts.data.revision} />}
    </Panel>
  )
}
