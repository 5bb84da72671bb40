import type { NoticeContentView, NoticeTemplateList } from '@holdfast/collector/contract'
import { Badge, Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { previewNotice } from '../../api/cases.ts'
import { oneOf } from '../../app/search-params.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const FORMATS = ['text', 'html'] as const
export const EMPTY_CONTENT: NoticeContentView = { from: '', cc: [], bcc: [], subject: '', body: '', format: 'text' }

/** The lists of addresses as they are typed: one a line. */
export interface NoticeDraft extends Omit<NoticeContentView, 'cc' | 'bcc'> {
  readonly cc: string
  readonly bcc: string
}

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
export const toDraft = ({ from, cc, bcc, subject, body, format }: NoticeContentView): NoticeDraft => ({ from, subject, body, format, cc: cc.join('\n'), bcc: bcc.join('\n') })
export const toContent = ({ from, cc, bcc, subject, body, format }: NoticeDraft): NoticeContentView => ({ from: from.trim(), cc: linesOf(cc), bcc: linesOf(bcc), subject: subject.trim(), body, format })

/** Every field of a notice, with the variables that it may hold. */
export const NoticeFields = ({ draft, variables, onChange }: { readonly draft: NoticeDraft; readonly variables: NoticeTemplateList['variables']; readonly onChange: (draft: NoticeDraft) => void }) => {
  const { t } = useTranslation()
  const set = (part: Partial<NoticeDraft>): void => onChange({ ...draft, ...part })
  return (
    <Stack gap="sm">
      <TextInput label={t('notices.field.from')} description={t('notices.field.fromHint')} maxLength={320} value={draft.from} onChange={(event) => set({ from: event.currentTarget.value })} />
      <Group grow align="flex-start">
        <Textarea label={t('notices.field.cc')} description={t('notices.field.listHint')} autosize minRows={1} maxRows={5} value={draft.cc} onChange={(event) => set({ cc: event.currentTarget.value })} />
        <Textarea label={t('notices.field.bcc')} description={t('notices.field.listHint')} autosize minRows={1} maxRows={5} value={draft.bcc} onChange={(event) => set({ bcc: event.currentTarget.value })} />
      </Group>
      <TextInput label={t('notices.field.subject')} description={t('help.noticeSubject')} withAsterisk maxLength={200} value={draft.subject} onChange={(event) => set({ subject: event.currentTarget.value })} />
      <div><Text size="sm" fw={500} mb={4}>{t('notices.field.format')}</Text><SegmentedControl aria-label={t('notices.field.format')} data={FORMATS.map((value) => ({ value, label: t(`notices.format.${value}`) }))} value={draft.format} onChange={(value) => set({ format: oneOf(value, FORMATS, 'text') })} /></div>
      <Textarea label={t('notices.field.body')} description={t('help.noticeBody')} withAsterisk autosize minRows={7} maxRows={18} maxLength={50_000} value={draft.body} onChange={(event) => set({ body: event.currentTarget.value })} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} />
      <div>
        <Text size="sm" fw={500}>{t('notices.field.variables')}</Text>
        <Text size="xs" c="dimmed" mb={4}>{t('notices.field.variablesHint')}</Text>
        <Group gap={6}>{variables.map(({ name, doc }) => <Tooltip key={name} label={doc} multiline maw={280}><Button size="compact-xs" variant="default" ff="monospace" onClick={() => set({ body: `${draft.body}{{ ${name} }}` })}>{name}</Button></Tooltip>)}</Group>
      </div>
    </Stack>
  )
}

/** What the mail would look like; HTML stands in a frame that runs and loads nothing. */
export const NoticePreviewPanel = ({ draft, caseId }: { readonly draft: NoticeDraft; readonly caseId?: string | undefined }) => {
  const { t } = useTranslation()
  const [content] = useDebouncedValue(toContent(draft), 400)
  const isWritten = content.subject !== '' && content.body.trim() !== ''
  const preview = useQuery({ queryKey: ['notices', 'preview', content, caseId], queryFn: () => previewNotice(content, caseId), enabled: isWritten, retry: false, placeholderData: (before) => before })
  return (
    <section className="hf-panel" aria-label={t('notices.preview.title')}>
      <Group justify="space-between" mb="xs"><Text fw={650}>{t('notices.preview.title')}</Text><Badge variant="default" tt="none">{caseId === undefined ? t('notices.preview.sample') : t('notices.preview.ofCase')}</Badge></Group>
      {!isWritten && <Text size="sm" c="dimmed">{t('notices.preview.wait')}</Text>}
      {isWritten && preview.isError && <ErrorState error={preview.error} title={t('error.title')} />}
      {isWritten && preview.data !== undefined && !preview.isError && (
        <Stack gap={6}>
          <Text size="sm"><Text span c="dimmed" size="sm">{t('notices.preview.from')} </Text>{preview.data.from === '' ? '–' : preview.data.from}</Text>
          <Text size="sm"><Text span c="dimmed" size="sm">{t('notices.preview.subject')} </Text><b>{preview.data.subject}</b></Text>
          {preview.data.html === undefined
            ? <Text size="sm" component="pre" m={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontFamily: 'inherit' }}>{preview.data.text}</Text>
            : <iframe title={t('notices.preview.frame')} sandbox="" srcDoc={preview.data.html} style={{ width: '100%', height: 260, border: '1px solid var(--mantine-color-default-border)', borderRadius: 6, background: '#fff', colorScheme: 'light' }} />}
        </Stack>
      )}
    </section>
  )
}
