import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { setUp, signIn } from '../../api/mutations.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const MIN_PASSWORD = 15
const MIN_CODE = 8

/** The first account. The code proves that whoever sets up is who ran `holdfast init`. */
export const SetUpForm = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const create = useMutation({
    mutationFn: async () => {
      await setUp(code.trim(), name, password)
      await signIn(name, password)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['setup'] })
      await client.resetQueries({ queryKey: ['me'] })
    },
  })
  const faults = {
    code: code.trim().length < MIN_CODE && t('setUp.codeShort'), name: !/^\S{1,64}$/.test(name) && t('setUp.nameBad'), password: password.length < MIN_PASSWORD && t('setUp.short'), again: again !== password && t('setUp.differs'),
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (Object.values(faults).every((fault) => fault === false)) create.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">{t('setUp.intro')}</Text>
        {create.isError && <ErrorState error={create.error} />}
        <TextInput label={t('setUp.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} error={tried && faults.code} autoComplete="one-time-code" required autoFocus />
        <TextInput label={t('setUp.name')} description={t('setUp.nameHint')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && faults.name} autoComplete="username" required />
        <PasswordInput label={t('setUp.password')} description={t('setUp.passwordHint')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={tried && faults.password} autoComplete="new-password" required />
        <PasswordInput label={t('setUp.again')} value={again} onChange={(event) => setAgain(event.currentTarget.value)} error={tried && faults.again} autoComplete="new-password" required />
        <Button type="submit" loading={create.isPending} fullWidth>{t('setUp.submit')}</Button>
      </Stack>
    </form>
  )
}
