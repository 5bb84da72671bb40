import type { EvidenceFile, PreviewView } from '@holdfast/collector/contract'
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { API_BASE } from '../../api/client.ts'
import { evidenceBytesQuery, previewQuery, revealEvidence } from '../../api/evidence.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import classes from './content.module.css'
import { ReasonDialog } from './reason-dialog.tsx'

const PdfView = lazy(() => import('./pdf-view.tsx').then(({ PdfView: view }) => ({ default: view })))

const Pdf = ({ id, name }: { readonly id: string; readonly name: string }) => {
  const bytes = useQuery(evidenceBytesQuery(id))
  if (bytes.isError) return <ErrorState error={bytes.error} onRetry={bytes.refetch} />
  const wait = <Skeleton height={240} aria-busy="true" />
  return bytes.data === undefined ? wait : <Suspense fallback={wait}><PdfView bytes={bytes.data} name={name} /></Suspense>
}

const TextBox = ({ preview, name }: { readonly preview: PreviewView; readonly name: string }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [shown, setShown] = useState<PreviewView>()
  const [asking, setAsking] = useState(false)
  const view = shown ?? preview
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">{view.masked ? t('content.masked') : t('content.unmasked')}{view.truncated ? ` ${t('content.truncated')}` : ''}</Text>
        {view.masked && <Button size="xs" variant="default" onClick={() => setAsking(true)}>{t('content.reveal')}</Button>}
      </Group>
      <section className={classes['box']} aria-label={t('content.text', { name })}>
        {/* The box is scrolled by keyboard. */}
        {/* oxlint-disable-next-line no-noninteractive-tabindex */}
        <div style={{ maxHeight: '46dvh', overflow: 'auto' }} tabIndex={0} role="group" aria-label={t('content.text', { name })}><pre className={classes['text']}>{view.text}</pre></div>
      </section>
      {asking && <ReasonDialog what="reveal" onClose={() => setAsking(false)} onReason={async (reason) => { setShown(await revealEvidence(preview.id, reason)); await client.invalidateQueries({ queryKey: ['evidence', 'custody', preview.id] }) }} />}
    </Stack>
  )
}

const Hex = ({ preview, name }: { readonly preview: PreviewView; readonly name: string }) => {
  const { t } = useTranslation()
  return (
    <div className={classes['box']} style={{ maxHeight: '46dvh', overflow: 'auto' }} tabIndex={0} role="group" aria-label={t('content.hex', { name })}>
      <pre className={classes['hex']}>{preview.hex?.map((row) => `${row.offset.toString(16).padStart(6, '0')}  ${row.bytes.padEnd(47)}  ${row.text}`).join('\n')}</pre>
    </div>
  )
}

/** The content itself, once somebody asks for it: asking is a look. */
export const ContentBody = ({ file }: { readonly file: EvidenceFile & { readonly evidence: NonNullable<EvidenceFile['evidence']> } }) => {
  const { t } = useTranslation()
  const { id, form } = file.evidence
  const [asked, setAsked] = useState(false)
  const preview = useQuery({ ...previewQuery(id), enabled: asked && (form === 'text' || form === 'other') })
  if (!asked) {
    return (
      <Stack gap={4} align="flex-start">
        <Button size="sm" onClick={() => setAsked(true)}>{t('content.look')}</Button>
        <Text size="xs" c="dimmed">{t('content.lookWhy')}{form === 'pdf' || form === 'image' ? ` ${t('content.whole')}` : ''}</Text>
      </Stack>
    )
  }
  if (form === 'image') return <img className={classes['image']} src={`${API_BASE}/evidence/${encodeURIComponent(id)}/content`} alt={t('content.image', { name: file.name })} />
  if (form === 'pdf') return <Pdf id={id} name={file.name} />
  if (preview.isError) return <ErrorState error={preview.error} onRetry={preview.refetch} />
  if (preview.data === undefined) return <Skeleton height={200} aria-busy="true" />
  return preview.data.text === undefined ? <Hex preview={preview.data} name={file.name} /> : <TextBox preview={preview.data} name={file.name} />
}
