import '../../i18n/administration-texts.ts'
import type { PrivacyRequestView } from '@holdfast/collector/contract'
import { Alert, Button, Group, SegmentedControl, Stack, Table, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { decideRequest, endRequest, privacyRequestsQuery } from '../../api/privacy.ts'
import { useMay } from '../../app/permissions.ts'
import { oneOf } from '../../app/search-params.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { requestReason } from './request-words.ts'

const TABS = ['waiting', 'over'] as const
const STATES = { waiting: ['pending', 'live'], over: ['done', 'refused', 'withdrawn', 'ended', 'expired'] } as const

const DecisionDialog = ({ request, grant, onClose }: { readonly request: PrivacyRequestView; readonly grant: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const decide = useMutation({ mutationFn: () => decideRequest(request.id, grant, note.trim()), onSuccess: onClose, onSettled: () => client.invalidateQueries({ queryKey: ['privacy'] }) })
  return (
    <Dialog opened onClose={onClose} title={t(grant ? 'requests.grantTitle' : 'requests.refuseTitle')}>
      <Stack>
        <Text size="sm"><span className="hf-mono">{request.user.pseudonym}</span> · {request.requester.name} · {requestReason(t, request)}</Text>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{request.reason}</Text>
        {grant && request.kind === 'erasure' && <Alert variant="outline" color="red"><Text size="sm">{t('requests.eraseWarn')}</Text></Alert>}
        {decide.isError && <ErrorState error={decide.error} />}
        <Textarea label={t('requests.note')} description={t('requests.noteHint')} autosize minRows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button {...(grant && request.kind === 'reveal' ? {} : { color: 'red.9' })} loading={decide.isPending} onClick={() => decide.mutate()}>{t(grant ? 'requests.grant' : 'requests.refuse')}</Button></Group>
      </Stack>
    </Dialog>
  )
}

const RowActions = ({ request, mayDecide, onDecide }: { readonly request: PrivacyRequestView; readonly mayDecide: boolean; readonly onDecide: (grant: boolean) => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const end = useMutation({ mutationFn: () => endRequest(request.id), onSettled: () => client.invalidateQueries() })
  if (request.state === 'live') return <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate()}>{t('requests.end')}</Button>
  if (request.state !== 'pending') return null
  if (request.isOwn) return <Stack gap={2} align="flex-start"><Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate()}>{t('requests.withdraw')}</Button>{mayDecide && <Text size="xs" c="dimmed">{t('requests.own')}</Text>}</Stack>
  return mayDecide ? <Group gap={6} wrap="nowrap"><Button size="compact-sm" onClick={() => onDecide(true)}>{t('requests.grant')}</Button><Button size="compact-sm" variant="default" onClick={() => onDecide(false)}>{t('requests.refuse')}</Button></Group> : null
}

/** Requests that wait for a second person, and those that are over. */
export const RequestsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const tab = oneOf(raw['tab'], TABS, 'waiting')
  const requests = useQuery(privacyRequestsQuery(STATES[tab]))
  const [deciding, setDeciding] = useState<{ readonly request: PrivacyRequestView; readonly grant: boolean }>()
  const rows = requests.data?.items ?? []
  const columns = (['at', 'kind', 'user', 'who', 'why', 'state', 'action'] as const).map((key) => ({ key, title: t(`requests.column.${key}`) }))
  return (
    <>
      <PageHeader title={t('requests.title')} intro={t('requests.intro')}>
        <SegmentedControl size="xs" aria-label={t('requests.title')} data={TABS.map((value) => ({ value, label: t(`requests.${value}`) }))} value={tab} onChange={(value) => void navigate({ to: '/requests', search: { tab: value === 'waiting' ? undefined : value }, replace: true })} />
      </PageHeader>
      <section className="hf-panel" aria-label={t('requests.table')}>
        {requests.isError && <ErrorState error={requests.error} onRetry={requests.refetch} />}
        {requests.isSuccess && rows.length === 0 && (tab === 'waiting' ? <EmptyState title={t('requests.none.title')} body={t('requests.none.body')} /> : <EmptyState title={t('requests.noneOver.title')} body={t('requests.noneOver.body')} />)}
        {!requests.isError && (requests.isPending || rows.length > 0) && (
          <DataTable label={t('requests.table')} columns={columns} loading={requests.isPending} minWidth={900}>
            {rows.map((row) => (
              <Table.Tr key={row.id} style={{ verticalAlign: 'top' }}>
                <Table.Td><Instant at={row.requestedAt} /></Table.Td><Table.Td>{t(`requests.kind.${row.kind}`)}</Table.Td><Table.Td><span className="hf-mono">{row.user.pseudonym}</span>{row.user.displayName !== undefined && <Text size="sm" c="dimmed">{row.user.displayName}</Text>}</Table.Td><Table.Td>{row.requester.name}</Table.Td>
                <Table.Td style={{ maxWidth: 320, overflowWrap: 'anywhere' }}><Text size="sm" fw={600}>{requestReason(t, row)}</Text><Text size="sm">{row.reason}</Text>{row.note !== undefined && <Text size="sm" c="dimmed">{row.note}</Text>}</Table.Td>
                <Table.Td>{row.decidedBy === undefined ? t(`requests.state.${row.state}`) : t('requests.by', { state: t(`requests.state.${row.state}`), name: row.decidedBy })}{(row.until ?? (row.state === 'pending' ? row.decideBy : undefined)) !== undefined && <Text size="xs" c="dimmed">{t('requests.decideBy')} <Instant at={row.until ?? row.decideBy} /></Text>}</Table.Td>
                <Table.Td><RowActions request={row} mayDecide={may('privacy.approve')} onDecide={(grant) => setDeciding({ request: row, grant })} /></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
      </section>
      {deciding !== undefined && <DecisionDialog {...deciding} onClose={() => setDeciding(undefined)} />}
    </>
  )
}
