import type { OwnAccount } from '@holdfast/collector/contract'
import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { addPasskey, passkeyOptions, removePasskey } from '../../api/access.ts'
import { ApiError } from '../../api/problem.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ProofInput } from './proof.tsx'
import { useRenewed } from './use-renewed.ts'

const COLUMNS = ['passkeyName', 'made', 'used', 'action'] as const

/** Passkeys of the account, for the address that the console is open at. */
export const PasskeysPanel = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const renewed = useRenewed()
  const [name, setName] = useState<string>(t('account.passkeyDefault'))
  const [password, setPassword] = useState('')
  const add = useMutation({
    mutationFn: async () => {
      const options = await passkeyOptions(password)
      const { startRegistration } = await import('@simplewebauthn/browser')
      return addPasskey(name.trim() === '' ? t('account.passkeyDefault') : name.trim(), await startRegistration({ optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'] }))
    },
    onSuccess: renewed,
  })
  const remove = useMutation({ mutationFn: (id: string) => removePasskey(id, password), onSuccess: renewed })
  const failed = add.error ?? remove.error
  return (
    <Panel title={t('account.passkeys')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('account.passkeysHint')}</Text>
        {failed !== null && (failed instanceof ApiError ? <ErrorState error={failed} /> : <Text size="sm" role="alert">{t('twoStep.passkeyFailed')}</Text>)}
        {account.passkeys.length === 0 ? <Text size="sm">{t('account.noPasskeys')}</Text> : (
          <DataTable label={t('account.passkeys')} columns={COLUMNS.map((key) => ({ key, title: t(`account.${key}`) }))} minWidth={420}>
            {account.passkeys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td fw={600}>{key.name}</Table.Td><Table.Td><Instant at={key.createdAt} /></Table.Td><Table.Td><Instant at={key.lastUsedAt} /></Table.Td>
                <Table.Td><Button variant="default" size="xs" aria-label={t('account.removeOf', { name: key.name })} loading={remove.isPending && remove.variables === key.id} onClick={() => remove.mutate(key.id)}>{t('account.remove')}</Button></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        <ProofInput value={password} onChange={setPassword} />
        <Group align="flex-end"><TextInput label={t('account.passkeyName')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={64} /><Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>{t('account.addPasskey')}</Button></Group>
      </Stack>
    </Panel>
  )
}
