import type { UserPage } from '@holdfast/collector/contract'
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { askForReport } from '../../api/reports.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { utcDay } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const LEAST_DAYS = 3
const MOST_DAYS = 90
const MIN_REASON = 3

/** @returns the id of the one user whom a pseudonym or an id names */
async function findUser(text: string): Promise<string | undefined> {
  const { items } = await api.get<UserPage>('/users', { query: { search: text, limit: 2 } })
  return items.length === 1 ? items[0]?.id : undefined
}

interface AskDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** Fixed, where the dialog stands on somebody's page. */
  readonly user?: { readonly id: string; readonly pseudonym: string }
  readonly range?: { readonly from: string; readonly to: string }
}

/** Asks for a report and goes to its page. */
export const AskDialog = ({ opened, onClose, user, range }: AskDialogProps) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [nowMs] = useState(Date.now)
  const [who, setWho] = useState('')
  // The chart may show more days than a report covers: then its last ones.
  const [from, setFrom] = useState(range === undefined ? utcDay(nowMs - (DEFAULT_DAYS - 1) * DAY_MS) : [range.from, utcDay(Date.parse(range.to) - (MOST_DAYS - 1) * DAY_MS)].toSorted().at(-1) ?? range.from)
  const [to, setTo] = useState(range?.to ?? utcDay(nowMs))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [unknown, setUnknown] = useState(false)
  const ask = useMutation({
    mutationFn: async () => {
      const userId = user?.id ?? (await findUser(who.trim()))
      setUnknown(userId === undefined)
      return userId === undefined ? undefined : askForReport({ userId, from, to, reason: reason.trim() })
    },
    onSuccess: async (report) => {
      if (report === undefined) return
      onClose()
      await client.invalidateQueries({ queryKey: ['reports', 'list'] })
      void navigate({ to: `/reports/${encodeURIComponent(report.id)}` })
    },
  })
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  const wrongRange = !(days >= LEAST_DAYS && days <= MOST_DAYS)
  const short = reason.trim().length < MIN_REASON
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!wrongRange && !short && (user !== undefined || who.trim() !== '')) ask.mutate()
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('reports.askTitle')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {ask.isError && <ErrorState error={ask.error} />}
          {user === undefined
            ? <TextInput label={t('reports.user')} description={t('reports.userHint')} withAsterisk value={who} onChange={(event) => { setWho(event.currentTarget.value); setUnknown(false) }} error={(unknown || (tried && who.trim() === '')) && t('reports.userUnknown')} data-autofocus />
            : <TextInput label={t('reports.user')} value={user.pseudonym} readOnly />}
          <Group grow align="flex-start">
            <TextInput type="date" label={t('reports.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput type="date" label={t('reports.to')} value={to} error={wrongRange && t('reports.range')} onChange={(event) => setTo(event.currentTarget.value)} />
          </Group>
          <Textarea label={t('reports.reason')} description={t('help.reportReason')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && short && t('reports.reasonShort')} {...(user === undefined ? {} : { 'data-autofocus': true })} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={ask.isPending}>{t('reports.submit')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
