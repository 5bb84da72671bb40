import { Button, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endScoring } from '../../api/mutations.ts'
import { userTriggersQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { oneOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { TRIGGER_EVENTS } from '../policies/policy-draft.ts'
import { ScoreDialog } from './score-dialog.tsx'

const KINDS = [...TRIGGER_EVENTS, 'manual'] as const

/** What brings a user into scope, with the switch for scoring by hand. */
export const TriggersPanel = ({ userId }: { readonly userId: string }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()('user.score')
  const [starting, dialog] = useDisclosure(false)
  const triggers = useQuery(userTriggersQuery(userId))
  const end = useMutation({ mutationFn: (triggerId: string) => endScoring(userId, triggerId), onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }) })
  const rows = triggers.data?.items ?? []
  const columns = [{ key: 'at', title: t('triggers.column.at') }, { key: 'kind', title: t('triggers.column.kind') }, { key: 'why', title: t('triggers.column.why') }, { key: 'until', title: t('triggers.column.until') }, { key: 'end', title: t('triggers.column.end') }]
  return (
    <Panel title={t('triggers.title')} actions={may && <Button size="compact-sm" variant="default" onClick={dialog.open}>{t('triggers.startButton')}</Button>}>
      {triggers.isError && <ErrorState error={triggers.error} onRetry={triggers.refetch} />}
      {end.isError && <ErrorState error={end.error} />}
      {triggers.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{t('triggers.none')}</Text>}
      {rows.length > 0 && (
        <DataTable label={t('triggers.title')} columns={columns}>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td><Instant at={row.at} /></Table.Td><Table.Td>{t(`triggerKind.${oneOf(row.kind, KINDS, 'manual')}`)}</Table.Td><Table.Td>{row.note ?? row.reason}</Table.Td>
              <Table.Td>{row.until === undefined ? '–' : <Instant at={row.until} />}</Table.Td>
              <Table.Td>{row.isManual && may ? <Button size="compact-sm" variant="default" loading={end.isPending && end.variables === row.id} onClick={() => end.mutate(row.id)}>{t('triggers.end')}</Button> : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      <ScoreDialog userId={userId} opened={starting} onClose={dialog.close} />
    </Panel>
  )
}
