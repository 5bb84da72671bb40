import { Fieldset, SimpleGrid, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { destinationsAreValid, programsAreValid, type TransfersForm } from './transfers-form.ts'

/** Which transfers of a group are everyday work, and whether possible uploads are told. */
export const TransfersFields = ({ form, disabled, onChange }: { readonly form: TransfersForm; readonly disabled: boolean; readonly onChange: (form: TransfersForm) => void }) => {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('transfers.legend')} disabled={disabled}>
      <Stack>
        <Text size="sm" c="dimmed" maw={820}>{t('transfers.intro')}</Text>
        <Switch label={t('transfers.uploads')} description={t('help.uploads')} checked={form.uploads} onChange={(event) => onChange({ ...form, uploads: event.currentTarget.checked })} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Textarea label={t('transfers.knownDestinations')} description={t('help.knownDestinations')} error={destinationsAreValid(form) ? undefined : t('transfers.badDestination')} autosize minRows={3} maxRows={10} value={form.knownDestinations} onChange={(event) => onChange({ ...form, knownDestinations: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />
          <Textarea label={t('transfers.allowedPrograms')} description={t('help.allowedPrograms')} error={programsAreValid(form) ? undefined : t('transfers.badProgram')} autosize minRows={3} maxRows={10} value={form.allowedPrograms} onChange={(event) => onChange({ ...form, allowedPrograms: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />
        </SimpleGrid>
      </Stack>
    </Fieldset>
  )
}
