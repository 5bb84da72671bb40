import type { TicketView } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { openTicket, retryTicket, ticketsQuery, updateTicket } from '../../api/escalation.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ReasonForm } from './reason-form.tsx'
import { useDeed } from './use-deed.tsx'

const OpenDialog = ({ caseId, targets, onClose }: { readonly caseId: string; readonly targets: readonly { readonly id: string; readonly name: string }[]; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { run, pending } = useDeed()
  const [targetId, setTargetId] = useState(targets[0]?.id ?? '')
  const [summary, setSummary] = useState('')
  const [text, setText] = useState('')
  const go = (event: FormEvent): void => {
    event.preventDefault()
    run(() => openTicket(caseId, { targetId, ...(summary.trim() === '' ? {} : { summary: summary.trim() }), ...(text.trim() === '' ? {} : { text: text.trim() }) }), t('escalation.done'), onClose)
  }
  return (
    <Dialog opened onClose={onClose} title={t('escalation.ticket.title')}>
      <form onSubmit={go}><Stack>
        <Text size="sm" c="dimmed">{t('escalation.ticket.intro')}</Text>
        <Select label={t('escalation.ticket.system')} description={t('help.ticketSystem')} data={targets.map(({ id, name }) => ({ value: id, label: name }))} value={targetId} allowDeselect={false} onChange={(value) => setTargetId(value ?? '')} />
        <TextInput label={t('escalation.ticket.summary')} description={t('escalation.ticket.summaryHint')} maxLength={160} value={summary} onChange={(event) => setSummary(event.currentTarget.value)} />
        <Textarea label={t('escalation.ticket.text')} description={t('help.ticketText')} autosize minRows={3} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending}>{t('escalation.ticket.submit')}</Button></Group>
      </Stack></form>
    </Dialog>
  )
}

/** Tickets of a case in other systems. */
export const TicketPanel = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { run, pending } = useDeed()
  const [opening, setOpening] = useState(false)
  const [updating, setUpdating] = useState<TicketView>()
  const tickets = useQuery(ticketsQuery(caseId))
  const items = tickets.data?.items ?? []
  const targets = tickets.data?.targets ?? []
  const columns = [{ key: 'number', title: t('escalation.ticket.number') }, { key: 'system', title: t('escalation.ticket.system') }, { key: 'state', title: t('escalation.state') }, { key: 'at', title: t('escalation.at') }, { key: 'action', title: t('escalation.action') }]
  return (
    <Panel title={t('escalation.ticket.title')} actions={may('case.manage') && targets.length > 0 ? <Button size="xs" variant="default" onClick={() => setOpening(true)}>{t('escalation.ticket.button')}</Button> : undefined}>
      {tickets.isError && <ErrorState error={tickets.error} onRetry={tickets.refetch} />}
      {tickets.isSuccess && items.length === 0 ? <Text size="sm">{targets.length === 0 ? t('escalation.ticket.noTargets') : t('escalation.ticket.none')}</Text> : (
        <DataTable label={t('escalation.ticket.table')} columns={columns} loading={tickets.isPending}>
          {items.map((ticket) => (
            <Table.Tr key={ticket.id}>
              <Table.Td>{ticket.link === undefined ? '–' : <Anchor href={ticket.link} target="_blank" rel="noreferrer" size="sm">{ticket.number}</Anchor>}</Table.Td><Table.Td>{ticket.target.name}</Table.Td>
              <Table.Td maw={320} style={{ overflowWrap: 'anywhere' }}><StateBadge tone={ticket.state === 'open' ? 'good' : ticket.state === 'failed' ? 'bad' : 'warn'}>{t(`escalation.ticket.states.${ticket.state}`)}</StateBadge>{ticket.waiting > 0 && <Text size="xs" c="dimmed">{t('escalation.ticket.waiting', { count: ticket.waiting })}</Text>}{ticket.problem !== undefined && <Text size="xs" c="dimmed">{ticket.problem}</Text>}</Table.Td>
              <Table.Td><Instant at={ticket.createdAt} /><Text size="xs" c="dimmed">{ticket.by.name}</Text></Table.Td>
              <Table.Td>{may('case.manage') && <Group gap={6}>{ticket.state === 'open' && <Button size="compact-sm" variant="default" aria-label={t('escalation.ticket.updateOf', { number: ticket.number ?? '' })} onClick={() => setUpdating(ticket)}>{t('escalation.ticket.update')}</Button>}{ticket.waiting > 0 && <Button size="compact-sm" variant="default" loading={pending} onClick={() => run(() => retryTicket(caseId, ticket.id), t('escalation.done'))}>{t('escalation.ticket.retry')}</Button>}</Group>}</Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      {opening && <OpenDialog caseId={caseId} targets={targets} onClose={() => setOpening(false)} />}
      {updating !== undefined && <ReasonForm title={t('escalation.ticket.updateTitle')} submit={t('escalation.ticket.updateSubmit')} label={t('escalation.ticket.text')} pending={pending} onClose={() => setUpdating(undefined)} onReason={(text) => run(() => updateTicket(caseId, updating.id, text), t('escalation.done'), () => setUpdating(undefined))} />}
    </Panel>
  )
}
