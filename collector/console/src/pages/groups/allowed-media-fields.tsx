import { Badge, Button, Checkbox, Fieldset, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { type AllowedRow, deviceIsValid, emptyRow, hasEnded, MEDIA_KINDS, untilIsValid } from './allowed-media-form.ts'

/** Which media a group's devices may have, why, and until when. */
export const AllowedMediaFields = ({ rows, disabled, onChange }: { readonly rows: readonly AllowedRow[]; readonly disabled: boolean; readonly onChange: (rows: readonly AllowedRow[]) => void }) => {
  const { t } = useTranslation()
  const kinds = MEDIA_KINDS.map((value) => ({ value, label: t(`allowedMedia.kind.${value}`) }))
  const nowMs = Date.now()
  return (
    <Fieldset legend={t('allowedMedia.legend')} disabled={disabled}>
      <Stack>
        <Text size="sm" c="dimmed" maw={820}>{t('allowedMedia.intro')}</Text>
        {rows.map((row, index) => {
          const change = (over: Partial<AllowedRow>): void => onChange(rows.map((one, at) => (at === index ? { ...one, ...over } : one)))
          const name = t('allowedMedia.entry', { number: index + 1 })
          return (
            // Rows have no id of their own, and are never sorted.
            // oxlint-disable-next-line react/no-array-index-key
            <Fieldset key={index} legend={name} variant="filled">
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
                <Select label={t('allowedMedia.what')} description={t('help.mediaWhat')} data={kinds} value={row.kind} allowDeselect={false} onChange={(value) => change({ kind: MEDIA_KINDS.find((kind) => kind === value) ?? 'usb' })} />
                {row.kind === 'usb' && <TextInput label={t('allowedMedia.device')} description={t('help.mediaDevice')} value={row.device} error={row.device !== '' && !deviceIsValid(row) && t('allowedMedia.badDevice')} onChange={(event) => change({ device: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />}
                <TextInput label={t('allowedMedia.reason')} description={t('help.mediaReason')} value={row.reason} maxLength={500} onChange={(event) => change({ reason: event.currentTarget.value })} />
                <TextInput type="datetime-local" label={t('allowedMedia.until')} description={t('help.mediaUntil')} value={row.until} error={!untilIsValid(row)} onChange={(event) => change({ until: event.currentTarget.value })} />
              </SimpleGrid>
              <Group mt="sm" justify="space-between">
                <Checkbox label={t('allowedMedia.copies')} description={t('help.mediaCopies')} checked={row.copies} onChange={(event) => change({ copies: event.currentTarget.checked })} />
                <Group gap="xs">
                  {hasEnded(row, nowMs) && <Badge variant="default" tt="none">{t('allowedMedia.ended')}</Badge>}
                  {row.kept?.users !== undefined && <Badge variant="default" tt="none">{t('allowedMedia.users', { count: row.kept.users.length })}</Badge>}
                  <Button variant="subtle" aria-label={`${t('allowedMedia.remove')}: ${name}`} onClick={() => onChange(rows.filter((_, at) => at !== index))}>{t('allowedMedia.remove')}</Button>
                </Group>
              </Group>
            </Fieldset>
          )
        })}
        {rows.length === 0 && <Text size="sm">{t('allowedMedia.none')}</Text>}
        <Group><Button variant="default" onClick={() => onChange([...rows, emptyRow])}>{t('allowedMedia.add')}</Button></Group>
      </Stack>
    </Fieldset>
  )
}
