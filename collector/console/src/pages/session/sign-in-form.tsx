import type { SignInAnswer } from '@holdfast/collector/contract'
import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { enter, passkeySignIn, passkeySignInOptions, signInMethodsQuery } from '../../api/access.ts'
import { ApiError } from '../../api/problem.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { askPasskey, SecondStep } from './second-step.tsx'

const REFUSED = new Set([400, 401, 403])
const START = '/api/v1/session/oidc/start'

/** What the way back from the identity provider says in the address. */
const fromProvider = (): string | undefined => {
  const search = new URLSearchParams(globalThis.location.search)
  const code = search.get('signIn')
  return code === null ? undefined : (search.get('problem') ?? code)
}

/** Name and password, then the second step where there is one; a passkey; the identity provider. */
export const SignInForm = ({ ended }: { readonly ended: boolean }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const methods = useQuery(signInMethodsQuery())
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<SignInAnswer>()
  const [problem] = useState(fromProvider)
  const inside = () => client.resetQueries({ queryKey: ['me'] })
  const go = useMutation({ mutationFn: () => enter(name, password), onSuccess: (answer) => (answer.step === 'second_factor' ? setStep(answer) : inside()) })
  const touch = useMutation({ mutationFn: async () => passkeySignIn(await askPasskey(await passkeySignInOptions())), onSuccess: inside })
  if (step !== undefined) return <SecondStep answer={step} onAgain={() => { setStep(undefined); setPassword('') }} />
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    touch.reset()
    go.mutate()
  }
  const status = go.error instanceof ApiError ? go.error.status : undefined
  const refusal = (words: string) => <Alert variant="outline" color="red" role="alert"><Text size="sm" c="bright">{words}</Text></Alert>
  return (
    <form onSubmit={submit}>
      <Stack>
        {ended && !go.isError && problem === undefined && <Text size="sm" c="dimmed">{t('signIn.ended')}</Text>}
        {problem !== undefined && !go.isError && <Alert variant="outline" color="red" role="alert" title={<Text span c="bright" fw={650}>{t('twoStep.oidcFailed')}</Text>}><Text size="sm" c="bright">{problem === 'SIGN_IN_EXPIRED' ? t('twoStep.expired') : problem}</Text></Alert>}
        {go.isError && (status !== undefined && (REFUSED.has(status) || status === 429) ? refusal(status === 429 ? t('signIn.locked') : t('signIn.wrong')) : <ErrorState error={go.error} />)}
        {touch.isError && refusal(t('twoStep.passkeyFailed'))}
        <TextInput label={t('signIn.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="username webauthn" required autoFocus />
        <PasswordInput label={t('signIn.password')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password" required />
        <Button type="submit" loading={go.isPending} fullWidth>{t('signIn.submit')}</Button>
        <Divider label={t('twoStep.or')} labelPosition="center" />
        {methods.data?.oidc !== undefined && <Button component="a" href={START} variant="default" fullWidth>{t('twoStep.oidc', { label: methods.data.oidc.label })}</Button>}
        <Button variant="default" loading={touch.isPending} onClick={() => touch.mutate()} fullWidth>{t('twoStep.passkey')}</Button>
      </Stack>
    </form>
  )
}
