import { Alert, Button, Group, Table, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { verifyAudit } from '../../api/mutations.ts'
import { auditQuery } from '../../api/queries.ts'
import { textOf } from '../../app/search-params.ts'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { formatCount } from '../../format/numbers.ts'
import { shortHash } from '../../format/words.ts'

/** Who saw or changed what, and the proof that nothing was taken out. */
export const AuditPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const action = textOf(raw['action'])
  const audit = useInfiniteQuery(auditQuery(action === undefined ? {} : { action }))
  const verify = useMutation({ mutationFn: verifyAudit })
  const rows = audit.data?.pages.flatMap(({ items }) => items) ?? []
  const empty = audit.isSuccess && rows.length === 0
  const columns = [{ key: 'seq', title: t('audit.column.seq'), numeric: true }, ...(['at', 'actor', 'action', 'target', 'detail'] as const).map((key) => ({ key, title: t(`audit.column.${key}`) }))]
  const verdict = verify.data
  return (
    <>
      <PageHeader title={t('audit.title')} intro={t('audit.intro')}><Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>{t('audit.verify')}</Button></PageHeader>
      <div role="status" aria-live="polite">
        {verify.isError && <ErrorState error={verify.error} />}
        {verdict !== undefined && (
          <Alert mb="md" variant="outline" color={verdict.ok ? 'green' : 'red'} icon={verdict.ok ? <IconShieldCheck aria-hidden="true" /> : <IconShieldX aria-hidden="true" />} title={<Text span c="bright" fw={650}>{verdict.ok ? t('audit.good') : t('audit.bad')}</Text>}>
            <Text size="sm" className="hf-mono">{verdict.ok ? t('audit.goodBody', { count: verdict.entries, head: shortHash(verdict.head) }) : t('audit.badBody', { seq: verdict.firstBadSeq ?? '?', problem: verdict.problem ?? '' })}</Text>
          </Alert>
        )}
      </div>
      <section className="hf-panel" aria-label={t('audit.table')}>
        <Group mb="sm"><SearchField label={t('audit.action')} placeholder={t('audit.actionHint')} initial={action ?? ''} onSearch={(text) => void navigate({ to: '/audit', search: { action: text }, replace: true })} /></Group>
        {audit.isError && <ErrorState error={audit.error} onRetry={audit.refetch} />}
        {!audit.isError && !empty && (
          <DataTable label={t('audit.table')} columns={columns} loading={audit.isPending} minWidth={860}>
            {rows.map((entry) => (
              <Table.Tr key={entry.seq} style={{ verticalAlign: 'top' }}>
                <Table.Td ta="end" className="hf-mono">{formatCount(entry.seq)}</Table.Td><Table.Td><Instant at={entry.at} seconds /></Table.Td><Table.Td>{entry.actor}</Table.Td><Table.Td className="hf-code">{entry.action}</Table.Td>
                <Table.Td>{entry.targetKind} <span className="hf-code">{entry.targetId}</span></Table.Td>
                <Table.Td><details><summary><span className="hf-code">{shortHash(entry.hash)}</span></summary><CodeBlock text={JSON.stringify(entry.detail, null, 2) ?? ''} label={t('audit.showDetail', { seq: entry.seq })} maxHeight={200} /></details></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {empty && (action === undefined ? <EmptyState title={t('audit.never.title')} body={t('audit.never.body')} /> : <EmptyState title={t('audit.filtered.title')} body={t('audit.filtered.body')} />)}
        {rows.length > 0 && <MoreButton pages={audit} shown={rows.length} total={audit.data?.pages[0]?.total} />}
      </section>
    </>
  )
}
