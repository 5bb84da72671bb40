import { Button, Checkbox, Group, MultiSelect, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assigneesQuery, policiesQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { listOf, oneOf } from '../../app/search-params.ts'
import { SearchField } from '../../components/search-field.tsx'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES, severityLooks } from '../../theme/severity.ts'
import { type AlertSearch, DEFAULT_FROM, differs, FACTORS, moreFilters, parseAlertSearch, RANGES, REASONS, STATUSES, timeWord, TRIGGERS } from './alert-search.ts'

type Change = (change: Partial<{ [Key in keyof AlertSearch]: AlertSearch[Key] | undefined }>) => void

/** A range that is no preset: two times, or words such as now-36h. */
const CustomRange = ({ search, onChange }: { readonly search: AlertSearch; readonly onChange: Change }) => {
  const { t } = useTranslation()
  const [from, setFrom] = useState(search.from === 'all' ? '' : search.from)
  const [to, setTo] = useState(search.to ?? '')
  const wrong = (text: string): string | false => text !== '' && timeWord(text) === undefined && t('alerts.filter.timeWrong')
  const apply = (next: { readonly from?: string; readonly to?: string }): void => {
    const words = { from, to, ...next }
    if (wrong(words.from) === false && wrong(words.to) === false) onChange({ from: words.from === '' ? 'all' : words.from, to: words.to === '' ? undefined : words.to })
  }
  return (
    <>
      <TextInput label={t('alerts.filter.from')} placeholder="now-36h" value={from} error={wrong(from)} onChange={(event) => setFrom(event.currentTarget.value)} onBlur={() => apply({})} onKeyDown={(event) => { if (event.key === 'Enter') apply({}) }} size="sm" w={150} />
      <TextInput label={t('alerts.filter.to')} placeholder="2026-03-31" value={to} error={wrong(to)} onChange={(event) => setTo(event.currentTarget.value)} onBlur={() => apply({})} onKeyDown={(event) => { if (event.key === 'Enter') apply({}) }} size="sm" w={150} />
    </>
  )
}

const MoreFilters = ({ search, onChange }: { readonly search: AlertSearch; readonly onChange: Change }) => {
  const { t } = useTranslation()
  const any = (chosen: readonly unknown[]): string => (chosen.length === 0 ? t('alerts.filter.any') : '')
  return (
    <>
      <MultiSelect label={t('alerts.filter.factor')} placeholder={any(search.factor)} data={FACTORS.map((value) => ({ value, label: t(`factor.${value}`) }))} value={[...search.factor]} onChange={(value) => onChange({ factor: listOf(value, FACTORS) })} w={230} size="sm" />
      <MultiSelect label={t('alerts.filter.trigger')} placeholder={any(search.trigger)} data={TRIGGERS.map((value) => ({ value, label: humanise(value) }))} value={[...search.trigger]} onChange={(trigger) => onChange({ trigger })} w={230} size="sm" searchable />
      <MultiSelect label={t('alerts.filter.dismissReason')} placeholder={any(search.dismissReason)} data={REASONS.map((value) => ({ value, label: t(`dismiss.reasons.${value}`) }))} value={[...search.dismissReason]} onChange={(value) => onChange({ dismissReason: listOf(value, REASONS) })} w={230} size="sm" />
      <Select label={t('alerts.filter.hasCase')} placeholder={t('alerts.filter.any')} data={[{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]} value={search.hasCase ?? null} onChange={(value) => onChange({ hasCase: oneOf(value, ['true', 'false'] as const, undefined) })} clearable w={110} size="sm" />
      <Checkbox label={t('alerts.filter.overdue')} checked={search.overdue === 'true'} onChange={(event) => onChange({ overdue: event.currentTarget.checked ? 'true' : undefined })} mb={8} />
    </>
  )
}

/** The queue's filters; each change goes to the URL. */
export const AlertFilters = ({ search, onChange }: { readonly search: AlertSearch; readonly onChange: Change }) => {
  const { t } = useTranslation()
  const may = useMay()
  const policies = useQuery(policiesQuery())
  const assignees = useQuery({ ...assigneesQuery(), enabled: may('alert.triage') })
  const isPreset = search.to === undefined && RANGES.some((range) => range === search.from)
  const [custom, setCustom] = useState(!isPreset)
  const more = moreFilters(search)
  const [opened, setOpened] = useState(more > 0)
  const any = (chosen: readonly unknown[]): string => (chosen.length === 0 ? t('alerts.filter.any') : '')
  return (
    <Group gap="sm" align="flex-end" mb="sm">
      <SearchField key={search.search ?? ''} label={t('alerts.filter.search')} placeholder={t('alerts.filter.searchHint')} initial={search.search ?? ''} onSearch={(text) => { if ((search.search ?? '') !== text.trim()) onChange({ search: text.trim() === '' ? undefined : text.trim() }) }} />
      <MultiSelect label={t('alerts.filter.severity')} placeholder={any(search.severity)} data={SEVERITIES.map((value) => ({ value, label: `${severityLooks[value].mark} ${t(`severity.${value}`)}` }))} value={[...search.severity]} onChange={(value) => onChange({ severity: listOf(value, SEVERITIES) })} w={170} size="sm" />
      <MultiSelect label={t('alerts.filter.status')} placeholder={any(search.status)} data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))} value={[...search.status]} onChange={(value) => onChange({ status: listOf(value, STATUSES) })} w={190} size="sm" />
      <Select label={t('alerts.filter.range')} data={[...RANGES.map((value) => ({ value, label: t(`alerts.range.${value}`) })), { value: 'custom', label: t('alerts.range.custom') }]} value={custom ? 'custom' : search.from} allowDeselect={false} w={160} size="sm" onChange={(value) => {
        setCustom(value === 'custom')
        if (value !== null && value !== 'custom') onChange({ from: value, to: undefined })
      }} />
      {custom && <CustomRange search={search} onChange={onChange} />}
      {may('alert.triage') && <MultiSelect label={t('alerts.filter.assignee')} placeholder={any(search.assignee)} data={[{ value: 'me', label: t('alerts.filter.me') }, { value: 'nobody', label: t('alerts.filter.nobody') }, ...(assignees.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [])]} value={[...search.assignee]} onChange={(assignee) => onChange({ assignee })} w={180} size="sm" searchable />}
      <MultiSelect label={t('alerts.filter.policy')} placeholder={any(search.policyId)} data={policies.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []} value={[...search.policyId]} onChange={(policyId) => onChange({ policyId })} w={190} size="sm" searchable />
      <Button variant="default" size="sm" aria-expanded={opened} onClick={() => setOpened(!opened)}>{more > 0 ? t('alerts.filter.moreSet', { count: more }) : t('alerts.filter.more')}</Button>
      {differs(search) && <Button variant="subtle" size="sm" c="var(--mantine-color-anchor)" onClick={() => { setCustom(false); onChange({ ...parseAlertSearch({ from: DEFAULT_FROM }), hasCase: undefined, overdue: undefined, userId: undefined, search: undefined, to: undefined }) }}>{t('common.clearFilters')}</Button>}
      {opened && <MoreFilters search={search} onChange={onChange} />}
    </Group>
  )
}
