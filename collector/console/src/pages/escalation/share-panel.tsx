import type { ShareLinkRequest, ShareLinkView } from '@holdfast/collector/contract'
import { Alert, Anchor, Button, Checkbox, Group, NumberInput, Select, Stack, Table, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { revokeShare, shareLinksQuery, shareWith } from '../../api/escalation.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useDeed } from './use-deed.tsx'

type Thing = Pick<ShareLinkRequest, 'kind' | 'ref' | 'view'>

/** Shares a case, an alert, a report or a user with an account. */
export const ShareDialog = ({ thing, onClose }: { readonly thing: Thing; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useQuery(shareLinksQuery({ ref: thing.ref }))
  const [toId, setToId] = useState<string | null>(null)
  const [days, setDays] = useState(7)
  const [note, setNote] = useState('')
  const [mail, setMail] = useState(false)
  const share = useMutation({ mutationFn: (body: ShareLinkRequest) => shareWith(body), onSuccess: () => client.invalidateQueries({ queryKey: ['share-links'] }) })
  const go = (event: FormEvent): void => {
    event.preventDefault()
    if (toId !== null) share.mutate({ ...thing, toId, days, mail, ...(note.trim() === '' ? {} : { note: note.trim() }) })
  }
  return (
    <Dialog opened onClose={onClose} title={t('escalation.share.title')}>
      {share.data === undefined ? (
        <form onSubmit={go}><Stack>
          <Text size="sm" c="dimmed">{t('escalation.share.intro')}</Text>
          {share.isError && <ErrorState error={share.error} />}
          <Select label={t('escalation.share.recipient')} description={t('help.shareRecipient')} data={(data?.recipients ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={toId} searchable withAsterisk onChange={setToId} />
          <NumberInput label={t('escalation.days')} description={t('help.linkDays')} min={1} max={90} value={days} onChange={(value) => setDays(Math.min(90, Math.max(1, Number(value) || 1)))} />
          <Textarea label={t('escalation.share.note')} description={t('escalation.share.noteHint')} autosize minRows={2} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <Checkbox label={t('escalation.share.mail')} description={t('help.shareMail')} checked={mail} onChange={(event) => setMail(event.currentTarget.checked)} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={share.isPending} disabled={toId === null}>{t('escalation.share.submit')}</Button></Group>
        </Stack></form>
      ) : (
        <Stack><Alert color="green" variant="outline" role="status" title={<Text span c="bright" fw={650}>{t('escalation.share.made')}</Text>}><Text size="sm" className="hf-mono" style={{ overflowWrap: 'anywhere' }}>{share.data.url}</Text>{share.data.givesAccess && <Text size="sm">{t('escalation.share.gives')}</Text>}</Alert><Group justify="flex-end"><CopyButton text={share.data.url} label={t('escalation.share.copy')} /><Button onClick={onClose}>{t('common.close')}</Button></Group></Stack>
      )}
    </Dialog>
  )
}

/** A button with the dialog behind it, for any page. */
export const ShareButton = ({ thing }: { readonly thing: Thing }) => {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return <><Button variant="default" size="xs" onClick={() => setOpen(true)}>{t('escalation.share.button')}</Button>{open && <ShareDialog thing={thing} onClose={() => setOpen(false)} />}</>
}

/** Live links with revoke. */
export const ShareTable = ({ links, loading }: { readonly links: readonly ShareLinkView[]; readonly loading: boolean }) => {
  const { t } = useTranslation()
  const { run, pending } = useDeed()
  const columns = [{ key: 'what', title: t('escalation.share.what') }, { key: 'to', title: t('escalation.share.to') }, { key: 'by', title: t('escalation.by') }, { key: 'expires', title: t('escalation.share.expires') }, { key: 'opened', title: t('escalation.share.opened') }, { key: 'action', title: t('escalation.action') }]
  return (
    <DataTable label={t('escalation.share.table')} columns={columns} loading={loading} minWidth={760}>
      {links.map((link) => (
        <Table.Tr key={link.id}>
          <Table.Td maw={260} style={{ overflowWrap: 'anywhere' }}><Anchor component={Link} to={`/shared/${link.id}`} size="sm">{t(`escalation.share.kinds.${link.kind}`)} · {link.pseudonym}</Anchor>{link.note !== undefined && <Text size="xs" c="dimmed">{link.note}</Text>}</Table.Td>
          <Table.Td>{link.to.name}</Table.Td><Table.Td>{link.by.name}</Table.Td><Table.Td><Instant at={link.expiresAt} /></Table.Td><Table.Td>{link.openedAt === undefined ? <Text size="sm" c="dimmed">{t('escalation.share.notOpened')}</Text> : <Instant at={link.openedAt} />}</Table.Td>
          <Table.Td><Group gap={6} wrap="nowrap"><CopyButton text={link.url} label={t('escalation.share.copy')} />{link.mayRevoke && <Button size="xs" variant="default" loading={pending} aria-label={t('escalation.share.revokeOf', { name: link.to.name })} onClick={() => run(() => revokeShare(link.id), t('escalation.done'))}>{t('escalation.share.revoke')}</Button>}</Group></Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}

export const SharePanel = ({ thing }: { readonly thing: Thing }) => {
  const { t } = useTranslation()
  const links = useQuery(shareLinksQuery({ ref: thing.ref }))
  const items = links.data?.items ?? []
  return (
    <Panel title={t('escalation.share.title')} actions={<ShareButton thing={thing} />}>
      {links.isError && <ErrorState error={links.error} onRetry={links.refetch} />}
      {links.isSuccess && items.length === 0 ? <Text size="sm">{t('escalation.share.none')}</Text> : <ShareTable links={items} loading={links.isPending} />}
    </Panel>
  )
}
