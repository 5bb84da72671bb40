import type { AlertSettings } from '@holdfast/collector/contract'
import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { saveAlertSettings } from '../../api/mutations.ts'
import { alertSettingsQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES } from '../../theme/severity.ts'

const MOST_HOURS = 2160

const SettingsForm = ({ stored, revision }: { readonly stored: AlertSettings; readonly revision: number }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [settings, setSettings] = useState(stored)
  const save = useMutation({ mutationFn: () => saveAlertSettings(revision, settings), onSuccess: () => Promise.all([['settings', 'alerts'], ['alerts']].map((queryKey) => client.invalidateQueries({ queryKey }))) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('alertSettings.intro')}</Text>
        <Group>{SEVERITIES.map((severity) => <NumberInput key={severity} label={t('alertSettings.hours', { severity: t(`severity.${severity}`) })} description={t('help.slaHours')} min={1} max={MOST_HOURS} allowDecimal={false} clampBehavior="strict" value={settings.hoursToDecision[severity]} w={140} onChange={(value) => { if (typeof value === 'number' && value >= 1) setSettings({ ...settings, hoursToDecision: { ...settings.hoursToDecision, [severity]: value } }) }} />)}</Group>
        <Switch label={t('alertSettings.inlineTuning')} description={t('help.inlineTuning')} checked={settings.inlineTuning} onChange={(event) => setSettings({ ...settings, inlineTuning: event.currentTarget.checked })} />
        {save.isError && <ErrorState error={save.error} />}
        <Group><Button type="submit" loading={save.isPending}>{t('common.save')}</Button>{save.isSuccess && <Text size="sm" role="status">{t('alertSettings.saved')}</Text>}</Group>
      </Stack>
    </form>
  )
}

/** Hours to a first decision, and who may tune from an alert. */
export const AlertSettingsPanel = () => {
  const { t } = useTranslation()
  const may = useMay()
  const settings = useQuery({ ...alertSettingsQuery(), enabled: may('settings.manage') && may('policy.read') })
  if (!may('settings.manage') || settings.data === undefined) return null
  return <Panel title={t('alertSettings.title')}><SettingsForm key={settings.data.revision} stored={settings.data.value} revision={settings.data.revision} /></Panel>
}
