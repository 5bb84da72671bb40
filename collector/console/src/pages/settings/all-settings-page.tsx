import '../../i18n/administration-texts.ts'
import type { SettingList } from '@holdfast/collector/contract'
import { Anchor, Code, Group, Switch, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { settingsQuery } from '../../api/system.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'

type Row = SettingList['items'][number]

/** Rows in which every word of the search stands somewhere, in the language of the reader. */
export function findSettings(rows: readonly Row[], text: string, language: 'en' | 'de'): readonly Row[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return rows.filter((row) => {
    const all = `${row.id} ${row[language].title} ${row[language].effect} ${String(row.value)}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

const Value = ({ id, value }: { readonly id: string; readonly value: Row['value'] }) => {
  const { t } = useTranslation()
  return <>{typeof value === 'boolean' ? t(value ? 'system.yes' : 'system.no') : value === '' ? t('system.none') : typeof value === 'number' ? (/[bB]ytes$/.test(id) ? formatBytes(value) : formatCount(value)) : value}</>
}

/** Every setting with its effect, its default and its last change, to be searched. */
export const AllSettingsPage = () => {
  const { t, language } = useTranslation()
  const { data, error, isPending } = useQuery(settingsQuery())
  const [text, setText] = useState('')
  const [differing, setDiffering] = useState(false)
  const shown = findSettings(data?.items ?? [], text, language).filter(({ value, standard }) => !differing || value !== standard)
  return (
    <>
      <Anchor component={Link} to="/settings" size="sm">← {t('privacy.back')}</Anchor>
      <PageHeader title={t('system.all')} intro={t('system.allIntro')} />
      <Group mb="sm"><SearchField label={t('system.search')} initial="" onSearch={setText} /><Switch label={t('system.differing')} description={t('system.differingHint')} checked={differing} onChange={(event) => setDiffering(event.currentTarget.checked)} /><Text size="sm" c="dimmed" role="status">{t('system.count', { count: shown.length })}</Text></Group>
      {error !== null && <ErrorState error={error} />}
      {data !== undefined && shown.length === 0 ? <EmptyState title={t('system.nothing')} body={t('system.nothingHint')} /> : (
        <DataTable label={t('system.all')} loading={isPending} columns={[{ key: 'title', title: t('system.column.title') }, { key: 'value', title: t('system.column.value') }, { key: 'standard', title: t('system.column.standard') }, { key: 'changed', title: t('system.column.changed') }]}>
          {shown.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td maw={480}>{row.link === '' ? <Code>{row[language].title}</Code> : <Anchor component={Link} to={row.link} size="sm">{row[language].title}</Anchor>}<Text size="xs" c="dimmed">{row[language].effect}</Text></Table.Td>
              <Table.Td fw={row.value === row.standard ? 400 : 600}><Value id={row.id} value={row.value} /></Table.Td>
              <Table.Td><Value id={row.id} value={row.standard} /></Table.Td>
              <Table.Td>{row.changed === undefined ? <Text size="sm" c="dimmed">{t(row.link === '' ? 'system.inFile' : 'system.never')}</Text> : <><Instant at={row.changed.at} /> <Text span size="sm">{row.changed.by}</Text></>}</Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
    </>
  )
}
