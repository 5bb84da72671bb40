import type { PolicyDocument, TemplateView } from '@holdfast/collector/contract'
import { Checkbox, Fieldset, SimpleGrid, Switch, Text } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { isBoosted, isSequenceOn, switchBooster, switchSequence } from './policy-draft.ts'

/** Boosters, sequences, and whether a month adds up. */
export const DetectionFields = ({ document, template, disabled, onChange }: { readonly document: PolicyDocument; readonly template: TemplateView; readonly disabled: boolean; readonly onChange: (document: PolicyDocument) => void }) => {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('policy.detection.title')} disabled={disabled}>
      <Switch label={t('policy.detection.cumulative')} description={t('help.cumulative')} checked={document.cumulative ?? template.cumulative} disabled={disabled} onChange={(event) => onChange({ ...document, cumulative: event.currentTarget.checked })} />
      {template.sequences.length > 0 && <Text size="sm" fw={600} mt="md" mb="xs">{t('policy.detection.sequences')}</Text>}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {template.sequences.map(({ id, label }) => <Checkbox key={id} label={label} checked={isSequenceOn(document, id)} disabled={disabled} onChange={(event) => onChange(switchSequence(document, id, event.currentTarget.checked))} />)}
      </SimpleGrid>
      <Text size="sm" fw={600} mt="md" mb="xs">{t('policy.detection.boosters')}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {template.boosters.map(({ id, label, when, on }) => <Checkbox key={id} label={label} description={when} checked={isBoosted(document, id, on)} disabled={disabled} onChange={(event) => onChange(switchBooster(document, id, event.currentTarget.checked))} />)}
      </SimpleGrid>
    </Fieldset>
  )
}
