import type { PrivacySettingsView } from '@holdfast/collector/contract'
import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { privacySettingsQuery, savePrivacySettings } from '../../api/privacy.ts'
import { useMay } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const Form = ({ stored }: { readonly stored: PrivacySettingsView }) => {
  const { t } = useTranslation()
  const may = useMay()
  const client = useQueryClient()
  const [draft, setDraft] = useState({ revealNeedsSecond: stored.revealNeedsSecond, revealHours: stored.revealHours, erasureNeedsSecond: stored.erasureNeedsSecond, requestHours: stored.requestHours })
  const save = useMutation({ mutationFn: () => savePrivacySettings(stored.revision, draft), onSettled: () => client.invalidateQueries({ queryKey: ['privacy'] }) })
  const fixed = !may('settings.manage')
  return (
    <Stack maw={640}>
      <Switch label={t('privacy.revealNeedsSecond')} description={t('privacy.revealNeedsSecondHint', { count: stored.approvers })} checked={draft.revealNeedsSecond} disabled={fixed} onChange={(event) => setDraft({ ...draft, revealNeedsSecond: event.currentTarget.checked })} />
      <Switch label={t('privacy.erasureNeedsSecond')} description={t('privacy.erasureNeedsSecondHint')} checked={draft.erasureNeedsSecond} disabled={fixed} onChange={(event) => setDraft({ ...draft, erasureNeedsSecond: event.currentTarget.checked })} />
      <Group grow align="flex-start">
        <NumberInput label={t('privacy.revealHours')} description={t('privacy.revealHoursHint')} min={0.25} max={72} step={1} value={draft.revealHours} disabled={fixed} onChange={(value) => typeof value === 'number' && setDraft({ ...draft, revealHours: value })} />
        <NumberInput label={t('privacy.requestHours')} description={t('privacy.requestHoursHint')} min={1} max={168} value={draft.requestHours} disabled={fixed} onChange={(value) => typeof value === 'number' && setDraft({ ...draft, requestHours: value })} />
      </Group>
      {save.isError && <ErrorState error={save.error} />}
      <Group>
        {!fixed && <Button loading={save.isPending} onClick={() => save.mutate()}>{t('privacy.save')}</Button>}
        <Text size="sm" c="dimmed" role="status">{save.isSuccess ? t('privacy.saved') : stored.changedAt === undefined ? '' : <>{t('privacy.changed', { name: stored.changedBy ?? '' })} · <Instant at={stored.changedAt} /></>}</Text>
      </Group>
    </Stack>
  )
}

export const RevealsPanel = () => {
  const { t } = useTranslation()
  const settings = useQuery(privacySettingsQuery())
  return (
    <Panel title={t('privacy.reveals')}>
      {settings.isPending && <Skeleton height={180} />}
      {settings.isError && <ErrorState error={settings.error} onRetry={settings.refetch} />}
      {settings.data !== undefined && <Form key={settings.data.revision} stored={settings.data} />}
    </Panel>
  )
}
