import type { OwnAccount } from '@holdfast/collector/contract'
import { Group, Select, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { savePreferences } from '../../api/access.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
const LANGUAGES = ['en', 'de'] as const

/** Time zone and language, kept with the account so that they follow to every machine. */
export const PreferencesPanel = ({ preferences }: { readonly preferences: OwnAccount['preferences'] }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { setZone } = usePreferences()
  const save = useMutation({
    mutationFn: savePreferences,
    onSuccess: async (saved) => {
      setZone(saved.timeZone ?? 'browser')
      await client.invalidateQueries({ queryKey: ['account'] })
      await client.refetchQueries({ queryKey: ['me'] })
    },
  })
  const { timeZone: _zone, ...withoutZone } = preferences
  return (
    <Panel title={t('account.preferences')}>
      {save.isError && <ErrorState error={save.error} />}
      <Group align="flex-end">
        <Select label={t('account.zone')} description={t('help.zone')} data={[{ value: 'browser', label: t('account.zoneBrowser') }, ...ZONES]} value={preferences.timeZone ?? 'browser'} searchable allowDeselect={false} onChange={(value) => save.mutate(value === null || value === 'browser' ? withoutZone : { ...preferences, timeZone: value })} />
        <Select label={t('account.language')} description={t('help.language')} data={LANGUAGES.map((value) => ({ value, label: t(`account.languages.${value}`) }))} value={preferences.language ?? 'en'} allowDeselect={false} onChange={(value) => save.mutate({ ...preferences, language: value === 'de' ? 'de' : 'en' })} />
        {save.isSuccess && <Text size="sm" c="dimmed" role="status">{t('account.saved')}</Text>}
      </Group>
    </Panel>
  )
}
