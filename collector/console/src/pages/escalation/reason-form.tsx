import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const LEAST = 3

/** A dialog that goes on only with a reason. */
export const ReasonForm = ({ title, submit, pending, label, onClose, onReason, children }: { readonly title: string; readonly submit: string; readonly pending: boolean; readonly label?: string; readonly onClose: () => void; readonly onReason: (reason: string) => void; readonly children?: ReactNode }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < LEAST
  const go = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!short) onReason(reason.trim())
  }
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form onSubmit={go} noValidate>
        <Stack>
          {children}
          <Textarea label={label ?? t('escalation.reason')} description={label === undefined ? t('escalation.reasonHint') : undefined} withAsterisk autosize minRows={2} maxLength={1000} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('escalation.reasonShort')} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending}>{submit}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
