import type { NoticeTemplateList, NoticeTemplateRequest, NoticeTemplateView } from '@holdfast/collector/contract'
import { Alert, Anchor, Button, Group, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { deleteTemplate, noticeTemplatesQuery, saveTemplate } from '../../api/cases.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { EMPTY_CONTENT, NoticeFields, NoticePreviewPanel, toContent, toDraft } from './notice-fields.tsx'
import { NoticeTable } from './notice-table.tsx'

interface Editing {
  readonly template: NoticeTemplateRequest
  readonly at?: Pick<NoticeTemplateView, 'id' | 'revision'>
}

const TemplateEditor = ({ editing, variables, onClose }: { readonly editing: Editing; readonly variables: NoticeTemplateList['variables']; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState(editing.template.name)
  const [draft, setDraft] = useState(toDraft(editing.template))
  const save = useMutation({
    mutationFn: () => saveTemplate({ name: name.trim(), ...toContent(draft) }, editing.at),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['notices', 'templates'] })
      notifications.show({ title: t('notices.saved'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        <Stack gap="sm">
          <TextInput label={t('notices.field.name')} description={t('help.noticeName')} withAsterisk data-autofocus maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <NoticeFields draft={draft} variables={variables} onChange={setDraft} />
        </Stack>
        <NoticePreviewPanel draft={draft} />
      </SimpleGrid>
      {save.isError && <ErrorState error={save.error} title={t('case.failed')} />}
      <Group justify="flex-end" mt="md"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={save.isPending} disabled={name.trim() === '' || draft.subject.trim() === '' || draft.body.trim() === ''}>{t('notices.field.save')}</Button></Group>
    </form>
  )
}

const DeleteTemplate = ({ template, onClose }: { readonly template: NoticeTemplateView; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteTemplate(template.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['notices', 'templates'] })
      notifications.show({ title: t('notices.deleted'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
      onClose()
    },
  })
  return (
    <Dialog opened title={t('notices.deleteTitle')} onClose={onClose}>
      <Stack>
        <Text size="sm"><b>{template.name}</b>. {t('notices.deleteBody')}</Text>
        {remove.isError && <ErrorState error={remove.error} title={t('case.failed')} />}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{t('notices.delete')}</Button></Group>
      </Stack>
    </Dialog>
  )
}

const Templates = ({ list }: { readonly list: NoticeTemplateList }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [editing, setEditing] = useState<Editing>()
  const [deleting, setDeleting] = useState<NoticeTemplateView>()
  const mayWrite = may('notice.manage')
  const columns = [{ key: 'name', title: t('notices.column.name') }, { key: 'subject', title: t('notices.column.subject') }, { key: 'format', title: t('notices.column.format') }, { key: 'updated', title: t('notices.column.updated') }, { key: 'by', title: t('notices.column.by') }, ...(mayWrite ? [{ key: 'action', title: t('notices.column.action') }] : [])]
  return (
    <Panel title={t('notices.templates')} actions={mayWrite && list.items.length > 0 && <Button size="xs" onClick={() => setEditing({ template: { name: '', ...EMPTY_CONTENT } })}>{t('notices.newTemplate')}</Button>}>
      {list.items.length === 0
        ? <EmptyState title={t('notices.noTemplates.title')} body={t('notices.noTemplates.body')}>{mayWrite && <Group justify="center">{list.starters.map((starter) => <Button key={starter.name} variant="default" onClick={() => setEditing({ template: starter })}>{t('notices.starter', { name: starter.name })}</Button>)}<Button onClick={() => setEditing({ template: { name: '', ...EMPTY_CONTENT } })}>{t('notices.newTemplate')}</Button></Group>}</EmptyState>
        : (
          <DataTable label={t('notices.templateTable')} columns={columns}>
            {list.items.map((template) => (
              <Table.Tr key={template.id}>
                <Table.Td fw={600}>{template.name}</Table.Td><Table.Td maw={360} style={{ overflowWrap: 'anywhere' }}>{template.subject}</Table.Td><Table.Td>{t(`notices.format.${template.format}`)}</Table.Td><Table.Td><Instant at={template.updatedAt} /></Table.Td><Table.Td>{template.updatedBy.name}</Table.Td>
                {mayWrite && <Table.Td><Group gap={6} wrap="nowrap"><Button size="compact-xs" variant="default" aria-label={t('notices.editOf', { name: template.name })} onClick={() => setEditing({ template, at: template })}>{t('notices.edit')}</Button><Button size="compact-xs" variant="default" aria-label={t('notices.deleteOf', { name: template.name })} onClick={() => setDeleting(template)}>{t('notices.delete')}</Button></Group></Table.Td>}
              </Table.Tr>
            ))}
          </DataTable>
        )}
      <Dialog opened={editing !== undefined} title={editing?.at === undefined ? t('notices.newTemplate') : t('notices.editOf', { name: editing.template.name })} size="70rem" onClose={() => setEditing(undefined)}>
        {editing !== undefined && <TemplateEditor editing={editing} variables={list.variables} onClose={() => setEditing(undefined)} />}
      </Dialog>
      {deleting !== undefined && <DeleteTemplate template={deleting} onClose={() => setDeleting(undefined)} />}
    </Panel>
  )
}

/** Templates, and every notice with what became of it. */
export const NoticesPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const templates = useQuery(noticeTemplatesQuery())
  return (
    <>
      <PageHeader title={t('notices.title')} intro={t('notices.intro')} />
      <Stack>
        {templates.isError && <ErrorState error={templates.error} onRetry={templates.refetch} />}
        {templates.data !== undefined && !templates.data.mail.isSetUp && <Alert variant="outline" title={t('notices.mailOff')}>{may('settings.manage') ? <Anchor component={Link} to="/settings" size="sm">{t('notices.mailSettings')}</Anchor> : t('notices.send.noMail')}</Alert>}
        {templates.data !== undefined && <Templates list={templates.data} />}
        <Panel title={t('notices.sent')}><NoticeTable /></Panel>
      </Stack>
    </>
  )
}
