import type { AccountList, AccountView } from '@holdfast/collector/contract'
import { Button, Checkbox, Group, MultiSelect, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { deleteAccount, editAccount, endSessionsOf, resetPassword, resetSecondFactor, unitsQuery } from '../../api/access.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const MIN_PASSWORD = 15

const EditAccountForm = ({ account, roles, onClose }: { readonly account: AccountView; readonly roles: AccountList['roles']; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const units = useQuery(unitsQuery())
  const [chosen, setChosen] = useState(account.roles)
  const [limited, setLimited] = useState(account.units)
  const [email, setEmail] = useState(account.email ?? '')
  const [password, setPassword] = useState('')
  const [sure, setSure] = useState(false)
  const done = async () => {
    await Promise.all([client.invalidateQueries({ queryKey: ['accounts'] }), client.invalidateQueries({ queryKey: ['units'] })])
    onClose()
  }
  const save = useMutation({ mutationFn: () => editAccount(account.id, { ...(account.isManaged ? {} : { roles: chosen }), units: limited, email: email.trim() === '' ? null : email.trim() }), onSuccess: done })
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: done })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  const failed = save.error ?? act.error
  return (
    <Stack>
      {failed !== null && <ErrorState error={failed} />}
      <form onSubmit={submit}>
        <Stack>
          {account.isManaged ? <Text size="sm">{t('access.managed')} {account.roles.join(', ')}</Text> : (
            <Checkbox.Group label={t('settings.roles')} description={t('settings.rolesHint')} value={chosen} onChange={setChosen}><Stack gap="xs" mt="xs">{roles.map((role) => <Checkbox key={role.name} value={role.name} label={role.name} />)}</Stack></Checkbox.Group>
          )}
          <MultiSelect label={t('access.unitsOf')} description={t('access.unitsOfHint')} data={units.data?.items.map(({ id, name, path }) => ({ value: id, label: path.length === 0 ? name : path.join(' / ') })) ?? []} value={limited} onChange={setLimited} searchable />
          <TextInput type="email" label={t('access.email')} description={t('access.emailHint')} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={save.isPending}>{t('common.save')}</Button></Group>
        </Stack>
      </form>
      <Title order={3} size="h4">{t('access.lost')}</Title>
      <Group align="flex-end">
        <PasswordInput label={t('account.new')} description={t('setUp.passwordHint')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="new-password" flex={1} />
        <Button variant="default" disabled={password.length < MIN_PASSWORD} onClick={() => act.mutate(() => resetPassword(account.id, password))}>{t('access.resetPassword')}</Button>
      </Group>
      <Group>
        <Button variant="default" size="xs" onClick={() => act.mutate(() => endSessionsOf(account.id))}>{t('access.endSessions')}</Button>
        {account.secondFactor && <Button variant="default" size="xs" onClick={() => act.mutate(() => resetSecondFactor(account.id))}>{t('access.resetFactor')}</Button>}
        {!sure && <Button variant="subtle" color="red" size="xs" onClick={() => setSure(true)}>{t('access.deleteAccount')}</Button>}
      </Group>
      {sure && <Group><Text size="sm">{t('access.deleteSure', { name: account.name })}</Text><Button color="#b42318" size="xs" onClick={() => act.mutate(() => deleteAccount(account.id))}>{t('access.deleteAccount')}</Button><Button variant="default" size="xs" onClick={() => setSure(false)}>{t('common.cancel')}</Button></Group>}
    </Stack>
  )
}

/** Roles, units and address of an account, and what to do for somebody who is locked out. */
export const EditAccountDialog = ({ account, roles, onClose }: { readonly account: AccountView | undefined; readonly roles: AccountList['roles']; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return <Dialog opened={account !== undefined} onClose={onClose} title={t('access.editAccount', { name: account?.name ?? '' })} size="lg">{account !== undefined && <EditAccountForm key={account.id} account={account} roles={roles} onClose={onClose} />}</Dialog>
}
