import type { UnitList, UnitView } from '@holdfast/collector/contract'
import { Button, Group, MultiSelect, Select, Stack, Table, TagsInput, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { deleteUnit, saveUnit, unitsQuery } from '../../api/access.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'

const COLUMNS = ['unitName', 'people', 'devices', 'accounts', 'edit'] as const
const LISTS = ['departments', 'countries', 'groups'] as const
/** Of a tree that is read from above. */
const INDENT = 20

/** Units that one may stand under: all but itself and those below it. */
export const parentsOf = (units: readonly UnitView[], unit: UnitView | undefined): readonly { readonly value: string; readonly label: string }[] => {
  const below = new Set(unit === undefined ? [] : [unit.id])
  // From the top down: whatever stands below comes after what it stands under.
  for (const one of units) if (one.parentId !== undefined && below.has(one.parentId)) below.add(one.id)
  return units.filter(({ id }) => !below.has(id)).map(({ id, path, name }) => ({ value: id, label: path.length === 0 ? name : path.join(' / ') }))
}

/** What holds for a unit under this one: what that names, and what it has from above. */
const limitsOf = (unit: UnitView | undefined, list: (typeof LISTS)[number]): readonly string[] | undefined => unit?.[list] ?? unit?.inherits[list]

const UnitForm = ({ unit, known, onClose }: { readonly unit: UnitView | undefined; readonly known: UnitList; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState(unit?.name ?? '')
  const [parentId, setParentId] = useState<string | null>(unit?.parentId ?? null)
  const [lists, setLists] = useState<Readonly<Record<(typeof LISTS)[number], readonly string[]>>>({ departments: unit?.departments ?? [], countries: unit?.countries ?? [], groups: unit?.groups ?? [] })
  const [tried, setTried] = useState(false)
  const done = async () => {
    await client.invalidateQueries({ queryKey: ['units'] })
    onClose()
  }
  const named = Object.fromEntries(LISTS.filter((list) => lists[list].length > 0).map((list) => [list, lists[list]]))
  const save = useMutation({ mutationFn: () => saveUnit(unit?.id, { name: name.trim(), parentId, ...named }), onSuccess: done })
  const remove = useMutation({ mutationFn: () => deleteUnit(unit?.id ?? ''), onSuccess: done })
  const parent = known.items.find(({ id }) => id === parentId)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '') save.mutate()
  }
  const failed = save.error ?? remove.error
  const field = (list: (typeof LISTS)[number]) => {
    const above = limitsOf(parent, list)
    const Input = list === 'groups' ? MultiSelect : TagsInput
    return <Input key={list} label={t(`access.${list === 'groups' ? 'deviceGroups' : list}`)} description={above === undefined ? t(`access.hint.${list}`) : t('access.hint.inherited', { list: above.join(', ') })} data={[...new Set([...(above ?? known[list]), ...lists[list]])]} value={[...lists[list]]} onChange={(values) => setLists({ ...lists, [list]: values })} {...(list === 'groups' ? { searchable: true } : {})} />
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {failed !== null && <ErrorState error={failed} />}
        <TextInput label={t('access.unitName')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && name.trim() === '' && t('access.noName')} withAsterisk data-autofocus />
        <Select label={t('access.parent')} description={t('access.parentHint')} placeholder={t('access.top')} data={[...parentsOf(known.items, unit)]} value={parentId} onChange={setParentId} clearable searchable />
        {LISTS.map(field)}
        <Group justify="space-between">
          {unit === undefined ? <span /> : <Button variant="subtle" color="red" loading={remove.isPending} aria-label={t('access.removeOf', { name: unit.name })} onClick={() => remove.mutate()}>{t('access.remove')}</Button>}
          <Group><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={save.isPending}>{t('common.save')}</Button></Group>
        </Group>
      </Stack>
    </form>
  )
}

/** What a unit names itself, and in brackets what it has from above. */
const Named = ({ unit }: { readonly unit: UnitView }) => {
  const { t } = useTranslation()
  const parts = LISTS.flatMap((list) => (unit[list] !== undefined ? [unit[list].join(', ')] : unit.inherits[list] !== undefined ? [t('access.inherited', { list: unit.inherits[list].join(', ') })] : []))
  return <Text size="xs" c="dimmed">{parts.length === 0 ? t('access.folder') : parts.join(' · ')}</Text>
}

/** The tree of administrative units: whose people and devices accounts can be limited to. */
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
        <DataTable label={t('access.units')} columns={COLUMNS.map((key) => ({ key, title: t(`access.${key}`), numeric: key === 'accounts' || key === 'people' }))} loading={units.isPending} minWidth={560}>
          {units.data?.items.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td><div style={{ paddingInlineStart: Math.max(0, row.path.length - 1) * INDENT }}><Text size="sm" fw={600}>{row.path.length > 1 && <VisuallyHidden>{row.path.slice(0, -1).join(' / ')} / </VisuallyHidden>}{row.name}</Text><Named unit={row} /></div></Table.Td>
              <Table.Td ta="end">{formatCount(row.people)}</Table.Td><Table.Td>{row.devices === null ? t('access.allDevices') : row.devices.length === 0 ? t('common.none') : row.devices.join(', ')}</Table.Td><Table.Td ta="end">{row.accounts}</Table.Td>
              <Table.Td><Button variant="default" size="xs" aria-label={t('access.editOf', { name: row.name })} onClick={() => setOpen(row)}>{t('access.edit')}</Button></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      <Dialog opened={open !== undefined} onClose={close} title={unit === undefined ? t('access.addUnit') : t('access.editUnit', { name: unit.name })}>{units.data !== undefined && open !== undefined && <UnitForm unit={unit} known={units.data} onClose={close} />}</Dialog>
    </Panel>
  )
}
