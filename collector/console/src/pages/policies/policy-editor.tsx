import type { IndicatorView, PolicyDocument, PolicyView, TemplateView } from '@holdfast/collector/contract'
import { Button, Group, NumberInput, Stack, Tabs, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { applyPolicy, type PreviewProgress, previewPolicy, thresholdData } from '../../api/mutations.ts'
import { useMay } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { parseDraft } from './policy-draft.ts'
import { PolicyForm } from './policy-form.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { PreviewRunning } from './preview-progress.tsx'
import { ThresholdPanel } from './threshold-panel.tsx'

/** Typing is not asked about letter by letter. */
const QUIET_MS = 600
const PREVIEW_DAYS = 30

const textOf = (document: PolicyDocument): string => JSON.stringify(document, null, 2)

export interface PolicyEditorProps {
  readonly initial: PolicyDocument
  /** Absent for a new policy. */
  readonly policy?: PolicyView
  readonly templates: readonly TemplateView[]
  readonly indicators: readonly IndicatorView[]
}

/** One document with two faces, form and JSON, a preview over the past, and then the save. */
export const PolicyEditor = ({ initial, policy, templates, indicators }: PolicyEditorProps) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const allowed = useMay()('policy.manage')
  const [document, setDocument] = useState(initial)
  const [text, setText] = useState(() => textOf(initial))
  const parsed = parseDraft(text)
  const change = (next: PolicyDocument): void => {
    setDocument(next)
    setText(textOf(next))
  }
  const write = (next: string): void => {
    setText(next)
    const read = parseDraft(next)
    if (read.kind === 'document') setDocument(read.document)
  }
  const [days, setDays] = useState(PREVIEW_DAYS)
  const [progress, setProgress] = useState<PreviewProgress>()
  const preview = useMutation({ mutationFn: (wanted: PolicyDocument) => previewPolicy(wanted, days, setProgress), onMutate: () => setProgress(undefined) })
  const apply = useMutation({
    mutationFn: applyPolicy,
    onSuccess: async (saved) => {
      notifications.show({ title: t('policy.applied', { version: saved.version }), message: t('policy.appliedBody'), closeButtonProps: { 'aria-label': t('common.close') } })
      await client.invalidateQueries({ queryKey: ['policies'] })
      if (policy === undefined) void navigate({ to: `/policies/${encodeURIComponent(saved.id)}` })
    },
  })
  const [settled] = useDebouncedValue(document, QUIET_MS)
  // A document that is half written is refused: its last counts stay until it is whole again.
  const counted = useQuery({ queryKey: ['policies', 'thresholds', settled], queryFn: ({ signal }) => thresholdData(settled, signal), enabled: allowed && parsed.kind === 'document' && settled.name.trim() !== '', retry: false, placeholderData: keepPreviousData })
  const template = templates.find(({ id }) => id === document.template)
  const broken = parsed.kind === 'broken' || document.name.trim() === ''
  const unchanged = policy !== undefined && JSON.stringify(document) === JSON.stringify(policy.document)
  return (
    <Stack>
      {!allowed && <Text size="sm" c="dimmed">{t('policy.readOnly')}</Text>}
      <Tabs defaultValue={template === undefined ? 'json' : 'form'} className="hf-panel">
        <Tabs.List><Tabs.Tab value="form" disabled={template === undefined}>{t('policy.form')}</Tabs.Tab><Tabs.Tab value="json">{t('policy.json')}</Tabs.Tab></Tabs.List>
        {template !== undefined && <Tabs.Panel value="form" pt="md"><PolicyForm document={document} template={template} indicators={indicators} disabled={!allowed} onChange={change} {...(counted.data === undefined ? {} : { data: counted.data })} /></Tabs.Panel>}
        <Tabs.Panel value="json" pt="md">
          <Textarea label={t('policy.json')} description={t('policy.jsonHint')} value={text} readOnly={!allowed} onChange={(event) => write(event.currentTarget.value)} autosize minRows={16} maxRows={36} spellCheck={false} classNames={{ input: 'hf-code' }} error={parsed.kind === 'broken' && t('policy.jsonBad', { problem: parsed.problem })} />
        </Tabs.Panel>
      </Tabs>
      {counted.data !== undefined && <ThresholdPanel data={counted.data} stale={counted.isFetching || settled !== document} />}
      {preview.isPending && <PreviewRunning progress={progress} />}
      {preview.isError && <ErrorState error={preview.error} />}
      {preview.data !== undefined && <PreviewPanel preview={preview.data} stale={JSON.stringify(preview.variables) !== JSON.stringify(document)} />}
      {apply.isError && <ErrorState error={apply.error} />}
      {allowed && (
        <Group justify="flex-end" align="flex-end">
          <NumberInput label={t('preview.days')} description={t('help.previewDays')} min={1} max={150} allowDecimal={false} w={160} value={days} onChange={(value) => { if (value !== '') setDays(Number(value)) }} />
          <Button variant="default" disabled={broken} loading={preview.isPending} onClick={() => preview.mutate(document)}>{t('policy.preview')}</Button>
          <Button disabled={broken || unchanged} loading={apply.isPending} onClick={() => apply.mutate(document)}>{policy === undefined ? t('policy.create') : t('policy.apply', { version: policy.version + 1 })}</Button>
        </Group>
      )}
    </Stack>
  )
}
