import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { resetRiskLevel } from '../../api/mutations.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const MIN_REASON = 3

/** Ends a risk level before its time. */
export const ExpireDialog = ({ userId, onClose }: { readonly userId: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < MIN_REASON
  const expire = useMutation({ mutationFn: () => resetRiskLevel(userId, reason.trim()), onSuccess: async () => { await client.invalidateQueries({ queryKey: ['users'] }); onClose() } })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!short) expire.mutate()
  }
  return (
    <Dialog opened onClose={onClose} title={t('person.expireTitle')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('person.expireIntro')}</Text>
          {expire.isError && <ErrorState error={expire.error} />}
          <Textarea label={t('reveal.reason')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('reveal.reasonShort')} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={expire.isPending}>{t('person.expire')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
