import '../../i18n/administration-texts.ts'
import type { AskingView } from '@holdfast/collector/contract'
import { Button, Checkbox, Group, NumberInput, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { askDevices, decideQuestion, questionQuery, questionSettingsQuery, questionsQuery, saveQuestionSettings } from '../../api/live.ts'
import { useMay } from '../../app/permissions.ts'
import { oneOf } from '../../app/search-params.ts'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { type AskForm, askIsValid, emptyAskForm, folderIsValid, nameIsValid, QUESTION_KINDS, requestOf } from './ask-form.ts'

const MOST_MINUTES = 1440

const AskDialog = ({ deviceId, onClose }: { readonly deviceId: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form, setForm] = useState<AskForm>(emptyAskForm(deviceId))
  const set = (part: Partial<AskForm>): void => setForm({ ...form, ...part })
  const ask = useMutation({ mutationFn: () => askDevices(requestOf(form)), onSuccess: onClose, onSettled: () => client.invalidateQueries({ queryKey: ['questions', 'list'] }) })
  return (
    <Dialog opened onClose={onClose} title={t('questions.askTitle')}>
      <Stack>
        {ask.isError && <ErrorState error={ask.error} />}
        <Select label={t('questions.kindLabel')} description={t('questions.kindHint')} data={QUESTION_KINDS.map((value) => ({ value, label: t(`questions.kind.${value}`) }))} value={form.kind} allowDeselect={false} onChange={(value) => set({ kind: oneOf(value ?? undefined, QUESTION_KINDS, 'mounts') })} />
        {form.kind === 'file_hashes' && <TextInput label={t('questions.folder')} description={t('questions.folderHint')} value={form.folder} error={form.folder !== '' && !folderIsValid(form.folder)} classNames={{ input: 'hf-code' }} onChange={(event) => set({ folder: event.currentTarget.value })} />}
        {form.kind === 'file_hashes' && <TextInput label={t('questions.name')} description={t('questions.nameHint')} value={form.name} error={!nameIsValid(form.name)} classNames={{ input: 'hf-code' }} onChange={(event) => set({ name: event.currentTarget.value })} />}
        <Textarea label={t('questions.devices')} description={t('questions.devicesHint')} autosize minRows={2} maxRows={6} value={form.devices} classNames={{ input: 'hf-code' }} onChange={(event) => set({ devices: event.currentTarget.value })} />
        <TextInput label={t('questions.group')} description={t('questions.groupHint')} value={form.group} maxLength={64} onChange={(event) => set({ group: event.currentTarget.value })} />
        <NumberInput label={t('questions.minutes')} description={t('questions.minutesHint')} min={1} max={MOST_MINUTES} allowDecimal={false} value={form.minutes} onChange={(value) => set({ minutes: Number(value) })} />
        <Textarea label={t('questions.reason')} description={t('questions.reasonHint')} autosize minRows={2} maxLength={500} value={form.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button disabled={!askIsValid(form)} loading={ask.isPending} onClick={() => ask.mutate()}>{t('questions.send')}</Button></Group>
      </Stack>
    </Dialog>
  )
}

const pretty = (answer: string): string => {
  try {
    return JSON.stringify(JSON.parse(answer), undefined, 2)
  } catch {
    // A device may write anything: it is shown as it is.
    return answer
  }
}

const AnswersDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const question = useQuery(questionQuery(id))
  return (
    <Dialog opened onClose={onClose} title={t('questions.answersTitle')}>
      <Stack>
        {question.isError && <ErrorState error={question.error} onRetry={question.refetch} />}
        {question.data?.devices.map((row) => (
          <section key={row.deviceId} aria-label={row.deviceName ?? row.deviceId}>
            <Text size="sm" fw={600}>{row.deviceName ?? row.deviceId} · {t(`questions.deviceState.${row.state}`, { code: row.code ?? '' })}</Text>
            {row.answer !== undefined && <CodeBlock label={`${t('questions.answersTitle')}: ${row.deviceName ?? row.deviceId}`} text={pretty(row.answer)} />}
          </section>
        ))}
      </Stack>
    </Dialog>
  )
}

const RowActions = ({ asking, onShow }: { readonly asking: AskingView; readonly onShow: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const client = useQueryClient()
  const decide = useMutation({ mutationFn: (grant: boolean) => decideQuestion(asking.id, grant), onSettled: () => client.invalidateQueries({ queryKey: ['questions', 'list'] }) })
  if (asking.state !== 'waiting') return <Button size="compact-sm" variant="default" onClick={onShow}>{t('questions.show')}</Button>
  if (!may('question.approve')) return null
  if (asking.isOwn) return <Text size="xs" c="dimmed">{t('questions.own')}</Text>
  return <Group gap={6} wrap="nowrap"><Button size="compact-sm" loading={decide.isPending} onClick={() => decide.mutate(true)}>{t('questions.approve')}</Button><Button size="compact-sm" variant="default" onClick={() => decide.mutate(false)}>{t('questions.refuse')}</Button></Group>
}

const SecondPerson = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const settings = useQuery(questionSettingsQuery())
  const save = useMutation({ mutationFn: (needsSecond: boolean) => saveQuestionSettings({ needsSecond }), onSettled: () => client.invalidateQueries({ queryKey: ['questions', 'settings'] }) })
  return <>{save.isError && <ErrorState error={save.error} />}<Checkbox mb="md" label={t('questions.needsSecond')} description={t('questions.needsSecondHint')} disabled={settings.data === undefined || save.isPending} checked={settings.data?.needsSecond ?? false} onChange={(event) => save.mutate(event.currentTarget.checked)} /></>
}

/** Live questions to devices, and what they answered. `?device=` narrows it to one. */
export const QuestionsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const deviceId = typeof raw['device'] === 'string' && raw['device'] !== '' ? raw['device'] : undefined
  const questions = useQuery(questionsQuery(deviceId))
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<string>()
  const rows = questions.data?.items ?? []
  const columns = (['at', 'what', 'who', 'why', 'state', 'answered', 'action'] as const).map((key) => ({ key, title: t(`questions.column.${key}`) }))
  return (
    <>
      <PageHeader title={t('questions.title')} intro={t('questions.intro')}>{may('question.ask') && <Button onClick={() => setAsking(true)}>{t('questions.ask')}</Button>}</PageHeader>
      {may('settings.manage') && <SecondPerson />}
      <section className="hf-panel" aria-label={t('questions.table')}>
        {questions.isError && <ErrorState error={questions.error} onRetry={questions.refetch} />}
        {questions.isSuccess && rows.length === 0 && <EmptyState title={t('questions.none.title')} body={t('questions.none.body')} />}
        {!questions.isError && (questions.isPending || rows.length > 0) && (
          <DataTable label={t('questions.table')} columns={columns} loading={questions.isPending} minWidth={900}>
            {rows.map((row) => (
              <Table.Tr key={row.id} style={{ verticalAlign: 'top' }}>
                <Table.Td><Instant at={row.askedAt} /></Table.Td>
                <Table.Td style={{ maxWidth: 260, overflowWrap: 'anywhere' }}>{t(`questions.kind.${row.question.kind}`)}{row.question.folder !== undefined && <Text size="xs" c="dimmed" className="hf-code">{row.question.folder}/{row.question.name}</Text>}</Table.Td>
                <Table.Td>{row.askedBy}</Table.Td><Table.Td style={{ maxWidth: 320, overflowWrap: 'anywhere' }}>{row.reason}</Table.Td><Table.Td>{t(`questions.state.${row.state}`)}</Table.Td>
                <Table.Td className="hf-mono">{t('questions.answered', { count: row.devices.filter(({ state }) => state === 'answered').length, all: row.devices.length })}</Table.Td>
                <Table.Td><RowActions asking={row} onShow={() => setShown(row.id)} /></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
      </section>
      {asking && <AskDialog deviceId={deviceId ?? ''} onClose={() => setAsking(false)} />}
      {shown !== undefined && <AnswersDialog id={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}
