import type { IndicatorView, PolicyDocument, TemplateView } from '@holdfast/collector/contract'
import { Checkbox, Fieldset, SimpleGrid, Text } from '@mantine/core'
import { AmountInput } from '../../components/amount-input.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { setTrigger, setTriggerEvent, TRIGGER_EVENTS, triggerEventsOf } from './policy-draft.ts'

/** What brings a user into scope: events of other systems, and amounts a day. */
export const TriggerFields = ({ document, template, indicators, disabled, onChange }: { readonly document: PolicyDocument; readonly template: TemplateView; readonly indicators: readonly IndicatorView[]; readonly disabled: boolean; readonly onChange: (document: PolicyDocument) => void }) => {
  const { t } = useTranslation()
  const find = (id: string): IndicatorView | undefined => indicators.find((one) => one.id === id)
  const events = triggerEventsOf(document, template)
  const triggers = document.triggers ?? template.triggers
  return (
    <Fieldset legend={t('policy.triggers')} disabled={disabled}>
      <Text size="sm" c="dimmed" mb="xs">{t('policy.triggerEventsHint')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} mb="md">
        {TRIGGER_EVENTS.map((kind) => <Checkbox key={kind} label={t(`triggerKind.${kind}`)} checked={events.includes(kind)} disabled={disabled} onChange={(event) => onChange(setTriggerEvent(document, template, kind, event.currentTarget.checked))} />)}
      </SimpleGrid>
      {triggers.length > 0 && <Text size="sm" c="dimmed" mb="xs">{t('policy.triggersHint')}</Text>}
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        {triggers.map(({ indicator, threshold }) => {
          const name = find(indicator)?.summary ?? indicator
          return <AmountInput key={indicator} label={name} aria-label={t('policy.triggerOf', { indicator: name })} unit={find(indicator)?.unit ?? 'events'} value={threshold} onAmount={(value) => onChange(setTrigger(document, template, indicator, value))} />
        })}
      </SimpleGrid>
    </Fieldset>
  )
}
