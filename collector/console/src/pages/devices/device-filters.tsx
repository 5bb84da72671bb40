import { Checkbox, Select } from '@mantine/core'
import { oneOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'

export interface DeviceFilter {
  readonly seesLess?: 'true' | undefined
  readonly drill?: 'never' | 'failed' | undefined
}

/** From the URL, which is outside input. */
export const deviceFilterOf = (raw: Readonly<Record<string, unknown>>): DeviceFilter => ({ seesLess: oneOf(raw['seesLess'], ['true'] as const, undefined), drill: oneOf(raw['drill'], ['never', 'failed'] as const, undefined) })

/** Devices that see less than they should, and those of which nobody knows whether they are seen. */
export const DeviceFilters = ({ filter, onChange }: { readonly filter: DeviceFilter; readonly onChange: (next: DeviceFilter) => void }) => {
  const { t } = useTranslation()
  const drills = [{ value: 'never', label: `${t('sees.filterDrill')}: ${t('sees.neverDrill')}` }, { value: 'failed', label: `${t('sees.filterDrill')}: ${t('sees.failedDrill')}` }]
  return (
    <>
      <Checkbox label={t('sees.filterLess')} checked={filter.seesLess === 'true'} onChange={(event) => onChange({ ...filter, seesLess: event.currentTarget.checked ? 'true' : undefined })} />
      <Select aria-label={t('sees.filterDrill')} placeholder={t('sees.filterDrill')} data={drills} value={filter.drill ?? null} onChange={(value) => onChange({ ...filter, drill: oneOf(value, ['never', 'failed'] as const, undefined) })} clearable w={240} size="sm" />
    </>
  )
}
