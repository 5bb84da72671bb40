import type { OwnAccount, TotpBegin } from '@holdfast/collector/contract'
import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { QRCodeSVG } from 'qrcode.react'
import { useState, type FormEvent } from 'react'
import { beginTotp, confirmTotp, makeRecoveryCodes, removeTotp } from '../../api/access.ts'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ProofInput } from './proof.tsx'
import { useRenewed } from './use-renewed.ts'

const Codes = ({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) => {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>{t('account.codes')}</Text>
      <Text size="sm" c="dimmed">{t('account.codesHint')}</Text>
      <CodeBlock text={codes.join('\n')} label={t('account.codes')} />
      <Group><CopyButton text={codes.join('\n')} label={t('account.copyCodes')} /><Button size="xs" onClick={onKept}>{t('account.kept')}</Button></Group>
    </Stack>
  )
}

const Enrol = ({ begun, onDone }: { readonly begun: TotpBegin; readonly onDone: (codes: readonly string[]) => void }) => {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const confirm = useMutation({ mutationFn: () => confirmTotp(code.trim()), onSuccess: ({ codes }) => onDone(codes) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    confirm.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t('account.scan')}</Text>
        <Group align="flex-start" gap="lg">
          <div style={{ background: '#fff', padding: 12, borderRadius: 8 }}><QRCodeSVG value={begun.uri} size={176} title={t('account.qr')} role="img" aria-label={t('account.qr')} /></div>
          <Stack gap="sm" flex={1} miw={220}>
            <div><Text size="sm" fw={500}>{t('account.key')}</Text><Text className="hf-code" style={{ wordBreak: 'break-all' }}>{begun.secret.replaceAll(/(.{4})/g, '$1 ').trim()}</Text></div>
            {confirm.isError && <ErrorState error={confirm.error} />}
            <TextInput label={t('account.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} inputMode="numeric" autoComplete="one-time-code" pattern="\d{6}" maxLength={6} required maw={200} autoFocus />
            <Group><Button type="submit" loading={confirm.isPending}>{t('account.confirm')}</Button></Group>
          </Stack>
        </Group>
      </Stack>
    </form>
  )
}

/** The authenticator app and the recovery codes. */
export const FactorPanel = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const renewed = useRenewed()
  const [password, setPassword] = useState('')
  const [begun, setBegun] = useState<TotpBegin>()
  const [codes, setCodes] = useState<readonly string[]>([])
  const begin = useMutation({ mutationFn: () => beginTotp(password), onSuccess: setBegun })
  const remove = useMutation({ mutationFn: () => removeTotp(password), onSuccess: renewed })
  const renew = useMutation({ mutationFn: () => makeRecoveryCodes(password), onSuccess: (made) => { setCodes(made.codes); return renewed() } })
  const done = (made: readonly string[]): void => {
    setBegun(undefined)
    setCodes(made)
    // Whoever had to set one up leaves this page with that, so the codes are shown first.
    if (made.length === 0) void renewed()
  }
  const failed = begin.error ?? remove.error ?? renew.error
  const busy = begun !== undefined || codes.length > 0
  return (
    <Panel title={t('account.second')}>
      <Stack gap="sm">
        {failed !== null && <ErrorState error={failed} />}
        {begun !== undefined && <Enrol begun={begun} onDone={done} />}
        {codes.length > 0 && <Codes codes={codes} onKept={() => { setCodes([]); void renewed() }} />}
        {!busy && (
          <>
            <Text size="sm">{account.totp ? <>{t('account.totpOn')} <Instant at={account.totpEnrolledAt} /> · {t('account.codesLeft', { count: account.recoveryCodesLeft })}</> : t('account.totpOff')}</Text>
            <ProofInput value={password} onChange={setPassword} />
            <SimpleGrid cols={{ base: 1, xs: 3 }} maw={620}>
              <Button variant={account.totp ? 'default' : 'filled'} loading={begin.isPending} onClick={() => begin.mutate()}>{t(account.totp ? 'account.replace' : 'account.setUp')}</Button>
              {account.totp && <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>{t('account.remove')}</Button>}
              {(account.totp || account.passkeys.length > 0) && <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>{t('account.newCodes')}</Button>}
            </SimpleGrid>
          </>
        )}
      </Stack>
    </Panel>
  )
}
