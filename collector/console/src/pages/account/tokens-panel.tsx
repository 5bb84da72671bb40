import { Button, Group, MultiSelect, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { createToken, revokeToken, tokensQuery } from '../../api/access.ts'
import { meQuery } from '../../api/queries.ts'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const COLUMNS = ['tokenName', 'may', 'expires', 'used', 'state', 'action'] as const
const DAY_SECS = 86_400

/** Tokens for scripts; whoever manages accounts sees everybody's. */
export const TokensPanel = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const tokens = useQuery(tokensQuery())
  const { data: me } = useQuery(meQuery())
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>([])
  const [days, setDays] = useState<number | string>(90)
  const refresh = () => client.invalidateQueries({ queryKey: ['tokens'] })
  const create = useMutation({ mutationFn: () => createToken({ name: name.trim(), permissions: scopes, expiresInSecs: Number(days) * DAY_SECS }), onSuccess: () => { setName(''); setScopes([]); return refresh() } })
  const revoke = useMutation({ mutationFn: revokeToken, onSettled: refresh })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate()
  }
  const failed = create.error ?? revoke.error
  return (
    <Panel title={t('account.tokens')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('account.tokensHint')}</Text>
        {failed !== null && <ErrorState error={failed} />}
        {create.data !== undefined && <Stack gap="xs"><Text size="sm" fw={600}>{t('account.tokenOnce')}</Text><CodeBlock text={create.data.token} label={t('account.tokens')} /><Group><CopyButton text={create.data.token} label={t('account.copyToken')} /><Button size="xs" onClick={() => create.reset()}>{t('account.done')}</Button></Group></Stack>}
        {tokens.data?.items.length === 0 ? <Text size="sm">{t('account.noTokens')}</Text> : (
          <DataTable label={t('account.tokens')} columns={COLUMNS.map((key) => ({ key, title: t(`account.${key}`) }))} loading={tokens.isPending} minWidth={720}>
            {tokens.data?.items.map((token) => (
              <Table.Tr key={token.id}>
                <Table.Td fw={600}>{token.name}</Table.Td><Table.Td>{[...token.permissions, ...token.connectors].join(', ')}</Table.Td><Table.Td><Instant at={token.expiresAt} /></Table.Td><Table.Td><Instant at={token.lastUsedAt} /></Table.Td>
                <Table.Td><StateBadge tone={token.state === 'good' ? 'good' : 'quiet'}>{t(`account.states.${token.state}`)}</StateBadge></Table.Td>
                <Table.Td>{token.state === 'good' && <Button variant="default" size="xs" aria-label={t('account.revokeOf', { name: token.name })} loading={revoke.isPending && revoke.variables === token.id} onClick={() => revoke.mutate(token.id)}>{t('account.revoke')}</Button>}</Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        <form onSubmit={submit}>
          <Group align="flex-end">
            <TextInput label={t('account.tokenName')} value={name} onChange={(event) => setName(event.currentTarget.value)} pattern="[\w .\-]+" maxLength={64} required />
            <MultiSelect label={t('account.scopes')} description={t('help.scopes')} data={me?.permissions ?? []} value={scopes} onChange={setScopes} searchable w={320} required />
            <NumberInput label={t('account.days')} description={t('help.tokenDays')} value={days} onChange={setDays} min={1} max={366} w={160} required />
            <Button type="submit" variant="default" loading={create.isPending} disabled={name.trim() === '' || scopes.length === 0}>{t('account.createToken')}</Button>
          </Group>
        </form>
      </Stack>
    </Panel>
  )
}
