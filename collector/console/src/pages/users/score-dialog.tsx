import { Button, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startScoring } from '../../api/mutations.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'

const MIN_REASON = 3
const DEFAULT_DAYS = 14

/** Starts scoring by hand; the audit log keeps the reason. */
export const ScoreDialog = ({ userId, opened, onClose }: { readonly userId: string; readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [days, setDays] = useState(DEFAULT_DAYS)
  const [tried, setTried] = useState(false)
  const start = useMutation({
    mutationFn: () => startScoring(userId, { days, reason: reason.trim() }),
    onSuccess: async () => {
      onClose()
      setReason('')
      setTried(false)
      await client.invalidateQueries({ queryKey: ['users'] })
    },
  })
  const short = reason.trim().length < MIN_REASON
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!short) start.mutate()
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('triggers.startTitle')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('triggers.startIntro')}</Text>
          {start.isError && <ErrorState error={start.error} />}
          <NumberInput label={t('triggers.days')} min={5} max={30} allowDecimal={false} value={days} onChange={(value) => { if (value !== '') setDays(Number(value)) }} />
          <Textarea label={t('reveal.reason')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('reveal.reasonShort')} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={start.isPending}>{t('triggers.start')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
