import type { AccountView } from '@holdfast/collector/contract'
import { Button, Group, Table } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeAccount } from '../../api/mutations.ts'
import { accountsQuery, meQuery } from '../../api/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AddAccountDialog } from './add-account-dialog.tsx'
import { EditAccountDialog } from './edit-account-dialog.tsx'

/** Who may sign in: add, disable, enable. One's own account cannot be disabled here. */
export const AccountsPanel = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const accounts = useQuery(accountsQuery())
  const { data: me } = useQuery(meQuery())
  const [edited, setEdited] = useState<AccountView>()
  const [adding, setAdding] = useState(false)
  const change = useMutation({ mutationFn: ({ id, disabled }: { readonly id: string; readonly disabled: boolean }) => changeAccount(id, { disabled }), onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }) })
  const columns = (['name', 'roles', 'signIn', 'seen', 'state', 'action'] as const).map((key) => ({ key, title: key === 'signIn' || key === 'seen' ? t(`access.${key}`) : t(`settings.column.${key}`) }))
  return (
    <Panel title={t('settings.accounts')} actions={accounts.data !== undefined && <Button size="xs" onClick={() => setAdding(true)}>{t('settings.addAccount')}</Button>}>
      {change.isError && <ErrorState error={change.error} />}
      {accounts.isError ? <ErrorState error={accounts.error} onRetry={accounts.refetch} /> : (
        <DataTable label={t('settings.accounts')} columns={columns} loading={accounts.isPending} minWidth={760}>
          {accounts.data?.items.map((account) => (
            <Table.Tr key={account.id}>
              <Table.Td fw={600}>{account.name}</Table.Td><Table.Td>{account.roles.join(', ') || t('common.none')}</Table.Td><Table.Td>{[...account.signIn.map((method) => t(`account.methods.${method}`)), ...(account.secondFactor ? [t('access.factor')] : [])].join(', ')}</Table.Td><Table.Td><Instant at={account.lastSeenAt} /></Table.Td>
              <Table.Td><StateBadge tone={account.disabled ? 'quiet' : 'good'}>{account.disabled ? t('settings.disabled') : t('settings.enabled')}</StateBadge></Table.Td>
              <Table.Td><Group gap="xs" wrap="nowrap"><Button variant="default" size="xs" aria-label={t('access.editOf', { name: account.name })} onClick={() => setEdited(account)}>{t('access.edit')}</Button>{account.id !== me?.accountId && <Button variant="default" size="xs" aria-label={t(account.disabled ? 'settings.enableOf' : 'settings.disableOf', { name: account.name })} loading={change.isPending && change.variables.id === account.id} onClick={() => change.mutate({ id: account.id, disabled: !account.disabled })}>{t(account.disabled ? 'settings.enable' : 'settings.disable')}</Button>}</Group></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      {accounts.data !== undefined && <EditAccountDialog account={edited} roles={accounts.data.roles} onClose={() => setEdited(undefined)} />}
      {accounts.data !== undefined && <AddAccountDialog roles={accounts.data.roles} opened={adding} onClose={() => setAdding(false)} />}
    </Panel>
  )
}
