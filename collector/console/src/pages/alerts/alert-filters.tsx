import { Button, Group, MultiSelect, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '../../api/queries.ts'
import { listOf, oneOf } from '../../app/search-params.ts'
import { SEVERITIES, severityLooks } from '../../theme/severity.ts'
import { DEFAULT_RANGE, RANGES, STATUSES, type AlertSearch } from './alert-search.ts'

/** The queue's filters; each change goes to the URL. */
export const AlertFilters = ({ search, onChange }: { readonly search: AlertSearch; readonly onChange: (change: Partial<AlertSearch>) => void }) => {
  const { t } = useTranslation()
  const policies = useQuery(policiesQuery())
  const any = (chosen: readonly unknown[]): string => (chosen.length === 0 ? t('alerts.filter.any') : '')
  const filtered = search.severity.length + search.status.length + search.policy.length > 0 || search.range !== DEFAULT_RANGE
  return (
    <Group gap="sm" align="flex-end" mb="sm">
      <MultiSelect label={t('alerts.filter.severity')} placeholder={any(search.severity)} data={SEVERITIES.map((value) => ({ value, label: `${severityLooks[value].mark} ${t(`severity.${value}`)}` }))} value={[...search.severity]} onChange={(value) => onChange({ severity: listOf(value, SEVERITIES) })} w={190} size="sm" />
      <MultiSelect label={t('alerts.filter.status')} placeholder={any(search.status)} data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))} value={[...search.status]} onChange={(value) => onChange({ status: listOf(value, STATUSES) })} w={220} size="sm" />
      <MultiSelect label={t('alerts.filter.policy')} placeholder={any(search.policy)} data={policies.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []} value={[...search.policy]} onChange={(policy) => onChange({ policy })} w={220} size="sm" searchable />
      <Select label={t('alerts.filter.range')} data={RANGES.map((value) => ({ value, label: t(`alerts.range.${value}`) }))} value={search.range} onChange={(value) => onChange({ range: oneOf(value, RANGES, DEFAULT_RANGE) })} allowDeselect={false} w={190} size="sm" />
      {search.range === 'custom' && (
        <>
          <TextInput type="date" label={t('alerts.filter.from')} value={search.from ?? ''} onChange={(event) => onChange({ from: event.currentTarget.value })} size="sm" />
          <TextInput type="date" label={t('alerts.filter.to')} value={search.to ?? ''} onChange={(event) => onChange({ to: event.currentTarget.value })} size="sm" />
        </>
      )}
      {filtered && <Button variant="subtle" size="sm" c="var(--mantine-color-anchor)" onClick={() => onChange({ severity: [], status: [], policy: [], range: DEFAULT_RANGE })}>{t('common.clearFilters')}</Button>}
    </Group>
  )
}
