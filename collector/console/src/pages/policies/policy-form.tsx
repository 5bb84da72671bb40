import type { IndicatorView, PolicyDocument, TemplateView, ThresholdDataView } from '@holdfast/collector/contract'
import { Fieldset, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { oneOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ContentFields } from './content-fields.tsx'
import { DetectionFields } from './detection-fields.tsx'
import { IndicatorRows } from './indicator-rows.tsx'
import { ScopeFields } from './scope-fields.tsx'
import { TriggerFields } from './trigger-fields.tsx'

const VOLUMES = ['fewer', 'default', 'more'] as const

export interface PolicyFormProps {
  readonly document: PolicyDocument
  readonly template: TemplateView
  readonly indicators: readonly IndicatorView[]
  readonly disabled: boolean
  /** Users over each threshold; absent until it is asked for. */
  readonly data?: ThresholdDataView
  readonly onChange: (document: PolicyDocument) => void
}

/** Every choice of a policy, in the order in which one makes them. */
export const PolicyForm = ({ document, template, indicators, disabled, data, onChange }: PolicyFormProps) => {
  const { t } = useTranslation()
  const set = (change: Partial<PolicyDocument>): void => onChange({ ...document, ...change })
  // A template may be more sensitive than the indicators themselves.
  const own = indicators.filter(({ id }) => template.indicators.includes(id)).map((indicator) => ({ ...indicator, thresholds: template.thresholds[indicator.id] ?? indicator.thresholds }))
  const part = { document, disabled, onChange }
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <TextInput label={t('policy.name')} description={t('help.policyName')} value={document.name} disabled={disabled} required maxLength={128} error={document.name.trim() === '' && t('policy.nameMissing')} onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput label={t('policy.description')} description={t('help.policyDescription')} value={document.description ?? ''} disabled={disabled} maxLength={2000} onChange={(event) => set({ description: event.currentTarget.value })} />
      </SimpleGrid>
      <ScopeFields {...part} />
      <ContentFields {...part} />
      <TriggerFields {...part} template={template} indicators={indicators} />
      <Fieldset legend={t('policy.windows')} disabled={disabled}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput label={t('policy.activationWindow')} description={t('help.activationWindow')} min={1} max={30} allowDecimal={false} value={document.activationWindowDays ?? template.activationWindowDays} onChange={(value) => { if (value !== '') set({ activationWindowDays: Number(value) }) }} />
          <NumberInput label={t('policy.lookback')} description={t('help.lookback')} min={0} max={90} allowDecimal={false} value={document.lookbackDays ?? template.lookbackDays} onChange={(value) => { if (value !== '') set({ lookbackDays: Number(value) }) }} />
          <Select label={t('policy.volume')} description={t('help.volume')} data={VOLUMES.map((value) => ({ value, label: t(`policy.volumes.${value}`) }))} value={document.alertVolume ?? 'default'} allowDeselect={false} onChange={(value) => set({ alertVolume: oneOf(value, VOLUMES, 'default') })} />
        </SimpleGrid>
      </Fieldset>
      <DetectionFields {...part} template={template} />
      <Fieldset legend={t('policy.indicators')}>
        <Text size="sm" c="dimmed" mb="xs">{t('policy.indicatorsHint')}</Text>
        <IndicatorRows document={document} indicators={own} disabled={disabled} onChange={onChange} {...(data === undefined ? {} : { data })} />
      </Fieldset>
    </Stack>
  )
}
