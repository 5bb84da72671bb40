import type { EnrolmentRequestView } from '@holdfast/collector/contract'
import { Button, Checkbox, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decideDevices, waitingDevicesQuery } from '../../api/enrolment.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** The approval queue: who asked with a code that needs it, and yes or no, for one or for many. Not there while nobody waits. */
export const WaitingDevices = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [note, setNote] = useState('')
  const waiting = useQuery(waitingDevicesQuery())
  const rows: readonly EnrolmentRequestView[] = waiting.data?.items ?? []
  const decide = useMutation({
    mutationFn: ({ ids, approve }: { readonly ids: readonly string[]; readonly approve: boolean }) => decideDevices({ ids, approve, ...(note.trim() === '' ? {} : { note: note.trim() }) }),
    onSuccess: async ({ items, done }) => {
      if (done < items.length) notifications.show({ message: t('enrolment.notDone', { count: items.length - done }), closeButtonProps: { 'aria-label': t('common.close') } })
      setChosen(new Set())
      await client.invalidateQueries({ queryKey: ['enrolment-requests'] })
    },
  })
  if (waiting.isSuccess && rows.length === 0) return null
  const shown = rows.filter(({ id }) => chosen.has(id))
  const toggle = (id: string): void => setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]))
  const all = <Checkbox size="xs" aria-label={t('enrolment.chooseAll')} checked={rows.length > 0 && shown.length === rows.length} indeterminate={shown.length > 0 && shown.length < rows.length} onChange={() => setChosen(new Set(shown.length === rows.length ? [] : rows.map(({ id }) => id)))} />
  const columns = [{ key: 'choose', title: all }, ...(['device', 'key', 'from', 'since', 'until'] as const).map((key) => ({ key, title: t(`enrolment.${key}`) }))]
  const total = waiting.data?.total ?? rows.length
  return (
    <Panel title={t('enrolment.queue')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('enrolment.queueIntro')}</Text>
        {waiting.isError && <ErrorState error={waiting.error} onRetry={waiting.refetch} />}
        {decide.isError && <ErrorState error={decide.error} />}
        {!waiting.isError && (
          <DataTable label={t('enrolment.queue')} columns={columns} loading={waiting.isPending}>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td w={36}><Checkbox size="xs" aria-label={t('enrolment.choose', { hostname: row.hostname })} checked={chosen.has(row.id)} onChange={() => toggle(row.id)} /></Table.Td>
                <Table.Td><Text size="sm" fw={600}>{row.hostname}</Text><Text size="xs" c="dimmed">{row.os}, {row.group}</Text>{row.knownDeviceId !== undefined && <StateBadge tone="warn">{t('enrolment.known')}</StateBadge>}</Table.Td>
                <Table.Td className="hf-mono">{row.fingerprint}</Table.Td><Table.Td className="hf-mono">{row.address}</Table.Td><Table.Td><Instant at={row.requestedAt} /></Table.Td><Table.Td><Instant at={row.expiresAt} /></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {total > rows.length && <Text size="xs" c="dimmed">{t('enrolment.more', { shown: rows.length, total })}</Text>}
        <Group align="flex-end">
          <TextInput label={t('enrolment.note_label')} description={t('enrolment.noteHint')} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={500} />
          <Button disabled={shown.length === 0} loading={decide.isPending && decide.variables.approve} onClick={() => decide.mutate({ ids: shown.map(({ id }) => id), approve: true })}>{t('enrolment.approveMany', { count: shown.length })}</Button>
          <Button variant="default" disabled={shown.length === 0} loading={decide.isPending && !decide.variables.approve} onClick={() => decide.mutate({ ids: shown.map(({ id }) => id), approve: false })}>{t('enrolment.refuseMany', { count: shown.length })}</Button>
        </Group>
      </Stack>
    </Panel>
  )
}
