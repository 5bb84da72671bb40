import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '../../api/mutations.ts'
import { ApiError } from '../../api/problem.ts'
import { ErrorState } from '../../components/error-state.tsx'

const REFUSED = new Set([400, 401, 403])

export const SignInForm = ({ ended }: { readonly ended: boolean }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({ mutationFn: () => signIn(name, password), onSuccess: () => client.resetQueries({ queryKey: ['me'] }) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    enter.mutate()
  }
  const status = enter.error instanceof ApiError ? enter.error.status : undefined
  return (
    <form onSubmit={submit}>
      <Stack>
        {ended && !enter.isError && <Text size="sm" c="dimmed">{t('signIn.ended')}</Text>}
        {enter.isError && (status !== undefined && (REFUSED.has(status) || status === 429)
          ? <Alert variant="outline" color="red" role="alert"><Text size="sm" c="bright">{status === 429 ? t('signIn.locked') : t('signIn.wrong')}</Text></Alert>
          : <ErrorState error={enter.error} />)}
        <TextInput label={t('signIn.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="username" required autoFocus />
        <PasswordInput label={t('signIn.password')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password" required />
        <Button type="submit" loading={enter.isPending} fullWidth>{t('signIn.submit')}</Button>
      </Stack>
    </form>
  )
}
