import type { UserRef } from '@holdfast/collector/contract'
import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { revealUser } from '../../api/mutations.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'

const MIN_REASON = 3

/** Asks for the reason before a name is shown; the audit log keeps both. */
export const RevealDialog = ({ user, opened, onClose, onRevealed }: { readonly user: UserRef; readonly opened: boolean; readonly onClose: () => void; readonly onRevealed: (user: UserRef) => void }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const reveal = useMutation({ mutationFn: () => revealUser(user.id, reason.trim()), onSuccess: (revealed) => { onRevealed(revealed); onClose() } })
  const short = reason.trim().length < MIN_REASON
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!short) reveal.mutate()
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('reveal.title', { pseudonym: user.pseudonym })}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('reveal.intro')}</Text>
          {reveal.isError && <ErrorState error={reveal.error} />}
          <Textarea label={t('reveal.reason')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('reveal.reasonShort')} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={reveal.isPending}>{t('reveal.submit')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
