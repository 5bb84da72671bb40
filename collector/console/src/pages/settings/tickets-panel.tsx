import type { TicketTargetRequest, TicketTargetView } from '@holdfast/collector/contract'
import { Alert, Button, Checkbox, Group, PasswordInput, Select, SimpleGrid, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { deleteTicketTarget, saveTicketTarget, testTicketTarget, ticketTargetsQuery } from '../../api/escalation.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useDeed } from '../escalation/use-deed.tsx'

const SYSTEMS = ['servicenow', 'jira'] as const
const SEVERITIES = ['high', 'medium', 'low'] as const
const DEFAULTS = { servicenow: { high: '1', medium: '2', low: '3' }, jira: { high: 'High', medium: 'Medium', low: 'Low' } } as const
const EMPTY: TicketTargetRequest = { name: '', system: 'servicenow', url: '', user: '', allowPrivate: false, caPem: '', severities: DEFAULTS.servicenow, project: '', issueType: '', assignmentGroup: '' }

const TargetDialog = ({ known, onClose }: { readonly known: TicketTargetView | undefined; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { run, pending } = useDeed()
  const { id: _id, hasSecret: _secret, revision: _revision, ...before } = known ?? { ...EMPTY, id: '', hasSecret: false, revision: 0 }
  const [draft, setDraft] = useState<TicketTargetRequest>(before)
  const [secret, setSecret] = useState('')
  const set = (part: Partial<TicketTargetRequest>): void => setDraft({ ...draft, ...part })
  const whole = (): TicketTargetRequest => ({ ...draft, ...(secret === '' ? {} : { secret }) })
  const test = useMutation({ mutationFn: () => testTicketTarget(whole(), known?.id) })
  const go = (event: FormEvent): void => {
    event.preventDefault()
    run(() => saveTicketTarget(whole(), known), t('escalation.targets.saved'), onClose)
  }
  const field = (name: 'name' | 'url' | 'user' | 'project' | 'issueType' | 'assignmentGroup', label: string, description?: string) => <TextInput label={label} description={description} value={draft[name]} onChange={(event) => set({ [name]: event.currentTarget.value })} />
  return (
    <Dialog opened onClose={onClose} title={t('escalation.targets.title')} size="lg">
      <form onSubmit={go}><Stack>
        <SimpleGrid cols={2}>{field('name', t('escalation.targets.name'))}<Select label={t('escalation.targets.system')} description={t('help.targetSystem')} data={SYSTEMS.map((value) => ({ value, label: t(`escalation.targets.systems.${value}`) }))} value={draft.system} allowDeselect={false} onChange={(value) => { const system = value === 'jira' ? 'jira' : 'servicenow'; set({ system, severities: DEFAULTS[system] }) }} /></SimpleGrid>
        {field('url', t('escalation.targets.url'), t('escalation.targets.urlHint'))}
        <SimpleGrid cols={2}>{field('user', t('escalation.targets.user'), t('escalation.targets.userHint'))}<PasswordInput label={t('escalation.targets.secret')} description={known === undefined ? ' ' : t('escalation.targets.secretKept')} autoComplete="off" value={secret} onChange={(event) => setSecret(event.currentTarget.value)} /></SimpleGrid>
        {draft.system === 'jira' ? <SimpleGrid cols={2}>{field('project', t('escalation.targets.project'))}{field('issueType', t('escalation.targets.issueType'))}</SimpleGrid> : field('assignmentGroup', t('escalation.targets.group'))}
        <SimpleGrid cols={3}>{SEVERITIES.map((severity) => <TextInput key={severity} label={t('escalation.targets.severity', { severity: t(`severity.${severity}`) })} value={draft.severities[severity]} onChange={(event) => set({ severities: { ...draft.severities, [severity]: event.currentTarget.value } })} />)}</SimpleGrid>
        <Textarea label={t('escalation.targets.ca')} description={t('help.targetCa')} autosize minRows={1} maxRows={6} value={draft.caPem} onChange={(event) => set({ caPem: event.currentTarget.value })} />
        <Checkbox label={t('escalation.targets.allowPrivate')} description={t('help.allowPrivate')} checked={draft.allowPrivate} onChange={(event) => set({ allowPrivate: event.currentTarget.checked })} />
        {test.isError && <ErrorState error={test.error} />}
        {test.data !== undefined && <Alert role="status" variant="outline" color={test.data.ok ? 'green' : 'red'} title={<Text span c="bright" fw={650}>{test.data.ok ? t('escalation.targets.works', { name: test.data.as ?? '' }) : t('escalation.targets.fails')}</Text>}>{test.data.problem !== undefined && <Text size="sm">{test.data.problem.detail}. {test.data.problem.advice}</Text>}</Alert>}
        <Group justify="flex-end"><Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>{t('escalation.targets.test')}</Button><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending}>{t('escalation.targets.save')}</Button></Group>
      </Stack></form>
    </Dialog>
  )
}

/** Where cases open tickets. */
export const TicketsPanel = () => {
  const { t } = useTranslation()
  const { run } = useDeed()
  const [editing, setEditing] = useState<TicketTargetView | 'new'>()
  const targets = useQuery(ticketTargetsQuery())
  const items = targets.data?.items ?? []
  return (
    <Panel title={t('escalation.targets.title')} actions={<Button size="xs" variant="default" onClick={() => setEditing('new')}>{t('escalation.targets.add')}</Button>}>
      <Text size="sm" c="dimmed" mb="sm">{t('escalation.targets.intro')}</Text>
      {targets.isError && <ErrorState error={targets.error} onRetry={targets.refetch} />}
      {targets.isSuccess && items.length === 0 ? <Text size="sm">{t('escalation.targets.none')}</Text> : (
        <DataTable label={t('escalation.targets.table')} loading={targets.isPending} columns={[{ key: 'name', title: t('escalation.targets.name') }, { key: 'system', title: t('escalation.targets.system') }, { key: 'url', title: t('escalation.targets.url') }, { key: 'action', title: t('escalation.action') }]}>
          {items.map((target) => (
            <Table.Tr key={target.id}>
              <Table.Td>{target.name}</Table.Td><Table.Td>{t(`escalation.targets.systems.${target.system}`)}</Table.Td><Table.Td className="hf-mono" style={{ overflowWrap: 'anywhere' }}>{target.url}</Table.Td>
              <Table.Td><Group gap={6}><Button size="compact-sm" variant="default" aria-label={t('escalation.targets.editOf', { name: target.name })} onClick={() => setEditing(target)}>{t('escalation.targets.edit')}</Button><Button size="compact-sm" variant="default" aria-label={t('escalation.targets.removeOf', { name: target.name })} onClick={() => run(() => deleteTicketTarget(target.id), t('escalation.done'))}>{t('escalation.targets.remove')}</Button></Group></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      {editing !== undefined && <TargetDialog known={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Panel>
  )
}
