import { Button, MultiSelect, NumberInput, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { listOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'
import classes from './content.module.css'
import { type ContentSearch, DESTINATIONS, hasFilters, STATES } from './content-search.ts'

export type ContentChange = (change: Partial<{ [Key in keyof ContentSearch]: ContentSearch[Key] | undefined }>) => void

/** Asks when the field is left or Enter is pressed, so that each letter is no question. */
const Field = ({ label, value, onChange, type }: { readonly label: string; readonly value: string | undefined; readonly onChange: (value: string | undefined) => void; readonly type?: 'date' }) => {
  const [text, setText] = useState(value ?? '')
  const apply = (): void => { if ((value ?? '') !== text.trim()) onChange(text.trim() === '' ? undefined : text.trim()) }
  return <TextInput size="xs" label={label} value={text} {...(type === undefined ? {} : { type })} onChange={(event) => setText(event.currentTarget.value)} onBlur={apply} onKeyDown={(event) => { if (event.key === 'Enter') apply() }} />
}

const Size = ({ label, value, onChange }: { readonly label: string; readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }) => {
  const [text, setText] = useState<string | number>(value ?? '')
  return <NumberInput size="xs" label={label} min={0} max={999_999_999} allowDecimal={false} hideControls value={text} onChange={setText} onBlur={() => { if ((value ?? '') !== String(text)) onChange(text === '' ? undefined : String(text)) }} />
}

/** The filters of the explorer; each change goes to the address. */
export const ContentFilters = ({ search, onChange }: { readonly search: ContentSearch; readonly onChange: ContentChange }) => {
  const { t } = useTranslation()
  const any = (chosen: readonly unknown[]): string => (chosen.length === 0 ? t('content.filter.any') : '')
  return (
    <section className={classes['filters']} aria-label={t('content.filters')} key={hasFilters(search) ? 'set' : 'clear'}>
      <Field label={t('content.filter.text')} value={search.text} onChange={(text) => onChange({ text })} />
      <MultiSelect size="xs" label={t('content.filter.state')} placeholder={any(search.state)} data={STATES.map((value) => ({ value, label: t(`content.state.${value}`) }))} value={[...search.state]} onChange={(value) => onChange({ state: listOf(value, STATES) })} />
      <MultiSelect size="xs" label={t('content.filter.destination')} placeholder={any(search.destination)} data={DESTINATIONS.map((value) => ({ value, label: t(`content.destination.${value}`) }))} value={[...search.destination]} onChange={(value) => onChange({ destination: listOf(value, DESTINATIONS) })} />
      <TagsInput size="xs" label={t('content.filter.type')} placeholder={search.fileType.length === 0 ? 'pdf' : ''} value={[...search.fileType]} onChange={(fileType) => onChange({ fileType: fileType.map((type) => type.replace(/^\./, '').toLowerCase()) })} />
      <Field label={t('content.filter.finding')} value={search.finding} onChange={(finding) => onChange({ finding })} />
      <Field label={t('content.filter.label')} value={search.label} onChange={(label) => onChange({ label })} />
      <Field type="date" label={t('content.filter.from')} value={search.from} onChange={(from) => onChange({ from })} />
      <Field type="date" label={t('content.filter.to')} value={search.to} onChange={(to) => onChange({ to })} />
      <Size label={t('content.filter.minKiB')} value={search.minKiB} onChange={(minKiB) => onChange({ minKiB })} />
      <Size label={t('content.filter.maxKiB')} value={search.maxKiB} onChange={(maxKiB) => onChange({ maxKiB })} />
      <Field label={t('content.filter.sha256')} value={search.sha256} onChange={(sha256) => onChange({ sha256 })} />
      <Field label={t('content.filter.device')} value={search.deviceId} onChange={(deviceId) => onChange({ deviceId })} />
      {hasFilters(search) && <Button size="xs" variant="default" onClick={() => onChange({ text: undefined, state: [], destination: [], fileType: [], finding: undefined, label: undefined, from: undefined, to: undefined, minKiB: undefined, maxKiB: undefined, sha256: undefined, deviceId: undefined })}>{t('common.clearFilters')}</Button>}
    </section>
  )
}
