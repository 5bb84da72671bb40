import { Fieldset, NumberInput, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { oneOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { CONFIDENCES, type InspectionForm, ownRows } from './inspection-form.ts'

/** How far a group's agents look into files. What an organisation defined itself is counted here and kept as it is. */
export const InspectionFields = ({ form, disabled, onChange }: { readonly form: InspectionForm; readonly disabled: boolean; readonly onChange: (form: InspectionForm) => void }) => {
  const { t } = useTranslation()
  const own = ownRows(form.kept)
  return (
    <Fieldset legend={t('inspection.legend')} disabled={disabled}>
      <Stack>
        <Text size="sm" c="dimmed" maw={820}>{t('inspection.intro')}</Text>
        <Switch label={t('inspection.enabled')} description={t('inspection.enabledHint')} checked={form.enabled} onChange={(event) => onChange({ ...form, enabled: event.currentTarget.checked })} />
        {form.enabled && (
          <>
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <Select label={t('inspection.confidence')} description={t('inspection.confidenceHint')} data={CONFIDENCES.map((value) => ({ value, label: t('inspection.percent', { value }) }))} value={form.minConfidence} allowDeselect={false} onChange={(value) => onChange({ ...form, minConfidence: oneOf(value ?? '', CONFIDENCES, form.minConfidence) })} />
              <NumberInput label={t('capture.maxFileMiB')} description={t('inspection.maxFileHint')} min={1} max={128} value={form.maxFileMiB} onChange={(maxFileMiB) => onChange({ ...form, maxFileMiB })} />
              <NumberInput label={t('capture.perMinute')} description={t('inspection.perMinuteHint')} min={1} value={form.perMinute} onChange={(perMinute) => onChange({ ...form, perMinute })} />
            </SimpleGrid>
            <Text size="sm">{form.kept.types.length === 0 ? t('inspection.allTypes') : t('inspection.someTypes', { count: form.kept.types.length })} {own === 0 ? t('inspection.ownNone') : t('inspection.own', { count: own })}</Text>
          </>
        )}
      </Stack>
    </Fieldset>
  )
}
