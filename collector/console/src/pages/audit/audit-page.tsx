import '../../i18n/administration-texts.ts'
import type { AuditEntryView } from '@holdfast/collector/contract'
import { Alert, Anchor, Button, Group, Menu, MultiSelect, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconDownload, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { verifyAudit } from '../../api/mutations.ts'
import { auditExportPath, auditFacetsQuery, type AuditFilter, auditLogQuery } from '../../api/privacy.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { formatCount } from '../../format/numbers.ts'
import { shortHash } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { AUDIT_CATEGORIES, filterOf, isFiltered, isoOfDay, dayOfIso } from './audit-filter.ts'
import { EntryDrawer } from './entry-drawer.tsx'

/** Takes effect when the field is left or Enter is pressed: half a word finds nothing here. */
const TextFilter = ({ label, hint, value, onChange }: { readonly label: string; readonly hint: string; readonly value: string; readonly onChange: (text: string) => void }) => {
  const [text, setText] = useState(value)
  const done = (): void => {
    if (text.trim() !== value) onChange(text.trim())
  }
  return <TextInput w={230} label={label} placeholder={hint} value={text} maxLength={320} onChange={(event) => setText(event.currentTarget.value)} onBlur={done} onKeyDown={(event) => { if (event.key === 'Enter') done() }} />
}

const Filters = ({ filter, onChange }: { readonly filter: AuditFilter; readonly onChange: (change: Partial<AuditFilter>) => void }) => {
  const { t } = useTranslation()
  const facets = useQuery(auditFacetsQuery())
  const actors = facets.data?.actors ?? []
  return (
    <Group mb="sm" align="flex-end" gap="xs">
      <MultiSelect label={t('audit.category')} placeholder={filter.category.length === 0 ? t('audit.categoryAll') : ''} data={AUDIT_CATEGORIES.map((value) => ({ value, label: t(`audit.categories.${value}`) }))} value={[...filter.category]} onChange={(category) => onChange({ category })} clearable w={240} />
      <Select label={t('audit.actor')} placeholder={t('audit.actorAll')} data={actors.map(({ id, name }) => ({ value: id, label: name }))} value={filter.actor ?? null} onChange={(actor) => onChange(actor === null ? { actor: '' } : { actor })} searchable clearable w={190} />
      <TextFilter label={t('audit.action')} hint={t('audit.actionHint')} value={filter.action ?? ''} onChange={(action) => onChange({ action })} />
      <TextFilter label={t('audit.subject')} hint={t('audit.subjectHint')} value={filter.subject ?? ''} onChange={(subject) => onChange({ subject })} />
      <TextInput type="date" label={t('audit.from')} value={dayOfIso(filter.from)} onChange={(event) => onChange({ from: isoOfDay(event.currentTarget.value, 0) })} />
      <TextInput type="date" label={t('audit.to')} value={dayOfIso(filter.to, -1)} onChange={(event) => onChange({ to: isoOfDay(event.currentTarget.value, 1) })} />
    </Group>
  )
}

const Verdict = ({ verify }: { readonly verify: { readonly data: Awaited<ReturnType<typeof verifyAudit>> | undefined; readonly isError: boolean; readonly error: unknown } }) => {
  const { t } = useTranslation()
  const verdict = verify.data
  return (
    <div role="status" aria-live="polite">
      {verify.isError && <ErrorState error={verify.error} />}
      {verdict !== undefined && (
        <Alert mb="md" variant="outline" color={verdict.ok ? 'green' : 'red'} icon={verdict.ok ? <IconShieldCheck aria-hidden="true" /> : <IconShieldX aria-hidden="true" />} title={<Text span c="bright" fw={650}>{verdict.ok ? t('audit.good') : t('audit.bad')}</Text>}>
          <Text size="sm" className="hf-mono">{verdict.ok ? t('audit.goodBody', { count: verdict.entries, head: shortHash(verdict.head) }) : t('audit.badBody', { seq: verdict.firstBadSeq ?? '?', problem: verdict.problem ?? '' })}</Text>
          {verdict.ok && (verdict.anchors ?? 0) > 0 && <Text size="sm">{t('audit.anchored', { count: (verdict.anchors ?? 0) - (verdict.anchorsBefore ?? 0) })}</Text>}
          {verdict.checkpoint !== undefined && <Text size="sm">{t('audit.begins', { seq: verdict.checkpoint.seq, at: new Date(verdict.checkpoint.atMs).toISOString().slice(0, 10) })}</Text>}
        </Alert>
      )}
    </div>
  )
}

const ExportMenu = ({ filter }: { readonly filter: AuditFilter }) => {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" leftSection={<IconDownload size={15} aria-hidden="true" />}>{t('audit.export')}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('audit.exportHint')}</Menu.Label>
        <Menu.Item component="a" href={auditExportPath(filter, 'csv')} download>{t('audit.csv')}</Menu.Item>
        <Menu.Item component="a" href={auditExportPath(filter, 'jsonl')} download>{t('audit.jsonl')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Who saw or changed what, and the proof that nothing was taken out. */
export const AuditPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const filter = filterOf(raw)
  const audit = useInfiniteQuery(auditLogQuery(filter))
  const verify = useMutation({ mutationFn: verifyAudit })
  const [open, setOpen] = useState<AuditEntryView>()
  const rows = audit.data?.pages.flatMap(({ items }) => items) ?? []
  const empty = audit.isSuccess && rows.length === 0
  const change = (part: Partial<AuditFilter>): void => void navigate({ to: '/audit', search: { ...filter, ...part }, replace: true })
  const columns = [{ key: 'seq', title: t('audit.column.seq'), numeric: true }, ...(['at', 'actor', 'category', 'action', 'target', 'about'] as const).map((key) => ({ key, title: t(`audit.column.${key}`) }))]
  return (
    <>
      <PageHeader title={t('audit.title')} intro={t('audit.intro')}>
        <Button component={Link} to="/audit/who-looked-at" variant="default">{t('looks.open')}</Button>
        <ExportMenu filter={filter} />
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>{t('audit.verify')}</Button>
      </PageHeader>
      <Verdict verify={verify} />
      <section className="hf-panel" aria-label={t('audit.table')}>
        <Filters key={isFiltered(filter) ? 'filtered' : 'all'} filter={filter} onChange={change} />
        {audit.isError && <ErrorState error={audit.error} onRetry={audit.refetch} />}
        {!audit.isError && !empty && (
          <DataTable label={t('audit.table')} columns={columns} loading={audit.isPending} minWidth={900}>
            {rows.map((entry) => (
              <Table.Tr key={entry.seq} onClick={() => setOpen(entry)} style={{ cursor: 'pointer' }}>
                <Table.Td ta="end"><Anchor component="button" type="button" size="sm" className="hf-mono" aria-label={t('audit.open', { seq: entry.seq })} onClick={() => setOpen(entry)}>{formatCount(entry.seq)}</Anchor></Table.Td><Table.Td><Instant at={entry.at} seconds /></Table.Td><Table.Td>{entry.actor}</Table.Td>
                <Table.Td>{t(`audit.categories.${AUDIT_CATEGORIES.find((name) => name === entry.category) ?? 'other'}`)}</Table.Td><Table.Td className="hf-code">{entry.action}</Table.Td><Table.Td>{entry.targetKind} <span className="hf-code">{entry.targetId.length > 40 ? `${entry.targetId.slice(0, 40)}…` : entry.targetId}</span></Table.Td>
                <Table.Td className="hf-mono">{entry.subjects.length > 2 ? t('audit.people', { count: entry.subjects.length }) : entry.subjects.map((one) => one.pseudonym).join(' ')}</Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {empty && (isFiltered(filter) ? <Stack align="center"><EmptyState title={t('audit.filtered.title')} body={t('audit.filtered.body')} /><Button variant="default" onClick={() => void navigate({ to: '/audit', search: {}, replace: true })}>{t('audit.clear')}</Button></Stack> : <EmptyState title={t('audit.never.title')} body={t('audit.never.body')} />)}
        {rows.length > 0 && <MoreButton pages={audit} shown={rows.length} total={audit.data?.pages[0]?.total} />}
      </section>
      <EntryDrawer entry={open} onClose={() => setOpen(undefined)} />
    </>
  )
}
