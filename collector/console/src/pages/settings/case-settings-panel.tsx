import type { CaseSettingsView } from '@holdfast/collector/contract'
import { Button, Group, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { caseSettingsQuery, saveCaseSettings } from '../../api/cases.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** A line of the height of those that say something, so that fields in a row stand level. */
const BLANK = '\u00a0'

const CaseSettingsForm = ({ settings, revision }: { readonly settings: CaseSettingsView; readonly revision: number }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [draft, setDraft] = useState(settings)
  const save = useMutation({
    mutationFn: () => saveCaseSettings(revision, draft),
    onSuccess: () => {
      for (const queryKey of [['settings', 'cases'], ['cases', 'statistics']]) void client.invalidateQueries({ queryKey })
      notifications.show({ title: t('notify.saved'), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput label={t('caseSettings.maxActive')} description={BLANK} min={1} max={1000} allowDecimal={false} value={draft.maxActive} onChange={(value) => { if (typeof value === 'number') setDraft({ ...draft, maxActive: value }) }} />
          <NumberInput label={t('caseSettings.dueDays')} description={t('caseSettings.dueHint')} min={0} max={365} allowDecimal={false} value={draft.dueDays} onChange={(value) => { if (typeof value === 'number') setDraft({ ...draft, dueDays: value }) }} />
          <TextInput label={t('caseSettings.training')} description={t('caseSettings.trainingHint', { variable: 'training.url' })} maxLength={500} value={draft.trainingUrl} onChange={(event) => setDraft({ ...draft, trainingUrl: event.currentTarget.value.trim() })} />
        </SimpleGrid>
        <Group><Button type="submit" loading={save.isPending}>{t('caseSettings.save')}</Button></Group>
        {save.isError && <ErrorState error={save.error} title={t('case.failed')} />}
      </Stack>
    </form>
  )
}

/** How many cases, how long, and where training is. */
export const CaseSettingsPanel = () => {
  const { t } = useTranslation()
  const settings = useQuery(caseSettingsQuery())
  if (settings.data === undefined) return null
  return <Panel title={t('caseSettings.title')}><CaseSettingsForm key={settings.data.revision} settings={settings.data.value} revision={settings.data.revision} /></Panel>
}
