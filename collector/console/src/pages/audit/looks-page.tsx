import '../../i18n/administration-texts.ts'
import type { LooksView } from '@holdfast/collector/contract'
import { Anchor, Group, SimpleGrid, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { looksQuery } from '../../api/privacy.ts'
import { textOf } from '../../app/search-params.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { AUDIT_CATEGORIES } from './audit-filter.ts'

const Counts = ({ title, head, rows }: { readonly title: string; readonly head: readonly string[]; readonly rows: readonly { readonly key: string; readonly cells: readonly string[]; readonly count: number }[] }) => (
  <Panel title={title}>
    <DataTable label={title} columns={head.map((text, index) => ({ key: text, title: text, numeric: index === head.length - 1 }))} minWidth={240}>
      {rows.map(({ key, cells, count }) => <Table.Tr key={key}>{cells.map((cell) => <Table.Td key={cell}>{cell}</Table.Td>)}<Table.Td ta="end" className="hf-mono">{formatCount(count)}</Table.Td></Table.Tr>)}
    </DataTable>
  </Panel>
)

const Report = ({ looks }: { readonly looks: LooksView }) => {
  const { t } = useTranslation()
  const categoryOf = (name: string): string => t(`audit.categories.${AUDIT_CATEGORIES.find((one) => one === name) ?? 'other'}`)
  return (
    <Stack>
      <Group gap="md">
        <Text fw={650} className="hf-mono">{looks.user.pseudonym}</Text><Text size="sm">{t('looks.total', { count: looks.total })} {t('looks.accounts', { count: looks.people })}</Text><Text size="sm" c="dimmed"><Instant at={looks.from} /> – <Instant at={looks.to} /></Text>
        <Anchor component={Link} to="/audit" search={{ subject: looks.user.id } as never} size="sm">{t('looks.entries')}</Anchor>
      </Group>
      {looks.total === 0 ? <Text size="sm">{t('looks.nobody')}</Text> : (
        <>
          <Panel title={t('looks.byActor')}>
            <DataTable label={t('looks.byActor')} columns={[...(['who', 'roles', 'did', 'first', 'last'] as const).map((key) => ({ key, title: t(`looks.column.${key}`) })), { key: 'count', title: t('looks.column.count'), numeric: true }]} minWidth={820}>
              {looks.byActor.map((row) => (
                <Table.Tr key={row.id} style={{ verticalAlign: 'top' }}><Table.Td>{row.name}</Table.Td><Table.Td>{row.roles.join(', ')}</Table.Td><Table.Td className="hf-code" style={{ overflowWrap: 'anywhere' }}>{row.actions.map(({ action, count }) => `${action} ${formatCount(count)}`).join(', ')}</Table.Td><Table.Td><Instant at={row.firstAt} /></Table.Td><Table.Td><Instant at={row.lastAt} /></Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.count)}</Table.Td></Table.Tr>
              ))}
            </DataTable>
          </Panel>
          <SimpleGrid cols={{ base: 1, md: 3 }}>
            <Counts title={t('looks.byRole')} head={[t('looks.column.role'), t('looks.column.count')]} rows={looks.byRole.map(({ role, count }) => ({ key: role, cells: [role], count }))} />
            <Counts title={t('looks.byAction')} head={[t('looks.column.action'), t('looks.column.category'), t('looks.column.count')]} rows={looks.byAction.map(({ action, category, count }) => ({ key: action, cells: [action, categoryOf(category)], count }))} />
            <Counts title={t('looks.byDay')} head={[t('looks.column.day'), t('looks.column.count')]} rows={looks.byDay.map(({ day, count }) => ({ key: day, cells: [day], count }))} />
          </SimpleGrid>
        </>
      )}
    </Stack>
  )
}

/** The report for a watched person or a works council, made by the auditor. */
export const LooksPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const person = textOf(raw['person'])
  const looks = useQuery({ ...looksQuery(person ?? ''), enabled: person !== undefined })
  return (
    <>
      <Anchor component={Link} to="/audit" size="sm">← {t('looks.back')}</Anchor>
      <PageHeader title={t('looks.title')} intro={t('looks.intro')} />
      <Group mb="md"><SearchField label={t('looks.person')} placeholder={t('looks.personHint')} initial={person ?? ''} onSearch={(text) => void navigate({ to: '/audit/who-looked-at', search: { person: text }, replace: true })} /></Group>
      {person === undefined && <EmptyState title={t('looks.none.title')} body={t('looks.none.body')} />}
      {person !== undefined && looks.isPending && <Skeleton height={240} />}
      {looks.isError && <ErrorState error={looks.error} onRetry={looks.refetch} />}
      {person !== undefined && looks.data !== undefined && <Report looks={looks.data} />}
    </>
  )
}
