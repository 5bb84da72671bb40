import { Button, Group, Kbd, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent, type KeyboardEvent } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { type DismissReason, REASONS } from './alert-search.ts'

export interface DismissDialogProps {
  readonly opened: boolean
  readonly pending: boolean
  /** How many are meant. */
  readonly count?: number
  readonly onClose: () => void
  readonly onDismiss: (reason: DismissReason, note: string) => void
}

const Form = ({ pending, onClose, onDismiss }: Omit<DismissDialogProps, 'opened' | 'count'>) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState<DismissReason>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault()
    setTried(true)
    if (reason !== undefined && note.trim() !== '' && !pending) onDismiss(reason, note.trim())
  }
  // A number chooses a reason from anywhere but the note, and Ctrl+Enter sends from everywhere.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
    const numbered = event.target instanceof HTMLTextAreaElement ? undefined : REASONS[Number(event.key) - 1]
    if (numbered !== undefined) setReason(numbered)
  }
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">{t('dismiss.intro')}</Text>
        <Radio.Group label={t('dismiss.reason')} withAsterisk value={reason ?? ''} onChange={(value) => setReason(REASONS.find((one) => one === value))} error={tried && reason === undefined && t('dismiss.reasonMissing')}>
          <Stack gap={6} mt={6}>{REASONS.map((one, index) => <Group key={one} gap="xs"><Radio value={one} label={t(`dismiss.reasons.${one}`)} {...(index === 0 ? { 'data-autofocus': true } : {})} /><Kbd size="xs" aria-hidden="true">{index + 1}</Kbd></Group>)}</Stack>
        </Radio.Group>
        <Textarea label={t('dismiss.note')} description={t('dismiss.noteHint')} withAsterisk autosize minRows={3} maxLength={4000} value={note} onChange={(event) => setNote(event.currentTarget.value)} error={tried && note.trim() === '' && t('dismiss.noteMissing')} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending} rightSection={<Kbd size="xs" aria-hidden="true">Ctrl ↵</Kbd>}>{t('dismiss.submit')}</Button></Group>
      </Stack>
    </form>
  )
}

/** Reason and note are both required: they tune the policy later. Opened again it begins empty. */
export const DismissDialog = ({ opened, count = 1, ...form }: DismissDialogProps) => {
  const { t } = useTranslation()
  return <Dialog opened={opened} onClose={form.onClose} title={count === 1 ? t('dismiss.title') : t('dismiss.titleMany', { count })}><Form {...form} /></Dialog>
}
