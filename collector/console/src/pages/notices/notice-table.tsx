import type { NoticeView } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { caseNoticesQuery, noticesQuery, retryNotice } from '../../api/cases.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState, hintOf } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { UserName } from '../../components/user-name.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const tones: Readonly<Record<NoticeView['state'], Tone>> = { queued: 'quiet', sending: 'quiet', sent: 'good', failed: 'bad', unknown: 'warn' }

const Details = ({ notice }: { readonly notice: NoticeView }) => {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('notices.details')}</summary>
      <Text size="sm" component="pre" my={6} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontFamily: 'inherit' }}>{notice.text}</Text>
      <Facts rows={[[t('notices.column.template'), notice.template], [t('notices.field.from'), notice.from], [t('notices.field.cc'), notice.cc.join(', ')], [t('notices.field.bcc'), notice.bcc.join(', ')], [t('notices.answer'), notice.answer], [t('notices.hash'), notice.sha256 && <span className="hf-code">{notice.sha256}</span>]]} />
    </details>
  )
}

/** Notices, newest first, with what became of each. */
export const NoticeTable = ({ caseId }: { readonly caseId?: string }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const notices = useInfiniteQuery(caseId === undefined ? noticesQuery() : caseNoticesQuery(caseId))
  const [asking, setAsking] = useState<NoticeView>()
  const retry = useMutation({
    mutationFn: ({ id, accept }: { readonly id: string; readonly accept: boolean }) => retryNotice(id, accept),
    onSuccess: () => {
      setAsking(undefined)
      for (const queryKey of [['notices', 'list'], ['cases', 'part']]) void client.invalidateQueries({ queryKey })
      notifications.show({ title: t('notices.retry.done'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
    onError: (error) => notifications.show({ color: 'red', title: t('case.failed'), message: `${error.message} ${t(`error.${hintOf(error)}`)}`, closeButtonProps: { 'aria-label': t('common.close') } }),
  })
  const rows = notices.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = [{ key: 'at', title: t('notices.column.at') }, { key: 'state', title: t('notices.column.state') }, { key: 'subject', title: t('notices.column.subject') }, ...(caseId !== undefined ? [] : [{ key: 'case', title: t('notices.column.case') }, { key: 'user', title: t('notices.column.user') }]), { key: 'by', title: t('notices.column.by') }, { key: 'action', title: t('notices.column.action') }]
  if (notices.isError) return <ErrorState error={notices.error} onRetry={notices.refetch} />
  if (notices.isSuccess && rows.length === 0) return <EmptyState title={t('notices.never.title')} body={t('notices.never.body')} />
  return (
    <>
      <DataTable label={t('notices.table')} columns={columns} loading={notices.isPending}>
        {rows.map((notice) => (
          <Table.Tr key={notice.id} style={{ verticalAlign: 'top' }}>
            <Table.Td><Instant at={notice.sentAt ?? notice.queuedAt} /></Table.Td>
            <Table.Td><StateBadge tone={tones[notice.state]}>{t(`notices.state.${notice.state}`)}</StateBadge>{notice.nextTryAt !== undefined && <Text size="xs" c="dimmed">{t('notices.nextTry')}: <Instant at={notice.nextTryAt} /></Text>}{notice.state !== 'sent' && notice.tries > 0 && <Text size="xs" c="dimmed">{t('notices.tries', { count: notice.tries })}</Text>}</Table.Td>
            <Table.Td maw={420} style={{ overflowWrap: 'anywhere' }}>{notice.subject}<Details notice={notice} /></Table.Td>
            {caseId === undefined && <><Table.Td><Anchor component={Link} size="sm" to={`/cases/${encodeURIComponent(notice.caseId)}`}>{notice.caseName}</Anchor></Table.Td><Table.Td><UserName user={notice.user} /></Table.Td></>}
            <Table.Td>{notice.queuedBy.name}</Table.Td>
            <Table.Td>{(notice.state === 'failed' || notice.state === 'unknown') && <Button size="compact-xs" variant="default" aria-label={t('notices.retry.buttonOf', { subject: notice.subject })} onClick={() => (notice.state === 'unknown' ? setAsking(notice) : retry.mutate({ id: notice.id, accept: false }))}>{t('notices.retry.button')}</Button>}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {rows.length > 0 && <MoreButton pages={notices} shown={rows.length} total={undefined} />}
      <Dialog opened={asking !== undefined} title={t('notices.retry.title')} onClose={() => setAsking(undefined)}>
        <Stack>
          <Text size="sm">{t('notices.retry.body')}</Text>
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(undefined)}>{t('common.cancel')}</Button><Button loading={retry.isPending} onClick={() => { if (asking !== undefined) retry.mutate({ id: asking.id, accept: true }) }}>{t('notices.retry.submit')}</Button></Group>
        </Stack>
      </Dialog>
    </>
  )
}
