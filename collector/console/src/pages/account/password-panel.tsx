import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { changePassword } from '../../api/access.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useRenewed } from './use-renewed.ts'

const MIN_PASSWORD = 15

export const PasswordPanel = ({ hasPassword }: { readonly hasPassword: boolean }) => {
  const { t } = useTranslation()
  const renewed = useRenewed()
  const [present, setPresent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const change = useMutation({
    mutationFn: () => changePassword(present, next),
    onSuccess: () => {
      for (const clear of [setPresent, setNext, setAgain]) clear('')
      setTried(false)
      return renewed()
    },
  })
  const faults = { next: next.length < MIN_PASSWORD && t('setUp.short'), again: again !== next && t('setUp.differs') }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (faults.next === false && faults.again === false) change.mutate()
  }
  return (
    <Panel title={t('account.password')}>
      {hasPassword ? (
        <form onSubmit={submit} noValidate>
          <Stack maw={420}>
            {change.isError && <ErrorState error={change.error} />}
            {change.isSuccess && <Alert variant="outline" color="green" role="status"><Text size="sm" c="bright">{t('account.changed')}</Text></Alert>}
            <PasswordInput label={t('account.present')} value={present} onChange={(event) => setPresent(event.currentTarget.value)} autoComplete="current-password" required />
            <PasswordInput label={t('account.new')} description={t('setUp.passwordHint')} value={next} onChange={(event) => setNext(event.currentTarget.value)} error={tried && faults.next} autoComplete="new-password" required />
            <PasswordInput label={t('account.again')} value={again} onChange={(event) => setAgain(event.currentTarget.value)} error={tried && faults.again} autoComplete="new-password" required />
            <Group><Button type="submit" variant="default" loading={change.isPending}>{t('account.change')}</Button></Group>
          </Stack>
        </form>
      ) : <Text size="sm">{t('account.noPassword')}</Text>}
    </Panel>
  )
}
