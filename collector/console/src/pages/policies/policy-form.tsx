import type { IndicatorView, PolicyDocument, TemplateView } from '@holdfast/collector/contract'
import { Fieldset, NumberInput, Radio, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AmountInput } from '../../components/amount-input.tsx'
import { oneOf } from '../../app/search-params.ts'
import { linesOf } from '../groups/settings-form.ts'
import { IndicatorRows } from './indicator-rows.tsx'
import { setScope, setTrigger } from './policy-draft.ts'

const VOLUMES = ['fewer', 'default', 'more'] as const

export interface PolicyFormProps {
  readonly document: PolicyDocument
  readonly template: TemplateView
  readonly indicators: readonly IndicatorView[]
  readonly disabled: boolean
  readonly onChange: (document: PolicyDocument) => void
}

/** Scope, triggers, windows and thresholds of a policy. */
export const PolicyForm = ({ document, template, indicators, disabled, onChange }: PolicyFormProps) => {
  const { t } = useTranslation()
  const chosen = document.scope?.users
  const scope = { users: Array.isArray(chosen) ? chosen : ('all' as const), groups: document.scope?.groups ?? [], excluded: document.scope?.exclude?.users ?? [] }
  const set = (change: Partial<PolicyDocument>): void => onChange({ ...document, ...change })
  const unitOf = (id: string): string => indicators.find((one) => one.id === id)?.unit ?? 'events'
  const summaryOf = (id: string): string => indicators.find((one) => one.id === id)?.summary ?? id
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <TextInput label={t('policy.name')} value={document.name} disabled={disabled} required maxLength={128} error={document.name.trim() === '' && t('policy.nameMissing')} onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput label={t('policy.description')} value={document.description ?? ''} disabled={disabled} maxLength={2000} onChange={(event) => set({ description: event.currentTarget.value })} />
      </SimpleGrid>
      <Fieldset legend={t('policy.scope')} disabled={disabled}>
        <Radio.Group label={t('policy.who')} value={scope.users === 'all' ? 'all' : 'chosen'} onChange={(value) => onChange(setScope(document, { ...scope, users: value === 'all' ? 'all' : [] }))}>
          <Stack gap={6} mt={6}><Radio value="all" label={t('policy.everyone')} /><Radio value="chosen" label={t('policy.chosen')} /></Stack>
        </Radio.Group>
        <SimpleGrid cols={{ base: 1, md: 3 }} mt="sm">
          {scope.users !== 'all' && <Lines label={t('policy.users')} lines={scope.users} onLines={(users) => onChange(setScope(document, { ...scope, users }))} />}
          {scope.users !== 'all' && <Lines label={t('policy.groups')} lines={scope.groups} onLines={(groups) => onChange(setScope(document, { ...scope, groups }))} />}
          <Lines label={t('policy.excludeUsers')} lines={scope.excluded} onLines={(excluded) => onChange(setScope(document, { ...scope, excluded }))} />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('policy.triggers')} disabled={disabled}>
        <Text size="sm" c="dimmed" mb="xs">{t('policy.triggersHint')}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
          {(document.triggers ?? template.triggers).map(({ indicator, threshold }) => <AmountInput key={indicator} label={summaryOf(indicator)} aria-label={t('policy.triggerOf', { indicator: summaryOf(indicator) })} unit={unitOf(indicator)} value={threshold} onAmount={(value) => onChange(setTrigger(document, template, indicator, value))} />)}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('policy.windows')} disabled={disabled}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput label={t('policy.activationWindow')} min={1} max={30} allowDecimal={false} value={document.activationWindowDays ?? 30} onChange={(value) => { if (value !== '') set({ activationWindowDays: Number(value) }) }} />
          <NumberInput label={t('policy.lookback')} min={0} max={90} allowDecimal={false} value={document.lookbackDays ?? 90} onChange={(value) => { if (value !== '') set({ lookbackDays: Number(value) }) }} />
          <Select label={t('policy.volume')} data={VOLUMES.map((value) => ({ value, label: t(`policy.volumes.${value}`) }))} value={document.alertVolume ?? 'default'} allowDeselect={false} onChange={(value) => set({ alertVolume: oneOf(value, VOLUMES, 'default') })} />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('policy.indicators')}>
        <Text size="sm" c="dimmed" mb="xs">{t('policy.indicatorsHint')}</Text>
        <IndicatorRows document={document} indicators={indicators.filter(({ id }) => template.indicators.includes(id))} disabled={disabled} onChange={onChange} />
      </Fieldset>
    </Stack>
  )
}

const Lines = ({ label, lines, onLines }: { readonly label: string; readonly lines: readonly string[]; readonly onLines: (lines: readonly string[]) => void }) => {
  const { t } = useTranslation()
  return <Textarea label={label} description={t('policy.listHint')} autosize minRows={2} maxRows={8} defaultValue={lines.join('\n')} onBlur={(event) => onLines(linesOf(event.currentTarget.value))} />
}
