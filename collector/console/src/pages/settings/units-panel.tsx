import type { UnitList, UnitView } from '@holdfast/collector/contract'
import { Button, Group, Stack, Table, TagsInput, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { deleteUnit, saveUnit, unitsQuery } from '../../api/access.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const COLUMNS = ['unitName', 'departments', 'countries', 'accounts', 'edit'] as const

const UnitForm = ({ unit, known, onClose }: { readonly unit: UnitView | undefined; readonly known: UnitList; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState(unit?.name ?? '')
  const [departments, setDepartments] = useState<string[]>(unit?.departments ?? [])
  const [countries, setCountries] = useState<string[]>(unit?.countries ?? [])
  const [tried, setTried] = useState(false)
  const done = async () => {
    await client.invalidateQueries({ queryKey: ['units'] })
    onClose()
  }
  const save = useMutation({ mutationFn: () => saveUnit(unit?.id, { name: name.trim(), ...(departments.length === 0 ? {} : { departments }), ...(countries.length === 0 ? {} : { countries }) }), onSuccess: done })
  const remove = useMutation({ mutationFn: () => deleteUnit(unit?.id ?? ''), onSuccess: done })
  const noPlace = departments.length + countries.length === 0
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '' && !noPlace) save.mutate()
  }
  const failed = save.error ?? remove.error
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {failed !== null && <ErrorState error={failed} />}
        <TextInput label={t('access.unitName')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && name.trim() === '' && t('access.noName')} withAsterisk data-autofocus />
        <TagsInput label={t('access.departments')} description={t('help.departments')} data={known.departments} value={departments} onChange={setDepartments} error={tried && noPlace && t('access.noPlace')} />
        <TagsInput label={t('access.countries')} description={t('help.countries')} data={known.countries} value={countries} onChange={setCountries} />
        <Group justify="space-between">
          {unit === undefined ? <span /> : <Button variant="subtle" color="red" loading={remove.isPending} aria-label={t('access.removeOf', { name: unit.name })} onClick={() => remove.mutate()}>{t('access.remove')}</Button>}
          <Group><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={save.isPending}>{t('common.save')}</Button></Group>
        </Group>
      </Stack>
    </form>
  )
}

/** Departments and countries that accounts can be limited to. */
export const UnitsPanel = () => {
  const { t } = useTranslation()
  const units = useQuery(unitsQuery())
  const [open, setOpen] = useState<UnitView | 'new'>()
  const close = () => setOpen(undefined)
  const unit = open === 'new' ? undefined : open
  return (
    <Panel title={t('access.units')} actions={units.data !== undefined && <Button size="xs" onClick={() => setOpen('new')}>{t('access.addUnit')}</Button>}>
      <Text size="sm" c="dimmed" mb="sm">{t('access.unitsHint')}</Text>
      {units.isError && <ErrorState error={units.error} onRetry={units.refetch} />}
      {units.data?.items.length === 0 ? <EmptyState title={t('access.noUnits.title')} body={t('access.noUnits.body')} /> : (
        <DataTable label={t('access.units')} columns={COLUMNS.map((key) => ({ key, title: t(`access.${key}`), numeric: key === 'accounts' }))} loading={units.isPending} minWidth={560}>
          {units.data?.items.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td fw={600}>{row.name}</Table.Td><Table.Td>{row.departments?.join(', ') ?? t('access.anyDepartment')}</Table.Td><Table.Td>{row.countries?.join(', ') ?? t('access.anyCountry')}</Table.Td><Table.Td ta="end">{row.accounts}</Table.Td>
              <Table.Td><Button variant="default" size="xs" aria-label={t('access.editOf', { name: row.name })} onClick={() => setOpen(row)}>{t('access.edit')}</Button></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      <Dialog opened={open !== undefined} onClose={close} title={unit === undefined ? t('access.addUnit') : t('access.editUnit', { name: unit.name })}>{units.data !== undefined && open !== undefined && <UnitForm unit={unit} known={units.data} onClose={close} />}</Dialog>
    </Panel>
  )
}
