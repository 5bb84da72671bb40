import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { useTranslation } from '../../i18n/translation.ts'

interface DialogState {
  readonly opened: boolean
  readonly pending: boolean
  readonly onClose: () => void
}

const OUTCOMES = ['benign', 'confirmed_violation'] as const
export type Outcome = (typeof OUTCOMES)[number]

const Buttons = ({ submit, pending, onClose }: { readonly submit: string; readonly pending: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending}>{submit}</Button></Group>
}

/** Outcome and reason are both required: they end the case. */
export const ResolveDialog = ({ opened, pending, onClose, onResolve }: DialogState & { readonly onResolve: (outcome: Outcome, reason: string) => void }) => {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<Outcome>()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (outcome !== undefined && reason.trim() !== '') onResolve(outcome, reason.trim())
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('case.resolve.title')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('case.resolve.intro')}</Text>
          <Radio.Group label={t('case.resolve.outcome')} withAsterisk value={outcome ?? ''} onChange={(value) => setOutcome(OUTCOMES.find((one) => one === value))} error={tried && outcome === undefined && t('case.resolve.outcomeMissing')}>
            <Stack gap={6} mt={6}>{OUTCOMES.map((one) => <Radio key={one} value={one} label={t(`case.outcome.${one}`)} />)}</Stack>
          </Radio.Group>
          <Textarea label={t('case.resolve.reason')} description={t('case.resolve.reasonHint')} withAsterisk autosize minRows={3} maxLength={4000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && reason.trim() === '' && t('case.resolve.reasonMissing')} />
          <Buttons submit={t('case.resolve.submit')} pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  )
}

export const ReopenDialog = ({ opened, pending, onClose, onReopen }: DialogState & { readonly onReopen: (reason: string) => void }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() !== '') onReopen(reason.trim())
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('case.reopen.title')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('case.reopen.intro')}</Text>
          <Textarea label={t('case.reopen.reason')} withAsterisk autosize minRows={3} maxLength={4000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && reason.trim() === '' && t('case.resolve.reasonMissing')} />
          <Buttons submit={t('case.reopen.submit')} pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  )
}

/** Name and first note of a new case. */
export const OpenCaseDialog = ({ opened, pending, onClose, onOpen }: DialogState & { readonly onOpen: (name: string, note: string) => void }) => {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '') onOpen(name.trim(), note.trim())
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('case.open.title')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">{t('case.open.intro')}</Text>
          <TextInput label={t('case.open.name')} description={t('case.open.nameHint')} withAsterisk data-autofocus maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && name.trim() === '' && t('case.open.nameMissing')} />
          <Textarea label={t('case.open.comment')} autosize minRows={3} maxLength={20_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <Buttons submit={t('case.open.submit')} pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  )
}
