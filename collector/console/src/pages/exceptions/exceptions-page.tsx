import '../../i18n/administration-texts.ts'
import type { ExceptionView } from '@holdfast/collector/contract'
import { Button, Checkbox, Group, NumberInput, SegmentedControl, Stack, Table, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { decideException, exceptionsQuery, revokeException } from '../../api/live.ts'
import { oneOf } from '../../app/search-params.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { EXCEPTION_STATES, EXCEPTION_TABS } from './tabs.ts'

type Deed = 'grant' | 'refuse' | 'revoke'
const TOLD = ['shown', 'no_session', 'failed', 'unknown'] as const
const MOST_HOURS = 2160

const mediumOf = ({ medium }: ExceptionView): string => [medium.vendor, medium.model].filter(Boolean).join(' ')

const DecisionDialog = ({ exception, deed, onClose }: { readonly exception: ExceptionView; readonly deed: Deed; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const [hours, setHours] = useState<number | string>(exception.hours)
  const [copies, setCopies] = useState(true)
  const said = note.trim()
  const valid = deed === 'grant' ? typeof hours === 'number' && Number.isInteger(hours) && hours >= 1 && hours <= MOST_HOURS : deed === 'revoke' || said !== ''
  const decide = useMutation({
    mutationFn: () => (deed === 'revoke' ? revokeException(exception.id, said) : decideException(exception.id, deed === 'grant' ? { grant: true, hours: Number(hours), copies, ...(said === '' ? {} : { note: said }) } : { grant: false, note: said })),
    onSuccess: onClose, onSettled: () => client.invalidateQueries({ queryKey: ['exceptions'] }),
  })
  return (
    <Dialog opened onClose={onClose} title={t(`exceptions.${deed}Title`)}>
      <Stack>
        <Text size="sm"><span className="hf-mono">{exception.user.pseudonym}</span> · {mediumOf(exception)} <span className="hf-code">{exception.medium.serial}</span></Text>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{exception.reason}</Text>
        {decide.isError && <ErrorState error={decide.error} />}
        {deed === 'grant' && <NumberInput label={t('exceptions.hoursLabel')} description={t('exceptions.hoursHint')} min={1} max={MOST_HOURS} allowDecimal={false} value={hours} onChange={setHours} />}
        {deed === 'grant' && <Checkbox label={t('exceptions.copies')} description={t('exceptions.copiesHint')} checked={copies} onChange={(event) => setCopies(event.currentTarget.checked)} />}
        <Textarea label={t('exceptions.note')} description={t('exceptions.noteHint')} autosize minRows={2} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button {...(deed === 'grant' ? {} : { color: 'red.9' })} disabled={!valid} loading={decide.isPending} onClick={() => decide.mutate()}>{t(`exceptions.${deed}`)}</Button></Group>
      </Stack>
    </Dialog>
  )
}

const Told = ({ exception }: { readonly exception: ExceptionView }) => {
  const { t } = useTranslation()
  if (exception.decidedAt === undefined || exception.state === 'ended') return null
  return <Text size="xs" c="dimmed">{t(`exceptions.told.${exception.told === undefined ? 'waiting' : oneOf(exception.told, TOLD, 'failed')}`)}</Text>
}

/** Requests to use a removable medium, what is in force, and what is over. */
export const ExceptionsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const tab = oneOf(raw['tab'], EXCEPTION_TABS, 'waiting')
  const exceptions = useQuery(exceptionsQuery(EXCEPTION_STATES[tab]))
  const [deciding, setDeciding] = useState<{ readonly exception: ExceptionView; readonly deed: Deed }>()
  const rows = exceptions.data?.items ?? []
  const columns = (['at', 'user', 'medium', 'why', 'hours', 'state', 'action'] as const).map((key) => ({ key, title: t(`exceptions.column.${key}`) }))
  return (
    <>
      <PageHeader title={t('exceptions.title')} intro={t('exceptions.intro')}>
        <SegmentedControl size="xs" aria-label={t('exceptions.title')} data={EXCEPTION_TABS.map((value) => ({ value, label: t(`exceptions.${value}`) }))} value={tab} onChange={(value) => void navigate({ to: '/exceptions', search: { tab: value === 'waiting' ? undefined : value }, replace: true })} />
      </PageHeader>
      <section className="hf-panel" aria-label={t('exceptions.table')}>
        {exceptions.isError && <ErrorState error={exceptions.error} onRetry={exceptions.refetch} />}
        {exceptions.isSuccess && rows.length === 0 && <EmptyState title={t(`exceptions.none.${tab}.title`)} body={t(`exceptions.none.${tab}.body`)} />}
        {!exceptions.isError && (exceptions.isPending || rows.length > 0) && (
          <DataTable label={t('exceptions.table')} columns={columns} loading={exceptions.isPending} minWidth={900}>
            {rows.map((row) => (
              <Table.Tr key={row.id} style={{ verticalAlign: 'top' }}>
                <Table.Td><Instant at={row.requestedAt} /></Table.Td>
                <Table.Td><span className="hf-mono">{row.user.pseudonym}</span>{row.user.displayName !== undefined && <Text size="sm" c="dimmed">{row.user.displayName}</Text>}<Text size="xs" c="dimmed">{row.deviceName ?? row.deviceId}</Text></Table.Td>
                <Table.Td style={{ maxWidth: 240, overflowWrap: 'anywhere' }}>{mediumOf(row)}<Text size="xs" c="dimmed" className="hf-code">{row.medium.serial ?? t('exceptions.medium')}</Text></Table.Td>
                <Table.Td style={{ maxWidth: 320, overflowWrap: 'anywhere' }}><Text size="sm">{row.reason}</Text>{row.note !== undefined && <Text size="sm" c="dimmed">{row.note}</Text>}</Table.Td>
                <Table.Td className="hf-mono">{t('exceptions.hours', { count: row.hours })}</Table.Td>
                <Table.Td>{row.decidedBy === undefined ? t(`exceptions.state.${row.state}`) : t('exceptions.by', { state: t(`exceptions.state.${row.state}`), name: row.decidedBy })}{(row.until ?? row.decideBy) !== undefined && <Text size="xs" c="dimmed">{t('exceptions.until')} <Instant at={row.until ?? row.decideBy} /></Text>}<Told exception={row} /></Table.Td>
                <Table.Td>
                  {row.state === 'pending' && <Group gap={6} wrap="nowrap"><Button size="compact-sm" disabled={!row.canGrant} onClick={() => setDeciding({ exception: row, deed: 'grant' })}>{t('exceptions.grant')}</Button><Button size="compact-sm" variant="default" onClick={() => setDeciding({ exception: row, deed: 'refuse' })}>{t('exceptions.refuse')}</Button></Group>}
                  {row.state === 'pending' && !row.canGrant && <Text size="xs" c="dimmed">{t('exceptions.cannot')}</Text>}
                  {row.state === 'granted' && <Button size="compact-sm" variant="default" onClick={() => setDeciding({ exception: row, deed: 'revoke' })}>{t('exceptions.revoke')}</Button>}
                </Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
      </section>
      {deciding !== undefined && <DecisionDialog {...deciding} onClose={() => setDeciding(undefined)} />}
    </>
  )
}
