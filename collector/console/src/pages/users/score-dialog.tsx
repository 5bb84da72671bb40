import { Button, Group, NumberInput, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { startScoring } from '../../api/mutations.ts'
import { policiesQuery } from '../../api/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const MIN_REASON = 3
const DEFAULT_DAYS = 14

interface ScoreDialogProps {
  readonly userId: string
  readonly opened: boolean
  readonly onClose: () => void
  /** Asks under which policy: the user is added to it for a time. */
  readonly withPolicy?: boolean
}

/** Starts scoring by hand; the audit log keeps the reason. */
export const ScoreDialog = ({ userId, opened, onClose, withPolicy = false }: ScoreDialogProps) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [days, setDays] = useState(DEFAULT_DAYS)
  const [policyId, setPolicyId] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const policies = useQuery({ ...policiesQuery(), enabled: opened && withPolicy })
  const start = useMutation({
    mutationFn: () => startScoring(userId, { days, reason: reason.trim(), ...(policyId === null ? {} : { policyId }) }),
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
    <Dialog opened={opened} onClose={onClose} title={withPolicy ? t('person.addToPolicy') : t('triggers.startTitle')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('triggers.startIntro')}</Text>
          {start.isError && <ErrorState error={start.error} />}
          {withPolicy && <Select label={t('person.policy')} description={t('help.scorePolicy')} placeholder={t('person.allPolicies')} clearable data={policies.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []} value={policyId} onChange={setPolicyId} data-autofocus />}
          <NumberInput label={t('triggers.days')} description={t('help.scoreDays')} min={5} max={30} allowDecimal={false} value={days} onChange={(value) => { if (value !== '') setDays(Number(value)) }} />
          <Textarea label={t('reveal.reason')} description={t('help.scoreReason')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('reveal.reasonShort')} {...(withPolicy ? {} : { 'data-autofocus': true })} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={start.isPending}>{t('triggers.start')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
