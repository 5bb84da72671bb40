import type { RevealedView, UserRef } from '@holdfast/collector/contract'
import { Alert, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { askForName, privacySettingsQuery } from '../../api/privacy.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const MIN_REASON = 3
const KINDS = ['case_work', 'legal_request', 'hr_request', 'safety', 'check_of_detection', 'other'] as const

/** Asks why before a name is shown; where a second person must agree it says that the request waits. */
export const RevealDialog = ({ user, opened, onClose, onRevealed }: { readonly user: UserRef; readonly opened: boolean; readonly onClose: () => void; readonly onRevealed: (user: UserRef) => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const settings = useQuery({ ...privacySettingsQuery(), enabled: opened })
  const [kind, setKind] = useState<string>('case_work')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [waiting, setWaiting] = useState<RevealedView['request']>()
  const reveal = useMutation({
    mutationFn: () => askForName(user.id, kind, reason.trim()),
    onSuccess: (revealed) => {
      // Texts of this person are readable now wherever they stand.
      void client.invalidateQueries()
      if (revealed.request.state === 'pending') setWaiting(revealed.request)
      else {
        onRevealed(revealed)
        onClose()
      }
    },
  })
  const second = settings.data?.revealNeedsSecond === true
  const hours = settings.data?.revealHours ?? 4
  const short = reason.trim().length < MIN_REASON
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!short) reveal.mutate()
  }
  const close = (): void => {
    setWaiting(undefined)
    setReason('')
    setTried(false)
    reveal.reset()
    onClose()
  }
  return (
    <Dialog opened={opened} onClose={close} title={t('reveal.title', { pseudonym: user.pseudonym })}>
      {waiting !== undefined ? (
        <Stack>
          <Alert variant="outline" title={<Text span c="bright" fw={650}>{t('reveal.waiting')}</Text>}><Text size="sm">{t('reveal.waitingBody')} <Instant at={waiting.decideBy} /></Text></Alert>
          <Group justify="flex-end"><Button onClick={close}>{t('common.close')}</Button></Group>
        </Stack>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack>
            <Text size="sm" c="dimmed">{t(second ? 'reveal.introSecond' : 'reveal.intro', { hours })}</Text>
            {second && settings.data?.approvers === 0 && <Alert variant="outline" color="orange"><Text size="sm">{t('reveal.noApprover')}</Text></Alert>}
            {reveal.isError && <ErrorState error={reveal.error} />}
            <Select label={t('reveal.kind')} description={t('help.revealKind')} data={KINDS.map((value) => ({ value, label: t(`reveal.kinds.${value}`) }))} value={kind} allowDeselect={false} onChange={(value) => setKind(value ?? 'other')} />
            <Textarea label={t('reveal.reason')} description={t('reveal.reasonHint')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('reveal.reasonShort')} data-autofocus />
            <Group justify="flex-end"><Button variant="default" onClick={close}>{t('common.cancel')}</Button><Button type="submit" loading={reveal.isPending}>{t(second ? 'reveal.submitSecond' : 'reveal.submit')}</Button></Group>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
