import { Checkbox, Fieldset, NumberInput, SimpleGrid, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { type CaptureForm, PLACES } from './capture-form.ts'

const numbers = ['maxFileMiB', 'maxDayMiB', 'perMinute', 'folderMiB'] as const
const CAPTURE_HELP = { maxFileMiB: 'captureMaxFile', maxDayMiB: 'maxDay', perMinute: 'perMinute', folderMiB: 'folder' } as const

/** Which copied files of a group are kept as evidence. */
export const CaptureFields = ({ form, disabled, onChange }: { readonly form: CaptureForm; readonly disabled: boolean; readonly onChange: (form: CaptureForm) => void }) => {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('capture.legend')} disabled={disabled}>
      <Stack>
        <Text size="sm" c="dimmed" maw={820}>{t('capture.intro')}</Text>
        <Switch label={t('capture.enabled')} description={t('help.capture')} checked={form.enabled} onChange={(event) => onChange({ ...form, enabled: event.currentTarget.checked })} />
        {form.enabled && (
          <>
            <Checkbox.Group label={t('capture.destinations')} value={[...form.destinations]} onChange={(value) => onChange({ ...form, destinations: PLACES.filter((place) => value.includes(place)) })} error={form.destinations.length === 0 && t('capture.noDestination')}>
              <SimpleGrid cols={{ base: 1, xs: 2 }} mt={6}>{PLACES.map((place) => <Checkbox key={place} value={place} label={t(`content.destination.${place}`)} />)}</SimpleGrid>
            </Checkbox.Group>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
              {numbers.map((field) => <NumberInput key={field} label={t(`capture.${field}`)} description={t(`help.${CAPTURE_HELP[field]}`)} min={1} value={form[field]} onChange={(value) => onChange({ ...form, [field]: value })} />)}
            </SimpleGrid>
            <Checkbox label={t('capture.onlyFindings')} description={t('help.captureOnlyFindings')} checked={form.onlyWithFindings} onChange={(event) => onChange({ ...form, onlyWithFindings: event.currentTarget.checked })} />
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <Textarea label={t('capture.privatePaths')} description={t('capture.privatePathsHint')} autosize minRows={3} maxRows={10} value={form.privatePaths} onChange={(event) => onChange({ ...form, privatePaths: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />
              <Textarea label={t('capture.fileTypes')} description={t('capture.fileTypesHint')} autosize minRows={3} maxRows={10} value={form.fileTypes} onChange={(event) => onChange({ ...form, fileTypes: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />
            </SimpleGrid>
          </>
        )}
      </Stack>
    </Fieldset>
  )
}
