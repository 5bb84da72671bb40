import { Checkbox, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { deviceFaultsQuery, deviceTagsQuery } from '../../api/fleet.ts'
import { groupsQuery } from '../../api/queries.ts'
import { oneOf, textOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'

export interface DeviceFilter {
  readonly seesLess?: 'true' | undefined
  readonly drill?: 'never' | 'failed' | undefined
  readonly fault?: string | undefined
  readonly tag?: string | undefined
  readonly group?: string | undefined
  readonly gone?: 'true' | undefined
}

/** From the URL, which is outside input. */
export const deviceFilterOf = (raw: Readonly<Record<string, unknown>>): DeviceFilter => ({
  seesLess: oneOf(raw['seesLess'], ['true'] as const, undefined), drill: oneOf(raw['drill'], ['never', 'failed'] as const, undefined), gone: oneOf(raw['gone'], ['true'] as const, undefined),
  fault: textOf(raw['fault']), tag: textOf(raw['tag']), group: textOf(raw['group']),
})

/** Devices with a fault, of a group or a tag; those that see less than they should, and those of which nobody knows whether they are seen. */
export const DeviceFilters = ({ filter, onChange }: { readonly filter: DeviceFilter; readonly onChange: (next: DeviceFilter) => void }) => {
  const { t, language } = useTranslation()
  const faults = useQuery(deviceFaultsQuery()).data?.items ?? []
  const tags = useQuery(deviceTagsQuery()).data?.items ?? []
  const groups = useQuery(groupsQuery()).data?.items ?? []
  const drills = [{ value: 'never', label: `${t('sees.filterDrill')}: ${t('sees.neverDrill')}` }, { value: 'failed', label: `${t('sees.filterDrill')}: ${t('sees.failedDrill')}` }]
  const choice = (name: 'fault' | 'tag' | 'group', label: string, data: readonly { readonly value: string; readonly label: string }[]) => (
    <Select aria-label={label} placeholder={label} data={[...data]} value={filter[name] ?? null} onChange={(value) => onChange({ ...filter, [name]: value ?? undefined })} clearable searchable w={190} size="sm" />
  )
  return (
    <>
      {choice('fault', t('fleet.filterFault'), faults.filter(({ code, devices }) => devices > 0 || code === filter.fault).map((row) => ({ value: row.code, label: `${(language === 'de' ? row.de : row.en).title} (${row.devices})` })))}
      {choice('group', t('fleet.filterGroup'), groups.map(({ name }) => ({ value: name, label: name })))}
      {choice('tag', t('fleet.filterTag'), tags.map(({ tag, devices }) => ({ value: tag, label: `${tag} (${devices})` })))}
      <Checkbox label={t('sees.filterLess')} checked={filter.seesLess === 'true'} onChange={(event) => onChange({ ...filter, seesLess: event.currentTarget.checked ? 'true' : undefined })} />
      <Select aria-label={t('sees.filterDrill')} placeholder={t('sees.filterDrill')} data={drills} value={filter.drill ?? null} onChange={(value) => onChange({ ...filter, drill: oneOf(value, ['never', 'failed'] as const, undefined) })} clearable w={240} size="sm" />
      <Checkbox label={t('fleet.gone')} checked={filter.gone === 'true'} onChange={(event) => onChange({ ...filter, gone: event.currentTarget.checked ? 'true' : undefined })} />
    </>
  )
}
