import { Button, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endOwnSession, ownSessionsQuery } from '../../api/access.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const COLUMNS = ['device', 'address', 'method', 'began', 'seen', 'action'] as const

/** `Firefox on Linux`, as far as a browser says who it is. */
const browserName = (userAgent: string): string => {
  const browser = /(Edg|Firefox|Chrome|Safari)/.exec(userAgent)?.[1]?.replace('Edg', 'Edge')
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(userAgent)?.[1]
  return browser === undefined ? userAgent.slice(0, 40) : [browser, system].filter((word) => word !== undefined).join(', ')
}

/** Where the account is signed in; each can be ended. */
export const SessionsPanel = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const sessions = useQuery(ownSessionsQuery())
  const end = useMutation({ mutationFn: endOwnSession, onSettled: () => client.invalidateQueries({ queryKey: ['account', 'sessions'] }) })
  return (
    <Panel title={t('account.sessions')}>
      {end.isError && <ErrorState error={end.error} />}
      {sessions.isError ? <ErrorState error={sessions.error} onRetry={sessions.refetch} /> : (
        <DataTable label={t('account.sessions')} columns={COLUMNS.map((key) => ({ key, title: t(`account.${key}`) }))} loading={sessions.isPending} minWidth={720}>
          {sessions.data?.items.map((session) => {
            const method = t(`account.methods.${session.method}`)
            return (
              <Table.Tr key={session.id}>
                <Table.Td title={session.userAgent}>{browserName(session.userAgent)}</Table.Td><Table.Td>{session.address}</Table.Td><Table.Td>{session.secondFactor && session.method === 'password' ? t('account.withFactor', { method }) : method}</Table.Td>
                <Table.Td><Instant at={session.createdAt} /></Table.Td><Table.Td><Instant at={session.lastSeenAt} /></Table.Td>
                <Table.Td>{session.isCurrent ? <StateBadge tone="good">{t('account.here')}</StateBadge> : <Button variant="default" size="xs" aria-label={t('account.endOf', { address: session.address })} loading={end.isPending && end.variables === session.id} onClick={() => end.mutate(session.id)}>{t('account.end')}</Button>}</Table.Td>
              </Table.Tr>
            )
          })}
        </DataTable>
      )}
      {sessions.data?.items.length === 0 && <Text size="sm">{t('common.none')}</Text>}
    </Panel>
  )
}
