import type { AlertDetail } from '@holdfast/collector/contract'
import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'

type Reason = NonNullable<AlertDetail['dismissReason']>

const REASONS: readonly Reason[] = ['expected_for_user', 'not_impactful', 'too_much_activity', 'false_detection']

/** Reason and note are both required: they tune the policy later. */
export const DismissDialog = ({ opened, pending, onClose, onDismiss }: { readonly opened: boolean; readonly pending: boolean; readonly onClose: () => void; readonly onDismiss: (reason: Reason, note: string) => void }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState<Reason>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (reason !== undefined && note.trim() !== '') onDismiss(reason, note.trim())
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('dismiss.title')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('dismiss.intro')}</Text>
          <Radio.Group label={t('dismiss.reason')} withAsterisk value={reason ?? ''} onChange={(value) => setReason(REASONS.find((one) => one === value))} error={tried && reason === undefined && t('dismiss.reasonMissing')}>
            <Stack gap={6} mt={6}>{REASONS.map((one) => <Radio key={one} value={one} label={t(`dismiss.reasons.${one}`)} />)}</Stack>
          </Radio.Group>
          <Textarea label={t('dismiss.note')} description={t('dismiss.noteHint')} withAsterisk autosize minRows={3} maxLength={4000} value={note} onChange={(event) => setNote(event.currentTarget.value)} error={tried && note.trim() === '' && t('dismiss.noteMissing')}
            onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending}>{t('dismiss.submit')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
