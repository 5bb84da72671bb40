import type { AccountList } from '@holdfast/collector/contract'
import { Button, Checkbox, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { createAccount } from '../../api/mutations.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const MIN_PASSWORD = 15

/** Makes an account with its roles. The first password is handed over in person. */
export const AddAccountDialog = ({ roles, opened, onClose }: { readonly roles: AccountList['roles']; readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const [tried, setTried] = useState(false)
  const create = useMutation({
    mutationFn: () => createAccount(name, password, chosen),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['accounts'] })
      close()
    },
  })
  const close = (): void => {
    create.reset()
    setName('')
    setPassword('')
    setChosen([])
    setTried(false)
    onClose()
  }
  const faults = { name: !/^\S{1,64}$/.test(name) && t('setUp.nameBad'), password: password.length < MIN_PASSWORD && t('setUp.short'), roles: chosen.length === 0 && t('settings.noRole') }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (Object.values(faults).every((fault) => fault === false)) create.mutate()
  }
  return (
    <Dialog opened={opened} onClose={close} title={t('settings.addAccount')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          {create.isError && <ErrorState error={create.error} />}
          <TextInput label={t('setUp.name')} description={t('setUp.nameHint')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && faults.name} autoComplete="off" withAsterisk data-autofocus />
          <PasswordInput label={t('setUp.password')} description={t('setUp.passwordHint')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={tried && faults.password} autoComplete="new-password" withAsterisk />
          <Checkbox.Group label={t('settings.roles')} description={t('settings.rolesHint')} value={chosen} onChange={setChosen} error={tried && faults.roles} withAsterisk>
            <Stack gap="xs" mt="xs">{roles.map((role) => <Checkbox key={role.name} value={role.name} label={role.name} description={role.permissions.join(', ')} />)}</Stack>
          </Checkbox.Group>
          <Group justify="flex-end"><Button variant="default" onClick={close}>{t('common.cancel')}</Button><Button type="submit" loading={create.isPending}>{t('settings.createAccount')}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  )
}
