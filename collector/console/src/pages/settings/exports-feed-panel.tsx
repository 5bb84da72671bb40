import type { FeedView } from '@holdfast/collector/contract'
import { Button, Group, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { feedQuery, saveFeed } from '../../api/exports.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const FeedForm = ({ feed }: { readonly feed: FeedView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [enabled, setEnabled] = useState(feed.enabled)
  const [names, setNames] = useState(feed.names)
  const [reason, setReason] = useState('')
  const needsReason = names && !feed.names
  const save = useMutation({ mutationFn: () => saveFeed(feed.revision, { enabled, names, ...(needsReason ? { reason: reason.trim() } : {}) }), onSuccess: (saved) => client.setQueryData(feedQuery().queryKey, saved) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!needsReason || reason.trim().length >= 5) save.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('exports.feed.hint')}</Text>
        <Switch label={t('exports.feed.enabled')} description={t('help.feedEnabled')} checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
        <Switch label={t('exports.feed.names')} description={t('exports.form.namesHint')} checked={names} onChange={(event) => setNames(event.currentTarget.checked)} />
        {needsReason && <Textarea label={t('exports.form.reason')} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} error={reason !== '' && reason.trim().length < 5 && t('exports.form.reasonShort')} withAsterisk autosize minRows={2} />}
        <Facts rows={[[t('exports.feed.root'), <span key="root" className="hf-code">{feed.rootUrl}</span>], [t('exports.feed.tenant'), <span key="tenant" className="hf-code">{feed.tenantId}</span>], [t('exports.feed.subscribed'), feed.subscribedAt === undefined ? t('exports.feed.nobody') : <Instant key="since" at={feed.subscribedAt} />]]} />
        {save.isError && <ErrorState error={save.error} />}
        <Group><Button type="submit" size="xs" loading={save.isPending}>{t('common.save')}</Button>{save.isSuccess && <Text size="sm" role="status">{t('exports.feed.saved')}</Text>}</Group>
      </Stack>
    </form>
  )
}

/** The feed that other systems pull. */
export const FeedPanel = () => {
  const { t } = useTranslation()
  const feed = useQuery(feedQuery())
  return (
    <Panel title={t('exports.feed.title')}>
      {feed.isError && <ErrorState error={feed.error} onRetry={feed.refetch} />}
      {feed.data !== undefined && <FeedForm key={feed.data.revision} feed={feed.data} />}
    </Panel>
  )
}
