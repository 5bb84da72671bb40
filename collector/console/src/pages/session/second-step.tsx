import type { SignInAnswer } from '@holdfast/collector/contract'
import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { secondFactor } from '../../api/access.ts'
import { isApiError } from '../../api/problem.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** Asks the browser for a passkey; the library loads with the first use. */
export async function askPasskey(options: unknown): Promise<unknown> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return startAuthentication({ optionsJSON: options as Parameters<typeof startAuthentication>[0]['optionsJSON'] })
}

/** After the password: a code, a passkey or a recovery code. */
export const SecondStep = ({ answer, onAgain }: { readonly answer: SignInAnswer; readonly onAgain: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const factors = answer.factors ?? []
  const [kind, setKind] = useState<'totp' | 'recovery' | undefined>(factors.includes('totp') ? 'totp' : factors.includes('passkey') ? undefined : 'recovery')
  const [code, setCode] = useState('')
  const onSuccess = () => client.resetQueries({ queryKey: ['me'] })
  const give = useMutation({ mutationFn: () => secondFactor({ kind: kind ?? 'totp', code: code.trim() }), onSuccess })
  const touch = useMutation({ mutationFn: async () => secondFactor({ kind: 'passkey', response: await askPasskey(answer.passkeyOptions) }), onSuccess })
  const error = give.error ?? touch.error
  const words = error === null ? undefined : isApiError(error, 'TOO_MANY_TRIES') ? t('signIn.locked') : isApiError(error, 'SIGN_IN_EXPIRED') ? t('twoStep.expired') : touch.isError ? t('twoStep.passkeyFailed') : t('twoStep.wrong')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    touch.reset()
    give.mutate()
  }
  const choose = (next: 'totp' | 'recovery') => () => {
    setKind(next)
    setCode('')
    give.reset()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">{t('twoStep.intro')}</Text>
        {words !== undefined && <Alert variant="outline" color="red" role="alert"><Text size="sm" c="bright">{words}</Text></Alert>}
        {kind !== undefined && (
          <>
            <TextInput key={kind} label={t(kind === 'totp' ? 'twoStep.code' : 'twoStep.recovery')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="one-time-code" inputMode={kind === 'totp' ? 'numeric' : 'text'} required autoFocus />
            <Button type="submit" loading={give.isPending} fullWidth>{t('twoStep.submit')}</Button>
          </>
        )}
        {factors.includes('passkey') && <Button variant={kind === undefined ? 'filled' : 'default'} loading={touch.isPending} onClick={() => touch.mutate()} fullWidth>{t('twoStep.usePasskey')}</Button>}
        {factors.includes('totp') && kind !== 'totp' && <Button variant="subtle" size="xs" onClick={choose('totp')}>{t('twoStep.useCode')}</Button>}
        {factors.includes('recovery') && kind !== 'recovery' && <Button variant="subtle" size="xs" onClick={choose('recovery')}>{t('twoStep.useRecovery')}</Button>}
        <Button variant="subtle" color="gray" size="xs" onClick={onAgain}>{t('twoStep.again')}</Button>
      </Stack>
    </form>
  )
}
