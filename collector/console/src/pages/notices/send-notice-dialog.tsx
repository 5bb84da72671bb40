import type { CaseDetail, NoticeTemplateList } from '@holdfast/collector/contract'
import { Alert, Anchor, Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { noticeTemplatesQuery, sendNotice } from '../../api/cases.ts'
import { useMay } from '../../app/permissions.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useCaseChange } from '../cases/use-case-change.tsx'
import { EMPTY_CONTENT, NoticeFields, NoticePreviewPanel, toContent, toDraft } from './notice-fields.tsx'

const OWN = '-'

const SendForm = ({ found, list, onClose }: { readonly found: CaseDetail; readonly list: NoticeTemplateList; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { change, pending } = useCaseChange(found.id)
  const [templateId, setTemplateId] = useState(list.items[0]?.id ?? OWN)
  const [draft, setDraft] = useState(toDraft(list.items[0] ?? EMPTY_CONTENT))
  const choose = (id: string): void => {
    setTemplateId(id)
    setDraft(toDraft(list.items.find((template) => template.id === id) ?? EMPTY_CONTENT))
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    change(() => sendNotice(found.id, toContent(draft), templateId === OWN ? undefined : templateId), t('notices.send.done'), onClose)
  }
  if (!list.mail.isSetUp) return <Alert variant="outline" title={t('notices.mailOff')}>{t('notices.send.noMail')} {may('settings.manage') && <Anchor component={Link} to="/settings" size="sm">{t('notices.mailSettings')}</Anchor>}</Alert>
  if (!found.hasAddress) return <Alert variant="outline">{t('notices.send.noAddress')}</Alert>
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">{t('notices.send.intro')}</Text>
        <Select label={t('notices.send.template')} description={t('help.noticeTemplate')} data={[...list.items.map(({ id, name }) => ({ value: id, label: name })), { value: OWN, label: t('notices.send.own') }]} value={templateId} allowDeselect={false} onChange={(id) => choose(id ?? OWN)} />
        <NoticeFields draft={draft} variables={list.variables} onChange={setDraft} />
        <NoticePreviewPanel draft={draft} caseId={found.id} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={pending} disabled={draft.subject.trim() === '' || draft.body.trim() === ''}>{t('notices.send.submit')}</Button></Group>
      </Stack>
    </form>
  )
}

/** A notice to the user of a case, from a template or written anew. */
export const SendNoticeDialog = ({ found, onClose }: { readonly found: CaseDetail; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const templates = useQuery(noticeTemplatesQuery())
  return (
    <Dialog opened title={t('notices.send.title')} onClose={onClose} size="xl">
      {templates.isError && <ErrorState error={templates.error} onRetry={templates.refetch} />}
      {templates.isPending && <Skeleton height={240} />}
      {templates.data !== undefined && <SendForm found={found} list={templates.data} onClose={onClose} />}
    </Dialog>
  )
}
