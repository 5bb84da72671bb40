import { Button, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { applyText, diffText, groupTextQuery } from '../../api/rollouts.ts'
import { ApiError } from '../../api/problem.ts'
import { useMayGroups } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ChangesTable } from '../rollouts/rollout-parts.tsx'

/** The group as YAML: the same words that `holdfast policy pull` writes; what is wrong is told with its line. */
export const TextPanel = ({ group }: { readonly group: string }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const manages = useMayGroups().settings
  const saved = useQuery(groupTextQuery(group))
  const [draft, setDraft] = useState<string>()
  const text = draft ?? saved.data?.value.text ?? ''
  // That of the text that the draft began with: the query may have been read again since.
  const [seen, setSeen] = useState<number>()
  const check = useMutation({ mutationFn: () => diffText(text) })
  const apply = useMutation({
    mutationFn: () => applyText(text, seen ?? saved.data?.revision ?? 0),
    onSuccess: async () => {
      setDraft(undefined)
      check.reset()
      await Promise.all([client.invalidateQueries({ queryKey: ['groups'] }), client.invalidateQueries({ queryKey: ['rollouts'] }), client.invalidateQueries({ queryKey: ['devices'] })])
    },
  })
  const [found] = check.data?.items ?? []
  const failed = check.error ?? apply.error
  const lines = failed instanceof ApiError ? failed.errors : []
  return (
    <Panel title={t('groupText.title')}>
      <Stack>
        <Text size="sm" c="dimmed" maw={820}>{t('groupText.intro')}</Text>
        {saved.isPending && <Skeleton height={200} aria-busy="true" />}
        {saved.isError && <ErrorState error={saved.error} onRetry={saved.refetch} />}
        {saved.isSuccess && <Textarea label={t('groupText.label')} description={t('groupText.hint')} autosize minRows={10} maxRows={30} readOnly={!manages} spellCheck={false} value={text} onChange={(event) => {
          if (draft === undefined) setSeen(saved.data.revision)
          setDraft(event.currentTarget.value)
          check.reset()
          apply.reset()
        }} classNames={{ input: 'hf-code' }} />}
        {failed !== null && (lines.length > 0 ? <ul role="alert">{lines.map(({ pointer, detail }) => <li key={`${pointer} ${detail}`}><Text size="sm"><span className="hf-code">{pointer}</span> {detail}</Text></li>)}</ul> : <ErrorState error={failed} />)}
        {found !== undefined && <ChangesTable changes={[...found.changes, ...found.rolloutChanges.map((change) => ({ ...change, path: `rollout.${change.path}` }))]} label={t('rollouts.changes')} />}
        {manages && <Group justify="flex-end">{draft !== undefined && <Button variant="subtle" onClick={() => setDraft(undefined)}>{t('groupText.discard')}</Button>}<Button variant="default" disabled={draft === undefined} loading={check.isPending} onClick={() => check.mutate()}>{t('groupText.check')}</Button><Button disabled={found === undefined || found.changes.length + found.rolloutChanges.length === 0} loading={apply.isPending} onClick={() => apply.mutate()}>{t('groupText.apply')}</Button></Group>}
      </Stack>
    </Panel>
  )
}
