import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const LEAST = 3

/** Asks why before a content is handed over. */
export const ReasonDialog = ({ what, onClose, onReason }: { readonly what: 'download' | 'reveal'; readonly onClose: () => void; readonly onReason: (reason: string) => Promise<unknown> }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const ask = useMutation({ mutationFn: () => onReason(reason.trim()), onSuccess: onClose })
  const short = reason.trim().length < LEAST
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!short) ask.mutate()
  }
  return (
    <Dialog opened onClose={onClose} title={t(`content.reason.${what}`)}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t('content.reason.intro')}</Text>
          {what === 'download' && <Alert color="orange" variant="light">{t('content.reason.warn')}</Alert>}
          {ask.isError && <ErrorState error={ask.error} />}
          <Textarea label={t('content.reason.label')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('content.reason.short')} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={ask.isPending}>{t(`content.reason.${what}`)}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
