import type { MailSettingsRequest, MailSettingsView, MailTest } from '@holdfast/collector/contract'
import { Alert, Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { mailSettingsQuery, saveMailSettings, testMail } from '../../api/cases.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** A line of the height of those that say something, so that fields in a row stand level. */
const BLANK = '\u00a0'

const SECURITIES = ['starttls', 'tls', 'none'] as const
const FAILURES = ['dns', 'refused', 'unreachable', 'timeout', 'tls', 'auth', 'sender', 'recipient', 'message', 'connection_lost', 'protocol', 'unknown'] as const
const PORTS: Readonly<Record<(typeof SECURITIES)[number], number>> = { starttls: 587, tls: 465, none: 25 }

/** What a test came to, in words that say what to do. */
const TestResult = ({ result, sent }: { readonly result: MailTest; readonly sent: boolean }) => {
  const { t } = useTranslation()
  if (result.ok) return <Alert variant="outline" color="green" role="status" title={<Text span c="bright" fw={650}>{t('mail.ok')}</Text>}>{sent ? `${t('mail.okSent')} ${result.answer}` : undefined}</Alert>
  const failure = FAILURES.find((one) => one === result.failure) ?? 'protocol'
  return <Alert variant="outline" color="red" role="alert" title={<Text span c="bright" fw={650}>{t('mail.failedTitle')}</Text>}><Text size="sm">{t(`mail.failure.${failure}`)}</Text>{result.answer !== '' && <Text size="sm" c="dimmed">{t('mail.said', { answer: result.answer })}</Text>}</Alert>
}

const MailForm = ({ settings, revision }: { readonly settings: MailSettingsView; readonly revision: number }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [draft, setDraft] = useState<MailSettingsRequest>({ host: settings.host, port: settings.port, security: settings.security, user: settings.user, from: settings.from, caPem: settings.caPem })
  const [password, setPassword] = useState('')
  const [to, setTo] = useState('')
  const set = (part: Partial<MailSettingsRequest>): void => setDraft({ ...draft, ...part })
  const whole = (): MailSettingsRequest => ({ ...draft, ...(password === '' ? {} : { password }) })
  const save = useMutation({
    mutationFn: () => saveMailSettings(revision, whole()),
    onSuccess: () => {
      for (const queryKey of [['settings', 'mail'], ['notices', 'templates'], ['me-notifications']]) void client.invalidateQueries({ queryKey })
      notifications.show({ title: t('mail.saved'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const test = useMutation({ mutationFn: () => testMail(whole(), to.trim()) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {!settings.isSetUp && <Text size="sm">{t('mail.off')}</Text>}
        {settings.waiting > 0 && <Text size="sm" c="dimmed">{t('mail.waiting', { count: settings.waiting })}</Text>}
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput label={t('mail.host')} description={t('mail.hostHint')} maxLength={253} value={draft.host} onChange={(event) => set({ host: event.currentTarget.value.trim() })} />
          <Select label={t('mail.security')} description={draft.security === 'none' ? t('mail.insecure') : BLANK} data={SECURITIES.map((value) => ({ value, label: t(`mail.securities.${value}`) }))} value={draft.security} allowDeselect={false} onChange={(value) => { const security = SECURITIES.find((one) => one === value) ?? 'starttls'; set({ security, ...(draft.port === PORTS[draft.security] ? { port: PORTS[security] } : {}) }) }} />
          <NumberInput label={t('mail.port')} description={BLANK} min={1} max={65_535} allowDecimal={false} value={draft.port} onChange={(value) => { if (typeof value === 'number') set({ port: value }) }} />
          <TextInput label={t('mail.user')} description={t('mail.userHint')} autoComplete="off" maxLength={320} value={draft.user} onChange={(event) => set({ user: event.currentTarget.value })} />
          <PasswordInput label={t('mail.password')} description={settings.hasPassword ? t('mail.passwordKept') : BLANK} autoComplete="new-password" maxLength={1000} disabled={draft.user === ''} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
          <TextInput label={t('mail.from')} description={BLANK} maxLength={320} placeholder={t('mail.fromExample')} value={draft.from} onChange={(event) => set({ from: event.currentTarget.value })} />
        </SimpleGrid>
        <Textarea label={t('mail.caPem')} description={t('mail.caHint')} autosize minRows={1} maxRows={6} maxLength={20_000} value={draft.caPem ?? ''} onChange={(event) => set({ caPem: event.currentTarget.value })} />
        <Group align="flex-end">
          <Button type="submit" loading={save.isPending}>{t('mail.save')}</Button>
          <TextInput label={t('mail.testTo')} description={t('mail.testToHint')} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
          <Button variant="default" loading={test.isPending} disabled={draft.host === ''} onClick={() => test.mutate()}>{t('mail.test')}</Button>
        </Group>
        {save.isError && <ErrorState error={save.error} title={t('case.failed')} />}
        {test.isError && <ErrorState error={test.error} title={t('mail.failedTitle')} />}
        {test.data !== undefined && !test.isPending && <TestResult result={test.data} sent={to.trim() !== ''} />}
      </Stack>
    </form>
  )
}

/** The mail server, with a test that says what is wrong. */
export const MailPanel = () => {
  const { t } = useTranslation()
  const settings = useQuery(mailSettingsQuery())
  return (
    <Panel title={t('mail.title')}>
      <Text size="sm" c="dimmed" mb="sm">{t('mail.intro')}</Text>
      {settings.isError && <ErrorState error={settings.error} onRetry={settings.refetch} />}
      {settings.isPending && <Skeleton height={180} />}
      {settings.data !== undefined && <MailForm key={settings.data.revision} settings={settings.data.value} revision={settings.data.revision} />}
    </Panel>
  )
}
