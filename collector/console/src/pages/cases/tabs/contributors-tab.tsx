import type { CaseDetail } from '@holdfast/collector/contract'
import { Button, Select, Stack, Table, Text } from '@mantine/core'
import { changeCase } from '../../../api/cases.ts'
import { DataTable } from '../../../components/data-table.tsx'
import { Panel } from '../../../components/panel.tsx'
import { useTranslation } from '../../../i18n/translation.ts'
import { useCaseChange } from '../use-case-change.tsx'

/** Who may work on the case, and why. */
export const ContributorsTab = ({ found }: { readonly found: CaseDetail }) => {
  const { t } = useTranslation()
  const { change, pending } = useCaseChange(found.id)
  const mayChange = found.may.manage && found.status === 'active'
  const guests = found.contributors.filter(({ isGuest }) => isGuest).map(({ id }) => id)
  const save = (contributors: string[]): void => change(() => changeCase(found.id, found.revision, { contributors }), t('case.saved'))
  const columns = [{ key: 'name', title: t('case.contributors.name') }, { key: 'roles', title: t('case.contributors.roles') }, { key: 'kind', title: t('case.contributors.kind') }, ...(mayChange ? [{ key: 'action', title: t('notices.column.action') }] : [])]
  return (
    <Panel title={t('case.tab.contributors')}>
      <Stack>
        <Text size="sm" c="dimmed">{t('case.contributors.intro')}</Text>
        <DataTable label={t('case.contributors.table')} columns={columns}>
          {found.contributors.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td fw={600}>{row.name}</Table.Td><Table.Td>{row.roles.join(', ')}</Table.Td><Table.Td>{row.isGuest ? t('case.contributors.guest') : t('case.contributors.member')}</Table.Td>
              {mayChange && <Table.Td>{row.isGuest && <Button size="compact-xs" variant="default" loading={pending} aria-label={t('case.contributors.removeOf', { name: row.name })} onClick={() => save(guests.filter((id) => id !== row.id))}>{t('case.contributors.remove')}</Button>}</Table.Td>}
            </Table.Tr>
          ))}
        </DataTable>
        {mayChange && (found.candidates.length === 0
          ? <Text size="sm" c="dimmed">{t('case.contributors.none')}</Text>
          : <Select label={t('case.contributors.add')} description={t('case.contributors.addHint')} w={320} searchable data={found.candidates.map(({ id, name }) => ({ value: id, label: name }))} value={null} disabled={pending} onChange={(id) => { if (id !== null) save([...guests, id]) }} />)}
      </Stack>
    </Panel>
  )
}
